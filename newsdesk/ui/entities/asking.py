"""Questions about the whole desk, asked on another thread by a connection of its own.

Counting a register or looking for unlinked names reads every annotation: on a large desk that
takes longer than a window may stand still.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from PySide6.QtCore import QObject, Signal

from newsdesk.desk import Desk, open_desk
from newsdesk.desk.bulk import seldom_collected
from newsdesk.desk.register import register
from newsdesk.model.register import EntityLine
from newsdesk.ui.entities.register_list import searched
from newsdesk.ui.jobs import Jobs, Report, tell_failure


class Asking(QObject):
    """Asks the desk at a place; of several questions of one sort only the last one is answered.

    Closing the window waits for what is being answered, and drops what waits: nothing is lost.
    """

    failed = Signal(str)

    def __init__(self, place: str, author: str, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._author = place, author
        self._jobs = Jobs(self)
        self._last: dict[str, int] = {}
        self._stopped = False

    def ask(
        self,
        sort: str,
        work: Callable[[Desk], Any],
        done: Callable[[Any], object],
        refused: Callable[[], object] = lambda: None,
    ) -> None:
        """Have `work(desk)` done; `done` is given its answer. Where there is none, that is said,
        and `refused` called."""
        number = self._last[sort] = self._last.get(sort, 0) + 1

        def answer(found: Any) -> None:
            if not self._stopped and self._last[sort] == number:
                done(found)

        def look(_: Report) -> Any:
            # It may have waited: nobody may want the answer any more.
            wanted = not self._stopped and self._last[sort] == number
            return asked(self._place, self._author, work) if wanted else None

        def fail(error: Exception) -> None:
            self._fail(error)
            refused()

        self._jobs.run(sort, look, answer, fail)

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._jobs.running)

    def stop(self) -> None:
        """Wait for what is being asked, and pass no answer on."""
        self._stopped = True
        self._jobs.stop_all()

    def _fail(self, error: Exception) -> None:
        tell_failure(error, self.failed.emit)


def asked(place: str, author: str, work: Callable[[Desk], Any]) -> Any:
    """What a desk answers to a connection of its own."""
    # A collection of garbage stops every thread, the window's too.
    with seldom_collected(), closing(open_desk(place, author)) as desk:
        return work(desk)


def read_register(desk: Desk) -> tuple[list[EntityLine], dict[str, str]]:
    """The register's lines, and by what each is found, by its id."""
    lines = register(desk)
    return lines, {line.id: searched(line) for line in lines}
