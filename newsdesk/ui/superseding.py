"""Says that the open article has a newer version, and leads there; one that is gone is said too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from newsdesk.model import Article, NewsdeskError, Revision

if TYPE_CHECKING:
    from newsdesk.ui.window import Window


class Superseding(QObject):
    """Looks for a newer version of an article when it opens, and when one comes in."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._said = ""
        self._looked_at = ""
        window.annotate.article_changed.connect(self._opened)
        window.news.revised.connect(self._follow)

    def _opened(self) -> None:
        article = self._window.annotate.open.article
        if (article.id if article else "") != self._looked_at:
            self._look()

    def _follow(self, revision: Revision) -> None:
        if revision.edits is None or any(
            isinstance(edit.record, Article) for edit in revision.edits
        ):
            self._look()

    def _look(self) -> None:
        window, article = self._window, self._window.annotate.open.article
        self._looked_at = article.id if article else ""
        newer = self._newest(article) if article else None
        said = ""
        if newer is not None:
            said = self.tr(
                "This article has a newer version, “{0}”. "
                "What you mark here stays with the old text."
            ).format(newer.title or self.tr("Untitled"))
        if said == self._said:
            return
        window.messages.take_back(self._said)
        self._said = said
        if newer is not None:
            there = newer.id
            window.messages.say(
                said,
                error=False,
                act=self.tr("Go to the new version"),
                do=lambda: window.annotate.read(there),
            )

    def _newest(self, article: Article) -> Article | None:
        """The last of the versions that follow one another; None where there is no newer one."""
        seen, newest = {article.id}, None
        try:
            while found := self._window.desk.find(Article, supersedes=(newest or article).id):
                if found[-1].id in seen:
                    break
                newest = found[-1]
                seen.add(newest.id)
        except NewsdeskError:
            return newest  # a damaged version is told of when it is opened
        return newest
