"""A dataset as it may leave the desk: without what would name a confidential source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

import msgspec

from newsdesk.desk.confidential import Confidential, confidential
from newsdesk.desk.desk import Desk
from newsdesk.desk.tracing import Trace
from newsdesk.formats.format import Bundle, Dataset, JournalEdit, Losses, Part
from newsdesk.model import (
    Annotation,
    Attribution,
    Claim,
    Entity,
    Evidence,
    Label,
    Link,
    Record,
    Review,
    Revision,
    Snapshot,
    Source,
    replace,
)
from newsdesk.provenance.appearance import who_is_who
from newsdesk.provenance.redaction import (
    WITHHELD,
    Redaction,
    is_confidential,
    redacted_mark,
    redacted_source,
)
from newsdesk.store.past import edited

R = TypeVar("R", bound=Record)

_TELLING = frozenset({"Source", "Entity", "Link"})
"""Kinds of records whose edits name people: a journal's titles do so too where these changed."""

_WRITTEN = _TELLING | {"Annotation", "Attribution", "Claim", "Evidence", "Review", "Snapshot"}
"""Kinds of records whose edits may hold what somebody wrote about a source."""


class Redacted:
    """A dataset that withholds what belongs to confidential sources, and reports that as losses.

    What is withheld at which level says `newsdesk.provenance.redaction`. The dataset below it is
    left as it is. `articles` are the ids of those that it has, None where it has all of the desk's.
    """

    def __init__(
        self,
        dataset: Dataset,
        desk: Desk,
        level: Redaction,
        articles: Collection[str] | None = None,
    ) -> None:
        self._dataset, self.level = dataset, level
        self._losses: dict[str, Losses] = {}
        self.hidden = Confidential()
        self._hides = False
        if level is not Redaction.NONE:
            once = _once_confidential(desk)
            speaking = _with_others(desk, dataset.sources(), once)
            self.hidden = confidential(desk, speaking, None if articles is None else set(articles))
            self._hides = bool(self.hidden.sources or once)
        self._declared = {
            label.id: {asked.name: asked for asked in label.attributes} for label in dataset.labels
        }

    @property
    def losses(self) -> list[Losses]:
        """What was withheld, by the stream in which it stood."""
        return list(self._losses.values())

    @property
    def labels(self) -> tuple[Label, ...]:
        """The codebook."""
        return self._dataset.labels

    def articles(self) -> Iterator[Bundle]:
        """The articles; marks of confidential sources lead to nobody, and have no notes."""
        losses = self._began("articles")
        for bundle in self._dataset.articles():
            if self.hidden.sources:
                marks = tuple(self._mark(mark, losses) for mark in bundle.annotations)
                ties = tuple(self._tie(tie, losses) for tie in bundle.attributions)
                extra = self.hidden.scrub.value(bundle.article.extra)
                bundle = msgspec.structs.replace(
                    bundle,
                    article=self._kept(bundle.article, Part.UNKNOWN, losses, extra=extra),
                    annotations=marks,
                    attributions=ties,
                )
            yield bundle

    def _mark(self, mark: Annotation, losses: Losses) -> Annotation:
        hidden, kept = self.hidden, mark
        if mark.id in hidden.about:
            kept = redacted_mark(mark, self._declared.get(mark.label, {}))
        elif mark.note or mark.attributes or mark.extra:
            scrub = hidden.scrub
            fields = {"note": scrub.text(mark.note), "extra": scrub.value(mark.extra)}
            kept = replace(mark, attributes=scrub.value(mark.attributes), **fields)
        if kept is not mark and kept != mark:
            what = "a note or an answer about a confidential source is withheld"
            losses.add(Part.NOTES, mark.id, what)
        if mark.entity and (mark.entity in hidden.entities or hidden.shadowed(mark)):
            losses.add(Part.ENTITIES, mark.id, "it marks a confidential source: who, is withheld")
            kept = replace(kept, entity=None)
        return kept

    def _tie(self, tie: Attribution, losses: Losses) -> Attribution:
        if tie.source not in self.hidden.sources or not tie.extra:
            return tie
        losses.add(Part.UNKNOWN, tie.id, "unknown keys about a confidential source are withheld")
        return replace(tie, extra={})

    def entities(self) -> Iterator[Entity]:
        """The register, without those whom only confidential sources lead to."""
        losses = self._began("entities")
        for one in self._dataset.entities():
            if one.id in self.hidden.entities:
                losses.add(Part.ENTITIES, one.id, "only a confidential source leads to it")
            else:
                yield self._scrubbed(one, Part.ENTITIES, losses, "description")

    def sources(self) -> Iterator[Source]:
        """Who speaks; of confidential sources, what their level of redaction lets out."""
        losses = self._began("sources")
        for one in self._dataset.sources():
            kept = self.source(one)
            if kept != one:
                what = "who a confidential source is, and why it is not named, is withheld"
                losses.add(Part.ATTRIBUTIONS, one.id, what)
            yield kept

    def source(self, source: Source) -> Source:
        """One source as it may leave the desk."""
        return redacted_source(source, self.level, self.hidden.printed.get(source.id, ""))

    def claims(self) -> Iterator[tuple[Claim, tuple[str, ...]]]:
        """The claims, without withheld names in what was written about them."""
        losses = self._began("claims")
        for claim, appearances in self._dataset.claims():
            fields = ("statement", "topic", "reason", "rating", "extra")
            yield self._scrubbed(claim, Part.CLAIMS, losses, *fields), appearances

    def evidence(self) -> Iterator[Evidence]:
        """The evidence, but for what is linked to a confidential source."""
        losses = self._began("evidence")
        for one in self._dataset.evidence():
            if one.id in self.hidden.papers:
                losses.add(Part.EVIDENCE, one.id, "it comes from a confidential source")
                continue
            if one.snapshot in self.hidden.papers:
                losses.add(Part.EVIDENCE, one.id, "its copy comes from a confidential source")
                one = replace(one, snapshot=None)
            fields = ("title", "publisher", "question", "extra")
            yield self._scrubbed(one, Part.EVIDENCE, losses, *fields)

    def snapshots(self) -> Iterator[Snapshot]:
        """The snapshots, but for those of confidential sources: paper can tell who held it."""
        losses = self._began("snapshots")
        for one in self._dataset.snapshots():
            if one.id in self.hidden.papers:
                losses.add(Part.EVIDENCE, one.id, "it comes from a confidential source")
            else:
                yield self._scrubbed(one, Part.EVIDENCE, losses, "extra")

    def copy(self, snapshot: Snapshot) -> Snapshot:
        """One snapshot as it may leave the desk; whether it may is another question."""
        return self._scrubbed(snapshot, Part.EVIDENCE, Losses(), "extra")

    def reviews(self) -> Iterator[Review]:
        """The reviews, without withheld names in their comments."""
        losses = self._began("reviews")
        for one in self._dataset.reviews():
            yield self._scrubbed(one, Part.REVIEWS, losses, "comment", "extra")

    def links(self) -> Iterator[Link]:
        """The links, but for those that lead to a confidential source or say who it is."""
        losses = self._began("links")
        hidden = self.hidden
        gone = hidden.sources.keys() | hidden.mentions | hidden.entities | hidden.papers
        for one in self._dataset.links():
            if one.from_id in gone or one.to_id in gone:
                losses.add(Part.LINKS, one.id, "it leads to a confidential source")
            else:
                yield self._scrubbed(one, Part.LINKS, losses, "note", "extra")

    def journal(self) -> Iterator[tuple[Revision, Iterable[JournalEdit]]]:
        """The revisions; where sources are confidential, with the hashes of edits that tell of
        people, but not their words."""
        losses = self._began("journal")
        telling = {
            revision.seq
            for revision, edits in (self._dataset.journal() if self._hides else ())
            if self.tells((edit.kind, edit.record) for edit in edits)
        }
        for revision, edits in self._dataset.journal():
            if not self._hides:
                yield revision, edits
                continue
            title = self.title(revision, revision.seq in telling)
            if title != revision.title:
                losses.add(Part.JOURNAL, revision.id, "its title is withheld")
            yield replace(revision, title=title), self._edits(edits, losses)

    def tells(self, edits: Iterable[tuple[str, str]]) -> bool:
        """Whether edits, by kind and record, may have a title that names a confidential source."""
        return self._hides and any(
            kind in _TELLING or record in self.hidden.about for kind, record in edits
        )

    def title(self, revision: Revision, tells: bool) -> str:
        """A revision's title as it may leave the desk."""
        return WITHHELD if tells else self.hidden.scrub.text(revision.title)

    def _edits(self, edits: Iterable[JournalEdit], losses: Losses) -> Iterator[JournalEdit]:
        for one in edits:
            if one.kind in _WRITTEN and (one.before or one.after):
                losses.add(Part.JOURNAL, one.record, "of an edit, only the hash is written")
                one = replace(one, before=None, after=None)
            yield one

    def _began(self, stream: str) -> Losses:
        self._losses[stream] = Losses()
        return self._losses[stream]

    def _scrubbed(self, record: R, part: Part, losses: Losses, *names: str) -> R:
        value = self.hidden.scrub.value
        return self._kept(record, part, losses, **{n: value(getattr(record, n)) for n in names})

    def _kept(self, record: R, part: Part, losses: Losses, **fields: object) -> R:
        changed = {name: one for name, one in fields.items() if one != getattr(record, name)}
        if not changed:
            return record
        losses.add(part, record.id, f"withheld words in its {', '.join(sorted(changed))}")
        return replace(record, **changed)


def _once_confidential(desk: Desk) -> list[Source]:
    """Sources that the journal knows as confidential: some were deleted, or named since."""
    sides = edited(desk._store, Source.__name__)
    known = (msgspec.json.decode(one, type=Source) for one in sides if one)
    return [one for one in known if is_confidential(one)]


def _with_others(
    desk: Desk, speaking: Iterable[Source], once: Iterable[Source]
) -> list[Source]:
    """Sources with the desk's other confidential ones, which somebody may have written about.

    Before each stand the forms that it had `once`, but for those that are named openly now.
    """
    found = {one.id: one for one in speaking}
    for one in desk.each(Source):
        if is_confidential(one):
            found.setdefault(one.id, one)
    former = [one for one in once if one.id not in found or is_confidential(found[one.id])]
    return former + [found[id] for id in sorted(found)]


def tellable(
    desk: Desk, found: Trace, level: Redaction = Redaction.STANDARD
) -> tuple[Trace, Confidential]:
    """Traced claims as they may be shown around, such as in a picture, with what else must not be
    told: confidential sources are called as they were printed, and stand for nobody who is named
    elsewhere."""
    speaking = _with_others(desk, found.sources.values(), _once_confidential(desk))
    hidden = confidential(desk, speaking)
    if level is Redaction.NONE or not hidden.sources:
        return found, Confidential()
    sources = {
        id: redacted_source(one, level, hidden.printed.get(id, ""))
        for id, one in found.sources.items()
    }
    kept = hidden.sources.keys().isdisjoint
    links = [one for one in found.links if kept((one.from_id, one.to_id))]
    who = who_is_who(sources.values(), links)
    return replace(found, sources=sources, links=links, who=who), hidden
