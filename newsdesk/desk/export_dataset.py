"""A desk, or a choice of its articles, as a dataset: whole, in a fixed order, and streaming."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from newsdesk.desk.reading import Reading
from newsdesk.formats.format import Bundle, JournalEdit, Losses, Part
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Entity,
    Evidence,
    Label,
    Link,
    NewsdeskError,
    Record,
    Review,
    Revision,
    Snapshot,
    Source,
    Status,
    replace,
)

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_BATCH = 500


class DeskDataset:
    """What a writer is given of a desk: the annotations of some statuses, and all that they need.

    `articles` chooses articles by id: of the register, the sources and the claims only what these
    refer to is then part of the dataset. A reference to what is not part of it is cut and
    reported in `losses`. `progress` hears articles done and articles in all.
    """

    def __init__(
        self,
        desk: Reading,
        statuses: tuple[Status, ...],
        *,
        articles: list[str] | None = None,
        with_journal: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self._desk, self._statuses, self._progress = desk, statuses, progress
        self._with_journal = with_journal
        self.labels: tuple[Label, ...] = tuple(desk.codebook(retired=True))
        self.article_count = self.annotation_count = 0
        self._cuts: dict[str, Losses] = {}
        self._outlets: dict[str, str] = {}
        self._articles = sorted(set(articles)) if articles is not None else None
        self._chosen: dict[type[Record], set[str]] | None = None
        if self._articles is not None:
            self._total = len(self._articles)
            self._chosen = self._needed(self._articles)
        else:
            self._total = desk.count(Article)

    @property
    def losses(self) -> list[Losses]:
        """The references that were cut, by the stream in which they stood."""
        return list(self._cuts.values())

    def articles(self) -> Iterator[Bundle]:
        """The articles in order of birth, each with its marks in order of the text."""
        cuts = self._cuts["articles"] = Losses()
        self.article_count = self.annotation_count = 0
        for article, marks, ties in self._annotated():
            if self._articles is not None and article.supersedes is not None:
                article = self._without(article, Article, ("supersedes",), cuts)
            yield Bundle(
                article=article,
                annotations=tuple(marks),
                attributions=self._ties(marks, ties, cuts) if ties else (),
                outlet=self._outlet(article),
            )
            self.article_count += 1
            self.annotation_count += len(marks)
            if self._progress and self.article_count % 100 == 0:
                self._progress(self.article_count, self._total)

    def entities(self) -> Iterable[Entity]:
        """The register."""
        return self._all(Entity)

    def sources(self) -> Iterable[Source]:
        """Who speaks, outlets among them."""
        return self._all(Source)

    def claims(self) -> Iterator[tuple[Claim, tuple[str, ...]]]:
        """The claims, each with those of its appearances that are part of the dataset."""
        statuses = [status.value for status in self._statuses]
        for batch in _batches(self._all(Claim)):
            found: dict[str, list[str]] = {claim.id: [] for claim in batch}
            for mark in self._desk.find(Annotation, claim=list(found), status=statuses):
                if mark.claim is not None and self._holds(Article, mark.article):
                    found[mark.claim].append(mark.id)
            for claim in batch:
                yield claim, tuple(sorted(found[claim.id]))

    def evidence(self) -> Iterator[Evidence]:
        """The evidence of the claims."""
        cuts = self._cuts["evidence"] = Losses()
        for batch in _batches(self._of_claims(Evidence)):
            gone = self._unmarked({one.annotation for one in batch if one.annotation})
            for one in batch:
                if one.annotation in gone:
                    one = _cut(one, "annotation", cuts)
                yield self._without(one, Article, ("article",), cuts)

    def snapshots(self) -> Iterator[Snapshot]:
        """The snapshots of the evidence; all there are, where no articles were chosen."""
        if self._chosen is None:
            yield from self._desk.each(Snapshot)
            return
        wanted = {one.snapshot for one in self._of_claims(Evidence) if one.snapshot}
        for batch in _batches(sorted(wanted)):
            yield from _sorted(self._desk.get_all(Snapshot, batch))

    def reviews(self) -> Iterable[Review]:
        """The reviews of the claims."""
        return self._of_claims(Review)

    def links(self) -> Iterator[Link]:
        """The links with both ends in the dataset."""
        cuts = self._cuts["links"] = Losses()
        for batch in _batches(self._desk.each(Link)):
            ends = {one.from_id for one in batch} | {one.to_id for one in batch}
            there = self._present(ends)
            for one in batch:
                if one.from_id in there and one.to_id in there:
                    yield one
                elif self._chosen is None or one.from_id in there or one.to_id in there:
                    what = f"the {one.kind.value} link leads to what is not part of the dataset"
                    cuts.add(Part.LINKS, one.id, what)

    def journal(self) -> Iterator[tuple[Revision, Iterator[JournalEdit]]]:
        """The revisions in order, with their edits; none where they were not asked for."""
        for revision in reversed(self._desk.log()) if self._with_journal else ():
            yield revision, self._edits(revision.seq)

    def _edits(self, seq: int) -> Iterator[JournalEdit]:
        for batch in self._desk.journalled(seq):
            for one in batch:
                yield JournalEdit(one.kind, one.record, one.before, one.after, one.digest)

    # What belongs to the dataset

    def _annotated(self) -> Iterator[tuple[Article, list[Annotation], list[Attribution]]]:
        if self._articles is None:
            yield from self._desk.annotated_articles(None, self._statuses)
            return
        for batch in _batches(self._articles):
            yield from self._desk.annotated_articles(batch, self._statuses)

    def _needed(self, articles: list[str]) -> dict[type[Record], set[str]]:
        """The ids of all that the chosen articles refer to. Raises NewsdeskError for no article."""
        entities: set[str] = set()
        sources: set[str] = set()
        claims: set[str] = set()
        found: set[str] = set()
        for article, marks, ties in self._annotated():
            found.add(article.id)
            entities |= {mark.entity for mark in marks if mark.entity}
            claims |= {mark.claim for mark in marks if mark.claim}
            sources |= {tie.source for tie in ties if tie.source}
            sources |= {article.outlet} if article.outlet else set()
        missing = sorted(set(articles) - found)
        if missing:
            raise NewsdeskError(f"There is no article {missing[0]} on this desk. Choose others.")
        entities |= {
            one.entity for one in self._desk.get_all(Source, sources).values() if one.entity
        }
        wanted = entities
        while wanted:
            known = self._desk.get_all(Entity, wanted).values()
            wanted = {one.merged_into for one in known if one.merged_into} - entities
            entities |= wanted
        return {Article: found, Entity: entities, Source: sources, Claim: claims}

    def _holds(self, kind: type[Record], id: str) -> bool:
        return self._chosen is None or id in self._chosen[kind]

    def _all(self, kind: type[R]) -> Iterator[R]:
        if self._chosen is None:
            yield from self._desk.each(kind)
            return
        for batch in _batches(sorted(self._chosen[kind])):
            yield from _sorted(self._desk.get_all(kind, batch))

    def _of_claims(self, kind: type[R]) -> Iterator[R]:
        if self._chosen is None:
            yield from self._desk.each(kind)
            return
        found: list[R] = []
        for batch in _batches(sorted(self._chosen[Claim])):
            found += self._desk.find(kind, claim=batch)
        yield from sorted(found, key=lambda one: one.id)

    def _outlet(self, article: Article) -> str:
        if article.outlet is None:
            return ""
        if article.outlet not in self._outlets:
            self._outlets[article.outlet] = self._desk.get(Source, article.outlet).description
        return self._outlets[article.outlet]

    def _ties(
        self, marks: list[Annotation], ties: list[Attribution], cuts: Losses
    ) -> tuple[Attribution, ...]:
        here = {mark.id for mark in marks}
        elsewhere = {
            id for tie in ties for id in (tie.source_mention, tie.cue) if id and id not in here
        }
        if not elsewhere:
            return tuple(ties)
        gone = self._unmarked(elsewhere)
        kept = []
        for tie in ties:
            for name in ("source_mention", "cue"):
                if getattr(tie, name) in gone:
                    tie = _cut(tie, name, cuts)
            kept.append(tie)
        return tuple(kept)

    def _without(self, record: R, kind: type[Record], names: tuple[str, ...], cuts: Losses) -> R:
        for name in names:
            id = getattr(record, name)
            if id is not None and not self._holds(kind, id):
                record = _cut(record, name, cuts)
        return record

    def _unmarked(self, annotations: set[str]) -> set[str]:
        """Those of the annotations that are not part of the dataset."""
        return annotations - {
            id
            for id, mark in self._desk.get_all(Annotation, annotations).items()
            if mark.status in self._statuses and self._holds(Article, mark.article)
        }

    def _present(self, ids: set[str]) -> set[str]:
        """Those of the records of any kind that are part of the dataset."""
        there = ids - self._unmarked(ids)
        for kind in (Article, Entity, Source, Claim):
            rest = ids - there
            if self._chosen is not None:
                there |= rest & self._chosen[kind]
            elif rest:
                there |= self._desk.get_all(kind, rest).keys()
        of_claims: list[Evidence | Review] = [
            *self._desk.get_all(Evidence, ids - there).values(),
            *self._desk.get_all(Review, ids - there).values(),
        ]
        there |= {one.id for one in of_claims if self._holds(Claim, one.claim)}
        rest = ids - there
        for other in (Label, Snapshot, Link, Attribution) if self._chosen is None else (Label,):
            there |= self._desk.get_all(other, rest).keys()
        return there


def _cut(record: R, name: str, cuts: Losses) -> R:
    part = Part.ATTRIBUTIONS if isinstance(record, Attribution) else Part.DETAILS
    part = Part.EVIDENCE if isinstance(record, Evidence) else part
    cuts.add(part, record.id, f"its {name} {getattr(record, name)} is not part of the dataset")
    return replace(record, **{name: None})


def _sorted(records: dict[str, R]) -> list[R]:
    return [records[id] for id in sorted(records)]


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    stream = iter(items)
    while batch := list(islice(stream, _BATCH)):
        yield batch
