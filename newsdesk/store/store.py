"""The Store: records in, records out, within transactions; it decides nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import compress, islice
from operator import attrgetter, ne
from typing import Any, TypeVar

import sqlalchemy as sa

from newsdesk.model import Annotation, Edit, NewsdeskError, Record, check_edit
from newsdesk.store.dialect import Dialect, plain_errors, speak_plainly
from newsdesk.store.rows import Codec, Row, codec

R = TypeVar("R", bound=Record)
T = TypeVar("T")

BATCH = 500
"""Records a statement: bounds the memory of bulk work, and the variables of one SELECT."""

_LISTS = (list, tuple, set, frozenset)


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

    def now(self, record: R) -> R | None:
        """A record as the desk has it now, or None.

        An article's text never changes: where length and SHA-256 agree it is taken from the record
        at hand, for to read 50 MB anew takes a tenth of a second.
        """
        coder: Codec[R] = codec(type(record))
        if coder.apart is None:
            return self.get(type(record), record.id)
        at_hand = dict(zip(coder.columns, coder.to_row(record), strict=True))
        same = {name: at_hand[name] for name in ("id", "sha256", "length")}
        rows = self.rows(*self._selection(coder, same, ("id",), coder.table))
        if not rows:
            return self.get(type(record), record.id)
        here = dict(zip((n for n in coder.columns if n in coder.table.c), rows[0], strict=True))
        return self.records(coder, [tuple({**at_hand, **here}.values())])[0]

    def get_all(self, kind: type[R], ids: Iterable[str]) -> dict[str, R]:
        """The records of these ids that exist, by id."""
        found: dict[str, R] = {}
        for batch in batches(ids):
            for record in self.find(kind, id=batch):
                found[record.id] = record
        return found

    def find(self, kind: type[R], /, **equals: Any) -> list[R]:
        """Records whose columns equal the values given (a list: any of them), in order of birth.

        Annotations of articles come article by article, in order of the text.
        """
        coder, order = codec(kind), _order(kind, equals)
        parts = _parts(equals)
        found: list[R] = []
        for part in parts:
            found += self.records(coder, self.rows(*self._selection(coder, part, order)))
        if len(parts) > 1:
            found.sort(key=attrgetter(*order))
        return found

    def each(self, kind: type[R], /, **equals: Any) -> Iterator[R]:
        """Like `find`, one record at a time: for what may not fit in memory."""
        coder = codec(kind)
        statement = self._selection(coder, equals, _order(kind, equals))
        for rows in self.db.exec_driver_sql(*statement).partitions(BATCH):
            yield from self.records(coder, rows)

    def rows(self, sql: str, given: Sequence[Any] = ()) -> list[Row]:
        """All that a statement in the database's own words gives, as plain tuples: rows of
        SQLAlchemy's take half as long again to read, and its statements to put together."""
        with plain_errors(self.place):
            cursor = self.db.exec_driver_sql(sql, tuple(given)).cursor
            assert cursor is not None, "a statement that gives rows"
            return list(cursor.fetchall())

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
        where, given = self._where(table, equals)
        ((number,),) = self.rows(f"SELECT count(*) FROM {table.name}{where}", given)
        return int(number)

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
        before = self.now(record)
        if before != record:
            self.apply([Edit(before, record)])
        return before

    def add_all(self, records: list[R]) -> None:
        """Write records of one kind that the desk does not have."""
        self._insert(type(records[0]), records)

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

    # Plain SQL with plain tuples in the codec's order of columns, here and in what is read: a bulk
    # insert through Core's own handling of parameters takes twice as long.

    def _insert(self, kind: type[R], records: list[R]) -> None:
        if not records:
            return
        coder = codec(kind)
        rows = zip(*map(coder.to_row, records), strict=True)
        columns = dict(zip(coder.columns, rows, strict=True))
        if coder.apart is None:
            self._insert_columns(coder.table, columns)
            return
        ((newest,),) = self.rows("SELECT coalesce(max(seq), 0) FROM article")
        columns["seq"] = tuple(range(newest + 1, newest + 1 + len(records)))
        for table in (coder.table, coder.apart):
            self._insert_columns(table, {n: each for n, each in columns.items() if n in table.c})
        words = zip(columns["seq"], columns["title"], columns["text"], strict=True)
        self.dialect.index_new(self.db, list(words))

    def _insert_columns(self, table: sa.Table, columns: Mapping[str, Sequence[Any]]) -> None:
        # A column without a value is left out: the driver takes longer over a None than a text.
        held = {name: each for name, each in columns.items() if _any_in(each)}
        marks = ", ".join([self.dialect.placeholder] * len(held))
        sql = f"INSERT INTO {table.name} ({_listed(held)}) VALUES ({marks})"
        self.db.exec_driver_sql(sql, list(zip(*held.values(), strict=True)))

    def _update(self, kind: type[Record], edits: list[Edit]) -> None:
        """Sets the columns that differ, and no others: an index is then touched only by what it
        holds, and a new title does not write the text again."""
        coder: Codec[Any] = codec(kind)
        by_columns: dict[tuple[bool, ...], list[tuple[Any, ...]]] = {}
        for before, after in edits:
            assert after is not None
            row = coder.to_row(after)
            differing = tuple(map(ne, coder.to_row(before), row))
            by_columns.setdefault(differing, []).append((*compress(row, differing), after.id))
        mark = self.dialect.placeholder
        for differing, rows in by_columns.items():
            names = compress(coder.columns, differing)
            changes = ", ".join(f'"{name}" = {mark}' for name in names)
            sql = f"UPDATE {coder.table.name} SET {changes} WHERE id"
            if len({row[:-1] for row in rows}) > 1:
                self.db.exec_driver_sql(f"{sql} = {mark}", rows)
                continue
            for some in batches(row[-1] for row in rows):  # all become the same, in one go
                marks = ", ".join([mark] * len(some))
                self.db.exec_driver_sql(f"{sql} IN ({marks})", (*rows[0][:-1], *some))

    def _delete(self, kind: type[Record], records: list[Record]) -> None:
        if records:
            sql = f"DELETE FROM {codec(kind).table.name} WHERE id = {self.dialect.placeholder}"
            self.db.exec_driver_sql(sql, [(record.id,) for record in records])

    def _selection(
        self,
        coder: Codec[Any],
        equals: Mapping[str, Any],
        order: tuple[str, ...],
        table: sa.TableClause | None = None,
    ) -> tuple[str, tuple[Any, ...]]:
        """The question for rows of a record's `source`, or for what one of its tables has."""
        table = coder.source if table is None else table
        where, given = self._where(table, equals)
        columns = _listed(name for name in coder.columns if name in table.c)
        sql = f"SELECT {columns} FROM {table.name}{where}"
        return f"{sql} ORDER BY {_listed(order)}", given

    def _where(
        self, table: sa.TableClause, equals: Mapping[str, Any]
    ) -> tuple[str, tuple[Any, ...]]:
        mark, tests = self.dialect.placeholder, []
        given: list[Any] = []
        for name, value in equals.items():
            column = f'"{table.c[name].name}"'
            if value is None:
                tests.append(f"{column} IS NULL")
            elif isinstance(value, _LISTS):
                marks = ", ".join([mark] * len(value))
                tests.append(f"{column} IN ({marks})" if value else "1 = 0")
                given += (one if type(one) is str else _plain(one) for one in value)
            else:
                tests.append(f"{column} = {mark}")
                given.append(_plain(value))
        return " WHERE " * bool(tests) + " AND ".join(tests), tuple(given)

    def _in_transaction(self) -> bool:
        if self.db.invalidated:
            return False  # Ctrl+C amid a statement: SQLAlchemy has closed the connection
        raw = self.db.connection.driver_connection
        return bool(getattr(raw, "in_transaction", True))


def _order(kind: type[Record], equals: Mapping[str, Any]) -> tuple[str, ...]:
    in_text = kind is Annotation and "article" in equals
    return ("article", "start", "id") if in_text else ("id",)


def _parts(equals: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is asked for, in as many questions as its longest list needs: a statement of many
    variables is refused, and one of a few lengths is prepared once."""
    lists = {name: value for name, value in equals.items() if isinstance(value, _LISTS)}
    longest = max(lists, key=lambda name: len(lists[name]), default="")
    if not longest or len(lists[longest]) <= BATCH:
        return [dict(equals)]
    return [{**equals, longest: part} for part in batches(dict.fromkeys(lists[longest]))]


def _any_in(values: Sequence[Any]) -> bool:
    return values[0] is not None or values.count(None) < len(values)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _plain(value: Any) -> Any:
    """An enum's member as its text: psycopg would write the member's name."""
    return value.value if isinstance(value, StrEnum) else value


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Cut any stream into lists of at most `size`."""
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch
