"""Which claims of the queue a revision touches: those lines are read again, and no others."""

from __future__ import annotations

from newsdesk.model import Annotation, Claim, Edit, Evidence, Link, Review, Revision

MANY = 200
"""Claims that are read one by one; beyond that the queue is read anew."""


def touched_claims(revision: Revision) -> set[str] | None:
    """The ids of the claims whose lines may have changed; None where the queue must be read anew,
    since claims came or went."""
    if revision.edits is None:
        return None
    found: set[str] = set()
    for edit in revision.edits:
        if isinstance(edit.record, Link) or (isinstance(edit.record, Claim) and _came(edit)):
            return None
        for record in (edit.before, edit.after):
            if isinstance(record, Claim):
                found.add(record.id)
            elif isinstance(record, Annotation | Evidence | Review) and record.claim:
                found.add(record.claim)
    return found if len(found) <= MANY else None


def _came(edit: Edit) -> bool:
    return edit.before is None or edit.after is None
