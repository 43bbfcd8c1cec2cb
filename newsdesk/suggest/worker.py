"""A pipeline in a process of its own, so that loading and reading never hold up the window."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from newsdesk.model import NewsdeskError
from newsdesk.suggest.proposals import Proposals


class Worker:
    """Asks a pipeline in a spawned process; a Suggester that any thread may ask, one at a time.

    The process starts with the first question and loads the pipeline then. If it dies (it may run
    out of memory), it is started once more for the same text.
    """

    name = "worker"

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._closed = False

    def suggest(self, text: str, waiting: Callable[[], object] | None = None) -> Proposals:
        """Propose annotations for ``text``; waits for the answer, calling `waiting` ten times a
        second: what that raises ends the question.

        Raises NewsdeskError where the pipeline refuses, or its process died twice.
        """
        with self._lock:
            for _ in range(2):
                try:
                    return self._ask(text, waiting)
                except (EOFError, OSError):
                    self._stop()
                    if self._closed:
                        raise NewsdeskError("The suggestions were stopped.") from None
        raise NewsdeskError(
            "The suggestions stopped without an answer, twice: the article may need more memory "
            "than there is. Nothing was changed; close other programs and try again."
        )

    def close(self) -> None:
        """End the process; a question under way ends with it."""
        self._closed = True
        self._stop()

    def _ask(self, text: str, waiting: Callable[[], object] | None) -> Proposals:
        if self._line is None:
            spawn = multiprocessing.get_context("spawn")
            self._line, theirs = spawn.Pipe()
            self._process = spawn.Process(target=serve, args=(theirs, self._folder), daemon=True)
            self._process.start()
            theirs.close()
        self._line.send(text)
        while waiting is not None and not self._line.poll(0.1):
            try:
                waiting()
            except BaseException:
                self._stop()  # the answer to a question that nobody asks any more
                raise
        answer = self._line.recv()
        if isinstance(answer, str):
            raise NewsdeskError(answer)
        assert isinstance(answer, Proposals)
        return answer

    def _stop(self) -> None:
        line, process = self._line, self._process
        self._line = self._process = None
        if line is not None:
            line.close()
        if process is not None:
            process.terminate()
            process.join(2)


def serve(line: Connection, folder: Path | None) -> None:
    """The process: answers texts with Proposals, or with what went wrong, until the line ends."""
    from newsdesk.suggest.suggester import PipelineSuggester, folder_suggester, own_suggester

    suggester: PipelineSuggester | None = None
    while True:
        try:
            text = line.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            suggester = suggester or (folder_suggester(folder) if folder else own_suggester())
            answer: Proposals | str = suggester.suggest(text)
        except NewsdeskError as error:
            answer = str(error)
        except MemoryError:
            answer = "There is not enough memory for these suggestions. Nothing was changed."
        line.send(answer)
