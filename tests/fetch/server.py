"""A web server on loopback that answers as a test wants, for as long as the test lasts."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from newsdesk import fetch
from newsdesk.fetch import Guard
from newsdesk.fetch.rules import IPAddress, is_public

CERTIFICATE = Path(__file__).with_name("press.example.pem")
"""Of press.example, signed by itself, with its key: it protects nothing."""

Answer = Callable[[socket.socket], None]


def whole(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> Answer:
    """An answer with a body; `length` is what it says of it, if that is a lie."""
    said = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {said}", *headers, "", ""]

    def answer(line: socket.socket) -> None:
        line.sendall("\r\n".join(lines).encode("latin-1") + body)

    return answer


def redirect(to: str, status: str = "302 Found") -> Answer:
    """An answer that leads elsewhere, with words behind it that nobody should read."""
    return whole(b"<p>Moved, says the server.</p>", f"Location: {to}", status=status)


class Server:
    """What was asked for stands in `asked`: whole requests, in their order."""

    def __init__(self, *, secure: bool = False) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.looked_up: list[str] = []
        self.over = threading.Event()
        self._secure = secure
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self.port: int = self._listening.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def url(self, path: str, host: str = "press.example") -> str:
        """An address on this server."""
        return f"http{'s' if self._secure else ''}://{host}:{self.port}{path}"

    def guard(self, **changes: object) -> Guard:
        """Lets this server through in place of any name; other addresses are judged as ever."""

        def resolve(host: str, port: int) -> list[str]:
            self.looked_up.append(host)
            return ["127.0.0.1"]

        def permits(address: IPAddress) -> bool:
            return str(address) == "127.0.0.1" or is_public(address)

        given = {"resolve": resolve, "permits": permits, "ports": frozenset((80, 443, self.port))}
        return Guard(**{**given, **changes})  # type: ignore[arg-type]

    def end(self) -> None:
        """Stop serving."""
        self.over.set()
        for thread in self._threads:
            thread.join(5)
        self._listening.close()

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                line, _ = self._listening.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            self._start(self._serve, line)

    def _serve(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.closing(line):
            line.settimeout(5)
            if self._secure:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(CERTIFICATE)
                line = context.wrap_socket(line, server_side=True)
            request = b""
            while b"\r\n\r\n" not in request:
                piece = line.recv(4096)
                if not piece:
                    return
                request += piece
                if request[0] == 0x16:  # the other side begins a secure connection
                    line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    return
            text = request.decode("latin-1")
            self.asked.append(text)
            self.answers.get(text.split(" ")[1], whole(b"", status="404 Not Found"))(line)
            line.shutdown(socket.SHUT_RDWR)
            line.close()


@contextmanager
def serving(*, secure: bool = False) -> Iterator[Server]:
    """A server, ended when the block is over."""
    server = Server(secure=secure)
    try:
        yield server
    finally:
        server.end()


@contextmanager
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that the whole program takes for the world, since nobody gives it a guard."""
    original = fetch.fetch

    def guarded(url: str, **options: Any) -> fetch.Fetched:
        return original(url, guard=server.guard(), seconds=60.0, **options)

    with serving() as server:
        monkeypatch.setattr(fetch, "fetch", guarded)
        yield server
