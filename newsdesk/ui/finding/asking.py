"""Questions to the desk that may take a moment: asked on a thread with a connection of its own."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from newsdesk.desk import Desk, open_desk
from newsdesk.model import NewsdeskError

Question = Callable[[Desk], Any]
Answered = Callable[[Any], object]


class Asking(QObject):
    """Asks one question after the other. Of those of one kind only the latest is answered: what
    was typed since makes the ones before idle. Answers come on the window's thread."""

    _came = Signal(object)

    def __init__(self, place: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._questions: SimpleQueue[_Asked | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._latest: dict[str, _Asked] = {}
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether no answer is awaited."""
        return not self._latest

    def ask(
        self, kind: str, question: Question, then: Answered, failed: Callable[[str], object]
    ) -> None:
        """Ask; `then` gets the answer, or `failed` what the desk says instead."""
        asked = self._latest[kind] = _Asked(kind, question, then, failed)
        self._questions.put(asked)
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="asking", daemon=True)
            self._thread.start()

    def drop(self, kind: str) -> None:
        """Want no answer of this kind any more."""
        self._latest.pop(kind, None)

    def stop(self) -> None:
        """Ask nothing more, and let go of the desk."""
        self._latest.clear()
        if self._thread is not None:
            self._questions.put(None)
            self._thread.join(10)
            self._thread = None

    def _serve(self) -> None:
        desk: Desk | None = None
        while (asked := self._questions.get()) is not None:
            if self._latest.get(asked.kind) is not asked:
                continue
            try:
                desk = desk or open_desk(self._place, "")
                asked.answer = asked.question(desk)
            except Exception as error:  # noqa: BLE001 - the job's boundary
                asked.error = error
            self._came.emit(asked)
        if desk is not None:
            desk.close()

    def _tell(self, asked: _Asked) -> None:
        if self._latest.get(asked.kind) is not asked:
            return
        del self._latest[asked.kind]
        asked.tell()


class AskingHere(QObject):
    """The same on the thread and the desk at hand: every answer comes at once."""

    idle = True

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def ask(
        self, kind: str, question: Question, then: Answered, failed: Callable[[str], object]
    ) -> None:
        """Ask, and answer."""
        asked = _Asked(kind, question, then, failed)
        try:
            asked.answer = question(self._desk)
        except NewsdeskError as error:
            asked.error = error
        asked.tell()

    def drop(self, kind: str) -> None:
        """Nothing is ever awaited."""

    def stop(self) -> None:
        """Nothing to be stopped."""


Asker = Asking | AskingHere


class _Asked:
    """One question, and whom to tell."""

    def __init__(
        self, kind: str, question: Question, then: Answered, failed: Callable[[str], object]
    ) -> None:
        self.kind, self.question = kind, question
        self._then, self._failed = then, failed
        self.answer: Any = None
        self.error: Exception | None = None

    def tell(self) -> None:
        if self.error is None:
            self._then(self.answer)
        elif isinstance(self.error, NewsdeskError):
            self._failed(str(self.error))
        else:
            sys.excepthook(type(self.error), self.error, self.error.__traceback__)
