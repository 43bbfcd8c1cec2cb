"""The verbs of review: steps of a claim's state, sign-off, correction, retraction."""

from newsdesk.desk.annotating import shown
from newsdesk.desk.capturing import Read
from newsdesk.desk.desk import Desk
from newsdesk.desk.evidencing import cite, fallen_passages, read_copies
from newsdesk.model import (
    HUMAN,
    Annotation,
    Claim,
    ClaimState,
    Evidence,
    Link,
    LinkKind,
    NewsdeskError,
    Review,
    Setting,
    Status,
    Verdict,
    replace,
)
from newsdesk.model.reviewing import (
    is_second_pair,
    needs_evidence,
    needs_four_eyes,
    steps_from,
    verdict_for,
)
from newsdesk.store.past import birth_order

__all__ = [
    "DISMISSED",
    "all_reviews",
    "authors_of",
    "cite",
    "confirm_contradiction",
    "correct",
    "dismiss_contradiction",
    "dismissed",
    "fallen_passages",
    "read_copies",
    "retract",
    "review",
    "reviews_of",
    "sign_off",
]

DISMISSED = "dismissed contradiction "
"""Begins the name of the setting that keeps a person's “these two do not contradict”."""


def review(
    desk: Desk,
    claim: Claim,
    to_state: ClaimState,
    comment: str,
    *,
    verdict: Verdict | None = None,
    rating: str | None = None,
    read: Read | None = None,
) -> Review:
    """Take a claim one step on, as the desk's author, with a comment; one undoable step.

    *Verified*, *disputed*, *corrected* and *retracted* need a reviewer who is no author of the
    claim's appearances, and evidence whose passage stands. It is looked up in copies that are read
    now, unless `read` has them: a window has them read in a job before (`read_copies`). Raises
    NewsdeskError, naming the record, where one of these is missing or the step is none.
    """
    with desk.change(f"{to_state.value.capitalize()}: {shown(claim.statement)}"):
        now = desk.get(Claim, claim.id)
        if not comment.strip():
            raise NewsdeskError(
                f"A review needs a comment. Claim {now.id} was left {now.state}; say why."
            )
        if not desk.author.strip():
            raise NewsdeskError(
                f"A review needs its reviewer's name. Claim {now.id} was left {now.state}; enter "
                "your name in the preferences."
            )
        _check_step(now, to_state)
        if needs_four_eyes(to_state):
            _check_four_eyes(desk, now, to_state)
        if needs_evidence(to_state):
            _check_evidence(desk, now, to_state, read)
        try:
            found = verdict_for(to_state, verdict, now.verdict)
        except ValueError as error:
            raise NewsdeskError(
                f"Claim {now.id} was left {now.state}: {error}. Choose a verdict that fits."
            ) from error
        made = Review(
            claim=now.id,
            from_state=now.state,
            to_state=to_state,
            verdict=found,
            reviewer=desk.author,
            comment=comment.strip(),
        )
        changed = replace(now, state=to_state, verdict=found)
        desk.put(changed if rating is None else replace(changed, rating=rating))
        return desk.put(made)


def sign_off(
    desk: Desk,
    claim: Claim,
    comment: str,
    *,
    verdict: Verdict = Verdict.SUPPORTED,
    rating: str | None = None,
) -> Review:
    """Close a claim by its verdict: *supported* verifies it, *refuted* and *conflicting evidence*
    dispute it, *not enough evidence* makes it unverifiable. Raises as `review` does."""
    state = {
        Verdict.SUPPORTED: ClaimState.VERIFIED,
        Verdict.REFUTED: ClaimState.DISPUTED,
        Verdict.CONFLICTING_EVIDENCE: ClaimState.DISPUTED,
        Verdict.NOT_ENOUGH_EVIDENCE: ClaimState.UNVERIFIABLE,
    }[verdict]
    return review(desk, claim, state, comment, verdict=verdict, rating=rating)


def correct(
    desk: Desk,
    claim: Claim,
    comment: str,
    *,
    by: Claim | None = None,
    verdict: Verdict | None = None,
) -> Review:
    """Mark a claim as corrected; `by` is the claim that corrects it, and is linked to it.

    Raises NewsdeskError where a correction would run in a circle.
    """
    with desk.change(f"Correct {shown(claim.statement)}"):
        if by is not None:
            _link_correction(desk, claim, by, comment)
        return review(desk, claim, ClaimState.CORRECTED, comment, verdict=verdict)


def retract(desk: Desk, claim: Claim, comment: str, *, verdict: Verdict | None = None) -> Review:
    """Take a claim back; it stays on the desk, with its history. Raises as `review` does."""
    return review(desk, claim, ClaimState.RETRACTED, comment, verdict=verdict)


def reviews_of(desk: Desk, claim: str) -> list[Review]:
    """A claim's reviews in the order of the journal, whatever the clocks said."""
    found = desk.find(Review, claim=claim)
    if len(found) < 2:
        return found
    place = {one.id: desk.history(one.id)[-1][0].seq for one in found}
    return sorted(found, key=lambda one: place.get(one.id, 0))


def all_reviews(desk: Desk) -> dict[str, list[Review]]:
    """The reviews of the whole desk by claim, each in the order of the journal; one question."""
    place = birth_order(desk._store, Review.__name__)
    found: dict[str, list[Review]] = {}
    for one in sorted(desk.each(Review), key=lambda one: place.get(one.id, 0)):
        found.setdefault(one.claim, []).append(one)
    return found


def authors_of(desk: Desk, claim: str) -> list[str]:
    """Who made a claim's accepted appearances: their authors, and for those that a pipeline
    proposed, whoever accepted them (the journal knows)."""
    authors: dict[str, None] = {}
    for one in desk.find(Annotation, claim=claim):
        if one.status is not Status.ACCEPTED:
            continue
        if one.author.strip():
            authors[one.author] = None
        if one.origin != HUMAN:
            # A birth is an import or the pipeline's own work, whoever pressed the key.
            touched = (revision for revision, entry in desk.history(one.id) if not entry.is_birth)
            authors.update({revision.author: None for revision in touched})
    return list(authors)


# What stands in the way of a step


def _check_step(claim: Claim, to_state: ClaimState) -> None:
    possible = steps_from(claim.state)
    if to_state not in possible:
        choice = ", ".join(one.value for one in possible)
        raise NewsdeskError(
            f"Claim {claim.id} is {claim.state} and can't become {to_state} from there. It was "
            f"left as it is. What can follow: {choice}."
        )


def _check_four_eyes(desk: Desk, claim: Claim, to_state: ClaimState) -> None:
    authors = authors_of(desk, claim.id)
    if not is_second_pair(desk.author, authors):
        raise NewsdeskError(
            f"{desk.author} marked or accepted an appearance of claim {claim.id}, so a second "
            f"person must make it {to_state}. It was left {claim.state}; ask a colleague."
        )


def _check_evidence(
    desk: Desk, claim: Claim, to_state: ClaimState, read: Read | None
) -> None:
    evidence = desk.find(Evidence, claim=claim.id)
    if not evidence:
        raise NewsdeskError(
            f"Claim {claim.id} has no evidence on record, so it can't be {to_state}. It was left "
            f"{claim.state}; add the passage that shows it."
        )
    for id, why in fallen_passages(desk, evidence, read).items():
        raise NewsdeskError(
            f"Evidence {id} of claim {claim.id} does not hold: {why}. The claim was left "
            f"{claim.state}; renew or remove that evidence."
        )


def _link_correction(desk: Desk, claim: Claim, by: Claim, comment: str) -> None:
    if by.id == claim.id:
        raise NewsdeskError(f"Claim {claim.id} can't correct itself. Nothing was changed.")
    desk.get(Claim, by.id)
    corrected_by: dict[str, list[str]] = {}
    for one in desk.find(Link, kind=LinkKind.CORRECTS):
        corrected_by.setdefault(one.to_id, []).append(one.from_id)
    if by.id in corrected_by.get(claim.id, ()):
        return
    waiting, seen = [by.id], set()
    while waiting:
        id = waiting.pop()
        if id == claim.id:
            raise NewsdeskError(
                f"Claim {by.id} is itself corrected by claim {claim.id}: a correction can't run "
                "in a circle. Nothing was changed; take the other correction back first."
            )
        if id not in seen:
            seen.add(id)
            waiting += corrected_by.get(id, ())
    desk.put(Link(kind=LinkKind.CORRECTS, from_id=by.id, to_id=claim.id, note=comment.strip()))


# Contradictions: confirmed or dismissed by a person


def confirm_contradiction(desk: Desk, one: Claim, other: Claim, note: str = "") -> Link:
    """Say that two claims contradict each other; gives the link, which may be there already."""
    with desk.change(f"{shown(one.statement)} contradicts {shown(other.statement)}"):
        for gone in desk.find(Setting, name=_dismissal(one.id, other.id)):
            desk.drop(gone)
        for ends in ((one.id, other.id), (other.id, one.id)):
            kind = LinkKind.CONTRADICTS
            known = desk.find(Link, kind=kind, from_id=ends[0], to_id=ends[1])
            if known:
                return known[0]
        return desk.put(Link(kind=LinkKind.CONTRADICTS, from_id=one.id, to_id=other.id, note=note))


def dismiss_contradiction(desk: Desk, one: Claim, other: Claim, note: str) -> Setting:
    """Say that two claims only seem to contradict each other, and why.

    It travels with the desk as a setting. Raises NewsdeskError without a reason.
    """
    if not note.strip():
        raise NewsdeskError("A dismissal needs a reason. Nothing was changed; say why.")
    with desk.change(f"{shown(one.statement)} does not contradict {shown(other.statement)}"):
        ends = (one.id, other.id)
        for from_id, to_id in (ends, ends[::-1]):
            kind = LinkKind.CONTRADICTS
            desk.drop_all(desk.find(Link, kind=kind, from_id=from_id, to_id=to_id))
        name = _dismissal(*ends)
        known = desk.find(Setting, name=name)
        made = replace(known[0], value=note) if known else Setting(name=name, value=note)
        return desk.put(made)


def dismissed(desk: Desk) -> list[tuple[str, str]]:
    """The pairs of claims that a person said do not contradict each other."""
    found = []
    for one in desk.find(Setting):
        if one.name.startswith(DISMISSED):
            first, _, second = one.name.removeprefix(DISMISSED).partition(" ")
            found.append((first, second))
    return found


def _dismissal(one: str, other: str) -> str:
    first, second = sorted((one, other))
    return f"{DISMISSED}{first} {second}"
