"""The small fields that open inside the window: over the text where the eye is, or at its top."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from newsdesk.ui.chooser import Chooser, Look
from newsdesk.ui.note_box import NoteBox
from newsdesk.ui.reader import Reader


class Popups:
    """One chooser and one note box, shared by whatever asks."""

    def __init__(self, window: QWidget, reader: Reader) -> None:
        self._window = window
        self._reader = reader
        self.chooser = Chooser(window)
        self.note_box = NoteBox(window)

    def choose(
        self, prompt: str, look: Look, chosen: Callable[[object], object], *, wide: int = 60
    ) -> None:
        """Offer choices at the top of the window."""
        self.chooser.offer(prompt, look, chosen, wide=wide)

    def choose_at_text(
        self, prompt: str, look: Look, chosen: Callable[[object], object], *, typed: str = ""
    ) -> None:
        """Offer choices beside what is current in the text."""
        self.chooser.offer(prompt, look, chosen, at=self._below_current(), typed=typed)

    def note_at_text(self, title: str, text: str, committed: Callable[[str], object]) -> None:
        """Ask for a note beside what is current in the text."""
        self.note_box.ask(title, text, self._below_current(), committed)

    def _below_current(self) -> QPoint:
        """A point of the window under the end of the current annotation, or of the cursor."""
        viewport = self._reader.viewport()
        spot = self._reader.cursorRect().bottomLeft() + QPoint(0, 6)
        if not viewport.rect().contains(spot):
            spot = viewport.rect().center()
        return viewport.mapTo(self._window, spot)
