"""What a merge of desks did or would do: what came, what gave way, what two people changed."""

from enum import StrEnum
from typing import Any

import msgspec

from newsdesk.formats.format import LISTED


class Side(StrEnum):
    """Whose version of a record stands."""

    MINE = "mine"
    THEIRS = "theirs"


class Rule(StrEnum):
    """How conflicts are decided that nobody has decided one by one; `ask` leaves them open."""

    ASK = "ask"
    NEWER = "newer"
    MINE = "mine"
    THEIRS = "theirs"


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One desk's version of a record: the fields that differ, when it was written and by whom.

    `fields` is None where that desk has deleted the record.
    """

    fields: dict[str, Any] | None
    at: str = ""
    author: str = ""


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A record that both desks changed since they last had it in common; `taken` None is open:
    this desk's version stands for now."""

    kind: str
    record: str
    title: str
    mine: Version
    theirs: Version
    taken: Side | None = None


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """Two entities, one of each desk, that may be the same; `merged` where that was said."""

    mine: str
    theirs: str
    name: str
    kind: str
    why: str
    merged: bool = False


class MergeReport(msgspec.Struct, kw_only=True):
    """What a merge brought, by kind of record.

    `desk` and `head` say where it came from: the other desk's name and its newest revision's hash.
    `matched` are records under another id that are the same thing here; `kept` are records that
    the other desk has deleted, or this one, and that had to stay or come back. `done` is false
    where it was only looked at, and where there was nothing to do.
    """

    desk: str
    head: str
    done: bool = False
    added: dict[str, int] = {}
    changed: dict[str, int] = {}
    removed: dict[str, int] = {}
    matched: dict[str, int] = {}
    conflicts: list[Conflict] = []
    offers: list[Offer] = []
    kept: list[str] = []

    @property
    def open(self) -> int:
        """How many conflicts nobody and no rule has decided."""
        return sum(one.taken is None for one in self.conflicts)

    @property
    def nothing(self) -> bool:
        """Whether the other desk had nothing new."""
        return not (self.added or self.changed or self.removed)

    def shortened(self) -> "MergeReport":
        """The report with the first thousand of each list."""
        lists = {name: getattr(self, name)[:LISTED] for name in ("conflicts", "offers", "kept")}
        return msgspec.structs.replace(self, **lists)
