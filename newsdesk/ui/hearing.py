"""Shows part by part what another connection of this program wrote, while the window goes on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from newsdesk.desk import Desk, open_desk
from newsdesk.model import Revision, replace
from newsdesk.ui.collecting import Unfelt

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

PART = 100
"""Edits that are announced at a time: in the open article each is a mark, a row and a stroke."""
ANNOUNCED = 500_000
"""Edits of one change that are shown so; of a larger one everything is read anew."""


class Hearing(QObject):
    """Announces revisions on the window's desk; thousands of marks at once would stop it.

    What somebody does meanwhile is announced at once; what it touches is announced before it.
    """

    def __init__(self, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._news = window.desk, window.news
        self._parts: deque[tuple[Revision, bool]] = deque()
        self._speaking = False
        self.expected = self._settled = 0
        self._then: Callable[[], object] | None = None
        self._unfelt = Unfelt()
        self.destroyed.connect(self._unfelt.end)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0)
        self._pause.timeout.connect(self._next)
        self._desk.listeners.insert(0, self._heed)
        window.closed.connect(self.stop)

    def expect(self) -> None:
        """Something is about to be written, and will be taken: until it was announced here, it is
        not looked for. Called on the thread that writes, which counts what is `expected`."""
        self.expected += 1
        self._news.awaited.add(self)

    def settle(self, expected: int) -> None:
        """So much of what was expected came, or did not."""
        self._settled = expected
        self._wait()

    def _wait(self) -> None:
        if self._parts or self.expected > self._settled:
            self._news.awaited.add(self)
        else:
            self._news.awaited.discard(self)

    def take(self, revision: Revision) -> None:
        """Announce a revision, after those that came before it."""
        edits = revision.edits
        if edits is None:
            self._parts.append((revision, False))
        else:
            for at in range(0, len(edits), PART):
                self._parts.append((replace(revision, edits=edits[at : at + PART]), at > 0))
        self._wait()
        self._pause.start()

    def end(self, then: Callable[[], object]) -> None:
        """Do something once all is shown; nothing is taken after that."""
        self._then = then
        self._pause.start()

    def stop(self) -> None:
        """Announce nothing more: the desk is about to be closed, or everything was shown."""
        self._news.awaited.discard(self)
        self._pause.stop()
        self._parts.clear()
        self._then = None
        if self._heed in self._desk.listeners:
            self._desk.listeners.remove(self._heed)
        self._unfelt.end()

    def _next(self) -> None:
        if self._parts:
            revision, further = self._parts.popleft()
            self._announce(revision, further)
            self._wait()
            self._unfelt.look()
            self._pause.start()
        elif self._then is not None:
            then = self._then
            self.stop()
            then()

    def _announce(self, revision: Revision, further: bool) -> None:
        self._speaking = True
        try:
            known = self._desk.hear(revision, further=further)
        finally:
            self._speaking = False
        if not known:
            self._forget(revision.seq)  # somebody wrote in between: everything was read anew

    def _heed(self, revision: Revision) -> None:
        """Somebody else changed something, while parts are still to be shown."""
        if self._speaking or not self._parts:
            return
        if revision.edits is None:
            self._forget(revision.seq)
            return
        touched = {edit.record.id for edit in revision.edits}
        for at, (part, further) in enumerate(self._parts):
            sooner = tuple(edit for edit in part.edits or () if edit.record.id in touched)
            if sooner and further:
                later = tuple(edit for edit in part.edits or () if edit.record.id not in touched)
                self._parts[at] = replace(part, edits=later), further
                self._announce(replace(part, edits=sooner), further=True)

    def _forget(self, seq: int) -> None:
        """What was written up to a revision was read by all who show it."""
        while self._parts and self._parts[0][0].seq <= seq:
            self._parts.popleft()


@contextmanager
def another_desk(
    place: str, author: str, written: Callable[[Revision], None]
) -> Iterator[Desk]:
    """A second connection to a desk, for another thread; `written` hears there of each change."""
    desk = open_desk(place, author)
    desk.announced = ANNOUNCED
    desk.listeners.append(written)
    try:
        yield desk
    finally:
        desk.close()
