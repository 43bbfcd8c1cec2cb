"""The journal's tables: revisions and their edits, written once and never changed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec
import sqlalchemy as sa

from newsdesk.model import (
    GENESIS,
    Article,
    ChainHash,
    Edit,
    NewsdeskError,
    Record,
    Revision,
    birth_digests,
    edit_digest,
    edit_digests,
    encoded,
    replace,
    short_form,
)
from newsdesk.store.rows import KINDS
from newsdesk.store.store import BATCH, Store, batches
from newsdesk.store.tables import birth, bulk_edit, edit, revision

_HEADER = [revision.c[n] for n in Revision.__struct_fields__ if n in revision.c]
_NAMES = [column.name for column in _HEADER]
MANY = 16
"""Edits of one kind at once that share a row of the journal: each in its own takes ten times as
long to write. Of fewer, any is found by its record's id alone."""

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

    def leaves(self, now: Record | None) -> bool:
        """Whether a record, or its absence, is as this edit left it."""
        if self.is_birth:
            return now is not None and edit_digest(self.kind, b"", encoded(now)) == self.digest
        if now is None or self.after is None:
            return now is None and self.after is None
        return bool(encoded(short_form(now)) == self.after.encode())


class Writing:
    """A revision being written, edit by edit, inside the store's transaction."""

    def __init__(self, store: Store, header: Revision) -> None:
        last = newest(store)
        prev_hash = last.hash if last else GENESIS
        self.header = replace(header, seq=last.seq + 1 if last else 1, prev_hash=prev_hash)
        self._store, self._chain, self.count = store, ChainHash(prev_hash, self.header), 0
        mark = store.dialect.placeholder
        self._edit = f"INSERT INTO edit VALUES ({', '.join([mark] * 7)})"
        self._bulk = f"INSERT INTO bulk_edit VALUES ({', '.join([mark] * 9)})"
        self._birth = f"INSERT INTO birth VALUES ({', '.join([mark] * 7)})"
        names, marks = ", ".join(f'"{name}"' for name in _NAMES), ", ".join([mark] * len(_NAMES))
        self._revision = f"INSERT INTO revision ({names}) VALUES ({marks})"

    def add(self, edits: Iterable[Edit]) -> None:
        """Journal edits, in the order in which they were made."""
        for (kind, is_birth), run in groupby(edits, _sort):
            if is_birth:
                self.add_births(kind, [after for _, after in run if after is not None])
            else:
                for some in batches(run):
                    self._add_changes(kind, some)

    def add_births(self, kind: str, born: Sequence[Record]) -> None:
        """Journal new records of one kind.

        By id and digest alone: the row holds the rest, and an import must not double the file.
        """
        ids = [record.id for record in born]
        if len(ids) > 1 and "\n" in "".join(ids):
            for one in born:  # each in a row of its own: in a row of many, line feeds part the ids
                self.add_births(kind, [one])
            return
        digests = b"".join(birth_digests(kind, born))
        self._chain.add(digests)
        row = (self.header.seq, self.count, kind, min(ids), max(ids), "\n".join(ids), digests)
        self._store.db.exec_driver_sql(self._birth, row)
        self.count += len(born)

    def _add_changes(self, kind: str, edits: list[Edit]) -> None:
        ids, befores, afters = [], [], []
        for before, after in edits:
            assert before is not None, "a birth is no change"
            if after is not None and kind == Article.__name__:
                before, after = short_form(before), short_form(after)
            ids.append(before.id)
            befores.append(encoded(before))
            afters.append(b"" if after is None else encoded(after))
        digests = edit_digests(kind, befores, afters)
        self._chain.add(b"".join(digests))
        seq, first = self.header.seq, self.count
        if len(ids) < MANY or "\n" in "".join(ids):
            self._store.db.exec_driver_sql(
                self._edit,
                [
                    (seq, n, kind, id, before.decode(), after.decode() or None, digest)
                    for n, (id, before, after, digest) in enumerate(
                        zip(ids, befores, afters, digests, strict=True), first
                    )
                ],
            )
        else:
            lines = ("\n".join(ids), *(b"\n".join(each).decode() for each in (befores, afters)))
            row = (seq, first, kind, min(ids), max(ids), *lines, b"".join(digests))
            self._store.db.exec_driver_sql(self._bulk, row)
        self.count += len(ids)

    def seal(self, edits: tuple[Edit, ...] | None) -> Revision:
        """Write the revision itself; `edits` is what will be announced."""
        sealed = replace(self.header, hash=self._chain.hexdigest(), count=self.count, edits=edits)
        values = tuple(getattr(sealed, name) for name in _NAMES)
        self._store.db.exec_driver_sql(self._revision, values)
        return sealed


def _sort(one: Edit) -> tuple[str, bool]:
    before, after = one
    return type(before if after is None else after).__name__, before is None


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
    starts = []
    for table in _READ:
        sql = f"SELECT n FROM {table} WHERE seq = {store.dialect.placeholder}"
        starts += [(n, table) for (n,) in store.rows(sql, (seq,))]
    starts.sort(reverse=newest_first)
    for table, run in groupby(starts, lambda start: start[1]):
        read, size = _READ[table]
        for batch in batches((n for n, _ in run), size):
            found = read(store, seq, batch)
            yield list(reversed(found)) if newest_first else found


def _births(store: Store, seq: int, places: list[int]) -> list[Entry]:
    columns = (birth.c.kind, birth.c.ids, birth.c.digests)
    between = birth.c.n.between(min(places), max(places))
    query = sa.select(*columns).where(birth.c.seq == seq, between).order_by(birth.c.n)
    return [entry for row in store.db.execute(query).all() for entry in _born(*row)]


def _born(kind: str, ids: str, digests: bytes) -> list[Entry]:
    proofs = bytes(digests)
    each = ids.split("\n") if len(proofs) > 32 else [ids]
    return [
        Entry(kind, id, None, None, proofs[at * 32 : at * 32 + 32]) for at, id in enumerate(each)
    ]


def _bulk(store: Store, seq: int, places: list[int]) -> list[Entry]:
    here = bulk_edit.c
    query = sa.select(here.kind, here.ids, here.befores, here.afters, here.digests)
    query = query.where(here.seq == seq, here.n.between(min(places), max(places)))
    found = []
    for kind, *lines, digests in store.db.execute(query.order_by(here.n)).all():
        proofs = bytes(digests)
        columns = [line.split("\n") for line in lines]
        if {len(each) * 32 for each in columns} != {len(proofs)}:
            raise NewsdeskError(
                f"{store.place} has a journal that can't be read at revision {seq}: it is damaged. "
                "Nothing was changed. Run `newsdesk check` on a copy, or open the last backup."
            )
        found += [
            Entry(kind, id, before, after or None, proofs[at * 32 : at * 32 + 32])
            for at, (id, before, after) in enumerate(zip(*columns, strict=True))
        ]
    return found


def _changes(store: Store, seq: int, places: list[int]) -> list[Entry]:
    between = edit.c.n.between(min(places), max(places))
    query = sa.select(*_CHANGE).where(edit.c.seq == seq, between).order_by(edit.c.n)
    return [_entry(row) for row in store.db.execute(query).all()]


_CHANGE = (edit.c.kind, edit.c.record, edit.c.before, edit.c.after, edit.c.digest)
# How each table's rows are read, and how many at a time.
_READ = {"edit": (_changes, BATCH), "birth": (_births, 8), "bulk_edit": (_bulk, 1)}


def decode(entry: Entry, side: str | None) -> Record | None:
    """The record on one side of an edit."""
    return _decoders[entry.kind].decode(side) if side else None


def undoable(store: Store, author: str) -> Revision | None:
    """The author's latest change that is not undone."""
    row = store.db.execute(_UNDOABLE, {"author": author}).first()
    return _revision(row) if row else None


def redoable(store: Store, author: str) -> Revision | None:
    """The author's latest undo that is not itself undone and has no later change upon it."""
    row = store.db.execute(_REDOABLE, {"author": author}).first()
    return _revision(row) if row else None


def _undoable() -> sa.Select[Any]:
    undo, redo = revision.alias("undo"), revision.alias("redo")
    standing = ~sa.exists().where(redo.c.undoes == undo.c.seq)
    return (
        sa.select(*_HEADER)
        .where(revision.c.author == sa.bindparam("author"), revision.c.undoes.is_(None))
        .where(~sa.exists().where(undo.c.undoes == revision.c.seq, standing))
        .order_by(revision.c.seq.desc())
        .limit(1)
    )


def _redoable() -> sa.Select[Any]:
    redo, change, undone = (revision.alias(n) for n in ("redo", "change", "undone"))
    own_changes = (
        sa.select(sa.func.coalesce(sa.func.max(change.c.seq), 0))
        .where(change.c.author == sa.bindparam("author"), change.c.undoes.is_(None))
        .scalar_subquery()
    )
    return (
        sa.select(*_HEADER)
        .join(undone, undone.c.seq == revision.c.undoes)
        .where(revision.c.author == sa.bindparam("author"), undone.c.undoes.is_(None))
        .where(~sa.exists().where(redo.c.undoes == revision.c.seq))
        .where(revision.c.seq > own_changes)
        .order_by(revision.c.seq.desc())
        .limit(1)
    )


# Built once: both are asked after every change.
_UNDOABLE, _REDOABLE = _undoable(), _redoable()


def last_touch(store: Store, record: str) -> Revision | None:
    """The latest revision that touched a record."""
    found = history(store, record)
    return found[-1][0] if found else None


def history(store: Store, record: str) -> list[tuple[Revision, Entry]]:
    """Everything that was done to one record, oldest first."""
    return histories(store, [record])[record]


def histories(
    store: Store, records: Collection[str]
) -> dict[str, list[tuple[Revision, Entry]]]:
    """Everything that was done to each of these records, oldest first."""
    found: dict[str, list[tuple[int, int, Entry]]] = {record: [] for record in records}
    for batch in batches(found):
        changes = sa.select(edit.c.seq, edit.c.n, *_CHANGE).where(edit.c.record.in_(batch))
        for seq, n, *row in store.db.execute(changes):
            found[row[1]].append((seq, n, _entry(row)))
    for table in ("birth", "bulk_edit"):
        for seq, n, entry in _batched(store, table, set(found)):
            found[entry.record].append((seq, n, entry))
    headers: dict[int, Revision] = {}
    for seqs in batches({seq for each in found.values() for seq, _, _ in each}):
        query = sa.select(*_HEADER).where(revision.c.seq.in_(seqs))
        headers |= {one.seq: one for one in map(_revision, store.db.execute(query))}
    return {
        record: [
            (headers[seq], entry)
            for seq, _, entry in sorted(each, key=lambda one: one[:2])
            if seq in headers
        ]
        for record, each in found.items()
    }


def _batched(
    store: Store, table: str, records: set[str], since: int = 0
) -> Iterator[tuple[int, int, Entry]]:
    """What is journalled of these records in rows of many, in one pass over those that may hold
    one."""
    if not records:
        return
    mark, read = store.dialect.placeholder, _READ[table][0]
    low, high = (f"{name}{store.dialect.by_code_points}" for name in ("lowest", "highest"))
    sql = f"SELECT seq, n, ids FROM {table} WHERE {low} <= {mark} AND {high} >= {mark}"
    given: list[Any] = [max(records), min(records)]
    if since:
        sql, given = f"{sql} AND seq >= {mark}", [*given, since]
    for seq, n, ids in store.rows(f"{sql} ORDER BY seq, n", given):
        if ids in records or not records.isdisjoint(ids.split("\n")):
            found = read(store, seq, [n])
            yield from ((seq, n, entry) for entry in found if entry.record in records)


def touched_after(store: Store, seq: int) -> Iterator[tuple[str, str]]:
    """Kind and id of whatever the revisions after `seq` made or changed; some more than once."""
    changes = sa.select(edit.c.kind, edit.c.record).where(edit.c.seq > seq).distinct()
    yield from ((kind, record) for kind, record in store.db.execute(changes))
    bulk = sa.select(bulk_edit.c.kind, bulk_edit.c.ids).where(bulk_edit.c.seq > seq)
    for kind, ids in store.db.execute(bulk):
        yield from ((kind, record) for record in ids.split("\n"))
    births = sa.select(birth.c.kind, birth.c.ids, birth.c.digests).where(birth.c.seq > seq)
    for born in store.db.execute(births):
        yield from ((entry.kind, entry.record) for entry in _born(*born))


def row_ranges(store: Store) -> Iterator[tuple[int, str, str, list[str]]]:
    """Of every row of many edits: its revision, the lowest and the highest id it says it holds, and
    the ids."""
    for table in (birth.c, bulk_edit.c):
        query = sa.select(table.seq, table.lowest, table.highest, table.ids, table.digests)
        for seq, lowest, highest, ids, digests in store.db.execute(query):
            yield seq, lowest, highest, ids.split("\n") if len(digests) > 32 else [ids]


def last_words(store: Store) -> Iterator[list[Entry]]:
    """The last that the journal says of each record that should exist, in batches of one kind."""
    query = sa.select(birth.c.seq, birth.c.n).order_by(birth.c.seq, birth.c.n)
    for seq, n in store.db.execute(query).all():
        words = []
        born = _births(store, seq, [n])
        later = _later_edits(store, (seq, n), [entry.record for entry in born])
        for entry in born:
            word = later.get(entry.record, entry)
            # Ended since: gone for good, or born again (a redo), and said there.
            if word.is_birth or word.after is not None:
                words.append(word)
        yield words


def _later_edits(store: Store, birth: tuple[int, int], records: list[str]) -> dict[str, Entry]:
    seq, _ = birth
    later = list(_batched(store, "bulk_edit", set(records), seq))
    for batch in batches(records):
        query = sa.select(edit.c.seq, edit.c.n, *_CHANGE)
        query = query.where(edit.c.record.in_(batch), edit.c.seq >= seq)
        later += [(row[0], row[1], _entry(row[2:])) for row in store.db.execute(query)]
    found: dict[str, Entry] = {}
    for *place, entry in sorted(later, key=lambda one: one[:2]):
        if tuple(place) < birth:
            continue  # the end of what the same change bears anew
        # Once ended it stays so here, whatever a later birth was followed by.
        if entry.record not in found or found[entry.record].after is not None:
            found[entry.record] = entry
    return found


def _entry(row: Sequence[Any]) -> Entry:
    kind, record, before, after, digest = row
    return Entry(kind, record, before, after, bytes(digest))


def _revision(row: Sequence[Any]) -> Revision:
    return Revision(**dict(zip(_NAMES, row, strict=True)), edits=None)
