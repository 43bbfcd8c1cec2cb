"""Which addresses may be fetched."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.fetch.rules import address_of, is_public
from newsdesk.model import NewsdeskError


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.1.1", "169.254.169.254"),
        *("172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.0.1", "198.18.0.1"),
        *("198.51.100.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::7f00:1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1"),
        *("2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "100::1", "5f00::1", "4000::1"),
    ],
)
def test_addresses_of_a_house_a_machine_or_nobody_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "192.169.0.1"),
        *("2606:4700:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"),
    ],
)
def test_addresses_of_servers_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.integers(0, 2**32 - 1))
def test_what_the_standard_library_calls_private_is_never_public(number: int) -> None:
    address = ipaddress.IPv4Address(number)
    if is_public(address):
        assert address.is_global and not address.is_multicast and not address.is_reserved
        assert is_public(ipaddress.IPv6Address(f"::ffff:{address}"))


@pytest.mark.parametrize(
    ("url", "match"),
    [
        ("ftp://press.example/a", "no address of the web"),
        ("javascript:alert(1)", "no address of the web"),
        ("data:text/html,<p>", "no address of the web"),
        ("press.example/a", "no address of the web"),
        ("", "no address of the web"),
        ("http://", "no address of a page"),
        ("http:///a", "no address of a page"),
        ("http://[::1", "no address of a page"),
        ("http://press.example:port/", "no address of a page"),
        ("http://press.example:99999/", "no address of a page"),
        ("http://press example/", "no address of a page"),
        ("http://press.example/a b", "no address of a page"),
        ("http://press.example\\@evil.example/", "no address of a page"),
        ("http://press.example/\r\nX-Header: 1", "no address of a page"),
        ("http://-press.example/", "no address of a page"),
        ("http://press..example/", "no address of a page"),
        ("http://[fe80::1%25eth0]/", "no address of a page"),
        (f"http://{'a' * 64}.example/", "no address of a page"),
        ("http://ann@press.example/", "name or a password"),
        ("http://:x@press.example/", "name or a password"),
        ("http://press.example:25/", "port 25"),
        ("http://press.example:0/", "port 0"),
        ("http://press.example/" + "a" * 4_000, "characters long"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url: str, match: str) -> None:
    with pytest.raises(NewsdeskError, match=match):
        address_of(url)


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://Press.Example", "https://press.example/"),
        ("  https://press.example/a?b=1#c\n", "https://press.example/a?b=1"),
        ("http://press.example:80/", "http://press.example/"),
        ("https://press.example:8443/x", "https://press.example:8443/x"),
        ("https://zürich.example/straße?q=ö", "https://xn--zrich-kva.example/stra%C3%9Fe?q=%C3%B6"),
        ("https://press.example/a%20b?c=%7E&d[]=1", "https://press.example/a%20b?c=%7E&d[]=1"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
        ("https://press。example/", "https://press.example/"),
    ],
)
def test_an_address_is_written_as_servers_are_asked(url: str, known: str) -> None:
    found = address_of(url)
    assert found.url == known
    assert address_of(found.url) == found


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        found = address_of("http://press.example/" + text)
    except NewsdeskError:
        return
    assert found.host == "press.example" and found.target.isascii()
    assert not any(one.isspace() for one in found.target)
