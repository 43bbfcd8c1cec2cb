"""Undo and redo in the window: what they would do, doing it, and saying what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from newsdesk.ui.window import Window


class Stepping(QObject):
    """Keeps the titles of the next steps until something changes: asking the journal each time
    that the acts are greyed would be felt."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._steps: tuple[str | None, str | None] | None = None

    def forget(self) -> None:
        """Ask anew: the journal, or whose steps are meant, has changed."""
        self._steps = None

    @property
    def steps(self) -> tuple[str | None, str | None]:
        """The titles of what would be undone and done again; None for nothing."""
        if self._steps is None:
            self._steps = self._window.desk.undoable, self._window.desk.redoable
        return self._steps

    @property
    def titles(self) -> dict[str, str]:
        """The texts of the two acts in the menu."""
        undoable, redoable = self.steps
        undo, redo = self.tr("&Undo"), self.tr("&Redo")
        return {
            "undo": f"{undo}: {_mnemonic_free(undoable)}" if undoable else undo,
            "redo": f"{redo}: {_mnemonic_free(redoable)}" if redoable else redo,
        }

    def undo(self) -> None:
        """Take back the latest change."""
        done = self._window.desk.undo()
        if done is not None:
            self._window.status_line.say(done.title)
            self._window.annotate.checklist.tick("undo")

    def redo(self) -> None:
        """Do again what was undone."""
        done = self._window.desk.redo()
        if done is not None:
            self._window.status_line.say(done.title)


def _mnemonic_free(text: str) -> str:
    return text.replace("&", "&&")
