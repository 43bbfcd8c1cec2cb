"""Mentions with their sentence, as a list that fetches as it is scrolled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from newsdesk.model import Offsets
from newsdesk.model.register import MentionLine
from newsdesk.ui.choices import ROOT, Index
from newsdesk.ui.line_row import draw_ground
from newsdesk.ui.long_list import LongList
from newsdesk.ui.plain import scaled_font

PAGE = 200
"""Mentions fetched at a time."""
_LINES = 2  # of the sentence
_BEFORE = 70  # code points before the mention that are shown, so that it is always seen

Fetch = Callable[[int, int], list[MentionLine]]


class MentionList(QAbstractListModel):
    """The mentions that `fetch(offset, limit)` gives, page by page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch: Fetch = lambda offset, limit: []
        self._rows: list[MentionLine] = []
        self._at_end = True

    def show(self, fetch: Fetch) -> None:
        """Show what this gives instead."""
        rows = fetch(0, PAGE)
        self.beginResetModel()
        self._fetch = fetch
        self._rows = rows
        self._at_end = len(self._rows) < PAGE
        self.endResetModel()

    def line(self, row: int) -> MentionLine:
        """The mention on a row."""
        return self._rows[row]

    @property
    def lines(self) -> list[MentionLine]:
        """The mentions fetched so far."""
        return list(self._rows)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index = ROOT) -> bool:
        return not parent.isValid() and not self._at_end

    def fetchMore(self, parent: Index = ROOT) -> None:
        page = self._fetch(len(self._rows), PAGE)
        self._at_end = len(page) < PAGE
        if page:
            first = len(self._rows)
            self.beginInsertRows(ROOT, first, first + len(page) - 1)
            self._rows.extend(page)
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        line = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.before + line.words + line.after
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (line.words, line.label, line.before + line.words + line.after, line.title)
            return ", ".join(part for part in parts if part)
        return None


class MentionRow(QStyledItemDelegate):
    """Draws the article's title, and the sentence under it with the mention in bold."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return QSize(line * 10, int(line * (1 + _LINES + 0.8)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        mention: MentionLine | None = index.data(Qt.ItemDataRole.UserRole)
        if mention is None:
            return
        painter.save()
        draw_ground(painter, option)
        line = option.fontMetrics.lineSpacing()
        pad = line * 2 // 3
        area = option.rect.adjusted(pad, int(line * 0.35), -pad, 0)
        small = scaled_font(option.font, 0.92)
        painter.setFont(small)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        said = " · ".join(part for part in (mention.title, mention.published[:10]) if part)
        place = QRect(area.left(), area.top(), area.width(), line)
        right = Qt.TextElideMode.ElideRight
        elided = QFontMetrics(small).elidedText(said, right, area.width())
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, side | Qt.TextFlag.TextSingleLine, elided)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        top = QRectF(area.left(), area.top() + line, area.width(), line * _LINES)
        _draw_sentence(painter, top, mention, option.font)
        painter.restore()


def _draw_sentence(painter: QPainter, place: QRectF, mention: MentionLine, font: QFont) -> None:
    before = mention.before
    if len(before) > _BEFORE:
        before = "…" + before[-_BEFORE:].split(" ", 1)[-1]
    text = before + mention.words + mention.after
    offsets = Offsets(text)
    mark = QTextLayout.FormatRange()
    mark.start = offsets.to_utf16(len(before))
    mark.length = offsets.to_utf16(len(before) + len(mention.words)) - mark.start
    mark.format = QTextCharFormat()
    mark.format.setFontWeight(QFont.Weight.Bold)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([mark])
    layout.beginLayout()
    top = 0.0
    for _ in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(place.width())
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    layout.draw(painter, place.topLeft())


class MentionView(LongList):
    """A click or Enter asks for the reader; Ctrl or Shift with it, or Space, chooses mentions."""

    finds_by_letter = False
    wanted = Signal(str, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.mentions = MentionList()
        super().__init__(name, self.mentions, MentionRow(parent), parent)
        self.mentions.setParent(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    @property
    def chosen(self) -> list[MentionLine]:
        """The mentions that are selected, in order."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.mentions.line(row) for row in rows]

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        index = self.indexAt(event.position().toPoint())
        if plain and event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._go(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._go(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _go(self, index: Index) -> None:
        line = self.mentions.line(index.row())
        self.wanted.emit(line.article, line.annotation)
