"""Icons: our own line drawings as SVG, tinted by the palette, crisp at any scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from newsdesk.settings import shipped
from newsdesk.ui.theme import blend

SIZES = (20, 32, 64)
"""Pixels: the sizes drawn; Qt takes the next larger one for a scaled screen."""


GREYED = 0.3
"""How much of its colour is left to an icon of what can't be done now."""


def icon(name: str, palette: QPalette) -> QIcon:
    """The icon of this name in the palette's text colours, for its normal and its greyed state."""
    made = QIcon()
    colour = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText)
    ground = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Window)
    greyed = QColor(blend(colour.name(), ground.name(), GREYED))
    for mode, shade in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, greyed)):
        drawing = _drawing(name, shade)
        for size in SIZES:
            made.addPixmap(_drawn(drawing, size), mode)
    return made


def tinted(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    """One icon in one colour, `size` points square, of `ratio` pixels each. Raises
    FileNotFoundError for no such icon."""
    drawn = _drawn(_drawing(name, colour), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    return drawn


def _drawing(name: str, colour: QColor) -> QSvgRenderer:
    svg = _source(name).replace("currentColor", colour.name())
    return QSvgRenderer(QByteArray(svg.encode()))


def _drawn(drawing: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return shipped("resources", "icons", f"{name}.svg").read_text(encoding="utf-8")
