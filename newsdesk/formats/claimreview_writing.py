"""Claims that were reviewed as schema.org ClaimReview (JSON-LD), ready for a fact-check's page."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import msgspec

from newsdesk.formats.claimreview_rating import rating_of
from newsdesk.formats.dataset_writing import encode
from newsdesk.formats.format import Bundle, Dataset, Losses, Part, Target
from newsdesk.model import Annotation, Claim, Entity, Review, Source, SourceKind

LOST = frozenset(Part) - {Part.CLAIMS}
"""Of everything but the claims, a ClaimReview has at most a line."""

CLAIM_IRI = "urn:newsdesk:record:claim/"
"""Begins the name of a claim of Newsdesk's."""

_AUTHORS = {
    SourceKind.NAMED_INDIVIDUAL: "Person",
    SourceKind.UNNAMED_INDIVIDUAL: "Person",
    SourceKind.NAMED_GROUP: "Organization",
    SourceKind.UNNAMED_GROUP: "Organization",
    SourceKind.MEDIA_OUTLET: "NewsMediaOrganization",
}
"""Sources that can be a claim's author; documents and the like are what it is based on."""

_WIKIDATA = re.compile(r"Q[1-9]\d*")


class _Seen(msgspec.Struct):
    """One appearance: where it stands, and the sources that said so first."""

    day: str
    order: int
    form: dict[str, Any]
    originators: list[str]


class _Case(msgspec.Struct):
    """A claim with a verdict, and what is known of it so far."""

    claim: Claim
    appearances: tuple[str, ...]
    seen: list[_Seen] = []
    signed: Review | None = None


def write_claimreview(dataset: Dataset, target: Target) -> Losses:
    """Write a ClaimReview for each claim that has a verdict, one a line of the graph."""
    writing = _Writing(dataset)
    with target.file() as file:
        file.write(b'{"@context":"https://schema.org","@graph":[')
        before = b"\n"
        for case in writing.cases.values():
            file.write(before + encode(writing.form(case)))
            before = b",\n"
        file.write(b"\n]}\n")
    return writing.losses


class _Writing:
    """Gathers what the cases need in one pass over each stream; memory grows with the cases."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self.losses = Losses()
        self.cases: dict[str, _Case] = {}
        for claim, appearances in dataset.claims():
            if claim.verdict is None:
                self.losses.add(Part.CLAIMS, claim.id, "it has no verdict, so no ClaimReview")
            else:
                self.cases[claim.id] = _Case(claim, appearances)
            if claim.extra:
                self.losses.add(Part.UNKNOWN, claim.id, "its unknown keys are not written")
        self._case_of = {id: case for case in self.cases.values() for id in case.appearances}
        for order, bundle in enumerate(dataset.articles()):
            self._read(bundle, order)
        wanted = {id for case in self.cases.values() for one in case.seen for id in one.originators}
        self._sources = {one.id: one for one in self._heard(dataset.sources(), wanted)}
        wanted = {one.entity for one in self._sources.values() if one.entity}
        self._entities = {one.id: one for one in self._known(dataset.entities(), wanted)}
        self._read_reviews()
        self._lose_rest()

    def _read(self, bundle: Bundle, order: int) -> None:
        article = bundle.article
        what = "of the article, at most headline, date, address, outlet and byline are written"
        self.losses.add(Part.DETAILS, article.id, what)
        first: dict[str, list[str]] = {}
        for tie in bundle.attributions:
            if tie.hop == 0 and not tie.is_answer and tie.source:
                first.setdefault(tie.content, []).append(tie.source)
            else:
                what = "only those who said it first are written"
                self.losses.add(Part.ATTRIBUTIONS, tie.id, what)
        for mark in bundle.annotations:
            case = self._case_of.get(mark.id)
            if case is None:
                self.losses.add(Part.ANNOTATIONS, mark.id, "it is no appearance of a claim")
            else:
                form = _appearance(bundle, mark)
                said = first.get(mark.id, [])
                case.seen.append(_Seen(article.published or "9999", order, form, said))

    def _heard(self, sources: Iterable[Source], wanted: set[str]) -> Iterable[Source]:
        for one in sources:
            if one.id in wanted:
                yield one
            elif one.kind is not SourceKind.MEDIA_OUTLET:
                self.losses.add(Part.ATTRIBUTIONS, one.id, "it said none of the claims first")

    def _known(self, entities: Iterable[Entity], wanted: set[str]) -> Iterable[Entity]:
        for one in entities:
            if one.id in wanted:
                yield one
            else:
                self.losses.add(Part.ENTITIES, one.id, "it made none of the claims")

    def _read_reviews(self) -> None:
        for review in self._dataset.reviews():
            what = "it is not the one that gave the verdict"
            case = self.cases.get(review.claim)
            if case is not None and review.verdict is case.claim.verdict:
                case.signed = review
                what = "of the review, only its day and reviewer are written"
            self.losses.add(Part.REVIEWS, review.id, what)

    def _lose_rest(self) -> None:
        for label in self._dataset.labels:
            self.losses.add(Part.CODEBOOK, label.id, "the codebook is not written")
        for part, records in (
            (Part.EVIDENCE, self._dataset.evidence()),
            (Part.EVIDENCE, self._dataset.snapshots()),
            (Part.LINKS, self._dataset.links()),
        ):
            for record in records:
                self.losses.add(part, record.id, "it is not written")
        for revision, _ in self._dataset.journal():
            self.losses.add(Part.JOURNAL, revision.id, "the journal is not written")

    def form(self, case: _Case) -> dict[str, Any]:
        """The ClaimReview of a claim."""
        claim, signed = case.claim, case.signed
        assert claim.verdict is not None, "only claims with a verdict are cases"
        return {
            "@type": "ClaimReview",
            "@id": f"urn:newsdesk:claimreview:{quote(claim.id, safe='', errors='replace')}",
            "claimReviewed": claim.statement,
            **({"about": claim.topic} if claim.topic else {}),
            **({"datePublished": signed.at[:10]} if signed else {}),
            **({"author": {"@type": "Person", "name": signed.reviewer}} if signed else {}),
            "reviewRating": rating_of(claim.verdict, claim.rating),
            "itemReviewed": self._item(case),
        }

    def _item(self, case: _Case) -> dict[str, Any]:
        seen = sorted(case.seen, key=lambda one: (one.day, one.order))
        said = dict.fromkeys(id for one in seen for id in one.originators)
        known = [self._sources[id] for id in said if id in self._sources]
        authors = [self._author(one) for one in known if one.kind in _AUTHORS]
        works = [
            {"@type": "CreativeWork", "name": one.description}
            for one in known
            if one.kind not in _AUTHORS
        ]
        iri = CLAIM_IRI + quote(case.claim.id, safe="", errors="replace")
        found: dict[str, Any] = {"@type": "Claim", "@id": iri, "text": case.claim.statement}
        if authors:
            found["author"] = authors[0] if len(authors) == 1 else authors
        if works:
            found["isBasedOn"] = works[0] if len(works) == 1 else works
        if seen:
            if seen[0].day != "9999":
                found["datePublished"] = seen[0].day
            found["firstAppearance"] = seen[0].form
            found["appearance"] = [one.form for one in seen]
        return found

    def _author(self, source: Source) -> dict[str, Any]:
        entity = self._entities.get(source.entity or "")
        found = {
            "@type": _AUTHORS[source.kind],
            "name": entity.name if entity else source.description,
        }
        if entity and entity.name != source.description:
            found["description"] = source.description
        if entity and entity.kb_id and _WIKIDATA.fullmatch(entity.kb_id):
            found["sameAs"] = f"https://www.wikidata.org/wiki/{entity.kb_id}"
        return found


def _appearance(bundle: Bundle, mark: Annotation) -> dict[str, Any]:
    article = bundle.article
    outlet = {"@type": "NewsMediaOrganization", "name": bundle.outlet}
    return {
        "@type": "NewsArticle",
        "@id": f"urn:newsdesk:record:article/{quote(article.id, safe='', errors='replace')}",
        **({"headline": article.title} if article.title else {}),
        **({"url": article.url} if article.url else {}),
        **({"datePublished": article.published} if article.published else {}),
        **({"author": article.byline} if article.byline else {}),
        **({"publisher": outlet} if bundle.outlet else {}),
        "inLanguage": article.language,
        "hasPart": {"@type": "Quotation", "text": mark.quote},
    }
