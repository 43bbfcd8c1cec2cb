"""Knowledge bases as TSV or JSONL: an id, a label, aliases, a type and a description a line."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from newsdesk.formats.format import Problem
from newsdesk.model import NewsdeskError, canonise
from newsdesk.model.knowledge import KnowledgeEntry

LONGEST_LINE = 1 << 20
"""Bytes that one entry may have."""

LONGEST_NAME = 400
"""Code points of a label or an alias: what is longer is no name, but a broken line."""

_FIELDS = {
    "id": ("id", "qid", "kb_id", "kbid", "item", "uri", "identifier"),
    "label": ("label", "name", "title", "preflabel", "itemlabel"),
    "aliases": ("aliases", "alias", "altlabel", "alternatives", "also known as"),
    "type": ("type", "kind", "class", "instance of", "instanceof"),
    "description": ("description", "desc", "about", "itemdescription"),
}
"""The names under which files have each field, in small letters."""

_KNOWN = {name: field for field, names in _FIELDS.items() for name in names}
_ORDER = tuple(_FIELDS)
_PARTED = re.compile(r"\s*[|;]\s*")
_WIKIDATA = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/(Q\d+)")


def read_knowledge_base(
    path: Path, advance: Callable[[int], object] = lambda size: None
) -> Iterator[KnowledgeEntry | Problem]:
    """The entries of a file in their order, streaming; a broken line comes as a Problem.

    TSV has the columns id, label, aliases (parted by `|` or `;`), type, description; a first line
    of their names may say another order. JSONL has objects with these keys. Which of the two it is
    the first line tells. `advance` is told the bytes of each line. Raises NewsdeskError for what
    can't be read as a whole.
    """
    try:
        with path.open("rb", buffering=1 << 18) as file:
            yield from _read(file, path.name, advance)
    except OSError as error:
        raise NewsdeskError(f"{path} can't be read: {error.strerror}.") from error


def _read(
    file: BinaryIO, name: str, advance: Callable[[int], object]
) -> Iterator[KnowledgeEntry | Problem]:
    columns: list[str] | None = None
    read: Callable[[str], Any] | None = None
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        advance(len(raw))
        if len(raw) > LONGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                advance(len(raw := file.readline(LONGEST_LINE)))
            yield _problem(name, number, f"the line is longer than {LONGEST_LINE >> 10:,} KiB")
            continue
        if number == 1:
            _refuse_other_kinds(raw, name)
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            yield _problem(name, number, "the line is not UTF-8")
            continue
        if not line.strip():
            continue
        if read is None:
            columns = _header(line)
            read = _from_json if line.lstrip().startswith("{") else _from_columns(columns or _ORDER)
            if columns:
                continue
        try:
            yield _entry(read(line))
        except ValueError as error:
            yield _problem(name, number, str(error))


def _refuse_other_kinds(raw: bytes, name: str) -> None:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NewsdeskError(f"{name} is in UTF-16. Save it as UTF-8, then import it again.")
    if b"\0" in raw:
        raise NewsdeskError(
            f"{name} is no text. A knowledge base is imported from TSV or JSONL; unpack it first "
            "if it is packed."
        )
    if raw.lstrip().startswith(b"["):
        raise NewsdeskError(
            f"{name} is one JSON list. Write one object a line (JSONL), then import it again."
        )


def _header(line: str) -> list[str] | None:
    """The fields that a first line names; None where it is an entry already."""
    names = [cell.strip().lstrip("?#").casefold() for cell in line.split("\t")]
    fields = [_KNOWN.get(name, "") for name in names]
    return fields if "id" in fields and "label" in fields else None


def _from_columns(columns: list[str] | tuple[str, ...]) -> Callable[[str], dict[str, Any]]:
    def read(line: str) -> dict[str, Any]:
        cells = line.split("\t")
        if len(cells) < 2:
            raise ValueError("the line has no tab: an id and a label are parted by one")
        return dict(zip(columns, (cell.strip() for cell in cells), strict=False))

    return read


def _from_json(line: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"the line is no JSON ({error})") from error
    if not isinstance(found, dict):
        raise ValueError("the line is no JSON object")
    given: dict[str, Any] = {}
    for key, value in found.items():
        given.setdefault(_KNOWN.get(key.casefold(), ""), value)
    return given


def _entry(given: dict[str, Any]) -> KnowledgeEntry:
    """An entry of what a line gave. Raises ValueError, in words for an editor."""
    id, label = _text(given, "id"), _text(given, "label")
    found = _WIKIDATA.fullmatch(id)
    id = found.group(1) if found else id
    if not id or not label:
        raise ValueError(f"the entry has no {'id' if not id else 'label'}")
    if len(id) > LONGEST_NAME or len(label) > LONGEST_NAME:
        raise ValueError("its id or its label is too long to be one")
    aliases = given.get("aliases") or ()
    if isinstance(aliases, str):
        aliases = _PARTED.split(aliases)
    if not isinstance(aliases, list | tuple) or not all(isinstance(a, str) for a in aliases):
        raise ValueError("its aliases are no list of names")
    plain = (" ".join(canonise(alias).split()) for alias in aliases)
    kept = dict.fromkeys(a for a in plain if a and a != label and len(a) <= LONGEST_NAME)
    return KnowledgeEntry(id, label, tuple(kept), _text(given, "type"), _text(given, "description"))


def _text(given: dict[str, Any], field: str) -> str:
    value = given.get(field)
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        raise ValueError(f"its {field} is no text")
    return " ".join(canonise(str(value)).split())


def _problem(file: str, line: int, message: str) -> Problem:
    return Problem(file=file, line=line, message=message)
