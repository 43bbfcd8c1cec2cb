"""The one place that opens a connection: it fetches one page when asked, within narrow limits.

Only http and https, only servers in public, at most three redirects, each checked anew, ten
million bytes and fifteen seconds for all of it. A name is resolved once, every address it has is
checked, and the connection goes to an address that was checked: a name that changes in between
leads nowhere else. No cookies, no referrer, no proxy of the environment, no credentials.
"""

import contextlib
import http.client
import io
import ipaddress
import os
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urljoin

import msgspec

from newsdesk import __version__
from newsdesk.fetch.bodies import body_of, check_status, too_long
from newsdesk.fetch.rules import PORTS, SAVE, Address, IPAddress, address_of, is_public, shown
from newsdesk.model import NewsdeskError
from newsdesk.model.record import now

__all__ = ["MOST", "REDIRECTS", "SECONDS", "Fetched", "Guard", "fetch"]

MOST = 10_000_000
"""Bytes of a page, on the line and unpacked."""
SECONDS = 15.0
"""For all of it: names, connections, redirects and the page."""
REDIRECTS = 3

_SLICE = 0.2  # seconds between two looks at whether somebody cancelled
_TRIES = 4  # addresses of one name
_REDIRECTING = (301, 302, 303, 307, 308)
_UNKEPT = frozenset(
    "set-cookie set-cookie2 connection keep-alive transfer-encoding trailer upgrade "
    "content-encoding content-length proxy-authenticate www-authenticate".split()
)
_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5"

Report = Callable[[int, int], None]


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A page as a server gave it, and when (UTC, ISO 8601).

    `headers` are the answer's, without cookies and without those of the transfer; `bytes` is
    unpacked.
    """

    url: str
    final_url: str
    status: int
    reason: str
    media_type: str
    at: str
    headers: tuple[tuple[str, str], ...]
    bytes: bytes


def resolved(host: str, port: int) -> list[str]:
    """The IP addresses of a name, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def trusted() -> ssl.SSLContext:
    """Certificates are checked by those that the system trusts."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


class Guard(msgspec.Struct, frozen=True, kw_only=True):
    """What is let through; the tests put a server of their own in the world's place."""

    resolve: Callable[[str, int], Sequence[str]] = resolved
    permits: Callable[[IPAddress], bool] = is_public
    ports: frozenset[int] = PORTS
    context: Callable[[], ssl.SSLContext] = trusted


def _silent(done: int, total: int) -> None:
    """Tell nobody."""


def fetch(
    url: str,
    *,
    report: Report = _silent,
    guard: Guard | None = None,
    seconds: float = SECONDS,
    most: int = MOST,
) -> Fetched:
    """Fetch a page. `report` hears bytes done and in all (0 if unknown) several times a second;
    what it raises stops the work.

    Raises NewsdeskError, naming the address and saying why, for whatever is refused or fails.
    """
    guard = guard or Guard()
    address = address_of(url, guard.ports)
    try:
        return _visited(_Visit(guard, report, seconds, most), address, seconds)
    except NewsdeskError as error:
        raise NewsdeskError(f"{shown(address.url)}: {error}") from error


def _visited(visit: "_Visit", address: Address, seconds: float) -> Fetched:
    """The page; raises NewsdeskError for whatever goes wrong on the way."""
    try:
        return visit.follow(address)
    except TimeoutError as error:
        raise NewsdeskError(
            f"The page did not come within {seconds:g} seconds. Nothing was kept; try again later. "
            f"{SAVE}"
        ) from error
    except ssl.SSLCertVerificationError as error:
        raise NewsdeskError(
            f"The server can't prove who it is ({error.verify_message.rstrip('.')}). Nothing was "
            f"kept; check the address. {SAVE}"
        ) from error
    except ssl.SSLError as error:
        raise NewsdeskError(
            f"No secure connection came about ({error.reason or 'unknown'}). Nothing was kept. "
            f"{SAVE}"
        ) from error
    except socket.gaierror as error:
        raise NewsdeskError(
            "No server of that name is known, or this machine is offline. Nothing was fetched; "
            "check the address."
        ) from error
    except (http.client.HTTPException, ValueError) as error:
        raise NewsdeskError(
            f"What answers there does not speak as web servers do, or breaks off. Nothing was "
            f"kept. {SAVE}"
        ) from error
    except OSError as error:
        said = error.strerror or type(error).__name__
        raise NewsdeskError(
            f"The server can't be reached ({said}). Nothing was kept; try again later. {SAVE}"
        ) from error


class _Visit:
    """One page on its way, by redirects, until the time is over."""

    def __init__(self, guard: Guard, report: Report, seconds: float, most: int) -> None:
        self._guard, self._report, self._most = guard, report, most
        self._until = time.monotonic() + seconds
        self._done = self._total = 0

    def follow(self, address: Address) -> Fetched:
        first, been = address.url, {address}
        while True:
            found = self._get(address, first)
            if isinstance(found, Fetched):
                return found
            if len(been) > REDIRECTS:
                raise NewsdeskError(
                    f"The page leads on more than {REDIRECTS} times. Nothing was kept; open it in "
                    "a browser, and copy the address where it ends."
                )
            if found in been:
                raise NewsdeskError(
                    f"The page leads round in a circle, back to itself. Nothing was kept. {SAVE}"
                )
            if address.scheme == "https" and found.scheme == "http":
                raise NewsdeskError(
                    "The page leads from a secure connection to one that is not. Nothing was kept."
                    f" {SAVE}"
                )
            been.add(found)
            address = found

    def tick(self) -> float:
        """Seconds that are left; raises TimeoutError, or what `report` raises to cancel."""
        self._report(self._done, self._total)
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    # One request

    def _get(self, address: Address, first: str) -> Fetched | Address:
        """The page at an address, or where it leads."""
        with contextlib.closing(self._connected(address)) as line:
            asking = http.client.HTTPConnection(address.host, address.port)
            asking.sock = _Line(line, self.tick)
            asking.putrequest("GET", address.target, skip_host=True, skip_accept_encoding=True)
            for name, value in (
                ("Host", address.served),
                ("User-Agent", f"Newsdesk/{__version__}"),
                ("Accept", _ACCEPT),
                ("Accept-Encoding", "identity"),
                ("Connection", "close"),
            ):
                asking.putheader(name, value)
            asking.endheaders()
            with contextlib.closing(asking.getresponse()) as answer:
                if answer.status in _REDIRECTING:
                    return self._led(address, answer)
                check_status(answer.status)
                return self._page(address, first, answer)

    def _led(self, address: Address, answer: http.client.HTTPResponse) -> Address:
        said = answer.getheader("Location", "").strip().replace(" ", "%20")
        if not said:
            raise NewsdeskError(
                f"The page leads on, and does not say where. Nothing was kept. {SAVE}"
            )
        # Headers are read as Latin-1; what is not ASCII in an address is UTF-8.
        said = said.encode("latin-1", "replace").decode("utf-8", "replace")
        return address_of(urljoin(address.url, said), self._guard.ports)

    def _page(self, address: Address, first: str, answer: http.client.HTTPResponse) -> Fetched:
        if answer.length is not None and answer.length > self._most:
            raise too_long(self._most)
        self._total = answer.length or 0
        packing = answer.getheader("Content-Encoding", "")
        data = body_of(answer.read, packing, self._most, self._came)
        if answer.length:
            raise NewsdeskError(
                "The page broke off before its end. Nothing was kept; try again later."
            )
        if not data:
            raise NewsdeskError(f"The page is empty. Nothing was kept. {SAVE}")
        return Fetched(
            url=first,
            final_url=address.url,
            status=answer.status,
            reason=_line_of(answer.reason),
            media_type=_line_of(answer.getheader("Content-Type", ""))[:200],
            at=now(),
            headers=tuple(_kept(answer.getheaders())),
            bytes=data,
        )

    def _came(self, size: int) -> None:
        self._done = size
        self.tick()

    # The connection

    def _connected(self, address: Address) -> socket.socket:
        """A connection to one of the host's addresses, all of which were checked before."""
        places = self._places(address)
        failure: OSError | None = None
        for at, place in enumerate(places[:_TRIES]):
            left = self.tick()
            share = left if at == len(places[:_TRIES]) - 1 else min(5.0, left / 2)
            try:
                line = self._reached(place, address.port, time.monotonic() + share)
            except OSError as error:
                failure = error
                continue
            return self._secured(line, address.host) if address.scheme == "https" else line
        raise failure or OSError("no address")

    def _places(self, address: Address) -> list[IPAddress]:
        try:
            found = [ipaddress.ip_address(address.host)]
        except ValueError:
            names = self._resolved(address)
            found = [ipaddress.ip_address(name.partition("%")[0]) for name in names]
        if not found or not all(self._guard.permits(each) for each in found):
            raise NewsdeskError(
                f"“{address.host}” is no server in public: it is this machine, or one of a network "
                f"in the house. Nothing was fetched. {SAVE}"
            )
        return found

    def _resolved(self, address: Address) -> Sequence[str]:
        """The host's addresses; the system may think about them for longer than there is time."""
        found: list[Sequence[str] | OSError] = []

        def ask() -> None:
            try:
                found.append(self._guard.resolve(address.host, address.port))
            except (OSError, UnicodeError) as error:
                found.append(error if isinstance(error, OSError) else socket.gaierror())

        asking = threading.Thread(target=ask, daemon=True, name="names")
        asking.start()
        while asking.is_alive():
            asking.join(min(_SLICE, self.tick()))
        answer = found[0]
        if isinstance(answer, OSError):
            raise answer
        return answer

    def _reached(self, place: IPAddress, port: int, until: float) -> socket.socket:
        family = socket.AF_INET6 if place.version == 6 else socket.AF_INET
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                line.connect((str(place), port))
            with selectors.DefaultSelector() as waiting:
                waiting.register(line, selectors.EVENT_WRITE)
                while not waiting.select(min(_SLICE, self.tick())):
                    if time.monotonic() > until:
                        raise TimeoutError
            code = line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if code:
                raise OSError(code, os.strerror(code))
        except BaseException:
            line.close()
            raise
        return line

    def _secured(self, line: socket.socket, host: str) -> socket.socket:
        try:
            line.settimeout(_SLICE)
            secure = self._guard.context().wrap_socket(
                line, server_hostname=host, do_handshake_on_connect=False
            )
        except BaseException:
            line.close()
            raise
        try:
            while True:
                secure.settimeout(min(_SLICE, self.tick()))
                try:
                    secure.do_handshake()
                except TimeoutError:
                    continue
                return secure
        except BaseException:
            secure.close()
            raise


class _Line:
    """A connection as http.client wants one, every wait of which ends when the time is over."""

    def __init__(self, line: socket.socket, tick: Callable[[], float]) -> None:
        self._line, self._tick = line, tick

    def sendall(self, data: bytes) -> None:
        self._line.settimeout(self._tick())
        self._line.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Coming(self._line, self._tick))

    def close(self) -> None:
        """The visit closes the connection itself."""


class _Coming(io.RawIOBase):
    """What comes over a connection."""

    def __init__(self, line: socket.socket, tick: Callable[[], float]) -> None:
        self._line, self._tick = line, tick

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any, /) -> int:
        while True:
            self._line.settimeout(min(_SLICE, self._tick()))
            try:
                return self._line.recv_into(into)
            except TimeoutError:
                continue


def _kept(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers that are kept with a copy: no cookies, and none of the transfer."""
    return [
        (_line_of(name)[:100], _line_of(value)[:1_000])
        for name, value in headers
        if name.lower() not in _UNKEPT
    ]


def _line_of(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
