"""A claim as the desk knew it at a given time, rebuilt from the journal."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from newsdesk.desk.desk import Desk
from newsdesk.desk.tracing import Printed, Trace, appearance_of, labels_of
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Evidence,
    Layer,
    Link,
    NewsdeskError,
    Record,
    Review,
    Revision,
    Source,
    Status,
    in_full,
)
from newsdesk.provenance.appearance import who_is_who
from newsdesk.store import journal
from newsdesk.store.past import once_named

R = TypeVar("R", bound=Record)


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A place in the journal: its last revision, and a note where the clock does not tell it."""

    seq: int
    at: str
    note: str = ""


class AsOf(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk knew of a claim: its record, appearances, hops, evidence and reviews then.

    `trace` holds the claim, its accepted appearances and their sources as they were.
    """

    moment: Moment
    claim: Claim
    trace: Trace
    evidence: tuple[Evidence, ...]
    reviews: tuple[Review, ...]


def moment_of(desk: Desk, time: str) -> Moment:
    """The last revision that was made by a time (ISO 8601, UTC where it says nothing else).

    Revisions are in order of their numbers, whatever the clocks said: one that seems earlier than
    the one before counts as made no earlier than that. Raises NewsdeskError for what is no time,
    and where there was nothing on the desk yet.
    """
    wanted = _utc(time)
    latest, found, back = "", None, None
    for revision in reversed(desk.log()):
        if revision.at < latest and back is None:
            back = revision
        latest = max(latest, revision.at)
        if latest <= wanted:
            found = revision
    if found is None:
        raise NewsdeskError(f"The desk held nothing at {time}: its first change came later.")
    return Moment(seq=found.seq, at=found.at, note=_clock_note(back))


def moment_at(desk: Desk, seq: int) -> Moment:
    """The revision of a number. Raises NewsdeskError where there is none."""
    for revision in desk.log():
        if revision.seq == seq:
            return Moment(seq=seq, at=revision.at)
    raise NewsdeskError(f"The journal has no revision {seq}. `newsdesk log` lists them.")


def claim_as_of(desk: Desk, claim: str, moment: Moment) -> AsOf:
    """A claim as it was after a revision. What came later is left out, what went since is back.

    Raises NewsdeskError where the claim did not exist then.
    """
    about = record_at(desk, Claim, claim, moment.seq)
    if about is None:
        raise NewsdeskError(
            f"Claim {claim} was not on the desk after revision {moment.seq} ({moment.at})."
        )
    marks = [
        one
        for one in _past(desk, Annotation, "claim", [claim], moment.seq)
        if one.claim == claim and one.status is Status.ACCEPTED
    ]
    ids = {one.id for one in marks}
    ties = [
        one
        for one in _past(desk, Attribution, "content", sorted(ids), moment.seq)
        if one.content in ids and one.status is Status.ACCEPTED
    ]
    evidence = _past(desk, Evidence, "claim", [claim], moment.seq)
    reviews = _past(desk, Review, "claim", [claim], moment.seq)
    places = {one.id: desk.history(one.id)[-1][0].seq for one in reviews}
    return AsOf(
        moment=moment,
        claim=about,
        trace=_trace(desk, about, marks, ties, moment.seq),
        evidence=tuple(one for one in evidence if one.claim == claim),
        reviews=tuple(sorted(reviews, key=lambda one: (places[one.id], one.id))),
    )


def record_at(desk: Desk, kind: type[R], id: str, seq: int) -> R | None:
    """A record as it was after a revision; None where it was not there, or was gone."""
    history = desk.history(id)
    past = [entry for revision, entry in history if revision.seq <= seq]
    later = [entry for revision, entry in history if revision.seq > seq]
    if not past:
        return None
    last, now = past[-1], desk.get_all(kind, [id]).get(id)
    if not last.is_birth:
        was = journal.decode(last, last.after)
    elif later:
        # A birth is journalled without its words: they stand in what was changed first.
        was = journal.decode(later[0], later[0].before)
    else:
        was = now
    found = in_full(was, now) if was is not None else None
    assert found is None or isinstance(found, kind)
    return found


def _past(desk: Desk, kind: type[R], column: str, values: list[str], seq: int) -> list[R]:
    """The records that a field of theirs ties to others, now or ever, as they were."""
    ids = {one.id for one in desk.find(kind, **{column: values})} if values else set()
    ids.update(once_named(desk._store, kind.__name__, values))
    found = (record_at(desk, kind, id, seq) for id in sorted(ids))
    return [one for one in found if one is not None]


def _trace(
    desk: Desk, claim: Claim, marks: list[Annotation], ties: list[Attribution], seq: int
) -> Trace:
    articles = {one.id: one for one in _at(desk, Article, {one.article for one in marks}, seq)}
    hedging = set(labels_of(desk, Layer.HEDGE))
    hedges = [
        one
        for one in _at(desk, Annotation, _marked_in(desk, articles), seq)
        if one.label in hedging and one.status is Status.ACCEPTED
    ]
    appearances = []
    for mark in marks:
        article = articles[mark.article]
        printed = Printed(
            id=article.id,
            title=article.title,
            outlet=article.outlet,
            published=article.published,
            supersedes=article.supersedes,
        )
        hops = [one for one in ties if one.content == mark.id]
        near = [one for one in hedges if one.article == mark.article]
        appearances.append(appearance_of(mark, printed, hops, near))
    named = {one.source for one in ties if one.source}
    named |= {one.outlet for one in articles.values() if one.outlet}
    sources = {one.id: one for one in _at(desk, Source, named, seq)}
    links = {
        one.id: one
        for column in ("from_id", "to_id")
        for one in _past(desk, Link, column, sorted({claim.id, *sources}), seq)
    }
    return Trace(
        claims={claim.id: claim},
        appearances={claim.id: sorted(appearances, key=lambda one: one.order)},
        sources=sources,
        who=who_is_who(sources.values(), links.values()),
        links=tuple(links.values()),
    )


def _at(desk: Desk, kind: type[R], ids: Iterable[str], seq: int) -> list[R]:
    found = (record_at(desk, kind, id, seq) for id in sorted(ids))
    return [one for one in found if one is not None]


def _marked_in(desk: Desk, articles: Iterable[str]) -> list[str]:
    ids = list(articles)
    now = desk.find(Annotation, article=ids, label=labels_of(desk, Layer.HEDGE))
    return sorted({one.id for one in now} | set(once_named(desk._store, "Annotation", ids)))


def _clock_note(back: Revision | None) -> str:
    if back is None:
        return ""
    return (
        f"A clock was set back: revision {back.seq} says {back.at}, earlier than the one before. "
        "Revisions are taken in order of their numbers; ask for a number to be sure."
    )


def _utc(time: str) -> str:
    from datetime import UTC, datetime

    try:
        found = datetime.fromisoformat(time)
    except ValueError as error:
        raise NewsdeskError(
            f"“{time}” is no time. Write it as 2026-11-01T12:00, or ask for a revision's number."
        ) from error
    if len(time) <= 10:  # a day is meant to its end
        found = found.replace(hour=23, minute=59, second=59, microsecond=999_000)
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return f"{found:%Y-%m-%dT%H:%M:%S}.{found.microsecond // 1000:03d}Z"
