"""Acts on all that was found: a few at once, many as a job on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from newsdesk.desk import Desk
from newsdesk.model import Revision
from newsdesk.ui.hearing import Hearing, another_desk
from newsdesk.ui.jobs import Report, tell_failure

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

AT_ONCE = 100
"""Annotations that are acted on within a key press; more would be felt."""

Work = Callable[[Desk, Report], int]
Outcome = tuple[int, list[Revision]]


class Acting(QObject):
    """Does the work on the window's desk, or on a second connection while the window stays free.

    The second connection's work is one transaction and one step too: nothing else writes to the
    desk until it is over, as during an import.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def run(self, title: str, count: int, work: Work, done: Callable[[int], object]) -> None:
        """Do it; `done` is told how many changed, unless the desk refuses or it is cancelled."""
        window = self._window
        if count <= AT_ONCE:
            changed = window.editing.do(lambda: work(window.desk, lambda *_: None))
            if changed is not None:
                done(changed)
            return
        if window.desk.held:
            window.editing.do(lambda: 0)  # says why it can't be done now
            return
        window.annotate.inspector.commit()
        place, author = window.place, window.desk.author
        window.filing.set_busy(True)
        hearing = Hearing(window, self)
        hearing.expect()
        window.jobs.run(
            title,
            lambda report: _elsewhere(place, author, work, report),
            lambda outcome: self._done(outcome, hearing, done),
            lambda error: self._failed(error, hearing),
            lambda: self._cancelled(hearing),
        )

    def _done(self, outcome: Outcome, hearing: Hearing, done: Callable[[int], object]) -> None:
        changed, revisions = outcome
        for revision in revisions:
            hearing.take(revision)

        def shown() -> None:
            self._over(hearing)
            done(changed)

        hearing.end(shown)

    def _failed(self, error: Exception, hearing: Hearing) -> None:
        self._over(hearing)
        self._window.news.catch_up()
        tell_failure(error, self._window.messages.say)

    def _cancelled(self, hearing: Hearing) -> None:
        self._over(hearing)
        self._window.status_line.say(self.tr("That was stopped; nothing of it was kept"))

    def _over(self, hearing: Hearing) -> None:
        hearing.stop()
        hearing.deleteLater()
        self._window.filing.set_busy(False)


def _elsewhere(place: str, author: str, work: Work, report: Report) -> Outcome:
    made: list[Revision] = []
    with another_desk(place, author, made.append) as desk:
        return work(desk, report), made
