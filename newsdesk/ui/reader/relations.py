"""The current annotation's relations: curves to its speaker, its cue and those it came through."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from newsdesk.ui.theme import Theme


class Tie(NamedTuple):
    """One relation: where it begins and ends on the screen, and what the far end is."""

    role: str
    near: QRectF
    far: QRectF

    def distance(self) -> float:
        """Pixels between the middles of its ends; going up or down counts more."""
        way = self.far.center() - self.near.center()
        return abs(way.x()) + 3 * abs(way.y())


def paint_ties(
    painter: QPainter, ties: Iterable[Tie], view: QRectF, theme: Theme, font: QFont, unit: float
) -> None:
    """Draw each tie over the text; one that leaves the screen ends in an arrow at its edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(theme.accent)
    for tie in ties:
        start, end, gone = ends_of(tie, view)
        path = curve(start, end)
        painter.strokePath(path, QPen(QColor(theme.page), 4.5 * unit))
        painter.strokePath(path, QPen(colour, 1.6 * unit))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(start, 2.6 * unit, 2.6 * unit)
        if gone:
            painter.drawPath(arrow(end, down=end.y() > start.y(), size=6 * unit))
        else:
            painter.drawEllipse(end, 2.6 * unit, 2.6 * unit)
        _write_role(painter, tie.role, path.pointAtPercent(0.5), view, theme, font)


def ends_of(tie: Tie, view: QRectF) -> tuple[QPointF, QPointF, bool]:
    """Where the curve starts and ends in the view, and whether the far end is off screen."""
    inside = view.adjusted(8, 8, -8, -8)
    gone = not view.intersects(tie.far)
    upward = tie.far.center().y() < tie.near.center().y() - 2
    level = abs(tie.far.center().y() - tie.near.center().y()) <= 2
    start = QPointF(_clamped(tie.near.center().x(), inside.left(), inside.right()), 0)
    start.setY(tie.near.top() if upward or level else tie.near.bottom())
    end = QPointF(tie.far.center().x(), tie.far.bottom() if upward else tie.far.top())
    end.setX(_clamped(end.x(), inside.left(), inside.right()))
    start.setY(_clamped(start.y(), inside.top(), inside.bottom()))
    end.setY(_clamped(end.y(), inside.top(), inside.bottom()))
    return start, end, gone


def curve(start: QPointF, end: QPointF) -> QPainterPath:
    """An arc between two places: over the line where both are level, an S where they are not."""
    path = QPainterPath(start)
    if abs(end.y() - start.y()) < 4:
        lift = min(34.0, 10 + math.dist((start.x(), 0), (end.x(), 0)) * 0.12)
        path.cubicTo(start + QPointF(0, -lift), end + QPointF(0, -lift), end)
    else:
        half = (end.y() - start.y()) / 2
        path.cubicTo(start + QPointF(0, half), end - QPointF(0, half), end)
    return path


def arrow(tip: QPointF, *, down: bool, size: float) -> QPainterPath:
    """A small triangle at the edge of the view that points to what lies beyond it."""
    back = -size if down else size
    path = QPainterPath(tip + QPointF(0, size * 0.6 if down else -size * 0.6))
    path.lineTo(tip + QPointF(-size * 0.7, back * 0.5))
    path.lineTo(tip + QPointF(size * 0.7, back * 0.5))
    path.closeSubpath()
    return path


def _write_role(
    painter: QPainter, role: str, at: QPointF, view: QRectF, theme: Theme, font: QFont
) -> None:
    seen = QFontMetricsF(font)
    box = QRectF(0, 0, seen.horizontalAdvance(role) + 10, seen.height() + 2)
    box.moveCenter(at)
    box.moveLeft(_clamped(box.left(), view.left() + 2, view.right() - box.width() - 2))
    painter.setBrush(QColor(theme.page))
    painter.setPen(QPen(QColor(theme.accent), 1))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setFont(font)
    painter.setPen(QColor(theme.mark(theme.accent)))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, role)


def _clamped(value: float, low: float, high: float) -> float:
    return max(low, min(value, max(low, high)))
