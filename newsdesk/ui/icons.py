"""Icons: our own line drawings as SVG, tinted by the palette, crisp at any scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from newsdesk.settings import shipped

SIZES = (16, 20, 24, 32, 40, 48, 64)
"""Pixels: the sizes drawn, so that 100 to 200 % scaling finds its own drawing."""


def icon(name: str, palette: QPalette) -> QIcon:
    """The icon of this name in the palette's text colours, for its normal and its greyed state."""
    made = QIcon()
    groups = QPalette.ColorGroup
    for mode, group in ((QIcon.Mode.Normal, groups.Active), (QIcon.Mode.Disabled, groups.Disabled)):
        colour = palette.color(group, QPalette.ColorRole.ButtonText)
        for size in SIZES:
            made.addPixmap(tinted(name, colour, size), mode)
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
