"""Copies of pages and files as evidence: their bytes by hash, and the words that stand in them.

What a copy holds is read in the confined process of the formats. Nothing here needs a desk, so it
can run on another thread.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from newsdesk.formats.drafts import Draft, Told
from newsdesk.formats.format import Bundle, Problem, Reading
from newsdesk.formats.inputs import BytesInput, FileInput
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.formats.warc_captures import read_captures
from newsdesk.model import NewsdeskError, Snapshot, canonise
from newsdesk.model.record import now
from newsdesk.provenance.passages import words_of

MOST = 10_000_000
"""Bytes that a copy may have, whether it is fetched or dropped in."""

DOCUMENTS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/rtf": "rtf",
    "message/rfc822": "eml",
}
"""The format that reads the words of each kind of document."""

Report = Callable[[int, int], None]

_PAGES = ("text/html", "application/xhtml+xml")
_BY_SIGN = (
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_BY_SUFFIX = {
    ".eml": "message/rfc822",
    ".json": "application/json",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".xhtml": "application/xhtml+xml",
}
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream", "application/x-download")
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title", re.I | re.S)
_SITE = re.compile(
    r"<meta\b[^>]{0,200}\bproperty\s*=\s*[\"']og:site_name[\"'][^>]{0,200}"
    r"\bcontent\s*=\s*(?:\"([^\"]{1,200})\"|'([^']{1,200})')",
    re.I,
)


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """A copy that is on no desk yet, with what it says of itself, and the words that stand in it.

    `text` is None where no words can be looked up in it; `why` then says the reason.
    """

    snapshot: Snapshot
    title: str = ""
    publisher: str = ""
    text: str | None = None
    why: str = ""


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a copy: `text`, or None and `why` there is none."""

    text: str | None = None
    why: str = ""
    title: str = ""
    publisher: str = ""


def _silent(done: int, total: int) -> None:
    """Tell nobody."""


def capture_file(path: str | Path, *, url: str | None = None) -> Capture:
    """The copy of a file that was dropped in: of a page, a document or a plain text.

    `url` is where it was saved from, if that is known; nothing is fetched.

    Raises NewsdeskError where the file can't be read, is empty or has more than `MOST` bytes.
    """
    source = FileInput(Path(path))
    if Path(path).is_dir():
        raise NewsdeskError(f"{source.name} is a folder. Nothing was kept; choose a file in it.")
    if source.size > MOST:
        raise NewsdeskError(
            f"{source.name} is {source.size:,} bytes long, and evidence has up to {MOST:,}. "
            "Nothing was kept; save the pages that matter alone, or print them into a PDF."
        )
    try:
        with source.open() as file:
            data = file.read(MOST + 1)
    except OSError as error:
        raise NewsdeskError(f"{source.name} can't be read: {error.strerror}.") from error
    kind = kind_of(data, suffix=Path(path).suffix.lower())
    found = captured(data, kind, url=url, name=source.name)
    return found if found.title else msgspec.structs.replace(found, title=source.name)


def capture_page(url: str, *, report: Report = _silent) -> Capture:
    """Fetch a page by its address and make a copy of it: the one thing that uses the network.

    `report` hears bytes done and in all; what it raises stops the work. Raises NewsdeskError where
    the page is refused, or can't be had (see `newsdesk.fetch`).
    """
    from newsdesk import fetch

    page = fetch.fetch(url, report=report)
    http: dict[str, Any] = {
        "status": page.status,
        "reason": page.reason,
        "headers": [list(one) for one in page.headers],
    }
    if page.url != page.final_url:
        http["asked"] = page.url
    kind = kind_of(page.bytes, page.media_type)
    return captured(page.bytes, kind, url=page.final_url, at=page.at, extra={"http": http})


def pages_in(path: str | Path) -> list[str]:
    """The addresses of the pages and documents in a web archive, in its order, each once.

    Raises NewsdeskError where the file is no web archive, or damaged.
    """
    found = read_captures(FileInput(Path(path)), listed=True)
    return list(dict.fromkeys(one.url or "" for one in found))


def capture_from_archive(path: str | Path, url: str) -> Capture:
    """The copy of one page of a web archive: the last one of that address.

    Raises NewsdeskError where there is none, or the archive is damaged.
    """
    last: Draft | None = None
    for found in read_captures(FileInput(Path(path)), url=url):
        last = found
    if last is None or last.raw is None:
        raise NewsdeskError(
            f"There is no copy of {url or 'a page'} in {Path(path).name}. Nothing was kept; choose "
            "one of the addresses in it."
        )
    known = last.extra
    kind = kind_of(last.raw, known["media_type"])
    extra = {"http": known["http"]} if "http" in known else {}
    address = None if url.startswith("urn:") else url or None
    return captured(last.raw, kind, url=address, at=known["at"] or None, extra=extra)


def is_archive(path: str | Path) -> bool:
    """Whether a file's name says that it is a web archive."""
    return Path(path).name.lower().endswith((".warc", ".warc.gz"))


def captured(
    data: bytes,
    media_type: str,
    *,
    url: str | None = None,
    at: str | None = None,
    name: str = "",
    extra: dict[str, Any] | None = None,
) -> Capture:
    """A copy made of bytes; `at` is when they were captured, now where it is None.

    Raises NewsdeskError where there are none.
    """
    if not data:
        raise NewsdeskError(f"{name or url or 'The copy'} is empty. Nothing was kept.")
    made = Snapshot(
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        bytes=data,
        url=url,
        captured_at=at or now(),
        extra=extra or {},
    )
    words = words_in(made)
    return Capture(
        snapshot=made,
        title=words.title,
        publisher=words.publisher,
        text=words.text,
        why=words.why,
    )


def kind_of(data: bytes, declared: str = "", *, suffix: str = "") -> str:
    """The media type of bytes: by their first ones, as their sender declared, or by a file's name.

    Senders often declare a PDF as “octet-stream”, and a page as plain text.
    """
    head = data[:HEAD]
    said = " ".join(declared.split())[:200]
    plain = said.partition(";")[0].strip().lower()
    for sign, kind in _BY_SIGN:
        if head.startswith(sign):
            return kind
    if plain not in _UNTOLD and not (plain == "text/plain" and suffix in _BY_SUFFIX):
        return said
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    seen = not_text(head)
    if seen == "a web page" or suffix in (".html", ".htm"):
        return "text/html"
    if seen == "a Word document (.docx)":
        return _BY_SUFFIX[".docx"]
    if seen is None:
        return "text/plain" + _charset(data)
    return "application/xml" if seen == "an XML document" else "application/octet-stream"


def _charset(data: bytes) -> str:
    from newsdesk.formats.encoding import decode

    return f"; charset={decode(data).encoding}"


# The words that stand in a copy

_KEPT = 8  # a text may have ten million characters
_read: OrderedDict[tuple[str, str], Words] = OrderedDict()


def key_of(snapshot: Snapshot) -> tuple[str, str]:
    """What tells copies apart whose words may differ: the SHA-256 and the media type."""
    return snapshot.sha256, snapshot.media_type


Read = Mapping[tuple[str, str], Words]
"""The words of copies by `key_of`: read in a job, and handed to a verb that looks passages up."""


def words_in(snapshot: Snapshot, read: Read | None = None) -> Words:
    """The words of a copy, to look passages up in; the same bytes are read once.

    Plain text is read here, pages and documents in the confined process, which may take as long as
    it is given: on the window's thread, hand over what was `read` before. What can't be read says
    why; nothing is raised.
    """
    key = key_of(snapshot)
    found = (read or {}).get(key) or _read.get(key)
    if found is None:
        found = _words(snapshot)
        if found.text is not None:  # what failed may have been stopped by chance
            _read[key] = found
        while len(_read) > _KEPT:
            _read.pop(next(iter(_read)), None)
    return found


def _words(snapshot: Snapshot) -> Words:
    kind = snapshot.media_type.partition(";")[0].strip().lower()
    if kind in _PAGES:
        return _words_of_page(snapshot)
    if kind in DOCUMENTS:
        return _words_of_document(snapshot, DOCUMENTS[kind])
    text = words_of(snapshot.bytes, snapshot.media_type)
    if text is None:
        return Words(why=f"is {kind or 'of an unknown kind'}, in which no words can be looked up")
    return Words(text=text)


def _words_of_page(snapshot: Snapshot) -> Words:
    from newsdesk.formats.sandbox import ROOM

    told = Told(options={"media_type": snapshot.media_type})
    try:
        for found in ROOM.parsed(parse_words, BytesInput(snapshot.bytes), told):
            if isinstance(found, Draft):
                return Words(text=found.text, title=found.title, publisher=found.outlet or "")
    except NewsdeskError as error:
        return Words(why=f"can't be read: {error}")
    return Words(why="holds no words")


def _words_of_document(snapshot: Snapshot, format: str) -> Words:
    from newsdesk.formats import format_named

    read = format_named(format).read
    assert read is not None, "documents have readers"
    why = "holds no words"
    for item in read(BytesInput(snapshot.bytes), Reading()):
        if isinstance(item, Bundle):
            return Words(text=item.article.text, title=item.article.title)
        if isinstance(item, Problem) and item.blocks:
            why = f"can't be read: {item.message}"
    return Words(why=why)


def parse_words(file: BinaryIO, told: Told) -> Iterable[Draft]:
    """All words that a reader of a page sees, with its title and the site's name.

    It runs in the confined process. The option `media_type` is what the sender declared.
    """
    data = file.read()
    said = words_of(data, told.options["media_type"]) or ""
    text = "\n".join(line for each in said.split("\n") if (line := " ".join(each.split())))
    head = data[: 1 << 16].decode("utf-8", "replace")
    title, site = _TITLE.search(head), _SITE.search(head)
    name = (site[1] or site[2]) if site else ""
    yield Draft(
        text=text,
        title=_plain(title[1]) if title else "",
        outlet=_plain(name) or None,
    )


def _plain(text: str) -> str:
    return " ".join(canonise(unescape(text)).split())[:300]
