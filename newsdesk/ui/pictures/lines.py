"""The lines between cards: curves with an arrow, dashed where the source did not vouch for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsPathItem,
    QGraphicsPolygonItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
)

from newsdesk.ui.theme import VERMILION, Theme

_ARROW = 0.5  # in heights of a line
_BEHIND = -1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn: its words, dashed where hedged, in red where it speaks against or
    closes a circle, its arrow at the start where it points back."""

    text: str
    hedged: bool = False
    against: bool = False
    back: bool = False
    closes: bool = False


def add_line(
    scene: QGraphicsScene, points: list[QPointF], tie: Stroke, theme: Theme, font: QFont
) -> None:
    """Draw a tie along points, from its start to its end."""
    red = tie.closes or tie.against
    colour = QColor(theme.mark(VERMILION, 3.0) if red else theme.muted)
    pen = QPen(colour, 2.0 if tie.closes else 1.2)
    if tie.hedged or tie.closes:
        pen.setStyle(Qt.PenStyle.DashLine)
    curve = QGraphicsPathItem(_curve(points))
    curve.setPen(pen)
    curve.setZValue(_BEHIND)
    scene.addItem(curve)
    tip, from_point = (points[0], points[1]) if tie.back else (points[-1], points[-2])
    scene.addItem(_arrow(tip, from_point, colour, QFontMetricsF(font).height() * _ARROW))
    if tie.text:
        _add_words(scene, curve.path().pointAtPercent(0.5), tie.text, theme, font)


def _curve(points: list[QPointF]) -> QPainterPath:
    path = QPainterPath(points[0])
    for start, end in pairwise(points):
        reach = (end.x() - start.x()) / 2
        path.cubicTo(start + QPointF(reach, 0), end - QPointF(reach, 0), end)
    return path


def _arrow(tip: QPointF, behind: QPointF, colour: QColor, size: float) -> QGraphicsPolygonItem:
    way = math.copysign(1.0, tip.x() - behind.x())
    back = tip.x() - way * size
    head = QPolygonF(
        [tip, QPointF(back, tip.y() - size / 2), QPointF(back, tip.y() + size / 2)]
    )
    item = QGraphicsPolygonItem(head)
    item.setBrush(colour)
    item.setPen(QPen(colour, 0))
    item.setZValue(_BEHIND)
    return item


def _add_words(
    scene: QGraphicsScene, at: QPointF, text: str, theme: Theme, font: QFont
) -> None:
    words = QGraphicsSimpleTextItem(text)
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.85)
    words.setFont(small)
    words.setBrush(QColor(theme.muted))
    box = words.boundingRect()
    words.setPos(at - box.center())
    ground = QGraphicsRectItem(words.mapRectToScene(box).adjusted(-3, 0, 3, 0))
    ground.setBrush(QColor(theme.page))
    ground.setPen(QPen(Qt.PenStyle.NoPen))
    for item, height in ((ground, _BEHIND + 0.2), (words, _BEHIND + 0.3)):
        item.setZValue(height)
        scene.addItem(item)
