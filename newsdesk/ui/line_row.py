"""How one line of a long list is drawn: a dot of colour, words, paler words, a number."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from newsdesk.ui.choices import Choice, Index, draw_dot


class LineRow(QStyledItemDelegate):
    """Draws the Choice that a model gives as its UserRole: dot, text, detail, key at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = option.fontMetrics.height()
        return QSize(height * 10, int(height * 1.6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Choice | None = index.data(Qt.ItemDataRole.UserRole)
        if line is None:
            return
        painter.save()
        draw_ground(painter, option)
        palette, metrics = option.palette, option.fontMetrics
        pad = metrics.height() // 2
        area = option.rect.adjusted(pad, 0, -pad, 0)
        if line.colour:
            area = area.adjusted(draw_dot(painter, area, line.colour, metrics), 0, 0, 0)
        pale = palette.color(QPalette.ColorRole.PlaceholderText)
        sides, right = Qt.AlignmentFlag, Qt.TextElideMode.ElideRight
        painter.setPen(pale)
        if line.key:
            painter.drawText(area, sides.AlignRight | sides.AlignVCenter, line.key)
            area = area.adjusted(0, 0, -metrics.horizontalAdvance(line.key) - pad, 0)
        words = metrics.elidedText(line.text, right, area.width())
        painter.setPen(palette.color(QPalette.ColorRole.Text) if line.enabled else pale)
        painter.setFont(QFont(option.font))
        painter.drawText(area, sides.AlignLeft | sides.AlignVCenter, words)
        rest = area.adjusted(metrics.horizontalAdvance(words) + pad, 0, 0, 0)
        if line.detail and rest.width() > metrics.height() * 2:
            painter.setPen(pale)
            detail = metrics.elidedText(line.detail, right, rest.width())
            painter.drawText(rest, sides.AlignLeft | sides.AlignVCenter, detail)
        painter.restore()


def draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> QRect:
    """Draw what is under a row that is chosen or pointed at; gives the row's place."""
    if option.state & QStyle.StateFlag.State_Selected:
        # The view's own highlight is transparent, or it would be painted under the row.
        ground = QApplication.palette().color(QPalette.ColorRole.Highlight)
        ground.setAlphaF(0.22)
        painter.fillRect(option.rect, ground)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        ground = option.palette.color(QPalette.ColorRole.Text)
        ground.setAlphaF(0.05)
        painter.fillRect(option.rect, ground)
    return option.rect
