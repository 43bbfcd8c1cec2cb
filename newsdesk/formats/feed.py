"""RSS and Atom feeds in (feedparser): one article an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from newsdesk.formats.blocks import text_of
from newsdesk.formats.drafts import Draft, Found, Told, Trouble, reader
from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.model import NewsdeskError

LONGEST = 50_000_000
"""Bytes of a feed that are read: it is held as a whole."""

_ROOT = re.compile(
    rb"<(?:rss\b|feed\b[^>]*http://(?:www\.w3\.org/2005/Atom|purl\.org/atom)|rdf:RDF\b[^>]*"
    rb"http://(?:purl\.org/rss|my\.netscape\.com/rdf))",
    re.S | re.I,
)
_ENTRY = re.compile(rb"<(item|entry)\b[^>]*>.*?</\1\s*>", re.S | re.I)
_DECLARES = re.compile(rb"<!(?:ENTITY|ELEMENT|ATTLIST)\b", re.I)
_MARKUP = ("text/html", "application/xhtml+xml")


def parse_feed(file: BinaryIO, told: Told) -> Iterator[Found]:
    """One article an entry."""
    import feedparser  # type: ignore[import-untyped]

    raw = file.read(LONGEST + 1)
    _check(raw)
    # A stream, never the text or bytes themselves: where those name a file, it would be opened.
    feed = feedparser.parse(BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    entries: list[Any] = feed.entries
    broken = _broken(feed)
    if not entries:
        if broken:
            raise NewsdeskError(f"the feed is damaged ({broken[0]}). Ask for it again.")
        raise NewsdeskError("there is no entry in the feed.")
    pieces = [found.group() for found in _ENTRY.finditer(raw)]
    starts = [raw.count(b"\n", 0, found.start()) + 1 for found in _ENTRY.finditer(raw)]
    exact = len(pieces) == len(entries)
    for number, entry in enumerate(entries):
        line, record = starts[number] if exact else 0, f"entry {number + 1:,}"
        draft = _draft(entry, feed.feed, feed.get("encoding") or "utf-8")
        if not draft.text.strip():
            said = f"left out: it has a headline, but no text (“{draft.title[:80]}”)."
            yield Trouble(message=said, line=line, record=record, blocks=False)
            continue
        draft.raw = pieces[number] if exact else _value(entry)[0].encode()
        draft.line, draft.record = line, record
        yield draft
    if broken:
        yield Trouble(
            message=f"the feed breaks off or is damaged here ({broken[0]}): entries may be "
            "missing. Ask for it again.",
            line=broken[1],
        )


def _check(raw: bytes) -> None:
    kind = not_text(raw[:HEAD])
    if kind not in (None, "an XML document"):
        raise NewsdeskError(f"it is {kind}, not a feed.")
    if len(raw) > LONGEST:
        raise NewsdeskError(f"the feed is longer than {LONGEST:,} bytes. Split it.")
    if _DECLARES.search(raw):
        raise NewsdeskError(
            "it declares entities of its own, through which a file can do harm. Nothing was read."
        )


def _broken(feed: Any) -> tuple[str, int] | None:
    """What is wrong with the feed's XML, and in which line; a wrong charset alone is no fault."""
    error = feed.get("bozo_exception")
    if not feed.bozo or not hasattr(error, "getLineNumber"):
        return None
    return str(error.getMessage()), int(error.getLineNumber() or 0)


def _draft(entry: Any, feed: Any, encoding: str) -> Draft:
    value, kind = _value(entry)
    text = _plain(value) if kind in _MARKUP or "<" in value or "&" in value else value
    source = entry.get("source") or {}
    return Draft(
        text=text,
        title=_plain(entry.get("title", "")),
        byline=_authors(entry),
        published=entry.get("published") or entry.get("updated") or entry.get("created"),
        outlet=_plain(source.get("title") or feed.get("title") or ""),
        language=_language(entry) or feed.get("language"),
        url=entry.get("link"),
        section=", ".join(tag.get("term") or "" for tag in entry.get("tags") or [])[:200],
        encoding=encoding,
        guessed=("outlet",),
    )


def _value(entry: Any) -> tuple[str, str]:
    """The longest text of an entry, and its media type."""
    found = [*(entry.get("content") or []), entry.get("summary_detail") or {}]
    best = max(found, key=lambda each: len(each.get("value") or ""))
    return best.get("value") or "", best.get("type") or ""


def _authors(entry: Any) -> str:
    names = [author.get("name") or "" for author in entry.get("authors") or []]
    return ", ".join(filter(None, names)) or entry.get("author", "")


def _language(entry: Any) -> str | None:
    found: str | None = (entry.get("summary_detail") or {}).get("language")
    return found


def _plain(value: str) -> str:
    from lxml import html

    if not value.strip():
        return ""
    found = html.fragment_fromstring(value.replace("\0", ""), create_parent="div")
    return text_of(found)


FORMAT = FileFormat(
    name="feed",
    title="RSS or Atom feed",
    suffixes=(".rss", ".atom", ".xml"),
    looks_like=lambda head: _ROOT.search(head) is not None,
    losses=frozenset(Part) - {Part.RAW},
    read=reader("feed", parse_feed, whole=False),
)
