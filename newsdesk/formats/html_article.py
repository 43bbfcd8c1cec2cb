"""A web page in: the article in it, without menus, notices and adverts (trafilatura)."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from newsdesk.formats.blocks import text_of
from newsdesk.formats.drafts import Draft, Told, reader
from newsdesk.formats.encoding import Decoded, decode, wide_mark
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.formats.openings import opening_of
from newsdesk.model import NewsdeskError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LONGEST = 20_000_000
"""Bytes of a page that are read: the longest articles have less than a hundredth of it."""

_CHARSET = re.compile(
    rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]*?\bencoding=[\"']([\w.:-]+)",
    re.I,
)
_LANGUAGE = re.compile(r"<html\b[^>]*?\b(?:xml:)?lang\s*=\s*[\"']?([\w-]+)", re.I)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b"
)
_PROPOSED = ("title", "byline", "published", "outlet", "language", "url")
_ENOUGH = 40
_EMPTY = (
    "there is no text in the page: it may be drawn by a program. Open it in a browser, copy the "
    "article, and paste it."
)
_TOO_LONG = (
    f"the page is {{:,}} bytes long, and up to {LONGEST:,} are read. Copy the article's text, and "
    "paste it."
)
_MENUS = ("head", "nav", "header", "footer", "aside", "form", "menu")


def read_html(
    raw: bytes, url: str | None = None, encoding: str | None = None, declared: str = ""
) -> Draft:
    """The article of a page, as proposals; `url` is where it came from, if that is known.

    A byte order mark, UTF-8, the charset `declared` by whoever sent it, or the one in the page
    decides its encoding, unless `encoding` is given. Where no article stands out, the text of the
    whole page is taken, and a remark says so. Nothing is fetched. Raises NewsdeskError where there
    is no text.
    """
    if len(raw) > LONGEST:
        raise NewsdeskError(_TOO_LONG.format(len(raw)))
    decoded = decoded_page(raw, encoding, declared)
    page, article = _extracted(decoded.text, url)
    text = text_of(_as_blocks(article.body)) if article is not None else ""
    remarks: tuple[str, ...] = ()
    if len(text) < _ENOUGH:
        whole = text_of(page, skip=_MENUS) if page is not None else ""
        if whole:
            text = whole
            remarks = ("no article stands out in the page, so all of its text was taken.",)
    if not text.strip():
        raise NewsdeskError(_EMPTY)
    language = _LANGUAGE.search(decoded.text[:HEAD])
    found = _fields(article)
    opening = opening_of(text)
    return Draft(
        text=text,
        title=found["title"] or _title(page),
        byline=found["author"] or opening.byline,
        published=found["date"] or opening.published,
        outlet=found["sitename"],
        language=language[1] if language else None,
        url=url or found["url"],
        encoding=decoded.encoding,
        guessed=(*_PROPOSED, *(("encoding",) if decoded.guessed else ())),
        remarks=remarks,
    )


def decoded_page(raw: bytes, encoding: str | None = None, declared: str = "") -> Decoded:
    """The text of a page: by its mark, as UTF-8, as declared, or else as a proposal."""
    inside = _CHARSET.search(raw[:HEAD])
    name = declared or ((inside[1] or inside[2]).decode("ascii") if inside else "")
    if encoding is None and name and not wide_mark(raw):
        with contextlib.suppress(UnicodeDecodeError):
            return Decoded(raw.removeprefix(codecs.BOM_UTF8).decode("utf-8"), "utf-8", False)
        with contextlib.suppress(UnicodeError, LookupError):
            known = codecs.lookup(name).name
            # Pages that say Latin-1 mean Windows' letters: the standard of HTML says so too.
            known = "cp1252" if known in ("iso8859-1", "ascii") else known
            return Decoded(raw.decode(known), known, False)
    return decode(raw, encoding)


def parse_page(file: BinaryIO, told: Told) -> Iterator[Draft]:
    """The parser of the format: one page a file.

    The options `url` and `charset` tell where it came from, and what its sender declared.
    """
    raw = file.read()
    kind = not_text(raw[:HEAD])
    if kind not in (None, "a web page", "an XML document") and not wide_mark(raw):
        raise NewsdeskError(f"it is {kind}, not a web page.")
    url, declared = told.options.get("url"), told.options.get("charset", "")
    yield read_html(raw, url, told.encoding, declared)


def looks_like_page(head: bytes) -> bool:
    """Whether a file that begins so is a web page."""
    return _PAGE.match(head.removeprefix(codecs.BOM_UTF8).lower()) is not None


def _extracted(text: str, url: str | None) -> tuple[Element | None, Any]:
    """The page as a tree, and trafilatura's article in it; each None where there is none."""
    import trafilatura
    from lxml import html

    if not text.strip():
        return None, None
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    article = trafilatura.bare_extraction(
        text,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        # Only dates that the page itself marks as such: any other year in it may be a copyright.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return page, article


def _as_blocks(body: Element) -> Element:
    """The body without what trafilatura calls otherwise than HTML does: its heads are headings."""
    for element in body.iter("head"):
        element.tag = "h2"
    return body


def _fields(article: Any) -> dict[str, str | None]:
    names = ("title", "author", "date", "sitename", "url")
    return {name: getattr(article, name, None) if article is not None else None for name in names}


def _title(page: Element | None) -> str:
    found = page.findtext(".//title") if page is not None else None
    return found or ""


read = reader("html", parse_page)
"""The reader of the format `html`."""
