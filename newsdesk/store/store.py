"""The Store: records in, records out, within transactions; it decides nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

from newsdesk.model import Article, Edit, NewsdeskError, Record, check_edit
from newsdesk.store.dialect import Dialect, plain_errors, speak_plainly
from newsdesk.store.rows import Codec, Row, codec

R = TypeVar("R", bound=Record)
T = TypeVar("T")

BATCH = 500
"""Records a statement: bounds the memory of bulk work, and the variables of one SELECT."""


class Store:
    """One open desk. Reads give records; `put` and `drop` give what was there before.

    `place` is what messages call the desk: its file's name, or the server's database.
    """

    def __init__(
        self, engine: sa.Engine, dialect: Dialect, place: str, *, read_only: bool = False
    ) -> None:
        self.place, self.read_only, self.dialect = place, read_only, dialect
        self._engine = engine
        speak_plainly(engine, place)
        with plain_errors(place):
            self.db = engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def close(self) -> None:
        """Let go of the file; with SQLite this folds the write-ahead log into it."""
        self.db.close()
        self._engine.dispose()

    # Reading

    def get(self, kind: type[R], id: str) -> R | None:
        """The record of this kind and id, or None."""
        found = self.find(kind, id=id)
        return found[0] if found else None

    def get_all(self, kind: type[R], ids: Iterable[str]) -> dict[str, R]:
        """The records of these ids that exist, by id."""
        found: dict[str, R] = {}
        for batch in batches(ids):
            for record in self.find(kind, id=batch):
                found[record.id] = record
        return found

    def find(self, kind: type[R], /, **equals: Any) -> list[R]:
        """Records whose columns equal the values given (a list: any of them), in order of birth.

        Annotations come in order of the text.
        """
        coder = codec(kind)
        return self.records(coder, self.db.execute(_select(coder, equals)).all())

    def each(self, kind: type[R], /, **equals: Any) -> Iterator[R]:
        """Like `find`, one record at a time: for what may not fit in memory."""
        coder = codec(kind)
        for rows in self.db.execute(_select(coder, equals)).partitions(BATCH):
            yield from self.records(coder, rows)

    def records(self, coder: Codec[R], rows: Iterable[Row]) -> list[R]:
        """The records that rows stand for; raises NewsdeskError where one is damaged."""
        try:
            return [coder.from_row(row) for row in rows]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NewsdeskError(
                f"{self.place} holds an {coder.table.name} that can't be read: it was damaged, or "
                "changed by another program. Nothing was changed. Run `newsdesk check` on a copy, "
                "or open the last backup."
            ) from error

    def count(self, kind: type[Record], /, **equals: Any) -> int:
        """How many records `find` would give."""
        table = codec(kind).table
        query = sa.select(sa.func.count()).select_from(table)
        return int(self.db.execute(_where(query, table, equals)).scalar_one())

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: begins at once as a writer, and rolls back on any error."""
        if self.read_only:
            raise NewsdeskError(
                f"{self.place} can only be read, not written. Nothing was changed. "
                "Copy the file to a folder of your own and open the copy."
            )
        for statement in self.dialect.begin:
            self.db.exec_driver_sql(statement)
        try:
            yield
            self.db.exec_driver_sql("COMMIT")
        except BaseException:
            # SQLite may have rolled back by itself (a full disk): then there is none to end.
            if self._in_transaction():
                self.db.exec_driver_sql("ROLLBACK")
            raise

    def put(self, record: R) -> R | None:
        """Write one record, new or changed; give it as it was before."""
        before = self.get(type(record), record.id)
        if before != record:
            self.apply([Edit(before, record)])
        return before

    def put_all(self, records: Iterable[R]) -> Iterator[list[Edit]]:
        """Write records of one kind, new or changed, in batches; give what each batch altered."""
        for batch in batches(records):
            known = self._known(type(batch[0]), [record.id for record in batch])
            edits = [Edit(known.get(record.id), record) for record in batch]
            if known:
                edits = [edit for edit in edits if edit.before != edit.after]
            self.apply(edits)
            yield edits

    def apply(self, edits: Iterable[Edit]) -> None:
        """Write edits whose `before` is what the desk holds now.

        Raises ValueError where one would alter what never changes.
        """
        by_kind: dict[type[Record], list[Edit]] = {}
        for edit in edits:
            check_edit(edit)
            by_kind.setdefault(type(edit.record), []).append(edit)
        for kind, each in by_kind.items():
            self._insert(kind, [after for before, after in each if before is None and after])
            self._update(kind, [edit for edit in each if edit.before and edit.after])
            self._delete(kind, [before for before, after in each if after is None and before])

    def _known(self, kind: type[R], ids: list[str]) -> dict[str, R]:
        """The records of these ids that exist. Fresh ids are above all that are kept, which one
        look tells: an import needn't look for each of its records."""
        key = codec(kind).table.c.id
        highest = self.db.execute(sa.select(sa.func.max(key))).scalar()
        if highest is None or min(ids) > highest:
            return {}
        return self.get_all(kind, ids)

    # Plain SQL with plain tuples in the codec's order of columns: a bulk insert through Core's
    # own handling of parameters takes twice as long.

    def _insert(self, kind: type[R], records: list[R]) -> None:
        if not records:
            return
        coder = codec(kind)
        names = ", ".join(map(self._quoted, coder.columns))
        marks = ", ".join([self.dialect.placeholder] * len(coder.columns))
        newest = self._newest_article() if kind is Article else 0
        sql = f"INSERT INTO {coder.table.name} ({names}) VALUES ({marks})"
        self.db.exec_driver_sql(sql, [coder.to_row(record) for record in records])
        if kind is Article:
            self.dialect.index_new(self.db, newest)

    def _update(self, kind: type[Record], edits: list[Edit]) -> None:
        """Sets the columns that differ, and no others: an index is then touched only by what it
        holds, and a new title does not write the text again."""
        coder: Codec[Any] = codec(kind)
        by_columns: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for before, after in edits:
            assert after is not None
            row = list(zip(coder.columns, coder.to_row(before), coder.to_row(after), strict=True))
            names = tuple(name for name, was, now in row if was != now)
            values = [now for _, was, now in row if was != now]
            by_columns.setdefault(names, []).append((*values, after.id))
        mark = self.dialect.placeholder
        for names, rows in by_columns.items():
            changes = ", ".join(f"{self._quoted(name)} = {mark}" for name in names)
            sql = f"UPDATE {coder.table.name} SET {changes} WHERE id = {mark}"
            self.db.exec_driver_sql(sql, rows)

    def _delete(self, kind: type[Record], records: list[Record]) -> None:
        if records:
            sql = f"DELETE FROM {codec(kind).table.name} WHERE id = {self.dialect.placeholder}"
            self.db.exec_driver_sql(sql, [(record.id,) for record in records])

    def _quoted(self, name: str) -> str:
        return self._engine.dialect.identifier_preparer.quote(name)

    def _newest_article(self) -> int:
        highest = sa.func.coalesce(sa.func.max(codec(Article).table.c.seq), 0)
        return int(self.db.execute(sa.select(highest)).scalar_one())

    def _in_transaction(self) -> bool:
        raw = self.db.connection.driver_connection
        return bool(getattr(raw, "in_transaction", True))


def _select(coder: Codec[Any], equals: dict[str, Any]) -> sa.Select[Any]:
    table = coder.table
    query = _where(sa.select(*(table.c[name] for name in coder.columns)), table, equals)
    if "start" in table.c and "article" in equals:
        return query.order_by(table.c.start, table.c.id)
    return query.order_by(table.c.id)


def _where(query: sa.Select[Any], table: sa.Table, equals: dict[str, Any]) -> sa.Select[Any]:
    for name, value in equals.items():
        column = table.c[name]
        if isinstance(value, list | tuple | set):
            query = query.where(column.in_([_plain(one) for one in value]))
        else:
            query = query.where(column == _plain(value))
    return query


def _plain(value: Any) -> Any:
    """An enum's member as its text: psycopg would write the member's name."""
    return value.value if isinstance(value, StrEnum) else value


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Cut any stream into lists of at most `size`."""
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch
