"""A pipeline in a process of its own, so that loading and reading never hold up the window."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from newsdesk.model import NewsdeskError
from newsdesk.suggest.gazetteer import KnownName
from newsdesk.suggest.proposals import Proposals

Waiting = Callable[[int, int], object]
"""Told how many code points of the text are read, and how many there are; 0, 0 where unknown."""

Asked = tuple[str, tuple[KnownName, ...]]
Far = tuple[int, int]


class Worker:
    """Asks a pipeline in a spawned process; a Suggester that any thread may ask, one at a time.

    The process starts with the first question and loads the pipeline then. If it dies (it may run
    out of memory), it is started once more for the same text; `restarts` counts how often that
    happened. `pinned` is the folder's SHA-256 as it was when it was chosen. `loaded` says whether
    the pipeline is there already, so that a question is answered at once.
    """

    name = "worker"

    def __init__(self, folder: Path | None = None, pinned: str | None = None) -> None:
        self._folder, self._pinned = folder, pinned
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._closed = False
        self.loaded = False
        self.restarts = 0

    def suggest(
        self, text: str, waiting: Waiting | None = None, *, known: Sequence[KnownName] = ()
    ) -> Proposals:
        """Propose annotations for ``text``, with the names that a desk knows; waits for the answer,
        calling `waiting` ten times a second: what that raises ends the question.

        Raises NewsdeskError where the pipeline refuses, or its process died twice.
        """
        while not self._lock.acquire(timeout=0.1):
            if waiting is not None:
                waiting(0, 0)
        try:
            return self._answer((text, tuple(known)), waiting)
        finally:
            self._lock.release()

    def _answer(self, asked: Asked, waiting: Waiting | None) -> Proposals:
        for again in (True, False):
            try:
                return self._ask(asked, waiting)
            except (EOFError, OSError):
                self._stop()
                if self._closed:
                    raise NewsdeskError("The suggestions were stopped.") from None
                self.restarts += again
        raise NewsdeskError(
            "The suggestions stopped without an answer, twice: the article may need more memory "
            "than there is. Nothing was changed; close other programs and try again."
        )

    def close(self) -> None:
        """End the process; a question under way ends with it."""
        self._closed = True
        self._stop()

    def _ask(self, asked: Asked, waiting: Waiting | None) -> Proposals:
        if self._closed:
            raise NewsdeskError("The suggestions were stopped. What came until then was kept.")
        line = self._line or self._start()
        line.send(asked)
        far: Far = (0, 0)
        while True:
            if waiting is not None and not line.poll(0.1):
                try:
                    waiting(*far)
                except BaseException:
                    self._stop()  # the answer to a question that nobody asks any more
                    raise
                continue
            answer = line.recv()
            if isinstance(answer, tuple):
                self.loaded, far = True, answer
            elif isinstance(answer, str):
                raise NewsdeskError(answer)
            else:
                assert isinstance(answer, Proposals)
                self.loaded = True
                return answer

    def _start(self) -> Connection:
        spawn = multiprocessing.get_context("spawn")
        line, theirs = spawn.Pipe()
        self._line = line
        self._process = spawn.Process(
            target=serve, args=(theirs, self._folder, self._pinned), daemon=True
        )
        self._process.start()
        theirs.close()
        return line

    def _stop(self) -> None:
        line, process = self._line, self._process
        self._line = self._process = None
        self.loaded = False
        if line is not None:
            line.close()
        if process is not None:
            process.terminate()
            process.join(2)


def serve(line: Connection, folder: Path | None, pinned: str | None = None) -> None:
    """The process: answers texts with Proposals, or with what went wrong, until the line ends.

    Before an answer it tells how far it is: code points read, and how many there are.
    """
    from newsdesk.suggest.encoder import enough_memory
    from newsdesk.suggest.suggester import PipelineSuggester, folder_suggester, own_suggester

    suggester: PipelineSuggester | None = None
    while True:
        try:
            text, known = line.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            with enough_memory():  # there may be too little to load it, too
                if suggester is None:
                    suggester = folder_suggester(folder, pinned) if folder else own_suggester()
                    line.send((0, 0))
                answer: Proposals | str = suggester.suggest(
                    text, known=known, told=lambda *far: line.send(far)
                )
        except NewsdeskError as error:
            answer = str(error)
        line.send(answer)
