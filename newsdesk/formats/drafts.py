"""Articles as a parser finds them in a file, and how they become what an import is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from newsdesk.formats.dates import Dated, read_date
from newsdesk.formats.format import Bundle, Input, Item, Problem, Reader, Reading
from newsdesk.formats.text import TITLE, propose_title
from newsdesk.model import NewsdeskError, canonise, new_article

LIMIT = 100_000_000
"""Bytes of a document that is read as a whole."""

AGAIN = "Ask for it again, or open it in the program that it comes from and save it anew."
"""What to do with a damaged document."""

_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f]{3,2000}")
_BY = re.compile(r"(?:by|von|por|par|door)[\s:]+(?=\S)", re.I)
_TITLE, _NAME = 300, 200


class Draft(msgspec.Struct, kw_only=True, tag="draft"):
    """An article as a file has it, with its fields in the file's own words.

    `raw` are the article's own bytes, None where they are the whole file's. `guessed` names the
    fields that are proposals. `remarks` are worth knowing. `order` is how its dates are written
    (DMY, MDY or YMD), "" where only the language tells. `extra` is kept with the article.
    """

    text: str
    title: str = ""
    byline: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    section: str | None = None
    embargo: str | None = None
    encoding: str = "utf-8"
    raw: bytes | None = None
    guessed: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    order: str = ""
    extra: dict[str, Any] = {}
    line: int = 0
    record: str = ""


class Trouble(msgspec.Struct, kw_only=True, tag="trouble"):
    """Something wrong in a file, and where; see `Problem`."""

    message: str
    line: int = 0
    record: str = ""
    field: str = ""
    blocks: bool = True


Found = Draft | Trouble


class Told(msgspec.Struct, kw_only=True):
    """What a parser is told: the file's name, and what an editor chose."""

    name: str = ""
    encoding: str | None = None
    options: dict[str, str] = {}


Parser = Callable[[BinaryIO, Told], Iterable[Found]]
"""Finds articles in a file's bytes, which are read once and forwards. Raises NewsdeskError."""


def reader(format: str, parser: Parser, *, whole: bool = True) -> Reader:
    """A reader that parses in the sandbox; `whole` where a file is one article, kept as it is.

    Files of more than `LIMIT` bytes are refused where they are read as a whole.
    """

    def read(source: Input, reading: Reading) -> Iterator[Item]:
        from newsdesk.formats.sandbox import ROOM

        if whole and source.size > LIMIT:
            yield Problem(
                file=source.name,
                message=f"it is {source.size:,} bytes long, and documents of up to {LIMIT:,} are "
                "read. Save its text alone, or split it.",
            )
            return
        told = Told(name=source.name, encoding=reading.encoding, options=dict(reading.options))
        try:
            for found in ROOM.parsed(parser, source, told, reading.advance):
                yield from items(found, source, format, whole=whole)
        except NewsdeskError as error:
            yield Problem(file=source.name, message=str(error), line=getattr(error, "line", 0))

    return read


def items(found: Found, source: Input, format: str, *, whole: bool = False) -> Iterator[Item]:
    """What a parser found, as a reader gives it: remarks, and the article or the problem."""
    if isinstance(found, Trouble):
        yield _problem(source, found)
        return
    if not found.text.strip():
        yield _problem(
            source, Trouble(message="there is no text in it.", line=found.line, record=found.record)
        )
        return
    notes = list(found.remarks)
    bundle = _bundle(found, format, _raw(found, source, whole), notes)
    for note in notes:
        yield _problem(
            source, Trouble(message=note, line=found.line, record=found.record, blocks=False)
        )
    yield bundle


def one_line(text: str | None, most: int) -> str:
    """A field's text on one line, cut at that many code points; "" for None."""
    plain = _SPACE.sub(" ", canonise(text or "")).strip()
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def _bundle(draft: Draft, format: str, raw: bytes | None, notes: list[str]) -> Bundle:
    guessed = set(draft.guessed)
    text = canonise(draft.text)
    title = one_line(draft.title, _TITLE)
    if not title:
        title = propose_title(text) or one_line(text, TITLE)
        guessed.add("title")
    language = _language(draft.language)
    fields: dict[str, object] = {
        "title": title,
        "byline": _BY.sub("", one_line(draft.byline, _NAME), count=1) or None,
        "published": _date("published", draft.published, draft, guessed, notes),
        "embargo_until": _date("embargo", draft.embargo, draft, guessed, notes),
        "url": _address(draft.url),
        "section": one_line(draft.section, _NAME) or None,
        "format": format,
        "encoding": draft.encoding,
        "raw": None if raw is None or raw == text.encode() else raw,
        "extra": draft.extra,
    }
    if language:
        fields["language"] = language
    outlet = one_line(draft.outlet, _NAME)
    given = {name for name, value in fields.items() if value} | ({"outlet"} if outlet else set())
    return Bundle(
        article=new_article(text, **fields),
        outlet=outlet,
        guessed=frozenset(guessed & given),
        line=draft.line,
    )


def _date(
    name: str, text: str | None, draft: Draft, guessed: set[str], notes: list[str]
) -> str | None:
    said = one_line(text, _NAME)
    if not said:
        return None
    found: Dated | None = read_date(said, language=draft.language or "", order=draft.order)
    if found is None:
        notes.append(f"the date “{said}” can't be read; set it by hand.")
        return None
    if not found.certain:
        guessed.add(name)
        notes.append(f"“{said}” was taken for {found.iso}: day and month may be the other way.")
    return found.iso


def _language(text: str | None) -> str | None:
    said = one_line(text, 40)
    if not _LANGUAGE.fullmatch(said):
        return None
    first, *rest = said.replace("_", "-").split("-")
    return "-".join((first.lower(), *(one.upper() if len(one) == 2 else one for one in rest)))


def _address(text: str | None) -> str | None:
    said = canonise(text or "").strip()
    return said if _ADDRESS.fullmatch(said) else None


def _raw(draft: Draft, source: Input, whole: bool) -> bytes | None:
    if draft.raw is not None or not whole:
        return draft.raw
    with source.open() as file:
        return file.read()


def _problem(source: Input, found: Trouble) -> Problem:
    return Problem(
        file=source.name,
        line=found.line,
        record=found.record,
        field=found.field,
        message=found.message,
        blocks=found.blocks,
    )
