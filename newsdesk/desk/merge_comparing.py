"""Which of two versions of a record came after the other: the journals of both desks tell.

A version that stands in the other desk's journal as an earlier state was known there and changed:
the other desk's is newer. Where neither journal knows the other's version, both have changed.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from newsdesk.desk.merge_matching import Matching
from newsdesk.desk.merge_report import Conflict, Side, Version
from newsdesk.desk.reading import Reading
from newsdesk.model import (
    Annotation,
    Article,
    Label,
    Record,
    Review,
    Revision,
    Snapshot,
    replace,
)
from newsdesk.model.journal import encoded, short_form
from newsdesk.store.journal import Entry

History = Sequence[tuple[Revision, Entry]]
Histories = Mapping[str, History]

# What has no say in whether two versions are one: a label's place and key are each desk's own.
_OWN_OF_LABELS = ("position", "shortcut")


class Comparing:
    """Decides about one record after the other; `kept` are versions of the other desk that were
    seen and turned down before, by record."""

    def __init__(
        self, mine: Reading, theirs: Reading, matching: Matching, kept: dict[str, str]
    ) -> None:
        self._mine, self._theirs, self._matching, self._kept = mine, theirs, matching, kept
        hashes = {one.seq: one.hash for one in mine.log()}
        # A revision's hash covers all before it: the newest that both have ends what they share.
        shared = (one.seq for one in theirs.log() if hashes.get(one.seq) == one.hash)
        self.shared = next(shared, 0)
        self._told: dict[Reading, Histories] = {mine: {}, theirs: {}}

    def read_up(self, records: Collection[str]) -> None:
        """Read what both journals tell of these records, all at once; it is held until the next
        time."""
        for desk in self._told:
            self._told[desk] = desk.histories(records)

    def _history(self, desk: Reading, id: str) -> History:
        found = self._told[desk].get(id)
        return desk.history(id) if found is None else found

    def as_here(self, theirs: Record, mine: Record | None) -> Record:
        """The other desk's record as it would stand here, with what is this desk's own."""
        mapped = self._matching.mapped(theirs)
        if isinstance(mapped, Label) and isinstance(mine, Label):
            return replace(mapped, **{name: getattr(mine, name) for name in _OWN_OF_LABELS})
        return mapped

    def newer(self, mine: Record, theirs: Record) -> Side | None:
        """Whose version came after the other's; None where both desks changed the record."""
        if self._kept.get(theirs.id) == fingerprint(theirs):
            return Side.MINE
        if self._never_changes(mine, theirs):
            return Side.MINE
        here, there = self._touched(self._mine, mine.id), self._touched(self._theirs, mine.id)
        if here == there:
            there = self._knows(self._theirs, mine, self._matching.unmapped(mine))
            here = self._knows(self._mine, theirs, self._matching.mapped(theirs))
        if here == there:
            return None
        return Side.THEIRS if there else Side.MINE

    @staticmethod
    def _never_changes(mine: Record, theirs: Record) -> bool:
        if isinstance(mine, Article) and isinstance(theirs, Article):
            return (mine.text, mine.raw) != (theirs.text, theirs.raw)
        return isinstance(mine, Review | Snapshot)

    def _touched(self, desk: Reading, id: str) -> bool:
        """Whether a desk changed a record since both last were one desk."""
        history = self._history(desk, id)
        return bool(history) and history[-1][0].seq > self.shared

    def deleted_here(self, theirs: Record) -> bool:
        """Whether this desk knew just this version when it deleted the record."""
        if self._kept.get(theirs.id) == fingerprint(theirs):
            return True
        return self._knows(self._mine, theirs, self._matching.mapped(theirs))

    def deleted_there(self, mine: Record) -> bool:
        """Whether the other desk knew just this version when it deleted the record."""
        return self._knows(self._theirs, mine, self._matching.unmapped(mine))

    def _knows(self, desk: Reading, *versions: Record) -> bool:
        """Whether a version stands in a desk's journal."""
        for _, entry in self._history(desk, versions[0].id):
            for one in versions:
                if entry.leaves(one) or entry.before in (
                    encoded(one).decode(),
                    encoded(short_form(one)).decode(),
                ):
                    return True
        return False

    def conflict(self, mine: Record | None, theirs: Record | None) -> Conflict:
        """A record that both desks changed, with what differs."""
        record = mine if mine is not None else theirs
        assert record is not None, "one side has it"
        fields = _differing(mine, theirs)
        return Conflict(
            kind=type(record).__name__.lower(),
            record=record.id,
            title=title_of(record),
            mine=_version(self._history(self._mine, record.id), mine, fields),
            theirs=_version(self._history(self._theirs, record.id), theirs, fields),
        )


def later(conflict: Conflict) -> Side:
    """Whose version of a conflict was written later; of two written at once, the same on either
    desk."""
    mine, theirs = ((v.at, repr(v.fields)) for v in (conflict.mine, conflict.theirs))
    return Side.THEIRS if theirs > mine else Side.MINE


def fingerprint(record: Record) -> str:
    """The SHA-256 of a version, by which it is known again."""
    return hashlib.sha256(encoded(record)).hexdigest()


def title_of(record: Record) -> str:
    """What a record is called in a list."""
    if isinstance(record, Annotation):
        return record.quote
    for name in ("title", "name", "statement", "description", "comment", "kind"):
        said = getattr(record, name, "")
        if said:
            return str(said)
    return record.id


def _differing(mine: Record | None, theirs: Record | None) -> tuple[str, ...]:
    if mine is None or theirs is None:
        names = (mine or theirs).__struct_fields__  # type: ignore[union-attr]
        return tuple(name for name in names if name not in _LONG)
    return tuple(
        name
        for name in mine.__struct_fields__
        if name not in _LONG and getattr(mine, name) != getattr(theirs, name)
    )


_LONG = ("id", "text", "raw", "bytes", "sha256", "canoniser", "imported_at")


def _version(found: History, record: Record | None, fields: tuple[str, ...]) -> Version:
    at, author = (found[-1][0].at, found[-1][0].author) if found else ("", "")
    shown: dict[str, Any] | None = None
    if record is not None:
        shown = {name: msgspec.to_builtins(getattr(record, name)) for name in fields}
    return Version(fields=shown, at=at, author=author)
