"""One flat layer of marks, as the CoNLL formats have it: what fits, and what is lost."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import NamedTuple

from newsdesk.formats.bags import lose_journal
from newsdesk.formats.format import Bundle, Dataset, Losses, Part
from newsdesk.formats.spans import words_of
from newsdesk.model import Annotation, Label, Layer, Span, Status


def tagged_layers(labels: Iterable[Label]) -> frozenset[Layer]:
    """The layers that tags are made of: entities, or all where the codebook has no entities."""
    layers = {label.layer for label in labels if not label.retired}
    return frozenset({Layer.ENTITY}) if Layer.ENTITY in layers else frozenset(Layer)


class Flat(NamedTuple):
    """A mark that tags can hold: its one span, the tag's name, and the annotation's id."""

    span: Span
    name: str
    id: str


def flat_marks(
    bundle: Bundle,
    names: dict[str, str],
    layers: dict[str, Layer],
    wanted: frozenset[Layer],
    lose: Callable[[Part, str, str], None] | None = None,
) -> list[Flat]:
    """The marks that tags can hold, in order; `lose` hears of each that they can't, or not whole.

    The longer of two that overlap stays; a mark must begin and end with a sign that is no space;
    each fragment of a discontinuous mark is a mark of its own, or, where nobody is told of the
    losses, none.
    """
    told = lose or (lambda *_: None)
    able: list[Flat] = []
    for mark in bundle.annotations:
        why = _why_not(mark, bundle.article.text, layers[mark.label], wanted)
        if why:
            told(Part.ANNOTATIONS, mark.id, why)
            continue
        if len(mark.spans) > 1:
            told(Part.FRAGMENTS, mark.id, "each of its fragments is a mark of its own")
        if len(mark.spans) == 1 or lose:
            able += [Flat(span, names[mark.label], mark.id) for span in mark.spans]
    able.sort(key=lambda one: (one.span.start - one.span.end, one.span.start))
    kept: list[Flat] = []
    for one in able:
        at = bisect_left(kept, one.span.start, key=lambda other: other.span.end - 1)
        if at < len(kept) and kept[at].span.start < one.span.end:
            told(Part.OVERLAPS, one.id, "it overlaps a mark that is written")
        else:
            kept.insert(at, one)
    return kept


def _why_not(mark: Annotation, text: str, layer: Layer, wanted: frozenset[Layer]) -> str:
    if mark.status is Status.REJECTED:
        return "a rejected mark is not written"
    if layer not in wanted:
        return f"tags hold one layer; marks of the layer {layer.value} have no place"
    if any(words != words.strip() or "\n" in words for words in words_of(text, mark.spans)):
        return "it begins or ends with a space, or leaves its paragraph"
    return ""


def lose_bundle(bundle: Bundle, losses: Losses) -> None:
    """Report what a format of tokens and tags has no place for, record by record."""
    article = bundle.article
    details = (article.title, article.byline, article.published, article.url, article.section)
    if any((*details, bundle.outlet, article.outlet, article.supersedes, article.embargo_until)):
        losses.add(
            Part.DETAILS, article.id, "title, date, outlet and other details are not written"
        )
    if article.raw is not None:
        losses.add(Part.RAW, article.id, "the bytes that came in are not written")
    if article.extra:
        losses.add(Part.UNKNOWN, article.id, "keys unknown to Newsdesk are not written")
    for mark in bundle.annotations:
        if mark.status is Status.PROPOSED or mark.confidence is not None:
            losses.add(Part.STATUS, mark.id, "status and confidence are not written")
        if mark.note or mark.attributes:
            losses.add(Part.NOTES, mark.id, "note and attributes are not written")
        if mark.entity:
            losses.add(Part.ENTITIES, mark.id, "the entity that it mentions is not written")
        if mark.claim:
            losses.add(Part.CLAIMS, mark.id, "the claim that it is an appearance of is not written")
        if mark.extra:
            losses.add(Part.UNKNOWN, mark.id, "keys unknown to Newsdesk are not written")
    for tie in bundle.attributions:
        losses.add(Part.ATTRIBUTIONS, tie.id, "attributions are not written")


def lose_records(dataset: Dataset, losses: Losses, *, codebook: str) -> None:
    """Report every record that is no article, nor in one; `codebook` says what labels lose."""
    for label in dataset.labels:
        losses.add(Part.CODEBOOK, label.id, codebook)
    for entity in dataset.entities():
        losses.add(Part.ENTITIES, entity.id, "entities are not written")
    for source in dataset.sources():
        losses.add(Part.ATTRIBUTIONS, source.id, "sources are not written")
    for claim, _ in dataset.claims():
        losses.add(Part.CLAIMS, claim.id, "claims are not written")
    for found in dataset.evidence():
        losses.add(Part.EVIDENCE, found.id, "evidence is not written")
    for shot in dataset.snapshots():
        losses.add(Part.EVIDENCE, shot.id, "snapshots are not written")
    for review in dataset.reviews():
        losses.add(Part.REVIEWS, review.id, "reviews are not written")
    for link in dataset.links():
        losses.add(Part.LINKS, link.id, "links are not written")
    lose_journal(dataset, losses)
