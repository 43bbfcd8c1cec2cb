"""Charts drawn by hand: bars with their names and numbers, and columns along time.

Colour is never alone: what waits for a decision is hatched, what was rejected only outlined, and
every number stands beside its bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from newsdesk.ui.plain import plain_tip
from newsdesk.ui.theme import MARK_CONTRAST, Theme, theme_for

SOLID, HATCHED, OUTLINED = "solid", "hatched", "outlined"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: how much, how it is drawn, and what it is called."""

    value: int
    drawn: str = SOLID
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its parts from left to right (or from below), and #RRGGBB or nothing."""

    name: str
    parts: tuple[Part, ...]
    colour: str = ""

    @property
    def total(self) -> int:
        """All parts together."""
        return sum(part.value for part in self.parts)

    @property
    def said(self) -> str:
        """The bar in words."""
        parts = [f"{one.value:,} {one.name}".strip() for one in self.parts if one.value]
        return f"{self.name}: {', '.join(parts) or '0'}"


class Chart(QWidget):
    """What both kinds of charts share: bars, their words for screen readers, and tips."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: tuple[Bar, ...] = ()
        self.setAccessibleName(title)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these."""
        self.bars = tuple(bars)
        self.setAccessibleDescription("; ".join(bar.said for bar in self.bars))
        self.updateGeometry()
        self.update()

    def bar_at(self, x: float, y: float) -> Bar | None:
        """The bar under a point."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self.bar_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), plain_tip(bar.said if bar else ""), self)
            return True
        return super().event(event)

    @property
    def _theme(self) -> Theme:
        return theme_for(self.palette())

    def _most(self) -> int:
        return max((bar.total for bar in self.bars), default=0) or 1

    def _draw(self, painter: QPainter, place: QRectF, part: Part, colour: str) -> None:
        theme = self._theme
        ink = QColor(theme.mark(colour or theme.accent, MARK_CONTRAST))
        pen = QPen(ink, max(1.0, self.fontMetrics().height() / 16))
        inside = place.adjusted(pen.widthF() / 2, pen.widthF() / 2, -pen.widthF() / 2, 0)
        inside.setBottom(place.bottom() - pen.widthF() / 2)
        if part.drawn == SOLID:
            painter.fillRect(place, ink)
            return
        if part.drawn == HATCHED:
            painter.fillRect(place, QBrush(ink, Qt.BrushStyle.BDiagPattern))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(inside)


class BarChart(Chart):
    """Bars one under the other, their names before and their numbers behind them."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def _row(self) -> int:
        return int(self.fontMetrics().height() * 1.5)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 22, max(1, len(self.bars)) * self._row)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 12, self.sizeHint().height())

    def bar_at(self, x: float, y: float) -> Bar | None:
        at = int(y // self._row)
        return self.bars[at] if 0 <= at < len(self.bars) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics, row, gap = self.fontMetrics(), self._row, self.fontMetrics().height() // 2
        numbers = max((metrics.horizontalAdvance(f"{bar.total:,}") for bar in self.bars), default=0)
        widest = max((metrics.horizontalAdvance(bar.name) for bar in self.bars), default=0)
        names = min(widest + gap // 2, int(self.width() * 0.4))
        left, right = names + gap, self.width() - numbers - gap
        scale = max(0, right - left) / self._most()
        middle = Qt.AlignmentFlag.AlignVCenter
        for at, bar in enumerate(self.bars):
            top = at * row
            painter.setPen(self.palette().color(self.foregroundRole()))
            name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(QRect(0, top, names, row), middle | Qt.AlignmentFlag.AlignRight, name)
            x = float(left)
            for part in bar.parts:
                if part.value:
                    # However few, it can be seen.
                    wide = max(2.0, part.value * scale)
                    place = QRectF(x, top + row * 0.2, wide, row * 0.6)
                    self._draw(painter, place, part, bar.colour)
                    x += wide
            painter.setPen(self._theme.muted)
            number = QRect(int(x) + gap // 2, top, numbers + gap, row)
            painter.drawText(number, middle | Qt.AlignmentFlag.AlignLeft, f"{bar.total:,}")


class TimeChart(Chart):
    """Columns side by side, with names where there is room, and a number on the highest."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        em = self.fontMetrics().height()
        return QSize(em * 22, em * 9)

    def minimumSizeHint(self) -> QSize:
        em = self.fontMetrics().height()
        return QSize(em * 12, em * 9)

    @property
    def _wide(self) -> float:
        """The width of one column with the space beside it."""
        return min(self.width() / max(1, len(self.bars)), self.fontMetrics().height() * 3.0)

    def bar_at(self, x: float, y: float) -> Bar | None:
        at = int(x // self._wide)
        return self.bars[at] if 0 <= at < len(self.bars) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.bars:
            return
        painter = QPainter(self)
        em, wide, most = self.fontMetrics().height(), self._wide, self._most()
        floor, high = self.height() - em * 1.3, self.height() - em * 2.8
        for at, bar in enumerate(self.bars):
            bottom = floor
            for part in bar.parts:
                if part.value:
                    tall = max(2.0, part.value / most * high)
                    room = min(2.0, wide * 0.2)
                    place = QRectF(at * wide + room / 2, bottom - tall, wide - room, tall)
                    self._draw(painter, place, part, bar.colour)
                    bottom -= tall
        painter.setPen(self._theme.rule)
        painter.drawLine(QPointF(0, floor), QPointF(self.width(), floor))
        painter.setPen(self._theme.muted)
        self._write(painter, wide, floor, most)

    def _write(self, painter: QPainter, wide: float, floor: float, most: int) -> None:
        metrics = self.fontMetrics()
        at = max(range(len(self.bars)), key=lambda one: self.bars[one].total)
        number = f"{most:,}"
        x = min(at * wide, self.width() - metrics.horizontalAdvance(number))
        painter.drawText(QPointF(max(0.0, x), metrics.ascent()), number)
        base = floor + metrics.height() * 0.2 + metrics.ascent()
        taken = 0.0
        for at, bar in enumerate(self.bars):
            # A name where there is room for it, the first always.
            x = min(at * wide, float(self.width() - metrics.horizontalAdvance(bar.name)))
            if at == 0 or x >= taken:
                painter.drawText(QPointF(max(0.0, x), base), bar.name)
                taken = x + metrics.horizontalAdvance(bar.name) + metrics.height() * 2
