"""Asking the pipeline about articles, in a process of its own, and taking what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from newsdesk.model import HUMAN
from newsdesk.ui.suggestions.run import SuggestionRun
from newsdesk.ui.suggestions.thresholding import Thresholding

if TYPE_CHECKING:
    from newsdesk.desk.library_suggesting import Tally
    from newsdesk.suggest.worker import Worker
    from newsdesk.ui.suggestions.library_dialog import Wanted
    from newsdesk.ui.suggestions.training_dialog import TrainingDialog
    from newsdesk.ui.window import Window


class Suggesting(QObject):
    """One worker for the window; its process starts with the first question."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._worker: Worker | None = None
        self._asked: set[str] = set()
        self._seen: set[str] = set()
        self._broken = False
        self._library: SuggestionRun | None = None
        self._training: TrainingDialog | None = None
        self.thresholds = Thresholding(window)
        window.annotate.article_changed.connect(self._opened)

    @property
    def worker(self) -> Worker:
        """Made at the first question: what it needs would slow the window's start."""
        if self._worker is None:
            from newsdesk.suggest.worker import Worker

            chosen = self._window.preferences
            folder = Path(chosen.pipeline) if chosen.pipeline else None
            self._worker = Worker(folder, chosen.pipeline_sha256 or None)
        return self._worker

    def use_pipeline(self, folder: str, digest: str) -> None:
        """Ask another pipeline from now on, pinned by its SHA-256; none is Newsdesk's own."""
        self._window.viewing.prefer(pipeline=folder, pipeline_sha256=digest)
        self._broken = False
        self._seen.clear()
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def stop(self) -> None:
        """End the worker's process, and hear no more of what it said."""
        for run in self.findChildren(SuggestionRun):
            run.stop()
        if self._worker is not None:
            self._worker.close()

    # The open article

    def ask(self) -> None:
        """Ask about the open article; the text does not move, the marks come in when they come."""
        self._ask(quiet=False)

    def _ask(self, *, quiet: bool) -> None:
        window = self._window
        article = window.annotate.open.article
        if article is None or article.id in self._asked:
            return
        if window.desk.held:
            if not quiet:
                window.editing.do(lambda: 0)  # says why it can't be done now
            return
        self._asked.add(article.id)
        if not self.worker.loaded and not quiet:
            window.status_line.say(self.tr("Loading the pipeline; suggestions come by themselves"))
        run = SuggestionRun(window, self.worker, self)
        run.ended.connect(lambda: self._asked.discard(article.id))
        run.done.connect(self._tell_quietly if quiet else self._tell)
        run.failed.connect(self._failed)
        run.begin(self.tr("Suggestions"), [article.id])

    def _opened(self) -> None:
        """Ask, where that is preferred, about an article that was never asked about."""
        window, opened = self._window, self._window.annotate.open
        article = opened.article
        if article is None or article.id in self._seen:
            return
        self._seen.add(article.id)
        wanted = window.preferences.suggest_on_opening and not window.desk.read_only
        known = any(one.origin != HUMAN for one in opened.annotations.values())
        if wanted and not known and not self._broken:
            self._ask(quiet=True)

    def _tell(self, tally: Tally) -> None:
        window = self._window
        for said in (*tally.notices, *(message for _, message in tally.problems)):
            window.messages.say(said, error=bool(tally.problems))
        if not tally.found and tally.articles and not tally.notices:
            window.messages.say(
                self.tr("The pipeline has nothing new to suggest for this article."), error=False
            )

    def _tell_quietly(self, tally: Tally) -> None:
        for notice in tally.notices:
            self._window.status_line.say(notice)
        for _, message in tally.problems:
            self._failed(message)

    def _failed(self, said: str) -> None:
        # Asked unasked again and again, it would fail again and again.
        self._broken = True
        self._window.messages.say(said)

    # The library

    def ask_library(self) -> None:
        """Ask about all articles, or those that the library shows, as the editor says."""
        from newsdesk.ui.suggestions.library_dialog import offer_library

        if self._library is not None:
            self._window.status_line.say(
                self.tr("Suggestions for the library are under way; Cancel ends them")
            )
            return
        offer_library(self._window, self._ask_many)

    def _ask_many(self, wanted: Wanted) -> None:
        from newsdesk.ui.suggestions.library_summary import tell_library

        window = self._window
        self._library = run = SuggestionRun(window, self.worker, self)
        run.ended.connect(self._library_ended)
        run.done.connect(lambda tally: tell_library(window, tally, stopped=False))
        run.cancelled.connect(lambda tally: tell_library(window, tally, stopped=True))
        run.failed.connect(window.messages.say)
        run.begin(
            self.tr("Suggestions for the library"),
            wanted.filter,
            leave_done=wanted.leave_done,
            leave_asked=wanted.leave_asked,
        )

    def _library_ended(self) -> None:
        self._library = None

    # Learning

    def train(self) -> None:
        """Show the dialog that trains a pipeline on what was accepted."""
        from newsdesk.ui.suggestions.training_dialog import TrainingDialog

        if self._training is None:
            self._training = TrainingDialog(self._window)
        self._training.come()
