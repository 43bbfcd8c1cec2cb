"""Newsdesk dataset JSONL: the header on the first line, then one record a line; any size."""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from newsdesk.formats.dataset_json import BOM, JOURNAL_STAYS, starts_with_header
from newsdesk.formats.dataset_reading import Objects, problem_with_header
from newsdesk.formats.dataset_writing import write_jsonl
from newsdesk.formats.encoding import wide_mark
from newsdesk.formats.format import FileFormat, Input, Item, Reading
from newsdesk.formats.objects import BrokenJSON, any_json
from newsdesk.formats.shape import KINDS

LONGEST_LINE = 1 << 28
"""Bytes that one line may have: it is decoded in memory."""

_TYPE = re.compile(rb'\s*\{\s*"type"\s*:\s*"([a-z]+)"\s*,')

# Labels, then what annotations refer to, then articles, then what refers to these.
_RANKS = {"label": 0, "entity": 1, "source": 1, "claim": 1, "article": 2}
_REST = 3


class _Typed(msgspec.Struct):
    type: str = ""


def read_jsonl(source: Input, reading: Reading) -> Iterator[Item]:
    """The items of a dataset, line by line.

    A file whose lines stand in another order than Newsdesk writes them is gone through several
    times, so that labels and entities are known before the articles that refer to them.
    """
    objects = Objects(source.name, reading.labels, "jsonl")
    with source.open() as file:
        wrong = _problem_with_first_line(file)
        if wrong:
            yield objects.problem(wrong[1], field=wrong[0], line=1)
            return
        passes = _passes(source)
        for ranks in passes:
            file.seek(0)
            lines = _lines(file)
            next(lines, None)
            for number, line in lines:
                name, raw = _opened(line)
                if _RANKS.get(name, _REST) not in ranks:
                    continue
                reading.advance(len(line))
                if len(line) > LONGEST_LINE:
                    what = f"the line is longer than {LONGEST_LINE >> 20} MiB"
                    yield objects.problem(what, line=number)
                else:
                    yield from _item(objects, name, raw, number)


def _item(objects: Objects, name: str, raw: bytes, line: int) -> Iterator[Item]:
    if name == "article":
        yield from objects.article(raw, line)
    elif name in KINDS and name not in ("annotation", "attribution"):
        yield from objects.record(name, raw, line)
    elif name == "revision":
        yield objects.problem(JOURNAL_STAYS, line=line, record=name, blocks=False)
    else:
        try:
            any_json(raw)
        except BrokenJSON as error:
            yield objects.problem(error.message, line=line)
            return
        said = (
            f"“{name}” is no kind of record that this version of Newsdesk knows"
            if name
            else ("the line says no “type” of record")
        )
        yield objects.problem(said, line=line, field="type")


def _problem_with_first_line(file: BinaryIO) -> tuple[str, str] | None:
    first = next(_lines(file), None)
    if first is None:
        return "", "the file is empty."
    line = first[1]
    if wide_mark(line):
        return "", f"it is in {wide_mark(line)}; save it as UTF-8 first."
    try:
        return problem_with_header(any_json(line))
    except BrokenJSON as error:
        return "", f"the header, on the first line, can't be read: {error.message}."


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers; one that is far too long comes cut off."""
    number = 0
    while line := file.readline(LONGEST_LINE + 2):
        number += 1
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE)
            if not rest or rest.endswith(b"\n"):
                break
        if number == 1:
            line = line.removeprefix(BOM)
        if not line.isspace():
            yield number, line


def _opened(line: bytes) -> tuple[str, bytes]:
    """The type of a line's record, and the line without it where it stands first."""
    found = _TYPE.match(line)
    if found:
        return found[1].decode(), b"{" + line[found.end() :]
    try:
        return msgspec.json.decode(line, type=_Typed).type, line
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "", line


def _passes(source: Input) -> list[set[int]]:
    """Which ranks to read in each pass: all in one, where the lines are in order."""
    last = 0
    with source.open() as file:
        lines = _lines(file)
        next(lines, None)
        for _, line in lines:
            found = _TYPE.match(line)
            name = found[1].decode() if found else _opened(line)[0]
            rank = _RANKS.get(name, _REST)
            if rank < last:
                return [{0}, {1}, {2}, {_REST}]
            last = rank
    return [{0, 1, 2, _REST}]


FORMAT = FileFormat(
    name="jsonl",
    title="Newsdesk dataset (JSON lines)",
    suffixes=(".jsonl", ".ndjson"),
    looks_like=lambda head: starts_with_header(head.removeprefix(BOM).lstrip()),
    read=read_jsonl,
    write=write_jsonl,
)
