"""The desk's revisions as one Qt signal, so that Qt forgets dead listeners."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from newsdesk.desk import Desk
from newsdesk.model import NewsdeskError

GLANCE = 1000
"""Milliseconds between two looks at what other programs wrote to the desk."""


class News(QObject):
    """Announces every Revision of a desk, of this window or of another, on `revised`."""

    revised = Signal(object)
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._said = ""
        self.awaited: set[object] = set()
        """Who is about to announce what another connection of this program writes just now."""
        desk.listeners.append(self._tell)
        self._timer = QTimer(self)
        self._timer.setInterval(GLANCE)
        self._timer.timeout.connect(self.catch_up)

    def start(self) -> None:
        """Begin to look every second for what other programs changed."""
        if not self._desk.read_only:
            self._timer.start()

    def stop(self) -> None:
        """Hear nothing more of the desk."""
        self._timer.stop()
        if self._tell in self._desk.listeners:
            self._desk.listeners.remove(self._tell)

    def catch_up(self) -> int:
        """Announce what other programs changed since; give how many revisions that were."""
        if self.awaited or self._tell not in self._desk.listeners:
            return 0  # or stopped: the desk may be closed
        try:
            found = self._desk.catch_up()
        except NewsdeskError as error:
            # Once a second would be a flood: the same trouble is said once.
            if str(error) != self._said:
                self._said = str(error)
                self.failed.emit(self._said)
            return 0
        self._said = ""
        return found

    def _tell(self, revision: object) -> None:
        self.revised.emit(revision)
