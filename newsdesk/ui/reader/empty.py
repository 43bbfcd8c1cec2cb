"""What the reader says when it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from newsdesk.ui.theme import Theme


def paint_empty(
    painter: QPainter, rect: QRectF, theme: Theme, font: QFont, title: str, hint: str
) -> None:
    """Write a sentence, and under it what to do, in the middle of the view."""
    wide = rect.adjusted(16, 0, -16, 0)
    upper = QRectF(wide.left(), wide.top(), wide.width(), wide.height() * 0.45)
    lower = QRectF(wide.left(), upper.bottom() + 8, wide.width(), wide.height() * 0.5)
    middle, wrap = Qt.AlignmentFlag.AlignHCenter, Qt.TextFlag.TextWordWrap
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * 1.35)
    painter.setFont(large)
    painter.setPen(QColor(theme.text))
    painter.drawText(upper, int(middle | Qt.AlignmentFlag.AlignBottom | wrap), title)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted))
    painter.drawText(lower, int(middle | Qt.AlignmentFlag.AlignTop | wrap), hint)
