"""Markdown in: readable text without its marks; the title from the front matter or a heading."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, BinaryIO

from newsdesk.formats.blocks import BULLET, CELL, joined_paragraphs
from newsdesk.formats.drafts import Draft, Told, reader
from newsdesk.formats.encoding import decode
from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.formats.openings import opening_of
from newsdesk.model import NewsdeskError, canonise

_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_ENTRY = re.compile(r"([\w .-]{1,40}?)[ \t]*:[ \t]+(.*)")
_ITEM = re.compile(r"[ \t]+-[ \t]+(.*)")
_NAMES = {
    "title": ("title", "headline"),
    "byline": ("byline", "author", "authors", "by"),
    "published": ("published", "date", "pubdate", "publishdate", "publish_date"),
    "outlet": ("outlet", "publication", "publisher", "source"),
    "language": ("language", "lang"),
    "url": ("url", "link", "canonical", "canonical_url"),
    "section": ("section", "category", "categories"),
}


def parse_markdown(file: BinaryIO, told: Told) -> Iterator[Draft]:
    """One article a file."""
    raw = file.read()
    kind = not_text(raw[:HEAD])
    if kind and not told.encoding and kind not in ("a web page", "an XML document"):
        raise NewsdeskError(f"it is {kind}, not Markdown.")
    decoded = decode(raw, told.encoding)
    fields, body = front_matter(canonise(decoded.text))
    text, heading = plain(body)
    language = fields.get("language", "")
    opening = opening_of(text, language)
    guessed = [] if fields.get("title") else ["title"]
    for name, found in (("byline", opening.byline), ("published", opening.published)):
        if found and not fields.get(name):
            fields[name] = found
            guessed.append(name)
    yield Draft(
        text=text,
        title=fields.pop("title", "") or heading,
        **fields,  # type: ignore[arg-type]
        encoding=decoded.encoding,
        guessed=(*guessed, *(("encoding",) if decoded.guessed else ())),
    )


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields that stand before a text between two lines of --- or +++, and the text after.

    Of YAML, plain `key: value` lines and lists are read; the rest of it names no field of ours.
    """
    found = _FRONT.match(text.lstrip("\n"))
    if found is None:
        return {}, text
    values = _toml(found[2]) if found[1] == "+++" else _yaml(found[2])
    fields: dict[str, str] = {}
    for field, names in _NAMES.items():
        said = next((values[name] for name in names if values.get(name)), "")
        if said:
            fields[field] = said
    return fields, text.lstrip("\n")[found.end() :]


def _yaml(text: str) -> dict[str, str]:
    values: dict[str, str] = {}
    last = ""
    for line in text.split("\n"):
        entry, item = _ENTRY.fullmatch(line + " "), _ITEM.fullmatch(line)
        if item and last:
            values[last] = ", ".join(filter(None, (values[last], _unquoted(item[1]))))
        elif entry:
            last = entry[1].strip().lower()
            said = entry[2].strip()
            listed = said.startswith("[") and said.endswith("]")
            parts = said[1:-1].split(",") if listed else [said]
            values[last] = ", ".join(filter(None, map(_unquoted, parts)))
    return values


def _unquoted(text: str) -> str:
    said = text.strip()
    if len(said) > 1 and said[0] == said[-1] and said[0] in "\"'":
        return said[1:-1]
    return said


def _toml(text: str) -> dict[str, str]:
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {
        key.lower(): ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in values.items()
        if not isinstance(value, dict)
    }


def plain(text: str) -> tuple[str, str]:
    """Markdown as paragraphs of plain text, and its first heading."""
    from markdown_it import MarkdownIt

    page = _Page()
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        page.take(token)
    return joined_paragraphs(page.paragraphs), page.heading


class _Page:
    """Paragraphs in the making, token by token (markdown-it's)."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.heading = ""
        self._lists: list[int | None] = []
        self._mark = ""
        self._row: list[str] | None = None
        self._in_heading = self._tight = False

    def take(self, token: Any) -> None:
        """One token of the page."""
        kind: str = token.type
        if kind == "inline":
            self._words(_inline(token.children or []))
        elif kind in ("fence", "code_block"):
            self._add(token.content.rstrip("\n"))
        elif kind == "html_block":
            self._add(_without_tags(token.content))
        elif kind in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrs.get("start", 1)) if kind[0] == "o" else None
            self._lists.append(None if start is None else start - 1)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
            self._tight = False
        elif kind == "list_item_open":
            self._mark = self._next_mark()
        elif kind == "heading_open":
            self._in_heading = True
        elif kind == "heading_close":
            self._in_heading = False
        elif kind == "tr_open":
            self._row = []
        elif kind == "tr_close":
            self._add(CELL.join(self._row or []), tight=True)
            self._row = None
        elif kind in ("table_open", "table_close"):
            self._tight = False

    def _words(self, said: str) -> None:
        if self._row is not None:
            self._row.append(said)
            return
        if self._in_heading and not self.heading:
            self.heading = said
        self._add(said, tight=bool(self._mark))

    def _add(self, said: str, *, tight: bool = False) -> None:
        said, self._mark = self._mark + said, ""
        if tight and self._tight and self.paragraphs:
            self.paragraphs[-1] += "\n" + said
        elif said.strip():
            self.paragraphs.append(said)
        self._tight = tight

    def _next_mark(self) -> str:
        count = self._lists[-1] if self._lists else None
        if count is None:
            return BULLET
        self._lists[-1] = count + 1
        return f"{count + 1}. "


def _inline(tokens: list[Any]) -> str:
    pieces = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
    return "".join(pieces).strip()


def _without_tags(content: str) -> str:
    from lxml import html

    from newsdesk.formats.blocks import text_of

    if not re.search(r"<[a-zA-Z]", content):
        return ""  # a comment
    found = html.fragment_fromstring(content, create_parent="div")
    return text_of(found)


FORMAT = FileFormat(
    name="markdown",
    title="Markdown",
    suffixes=(".md", ".markdown", ".mdown"),
    # Plain text may begin in any way that Markdown may: only the suffix tells.
    looks_like=lambda head: False,
    losses=frozenset(Part) - {Part.RAW},
    read=reader("markdown", parse_markdown),
)
