"""The view of a picture: cards are gone through by key or mouse, opened, zoomed, written out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from newsdesk.model import NewsdeskError
from newsdesk.ui.pictures.card import Card
from newsdesk.ui.theme import Theme

_LEAST, _MOST = 0.1, 4.0
_READABLE = 0.8  # a picture is not fitted below this; it scrolls instead
MARGIN = 24
_DOTS = 2  # pixels of a PNG for each point of the picture
_LARGEST = 16_000  # pixels on a side of a PNG
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(QGraphicsView):
    """Shows cards and the lines between them; `opened` gives the value of the card asked for."""

    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(self))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self._fitted = True
        self.cards: list[Card] = []

    def show_cards(self, cards: list[Card], theme: Theme) -> None:
        """Show these cards (they and their lines are in the scene already), the first chosen."""
        self.cards = cards
        self._page = QColor(theme.page)
        self.scene().setBackgroundBrush(self._page)
        box = self.scene().itemsBoundingRect().adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        self.scene().setSceneRect(box)
        self.fit()

    def clear(self) -> None:
        """Show nothing."""
        self.cards = []
        self.scene().clear()

    # Looking

    def fit(self) -> None:
        """Show the whole picture, or as much of it as can be read."""
        self._fitted = True
        box = self.scene().sceneRect()
        if box.isEmpty():
            return
        view = self.viewport().size()
        scale = min(view.width() / box.width(), view.height() / box.height(), 1.0)
        self.resetTransform()
        self.scale(max(scale, _READABLE), max(scale, _READABLE))
        self.centerOn(self.chosen or box.center())

    def zoom(self, factor: float) -> None:
        """Come nearer by a factor, or go further off."""
        wanted = self.transform().m11() * factor
        if _LEAST <= wanted <= _MOST:
            self._fitted = False
            self.scale(factor, factor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
        else:
            super().wheelEvent(event)

    # Choosing

    @property
    def chosen(self) -> Card | None:
        """The card that is chosen."""
        return next((card for card in self.cards if card.isSelected()), None)

    def choose(self, card: Card) -> None:
        """Choose a card, and bring it into view."""
        self.scene().clearSelection()
        card.setSelected(True)
        self.ensureVisible(card, MARGIN, MARGIN)
        self.setAccessibleDescription(card.said)
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _WAYS and self.cards:
            self._go(*_WAYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen:
            self.opened.emit(self.chosen.value)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.15)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / 1.15)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def _go(self, right: int, down: int) -> None:
        """Choose the nearest card in a direction; the first where none was chosen."""
        now = self.chosen
        if now is None:
            self.choose(self.cards[0])
            return
        ahead = []
        for card in self.cards:
            way = card.pos() - now.pos()
            along = way.x() * right + way.y() * down
            aside = abs(way.x() * down) + abs(way.y() * right)
            if along > 1:
                ahead.append((along + 2 * aside, id(card), card))
        if ahead:
            self.choose(min(ahead)[2])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        card = self.itemAt(event.position().toPoint())
        if isinstance(card, Card) and event.button() == Qt.MouseButton.LeftButton:
            self.choose(card)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        card = self.itemAt(event.position().toPoint())
        if isinstance(card, Card):
            self.opened.emit(card.value)

    # Writing out

    def write(self, path: Path) -> None:
        """Write the picture as SVG or PNG, by the suffix. Raises NewsdeskError."""
        if not path.parent.is_dir():
            raise NewsdeskError(
                f"There is no folder {path.parent}, so the picture could not be written. Make it "
                "first, or choose another."
            )
        chosen, box = self.chosen, self.scene().sceneRect()
        self.scene().clearSelection()
        try:
            good = _write_svg if path.suffix.lower() == ".svg" else _write_png
            if not good(self.scene(), box, path, self._page):
                raise NewsdeskError(
                    f"The picture could not be written to {path.name}. Nothing else was changed. "
                    "Choose a folder that can be written to, and a name that ends in .svg or .png."
                )
        finally:
            if chosen is not None:
                chosen.setSelected(True)


def _write_svg(scene: QGraphicsScene, box: QRectF, path: Path, page: QColor) -> bool:
    from PySide6.QtSvg import QSvgGenerator

    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(box.size().toSize())
    generator.setViewBox(QRect(0, 0, round(box.width()), round(box.height())))
    painter = QPainter()
    if not painter.begin(generator):
        return False
    painter.fillRect(QRectF(0, 0, box.width(), box.height()), page)
    scene.render(painter, QRectF(0, 0, box.width(), box.height()), box)
    return painter.end()


def _write_png(scene: QGraphicsScene, box: QRectF, path: Path, page: QColor) -> bool:
    scale = min(_DOTS, _LARGEST / max(box.width(), box.height()))
    size = QSize(round(box.width() * scale), round(box.height() * scale))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(page)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scene.render(painter, QRectF(0, 0, size.width(), size.height()), box)
    painter.end()
    return path.suffix.lower() == ".png" and image.save(str(path))
