"""Records as rows and rows as records: one codec for each kind, derived from its fields."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin

import msgspec
import sqlalchemy as sa

from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Entity,
    Evidence,
    Label,
    Link,
    Record,
    Review,
    Setting,
    Snapshot,
    Source,
    Span,
)
from newsdesk.store import tables

R = TypeVar("R", bound=Record)
_encode = msgspec.json.Encoder().encode
Row = Sequence[Any]
Coder = Callable[[Any], Any]

TABLES: Mapping[type[Record], sa.Table] = {
    Label: tables.label,
    Entity: tables.entity,
    Source: tables.source,
    Claim: tables.claim,
    Article: tables.article,
    Annotation: tables.annotation,
    Attribution: tables.attribution,
    Snapshot: tables.snapshot,
    Evidence: tables.evidence,
    Review: tables.review,
    Link: tables.link,
    Setting: tables.setting,
}
"""Every kind of record, parents before children."""

KINDS = {kind.__name__: kind for kind in TABLES}


class Codec(Generic[R]):
    """Turns records of one kind into rows of its table and back.

    Strings, numbers, bytes and None go as they are, enums as their value, everything else as
    JSON text; an empty tuple or dict goes as NULL. `fixed` columns are written at birth only.
    """

    def __init__(self, kind: type[R], table: sa.Table) -> None:
        self.kind, self.table = kind, table
        fields = {f.name: f for f in msgspec.structs.fields(kind)}
        self.names = tuple(fields)
        self.columns = self.names
        self.fixed: frozenset[str] = frozenset()
        self._values = attrgetter(*self.names)
        self._writers: list[tuple[int, Coder]] = []
        self._readers: list[tuple[int, Coder]] = []
        for position, field in enumerate(fields.values()):
            write, read = _coders(field.type, field)
            if write:
                self._writers.append((position, write))
            if read:
                self._readers.append((position, read))

    def to_row(self, record: R) -> list[Any]:
        """The record's values in the order of `columns`."""
        row = list(self._values(record))
        for position, write in self._writers:
            row[position] = write(row[position])
        return row

    def to_update(self, record: R) -> Row:
        """The values of all columns that are not fixed, then the id."""
        row = self.to_row(record)
        if self.fixed:
            named = zip(self.columns, row, strict=True)
            row = [value for name, value in named if name not in self.fixed]
        return [*row, record.id]

    def from_row(self, row: Row) -> R:
        """The record that a row in the order of `columns` stands for."""
        values = list(row)
        for position, read in self._readers:
            values[position] = read(values[position])
        return self.kind(**dict(zip(self.names, values, strict=True)))


class _Articles(Codec[Article]):
    """Adds the text's length in code points, so that lists needn't read the text."""

    def __init__(self) -> None:
        super().__init__(Article, tables.article)
        self.columns = (*self.names, "length")
        # Never rewritten: a new title must not write a text of a megabyte again.
        self.fixed = frozenset(("text", "raw", "sha256", "length"))

    def to_row(self, record: Article) -> list[Any]:
        return [*super().to_row(record), len(record.text)]

    def from_row(self, row: Row) -> Article:
        return super().from_row(row[:-1])


class _Annotations(Codec[Annotation]):
    """Spans as `start` and `end`, and as JSON besides only where there are several."""

    def __init__(self) -> None:
        super().__init__(Annotation, tables.annotation)
        self.columns = (*self.names, "start", "end")
        self._spans = self.names.index("spans")
        self._writers = [pair for pair in self._writers if pair[0] != self._spans]

    def to_row(self, record: Annotation) -> list[Any]:
        row = super().to_row(record)
        spans = record.spans
        row[self._spans] = None if len(spans) == 1 else _to_json(spans)
        row += (spans[0][0], spans[-1][1])
        return row

    def from_row(self, row: Row) -> Annotation:
        values = list(row)
        end, start = values.pop(), values.pop()
        for position, read in self._readers:
            values[position] = read(values[position])
        if not values[self._spans]:
            values[self._spans] = (Span(start, end),)
        return Annotation(**dict(zip(self.names, values, strict=True)))


@cache
def codec(kind: type[R]) -> Codec[R]:
    """The codec of a kind of record."""
    special: dict[type, Callable[[], Codec[Any]]] = {Article: _Articles, Annotation: _Annotations}
    return special[kind]() if kind in special else Codec(kind, TABLES[kind])


def _coders(declared: Any, field: msgspec.structs.FieldInfo) -> tuple[Coder | None, Coder | None]:
    options = get_args(declared) if get_origin(declared) in (Union, UnionType) else (declared,)
    (plain,) = (option for option in options if option is not type(None))
    if plain is bool:
        return int, bool
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return _enum_coders(plain)
    if plain in (str, int, float, bytes):
        return None, None
    decoder = msgspec.json.Decoder(plain)
    empty = field.default_factory if field.default_factory is not msgspec.NODEFAULT else None
    if empty is None:
        default = None if field.default is msgspec.NODEFAULT else field.default
        return _to_json, lambda text: decoder.decode(text) if text else default
    return _to_json, lambda text: decoder.decode(text) if text else empty()


def _enum_coders(plain: type[StrEnum]) -> tuple[Coder, Coder]:
    members: dict[str | None, StrEnum | None] = {member.value: member for member in plain}
    members[None] = None
    # `_value_` skips the property behind `.value`: this runs for every field of every row. Plain
    # text is written, since psycopg would write an enum's name.
    return (lambda member: None if member is None else member._value_), members.__getitem__


def _to_json(value: Any) -> str | None:
    return _encode(value).decode() if value else None
