"""Gathers the records behind claims and articles, and asks the provenance of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from newsdesk.desk.desk import Desk
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Label,
    Layer,
    Link,
    LinkKind,
    NewsdeskError,
    Record,
    Source,
    Span,
    Status,
)
from newsdesk.provenance.appearance import Appearance, who_is_who
from newsdesk.provenance.circles import Circle, circular_reporting
from newsdesk.provenance.independence import Independence, independence
from newsdesk.provenance.ladder import Ladder, ladder_of

R = TypeVar("R", bound=Record)

BATCH = 500
"""Ids that one question to the desk asks for."""

HEDGE_REACH = 2
"""Code points between a hedge and the claim that it opens (“It is claimed that …”)."""


class Printed(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An article without its text."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    supersedes: str | None


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """Claims with their appearances, and who the sources are: what the provenance works on.

    A value: it does not change when the desk does.
    """

    claims: Mapping[str, Claim]
    appearances: Mapping[str, Sequence[Appearance]]
    sources: Mapping[str, Source]
    who: Mapping[str, str]
    links: Sequence[Link] = ()

    def of(self, claim: str) -> Sequence[Appearance]:
        """A claim's accepted appearances, by day of publication."""
        return self.appearances.get(claim, ())

    def within(self, article: str) -> list[Appearance]:
        """Every appearance in an article, in order of the text."""
        found = [one for those in self.appearances.values() for one in those]
        return sorted((one for one in found if one.article == article), key=lambda one: one.order)


def trace(desk: Desk, claims: Iterable[str] | None = None) -> Trace:
    """Gather claims, by their ids, or all of the desk, with all their appearances.

    Raises NewsdeskError, naming it, for a claim that is not there. The number of questions to the
    desk does not grow with the number of claims but by one for each 500.
    """
    if claims is None:
        known = {one.id: one for one in desk.each(Claim)}
        marks = list(desk.each(Annotation, label=labels_of(desk, Layer.CLAIM), status="accepted"))
        # What was merged into another claim is asked nothing more.
        merged = {one.from_id for one in desk.find(Link, kind=LinkKind.SAME_CLAIM)}
        for id in merged - {one.claim for one in marks}:
            known.pop(id, None)
        ties = list(desk.each(Attribution, status="accepted"))
        return _traced(desk, known, marks, ties, whole=True)
    ids = list(dict.fromkeys(claims))
    known = desk.get_all(Claim, ids)
    for id in ids:
        if id not in known:
            raise NewsdeskError(f"There is no claim {id} on this desk. Nothing was changed.")
    marks = [one for one in many(desk, Annotation, "claim", ids) if one.status is Status.ACCEPTED]
    ties = [
        one
        for one in many(desk, Attribution, "content", [mark.id for mark in marks])
        if one.status is Status.ACCEPTED
    ]
    return _traced(desk, known, marks, ties, whole=False)


def _traced(
    desk: Desk,
    claims: dict[str, Claim],
    marks: list[Annotation],
    ties: list[Attribution],
    *,
    whole: bool,
) -> Trace:
    marks = [one for one in marks if one.claim in claims]
    articles = printed(desk, None if whole else [one.article for one in marks])
    hops: dict[str, list[Attribution]] = {}
    for tie in ties:
        hops.setdefault(tie.content, []).append(tie)
    hedges = _hedges(desk, None if whole else list(articles))
    appearances: dict[str, list[Appearance]] = {}
    for mark in marks:
        assert mark.claim is not None
        made = appearance_of(
            mark, articles[mark.article], hops.get(mark.id, []), hedges.get(mark.article, [])
        )
        appearances.setdefault(mark.claim, []).append(made)
    for those in appearances.values():
        those.sort(key=lambda one: one.order)
    named = {tie.source for tie in ties if tie.source}
    named |= {one.outlet for one in articles.values() if one.outlet}
    sources = (
        {one.id: one for one in desk.each(Source)} if whole else desk.get_all(Source, sorted(named))
    )
    links = _links(desk, None if whole else [*claims, *sources])
    if whole:
        # Merged into another one, and kept for its reviews alone: no claim to be traced.
        merged = {one.from_id for one in links if one.kind is LinkKind.SAME_CLAIM}
        empty = merged - appearances.keys()
        claims = {id: claim for id, claim in claims.items() if id not in empty}
    return Trace(
        claims=claims,
        appearances=appearances,
        sources=sources,
        who=who_is_who(sources.values(), links),
        links=links,
    )


def appearance_of(
    mark: Annotation, article: Printed, hops: list[Attribution], hedges: list[Annotation]
) -> Appearance:
    """An annotation as an appearance of its claim; of the article's `hedges` those in reach."""
    reach = Span(max(mark.start - HEDGE_REACH, 0), mark.end)
    return Appearance(
        id=mark.id,
        claim=mark.claim or "",
        article=mark.article,
        quote=mark.quote,
        start=mark.start,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        hops=tuple(sorted(hops, key=lambda one: (one.hop, one.id))),
        hedges=tuple(one.quote for one in hedges if one.outer.overlaps(reach)),
    )


def printed(desk: Desk, ids: Iterable[str] | None = None) -> dict[str, Printed]:
    """Articles without their texts, by id: these, or all of the desk."""
    found = desk.each(Article) if ids is None else iter(many(desk, Article, "id", ids))
    return {
        one.id: Printed(
            id=one.id,
            title=one.title,
            outlet=one.outlet,
            published=one.published,
            supersedes=one.supersedes,
        )
        for one in found
    }


def labels_of(desk: Desk, *layers: Layer) -> list[str]:
    """The ids of the labels of some layers, retired ones included."""
    return [one.id for one in desk.find(Label) if one.layer in layers]


def many(desk: Desk, kind: type[R], column: str, values: Iterable[str]) -> Iterator[R]:
    """The records of which a field has one of many values, 500 a question."""
    wanted = list(dict.fromkeys(values))
    for at in range(0, len(wanted), BATCH):
        yield from desk.find(kind, **{column: wanted[at : at + BATCH]})


def _hedges(desk: Desk, articles: list[str] | None) -> dict[str, list[Annotation]]:
    hedging = labels_of(desk, Layer.HEDGE)
    if articles is None:
        marks: Iterable[Annotation] = desk.each(Annotation, label=hedging, status="accepted")
    else:
        marks = (
            one
            for one in many(desk, Annotation, "article", articles)
            if one.label in hedging and one.status is Status.ACCEPTED
        )
    found: dict[str, list[Annotation]] = {}
    for one in marks:
        found.setdefault(one.article, []).append(one)
    return found


def _links(desk: Desk, ends: list[str] | None) -> list[Link]:
    if ends is None:
        return desk.find(Link)
    found = {
        one.id: one for column in ("from_id", "to_id") for one in many(desk, Link, column, ends)
    }
    return [found[id] for id in sorted(found)]


# What the pane of a claim shows, and what the whole desk is asked


def ladders(desk: Desk, claim: str) -> list[Ladder]:
    """The hop ladder of each appearance of a claim, by day of publication."""
    found = trace(desk, [claim])
    those = found.of(claim)
    return [ladder_of(one, those, found.who) for one in those]


def desk_independence(found: Trace) -> list[Independence]:
    """The claims of which three or more outlets have no more than one source."""
    made = (independence(those, found.who) for those in found.appearances.values())
    return [one for one in made if one.alarm]


def desk_circles(found: Trace) -> list[Circle]:
    """Every circle in which outlets have a claim from one another."""
    return [
        circle
        for those in found.appearances.values()
        for circle in circular_reporting(those, found.who)
    ]


def recorded(found: Trace, kind: LinkKind) -> list[tuple[str, str]]:
    """The pairs of claims that a person linked so."""
    return [
        (one.from_id, one.to_id)
        for one in found.links
        if one.kind is kind and one.from_id in found.claims and one.to_id in found.claims
    ]
