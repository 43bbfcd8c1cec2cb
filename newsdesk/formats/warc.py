"""Web archives in (warcio): every page that was captured, as an article."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from newsdesk.formats.drafts import Found, Told, Trouble, reader
from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.html_article import LONGEST, read_html
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.model import NewsdeskError

_SIGN = b"WARC/"
_GZIP = b"\x1f\x8b"
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


def parse_warc(file: BinaryIO, told: Told) -> Iterator[Found]:
    """One article a captured page (a response that was no error, or a resource)."""
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

    head = file.peek(HEAD)[:HEAD] if hasattr(file, "peek") else b""
    if head and not _looks_like(head):
        raise NewsdeskError(f"it is {not_text(head) or 'plain text'}, not a web archive (WARC).")
    number = pages = 0
    try:
        for number, record in enumerate(ArchiveIterator(file), 1):
            if not _is_page(record):
                continue
            pages += 1
            yield _article(record, number)
    except (ArchiveLoadFailed, zlib.error, EOFError, ValueError) as error:
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        yield Trouble(
            message=f"the archive is damaged or breaks off after this record ({said}).",
            record=f"record {number:,}",
        )
        return
    if not pages:
        yield Trouble(message="there is no captured page in the archive.")


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    elif record.rec_type == "response" and record.http_headers is not None:
        if not record.http_headers.get_statuscode().startswith("2"):
            return False
        kind = record.http_headers.get_header("Content-Type") or "text/html"
    else:
        return False
    return kind.split(";")[0].strip().lower() in _PAGES


def _article(record: Any, number: int) -> Found:
    place = f"record {number:,}"
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    said = f"{place} {url[:200]}".strip()
    raw = _all_of(record.content_stream())
    _all_of(record.raw_stream)
    if len(raw) <= LONGEST and getattr(record.raw_stream, "limit", 0) > 0:
        return Trouble(message="the archive breaks off within this page.", record=said)
    declared = int(record.rec_headers.get_header("Content-Length") or 0)
    if not raw.strip() and declared:
        return Trouble(message="the page is empty.", record=said, blocks=False)
    try:
        draft = read_html(raw, url, declared=_charset(record))
    except NewsdeskError as error:
        return Trouble(message=f"left out: {error}", record=said, blocks=False)
    draft.raw, draft.record = raw, said
    # The capture itself says where it was; all else is read out of the page.
    draft.guessed = tuple(name for name in draft.guessed if name != "url")
    return draft


def _all_of(stream: Any) -> bytes:
    """What a stream still gives, which may come in pieces; not much more than a page may have."""
    pieces: list[bytes] = []
    while sum(map(len, pieces)) <= LONGEST and (piece := stream.read(1 << 20)):
        pieces.append(piece)
    return b"".join(pieces)


def _charset(record: Any) -> str:
    """The charset that the server declared; "" for none."""
    headers = record.http_headers or record.rec_headers
    kind: str = headers.get_header("Content-Type") or ""
    return kind.lower().partition("charset=")[2].split(";")[0].strip(" \"'")


def _looks_like(head: bytes) -> bool:
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(_SIGN)


FORMAT = FileFormat(
    name="warc",
    title="Web archive",
    suffixes=(".warc", ".warc.gz"),
    looks_like=_looks_like,
    losses=frozenset(Part) - {Part.RAW},
    read=reader("warc", parse_warc, whole=False),
)
