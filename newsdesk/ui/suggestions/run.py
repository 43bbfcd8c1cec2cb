"""Suggestions under way: asked and written on a thread with a connection of its own.

Each article is one short transaction and one step, so the window may write in between; what was
written is announced here part by part, since patching thousands of marks takes a moment.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from newsdesk.desk import Desk, finding, open_desk
from newsdesk.model import ArticleFilter, NewsdeskError, Revision
from newsdesk.ui.finding.acting import parts_of
from newsdesk.ui.jobs import Report

if TYPE_CHECKING:
    from newsdesk.desk.library_suggesting import Tally
    from newsdesk.suggest import KnownName, Proposals
    from newsdesk.suggest.worker import Worker
    from newsdesk.ui.window import Window

_PATCHED = 40
"""Edits that are announced at a time: in the open article each is a mark, a row and a stroke."""


class SuggestionRun(QObject):
    """Asks about articles and takes what comes; `done`, `cancelled` and `failed` tell how it ended,
    once all of it is shown, and `ended` comes before any of them."""

    done = Signal(object)
    cancelled = Signal(object)
    failed = Signal(str)
    ended = Signal()
    _written = Signal(object)

    def __init__(self, window: Window, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._worker = window, worker
        self._restarts = worker.restarts
        self._parts: deque[tuple[Revision, bool]] = deque()
        self._then: Callable[[], object] | None = None
        self._stopped = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0)
        self._pause.timeout.connect(self._hear)
        self._written.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def begin(
        self,
        title: str,
        articles: Sequence[str] | ArticleFilter,
        *,
        leave_done: bool = False,
        leave_asked: bool = False,
    ) -> None:
        """Begin with articles by their ids, or with those that a filter finds."""
        from newsdesk.desk.library_suggesting import Tally

        tally, place, author = Tally(), self._window.place, self._window.desk.author
        worker, written = self._worker, self._written.emit

        def work(report: Report) -> Tally:
            desk = open_desk(place, author)
            desk.listeners.append(written)
            try:
                asking = _Asking(desk, articles, worker, tally, report)
                return asking.run(leave_done=leave_done, leave_asked=leave_asked)
            finally:
                desk.close()

        self._window.jobs.run(
            title,
            work,
            lambda tally: self._end(lambda: self.done.emit(tally)),
            lambda error: self._end(lambda: self._fail(error)),
            lambda: self._end(lambda: self.cancelled.emit(tally)),
        )

    def stop(self) -> None:
        """Announce nothing more: the desk is about to be closed."""
        self._stopped = True
        self._pause.stop()
        self._parts.clear()

    def _take(self, revision: Revision) -> None:
        if not self._stopped:
            self._parts.extend(parts_of([revision], _PATCHED))
            self._pause.start()

    def _hear(self) -> None:
        if self._parts:
            revision, further = self._parts.popleft()
            if not self._window.desk.hear(revision, further=further):
                # Somebody wrote in between: everything was announced in another way.
                while self._parts and self._parts[0][0].seq == revision.seq:
                    self._parts.popleft()
            self._pause.start()
        elif self._then is not None:
            then, self._then = self._then, None
            then()
            self.deleteLater()

    def _end(self, then: Callable[[], object]) -> None:
        if self._stopped:
            return
        self.ended.emit()
        if self._worker.restarts > self._restarts:
            self._window.messages.say(
                self.tr("The suggestions had stopped and were started again; nothing is lost."),
                error=False,
            )
        self._then = then
        self._pause.start()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, NewsdeskError):
            self.failed.emit(str(error))
        else:
            sys.excepthook(type(error), error, error.__traceback__)


class _Asking:
    """The part on the other thread: a Suggester that says how far it is."""

    name = "worker"

    def __init__(
        self,
        desk: Desk,
        articles: Sequence[str] | ArticleFilter,
        worker: Worker,
        tally: Tally,
        report: Report,
    ) -> None:
        self._desk, self._worker = desk, worker
        self._tally, self._report = tally, report
        self._ids = (
            finding.find_articles(desk, articles)
            if isinstance(articles, ArticleFilter)
            else list(articles)
        )

    def run(self, *, leave_done: bool, leave_asked: bool) -> Tally:
        """Ask about each article. Raises what the report raises once it is cancelled."""
        from newsdesk.desk.library_suggesting import suggest_many

        return suggest_many(
            self._desk,
            self._ids,
            self,
            self._tally,
            lambda: self._far(0, 0),
            leave_done=leave_done,
            leave_asked=leave_asked,
        )

    def suggest(self, text: str, *, known: Sequence[KnownName] = ()) -> Proposals:
        """Ask the worker, and go on saying how far it is."""
        return self._worker.suggest(text, self._far, known=known)

    def _far(self, read: int, length: int) -> None:
        if len(self._ids) == 1:
            # One article is counted by its text: a very long one takes its time.
            self._report(read, length)
        else:
            self._report(self._tally.passed, len(self._ids))
