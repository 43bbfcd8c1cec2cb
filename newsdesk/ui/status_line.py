"""The line under everything: saved when, what is selected, what waits, what is running."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStatusBar,
    QToolButton,
    QWidget,
)

from newsdesk.model import Span
from newsdesk.ui.icons import icon
from newsdesk.ui.jobs import Job, Jobs
from newsdesk.ui.plain import counted, plain_label, plain_tip
from newsdesk.ui.suggestions.words import said_below

SAID_FOR = 6000
"""Milliseconds that a passing remark stands."""


class StatusLine(QStatusBar):
    """What the editor wants to know without asking; `wanted` asks for the next suggestion, and
    `missing_wanted` for the next annotation without a required attribute."""

    wanted = Signal()
    missing_wanted = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        em = self.fontMetrics().height()
        self._saved = plain_label("", self, muted=True)
        self._saved.setContentsMargins(em // 2, 0, 0, 0)
        self._selected = plain_label("", self, muted=True)
        self._waiting = QPushButton(self)
        self._waiting.setFlat(True)
        self._waiting.setObjectName("link")
        self._waiting.setToolTip(plain_tip(self.tr("Go to the next suggestion")))
        self._waiting.clicked.connect(self.wanted)
        self._missing = QPushButton(self)
        self._missing.setFlat(True)
        self._missing.setObjectName("link")
        self._missing.setToolTip(plain_tip(self.tr("Go to the next one, and give it")))
        self._missing.clicked.connect(self.missing_wanted)
        self._jobs = _JobRows(jobs, self)
        self.setContentsMargins(0, 0, em // 2, 0)
        self.addWidget(self._saved)
        self.addPermanentWidget(self._jobs)
        self.addPermanentWidget(self._selected)
        self.addPermanentWidget(self._missing)
        self.addPermanentWidget(self._waiting)
        self._selected.setContentsMargins(em, 0, em * 2 // 3, 0)
        self.show_waiting(0)
        self.show_missing("")

    def say(self, text: str) -> None:
        """A passing remark."""
        self.showMessage(text, SAID_FOR)

    def show_saved(self, at: str) -> None:
        """When the last change was committed, as the journal has it (ISO 8601, UTC)."""
        moment = datetime.fromisoformat(at).astimezone()
        self._saved.setText(self.tr("Saved {0}").format(moment.strftime("%H:%M")))

    def show_state(self, text: str) -> None:
        """What stands in place of the time where nothing can be saved."""
        self._saved.setText(text)

    def show_selection(self, spans: tuple[Span, ...]) -> None:
        """The offsets of what is selected, in code points."""
        if not spans:
            self._selected.setText("")
            return
        where = ", ".join(f"{span.start:,}–{span.end:,}" for span in spans[:3])
        if len(spans) > 3:
            where += " …"
        count = sum(span.end - span.start for span in spans)
        length = counted(count, self.tr("1 character"), self.tr("{0} characters"))
        self._selected.setText(f"{where}  ·  {length}")

    def show_waiting(self, count: int, below: int = 0) -> None:
        """How many suggestions of the article wait for a decision, and how many more are hidden
        by a threshold."""
        self._waiting.setVisible(count + below > 0)
        one, many = self.tr("1 suggestion waiting"), self.tr("{0} suggestions waiting")
        said = " · ".join(filter(None, (counted(count, one, many), said_below(below))))
        self._waiting.setText(said)
        self._waiting.setAccessibleName(said)

    def show_missing(self, said: str) -> None:
        """How many annotations of the article lack a required attribute, in words."""
        self._missing.setVisible(bool(said))
        self._missing.setText(said)
        self._missing.setAccessibleName(said)

    @property
    def has_missing(self) -> bool:
        """Whether it says that some do."""
        return bool(self._missing.text())

    def tint(self, palette: QPalette) -> None:
        """Draw the buttons in the palette's colours."""
        self._jobs.tint(palette)


class _JobRows(QWidget):
    """The job that has run longest: title, bar, time left, Cancel."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        em = self.fontMetrics().height()
        self._title = plain_label("", self)
        self._left = plain_label("", self, muted=True)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(QSize(em * 7, em * 2 // 3))
        self._bar.setAccessibleName(self.tr("Progress of the work under way"))
        self._cancel = QToolButton(self)
        self._cancel.setAutoRaise(True)
        self._cancel.setAccessibleName(self.tr("Cancel the work under way"))
        self._cancel.setToolTip(plain_tip(self.tr("Cancel")))
        self._cancel.clicked.connect(self._stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em // 2)
        for widget in (self._title, self._bar, self._left, self._cancel):
            layout.addWidget(widget)
        jobs.began.connect(self._watch)
        jobs.ended.connect(self._next)
        self.hide()

    def tint(self, palette: QPalette) -> None:
        self._cancel.setIcon(icon("close", palette))

    def _watch(self, job: Job) -> None:
        job.overdue.connect(self._next)
        job.progress.connect(self._move)

    def _next(self, _job: object = None) -> None:
        running = [job for job in self._jobs.running if job.seconds >= 0.25]
        self._job = running[0] if running else None
        self.setVisible(self._job is not None)
        if self._job is not None:
            self._title.setText(self._job.title)
            self._cancel.setEnabled(not self._job.stopping)
            self._move(self._job.finished, self._job.total)

    def _move(self, finished: int, total: int) -> None:
        if self._job is None or self.sender() not in (self._job, self._jobs, None):
            return
        self._bar.setRange(0, total)
        self._bar.setValue(finished)
        self._left.setText(_said(self._job, self.tr("{0} of {1}"), self.tr("{0} s left")))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)
            self._left.setText(self.tr("stopping…"))


def _said(job: Job, count: str, left: str) -> str:
    if not job.total:
        return f"{job.finished:,}" if job.finished else ""
    parts = [count.format(f"{job.finished:,}", f"{job.total:,}")]
    if job.seconds_left is not None and job.seconds > 1:
        parts.append(left.format(f"{job.seconds_left:,.0f}"))
    return "  ·  ".join(parts)
