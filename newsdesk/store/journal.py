"""The journal's tables: revisions and their edits, written once and never changed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from newsdesk.model import (
    GENESIS,
    ChainHash,
    Edit,
    Record,
    Revision,
    edit_digest,
    encoded,
    replace,
    short_form,
)
from newsdesk.store.rows import KINDS
from newsdesk.store.store import Store, batches
from newsdesk.store.tables import edit, revision

_HEADER = [revision.c[n] for n in Revision.__struct_fields__ if n in revision.c]
_NAMES = [column.name for column in _HEADER]
_decoders = {name: msgspec.json.Decoder(kind) for name, kind in KINDS.items()}


class Entry(msgspec.Struct, frozen=True):
    """One edit as the journal holds it; a birth has neither `before` nor `after`."""

    kind: str
    record: str
    before: str | None
    after: str | None
    digest: bytes

    @property
    def is_birth(self) -> bool:
        """Whether the record came into being here: its row holds the rest."""
        return self.before is None and self.after is None


class Writing:
    """A revision being written, edit by edit, inside the store's transaction."""

    def __init__(self, store: Store, header: Revision) -> None:
        last = newest(store)
        prev_hash = last.hash if last else GENESIS
        self.header = replace(header, seq=last.seq + 1 if last else 1, prev_hash=prev_hash)
        self._store, self._chain, self.count = store, ChainHash(prev_hash, self.header), 0
        mark = store.dialect.placeholder
        self._sql = f"INSERT INTO edit VALUES ({', '.join([mark] * 7)})"

    def add(self, edits: Iterable[Edit]) -> None:
        """Journal edits, in the order in which they were made."""
        rows = []
        for one in edits:
            kind = type(one.record).__name__
            before, after = (_written(one, side) for side in one)
            digest = edit_digest(kind, before, after)
            self._chain.add(digest)
            # A birth is kept by its digest alone: an import must not double the file.
            rows.append(
                (
                    self.header.seq,
                    self.count,
                    kind,
                    one.record.id,
                    before.decode() or None,
                    (after.decode() or None) if before else None,
                    digest,
                )
            )
            self.count += 1
        if rows:
            self._store.db.exec_driver_sql(self._sql, rows)

    def seal(self, edits: tuple[Edit, ...] | None) -> Revision:
        """Write the revision itself; `edits` is what will be announced."""
        sealed = replace(self.header, hash=self._chain.hexdigest(), count=self.count, edits=edits)
        values = {name: getattr(sealed, name) for name in _NAMES}
        self._store.db.execute(revision.insert().values(values))
        return sealed


def _written(one: Edit, side: Record | None) -> bytes:
    if side is None:
        return b""
    changed = one.before is not None and one.after is not None
    return encoded(short_form(side) if changed else side)


def newest(store: Store) -> Revision | None:
    """The last revision, without its edits."""
    found = revisions(store, newest_first=True, limit=1)
    return found[0] if found else None


def revisions(
    store: Store,
    *,
    after: int = 0,
    author: str | None = None,
    newest_first: bool = False,
    limit: int | None = None,
) -> list[Revision]:
    """Revisions with a seq above `after`, without their edits."""
    order = revision.c.seq.desc() if newest_first else revision.c.seq
    query = sa.select(*_HEADER).where(revision.c.seq > after).order_by(order).limit(limit)
    if author is not None:
        query = query.where(revision.c.author == author)
    return [_revision(row) for row in store.db.execute(query)]


def revision_at(store: Store, seq: int) -> Revision | None:
    """One revision, without its edits."""
    row = store.db.execute(sa.select(*_HEADER).where(revision.c.seq == seq)).first()
    return _revision(row) if row else None


def entries(store: Store, seq: int, *, newest_first: bool = False) -> Iterator[list[Entry]]:
    """A revision's edits as journalled, in batches, in order or against it."""
    order = edit.c.n.desc() if newest_first else edit.c.n
    columns = (edit.c.kind, edit.c.record, edit.c.before, edit.c.after, edit.c.digest)
    rows = store.db.execute(sa.select(*columns).where(edit.c.seq == seq).order_by(order))
    # Read to the end before the caller writes to what it reads.
    for batch in batches(rows.all()):
        yield [_entry(row) for row in batch]


def decode(entry: Entry, side: str | None) -> Record | None:
    """The record on one side of an edit."""
    return _decoders[entry.kind].decode(side) if side else None


def undoable(store: Store, author: str) -> Revision | None:
    """The author's latest change that is not undone."""
    undo, redo = revision.alias("undo"), revision.alias("redo")
    query = (
        sa.select(*_HEADER)
        .where(revision.c.author == author, revision.c.undoes.is_(None))
        .where(~_answered(revision.c.seq, undo, redo))
        .order_by(revision.c.seq.desc())
        .limit(1)
    )
    row = store.db.execute(query).first()
    return _revision(row) if row else None


def redoable(store: Store, author: str) -> Revision | None:
    """The author's latest undo that is not itself undone and has no later change upon it."""
    redo, change, undone = (revision.alias(n) for n in ("redo", "change", "undone"))
    own_changes = (
        sa.select(sa.func.coalesce(sa.func.max(change.c.seq), 0))
        .where(change.c.author == author, change.c.undoes.is_(None))
        .scalar_subquery()
    )
    query = (
        sa.select(*_HEADER)
        .join(undone, undone.c.seq == revision.c.undoes)
        .where(revision.c.author == author, undone.c.undoes.is_(None))
        .where(~sa.exists().where(redo.c.undoes == revision.c.seq))
        .where(revision.c.seq > own_changes)
        .order_by(revision.c.seq.desc())
        .limit(1)
    )
    row = store.db.execute(query).first()
    return _revision(row) if row else None


def last_touch(store: Store, record: str) -> Revision | None:
    """The latest revision that touched a record."""
    query = sa.select(sa.func.max(edit.c.seq)).where(edit.c.record == record)
    seq = store.db.execute(query).scalar()
    return revision_at(store, seq) if seq else None


def history(store: Store, record: str) -> list[tuple[Revision, Entry]]:
    """Everything that was done to one record, oldest first."""
    columns = (edit.c.kind, edit.c.record, edit.c.before, edit.c.after, edit.c.digest)
    query = (
        sa.select(*_HEADER, *columns)
        .join(edit, edit.c.seq == revision.c.seq)
        .where(edit.c.record == record)
        .order_by(edit.c.seq, edit.c.n)
    )
    split = len(_NAMES)
    return [(_revision(row[:split]), _entry(row[split:])) for row in store.db.execute(query)]


def _answered(seq: sa.ColumnElement[int], undo: sa.FromClause, redo: sa.FromClause) -> sa.Exists:
    standing = ~sa.exists().where(redo.c.undoes == undo.c.seq)
    return sa.exists().where(undo.c.undoes == seq, standing)


def _entry(row: Sequence[Any]) -> Entry:
    kind, record, before, after, digest = row
    return Entry(kind, record, before, after, bytes(digest))


def _revision(row: Sequence[Any]) -> Revision:
    return Revision(**dict(zip(_NAMES, row, strict=True)), edits=None)
