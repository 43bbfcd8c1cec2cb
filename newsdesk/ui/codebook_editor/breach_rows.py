"""The annotations that break the house's rules, as rows: what is wrong, and where."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from newsdesk.desk.house.checking import Breach
from newsdesk.ui.choices import ROOT, Index
from newsdesk.ui.plain import plain_tip, scaled_font, shortened

_LONGEST = 160  # code points of a quotation that are laid out


class BreachRows(QAbstractListModel):
    """What was found, article by article."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Breach] = []

    def show(self, found: list[Breach]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.rows = found
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return one.what
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{one.check}: {shortened(one.words, 400)}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.what} “{shortened(one.words, _LONGEST)}”, {one.title}"
        return None


class BreachCell(QStyledItemDelegate):
    """Draws a finding on two lines: the words and the article, and beneath what is wrong."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = option.fontMetrics.height()
        return QSize(height * 14, int(height * 2.7))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: Breach = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        palette, metrics, sides = option.palette, option.fontMetrics, Qt.AlignmentFlag
        if option.state & QStyle.StateFlag.State_Selected:
            ground = QApplication.palette().color(QPalette.ColorRole.Highlight)
            ground.setAlphaF(0.22)
            painter.fillRect(option.rect, ground)
        pad = metrics.height() // 2
        area = option.rect.adjusted(pad, pad // 3, -pad, -pad // 3)
        half = area.height() // 2
        above = area.adjusted(0, 0, 0, -half)
        right = Qt.TextElideMode.ElideRight
        pale = palette.color(QPalette.ColorRole.PlaceholderText)
        title = metrics.elidedText(one.title, right, above.width() * 2 // 5)
        painter.setPen(pale)
        painter.drawText(above, sides.AlignRight | sides.AlignVCenter, title)
        room = above.width() - metrics.horizontalAdvance(title) - pad
        words = metrics.elidedText(f"“{shortened(one.words, _LONGEST)}”", right, room)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(above, sides.AlignLeft | sides.AlignVCenter, words)
        font = scaled_font(option.font, 0.92)
        painter.setFont(font)
        painter.setPen(pale)
        beneath = area.adjusted(0, half, 0, 0)
        what = painter.fontMetrics().elidedText(one.what, right, beneath.width())
        painter.drawText(beneath, sides.AlignLeft | sides.AlignVCenter, what)
        painter.restore()
