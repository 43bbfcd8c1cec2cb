"""Line patterns as small pictures that are laid side by side: a dashed stroke costs fifty times."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap


def _blank(width: float, height: int, ratio: float) -> tuple[QPixmap, float]:
    """An empty tile of whole device pixels, and the width (pixels) that it came to have."""
    across = max(1, round(width * ratio))
    tile = QPixmap(across, max(1, round(height * ratio)))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    return tile, across / ratio


def dashed(ink: QColor, dashes: Sequence[float], thickness: int, ratio: float) -> QPixmap:
    """One period of a dashed line; `dashes` are dash, gap, dash, gap … in thicknesses."""
    if not dashes:
        tile, _ = _blank(16, thickness, ratio)
        tile.fill(ink)
        return tile
    period = sum(dashes) * thickness
    tile, width = _blank(period, thickness, ratio)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x, scale = 0.0, width / period * thickness
    for n, length in enumerate(dashes):
        if n % 2 == 0:
            painter.fillRect(QRectF(x, 0, length * scale, thickness), ink)
        x += length * scale
    painter.end()
    return tile


def upright(ink: QColor, dashes: Sequence[float], thickness: int, ratio: float) -> QPixmap:
    """The same from above to below."""
    level = dashed(ink, dashes, thickness, ratio)
    tile = QPixmap(level.height(), level.width())
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.rotate(90)
    painter.drawPixmap(QPointF(0, -thickness), level)
    painter.end()
    return tile


def dotted(ink: QColor, thickness: int, ratio: float) -> QPixmap:
    """One round dot and the gap behind it."""
    tile, _ = _blank(thickness * 2, thickness, ratio)
    painter = QPainter(tile)
    dot = QRectF(0, 0, thickness, thickness)
    if thickness * ratio < 3:  # so small a circle would be no more than a haze
        painter.fillRect(dot, ink)
    else:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(dot)
    painter.end()
    return tile


def wavy(ink: QColor, unit: float, dashes: Sequence[float], ratio: float) -> QPixmap:
    """One wave, up and down; of a suggestion only the first of two waves is drawn."""
    height = ceil(4 * unit)
    tile, width = _blank(round(5 * unit) * (2 if dashes else 1), height, ratio)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wave = width / 2 if dashes else width
    path = QPainterPath(QPointF(0, height / 2))
    path.quadTo(wave / 4, -height * 0.25, wave / 2, height / 2)
    path.quadTo(wave * 3 / 4, height * 1.25, wave, height / 2)
    painter.strokePath(path, QPen(ink, 1.6 * unit))
    painter.end()
    return tile
