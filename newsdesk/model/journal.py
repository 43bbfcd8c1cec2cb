"""The journal: one Revision for each change, chained by hash."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from newsdesk.model.article import Article
from newsdesk.model.claim import Review, Snapshot
from newsdesk.model.record import Record

GENESIS = "0" * 64
"""What stands for the revision before the first."""


class Edit(NamedTuple):
    """What one record was and became; None before its birth and after its end."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record as it is now, or as it last was."""
        found = self.after if self.after is not None else self.before
        assert found is not None, "an edit has a before or an after"
        return found


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """One change: a transaction, a journal entry, an undo step and an announcement in one.

    `undoes` is the seq of the revision that this one takes back (undo), or of the undo that it
    takes back (redo). `edits` is None where they are too many to be announced one by one:
    listeners then reload instead of patching. `count` is their number in any case.
    """

    seq: int
    id: str
    title: str
    author: str
    at: str
    undoes: int | None = None
    prev_hash: str = GENESIS
    hash: str = ""
    count: int = 0
    edits: tuple[Edit, ...] | None = ()


encoded = msgspec.json.Encoder().encode
"""A record's canonical JSON, as bytes: the form that is journalled and hashed."""


def short_form(record: Record) -> Record:
    """A record without what can't change: the journal of a retitled article needs no text."""
    return replace(record, text="", raw=None) if isinstance(record, Article) else record


def in_full(short: Record, now: Record | None) -> Record:
    """The record that a short form stands for, given the record as it is now."""
    if isinstance(short, Article) and isinstance(now, Article) and not short.text:
        return replace(short, text=now.text, raw=now.raw)
    return short


def check_edit(edit: Edit) -> None:
    """Raise ValueError where an edit would alter what never changes once it is kept."""
    before, after = edit
    if before is None or after is None:
        return
    if isinstance(before, Review | Snapshot):
        raise ValueError(f"{type(before).__name__.lower()} {before.id} is never changed")
    if isinstance(before, Article) and isinstance(after, Article):
        was, is_now = (
            (before.text, before.raw, before.sha256),
            (after.text, after.raw, after.sha256),
        )
        if was != is_now:
            raise ValueError(
                f"the text of article {before.id} never changes: import it as a new one"
            )


def edit_digest(kind: str, before: bytes, after: bytes) -> bytes:
    """SHA-256 (32 bytes) of one edit, from the kind's name and the canonical JSON on both sides.

    An absent side is empty. A birth is journalled by this digest alone.
    """
    return hashlib.sha256(b"\0".join((kind.encode(), before, after))).digest()


def edit_digests(kind: str, befores: Iterable[bytes], afters: Iterable[bytes]) -> list[bytes]:
    """`edit_digest` of each of many edits of one kind."""
    start, sha256 = kind.encode() + b"\0", hashlib.sha256
    sides = zip(befores, afters, strict=True)
    return [sha256(start + before + b"\0" + after).digest() for before, after in sides]


def birth_digests(kind: str, records: Iterable[Record]) -> list[bytes]:
    """The digests of births: `edit_digest` of each record without a `before`."""
    start, sha256 = b"\0".join((kind.encode(), b"", b"")), hashlib.sha256
    return [sha256(start + encoded(record)).digest() for record in records]


class ChainHash:
    """A revision's hash in the making: SHA-256 over the hash before it, its header and its edits.

    Fed with one digest for each edit, in order, so that an import of any size is hashed as it
    streams.
    """

    def __init__(self, prev_hash: str, header: Revision) -> None:
        start = [prev_hash, header.seq, header.id, header.title, header.author, header.at]
        self._running = hashlib.sha256(msgspec.json.encode([*start, header.undoes]))

    def add(self, digests: bytes) -> None:
        """Feed the digest of the next edit, or of several, one after the other."""
        self._running.update(digests)

    def hexdigest(self) -> str:
        """The hash of all that was fed, as 64 hexadecimal digits."""
        return self._running.hexdigest()
