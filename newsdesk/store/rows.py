"""Records as rows and rows as records: one codec for each kind, derived from its fields."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache, partial
from types import MappingProxyType, UnionType
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
    JSON text; an empty tuple or dict goes as NULL. `columns` are in the order of the fields, then
    those that are `computed` from a record. `special` gives a field's own expressions for writing
    and reading. `source` is what rows are read from: the table, unless columns stand `apart` from
    it, in a table of their own by the `seq` of the record's row.
    """

    def __init__(
        self,
        kind: type[R],
        table: sa.Table,
        computed: Mapping[str, str] = MappingProxyType({}),
        special: Mapping[str, tuple[str, str]] = MappingProxyType({}),
        source: sa.TableClause | None = None,
        apart: sa.Table | None = None,
    ) -> None:
        self.kind, self.table, self.apart = kind, table, apart
        self.source = table if source is None else source
        fields = msgspec.structs.fields(kind)
        names = [field.name for field in fields]
        self.columns = (*names, *computed)
        known: dict[str, Any] = {"kind": kind, "json": _to_json, "span": _span}
        writers, readers = [], []
        for at, field in enumerate(fields):
            write, read = _code(field, at, known)
            own_write, own_read = special.get(field.name, (write, ""))
            writers.append(own_write)
            readers.append(f"{field.name}={own_read.format(at=at) or read}")
        row = ", ".join([*writers, *computed.values()])
        # Written out and compiled, as dataclasses are: these run for every row of an import, and
        # a loop over converters takes twice as long.
        self.to_row: Callable[[R], Row] = eval(f"lambda r: ({row},)", known)
        self.from_row: Callable[[Row], R] = eval(f"lambda v: kind({', '.join(readers)})", known)


def _code(field: msgspec.structs.FieldInfo, at: int, known: dict[str, Any]) -> tuple[str, str]:
    """How a field is written and read, as expressions over a record `r` and a row `v`."""
    declared = field.type
    options = get_args(declared) if get_origin(declared) in (Union, UnionType) else (declared,)
    (plain,) = (option for option in options if option is not type(None))
    name, value = f"r.{field.name}", f"v[{at}]"
    if plain in (str, int, float, bytes):
        return name, value
    if plain is bool:
        return f"int({name})", f"bool({value})"
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        known[plain.__name__] = {None: None, **{member.value: member for member in plain}}
        # `_value_` skips the property behind `.value`. Plain text is written, since psycopg would
        # write an enum's name.
        text = f"{name}._value_" if len(options) == 1 else f"{name} and {name}._value_"
        return text, f"{plain.__name__}[{value}]"
    known[f"read_{at}"] = msgspec.json.Decoder(plain).decode
    empty = "None" if field.default_factory is msgspec.NODEFAULT else "{}"
    if get_origin(plain) is tuple:
        empty = "()"
    return f"json({name}) if {name} else None", f"read_{at}({value}) if {value} else {empty}"


# Past the method in Python that a NamedTuple is made by: this runs for every row that is read.
_span = partial(tuple.__new__, Span)


def _to_json(value: Any) -> str:
    return _encode(value).decode()


@cache
def codec(kind: type[R]) -> Codec[R]:
    """The codec of a kind of record."""
    if issubclass(kind, Article):
        # The text's length in code points, so that lists needn't read the text.
        computed = {"length": "len(r.text)"}
        view, apart = tables.whole_article, tables.article_text
        return Codec(kind, TABLES[kind], computed, source=view, apart=apart)
    if issubclass(kind, Annotation):
        # As `start` and `end`, and as JSON besides only where there are several.
        ends = {"start": "r.spans[0][0]", "end": "r.spans[-1][1]"}
        spans = (
            "json(r.spans) if len(r.spans) > 1 else None",
            "read_{at}(v[{at}]) if v[{at}] else (span((v[-2], v[-1])),)",
        )
        return Codec(kind, TABLES[kind], ends, {"spans": spans})
    return Codec(kind, TABLES[kind])
