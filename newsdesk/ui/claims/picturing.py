"""The pictures of the Claims workspace: of a claim, a source, or all claims of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from newsdesk.model import Article, Evidence
from newsdesk.ui.claims.file_row import Sort
from newsdesk.ui.claims.moving import QUEUE
from newsdesk.ui.claims.pictures import Pictures

if TYPE_CHECKING:
    from newsdesk.ui.claims.workspace import ClaimsWorkspace


class Picturing(QObject):
    """The verbs that picture; an article's picture stays until another claim is chosen."""

    def __init__(self, workspace: ClaimsWorkspace) -> None:
        super().__init__(workspace)
        self._at = at = workspace
        self._beside: tuple[int, str] | None = None
        graph, timeline = self.tr("Graph"), self.tr("Timeline")
        both = {"graph": graph, "timeline": timeline}
        self._claim = Pictures(at.shared, at.pane.tabs, both)
        self._source = Pictures(at.shared, at.source_pane.tabs, {"graph": graph})
        self._article = Pictures(at.shared, at.article_page.tabs, {"graph": graph})
        for pictures in (self._claim, self._source, self._article):
            pictures.article_wanted.connect(at.article_wanted)
            pictures.record_wanted.connect(self._open_record)
            pictures.said.connect(at.said)
            pictures.failed.connect(at.failed)

    def stop(self) -> None:
        """Draw nothing anew: the desk is about to be closed."""
        for pictures in (self._claim, self._source, self._article):
            pictures.stop()

    @property
    def of_article(self) -> bool:
        """Whether an article's claims are pictured."""
        if self._beside is not None and self._beside != self._at.chosen:
            self._beside = None
        return self._beside is not None

    def show(self) -> None:
        """Draw the picture that is seen, if one is."""
        at = self._at
        shown, claim, source = at.beside.currentWidget(), at.pane.claim, at.source_pane.source
        if shown is at.article_page:
            self._article.show("article", at.article_page.article)
        elif shown is at.source_pane and source is not None:
            self._source.show("source", source.id)
        elif shown is at.pane and claim is not None:
            self._claim.offer(at.past.known is None)
            self._claim.show("claim", claim.id)

    def show_graph(self) -> None:
        """Show where the claim, or what the source said, comes from."""
        on_sources = self._at.beside.currentWidget() is self._at.source_pane
        (self._source if on_sources else self._claim).turn_to("graph")

    def show_timeline(self) -> None:
        """Show the timeline of the claim."""
        self._claim.turn_to("timeline")

    def picture_article(self, id: str) -> None:
        """Show where the claims of an article come from, until another claim is chosen."""
        at = self._at
        at.tabs.setCurrentIndex(QUEUE)
        at.come()
        self._beside = at.chosen
        at.article_page.show_article(id, at.desk.get(Article, id).title)
        at.come()
        self._article.turn_to("graph")

    def come_back(self) -> None:
        """Show the claim that is chosen, as it is now."""
        self._at.past.leave()
        self._beside = None
        self._at.come()
        self._at.moving.show_file()

    def _open_record(self, kind: str, id: str) -> None:
        """Open what was asked for in a picture."""
        at = self._at
        if kind == "claim":
            at.select(id)
        elif kind == "source":
            at.select_source(id)
        elif kind == "evidence" and (found := at.desk.get_all(Evidence, [id]).get(id)):
            at.select(found.claim)
            self.come_back()
            at.pane.file.go_to(Sort.EVIDENCE, found.exact[:40])
        else:
            at.moving.show_file()
