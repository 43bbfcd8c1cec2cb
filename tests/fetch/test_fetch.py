"""The fetcher against servers that lie, stall, flood and lead astray: all of them on loopback."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from newsdesk.fetch import Fetched, Guard
from newsdesk.fetch import fetch as fetch_page
from newsdesk.fetch.rules import IPAddress
from newsdesk.model import NewsdeskError
from tests.fetch.server import CERTIFICATE, Server, redirect, serving, whole

PAGE = b"<html><title>Berth 7</title><p>Zo\xc3\xab agreed.</p></html>"
HTML = "Content-Type: text/html; charset=utf-8"


def fetch(url: str, *, seconds: float = 60.0, **options: Any) -> Fetched:
    """Fetch with more patience than an editor has: a busy machine is no failure."""
    return fetch_page(url, seconds=seconds, **options)


def refused(server: Server, path: str, match: str, **options: object) -> None:
    options = {"guard": server.guard(), "seconds": 60.0, **options}
    with pytest.raises(NewsdeskError, match=match) as caught:
        fetch(server.url(path), **options)  # type: ignore[arg-type]
    assert str(caught.value).count(".") >= 2, "it says what was kept and what to do next"


def test_a_page_comes_with_its_type_time_and_headers(server: Server) -> None:
    server.answers["/a?b=c"] = whole(PAGE, HTML, "Set-Cookie: id=7", "Server: berths")
    found = fetch(server.url("/a?b=c#part"), guard=server.guard())
    assert found.bytes == PAGE and found.media_type == "text/html; charset=utf-8"
    assert found.url == found.final_url == server.url("/a?b=c")
    assert (found.status, found.reason) == (200, "OK")
    assert found.at.endswith("Z") and found.at[:2] == "20"
    assert ("Server", "berths") in found.headers
    assert "cookie" not in str(found.headers).lower()


def test_the_request_gives_nothing_away(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.answers["/a"] = redirect("/b")
    server.answers["/b"] = whole(PAGE, HTML)
    fetch(server.url("/a"), guard=server.guard())
    assert len(server.asked) == 2
    for asked in server.asked:
        names = [line.split(":")[0].lower() for line in asked.split("\r\n")[1:] if line]
        assert sorted(names) == ["accept", "accept-encoding", "connection", "host", "user-agent"]
        assert f"Host: press.example:{server.port}" in asked
        assert "Accept-Encoding: identity" in asked


def test_a_pdf_is_fetched_as_what_it_is(server: Server) -> None:
    server.answers["/report"] = whole(b"%PDF-1.7\n\xff\x00", "Content-Type: application/pdf")
    found = fetch(server.url("/report"), guard=server.guard())
    assert found.media_type == "application/pdf" and found.bytes.startswith(b"%PDF")


def test_three_redirects_are_followed_and_four_are_not(server: Server) -> None:
    for step in range(5):
        server.answers[f"/{step}"] = redirect(f"/{step + 1}", "301 Moved Permanently")
    server.answers["/5"] = whole(PAGE, HTML)
    assert fetch(server.url("/2"), guard=server.guard()).final_url == server.url("/5")
    refused(server, "/1", "more than 3 times")


def test_the_words_of_a_redirect_are_not_taken_for_the_page(server: Server) -> None:
    server.answers["/a"] = redirect("/b c/é?q=ü".encode().decode("latin-1"))
    server.answers["/b%20c/%C3%A9?q=%C3%BC"] = whole(PAGE, HTML)
    assert fetch(server.url("/a"), guard=server.guard()).bytes == PAGE


def test_a_circle_of_redirects_is_named(server: Server) -> None:
    server.answers["/a"] = redirect("/b", "307 Temporary Redirect")
    server.answers["/b"] = redirect("/a")
    refused(server, "/a", "in a circle")
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("to", "match"),
    [
        ("http://10.0.0.1/admin", "no server in public"),
        ("http://169.254.169.254/latest/meta-data/", "no server in public"),
        ("http://[::1]/", "no server in public"),
        ("http://[::ffff:10.1.2.3]/", "no server in public"),
        ("http://press.example:22/", "port 22"),
        ("file:///etc/passwd", "no address of the web"),
        ("gopher://press.example/", "no address of the web"),
        ("//user:secret@press.example/", "a name or a password"),
        ("", "does not say where"),
    ],
)
def test_a_redirect_is_checked_as_the_address_was(server: Server, to: str, match: str) -> None:
    server.answers["/a"] = redirect(to)
    refused(server, "/a", match)
    assert len(server.asked) == 1


def test_a_name_that_changes_between_two_look_ups_leads_nowhere_else(server: Server) -> None:
    server.answers["/a"] = redirect("/b")
    answers = iter((["127.0.0.1"], ["192.168.1.1"]))
    guard = server.guard(resolve=lambda host, port: next(answers))
    refused(server, "/a", "no server in public", guard=guard)
    assert len(server.asked) == 1


def test_one_private_address_among_public_ones_is_enough(server: Server) -> None:
    server.answers["/a"] = whole(PAGE, HTML)
    guard = server.guard(resolve=lambda host, port: ["127.0.0.1", "10.0.0.7"])
    refused(server, "/a", "no server in public", guard=guard)
    assert server.asked == []


def test_each_name_is_looked_up_once_a_request(server: Server) -> None:
    server.answers["/a"] = whole(PAGE, HTML)
    fetch(server.url("/a"), guard=server.guard())
    assert server.looked_up == ["press.example"]


def test_by_itself_it_fetches_nothing_from_this_machine(server: Server) -> None:
    server.answers["/"] = whole(PAGE, HTML)
    ports = frozenset((server.port,))
    for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
        with pytest.raises(NewsdeskError, match="no server in public"):
            fetch(server.url("/", host), guard=Guard(ports=ports, resolve=loopback))
    assert server.asked == []


def loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def test_the_next_address_serves_where_the_first_is_deaf(server: Server) -> None:
    server.answers["/a"] = whole(PAGE, HTML)

    def permits(address: IPAddress) -> bool:
        return address.is_loopback

    guard = server.guard(resolve=lambda *_: ["::1", "127.0.0.2", "127.0.0.1"], permits=permits)
    assert fetch(server.url("/a"), guard=guard).bytes == PAGE


# Too much, too slow, or not what was said


def endless(line: socket.socket) -> None:
    """Two gigabytes, if anybody takes them."""
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(2_000):
        line.sendall(b"x" * 1_000_000)


def test_a_page_of_two_gigabytes_is_given_up_at_ten_megabytes(server: Server) -> None:
    server.answers["/a"] = endless
    sizes: list[int] = []
    refused(server, "/a", "more than 10,000,000 bytes", report=lambda done, _: sizes.append(done))
    assert 9_000_000 < max(sizes) <= 10_100_000


def test_a_length_beyond_the_limit_is_believed_at_once(server: Server) -> None:
    server.answers["/a"] = whole(b"x", length=2_000_000_000)
    refused(server, "/a", "more than 10,000,000 bytes")


def chunked(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n")
    for _ in range(100):
        line.sendall(b"186a0\r\n" + b"x" * 100_000 + b"\r\n")
    line.sendall(b"0\r\n\r\n")


def test_chunks_are_counted_too(server: Server) -> None:
    server.answers["/a"] = chunked
    assert len(fetch(server.url("/a"), guard=server.guard()).bytes) == 10_000_000
    refused(server, "/a", "more than 9,999,999", most=9_999_999)


def test_a_length_that_is_too_small_ends_the_page_and_one_too_large_breaks_it(
    server: Server,
) -> None:
    server.answers["/small"] = whole(PAGE + b"smuggled", HTML, length=len(PAGE))
    assert fetch(server.url("/small"), guard=server.guard()).bytes == PAGE
    server.answers["/large"] = whole(PAGE, HTML, length=len(PAGE) + 1)
    refused(server, "/large", "broke off")


@pytest.mark.parametrize("packing", ["gzip", "deflate", "raw deflate"])
def test_what_is_packed_unasked_is_unpacked(server: Server, packing: str) -> None:
    pack: dict[str, Callable[[bytes], bytes]] = {
        "gzip": lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:]),
        "deflate": zlib.compress,
        "raw deflate": lambda data: zlib.compress(data)[2:-4],
    }
    header = f"Content-Encoding: {packing.rpartition(' ')[2]}"
    server.answers["/a"] = whole(pack[packing](PAGE * 50), HTML, header)
    found = fetch(server.url("/a"), guard=server.guard())
    assert found.bytes == PAGE * 50
    assert "content-encoding" not in {name.lower() for name, _ in found.headers}


def test_a_bomb_is_not_unpacked(server: Server) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 60_000
    server.answers["/a"] = whole(bomb, "Content-Encoding: gzip")
    refused(server, "/a", "more than 10,000,000 bytes")
    members = gzip.compress(bytes(2_000_000)) * 8
    server.answers["/b"] = whole(members, "Content-Encoding: gzip")
    refused(server, "/b", "more than 10,000,000 bytes")


def test_damaged_and_unknown_packing_is_refused(server: Server) -> None:
    server.answers["/cut"] = whole(gzip.compress(PAGE)[:-9], "Content-Encoding: gzip")
    refused(server, "/cut", "came damaged")
    server.answers["/not"] = whole(PAGE, "Content-Encoding: gzip")
    refused(server, "/not", "came damaged")
    server.answers["/br"] = whole(PAGE, "Content-Encoding: br")
    refused(server, "/br", "“br”")


def silent(line: socket.socket) -> None:
    line.recv(1)  # until the other side has had enough


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def dripping(head: bytes) -> Callable[[socket.socket], None]:
    def drip(line: socket.socket) -> None:
        line.sendall(head)
        while True:
            line.sendall(b"x")
            time.sleep(0.02)

    return drip


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(silent, id="hanging"),
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\n\r\n"), id="drip of a page"),
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\nX-Long: "), id="drip of headers"),
        pytest.param(dripping(CHUNKED + b"1;"), id="drip of a chunk"),
    ],
)
def test_the_time_is_over_for_all_of_it(
    server: Server, answer: Callable[[socket.socket], None]
) -> None:
    server.answers["/a"] = answer
    refused(server, "/a", "within 0.4 seconds", seconds=0.4)


def test_a_name_that_nobody_answers_for_is_not_waited_for(server: Server) -> None:
    def slow(host: str, port: int) -> list[str]:
        server.over.wait(20)
        return ["127.0.0.1"]

    refused(server, "/a", "within 0.3 seconds", seconds=0.3, guard=server.guard(resolve=slow))


def test_it_stops_where_its_caller_says_so(server: Server) -> None:
    server.answers["/a"] = silent

    class Enough(Exception):
        pass

    heard: list[int] = []

    def report(done: int, total: int) -> None:
        heard.append(done)
        if len(heard) > 4:
            raise Enough

    with pytest.raises(Enough):
        fetch(server.url("/a"), guard=server.guard(), report=report)


@pytest.mark.parametrize(
    ("status", "match"),
    [
        ("404 Not Found", "no such page"),
        ("403 Forbidden", "does not give the page"),
        ("429 Slow down", "asked too often"),
        ("503 Sorry", "a fault of its own"),
        ("206 Partial Content", "does not give the page"),
        ("304 Not Modified", "does not give the page"),
    ],
)
def test_an_answer_without_a_page_is_refused(server: Server, status: str, match: str) -> None:
    server.answers["/a"] = whole(PAGE, HTML, status=status)
    refused(server, "/a", f"{match}.*{status[:3]}")


def test_what_is_no_web_server_is_refused(server: Server) -> None:
    server.answers["/ssh"] = lambda line: line.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")
    refused(server, "/ssh", "does not speak as web servers do")
    server.answers["/gone"] = lambda line: None
    refused(server, "/gone", "web servers do")
    many = b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300 + b"\r\n"
    server.answers["/many"] = lambda line: line.sendall(many)
    refused(server, "/many", "web servers do")
    server.answers["/empty"] = whole(b"")
    refused(server, "/empty", "is empty")


def test_a_server_that_is_not_there_is_said(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    guard = server.guard(ports=frozenset((port,)))
    with pytest.raises(NewsdeskError, match="can't be reached"):
        fetch(f"http://press.example:{port}/", guard=guard)

    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    refused(server, "/", "No server of that name", guard=server.guard(resolve=unknown))


# Secure connections


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with serving(secure=True) as server:
        server.answers["/a"] = whole(PAGE, HTML)
        refused(server, "/a", "can't prove who it is")
        assert server.asked == []


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def test_a_certificate_must_name_the_server() -> None:
    with serving(secure=True) as server:
        server.answers["/a"] = whole(PAGE, HTML)
        guard = server.guard(context=trusting)
        assert fetch(server.url("/a"), guard=guard).bytes == PAGE
        with pytest.raises(NewsdeskError, match="can't prove who it is"):
            fetch(server.url("/a", "other.example"), guard=guard)


def test_a_secure_page_does_not_lead_to_one_that_is_not() -> None:
    with serving(secure=True) as server:
        server.answers["/a"] = redirect("http://press.example/")
        refused(server, "/a", "one that is not", guard=server.guard(context=trusting))


def test_a_server_that_speaks_plainly_where_it_should_be_secure_is_refused(
    server: Server,
) -> None:
    url = server.url("/a").replace("http:", "https:")
    with pytest.raises(NewsdeskError, match="No secure connection"):
        fetch(url, guard=server.guard())
