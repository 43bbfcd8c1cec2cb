"""Icons: our own line drawings as SVG, tinted by the palette, crisp at any scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from newsdesk.settings import shipped
from newsdesk.ui.theme import blend

SIZES = (16, 20, 24, 32, 40, 48, 64)
"""Pixels: the sizes drawn, so that 100 to 200 % scaling finds its own drawing."""


GREYED = 0.3
"""How much of its colour is left to an icon of what can't be done now."""


def icon(name: str, palette: QPalette) -> QIcon:
    """The icon of this name in the palette's text colours, for its normal and its greyed state."""
    made = QIcon()
    colour = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText)
    ground = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Window)
    greyed = QColor(blend(colour.name(), ground.name(), GREYED))
    for mode, shade in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, greyed)):
        for size in SIZES:
            made.addPixmap(tinted(name, shade, size), mode)
    return made


def tinted(name: str, colour: QColor, size: int) -> QPixmap:
    """One icon in one colour, `size` pixels square. Raises FileNotFoundError for no such."""
    drawing = _source(name).replace("currentColor", colour.name())
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return shipped("resources", "icons", f"{name}.svg").read_text(encoding="utf-8")
