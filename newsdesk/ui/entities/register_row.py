"""How the cells of the register are drawn: one ground for the whole row, a dot before the name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from newsdesk.ui.choices import Index, draw_dot
from newsdesk.ui.line_row import draw_ground

_PALER = 1  # the first column whose words are drawn paler


class RegisterCell(QStyledItemDelegate):
    """Draws a cell: its words, and before the name the colour of its kind."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        draw_ground(painter, option)
        metrics = option.fontMetrics
        pad = metrics.height() // 3
        area = option.rect.adjusted(pad, 0, -pad, 0)
        colour = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(colour, QColor):
            area = area.adjusted(draw_dot(painter, area, colour.name(), metrics), 0, 0, 0)
        role = QPalette.ColorRole.PlaceholderText if index.column() >= _PALER else None
        painter.setPen(option.palette.color(role or QPalette.ColorRole.Text))
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        if side is None:
            side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, side | Qt.TextFlag.TextSingleLine, elided)
        painter.restore()
