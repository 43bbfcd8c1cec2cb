"""What a chooser offers, as a list model, and how one row of it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: `text`, a paler `detail` after it, a `key` at the right, a dot of `colour`."""

    value: object
    text: str
    detail: str = ""
    key: str = ""
    colour: str = ""
    enabled: bool = True


class ChoiceList(QAbstractListModel):
    """The choices that match what was typed."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self._choices: list[Choice] = []

    def show(self, choices: list[Choice]) -> None:
        """Offer these instead."""
        self.beginResetModel()
        self._choices = choices
        self.endResetModel()

    def choice(self, row: int) -> Choice:
        """The choice on a row."""
        return self._choices[row]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._choices)

    def flags(self, index: Index) -> Qt.ItemFlag:
        enabled = index.isValid() and self._choices[index.row()].enabled
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags if enabled else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (choice.text, choice.detail, choice.key) if part)
        if role == Qt.ItemDataRole.UserRole:
            return choice
        return None


class ChoiceRow(QStyledItemDelegate):
    """Draws a choice on one line: dot, text, detail, key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = option.fontMetrics.height()
        return QSize(height * 12, int(height * 1.75))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice: Choice = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        if selected:
            painter.fillRect(option.rect, palette.highlight())
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        group = QPalette.ColorGroup.Active if choice.enabled else QPalette.ColorGroup.Disabled
        text = palette.color(group, role)
        pale = text if selected else palette.color(group, QPalette.ColorRole.PlaceholderText)
        metrics = option.fontMetrics
        pad = metrics.height() // 2
        area = option.rect.adjusted(pad, 0, -pad, 0)
        if choice.colour:
            area = area.adjusted(draw_dot(painter, area, choice.colour, metrics), 0, 0, 0)
        area = self._key(painter, area, choice.key, pale, metrics)
        self._words(painter, area, choice, text, pale, metrics)
        painter.restore()

    @staticmethod
    def _key(
        painter: QPainter, area: QRect, key: str, pale: QColor, metrics: QFontMetrics
    ) -> QRect:
        if not key:
            return area
        painter.setPen(pale)
        width = metrics.horizontalAdvance(key)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, side, key)
        return area.adjusted(0, 0, -width - metrics.height(), 0)

    @staticmethod
    def _words(
        painter: QPainter,
        area: QRect,
        choice: Choice,
        text: QColor,
        pale: QColor,
        metrics: QFontMetrics,
    ) -> None:
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        words = metrics.elidedText(choice.text, Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(text)
        painter.drawText(area, side | Qt.TextFlag.TextSingleLine, words)
        rest = area.adjusted(metrics.horizontalAdvance(words) + metrics.height() // 2, 0, 0, 0)
        if choice.detail and rest.width() > metrics.height() * 2:
            painter.setPen(pale)
            detail = metrics.elidedText(
                choice.detail, Qt.TextElideMode.ElideRight, rest.width()
            )
            painter.drawText(rest, side | Qt.TextFlag.TextSingleLine, detail)


def draw_dot(painter: QPainter, area: QRect, colour: str, metrics: QFontMetrics) -> int:
    """Draw a label's colour as a small square at the left; gives the pixels that it takes."""
    size = int(metrics.height() * 0.62)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    top = area.top() + (area.height() - size) // 2
    painter.drawRoundedRect(area.left(), top, size, size, size * 0.3, size * 0.3)
    return size + metrics.height() // 2
