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


class Course(NamedTuple):
    """The way of a tie through the view; `gone` says that the far end is off screen."""

    start: QPointF
    end: QPointF
    gone: bool


def paint_ties(
    painter: QPainter, ties: Iterable[Tie], view: QRectF, theme: Theme, font: QFont, unit: float
) -> None:
    """Draw each tie over the text; one that leaves the screen ends in an arrow at its edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour, halo = QColor(theme.accent), QColor(theme.page)
    halo.setAlphaF(0.75)
    tags = []
    for tie in ties:
        start, end, gone = course = course_of(tie, view)
        path = curve(start, end)
        if not gone:
            path.addRoundedRect(tie.far.adjusted(-2, -1, 2, 1), 4 * unit, 4 * unit)
        painter.strokePath(path, QPen(halo, 3.6 * unit))
        painter.strokePath(path, QPen(colour, 1.3 * unit))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(start, 2.4 * unit, 2.4 * unit)
        if gone:
            painter.drawPath(arrow(end, down=end.y() > start.y(), size=7 * unit))
        tags.append((tie, course))
    taken: list[QRectF] = []
    for tie, course in tags:
        _write_role(painter, tie, course, view, taken, theme, font)


def course_of(tie: Tie, view: QRectF) -> Course:
    """Where the curve starts and ends in the view."""
    inside = view.adjusted(8, 6, -8, -6)
    gone = not view.intersects(tie.far)
    drop = tie.far.center().y() - tie.near.center().y()
    level = abs(drop) < tie.near.height() * 0.6 and not gone
    left_of = tie.far.center().x() < tie.near.center().x()
    if level:
        # Under the line: above it stand the tags.
        start = QPointF(tie.near.left() + 6 if left_of else tie.near.right() - 6, 0)
        start.setY(tie.near.bottom() + 1)
        end = QPointF(tie.far.center().x(), tie.far.bottom() + 1)
    else:
        x = min(max(tie.far.center().x(), tie.near.left() + 6), tie.near.right() - 6)
        start = QPointF(x, tie.near.bottom() if drop > 0 else tie.near.top())
        end = QPointF(tie.far.center().x(), tie.far.top() if drop > 0 else tie.far.bottom())
    return Course(_within(start, inside), _within(end, inside), gone)


def curve(start: QPointF, end: QPointF) -> QPainterPath:
    """An arc between two places: under the line where both are level, an S where they are not."""
    path = QPainterPath(start)
    if abs(end.y() - start.y()) < 4:
        lift = min(11.0, 6 + math.dist((start.x(), 0), (end.x(), 0)) * 0.04)
        path.cubicTo(start + QPointF(0, lift), end + QPointF(0, lift), end)
    else:
        half = (end.y() - start.y()) / 2
        path.cubicTo(start + QPointF(0, half), end - QPointF(0, half), end)
    return path


def arrow(tip: QPointF, *, down: bool, size: float) -> QPainterPath:
    """A small triangle at the edge of the view that points to what lies beyond it."""
    back = -size if down else size
    path = QPainterPath(tip + QPointF(0, -back * 0.5))
    path.lineTo(tip + QPointF(-size * 0.7, back * 0.5))
    path.lineTo(tip + QPointF(size * 0.7, back * 0.5))
    path.closeSubpath()
    return path


def _write_role(
    painter: QPainter,
    tie: Tie,
    course: Course,
    view: QRectF,
    taken: list[QRectF],
    theme: Theme,
    font: QFont,
) -> None:
    """A tag in the gap above the far end, or beside the arrow; two tags never cover one another."""
    seen = QFontMetricsF(font)
    below = course.end.y() > course.start.y()
    words = f"{tie.role} {'↓' if below else '↑'}" if course.gone else tie.role
    box = QRectF(0, 0, seen.horizontalAdvance(words) + 8, seen.height())
    if course.gone:
        box.moveTo(course.end.x() + 8, course.end.y() - (box.height() if below else 0))
    else:
        box.moveTo(tie.far.left() - 2, tie.far.top() - box.height() * 0.72)
    if box.right() > view.right() - 2:
        box.moveRight(view.right() - 2)
    box.moveTop(min(max(box.top(), view.top()), view.bottom() - box.height()))
    while any(box.intersects(other) for other in taken):
        box.moveLeft(box.left() + box.width() + 2)
    taken.append(box)
    painter.setBrush(QColor(theme.accent))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(font)
    painter.setPen(QColor(theme.on_accent))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _within(place: QPointF, inside: QRectF) -> QPointF:
    x = max(inside.left(), min(place.x(), inside.right()))
    return QPointF(x, max(inside.top(), min(place.y(), inside.bottom())))
