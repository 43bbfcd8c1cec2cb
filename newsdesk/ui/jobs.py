"""Run work that takes time off the window's thread; hear of it back on the window's thread."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from newsdesk.model import NewsdeskError

log = logging.getLogger(__name__)

SHOWN_AFTER = 300
"""Milliseconds after which a job shows itself."""
_BETWEEN_REPORTS = 0.05  # seconds: a bar needs no more, and the window stays free

_TURN = 0.001
"""Seconds that the window waits at most for a job's thread to hand over. Python's own five add up:
the window needs the word several times until it has painted."""

Report = Callable[[int, int], None]
Work = Callable[[Report], Any]


class Cancelled(Exception):
    """The editor asked a job to stop; raised inside the work by its next report."""


class Job(QObject):
    """One piece of work under way: its title, how far it is, and how to stop it.

    `progress` gives what is done and how much there is (0 where that is unknown); `overdue` comes
    once, when it has run so long that it should be shown. Both on the window's thread.
    """

    progress = Signal(int, int)
    overdue = Signal()
    _moved = Signal(int, int)
    _over = Signal(object, object)

    def __init__(self, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.finished = 0
        self.total = 0
        self._began = time.monotonic()
        self._reported = 0.0
        self._stop = threading.Event()
        self._moved.connect(self._note, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - self._began

    @property
    def seconds_left(self) -> float | None:
        """An estimate from the pace so far; None where there is nothing to go by yet."""
        if not self.finished or not self.total:
            return None
        return self.seconds / self.finished * (self.total - self.finished)

    def report(self, finished: int, total: int = 0) -> None:
        """Called by the work, on its own thread. Raises Cancelled once the editor asked for it."""
        if self._stop.is_set():
            raise Cancelled(self.title)
        now = time.monotonic()
        if now - self._reported >= _BETWEEN_REPORTS or finished == total:
            self._reported = now
            self._moved.emit(finished, total)

    def _note(self, finished: int, total: int) -> None:
        self.finished, self.total = finished, total
        self.progress.emit(finished, total)


class _Run(QRunnable):
    """The part of a job that lives on the other thread; it touches no widget and no desk."""

    def __init__(self, job: Job, work: Work) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._job, self._work = job, work

    def run(self) -> None:
        try:
            outcome = self._work(self._job.report)
        except Exception as error:  # noqa: BLE001 - the job's boundary
            self._job._over.emit(self._job, error)
        else:
            self._job._over.emit(self._job, outcome)


class Jobs(QObject):
    """The window's jobs, two at a time; `began` and `ended` tell whoever shows them."""

    began = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_TURN)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._runs: dict[Job, tuple[_Run, _Endings]] = {}
        self._stopped = False

    @property
    def running(self) -> list[Job]:
        """The jobs under way, oldest first."""
        return list(self._runs)

    def run(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        cancelled: Callable[[], object] | None = None,
    ) -> Job:
        """Start `work(report)` on another thread; exactly one of the other functions is called
        with its outcome, on this one.

        `work` is given values only, never this window's desk, and calls `report(finished, total)`
        now and then: that is where a cancelled job stops.
        """
        job = Job(title, self)
        run = _Run(job, work)
        self._runs[job] = run, _Endings(done, failed, cancelled)
        # A bound method of an object of this thread: a bare function would be called on the other.
        job._over.connect(self._end, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(SHOWN_AFTER, job, job.overdue.emit)
        self._pool.start(run)
        self.began.emit(job)
        return job

    def stop_all(self, milliseconds: int = 5000) -> bool:
        """Cancel everything and wait; give whether all threads came home in time. No outcome is
        told any more: the desk may be closed by then."""
        self._stopped = True
        for job in self.running:
            job.cancel()
        return self._pool.waitForDone(milliseconds)

    def _end(self, job: Job, outcome: object) -> None:
        _, endings = self._runs.pop(job)
        if isinstance(outcome, Exception) and not isinstance(outcome, Cancelled | NewsdeskError):
            log.error("a job failed after %.1f s: %s", job.seconds, type(outcome).__name__)
        self.ended.emit(job)
        job.deleteLater()
        if not self._stopped:
            endings.tell(outcome)


class _Endings:
    """Whom to tell how a job ended."""

    def __init__(
        self,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        cancelled: Callable[[], object] | None,
    ) -> None:
        self._done, self._failed, self._cancelled = done, failed, cancelled

    def tell(self, outcome: object) -> None:
        if isinstance(outcome, Cancelled):
            if self._cancelled is not None:
                self._cancelled()
        elif isinstance(outcome, Exception):
            self._failed(outcome)
        else:
            self._done(outcome)


def tell_failure(error: Exception, say: Callable[[str], object]) -> None:
    """Say what the desk refused to a job; anything else is a bug, and goes to the excepthook."""
    if isinstance(error, NewsdeskError):
        say(str(error))
    else:
        sys.excepthook(type(error), error, error.__traceback__)
