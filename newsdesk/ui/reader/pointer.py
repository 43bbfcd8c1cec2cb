"""The mouse in the reader: words and sentences, clicks on marks, edges that can be dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from newsdesk.model import Annotation, Span, joined
from newsdesk.ui.reader.hover import Card
from newsdesk.ui.reader.selection import sentence_around, snap, word_near

if TYPE_CHECKING:
    from newsdesk.ui.reader.reader import Reader

HOVER = 450
"""Milliseconds that the mouse rests before the card opens."""
_GRIP = 5  # pixels on either side of an edge that take hold of it


class Pointer(QObject):
    """What presses, drags and rests of the mouse mean; it asks the reader, which does the rest."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self._reader = reader
        self.card = Card(reader)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(HOVER)
        self._rest.timeout.connect(self._open_card)
        self._double = QTimer(self)
        self._double.setSingleShot(True)
        self._double_at = QPoint()
        self._pressed_at: QPointF | None = None
        self._at = QPointF()
        self._dragged: tuple[Annotation, int, bool] | None = None
        self.preview: tuple[Span, ...] = ()

    def press(self, event: QMouseEvent) -> bool:
        """A button went down; gives whether that was all about it."""
        self.hide_card()
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        self._pressed_at = event.position()
        reader = self._reader
        near = (event.position().toPoint() - self._double_at).manhattanLength() < 8
        if self._double.isActive() and near:
            self._double.stop()
            self._pressed_at = None
            offset = reader.offset_at(event.position().toPoint())
            sentence = sentence_around(reader.words, offset)
            if sentence is not None:
                reader.select_span(sentence)
            return True
        self._dragged = self._edge_at(event.position())
        if self._dragged is not None:
            self.preview = self._dragged[0].spans
            return True
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            reader.keep_fragment()
        else:
            reader.drop_fragments()
        return False

    def move(self, event: QMouseEvent) -> bool:
        """The mouse moved; gives whether an edge is being dragged."""
        self._at = event.position()
        if self._dragged is not None:
            self._drag(event)
            return True
        if event.buttons() == Qt.MouseButton.NoButton:
            self.card.hide()
            self._rest.start()
            over = self._edge_at(event.position()) is not None
            shape = Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.IBeamCursor
            self._reader.viewport().setCursor(shape)
        return False

    def release(self, event: QMouseEvent) -> None:
        """The button went up: a drag ends, a selection snaps, or a mark was clicked."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        reader, alt = self._reader, bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        pressed, self._pressed_at = self._pressed_at, None
        moved = pressed is not None and self._went_far(pressed, event.position())
        if self._dragged is not None:
            self._let_go(event, moved)
        elif pressed is not None and reader.textCursor().hasSelection():
            reader.snap_selection(letters=alt)
        if pressed is not None and not moved and not reader.textCursor().hasSelection():
            offset = reader.offset_at(event.position().toPoint())
            if alt:
                reader.move_caret(offset)
                reader.cycle_overlaps()
            else:
                reader.choose_at(offset)

    def _let_go(self, event: QMouseEvent, moved: bool) -> None:
        """The end of a drag of an edge; one that went nowhere was a click."""
        assert self._dragged is not None
        reader = self._reader
        if moved:
            self._drag(event)
        annotation, spans = self._dragged[0], self.preview
        self._dragged, self.preview = None, ()
        reader.viewport().update()
        if not moved:
            reader.move_caret(reader.offset_at(event.position().toPoint()))
        elif spans and spans != annotation.spans:
            reader.resized.emit(annotation.id, spans)

    def double_click(self, event: QMouseEvent) -> None:
        """Select the word; a third click takes the sentence."""
        reader = self._reader
        self._double_at = event.position().toPoint()
        self._double.start(QApplication.doubleClickInterval())
        self._pressed_at = None
        word = word_near(reader.words, reader.offset_at(self._double_at))
        if word is not None:
            reader.select_span(word)

    def leave(self) -> None:
        """The mouse left the text."""
        self.hide_card()

    def hide_card(self) -> None:
        """Close the card, and open none until the mouse rests again."""
        self._rest.stop()
        self.card.hide()

    def _open_card(self) -> None:
        reader = self._reader
        place = self._at.toPoint()
        if not reader.viewport().rect().contains(place) or not reader.isVisible():
            return
        found = reader.annotations_under(place)
        if found:
            reader.fill_card(self.card, found, reader.viewport().mapToGlobal(place))

    def _went_far(self, start: QPointF, end: QPointF) -> bool:
        return (end - start).manhattanLength() > QApplication.startDragDistance()

    def _edge_at(self, place: QPointF) -> tuple[Annotation, int, bool] | None:
        """The current annotation, which fragment, and whether its end, if an edge is under it."""
        current = self._reader.current
        if current is None:
            return None
        for n, span in enumerate(current.spans):
            for at_end in (False, True):
                box = self._reader.edge_box(span, at_end)
                if box.adjusted(-_GRIP, 0, _GRIP, 0).contains(place):
                    return current, n, at_end
        return None

    def _drag(self, event: QMouseEvent) -> None:
        assert self._dragged is not None
        annotation, n, at_end = self._dragged
        self._reader.scroll_towards(event.position().y())
        offset = self._reader.offset_at(event.position().toPoint())
        span = annotation.spans[n]
        letters = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        start, end = (span.start, offset) if at_end else (offset, span.end)
        if start >= end:
            return
        moved = snap(self._reader.words, start, end, letters=letters).span
        if moved is None:
            return
        # The edge that is not dragged stays where it is.
        moved = Span(span.start, moved.end) if at_end else Span(moved.start, span.end)
        if moved.start < moved.end:
            others = [other for k, other in enumerate(annotation.spans) if k != n]
            self.preview = joined([*others, moved])
            self._reader.viewport().update()
