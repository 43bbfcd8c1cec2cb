"""Looks for regular expressions in a process of its own, which is ended when it takes too long."""

from __future__ import annotations

import multiprocessing
import threading
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from newsdesk.model import NewsdeskError
from newsdesk.model.match_server import send_text, serve
from newsdesk.model.matching import Sought, unpacked

LIMIT = 2.0
"""Seconds after which an expression has taken too long; a text of 50 MB takes one."""

Question = tuple[int, str, Sought]


class Matcher(QObject):
    """Answers the latest question with `found`, a list of Spans, or `failed`, a sentence.

    A pattern that backtracks for ever can't be interrupted in Python: its process is killed, and
    the next question starts another.
    """

    found = Signal(object)
    failed = Signal(str)
    _came = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._questions: SimpleQueue[Question | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._text: str | None = None
        self._number = 0
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def ask(self, text: str, sought: Sought) -> None:
        """Look for it; what was asked before needs no answer any more."""
        self._number += 1
        self._questions.put((self._number, text, sought))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="matching", daemon=True)
            self._thread.start()

    def drop(self) -> None:
        """Want no answer any more."""
        self._number += 1

    def stop(self) -> None:
        """End the process."""
        self._number += 1
        if self._thread is not None:
            self._questions.put(None)
            self._end()
            self._thread.join(5)
            self._thread = None

    def _work(self) -> None:
        while (question := self._questions.get()) is not None:
            number, text, sought = question
            if number != self._number:
                continue
            try:
                answer: object = self._asked(number, text, sought)
            except NewsdeskError as error:
                answer = str(error)
            except (EOFError, OSError):
                self._end()
                answer = QCoreApplication.translate(
                    "Matcher", "The search ended without an answer. Try again."
                )
            self._came.emit(number, answer)
        self._end()

    def _asked(self, number: int, text: str, sought: Sought) -> object:
        sought.pattern()  # what can't be read is said at once
        line = self._ready()
        if self._text is not text:
            send_text(line, text)
            self._text = text
        line.send(sought)
        waited = 0.0
        while not line.poll(0.05):
            waited += 0.05
            if number != self._number or waited >= LIMIT:
                self._end()
                break
        else:
            answer = line.recv_bytes()
            if answer[:1] == b"-":
                raise NewsdeskError(answer[1:].decode())
            return unpacked(answer[1:])
        said = QCoreApplication.translate(
            "Matcher", "Stopped after {0} s: the pattern goes back and forth. Make it simpler."
        )
        raise NewsdeskError(said.format(f"{LIMIT:g}"))

    def _ready(self) -> Connection:
        if self._line is None:
            spawn = multiprocessing.get_context("spawn")
            self._line, theirs = spawn.Pipe()
            self._process = spawn.Process(target=serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        return self._line

    def _end(self) -> None:
        line, process = self._line, self._process
        self._line = self._process = self._text = None
        if process is not None:
            process.kill()
            process.join(2)
        if line is not None:
            line.close()

    def _tell(self, number: int, answer: object) -> None:
        if number != self._number:
            return
        if isinstance(answer, str):
            self.failed.emit(answer)
        else:
            self.found.emit(answer)

