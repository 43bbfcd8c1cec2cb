"""IPTC NewsML-G2 in: news items as XML, their text in NITF, XHTML or plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from newsdesk.formats.blocks import joined_paragraphs, text_of
from newsdesk.formats.drafts import LIMIT, Draft, Found, Told, Trouble, reader
from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.formats.xml_reading import parse
from newsdesk.model import NewsdeskError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACE = "http://iptc.org/std/nar/2006-10-01/"
_G2 = f"{{{_SPACE}}}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OTHERS = {
    "packageItem": "a package: it only names news items that are elsewhere. Import those",
    "conceptItem": "a concept, such as a person or an event, and no article",
    "knowledgeItem": "a list of concepts, and no article",
    "planningItem": "a plan of coverage, and no article",
    "catalogItem": "a catalogue, and no article",
}
_HEADS = ("head", "body.head", "hedline", "byline", "dateline", "docdata")


def parse_newsml(file: BinaryIO, told: Told) -> Iterator[Found]:
    """One article a news item; a file is one item, or a message with several."""
    raw = file.read(LIMIT + 1)
    kind = not_text(raw[:HEAD])
    if kind not in (None, "an XML document"):
        raise NewsdeskError(f"it is {kind}, not NewsML-G2.")
    from lxml import etree

    root = parse(raw)
    if not str(root.tag).startswith(_G2):
        raise NewsdeskError("it is XML, but no NewsML-G2.")
    listed = [*root.iter(_G2 + "newsItem", *(_G2 + name for name in _OTHERS))]
    if not listed:
        raise NewsdeskError("there is no news item in it.")
    for item in listed:
        article = _article(item)
        if isinstance(article, Draft):
            article.raw = raw if item is root else etree.tostring(item, encoding="utf-8")
        yield article


def _article(item: Element) -> Found:
    line, name = item.sourceline or 0, str(item.tag).removeprefix(_G2)
    record = item.get("guid") or ""
    if name in _OTHERS:
        return Trouble(message=f"it is {_OTHERS[name]}.", line=line, record=record)
    text = _text(item)
    if not text.strip():
        return Trouble(
            message="there is no text in the item: its content is elsewhere, or no text.",
            line=line,
            record=record,
        )
    item_meta, content = item.find(_G2 + "itemMeta"), item.find(_G2 + "contentMeta")
    tag = content.find(_G2 + "language") if content is not None else None
    return Draft(
        text=text,
        title=_said(content, "headline") or _said(item_meta, "title") or _nitf(item, "hl1"),
        byline=_said(content, "by") or _nitf(item, "byline") or _said(content, "creator/name"),
        published=_said(content, "contentCreated")
        or _said(item_meta, "firstCreated")
        or _said(item_meta, "versionCreated"),
        outlet=_said(item_meta, "provider/name")
        or _said(content, "infoSource/name")
        or _said(item, "rightsInfo/copyrightHolder/name"),
        language=(tag.get("tag") if tag is not None else None) or item.get(_LANG),
        url=_address(item_meta),
        section=_said(content, "subject/name"),
        embargo=_said(item_meta, "embargoed"),
        guessed=("published", "outlet", "section"),
        line=line,
        record=record,
    )


def _said(parent: Element | None, path: str) -> str:
    if parent is None:
        return ""
    found = parent.find("/".join(_G2 + name for name in path.split("/")))
    return " ".join("".join(map(str, found.itertext())).split()) if found is not None else ""


def _nitf(item: Element, name: str) -> str:
    found = next(item.iter(f"{{*}}{name}"), None)
    return " ".join("".join(map(str, found.itertext())).split()) if found is not None else ""


def _address(meta: Element | None) -> str | None:
    for link in meta.iter(_G2 + "link") if meta is not None else ():
        if (link.get("rel") or "").lower().endswith(":canonical"):
            return link.get("href")
    return None


def _text(item: Element) -> str:
    content = item.find(_G2 + "contentSet")
    if content is None:
        return ""
    marked = [
        text_of(next(inline.iter("{*}body.content"), inline), skip=_HEADS)
        for inline in content.iter(_G2 + "inlineXML")
    ]
    best = max(marked, key=len, default="")
    return best or max(map(_data, content.iter(_G2 + "inlineData")), key=len, default="")


def _data(inline: Element) -> str:
    said = "".join(map(str, inline.itertext()))
    kind = (inline.get("contenttype") or "").lower()
    if inline.get("encoding"):
        return ""  # a picture, or whatever else was packed into letters
    if "html" in kind and said.strip():
        from lxml import html

        return text_of(html.fragment_fromstring(said, create_parent="div"))
    return joined_paragraphs(re.split(r"\n[ \t]*\n", said))


FORMAT = FileFormat(
    name="newsml-g2",
    title="IPTC NewsML-G2",
    suffixes=(".xml", ".newsml"),
    looks_like=lambda head: _SPACE.encode() in head,
    losses=frozenset(Part) - {Part.RAW},
    read=reader("newsml-g2", parse_newsml, whole=False),
)
