"""The desk's alarms on one page: replies that are due, contradictions, drift, circles."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from newsdesk.desk.desk import Desk
from newsdesk.desk.gating import desk_contradictions, desk_hedges, desk_quotes, desk_replies
from newsdesk.desk.tracing import Trace, desk_circles, desk_independence, labels_of, many, trace
from newsdesk.model import Annotation, Article, Claim, Layer, Source, Status
from newsdesk.provenance.appearance import Appearance
from newsdesk.provenance.circles import Circle
from newsdesk.provenance.contradictions import Contradiction
from newsdesk.provenance.firmness import FirmedFigure, LostHedge
from newsdesk.provenance.independence import Independence
from newsdesk.provenance.quoting import Drift
from newsdesk.provenance.replies import Answer, Reply

MOST = 1_000
"""Alarms of one sort that are gathered with their words; beyond that they are only counted."""

NAMED = ("PERSON", "ORG")
"""Labels of those who can be asked for a reply."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An allegation and the right of reply: `whom` it names, who answered, what, and by when.

    `whom` are the people and organisations that are marked in its words, but for who says so;
    `due` is the claim's day, empty where it has none.
    """

    claim: str
    statement: str
    appearance: str
    article: str
    whom: tuple[str, ...] = ()
    answer: Answer | None = None
    by: tuple[str, ...] = ()
    due: str = ""


class Alarms(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor has to look at; a value. `counts` says how many there are of each sort.

    `claims`, `marks`, `titles` and `names` (of sources, as printed) are what the rest refers to.
    """

    replies: Sequence[Asked] = ()
    contradictions: Sequence[Contradiction] = ()
    converging: Sequence[Independence] = ()
    circles: Sequence[Circle] = ()
    hedges: Sequence[LostHedge] = ()
    figures: Sequence[FirmedFigure] = ()
    unowned: Sequence[str] = ()
    quotes: Sequence[Drift] = ()
    counts: Mapping[str, int] = {}
    claims: Mapping[str, Claim] = {}
    marks: Mapping[str, Annotation] = {}
    titles: Mapping[str, str] = {}
    names: Mapping[str, str] = {}


def desk_alarms(desk: Desk) -> Alarms:
    """Gather every alarm of the desk. Reads every claim: seconds on a very large desk."""
    found = trace(desk)
    replies = sorted(desk_replies(desk, found), key=lambda one: one.answer is not None)
    lost, firmed, unowned = desk_hedges(found)
    sorts: dict[str, Sequence[Any]] = {
        "replies": replies,
        "contradictions": desk_contradictions(desk, found),
        "converging": desk_independence(found),
        "circles": desk_circles(found),
        "hedges": lost,
        "figures": firmed,
        "unowned": unowned,
        "quotes": desk_quotes(desk, found),
    }
    counts = {name: len(those) for name, those in sorts.items()}
    sorts = {name: those[:MOST] for name, those in sorts.items()}
    marks = desk.get_all(Annotation, sorted(_named(sorts)))
    articles = {one.article for one in marks.values()}
    articles |= {one.headline for one in sorts["hedges"] if one.headline}
    wanted = {id for one in sorts["contradictions"] for id in one.claims}
    wanted |= {one.claim for name in ("converging", "circles", "hedges") for one in sorts[name]}
    wanted |= {one.claim for one in marks.values() if one.claim}
    sorts["replies"] = _asked(desk, found, sorts["replies"], marks)
    return Alarms(
        **sorts,
        counts=counts,
        claims={id: found.claims[id] for id in wanted if id in found.claims},
        marks=marks,
        titles={id: one.title for id, one in desk.get_all(Article, sorted(articles)).items()},
        names={id: one.description for id, one in found.sources.items()},
    )


def claim_replies(desk: Desk, claim: str) -> list[Asked]:
    """The right of reply to one claim, wherever it is printed. An answer counts for each allegation
    of its article, so the article's other claims are read too."""
    places = {one.article for one in trace(desk, [claim]).of(claim)}
    here = many(desk, Annotation, "article", sorted(places))
    beside = {one.claim for one in here if one.claim and one.status is Status.ACCEPTED}
    found = trace(desk, sorted(beside | {claim}))
    replies = [one for one in desk_replies(desk, found, sorted(places)) if one.claim == claim]
    marks = desk.get_all(Annotation, [one.appearance for one in replies])
    return _asked(desk, found, replies, marks)


def _named(sorts: Mapping[str, Sequence[Any]]) -> set[str]:
    """The annotations that alarms refer to."""
    named = {one.appearance for one in sorts["replies"]} | set(sorts["unowned"])
    named |= {id for one in sorts["hedges"] for id in (one.hedged, one.flat) if id}
    named |= {one.appearance for one in sorts["figures"]}
    named |= {id for one in sorts["quotes"] for id in (one.first, one.variant)}
    named |= {one.appearances[0] for one in sorts["circles"] if one.appearances}
    return named | {one.origins[0].appearances[0] for one in sorts["converging"]}


def _asked(
    desk: Desk, found: Trace, replies: Iterable[Reply], marks: Mapping[str, Annotation]
) -> list[Asked]:
    those = list(replies)
    labels = {one.id for one in desk.codebook(retired=True) if one.name in NAMED}
    labels &= set(labels_of(desk, Layer.ENTITY))
    people: dict[str, list[Annotation]] = {}
    for mark in many(desk, Annotation, "article", sorted({one.article for one in those})):
        if mark.label in labels and mark.status is Status.ACCEPTED:
            people.setdefault(mark.article, []).append(mark)
    said = {one.id: one for each in found.appearances.values() for one in each}
    return [
        Asked(
            claim=one.claim,
            statement=found.claims[one.claim].statement,
            appearance=one.appearance,
            article=one.article,
            whom=_whom(found, said[one.appearance], marks, people.get(one.article, ())),
            answer=one.answer,
            by=tuple(found.sources[id].description for id in one.by if id in found.sources),
            due=(found.claims[one.claim].due or "")[:10],
        )
        for one in those
    ]


def _whom(
    found: Trace,
    said: Appearance,
    marks: Mapping[str, Annotation],
    people: Iterable[Annotation],
) -> tuple[str, ...]:
    """Who is named in the words of an allegation, but for those who make it."""
    words = marks.get(said.id)
    if words is None:
        return ()
    speaking = [found.sources[id] for id in said.sources if id in found.sources]
    return tuple(
        dict.fromkeys(
            " ".join(one.quote.split())
            for one in sorted(people, key=lambda one: one.start)
            if words.start <= one.start and one.end <= words.end and not _is_any(one, speaking)
        )
    )


def _is_any(mark: Annotation, sources: Iterable[Source]) -> bool:
    return any(
        (mark.entity is not None and mark.entity == one.entity) or mark.quote in one.description
        for one in sources
    )
