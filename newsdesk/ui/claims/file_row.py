"""The rows of a claim's file as values, and how one of them is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from newsdesk.ui.choices import Index, draw_dot
from newsdesk.ui.claims.queue_row import draw_lines, lay_out
from newsdesk.ui.line_row import draw_ground
from newsdesk.ui.plain import scaled_font
from newsdesk.ui.theme import VERMILION, theme_for

MOST = 4
"""Lines of one row's words; longer ones are cut, and read in the article."""


class Sort(Enum):
    """What a row of the file stands for."""

    HEAD = "head"
    NOTHING = "nothing"
    ALARM = "alarm"
    APPEARANCE = "appearance"
    HOP = "hop"
    GAP = "gap"
    ANSWER = "answer"
    EVIDENCE = "evidence"
    CONTRADICTION = "contradiction"
    LINK = "link"
    DRIFT = "drift"
    CANDIDATE = "candidate"
    REVIEW = "review"
    MISSING = "missing"
    REPLY = "reply"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class FileLine:
    """One row: `text` with the code points `mark` in bold, a paler `detail`, a `key` at the right.

    `value` is the record it stands for; `article` and `annotation`, or `claim`, or `source`, is
    where it leads. `warns` says that something is wrong or missing.
    """

    sort: Sort
    text: str
    detail: str = ""
    key: str = ""
    mark: tuple[int, int] | None = None
    indent: int = 0
    colour: str = ""
    value: object = None
    article: str = ""
    annotation: str = ""
    claim: str = ""
    source: str = ""
    warns: bool = False

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        return ", ".join(part for part in (self.text, self.detail, self.key) if part)


class FileRow(QStyledItemDelegate):
    """Draws a row of a claim's file; its height follows from its words and the width."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: FileLine | None = index.data(Qt.ItemDataRole.UserRole)
        high = option.fontMetrics.lineSpacing()
        if line is None:
            return QSize(high * 10, high)
        view = self.parent()
        inside = view.viewport() if isinstance(view, QAbstractItemView) else None
        wide = inside.width() if inside is not None else option.rect.width()
        if line.sort is Sort.HEAD:
            return QSize(wide, int(high * 1.9))
        room = self._room(wide, line, option.fontMetrics)
        lines = min(MOST, lay_out(line.text, option.font, room, line.mark).lineCount())
        small = scaled_font(option.font, 0.92)
        under = min(2, lay_out(line.detail, small, room).lineCount()) if line.detail else 0
        return QSize(wide, int(high * (lines + under * 0.95 + 0.55)))

    @staticmethod
    def _room(wide: int, line: FileLine, metrics: QFontMetrics) -> float:
        key = metrics.horizontalAdvance(line.key) + metrics.height() if line.key else 0
        dot = metrics.height() * 1.1 if line.colour or line.warns else 0
        return wide - metrics.height() * (1.2 + line.indent * 1.2) - key - dot

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: FileLine | None = index.data(Qt.ItemDataRole.UserRole)
        if line is None:
            return
        painter.save()
        draw_ground(painter, option)
        metrics, theme = option.fontMetrics, theme_for(option.palette)
        pad = metrics.height() * 6 // 10
        area = option.rect.adjusted(pad + int(line.indent * metrics.height() * 1.2), 0, -pad, 0)
        if line.sort is Sort.HEAD:
            self._head(painter, area, line, option)
            painter.restore()
            return
        area = area.adjusted(0, int(metrics.lineSpacing() * 0.25), 0, 0)
        first = QRect(area.left(), area.top(), area.width(), metrics.lineSpacing())
        colour = theme.mark(VERMILION if line.warns else line.colour, 3.0) if (
            line.warns or line.colour
        ) else ""  # fmt: skip
        if line.warns:
            self._warn(painter, first, colour, option.font)
            area.setLeft(area.left() + int(metrics.height() * 1.1))
        elif colour:
            draw_dot(painter, first, colour, metrics)
            area.setLeft(area.left() + int(metrics.height() * 1.1))
        self._words(painter, area, line, option)
        painter.restore()

    @staticmethod
    def _head(painter: QPainter, area: QRect, line: FileLine, option: QStyleOptionViewItem) -> None:
        sides = Qt.AlignmentFlag
        painter.setPen(QColor(theme_for(option.palette).rule))
        painter.drawLine(area.left(), area.top(), area.right(), area.top())
        bold = scaled_font(option.font, 1.0, bold=True)
        painter.setFont(bold)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        area = area.adjusted(0, option.fontMetrics.height() // 4, 0, 0)
        painter.drawText(area, sides.AlignLeft | sides.AlignVCenter, line.text)
        wide = QFontMetrics(bold).horizontalAdvance(line.text) + option.fontMetrics.height()
        painter.setFont(scaled_font(option.font, 0.92))
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        rest = area.adjusted(wide, 0, 0, 0)
        said = painter.fontMetrics().elidedText(
            line.detail, Qt.TextElideMode.ElideRight, rest.width()
        )
        painter.drawText(rest, sides.AlignLeft | sides.AlignVCenter, said)

    @staticmethod
    def _warn(painter: QPainter, place: QRect, colour: str, font: QFont) -> None:
        """A mark that is told from a dot by its form too."""
        painter.setPen(QColor(colour))
        painter.setFont(scaled_font(font, 1.0, bold=True))
        sides = Qt.AlignmentFlag
        painter.drawText(place, sides.AlignLeft | sides.AlignVCenter, "▲")

    @staticmethod
    def _words(
        painter: QPainter, area: QRect, line: FileLine, option: QStyleOptionViewItem
    ) -> None:
        metrics, palette = option.fontMetrics, option.palette
        pale = palette.color(QPalette.ColorRole.PlaceholderText)
        sides = Qt.AlignmentFlag
        if line.key:
            painter.setFont(option.font)
            painter.setPen(pale)
            first = QRect(area.left(), area.top(), area.width(), metrics.lineSpacing())
            painter.drawText(first, sides.AlignRight | sides.AlignVCenter, line.key)
            area = area.adjusted(0, 0, -metrics.horizontalAdvance(line.key) - metrics.height(), 0)
        quiet = line.sort in (Sort.NOTHING, Sort.GAP)
        painter.setPen(pale if quiet else palette.color(QPalette.ColorRole.Text))
        place = QRectF(area)
        used = draw_lines(painter, place, line.text, option.font, MOST, line.mark)
        if line.detail:
            painter.setPen(pale)
            under = place.adjusted(0, used, 0, 0)
            draw_lines(painter, under, line.detail, scaled_font(option.font, 0.92), 2)
