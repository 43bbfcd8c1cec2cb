"""Two claims that say the same are made one: appearances, evidence and links go to the one kept."""

from collections.abc import Iterable

from newsdesk.desk.annotating import shown
from newsdesk.desk.desk import Desk
from newsdesk.model import (
    Annotation,
    Claim,
    Evidence,
    Link,
    LinkKind,
    NewsdeskError,
    Review,
    replace,
)
from newsdesk.model.values import ClaimState

_UNDER_REVIEW = (ClaimState.IN_REVIEW, ClaimState.NEEDS_EVIDENCE)


def merge_claims(desk: Desk, kept: Claim, others: Iterable[Claim]) -> Claim:
    """Make several claims one, as one step that can be undone; gives the one kept.

    A claim that was never reviewed goes. One with reviews stays, since reviews are never changed,
    as an empty record that a *same_claim* link leads on from; the queue leaves it out. Raises
    NewsdeskError, naming the record, where a claim would be merged into itself or in a circle, or
    where a review of one that would go is open.
    """
    now = desk.get(Claim, kept.id)
    gone = [desk.get(Claim, id) for id in dict.fromkeys(one.id for one in others)]
    if not gone:
        raise NewsdeskError(f"Nothing was given to be merged into claim {now.id}.")
    for one in gone:
        _check(desk, now, one)
    with desk.change(f"Same claim: {shown(now.statement)}"):
        for one in gone:
            _move(desk, now, one)
    return now


def merged_into(desk: Desk, claim: str) -> str | None:
    """The claim that another one was merged into; None where it was not, and still has words."""
    if desk.count(Annotation, claim=claim):
        return None
    found = desk.find(Link, kind=LinkKind.SAME_CLAIM, from_id=claim)
    return found[-1].to_id if found else None


def check_whole(desk: Desk, claim: str, other: str = "") -> None:
    """Raise NewsdeskError, naming both, where a claim was merged into another one before: what was
    put on it would part the two again."""
    into = merged_into(desk, claim)
    if into is not None:
        circle = " The two would be merged in a circle." if into == other else ""
        raise NewsdeskError(
            f"Claim {claim} was merged into claim {into} before.{circle} Nothing was changed; work "
            f"with claim {into}."
        )


def _check(desk: Desk, kept: Claim, gone: Claim) -> None:
    if kept.id == gone.id:
        raise NewsdeskError(
            f"Claim {kept.id} can't be merged into itself. Nothing was changed; choose another."
        )
    for one, other in ((kept, gone), (gone, kept)):
        check_whole(desk, one.id, other.id)
    if gone.state in _UNDER_REVIEW:
        raise NewsdeskError(
            f"Claim {gone.id} is {gone.state}: its review is open, and would lose its claim. "
            "Nothing was changed; close that review first, or keep that claim and merge the other."
        )


def _move(desk: Desk, kept: Claim, gone: Claim) -> None:
    for kind in (Annotation, Evidence):
        tied = desk.find(kind, claim=gone.id)
        desk.put_all([replace(one, claim=kept.id) for one in tied])
    known = {
        (one.kind, one.from_id, one.to_id)
        for column in ("from_id", "to_id")
        for one in desk.find(Link, **{column: kept.id})
    }
    for one in (*desk.find(Link, from_id=gone.id), *desk.find(Link, to_id=gone.id)):
        ends = [kept.id if end == gone.id else end for end in (one.from_id, one.to_id)]
        if ends[0] == ends[1] or (one.kind, *ends) in known:
            desk.drop(one)
        else:
            desk.put(replace(one, from_id=ends[0], to_id=ends[1]))
    if desk.count(Review, claim=gone.id):
        note = f"merged into {shown(kept.statement)}"
        desk.put(Link(kind=LinkKind.SAME_CLAIM, from_id=gone.id, to_id=kept.id, note=note))
    else:
        desk.drop(gone)
