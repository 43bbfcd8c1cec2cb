"""One node of a picture: a shape and a colour for its kind, two lines of plain text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from newsdesk.ui.plain import plain_tip
from newsdesk.ui.theme import Theme, blend

WIDE, HIGH = 13.0, 3.6
"""The size of a card, in heights of a line."""


class Shape(Enum):
    """The outline of a card."""

    BOX = "box"
    ROUND = "round"
    HEXAGON = "hexagon"
    SHEET = "sheet"
    SLANTED = "slanted"


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of node is drawn: never by its colour alone."""

    shape: Shape
    colour: str
    dashed: bool = False


class Card(QGraphicsItem):
    """A node that can be chosen; `value` is what it shows, `said` what a screen reader says."""

    def __init__(
        self, value: object, text: str, detail: str, kind: Kind, theme: Theme, font: QFont
    ) -> None:
        super().__init__()
        self.value, self.text, self.detail = value, text, detail
        self._kind, self._theme, self._font = kind, theme, font
        em = QFontMetricsF(font).height()
        self._box = QRectF(-WIDE * em / 2, -HIGH * em / 2, WIDE * em, HIGH * em)
        self._em = em
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setToolTip(plain_tip(self.said))

    @property
    def said(self) -> str:
        """All of its words."""
        return ", ".join(part for part in (self.text, self.detail) if part)

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-3, -3, 3, 3)

    def edge(self, towards_right: bool) -> QPointF:
        """Where a line leaves or reaches it."""
        x = self._box.right() if towards_right else self._box.left()
        return self.pos() + QPointF(x, 0)

    def shape(self) -> QPainterPath:
        return _outline(self._kind.shape, self._box, self._em / 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        theme = self._theme
        line = QPen(QColor(theme.mark(self._kind.colour, 3.0)), 1.4)
        if self._kind.dashed:
            line.setStyle(Qt.PenStyle.DashLine)
        if self.isSelected():
            line = QPen(QColor(theme.accent), 3)
        painter.setPen(line)
        painter.setBrush(QColor(blend(self._kind.colour, theme.page, 0.12)))
        painter.drawPath(self.shape())
        side = self._em * (1.1 if self._kind.shape in (Shape.HEXAGON, Shape.SLANTED) else 0.6)
        area = self._box.adjusted(side, self._em * 0.3, -side, -self._em * 0.3)
        self._write(painter, area)

    def _write(self, painter: QPainter, area: QRectF) -> None:
        metrics = QFontMetricsF(self._font)
        lines = _wrapped(self.text, metrics, area.width(), 1 if len(self.detail) else 2)
        painter.setFont(self._font)
        height = metrics.height()
        top = area.center().y() - height * (len(lines) + bool(self.detail)) / 2
        painter.setPen(QColor(self._theme.text))
        for line in lines:
            box = QRectF(area.left(), top, area.width(), height)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line)
            top += height
        if self.detail:
            painter.setPen(QColor(self._theme.muted))
            shown = metrics.elidedText(self.detail, Qt.TextElideMode.ElideRight, area.width())
            box = QRectF(area.left(), top, area.width(), height)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


def _wrapped(text: str, metrics: QFontMetricsF, width: float, extra: int) -> list[str]:
    """At most 1 + ``extra`` lines of words; the last is cut where there is more."""
    words, lines = " ".join(text.split())[:400].split(" "), [""]
    while words:
        longer = f"{lines[-1]} {words[0]}".strip()
        if not lines[-1] or metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
            words.pop(0)
        elif len(lines) <= extra:
            lines.append("")
        else:
            lines[-1] = f"{lines[-1]} {' '.join(words)}"
            break
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]


def _outline(shape: Shape, box: QRectF, corner: float) -> QPainterPath:
    path = QPainterPath()
    if shape is Shape.BOX:
        path.addRoundedRect(box, corner / 2, corner / 2)
    elif shape is Shape.ROUND:
        path.addRoundedRect(box, box.height() / 2, box.height() / 2)
    elif shape is Shape.HEXAGON:
        tip = box.height() / 4
        path.moveTo(box.left(), box.center().y())
        for x, y in (
            (box.left() + tip, box.top()),
            (box.right() - tip, box.top()),
            (box.right(), box.center().y()),
            (box.right() - tip, box.bottom()),
            (box.left() + tip, box.bottom()),
        ):
            path.lineTo(x, y)
        path.closeSubpath()
    elif shape is Shape.SLANTED:
        lean = box.height() / 4
        path.moveTo(box.left() + lean, box.top())
        path.lineTo(box.right(), box.top())
        path.lineTo(box.right() - lean, box.bottom())
        path.lineTo(box.left(), box.bottom())
        path.closeSubpath()
    else:
        path.moveTo(box.topLeft())
        path.lineTo(box.right() - corner, box.top())
        path.lineTo(box.right(), box.top() + corner)
        path.lineTo(box.bottomRight())
        path.lineTo(box.bottomLeft())
        path.closeSubpath()
    return path
