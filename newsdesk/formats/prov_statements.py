"""A dataset told as W3C PROV: entities, activities, agents, and what ties them (PROV-DM, 2013).

Articles, quotes, claims, statements on the way, evidence and snapshots are entities; sources,
reviewers and pipelines agents; import, annotation, suggestion, capture and review activities.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from newsdesk.formats.format import Bundle, Dataset, Losses, Part
from newsdesk.formats.prov_terms import Element, Relation, Statement, Term, Typed, Value, Values
from newsdesk.model import (
    HUMAN,
    Annotation,
    Attribution,
    Claim,
    ClaimState,
    Evidence,
    Layer,
    Link,
    LinkKind,
    Record,
    Review,
    Snapshot,
    Source,
    SourceKind,
)

MOMENT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?"
)
"""What xsd:dateTime takes of the moments that records hold."""


LOST = frozenset(
    {Part.DETAILS, Part.RAW, Part.CODEBOOK, Part.ANNOTATIONS, Part.NOTES, Part.ENTITIES,
     Part.EVIDENCE, Part.UNKNOWN, Part.JOURNAL}
)  # fmt: skip
"""What PROV has no place for, or has only in part."""

_AGENTS = {
    SourceKind.NAMED_INDIVIDUAL: "prov:Person",
    SourceKind.UNNAMED_INDIVIDUAL: "prov:Person",
    SourceKind.NAMED_GROUP: "prov:Organization",
    SourceKind.MEDIA_OUTLET: "prov:Organization",
}


class Told:
    """Goes through a dataset once and tells it, statement by statement; counts what is lost."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self.losses = Losses()
        self._layers = {label.id: label.layer for label in dataset.labels}
        self._names = {label.id: label.name for label in dataset.labels}
        self._people: set[str] = set()
        self._local: dict[str, str] = {}
        self._agents: set[str] = set()

    def statements(self) -> Iterator[Statement]:
        """Every element before the relations that lead to it, but for those between articles."""
        self._lose_apart()
        for source in self._dataset.sources():
            yield self._source(source)
        for bundle in self._dataset.articles():
            yield from self._article(bundle)
        reviews: dict[str, list[str]] = {}
        for claim, appearances in self._dataset.claims():
            yield from self._claim(claim, appearances)
        for snapshot in self._dataset.snapshots():
            yield from self._snapshot(snapshot)
        last: dict[str, Review] = {}
        for review in self._dataset.reviews():
            yield from self._review(review)
            reviews.setdefault(review.claim, []).append(_local("review", review.id))
            if review.to_state is ClaimState.RETRACTED:
                last[review.claim] = review
        yield from self._retractions(last)
        for evidence in self._dataset.evidence():
            yield from self._evidence(evidence, reviews.get(evidence.claim, ()))
        for link in self._dataset.links():
            yield from self._link(link)

    def _lose_apart(self) -> None:
        for label in self._dataset.labels:
            self.losses.add(Part.CODEBOOK, label.id, "of the label, only the name is written")
        for entity in self._dataset.entities():
            self.losses.add(Part.ENTITIES, entity.id, "the register is not written")
            self._lose_extra(entity)
        for revision, _ in self._dataset.journal():
            self.losses.add(Part.JOURNAL, revision.id, "the journal is not written")

    def _lose_extra(self, record: Record) -> None:
        if record.extra:
            self.losses.add(Part.UNKNOWN, record.id, "its unknown keys are not written")

    # Agents

    def _source(self, source: Source) -> Element:
        local = self._known(source, "source")
        self._agents.add(local)
        self._lose_extra(source)
        if source.entity:
            what = "which entity of the register the source is, is not written"
            self.losses.add(Part.ENTITIES, source.id, what)
        if source.anonymity is not None:
            what = "its anonymity is not written"
            self.losses.add(Part.DETAILS, source.id, what)
        kind = _AGENTS.get(source.kind)
        values = [("prov:type", Term(kind))] if kind else []
        return Element("agent", local, (
            *values,
            *_given(("prov:label", source.description), ("newsdesk:kind", source.kind.value),
                    ("newsdesk:role", source.role and source.role.value),
                    ("newsdesk:status", source.status.value)),
        ))  # fmt: skip

    def _person(self, name: str) -> Iterator[Element]:
        local = _local("person", name)
        if local not in self._people:
            self._people.add(local)
            kind = ("prov:type", Term("prov:Person"))
            yield Element("agent", local, (kind, ("prov:label", name)))

    def _pipeline(self, origin: str) -> Iterator[Element]:
        local = _local("pipeline", origin)
        if local not in self._people:
            self._people.add(local)
            kind = ("prov:type", Term("prov:SoftwareAgent"))
            yield Element("agent", local, (kind, ("prov:label", origin)))

    # Articles, with their quotes and claims

    def _article(self, bundle: Bundle) -> Iterator[Statement]:
        article = bundle.article
        local = self._known(article, "article")
        self._lose_extra(article)
        what = "of the article, neither text nor byline, section, status and embargo are written"
        self.losses.add(Part.DETAILS, article.id, what)
        if article.raw is not None:
            self.losses.add(Part.RAW, article.id, "the bytes that came in are not written")
        url = Typed(article.url, "xsd:anyURI") if article.url else None
        yield Element("entity", local, (
            ("prov:type", Term("newsdesk:Article")),
            *_given(("prov:label", article.title), ("newsdesk:language", article.language),
                    ("newsdesk:published", article.published), ("newsdesk:url", url),
                    ("newsdesk:sha256", article.sha256)),
        ))  # fmt: skip
        came = _moment(article.imported_at)
        brought = _local("import", article.id)
        kind = (("prov:type", Term("newsdesk:Import")),)
        yield Element("activity", brought, kind, came)
        yield Relation("wasGeneratedBy", local, brought, time=came)
        if article.outlet in self._local:
            yield Relation("wasAttributedTo", local, self._local[article.outlet])
        if article.supersedes:
            older = _local("article", article.supersedes)
            yield Relation("wasDerivedFrom", local, older, type="prov:Revision")
        yield from self._marks(bundle, local)

    def _marks(self, bundle: Bundle, article: str) -> Iterator[Statement]:
        done: set[str] = set()
        words = {mark.id: mark.quote for mark in bundle.annotations}
        for mark in bundle.annotations:
            layer = self._layers[mark.label]
            if layer not in (Layer.QUOTE, Layer.CLAIM):
                what = "PROV tells of quotes and claims; other marks are not written"
                self.losses.add(Part.ANNOTATIONS, mark.id, what)
                continue
            yield from self._mark(mark, layer, article, done)
        ladders: dict[str, list[Attribution]] = {}
        for tie in bundle.attributions:
            if tie.content in self._local:
                ladders.setdefault(tie.content, []).append(tie)
            else:
                what = "its content is neither a quote nor a claim"
                self.losses.add(Part.ATTRIBUTIONS, tie.id, what)
        for content, ties in ladders.items():
            yield from self._ladder(content, ties, words)

    def _mark(
        self, mark: Annotation, layer: Layer, article: str, done: set[str]
    ) -> Iterator[Statement]:
        local = self._known(mark, "annotation")
        self._lose_extra(mark)
        if mark.note or mark.attributes:
            self.losses.add(Part.NOTES, mark.id, "its note and attributes are not written")
        spans = ";".join(f"{start} {end}" for start, end in mark.spans)
        kind = "newsdesk:Quote" if layer is Layer.QUOTE else "newsdesk:Appearance"
        yield Element("entity", local, (
            ("prov:type", Term(kind)), ("prov:value", mark.quote), ("newsdesk:spans", spans),
            ("newsdesk:label", self._names[mark.label]), ("newsdesk:mark", mark.status.value),
            *_given(("newsdesk:confidence", mark.confidence)),
        ))  # fmt: skip
        yield Relation("wasDerivedFrom", local, article, type="prov:Quotation")
        if mark.origin != HUMAN:
            yield from self._pipeline(mark.origin)
            agent, what = _local("pipeline", mark.origin), "Suggestion"
        elif mark.author.strip():
            yield from self._person(mark.author)
            agent, what = _local("person", mark.author), "Annotation"
        else:
            return
        activity = f"{what.lower()}/{article.partition('/')[2]}/{agent}"
        if activity not in done:
            done.add(activity)
            kinds = (("prov:type", Term(f"newsdesk:{what}")),)
            yield Element("activity", activity, kinds)
            yield Relation("used", activity, article)
            yield Relation("wasAssociatedWith", activity, agent)
        yield Relation("wasGeneratedBy", local, activity)

    def _ladder(
        self, content: str, ties: list[Attribution], words: dict[str, str]
    ) -> Iterator[Statement]:
        """Who said it: a statement for each hop, each derived from the one below it, hop 0 the
        primary source; answers stand apart."""
        local = self._local[content]
        rungs: dict[int, list[Attribution]] = {}
        for tie in sorted(ties, key=lambda one: (one.hop, one.id)):
            said = self._known(tie, "statement")
            self._lose_extra(tie)
            yield Element("entity", said, _statement_values(tie, words))
            if tie.source in self._local:
                yield Relation("wasAttributedTo", said, self._local[tie.source])
            if tie.is_answer:
                yield Relation("wasInfluencedBy", said, local)
            else:
                rungs.setdefault(tie.hop, []).append(tie)
                if tie.source in self._local:
                    hop_of = (("newsdesk:hop", tie.hop),)
                    yield Relation("wasAttributedTo", local, self._local[tie.source], hop_of)
        above, at = [local], max(rungs, default=0) + 1
        for hop in sorted(rungs, reverse=True):
            below = [self._local[tie.id] for tie in rungs[hop]]
            gap = at - hop - 1
            values: Values = (("newsdesk:missingHops", gap),) if gap else ()
            kind = "prov:PrimarySource" if hop == 0 else ""
            for upper in above:
                for lower in below:
                    yield Relation("wasDerivedFrom", upper, lower, values, kind)
            above, at = below, hop

    # Claims, with what was found out about them

    def _claim(self, claim: Claim, appearances: Iterable[str]) -> Iterator[Statement]:
        local = self._known(claim, "claim")
        self._lose_extra(claim)
        verdict = claim.verdict.value if claim.verdict else None
        yield Element("entity", local, (
            ("prov:type", Term("newsdesk:Claim")), ("prov:value", claim.statement),
            *_given(("newsdesk:topic", claim.topic), ("newsdesk:state", claim.state.value),
                    ("newsdesk:verdict", verdict), ("newsdesk:rating", claim.rating),
                    ("newsdesk:checkworthy", claim.checkworthy.value),
                    ("newsdesk:reason", claim.reason)),
        ))  # fmt: skip
        if claim.due or claim.assignee:
            what = "when the claim is due, and whose it is, is not written"
            self.losses.add(Part.DETAILS, claim.id, what)
        for one in appearances:
            if one in self._local:
                yield Relation("wasDerivedFrom", local, self._local[one])

    def _snapshot(self, snapshot: Snapshot) -> Iterator[Statement]:
        local, taken = self._known(snapshot, "snapshot"), _local("capture", snapshot.id)
        self._lose_extra(snapshot)
        what = "of the snapshot, the bytes are not written, only their hash"
        self.losses.add(Part.EVIDENCE, snapshot.id, what)
        url = Typed(snapshot.url, "xsd:anyURI") if snapshot.url else None
        yield Element("entity", local, (
            ("prov:type", Term("newsdesk:Snapshot")), ("newsdesk:sha256", snapshot.sha256),
            *_given(("newsdesk:mediaType", snapshot.media_type), ("newsdesk:url", url)),
        ))  # fmt: skip
        at = _moment(snapshot.captured_at)
        yield Element("activity", taken, (("prov:type", Term("newsdesk:Capture")),), at)
        yield Relation("wasGeneratedBy", local, taken, time=at)

    def _review(self, review: Review) -> Iterator[Statement]:
        local, at = self._known(review, "review"), _moment(review.at)
        self._lose_extra(review)
        verdict = review.verdict.value if review.verdict else None
        values: Values = (
            ("prov:type", Term("newsdesk:Review")), ("newsdesk:from", str(review.from_state)),
            ("newsdesk:to", str(review.to_state)), ("newsdesk:comment", review.comment),
            *_given(("newsdesk:verdict", verdict)),
        )  # fmt: skip
        yield Element("activity", local, values, at)
        yield from self._person(review.reviewer)
        yield Relation("wasAssociatedWith", local, _local("person", review.reviewer))
        if review.claim in self._local:
            yield Relation("used", local, self._local[review.claim])

    def _retractions(self, last: dict[str, Review]) -> Iterator[Relation]:
        for claim, _ in self._dataset.claims():
            review = last.get(claim.id)
            if review is not None and claim.state is ClaimState.RETRACTED:
                ends = (self._local[claim.id], self._local[review.id])
                yield Relation("wasInvalidatedBy", *ends, time=_moment(review.at))

    def _evidence(self, evidence: Evidence, reviews: Iterable[str]) -> Iterator[Statement]:
        local = self._known(evidence, "evidence")
        self._lose_extra(evidence)
        claim = self._local.get(evidence.claim)
        url = Typed(evidence.url, "xsd:anyURI") if evidence.url else None
        yield Element("entity", local, (
            ("prov:type", Term("newsdesk:Evidence")), ("newsdesk:stance", evidence.stance.value),
            *_given(("prov:label", evidence.title), ("prov:value", evidence.exact),
                    ("newsdesk:before", evidence.prefix), ("newsdesk:after", evidence.suffix),
                    ("newsdesk:publisher", evidence.publisher), ("newsdesk:url", url),
                    ("newsdesk:question", evidence.question)),
        ))  # fmt: skip
        for place in (evidence.snapshot, evidence.article, evidence.annotation):
            if place in self._local:
                yield Relation("wasDerivedFrom", local, self._local[place], type="prov:Quotation")
        if claim:
            values = (("newsdesk:link", evidence.stance.value),)
            yield Relation("wasInfluencedBy", claim, local, values)
        for review in reviews:
            yield Relation("used", review, local)

    def _link(self, link: Link) -> Iterator[Relation]:
        self._lose_extra(link)
        start, end = self._local.get(link.from_id), self._local.get(link.to_id)
        if start is None or end is None:
            self.losses.add(Part.LINKS, link.id, "it leads to a record that is not written")
            return
        values = _given(("newsdesk:link", link.kind.value), ("newsdesk:note", link.note))
        things = start.partition("/")[0], end.partition("/")[0]
        entities = not {"source", "review"} & set(things)
        if entities and link.kind in _DERIVED:
            yield Relation("wasDerivedFrom", start, end, values, _DERIVED[link.kind])
        elif entities and link.kind in _ALTERNATES:
            yield Relation("alternateOf", start, end)
            if link.note:
                self.losses.add(Part.NOTES, link.id, "the note of the link is not written")
        else:
            yield Relation("wasInfluencedBy", start, end, values)

    def _known(self, record: Record, kind: str) -> str:
        local = self._local[record.id] = _local(kind, record.id)
        return local


_DERIVED = {
    LinkKind.CORRECTS: "prov:Revision",
    LinkKind.DERIVED_FROM: "",
    LinkKind.REPEATS: "",
    LinkKind.QUOTE_VARIANT_OF: "",
}
_ALTERNATES = (LinkKind.SAME_CLAIM, LinkKind.SAME_AS, LinkKind.COREFERENCE)


def _statement_values(tie: Attribution, words: dict[str, str]) -> Values:
    kind = "newsdesk:Answer" if tie.is_answer else "newsdesk:Statement"
    return (
        ("prov:type", Term(kind)), ("newsdesk:hop", tie.hop),
        *_given(("newsdesk:manner", tie.manner and tie.manner.value),
                ("newsdesk:attitude", tie.attitude and tie.attitude.value),
                ("newsdesk:assertion", tie.assertion and tie.assertion.value),
                ("newsdesk:channel", tie.channel and tie.channel.value),
                ("newsdesk:cue", words.get(tie.cue or "")), ("newsdesk:mark", tie.status.value),
                ("newsdesk:origin", tie.origin), ("newsdesk:confidence", tie.confidence),
                ("newsdesk:orphan", "true" if tie.orphan else None)),
    )  # fmt: skip


def _local(kind: str, id: str) -> str:
    """A name in the namespace of records; ids from elsewhere may hold any sign."""
    return f"{kind}/{quote(id, safe='', errors='replace')}"


def _moment(text: str) -> str | None:
    return text if MOMENT.fullmatch(text) else None


def _given(*pairs: tuple[str, Value | None]) -> Values:
    return tuple((name, value) for name, value in pairs if value not in (None, ""))
