"""The verbs of suggestions: take what a pipeline proposes, beside what people decided."""

from collections.abc import Iterable
from math import log2

import msgspec

from newsdesk.desk.annotating import delete, shown
from newsdesk.desk.desk import Desk
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Entity,
    Label,
    Layer,
    Span,
    Spans,
    Status,
    quote_of,
    replace,
)
from newsdesk.suggest import Proposals

Marked = tuple[str, Spans]
"""A label's id and spans: what makes two marks the same."""


def take_proposals(desk: Desk, article: Article, proposals: Proposals) -> int:
    """Put proposals on the desk as annotations that wait for a decision, as one step.

    What people marked, accepted or rejected stays as it is and is not proposed again; an entity
    is not proposed over one that a person accepted. Proposals of an earlier run that were not
    decided make room for these. Gives how many are new.
    """
    labels = {(one.layer, one.name): one for one in desk.codebook()}
    there = desk.find(Annotation, article=article.id)
    decided = _Decided(there, labels.values())
    marks: dict[int, Annotation] = {}
    known = {_marked(one): one for one in there}
    for at, item in enumerate(proposals.items):
        label = labels.get((item.layer, item.label))
        if label is None or decided.rules_out(label, item.spans):
            continue
        mark = known.get((label.id, item.spans)) or Annotation(
            article=article.id,
            spans=item.spans,
            label=label.id,
            label_version=label.version,
            quote=quote_of(article.text, item.spans),
            status=Status.PROPOSED,
            origin=f"{proposals.origin}/{item.component}",
            confidence=item.confidence,
            attributes=dict(item.attributes),
            extra={"why": item.why} if item.why else {},
        )
        marks[at] = mark
    new = {at: mark for at, mark in marks.items() if _marked(mark) not in known}
    kept = {mark.id for mark in marks.values()}
    stale = [one for one in there if one.status is Status.PROPOSED and one.id not in kept]
    with desk.change(f"Suggestions for {shown(article.title)}"):
        delete(desk, stale)
        entities = _registered(desk, proposals, article.text)
        desk.put_all(_linked(mark, entities.get(at)) for at, mark in new.items())
        desk.put_all(_ties(proposals, marks, new))
    return len(new)


class _Decided:
    """What people decided in an article, so that it is not proposed again."""

    def __init__(self, there: list[Annotation], labels: Iterable[Label]) -> None:
        entity_labels = {one.id for one in labels if one.layer is Layer.ENTITY}
        self._rejected = {_marked(one) for one in there if one.status is Status.REJECTED}
        self._accepted = {_marked(one) for one in there if one.status is Status.ACCEPTED}
        self._names: list[Span] = [
            one.outer
            for one in there
            if one.status is Status.ACCEPTED and one.label in entity_labels
        ]

    def rules_out(self, label: Label, spans: Spans) -> bool:
        """Whether a mark may not be proposed. What is accepted already may be tied to."""
        if (label.id, spans) in self._accepted:
            return False
        if (label.id, spans) in self._rejected:
            return True
        outer = Span(spans[0].start, spans[-1].end)
        return label.layer is Layer.ENTITY and any(outer.overlaps(one) for one in self._names)


def _marked(mark: Annotation) -> Marked:
    return mark.label, mark.spans


def _linked(mark: Annotation, entity: str | None) -> Annotation:
    return replace(mark, entity=entity) if entity else mark


def _registered(desk: Desk, proposals: Proposals, text: str) -> dict[int, str]:
    """The register's entities that proposed mentions are, by place: where just one has the name."""
    names: dict[str, set[str]] = {}
    for entity in desk.each(Entity):
        if entity.merged_into is None:
            for name in (entity.name, *entity.aliases):
                names.setdefault(name.casefold(), set()).add(entity.id)
    found: dict[int, str] = {}
    for chain in proposals.chains:
        same = names.get(chain.name.casefold(), set())
        if len(same) == 1:
            found.update(dict.fromkeys(chain.mentions, *same))
    for at, item in enumerate(proposals.items):
        same = names.get(item.of(text).casefold(), set())
        if at not in found and item.layer is Layer.ENTITY and len(same) == 1:
            (found[at],) = same
    return found


def _ties(
    proposals: Proposals, marks: dict[int, Annotation], new: dict[int, Annotation]
) -> list[Attribution]:
    """The hops of what is newly proposed; those of what stands already were proposed with it."""

    def id_of(at: int | None) -> str | None:
        return marks[at].id if at is not None and at in marks else None

    return [
        Attribution(
            content=new[tie.content].id,
            source_mention=id_of(tie.source),
            cue=id_of(tie.cue),
            hop=tie.hop,
            manner=tie.manner,
            attitude=tie.attitude,
            assertion=tie.assertion,
            channel=tie.channel,
            orphan=tie.orphan and id_of(tie.source) is None,
            status=Status.PROPOSED,
            origin=proposals.origin,
            confidence=tie.confidence,
            extra={"source_kind": tie.kind.value} if tie.kind else {},
        )
        for tie in proposals.ties
        if tie.content in new
    ]


class Uncertain(msgspec.Struct, frozen=True):
    """How unsure the pipeline is about an article: the mean and the highest entropy of its
    waiting suggestions, in bits (0 sure, 1 a coin's toss), and how many there are."""

    article: str
    mean: float
    highest: float
    suggestions: int


def uncertain(desk: Desk, limit: int | None = None) -> list[Uncertain]:
    """Articles with suggestions that wait, the most uncertain first: what teaches a pipeline most
    when it is decided (uncertainty sampling, Lewis and Gale 1994). Ties by the highest entropy."""
    found: dict[str, list[float]] = {}
    for article, confidence in desk.waiting_confidences():
        found.setdefault(article, []).append(entropy(confidence))
    order = [
        Uncertain(article, sum(bits) / len(bits), max(bits), len(bits))
        for article, bits in found.items()
    ]
    order.sort(key=lambda one: (-one.mean, -one.highest, one.article))
    return order[:limit]


def entropy(confidence: float | None) -> float:
    """Shannon's entropy of a yes-or-no question in bits; a missing confidence is a coin's toss."""
    chance = 0.5 if confidence is None else confidence
    if not 0 < chance < 1:
        return 0.0
    return -chance * log2(chance) - (1 - chance) * log2(1 - chance)
