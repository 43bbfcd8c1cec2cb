"""Claims, the evidence for and against them, and who checked them."""

import hashlib

from msgspec.structs import force_setattr

from newsdesk.model.record import Record, check_date, now
from newsdesk.model.values import Checkworthy, ClaimState, LinkKind, Stance, Verdict


class Claim(Record, frozen=True, kw_only=True, gc=False):
    """A statement that can be checked; CLAIM annotations are its appearances (Annotation.claim)."""

    statement: str
    topic: str = ""
    checkworthy: Checkworthy = Checkworthy.UNSURE
    reason: str = ""
    verdict: Verdict | None = None
    rating: str = ""
    state: ClaimState = ClaimState.UNREVIEWED
    due: str | None = None
    assignee: str = ""

    def __post_init__(self) -> None:
        if not self.statement.strip():
            raise ValueError("a claim needs a statement")
        check_date(self.due, "the date a claim is due")


class Snapshot(Record, frozen=True, kw_only=True, gc=False):
    """Bytes captured at an address, kept by their SHA-256; never changed."""

    sha256: str
    media_type: str
    bytes: bytes
    url: str | None = None
    captured_at: str

    def __post_init__(self) -> None:
        if hashlib.sha256(self.bytes).hexdigest() != self.sha256:
            raise ValueError(f"snapshot {self.id}: the bytes differ from their SHA-256")


class Evidence(Record, frozen=True, kw_only=True, gc=False):
    """Something that supports or refutes a claim, with the passage that says so.

    It points to an address, an article or an annotation; `exact`, `prefix` and `suffix` quote the
    passage (W3C Web Annotation's TextQuoteSelector).
    """

    claim: str
    stance: Stance
    title: str = ""
    publisher: str = ""
    url: str | None = None
    article: str | None = None
    annotation: str | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    snapshot: str | None = None
    question: str = ""


class Review(Record, frozen=True, kw_only=True, gc=False):
    """One step of a claim's state, by a person, with a comment; never changed afterwards."""

    claim: str
    from_state: ClaimState
    to_state: ClaimState
    verdict: Verdict | None = None
    reviewer: str
    at: str = ""
    comment: str

    def __post_init__(self) -> None:
        if not self.comment.strip():
            raise ValueError("a review needs a comment")
        if not self.reviewer.strip():
            raise ValueError("a review needs its reviewer's name")
        if not self.at:
            force_setattr(self, "at", now())


class Link(Record, frozen=True, kw_only=True, gc=False):
    """A named relation between any two records, such as `contradicts` between two claims."""

    kind: LinkKind
    from_id: str
    to_id: str
    note: str = ""

    def __post_init__(self) -> None:
        if self.from_id == self.to_id:
            raise ValueError("a link needs two different ends")


class Setting(Record, frozen=True, kw_only=True, gc=False):
    """A setting that travels with the desk, such as a house's rules or a saved search."""

    name: str
    value: str = ""
