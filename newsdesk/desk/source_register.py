"""The verbs of the register of sources: what is said of them, and which are the same one."""

from collections.abc import Iterable
from typing import Any

from newsdesk.desk.annotating import shown
from newsdesk.desk.desk import Desk
from newsdesk.desk.tracing import many
from newsdesk.model import (
    Annotation,
    Anonymity,
    Attribution,
    Claim,
    ClaimState,
    Link,
    LinkKind,
    NewsdeskError,
    Source,
    replace,
)

LEDGER = ("reason", "position_to_know", "approved_by")
"""What is asked of an unnamed source (SCHEME, provenance 4)."""

_UNDER_REVIEW = (ClaimState.IN_REVIEW, ClaimState.NEEDS_EVIDENCE)


def change_source(desk: Desk, source: Source, **fields: Any) -> Source:
    """Change what the register says of a source; `reason`, `position_to_know` and `approved_by`
    are its ledger.

    One that is made unnamed loses its link to an entity. Raises NewsdeskError for an empty
    description, for an unnamed source that would get an entity, and for a kind that would tie a
    name to an unnamed one.
    """
    now = desk.get(Source, source.id)
    if not str(fields.get("description", now.description)).strip():
        raise NewsdeskError(f"A source needs a description. Source {now.id} was kept as it is.")
    kind = fields.get("kind", now.kind)
    if kind.unnamed and fields.get("entity") is not None:
        raise NewsdeskError(
            f"Source {now.id} is unnamed, and is never linked to a name. Nothing was changed."
        )
    if kind.unnamed != now.kind.unnamed:
        _refuse_naming(desk, now, kind.unnamed)
    ledger = {name: fields.pop(name) for name in LEDGER if name in fields}
    if ledger:
        fields["anonymity"] = replace(now.anonymity or Anonymity(), **ledger)
    if kind.unnamed:
        fields["entity"] = None
    # No words of the source's in the title: the journal is read by more people than the register.
    with desk.change("Change a source"):
        return desk.put(replace(now, **fields))


def same_as(desk: Desk, source: str) -> list[str]:
    """The sources that links join to a source, by way of others too; without itself."""
    found, waiting = {source: None}, [source]
    while waiting:
        id = waiting.pop()
        for near, far in (("from_id", "to_id"), ("to_id", "from_id")):
            for link in desk.find(Link, kind=LinkKind.SAME_AS, **{near: id}):
                other = getattr(link, far)
                if other not in found:
                    found[other] = None
                    waiting.append(other)
    return [id for id in found if id != source]


def merge_sources(desk: Desk, kept: Source, others: Iterable[Source]) -> list[Link]:
    """Say that sources are one: *same_as* links, as one step. The records stay as printed.

    Raises NewsdeskError, naming the record, where one is the same already, where an unnamed source
    would be tied to a named one, where two entities would be, and where a claim that relies on one
    of them is under review.
    """
    now = desk.get(Source, kept.id)
    joined = [desk.get(Source, id) for id in dict.fromkeys(one.id for one in others)]
    known = {now.id, *same_as(desk, now.id)}
    for one in joined:
        _check(desk, now, one, known)
    joining = {id for one in joined for id in (one.id, *same_as(desk, one.id))}
    _refuse_two_people(desk, known | joining)
    _refuse_open_reviews(desk, [now.id, *(one.id for one in joined)])
    with desk.change("The same source"):
        return [
            desk.put(Link(kind=LinkKind.SAME_AS, from_id=one.id, to_id=now.id)) for one in joined
        ]


def part_source(desk: Desk, source: Source) -> int:
    """Take back that a source is the same as others; gives how many links went."""
    found = [
        link
        for end in ("from_id", "to_id")
        for link in desk.find(Link, kind=LinkKind.SAME_AS, **{end: source.id})
    ]
    _refuse_open_reviews(desk, [source.id])
    with desk.change("Not the same source"):
        desk.drop_all(found)
    return len(found)


def _check(desk: Desk, kept: Source, other: Source, known: set[str]) -> None:
    if other.id == kept.id:
        raise NewsdeskError(
            f"Source {kept.id} can't be merged with itself. Nothing was changed; choose another."
        )
    if other.id in known:
        raise NewsdeskError(
            f"Source {other.id} is the same as source {kept.id} already. Nothing was changed."
        )
    if other.kind.unnamed != kept.kind.unnamed:
        unnamed = other if other.kind.unnamed else kept
        raise NewsdeskError(
            f"Source {unnamed.id} is unnamed: it is never tied to a source that has a name. "
            "Nothing was changed."
        )
    if other.entity and kept.entity and other.entity != kept.entity:
        raise NewsdeskError(
            f"Sources {kept.id} and {other.id} are two entities of the register. Nothing was "
            "changed; if they are one, merge the entities."
        )


def _refuse_two_people(desk: Desk, sources: set[str]) -> None:
    named = {one.entity: one.id for one in desk.get_all(Source, sources).values() if one.entity}
    if len(named) > 1:
        raise NewsdeskError(
            f"Sources {' and '.join(sorted(named.values()))} are several entities of the register. "
            "Nothing was changed; if they are one, merge the entities."
        )


def _refuse_naming(desk: Desk, source: Source, unnamed: bool) -> None:
    joined = desk.get_all(Source, same_as(desk, source.id)).values()
    if any(one.kind.unnamed != unnamed for one in joined):
        raise NewsdeskError(
            f"Source {source.id} is joined to others: an unnamed source is never tied to a named "
            "one. Nothing was changed; part them first."
        )


def _refuse_open_reviews(desk: Desk, sources: list[str]) -> None:
    contents = {one.content for one in many(desk, Attribution, "source", sources)}
    claims = {one.claim for one in many(desk, Annotation, "id", contents) if one.claim}
    for claim in many(desk, Claim, "id", sorted(claims)):
        if claim.state in _UNDER_REVIEW:
            raise NewsdeskError(
                f"Claim {claim.id} ({shown(claim.statement)}) is {claim.state} and relies on one "
                "of these sources: a reviewer is looking at them. Nothing was changed; close that "
                "review first."
            )
