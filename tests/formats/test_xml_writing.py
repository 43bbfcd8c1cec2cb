"""Texts as XML has them: what a reader gets back, and the bytes of the standard library's own."""

from xml.sax import saxutils

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newsdesk.formats.xml_reading import storable
from newsdesk.formats.xml_writing import content, in_quotes, quoted

TEXTS = st.text(st.sampled_from("ab&<>\"'\r\n\t\x00é😀;#") | st.characters(), max_size=12)
BREAKS = {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}


@given(TEXTS)
def test_a_reader_gets_back_what_xml_can_hold(text: str) -> None:
    holds = storable(text)[0]
    line = f'<a b={quoted(text)} c="{in_quotes(text)}">{content(text)}</a>'
    found = etree.fromstring(line.encode())
    assert (found.get("b"), found.get("c"), found.text or "") == (holds, holds, holds)


@given(TEXTS)
def test_the_bytes_are_those_of_the_standard_library(text: str) -> None:
    holds = storable(text)[0]
    assert content(text) == saxutils.escape(holds, {"\r": "&#13;"})
    assert quoted(text) == saxutils.quoteattr(holds, BREAKS)
    assert in_quotes(text) == saxutils.escape(holds, {**BREAKS, '"': "&quot;"})
