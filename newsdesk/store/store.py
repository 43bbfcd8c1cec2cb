"""The Store: records in, records out, within transactions; it decides nothing."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

from newsdesk.model import Article, Edit, NewsdeskError, Record
from newsdesk.store.dialect import Dialect, plain_errors
from newsdesk.store.rows import Codec, codec

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
        self._sql: dict[tuple[type[Record], str], str] = {}
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
        return list(self.each(kind, **equals))

    def each(self, kind: type[R], /, **equals: Any) -> Iterator[R]:
        """Like `find`, one record at a time: for what may not fit in memory."""
        coder = codec(kind)
        with plain_errors(self.place):
            for row in self.db.execute(_select(coder, equals)):
                yield coder.from_row(row)

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
        with plain_errors(self.place):
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

    def put_all(self, records: Iterable[R]) -> Iterator[list[Edit]]:
        """Write records of one kind, new or changed, in batches; give what each batch altered."""
        for batch in batches(records):
            kind = type(batch[0])
            known = self._known(kind, [record.id for record in batch])
            if not known:
                self._write(kind, "insert", batch)
                yield [Edit(None, record) for record in batch]
                continue
            edits = [Edit(known.get(record.id), record) for record in batch]
            self._write(kind, "insert", [r for r in batch if r.id not in known])
            self._write(kind, "update", [r for r in batch if known.get(r.id, r) != r])
            yield [edit for edit in edits if edit.before != edit.after]

    def _known(self, kind: type[R], ids: list[str]) -> dict[str, R]:
        """The records of these ids that exist. Fresh ids are above all that are kept, which one
        look tells: an import needn't look for each of its records."""
        key = codec(kind).table.c.id
        highest = self.db.execute(sa.select(sa.func.max(key))).scalar()
        if highest is None or min(ids) > highest:
            return {}
        return self.get_all(kind, ids)

    def put(self, record: R) -> R | None:
        """Write one record, new or changed; give it as it was before."""
        before = self.get(type(record), record.id)
        if before is None:
            self._write(type(record), "insert", [record])
        elif before != record:
            self._write(type(record), "update", [record])
        return before

    def drop_all(self, kind: type[Record], ids: Sequence[str]) -> None:
        """Delete the records of these ids."""
        if ids:
            sql = self._statement(kind, "delete")
            self.db.exec_driver_sql(sql, [(id,) for id in ids])

    def _write(self, kind: type[R], verb: str, records: Sequence[R]) -> None:
        coder = codec(kind)
        to_row = coder.to_update if verb == "update" else coder.to_row
        if not records:
            return
        rows = [to_row(record) for record in records]
        if kind is Article and verb == "insert":
            newest = sa.select(sa.func.coalesce(sa.func.max(coder.table.c.seq), 0))
            last = int(self.db.execute(newest).scalar_one())
            self.db.exec_driver_sql(self._statement(kind, verb), rows)
            self.dialect.index_new(self.db, last)
        else:
            self.db.exec_driver_sql(self._statement(kind, verb), rows)

    def _statement(self, kind: type[Record], verb: str) -> str:
        """Plain SQL run with plain tuples in the codec's order of columns: a bulk insert through
        Core's own handling of parameters takes twice as long."""
        if (kind, verb) not in self._sql:
            coder, mark = codec(kind), self.dialect.placeholder
            quote = self._engine.dialect.identifier_preparer.quote
            names = [quote(name) for name in coder.columns]
            free = [quote(name) for name in coder.columns if name not in coder.fixed]
            self._sql[kind, verb] = {
                "insert": f"INSERT INTO {coder.table.name} ({', '.join(names)})"
                f" VALUES ({', '.join([mark] * len(names))})",
                "update": f"UPDATE {coder.table.name} SET"
                f" {', '.join(f'{name} = {mark}' for name in free)} WHERE id = {mark}",
                "delete": f"DELETE FROM {coder.table.name} WHERE id = {mark}",
            }[verb]
        return self._sql[kind, verb]

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
