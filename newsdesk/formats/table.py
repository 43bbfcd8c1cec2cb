"""Tables in (CSV, TSV, JSON lines): one article a row, by the columns that an editor chooses."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from newsdesk.formats.drafts import Draft, Found, Trouble, items
from newsdesk.formats.encoding import decode, wide_mark
from newsdesk.formats.format import FileFormat, Input, Item, Part, Problem, Reading
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.formats.table_columns import Columns, has_annotations, has_text, mapped
from newsdesk.model import NewsdeskError

LONGEST = 20_000_000
"""Code points that one cell, or one line of JSON, may have."""

_SAMPLE = 200
_CHUNK = 1 << 20
_DELIMITERS = ",;\t|"
_HEADING = re.compile(r"[\w#][\w /()#-]{0,40}|")
_OBJECT = re.compile(rb"\s*\{\s*\"")


class Row(NamedTuple):
    """One row: its cells by column, the text it was read from, its line; or what is wrong."""

    cells: dict[str, Any]
    source: str
    line: int
    wrong: str = ""


class _Rows(NamedTuple):
    """How to read the rows of a file; `delimiter` is "" for JSON lines."""

    encoding: str
    guessed: bool
    delimiter: str


def columns_of(source: Input, reading: Reading) -> Columns:
    """The columns of a table, and what each would be: for a window to show and change.

    Raises NewsdeskError where it is no table, or none of its columns can be the text.
    """
    return _look(source, reading)[1]


def names_of(source: Input, reading: Reading) -> tuple[str, ...]:
    """The names of the columns alone; raises NewsdeskError where it is no table."""
    names, _ = _sample(source, _how(source, reading))
    return names


def read_table(source: Input, reading: Reading) -> Iterator[Item]:
    """One article a row; what else a row has is kept with it."""
    try:
        how, columns = _look(source, reading)
        for row in _rows(source, how, reading):
            yield from items(_found(row, columns, how), source, "table")
    except NewsdeskError as error:
        yield Problem(file=source.name, message=str(error))


def _found(row: Row, columns: Columns, how: _Rows) -> Found:
    if row.wrong:
        return Trouble(message=row.wrong, line=row.line)
    said = {field: _said(row.cells.get(name)) for field, name in columns.mapping.items()}
    if not said["text"].strip():
        message = f"left out: there is no text in its column “{columns.mapping['text']}”."
        return Trouble(message=message, line=row.line, blocks=False)
    taken = set(columns.mapping.values())
    rest = {name: cell for name, cell in row.cells.items() if name not in taken and cell}
    return Draft(
        **said,  # type: ignore[arg-type]
        encoding=how.encoding,
        raw=row.source.encode(how.encoding, "replace"),
        guessed=(*columns.proposed, *(("encoding",) if how.guessed else ())),
        order=columns.order,
        extra={"columns": rest} if rest else {},
        line=row.line,
    )


def _said(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if cell is None or isinstance(cell, bool | dict):
        return ""
    if isinstance(cell, list):
        return ", ".join(filter(None, map(_said, cell)))
    return str(cell)


def _look(source: Input, reading: Reading) -> tuple[_Rows, Columns]:
    how = _how(source, reading)
    names, rows = _sample(source, how)
    return how, mapped(names, [row.cells for row in rows if not row.wrong], reading.options)


def _sample(source: Input, how: _Rows) -> tuple[tuple[str, ...], list[Row]]:
    rows = list(islice(_rows(source, how, Reading()), _SAMPLE))
    first = next((row for row in rows if not row.wrong), None)
    if first is None:
        raise NewsdeskError(rows[0].wrong if rows else "there is no row in the table.")
    if how.delimiter:
        return tuple(first.cells), rows
    return tuple(dict.fromkeys(name for row in rows for name in row.cells)), rows


def _how(source: Input, reading: Reading) -> _Rows:
    with source.open() as file:
        head = file.read(_CHUNK)
    kind = not_text(head[:HEAD])
    if kind and not (reading.encoding and kind == "a binary file"):
        raise NewsdeskError(f"it is {kind}, not a table. Save it as CSV, and import that.")
    encoding, guessed = _encoding(source, head, reading.encoding)
    try:
        text = codecs.getincrementaldecoder(encoding)("replace").decode(head[: 1 << 16])
    except UnicodeError as error:
        raise NewsdeskError(
            f"it is not in {encoding}. Choose another encoding, or none to have one proposed."
        ) from error
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _Rows(encoding, guessed, "")
    return _Rows(encoding, guessed, _delimiter(text.lstrip("\ufeff"), source.name))


def _encoding(source: Input, head: bytes, chosen: str | None) -> tuple[str, bool]:
    """The file's encoding, and whether it is a guess; UTF-8 if every byte of the file fits."""
    if chosen is not None:
        with suppress(UnicodeError):
            try:
                b" ".decode(chosen)
            except LookupError:
                decode(b" ", chosen)  # it says what is wrong with that name
        return chosen, False
    wide = wide_mark(head)
    if wide:
        return wide, False
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as file:
        while chunk := file.read(_CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                found = decode(chunk)
                return found.encoding, True
    return "utf-8", False


def _delimiter(text: str, name: str) -> str:
    """What parts the cells: what parts most of the first lines into equally many."""
    if name.lower().endswith((".tsv", ".tab")):
        return "\t"
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            widths = [len(row) for row in islice(reader, 20) if row]
        except csv.Error:
            continue
        same = sum(width == widths[0] for width in widths) if widths else 0
        score = same * (widths[0] - 1) if widths else 0
        if score > most:
            best, most = delimiter, score
    return best


def _rows(source: Input, how: _Rows, reading: Reading) -> Iterator[Row]:
    with source.open() as file:
        lines = _Lines(file, how, reading)
        try:
            yield from _delimited(lines, how.delimiter) if how.delimiter else _objects(lines)
        except UnicodeDecodeError as error:
            raise NewsdeskError(
                f"it is not in {how.encoding}: it does not fit after line {lines.number:,}. "
                "Choose another encoding, or none to have one proposed."
            ) from error


class _Lines:
    """The lines of a file, which remembers those of the row at hand."""

    def __init__(self, file: Any, how: _Rows, reading: Reading) -> None:
        self._file, self._advance, self._at = file, reading.advance, 0
        errors = "replace" if how.guessed else "strict"
        self._text = io.TextIOWrapper(file, how.encoding, errors, newline="")
        self.number = 0
        self._held: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST)
        if not line:
            raise StopIteration
        self.number += 1
        line = line.removeprefix("\ufeff") if self.number == 1 else line
        self._held.append(line)
        return line

    def taken(self) -> str:
        """The text of the row that was just read."""
        said, self._held = "".join(self._held), []
        at = self._file.tell()
        self._advance(at - self._at)
        self._at = at
        return said.rstrip("\r\n")


def _delimited(lines: _Lines, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST)
    # Strict, since a quote that is missing would swallow the rows behind it without a word.
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    heads: list[str] = []
    while True:
        line = lines.number + 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield Row({}, "", line, f"the row can't be read ({error}): is a quote missing?")
            return
        source = lines.taken()
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if not heads:
            heads = _heads(cells)
        elif len(cells) > len(heads):
            said = f"the row has {len(cells):,} cells, and the table {len(heads):,} columns."
            yield Row({}, source, line, f"{said} Is a quote missing?")
        else:
            yield Row(dict(zip(heads, cells, strict=False)), source, line)


def _heads(cells: list[str]) -> list[str]:
    """The names of the columns; those without one, or with another's, are numbered."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = " ".join(cell.split()) or f"column {number}"
        while name in names:
            name = f"{name} {number}"
        names.append(name)
    return names


def _objects(lines: _Lines) -> Iterator[Row]:
    decoder = msgspec.json.Decoder()
    for line in lines:
        number, source = lines.number, lines.taken()
        if not line.strip():
            continue
        try:
            found = decoder.decode(line)
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            yield Row({}, source, number, f"the line is no well-formed JSON ({error}).")
            continue
        if isinstance(found, dict):
            yield Row(_flat(found), source, number)
        else:
            yield Row({}, source, number, "the line is no JSON object.")


def _flat(found: dict[str, Any]) -> dict[str, Any]:
    """An object's members, and those of objects in it under “outer.inner”."""
    cells: dict[str, Any] = {}
    for name, value in found.items():
        if isinstance(value, dict):
            cells |= {f"{name}.{inner}": cell for inner, cell in value.items()}
        else:
            cells[name] = value
    return cells


def _looks_like(head: bytes) -> bool:
    if not_text(head) is not None:
        return False
    if _OBJECT.match(head.removeprefix(codecs.BOM_UTF8)):
        names = _keys(head)
    else:
        first = decode(head).text.lstrip("\n").split("\n", 1)[0]
        delimiter = max(_DELIMITERS, key=first.count)
        try:
            names = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            return False
        if len(names) < 2 or not all(_HEADING.fullmatch(name.strip()) for name in names):
            return False
    return has_text(names) and not has_annotations(names)


def _keys(head: bytes) -> list[str]:
    """The keys of the object on the first line, or of as much of it as there is."""
    line = head.removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0]
    try:
        found = json.loads(line)
        return list(found) if isinstance(found, dict) else []
    except (ValueError, RecursionError):
        keys = re.findall(rb'[{,]\s*"((?:[^"\\]|\\.){1,60})"\s*:', line)
        return [key.decode(errors="replace") for key in keys]


FORMAT = FileFormat(
    name="table",
    title="Table of articles",
    suffixes=(".csv", ".tsv", ".tab", ".jsonl", ".ndjson"),
    looks_like=_looks_like,
    losses=frozenset(Part) - {Part.RAW},
    read=read_table,
)
