"""Suggestions under way: asked and written on a thread with a connection of its own.

Each article is one short transaction and one step, so the window may write in between; what was
written is announced here part by part, since patching thousands of marks takes a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from newsdesk.desk import Desk, finding
from newsdesk.model import ArticleFilter, Revision
from newsdesk.ui.collecting import Unfelt
from newsdesk.ui.hearing import Hearing, another_desk
from newsdesk.ui.jobs import Report, tell_failure

if TYPE_CHECKING:
    from newsdesk.desk.library_suggesting import Tally
    from newsdesk.suggest import KnownName, Proposals
    from newsdesk.suggest.worker import Worker
    from newsdesk.ui.window import Window


class SuggestionRun(QObject):
    """Asks about articles and takes what comes; `done`, `cancelled` and `failed` tell how it ended,
    once all of it is shown, and `ended` comes before any of them."""

    done = Signal(object)
    cancelled = Signal(object)
    failed = Signal(str)
    ended = Signal()
    _written = Signal(object)
    _settled = Signal(int)

    def __init__(self, window: Window, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._worker = window, worker
        self._restarts = worker.restarts
        self._hearing = Hearing(window, self)
        self._stopped = False
        self._then: Callable[[], object] = lambda: None
        self._written.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._settled.connect(self._hearing.settle, Qt.ConnectionType.QueuedConnection)

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
        hearing, settled = self._hearing, self._settled.emit

        def work(report: Report) -> Tally:
            with another_desk(place, author, written) as desk:
                asking = _Asking(desk, articles, worker, tally, report, hearing)
                return asking.run(settled, leave_done=leave_done, leave_asked=leave_asked)

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
        self._hearing.stop()

    def _take(self, revision: Revision) -> None:
        if not self._stopped:
            self._hearing.take(revision)

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
        self._hearing.end(self._shown)

    def _shown(self) -> None:
        self._then()
        self.deleteLater()

    def _fail(self, error: Exception) -> None:
        tell_failure(error, self.failed.emit)


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
        hearing: Hearing,
    ) -> None:
        self._desk, self._worker = desk, worker
        self._tally, self._report, self._hearing = tally, report, hearing
        self._ids = (
            finding.find_articles(desk, articles)
            if isinstance(articles, ArticleFilter)
            else list(articles)
        )

    def run(
        self, settled: Callable[[int], object], *, leave_done: bool, leave_asked: bool
    ) -> Tally:
        """Ask about each article. Raises what the report raises once it is cancelled."""
        from newsdesk.desk.library_suggesting import suggest_many

        def told() -> None:
            settled(self._hearing.expected)
            Unfelt.look()
            self._far(0, 0)

        return suggest_many(
            self._desk,
            self._ids,
            self,
            self._tally,
            told,
            leave_done=leave_done,
            leave_asked=leave_asked,
        )

    def suggest(self, text: str, *, known: Sequence[KnownName] = ()) -> Proposals:
        """Ask the worker, and go on saying how far it is; what it says is written next."""
        found = self._worker.suggest(text, self._far, known=known)
        self._hearing.expect()
        return found

    def _far(self, read: int, length: int) -> None:
        if len(self._ids) == 1:
            # One article is counted by its text: a very long one takes its time.
            self._report(read, length)
        else:
            self._report(self._tally.passed, len(self._ids))
