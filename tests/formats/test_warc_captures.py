"""Pages and documents out of web archives, as evidence: parsed here, where it can be watched."""

from __future__ import annotations

import gzip
import io

import pytest

from newsdesk.formats import warc_captures
from newsdesk.formats.drafts import Draft, Found, Told, Trouble
from newsdesk.formats.warc_captures import parse_captures
from tests.formats.documents import OK, warc

PAGE = b"<p>The board agreed.</p>"
PDF = "HTTP/1.1 200 OK\r\nContent-Type: application/pdf"


def parsed(raw: bytes, **options: str) -> list[Found]:
    return list(parse_captures(io.BytesIO(raw), Told(options=options)))


def resource(url: str, body: bytes, kind: str = "text/plain") -> bytes:
    head = (
        "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:9>\r\n"
        f"WARC-Date: 2024-03-12T10:30:00.5Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def test_responses_and_resources_of_any_kind_come_with_type_and_time() -> None:
    raw = warc(("https://a.example/", OK + "\r\nSet-Cookie: x=1\r\nServer: b", PAGE))
    raw += warc(("https://a.example/r.pdf", PDF, b"%PDF-1.4")) + resource("urn:uuid:7", b"note")
    page, pdf, note = [one for one in parsed(raw) if isinstance(one, Draft)]
    assert (page.url, page.raw) == ("https://a.example/", PAGE)
    assert page.extra["media_type"] == "text/html; charset=utf-8"
    assert page.extra["at"] == "2024-03-12T10:30:00Z"
    assert ["Server", "b"] in page.extra["http"]["headers"]
    assert "cookie" not in str(page.extra).lower()
    assert pdf.extra["media_type"] == "application/pdf"
    assert (note.raw, note.extra["media_type"]) == (b"note", "text/plain")
    assert "http" not in note.extra


def test_only_the_address_asked_for_comes_and_a_list_has_no_bytes() -> None:
    records = [warc((f"https://a.example/{name}", OK, PAGE)) for name in ("1", "2")]
    (one,) = parsed(b"".join(records), url="https://a.example/2")
    assert isinstance(one, Draft) and one.url == "https://a.example/2"
    listed = parsed(b"".join(map(gzip.compress, records)), listed="yes")
    assert [one.raw for one in listed if isinstance(one, Draft)] == [None, None]


def test_what_is_packed_in_an_archive_is_unpacked() -> None:
    lines = OK + "\r\nContent-Encoding: gzip"
    (one,) = parsed(warc(("https://a.example/", lines, gzip.compress(PAGE))))
    assert isinstance(one, Draft) and one.raw == PAGE
    assert "encoding" not in str(one.extra).lower()


def test_errors_redirects_requests_and_empty_pages_are_no_copies() -> None:
    raw = warc(
        ("https://a.example/1", "HTTP/1.1 404 Not Found", PAGE),
        ("https://a.example/2", "HTTP/1.1 302 Found\r\nLocation: /3", PAGE),
        ("https://a.example/3", OK, b""),
    )
    raw += resource("https://a.example/4", b"x").replace(b"resource", b"metadata")
    assert parsed(raw) == []


def test_a_page_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_captures, "MOST", 1_000)
    raw = warc(("https://a.example/1", OK, b"x" * 1_001), ("https://a.example/2", OK, PAGE))
    (one,) = parsed(raw)
    assert isinstance(one, Draft) and one.url == "https://a.example/2"


def test_an_archive_that_was_packed_as_a_whole_is_said() -> None:
    records = [warc((f"https://a.example/{name}", OK, PAGE)) for name in ("1", "2")]
    assert isinstance(parsed(gzip.compress(b"".join(records)))[-1], Trouble)


@pytest.mark.parametrize("raw", [b"hello", b"\x1f\x8bnothing", resource("urn:x", b"x" * 99)[:-60]])
def test_what_is_no_archive_or_breaks_off_is_said(raw: bytes) -> None:
    found = parsed(raw)
    assert isinstance(found[-1], Trouble) and "damaged" in found[-1].message
