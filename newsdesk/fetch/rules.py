"""Which addresses may be fetched: of the web, by their usual ports, on servers in public."""

import ipaddress
import re
import unicodedata
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from newsdesk.model import NewsdeskError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = frozenset((80, 443, 8080, 8443))
"""Ports of web servers. Others belong to mail, databases, printers and the like."""
LONGEST = 4_000
"""Characters of an address."""

SAVE = "Open it in a browser, save the page or print it into a PDF, and take that file."
"""What to do with a page that can't be fetched."""

_USUAL = {"http": 80, "https": 443}
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.I)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")

# IANA's registries of special purposes (RFC 6890 and after): what the standard library calls
# global in one version and not in the next is named here.
_SPECIAL_4 = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_SPECIAL_6 = tuple(
    ipaddress.IPv6Network(net)
    for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Address(NamedTuple):
    """A web address in its parts; `host` is ASCII, `target` is what a server is asked for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def served(self) -> str:
        """Host and port as the header Host has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _USUAL[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address as one text, without a fragment."""
        return f"{self.scheme}://{self.served}{self.target}"


def address_of(url: str, ports: frozenset[int] = PORTS) -> Address:
    """An address, checked and in its parts; what is not ASCII in it is encoded (RFC 3987).

    Raises NewsdeskError for what is no address of the web, or must not be fetched.
    """
    text = url.strip()
    if len(text) > LONGEST:
        raise NewsdeskError(
            f"The address is {len(text):,} characters long. Nothing was fetched; check it."
        )
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise _no_address(text) from error
    scheme = parts.scheme.lower()
    if scheme not in _USUAL:
        raise NewsdeskError(
            f"“{shown(text)}” is no address of the web. Nothing was fetched; write one that "
            "begins with https:// or http://."
        )
    if not host or "%" in host or _FORBIDDEN.search(text):
        raise _no_address(text)
    if parts.username is not None or parts.password is not None:
        raise NewsdeskError(
            "The address holds a name or a password. Nothing was fetched; take out what stands "
            f"before the @. {SAVE}"
        )
    number = _USUAL[scheme] if port is None else port
    if number not in ports:
        listed = ", ".join(str(one) for one in sorted(ports))
        raise NewsdeskError(
            f"The address asks for port {number}, which is none of the web's ({listed}). Nothing "
            f"was fetched. {SAVE}"
        )
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|^`{}\"<>")
    return Address(scheme, _ascii(host, text), number, target)


def _ascii(host: str, text: str) -> str:
    """A host's name in ASCII (IDNA); an IP address as it is."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        plain = unicodedata.normalize("NFKC", host).encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise _no_address(text) from error
    labels = plain.removesuffix(".").split(".")
    if len(plain) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _no_address(text)
    return plain


def _no_address(text: str) -> NewsdeskError:
    return NewsdeskError(
        f"“{shown(text)}” is no address of a page. Nothing was fetched; copy it from the browser."
    )


def shown(text: str) -> str:
    """An address as messages show it: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"


def is_public(address: IPAddress) -> bool:
    """Whether an address is one of a server in public: no network of a house, no machine itself.

    IPv6 addresses that carry one of IPv4 are judged by that one.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in net for net in _SPECIAL_4)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _PUBLIC_6 and not any(address in net for net in _SPECIAL_6)
