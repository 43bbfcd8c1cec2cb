"""Named queries of the Claims workspace: a page of the queue, its counts, and the sources."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from newsdesk.model import Anonymity, ClaimState, LinkKind, SourceKind, Status
from newsdesk.model.claim_lines import ClaimFilter, ClaimLine, SourceLine
from newsdesk.store.store import Store, batches
from newsdesk.store.tables import (
    annotation,
    article,
    attribution,
    claim,
    entity,
    evidence,
    link,
    source,
)

_ACCEPTED = Status.ACCEPTED.value
_OPEN = [one.value for one in (ClaimState.UNREVIEWED, ClaimState.IN_REVIEW)]
_OPEN.append(ClaimState.NEEDS_EVIDENCE.value)
_ORDER = {state.value: place for place, state in enumerate(ClaimState)}
_anonymity = msgspec.json.Decoder(Anonymity).decode


def claim_page(
    store: Store, wanted: ClaimFilter, *, offset: int = 0, limit: int = 200
) -> list[ClaimLine]:
    """A page of the queue: one query, in which only the page's own appearances are counted."""
    order = _sorted(wanted)
    page = (
        sa.select(claim.c.id)
        .where(*_conditions(store, wanted))
        .order_by(*order)
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    # The page is put in order once more: nothing says that a join keeps it.
    return _lines(store, page, order)


def claim_lines(store: Store, ids: Iterable[str]) -> list[ClaimLine]:
    """These claims as the queue shows them, in the order of their ids."""
    found: list[ClaimLine] = []
    for batch in batches(ids):
        some = sa.select(claim.c.id).where(claim.c.id.in_(batch))
        found += _lines(store, some.subquery(), [claim.c.id])
    return found


def _lines(
    store: Store, page: sa.Subquery, order: list[sa.ColumnElement[Any]]
) -> list[ClaimLine]:
    mark = annotation.c
    here = sa.and_(mark.claim == claim.c.id, mark.status == _ACCEPTED)
    many = sa.select(sa.func.count()).where(here).scalar_subquery()
    papers = (
        sa.select(sa.func.count(sa.distinct(sa.func.coalesce(article.c.outlet, article.c.id))))
        .select_from(annotation.join(article, article.c.id == mark.article))
        .where(here)
        .scalar_subquery()
    )
    columns = ("id", "statement", "topic", "state", "verdict", "due", "assignee", "checkworthy")
    query = (
        sa.select(*(claim.c[name] for name in columns), many, papers)
        .join(page, page.c.id == claim.c.id)
        .order_by(*order)
    )
    return [ClaimLine(*_full(row, 8)) for row in _all(store, query)]


def count_claims(store: Store, wanted: ClaimFilter) -> int:
    """How many claims a filter finds."""
    query = sa.select(sa.func.count()).select_from(claim).where(*_conditions(store, wanted))
    return int(store.db.execute(query).scalar_one())


def claim_counts(store: Store) -> dict[str, dict[str, int]]:
    """How many claims there are of each state, topic and assignee."""
    found: dict[str, dict[str, int]] = {}
    for name in ("state", "topic", "assignee"):
        query = sa.select(claim.c[name], sa.func.count()).where(_not_merged())
        rows = _all(store, query.group_by(claim.c[name]))
        found[name] = {value: count for value, count in rows}  # noqa: C416 - rows are no pairs
    return found


def ratings(store: Store) -> list[str]:
    """The house's own ratings that are in use."""
    query = sa.select(claim.c.rating).distinct().where(claim.c.rating != "")
    return [rating for (rating,) in _all(store, query.order_by(claim.c.rating))]


def _not_merged() -> sa.ColumnElement[bool]:
    # A same_claim link alone says no more than that: a claim that was merged has no words left.
    printed = sa.exists().where(annotation.c.claim == link.c.from_id)
    merged = sa.select(link.c.from_id).where(link.c.kind == LinkKind.SAME_CLAIM.value, ~printed)
    return claim.c.id.not_in(merged)


def _conditions(store: Store, wanted: ClaimFilter) -> list[sa.ColumnElement[bool]]:
    found = [_not_merged()]
    for name in ("state", "topic"):
        if value := getattr(wanted, name):
            found.append(claim.c[name] == value)
    if wanted.assignee is not None:
        found.append(claim.c.assignee == wanted.assignee)
    if wanted.due_by:
        found.append(sa.and_(claim.c.due.is_not(None), claim.c.due <= wanted.due_by))
    if wanted.words.strip():
        key = store.dialect.fold(wanted.words.strip())
        found.append(store.dialect.folded(claim.c.statement).contains(key, autoescape=True))
    if wanted.outlet:
        found.append(claim.c.id.in_(_printed_by(wanted.outlet)))
    if wanted.lacks:
        found.append(_lacking(wanted.lacks))
    return found


def _printed_by(outlet: str) -> sa.Select[Any]:
    mark = annotation.c
    papers = sa.select(source.c.id).where(source.c.description == outlet)
    return (
        sa.select(mark.claim)
        .select_from(annotation.join(article, article.c.id == mark.article))
        .where(mark.claim.is_not(None), mark.status == _ACCEPTED, article.c.outlet.in_(papers))
    )


def _lacking(item: str) -> sa.ColumnElement[bool]:
    mark, tie = annotation.c, attribution.c
    printed = sa.and_(mark.claim == claim.c.id, mark.status == _ACCEPTED)
    if item == "appearance":
        return ~sa.exists().where(printed)
    if item == "evidence":
        return ~sa.exists().where(evidence.c.claim == claim.c.id)
    if item == "review":
        return claim.c.state.in_(_OPEN)
    attributed = sa.exists().where(
        tie.content == mark.id, tie.status == _ACCEPTED, tie.source.is_not(None)
    )
    return sa.exists().where(printed, ~attributed)


def _sorted(wanted: ClaimFilter) -> list[sa.ColumnElement[Any]]:
    newest = claim.c.id.desc()  # ids are in order of birth
    if wanted.sort == "newest":
        return [newest]
    if wanted.sort == "state":
        return [sa.case(_ORDER, value=claim.c.state), newest]
    if wanted.sort == "appearances":
        # Of any status: the index alone tells that, and proposals are no appearances yet.
        many = sa.select(sa.func.count()).where(annotation.c.claim == claim.c.id)
        return [many.scalar_subquery().desc(), newest]
    column = claim.c[wanted.sort]
    return [sa.or_(column.is_(None), column == ""), column, newest]


def source_lines(store: Store, ids: Sequence[str] | None = None) -> list[SourceLine]:
    """The register of sources with what relies on each, as printed."""
    tie, mark = attribution.c, annotation.c
    used = (
        sa.select(
            tie.source,
            sa.func.count().label("uses"),
            sa.func.count(sa.distinct(mark.article)).label("articles"),
        )
        .select_from(attribution.join(annotation, mark.id == tie.content))
        .where(tie.source.is_not(None), tie.status == _ACCEPTED)
        .group_by(tie.source)
        .subquery()
    )
    same = link.c.kind == LinkKind.SAME_AS.value
    ends = sa.union_all(
        sa.select(link.c.from_id.label("end")).where(same),
        sa.select(link.c.to_id).where(same),
    ).subquery()
    joined = sa.select(ends.c.end, sa.func.count().label("same")).group_by(ends.c.end).subquery()
    columns = ("id", "description", "kind", "role", "status")
    query = (
        sa.select(*(source.c[name] for name in columns), entity.c.name)
        .add_columns(*(sa.func.coalesce(used.c[name], 0) for name in ("uses", "articles")))
        .add_columns(sa.func.coalesce(joined.c.same, 0), source.c.anonymity)
        .outerjoin(used, used.c.source == source.c.id)
        .outerjoin(joined, joined.c.end == source.c.id)
        .outerjoin(entity, entity.c.id == source.c.entity)
        .order_by(source.c.description, source.c.id)
    )
    if ids is not None:
        query = query.where(source.c.id.in_(list(ids)))
    return [
        SourceLine(*[*_full(row[:9], 6), _unsaid(row[2], row[9])])
        for row in _all(store, query)
    ]


def _unsaid(kind: str, anonymity: str | None) -> tuple[str, ...]:
    """What the ledger of an unnamed source lacks."""
    if not SourceKind(kind).unnamed:
        return ()
    known = _anonymity(anonymity) if anonymity else Anonymity()
    asked = ("reason", "position_to_know", "approved_by")
    return tuple(name for name in asked if not getattr(known, name).strip())


def source_names(store: Store) -> list[tuple[str, str, str]]:
    """The id, description and kind of every source, by description."""
    query = sa.select(source.c.id, source.c.description, source.c.kind)
    query = query.order_by(source.c.description, source.c.id)
    return [(id, description, kind) for id, description, kind in _all(store, query)]


def articles_relying_on(store: Store, sources: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """The attributions to some sources: annotation, article, its title and day, newest first."""
    tie, mark = attribution.c, annotation.c
    query = (
        sa.select(mark.id, article.c.id, article.c.title, article.c.published)
        .select_from(attribution.join(annotation, mark.id == tie.content))
        .join(article, article.c.id == mark.article)
        .where(tie.source.in_(list(sources)), tie.status == _ACCEPTED)
        .order_by(article.c.published.desc().nulls_last(), article.c.seq.desc(), mark.start)
        .limit(500)
    )
    return [(id, where, title, day or "") for id, where, title, day in _all(store, query)]


def _full(row: Sequence[Any], texts: int) -> list[Any]:
    """A row's values; the first ones are texts, of which a missing one is empty."""
    return [value or "" for value in row[:texts]] + list(row[texts:])


def _all(store: Store, query: sa.Select[Any]) -> Sequence[Any]:
    return store.db.execute(query).all()
