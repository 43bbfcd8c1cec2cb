"""Acts on all that was found: a few at once, many as a job on a connection of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from newsdesk.desk import Desk, open_desk
from newsdesk.model import NewsdeskError, Revision, replace
from newsdesk.ui.jobs import Report

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

AT_ONCE = 100
"""Annotations that are acted on within a key press; more would be felt."""

PATCHED = 1_000
"""Edits that the window takes in at a time: with fewer, lists are patched row by row, which is
slower than reading them anew."""

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
        if window.editing.held():
            window.editing.do(lambda: 0)  # says why it can't be done now
            return
        window.annotate.inspector.commit()
        place, author = window.place, window.desk.author
        window.filing.set_busy(True)
        window.jobs.run(
            title,
            lambda report: _elsewhere(place, author, work, report),
            lambda outcome: self._done(outcome, done),
            self._failed,
            self._cancelled,
        )

    def _done(self, outcome: Outcome, done: Callable[[int], object]) -> None:
        changed, revisions = outcome
        self._hear(iter([*parts_of(revisions)]), lambda: done(changed))

    def _hear(self, parts: Iterator[tuple[Revision, bool]], done: Callable[[], object]) -> None:
        """Announce what was changed, part by part: patching thousands of marks takes a moment,
        and the window goes on between."""
        part = next(parts, None)
        if part is not None and self._window.desk.hear(part[0], further=part[1]):
            QTimer.singleShot(0, self, lambda: self._hear(parts, done))
            return
        self._window.filing.set_busy(False)
        done()

    def _failed(self, error: Exception) -> None:
        self._window.filing.set_busy(False)
        self._window.news.catch_up()
        if isinstance(error, NewsdeskError):
            self._window.messages.say(str(error))
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    def _cancelled(self) -> None:
        self._window.filing.set_busy(False)
        self._window.status_line.say(self.tr("That was stopped; nothing of it was kept"))


def parts_of(revisions: list[Revision], size: int = PATCHED) -> Iterator[tuple[Revision, bool]]:
    """Revisions with `size` of their edits at a time, and whether some came before."""
    for one in revisions:
        if one.edits is None:
            yield one, False
            continue
        for at in range(0, len(one.edits), size):
            yield replace(one, edits=one.edits[at : at + size]), at > 0


def _elsewhere(place: str, author: str, work: Work, report: Report) -> Outcome:
    desk = open_desk(place, author)
    made: list[Revision] = []
    desk.listeners.append(made.append)
    try:
        return work(desk, report), made
    finally:
        desk.close()
