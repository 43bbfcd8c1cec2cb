"""What happened to a claim, in order: it appeared, evidence was captured, somebody reviewed it."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from newsdesk.model import Evidence, Review, Source
from newsdesk.provenance.appearance import Appearance


class EventKind(StrEnum):
    """What an event is; each has a lane of its own."""

    APPEARANCE = "appearance"
    EVIDENCE = "evidence"
    REVIEW = "review"


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One event. `at` is an ISO date or time; empty where it is not known. `record` is the id of
    what it shows: an article, the evidence, the review."""

    at: str
    kind: EventKind
    text: str
    detail: str = ""
    record: str = ""
    annotation: str = ""


def timeline(
    appearances: Iterable[Appearance],
    evidence: Iterable[tuple[Evidence, str]],
    reviews: Iterable[Review],
    sources: Mapping[str, Source],
) -> list[Event]:
    """The events of one claim, the earliest first; what has no day comes last.

    ``evidence`` comes with the time that its snapshot was captured, or that it was cited. An
    appearance's detail names who makes the claim there, hop by hop.
    """
    found = [_appeared(one, sources) for one in appearances]
    found += [
        Event(
            at=at,
            kind=EventKind.EVIDENCE,
            text=one.title or one.publisher or one.exact,
            detail=one.stance.value,
            record=one.id,
        )
        for one, at in evidence
    ]
    found += [
        Event(
            at=one.at,
            kind=EventKind.REVIEW,
            text=f"{one.from_state.value} → {one.to_state.value}",
            detail=f"{one.reviewer}: {one.comment}",
            record=one.id,
        )
        for one in reviews
    ]
    order = list(EventKind)
    return sorted(found, key=lambda one: (not one.at, one.at, order.index(one.kind), one.record))


def _appeared(one: Appearance, sources: Mapping[str, Source]) -> Event:
    outlet = sources.get(one.outlet or "")
    said = [sources[id].description for id in dict.fromkeys(one.sources) if id in sources]
    parts = [outlet.description if outlet else "", " → ".join(said)]
    return Event(
        at=one.published or "",
        kind=EventKind.APPEARANCE,
        text=one.title or one.quote,
        detail=" · ".join(part for part in parts if part),
        record=one.article,
        annotation=one.id,
    )
