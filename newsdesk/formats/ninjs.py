"""IPTC ninjs in (1.x, 2.x and 3.x): a news item as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from newsdesk.formats.blocks import text_of
from newsdesk.formats.drafts import LIMIT, Draft, Found, Told, Trouble, reader
from newsdesk.formats.encoding import decode
from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.model import NewsdeskError

_NOT_ARTICLES = ("event", "picture", "audio", "video", "graphic", "planning", "component")
_KEYS = re.compile(
    rb'"(?:body_\w+|bodies|versioncreated|versionCreated|headlines?|firstcreated|firstCreated)"\s*:'
)
_URI = re.compile(rb'"uri"\s*:')
_MARKS = re.compile(r"<(?:p|br|div|h[1-6]|li)\b", re.I)


def parse_ninjs(file: BinaryIO, told: Told) -> Iterator[Found]:
    """One article an item; a file has one, or a list of them."""
    raw = file.read(LIMIT + 1)
    kind = not_text(raw[:HEAD])
    if kind:
        raise NewsdeskError(f"it is {kind}, not ninjs.")
    if len(raw) > LIMIT:
        raise NewsdeskError(f"it is longer than {LIMIT:,} bytes. Split it, and import the parts.")
    decoded = decode(raw, told.encoding)
    try:
        found = msgspec.json.decode(decoded.text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise NewsdeskError(f"it is no well-formed JSON ({error}). Ask for it again.") from error
    items = found if isinstance(found, list) else [found]
    if not any(isinstance(item, dict) for item in items):
        raise NewsdeskError("it is JSON, but no ninjs: there is no news item in it.")
    for number, item in enumerate(items, 1):
        place = f"item {number:,}" if len(items) > 1 else ""
        if not isinstance(item, dict):
            yield Trouble(message="it is no news item.", record=place)
            continue
        article = _article(item, place)
        if isinstance(article, Draft):
            article.raw = raw if len(items) == 1 else msgspec.json.encode(item)
            article.encoding = decoded.encoding
        yield article


def _article(item: dict[str, Any], place: str) -> Found:
    kind = _said(item, "type")
    text = _body(item)
    if not text.strip():
        what = f"it is of the type {kind}" if kind in _NOT_ARTICLES else "it has no body"
        return Trouble(message=f"{what}: there is no article in it.", record=place)
    outlet = _named(item, "publisher", "infosources", "infosource", "copyrightHolder")
    uri = _said(item, "url", "uri")
    others = len(item.get("associations") or ())
    said = f"what goes with it was not imported ({others:,} associated)."
    return Draft(
        text=text,
        title=_headline(item),
        byline=_said(item, "byline", "by"),
        published=_said(
            item,
            *("datepublished", "datePublished", "firstCreated", "firstcreated"),
            *("contentCreated", "contentcreated", "versionCreated", "versioncreated"),
        ),
        outlet=outlet or _said(item, "copyrightholder"),
        language=_said(item, "language"),
        url=uri,
        section=_named(item, "sections", "desks", "subjects", "subject"),
        embargo=_said(item, "embargoed"),
        guessed=("published", "outlet", "url", "section"),
        remarks=(said,) if others else (),
        record=place,
    )


def _said(item: dict[str, Any], *names: str) -> str:
    found = (item.get(name) for name in names)
    return next((value for value in found if isinstance(value, str) and value.strip()), "")


def _named(item: dict[str, Any], *names: str) -> str:
    """The name of the first thing of a list, or of a thing."""
    for name in names:
        value = item.get(name)
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, dict) and isinstance(first.get("name"), str):
            return str(first["name"])
    return ""


def _headline(item: dict[str, Any]) -> str:
    listed = _values(item.get("headlines"))
    best = next((value for role, _, value in listed if role == "main"), "")
    plain = next((str(value) for name, value in item.items() if name.startswith("headline_")), "")
    return (
        best
        or next((value for _, _, value in listed), "")
        or _said(item, "headline")
        or plain
        or _said(item, "title")
    )


def _values(listed: Any) -> list[tuple[str, str, str]]:
    """Role, media type and value of each in a list of ninjs 2 and 3."""
    return [
        (
            str(each.get("role", "")),
            str(each.get("contenttype") or each.get("contentType") or ""),
            each["value"],
        )
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, dict) and isinstance(each.get("value"), str)
    ]


def _body(item: dict[str, Any]) -> str:
    """The body that has paragraphs, if there are several: marked up before plain."""
    found = [(kind or role, value) for role, kind, value in _values(item.get("bodies"))]
    found += [
        (name, value)
        for name, value in item.items()
        if name.startswith("body_") and isinstance(value, str)
    ]
    marked = [value for kind, value in found if "html" in kind.lower() or _MARKS.search(value)]
    if marked:
        from lxml import html

        return text_of(html.fragment_fromstring(marked[0].replace("\0", ""), create_parent="div"))
    plain = [value for kind, value in found if "xml" not in kind.lower()]
    return max(plain, key=len, default="")


FORMAT = FileFormat(
    name="ninjs",
    title="IPTC ninjs",
    suffixes=(".json", ".ninjs"),
    looks_like=lambda head: bool(_URI.search(head) and _KEYS.search(head)),
    losses=frozenset(Part) - {Part.RAW},
    read=reader("ninjs", parse_ninjs, whole=False),
)
