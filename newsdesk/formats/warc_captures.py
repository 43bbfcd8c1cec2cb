"""Copies of pages as a web archive (WARC 1.1, ISO 28500:2017) and back, by warcio."""

from __future__ import annotations

import io
import uuid
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from newsdesk.formats.drafts import Draft, Found, Told, Trouble
from newsdesk.formats.format import Input
from newsdesk.model import NewsdeskError, Snapshot

MOST = 10_000_000
"""Bytes of a captured page or document that is read."""

_SPACE = uuid.UUID("6f0d5b1e-6c1d-5b59-9d3c-0c4a1f1e7a10")
_UNKNOWN = "application/octet-stream"


def write_captures(
    snapshots: Iterable[Snapshot], file: BinaryIO, *, packed: bool, software: str
) -> int:
    """Write copies as records of a web archive; gives how many. The same copies, the same bytes.

    A page that was fetched is a `response`, with what is on record of the server's answer; any
    other copy is a `resource`. `packed` compresses each record by itself. Raises NewsdeskError
    where warcio is missing, or a copy's time of capture can't be read.
    """
    try:
        from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]
    except ModuleNotFoundError as error:
        raise NewsdeskError(
            "Writing web archives needs the extra “documents”: pip install newsdesk[documents]"
        ) from error
    writer = WARCWriter(file, gzip=packed, warc_version="1.1")
    count = 0
    for one in snapshots:
        at = _utc(one)
        if not count:
            _write_head(writer, one, at, software)
        _write(writer, one, at)
        count += 1
    return count


def _write_head(writer: Any, first: Snapshot, at: str, software: str) -> None:
    said = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    headers = {
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(_SPACE, first.id)}>",
        "WARC-Date": at,
    }
    record = writer.create_warc_record(
        "", "warcinfo", payload=io.BytesIO(said), length=len(said), warc_headers_dict=headers
    )
    writer.write_record(record)


def _write(writer: Any, one: Snapshot, at: str) -> None:
    from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]

    headers = {"WARC-Record-ID": f"<urn:uuid:{_uuid(one.id)}>", "WARC-Date": at}
    address = _one_line(one.url or "")
    http = one.extra.get("http")
    answer = None
    if address and isinstance(http, dict):
        line = _one_line(f"{http.get('status', 200)} {http.get('reason', 'OK')}")
        answer = StatusAndHeaders(line, _headers(one, http.get("headers")), protocol="HTTP/1.1")
    record = writer.create_warc_record(
        address or f"urn:uuid:{_uuid(one.id)}",
        "response" if answer else "resource",
        payload=io.BytesIO(one.bytes),
        length=len(one.bytes),
        warc_content_type="" if answer else _one_line(one.media_type) or _UNKNOWN,
        warc_headers_dict=headers,
        http_headers=answer,
    )
    writer.write_record(record)


def _headers(one: Snapshot, known: object) -> list[tuple[str, str]]:
    """The answer's headers as they are on record, with type and length as the copy has them."""
    pairs = [
        (_one_line(str(each[0])), _one_line(str(each[1])))
        for each in (known if isinstance(known, list) else ())
        if isinstance(each, list | tuple) and len(each) == 2
    ]
    kept = [pair for pair in pairs if pair[0].lower() not in ("content-length", "content-type")]
    kept.append(("Content-Type", _one_line(one.media_type) or _UNKNOWN))
    return [*kept, ("Content-Length", str(len(one.bytes)))]


def _uuid(id: str) -> uuid.UUID:
    try:
        return uuid.UUID(id)
    except ValueError:
        return uuid.uuid5(_SPACE, id)  # another tool's id


def _utc(one: Snapshot) -> str:
    try:
        moment = datetime.fromisoformat(one.captured_at)
    except ValueError as error:
        raise NewsdeskError(
            f"Snapshot {one.id} says that it was captured at “{one.captured_at[:40]}”, which is no "
            "time. No archive was written; leave out the claim that it belongs to."
        ) from error
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _one_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def read_captures(source: Input, *, url: str = "", listed: bool = False) -> Iterator[Draft]:
    """What an archive holds: each page or document with its bytes in `raw`, and in `extra` its
    `media_type`, when it was captured (`at`), and the server's answer (`http`).

    `url` asks for the copies of one address only; `listed` leaves the bytes out. It is read in
    the confined process. Raises NewsdeskError where it is no archive, or damaged.
    """
    from newsdesk.formats.sandbox import ROOM

    told = Told(name=source.name, options={"url": url, "listed": "yes" if listed else ""})
    for found in ROOM.parsed(parse_captures, source, told):
        if isinstance(found, Trouble):
            raise NewsdeskError(f"{source.name}: {found.record} {found.message}".replace("  ", " "))
        yield found


def parse_captures(file: BinaryIO, told: Told) -> Iterator[Found]:
    """The parser of `read_captures`: responses that were no error, and resources."""
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

    number = 0
    try:
        for record in ArchiveIterator(file):
            number += 1
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            wanted = told.options.get("url") or address
            if not _is_copy(record) or wanted != address:
                continue
            data = _bytes_of(record)
            if len(data or b"") > MOST:
                continue  # longer than is read
            if getattr(record.raw_stream, "limit", 0) > 0:
                raise EOFError("within a page")
            if data is not None:
                draft = _draft(record, address, data)
                draft.raw = None if told.options.get("listed") else data
                yield draft
    except (ArchiveLoadFailed, zlib.error, EOFError, ValueError) as error:
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        yield Trouble(
            record=f"record {number:,}:",
            message=f"the archive is damaged, breaks off, or is none ({said}). Ask for it again.",
        )


def _is_copy(record: Any) -> bool:
    if record.rec_type == "resource":
        return True
    if record.rec_type != "response" or record.http_headers is None:
        return False
    return bool(record.http_headers.get_statuscode().startswith("2"))


def _bytes_of(record: Any) -> bytes | None:
    """The unpacked bytes of a record, None where there are none; read on past `MOST` once only."""
    stream, size = record.content_stream(), 0
    pieces: list[bytes] = []
    while piece := stream.read(1 << 20):
        size += len(piece)
        if size > MOST:
            return b"".join((*pieces, piece))
        pieces.append(piece)
    return b"".join(pieces) or None


def _draft(record: Any, address: str, data: bytes) -> Draft:
    headers = record.http_headers or record.rec_headers
    extra: dict[str, Any] = {
        "media_type": headers.get_header("Content-Type") or "",
        "at": record.rec_headers.get_header("WARC-Date") or "",
        "size": len(data),
    }
    if record.http_headers is not None:
        status, _, reason = record.http_headers.statusline.partition(" ")
        extra["http"] = {
            "status": int(status),
            "reason": reason,
            "headers": [
                [name, value[:1_000]]
                for name, value in record.http_headers.headers
                if name.lower() not in _TRANSFER
            ],
        }
    return Draft(text="", url=address, extra=extra)


_TRANSFER = frozenset(
    "set-cookie set-cookie2 connection keep-alive transfer-encoding trailer content-encoding "
    "content-length".split()
)
