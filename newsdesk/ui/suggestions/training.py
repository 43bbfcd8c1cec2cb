"""A training under way: counted and done beside the window, its folder kept or thrown away."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from newsdesk.desk import open_desk
from newsdesk.model import NewsdeskError
from newsdesk.settings import data_folder
from newsdesk.ui.jobs import Job, Report

if TYPE_CHECKING:
    from newsdesk.desk.learning_stock import Stock
    from newsdesk.suggest.learning.report import TrainingReport
    from newsdesk.ui.window import Window

TRAIN = "newsdesk.desk.learning:train"
_PARTS = 1_000


class Training(QObject):
    """`moved` gives what is being done and how far (0 to 1); `done` the report."""

    counted = Signal(object)
    moved = Signal(str, float)
    done = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    _far = Signal(str, float)

    def __init__(self, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._job: Job | None = None
        self._counting: Job | None = None
        self.report: TrainingReport | None = None
        self._far.connect(self._move, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether a training is under way."""
        return self._job is not None

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._job is not None and self._job.stopping

    @property
    def seconds_left(self) -> float | None:
        """An estimate; None where there is nothing to go by yet."""
        return self._job.seconds_left if self._job is not None else None

    def count(self) -> None:
        """Count what there is to learn from."""
        if self._counting is not None:
            return
        place = self._window.place
        self._counting = self._window.jobs.run(
            self.tr("Counting what was accepted"),
            lambda report: _stock(place, report),
            self._counted,
            self._fail,
            lambda: self._counted(None),
        )

    def start(self) -> None:
        """Train, in a process of its own."""
        if self._job is not None:
            return
        held = self._window.preferences
        out = _room(held.pipeline)
        base, place, far = held.pipeline or None, self._window.place, self._far.emit

        def work(report: Report) -> TrainingReport:
            from newsdesk.suggest.apart import apart

            def told(what: str, share: float) -> None:
                report(round(share * _PARTS), _PARTS)
                far(what, share)

            return apart(TRAIN, (place, out), told, named={"pipeline": base}, progress=True)

        self._job = self._window.jobs.run(
            self.tr("Training"), work, self._done, self._fail, self._stopped
        )
        self.moved.emit("", 0.0)

    def cancel(self) -> None:
        """Stop it; nothing is written."""
        if self._job is not None:
            self._job.cancel()
            self.moved.emit(self.tr("stopping…"), 0.0)

    def settle(self, *, keep: bool) -> None:
        """The report was decided on: keep its folder, or throw it away."""
        report, self.report = self.report, None
        if report is not None and not keep:
            shutil.rmtree(report.folder, ignore_errors=True)

    def _counted(self, stock: Stock | None) -> None:
        self._counting = None
        if stock is not None:
            self.counted.emit(stock)

    def _move(self, what: str, share: float) -> None:
        if self._job is not None and not self._job.stopping:
            self.moved.emit(what, share)

    def _done(self, report: TrainingReport) -> None:
        self._job, self.report = None, report
        self.done.emit(report)

    def _stopped(self) -> None:
        self._job = None
        self.cancelled.emit()

    def _fail(self, error: Exception) -> None:
        self._job = self._counting = None
        if isinstance(error, NewsdeskError):
            self.failed.emit(str(error))
            return
        self.failed.emit(self.tr("The training stopped; nothing was written or changed."))
        sys.excepthook(type(error), error, error.__traceback__)


def _room(in_use: str) -> str:
    """A new folder for a pipeline; those that nobody took into use go."""
    rooms = data_folder() / "pipelines"
    for old in rooms.glob("trained-*"):
        if not in_use or old.resolve() != Path(in_use).resolve():
            shutil.rmtree(old, ignore_errors=True)
    return str(rooms / f"trained-{datetime.now(UTC):%Y%m%d-%H%M%S}")


def _stock(place: str, report: Report) -> Stock:
    from newsdesk.desk.learning_stock import stock

    desk = open_desk(place, "")
    try:
        return stock(desk, lambda done: report(done, 0))
    finally:
        desk.close()
