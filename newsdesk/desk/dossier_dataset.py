"""One claim with all that it rests on, as a dataset: what a dossier is made of."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from newsdesk.desk.claim_file import ClaimView
from newsdesk.desk.desk import Desk
from newsdesk.desk.tracing import HEDGE_REACH, labels_of, many
from newsdesk.formats.format import Bundle, JournalEdit
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Entity,
    Evidence,
    Layer,
    Link,
    Record,
    Review,
    Revision,
    Snapshot,
    Source,
    Status,
    replace,
)

R = TypeVar("R", bound=Record)


class ClaimDataset:
    """A claim, its appearances with who said so, its evidence, reviews and links.

    Articles come whole, since passages and spans are looked up in them, but with the marks that
    concern the claim only, and without the bytes that they were imported from. Every stream is in
    order of the ids.
    """

    def __init__(self, desk: Desk, view: ClaimView) -> None:
        self._view = view
        claim = view.claim.id
        cited = [one.annotation for one in view.evidence if one.annotation]
        drifting = [id for one in view.drifts for id in (one.first, one.variant)]
        contents = {one.id for one in view.appearances} | set(drifting) | set(cited)
        ties = [
            one
            for one in many(desk, Attribution, "content", sorted(contents))
            if one.status is Status.ACCEPTED
        ]
        wanted = contents | {id for one in ties for id in (one.source_mention, one.cue) if id}
        marks = {
            id: one
            for id, one in desk.get_all(Annotation, sorted(wanted)).items()
            if one.status is Status.ACCEPTED
        }
        marks |= _hedges(desk, marks.values(), {one.id for one in view.appearances})
        articles = {one.article for one in marks.values()}
        articles |= {one.article for one in view.evidence if one.article}
        self.article_ids = sorted(articles)
        self._articles = {id: desk.article(id) for id in self.article_ids}
        self._marks = {
            id: one if one.claim == claim else replace(one, claim=None) for id, one in marks.items()
        }
        self._ties = [_within(one, marks) for one in ties if one.content in marks]
        used = {one.label for one in marks.values()}
        self.labels = tuple(one for one in desk.codebook(retired=True) if one.id in used)
        self._evidence = [_cited(one, self._marks) for one in view.evidence]
        self._read_people(desk)
        self._snapshots = desk.get_all(
            Snapshot, sorted({one.snapshot for one in view.evidence if one.snapshot})
        )
        self._links = self._links_within(desk)

    def _read_people(self, desk: Desk) -> None:
        ids = {one.source for one in self._ties if one.source}
        ids |= {one.outlet for one in self._articles.values() if one.outlet}
        self._sources = desk.get_all(Source, sorted(ids))
        wanted = {one.entity for one in self._sources.values() if one.entity}
        wanted |= {one.entity for one in self._marks.values() if one.entity}
        self._entities: dict[str, Entity] = {}
        while wanted:
            self._entities |= desk.get_all(Entity, sorted(wanted))
            merged = {one.merged_into for one in self._entities.values() if one.merged_into}
            wanted = merged - self._entities.keys()

    def _links_within(self, desk: Desk) -> list[Link]:
        view = self._view
        records: Iterable[Record] = (
            *(view.claim, *view.others.values(), *view.reviews, *self._evidence),
            *(*self._articles.values(), *self._marks.values(), *self._snapshots.values()),
            *(*self._sources.values(), *self._entities.values()),
        )
        ids = {one.id for one in records}
        found = {
            one.id: one for one in many(desk, Link, "from_id", sorted(ids)) if one.to_id in ids
        }
        return _in_order(found)

    def articles(self) -> Iterator[Bundle]:
        """The articles that print the claim, or that evidence quotes."""
        ties: dict[str, list[Attribution]] = {}
        for tie in sorted(self._ties, key=lambda one: (one.content, one.hop, one.id)):
            ties.setdefault(self._marks[tie.content].article, []).append(tie)
        for id, article in self._articles.items():
            marks = [one for one in self._marks.values() if one.article == id]
            outlet = self._sources.get(article.outlet or "")
            yield Bundle(
                article=self._alone(article),
                annotations=tuple(sorted(marks, key=lambda one: (one.spans, one.id))),
                attributions=tuple(ties.get(id, ())),
                outlet=outlet.description if outlet else "",
            )

    def _alone(self, article: Article) -> Article:
        known = article.supersedes in self._articles
        return replace(article, raw=None, supersedes=article.supersedes if known else None)

    def entities(self) -> list[Entity]:
        """Those whom the sources and mentions lead to."""
        return _in_order(self._entities)

    def sources(self) -> list[Source]:
        """Who says so, and the outlets."""
        return _in_order(self._sources)

    def claims(self) -> Iterator[tuple[Claim, tuple[str, ...]]]:
        """The claim with its appearances, and the bare claims that links join to it."""
        known = {self._view.claim.id: self._view.claim, **self._view.others}
        for one in _in_order(known):
            own = one.id == self._view.claim.id
            seen = [mark.id for mark in self._view.appearances if mark.id in self._marks]
            yield one, tuple(sorted(seen)) if own else ()

    def evidence(self) -> list[Evidence]:
        """What supports or refutes it."""
        return sorted(self._evidence, key=lambda one: one.id)

    def snapshots(self) -> list[Snapshot]:
        """The copies in which the evidence stands."""
        return _in_order(self._snapshots)

    def reviews(self) -> list[Review]:
        """Who checked it, in the order of the journal."""
        return list(self._view.reviews)

    def links(self) -> list[Link]:
        """The links between any two of these records."""
        return self._links

    def journal(self) -> Iterable[tuple[Revision, Iterable[JournalEdit]]]:
        """None: a dossier has the hashes of its part of the journal in a file of their own."""
        return ()


def _hedges(
    desk: Desk, marks: Iterable[Annotation], appearances: set[str]
) -> dict[str, Annotation]:
    """The hedging words within the articles' appearances of the claim, or just before them."""
    hedging = set(labels_of(desk, Layer.HEDGE))
    reach = [
        (one.article, one.start - HEDGE_REACH, one.end) for one in marks if one.id in appearances
    ]
    return {
        one.id: one
        for one in many(desk, Annotation, "article", sorted({article for article, _, _ in reach}))
        if one.label in hedging
        and one.status is Status.ACCEPTED
        and any(
            one.article == article and one.start < end and start < one.end
            for article, start, end in reach
        )
    }


def _within(tie: Attribution, marks: dict[str, Annotation]) -> Attribution:
    """An attribution whose mention and cue are part of the dataset, or cut."""
    for name in ("source_mention", "cue"):
        if getattr(tie, name) not in marks:
            tie = replace(tie, **{name: None})
    return tie


def _cited(evidence: Evidence, marks: dict[str, Annotation]) -> Evidence:
    if evidence.annotation is None or evidence.annotation in marks:
        return evidence
    return replace(evidence, annotation=None)


def _in_order(records: dict[str, R]) -> list[R]:
    return [records[id] for id in sorted(records)]
