"""Asking the pipeline about the open article, in a process of its own, and taking what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from newsdesk.desk.suggesting import take_proposals
from newsdesk.model import Article
from newsdesk.suggest import Proposals

if TYPE_CHECKING:
    from newsdesk.suggest.worker import Worker
    from newsdesk.ui.window import Window


class Suggesting(QObject):
    """One worker for the window; its process starts with the first question."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._worker: Worker | None = None
        self._asked: set[str] = set()

    @property
    def worker(self) -> Worker:
        """Made at the first question: what it needs would slow the window's start."""
        if self._worker is None:
            from newsdesk.suggest.worker import Worker

            self._worker = Worker()
        return self._worker

    def ask(self) -> None:
        """Ask about the open article; the text does not move, the marks come in when they come."""
        article = self._window.annotate.open.article
        if article is None or article.id in self._asked:
            return
        self._asked.add(article.id)
        text, worker = article.text, self.worker
        self._window.jobs.run(
            self.tr("Suggestions"),
            lambda report: worker.suggest(text, lambda: report(0, 0)),
            lambda proposals: self._take(article, proposals),
            lambda error: self._failed(article, error),
            lambda: self._asked.discard(article.id),
        )

    def stop(self) -> None:
        """End the worker's process."""
        if self._worker is not None:
            self._worker.close()

    def _take(self, article: Article, proposals: Proposals) -> None:
        window = self._window
        self._asked.discard(article.id)
        # A text never changes, so an answer is never stale; but its article may be gone by now.
        if not window.desk.count(Article, id=article.id):
            return
        if window.desk.count(Article, supersedes=article.id):
            return
        if proposals.notice:
            window.messages.say(proposals.notice, error=False)
        found = window.editing.do(lambda: take_proposals(window.desk, article, proposals))
        if found == 0 and not proposals.notice:
            window.messages.say(
                self.tr("The pipeline has nothing new to suggest for this article."), error=False
            )

    def _failed(self, article: Article, error: Exception) -> None:
        self._asked.discard(article.id)
        self._window.messages.say(str(error))
