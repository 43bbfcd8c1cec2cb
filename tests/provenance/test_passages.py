"""Passages: whether words still stand where they were found."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model import Snapshot
from newsdesk.provenance.passages import stands, text_of

TEXT = "The gates were opened at 2am. Nobody was warned.\n\nThe gates were shut at noon."


def snapshot(data: bytes, media_type: str) -> Snapshot:
    return Snapshot(
        sha256=hashlib.sha256(data).hexdigest(), media_type=media_type, bytes=data, captured_at=""
    )


def test_a_passage_stands_with_its_surroundings():
    assert stands(TEXT, "Nobody was warned.")
    assert stands(TEXT, "Nobody was\nwarned.  The gates")
    assert stands(TEXT, "The gates were", suffix=" shut")
    assert stands(TEXT, "The gates were", prefix="warned. ", suffix=" shut at noon.")
    assert not stands(TEXT, "The gates were", prefix="warned. ", suffix=" opened")
    assert not stands(TEXT, "Somebody was warned.")
    assert not stands(TEXT, "  ")


@given(st.text(), st.data())
def test_any_extract_stands_where_it_was_taken_from(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if text[start:end].strip():
        assert stands(text, text[start:end], text[:start], text[end:])


def test_a_page_is_read_as_a_reader_sees_it():
    page = (
        b"<html><head><title>T</title><style>p{}</style><script>var a='hidden'</script></head>"
        b"<body><p>The <b>gates</b> were&nbsp;opened &amp; shut</p><p>Twice.</p></body></html>"
    )
    text = text_of(snapshot(page, "text/html; charset=utf-8"))
    assert stands(text, "The gates were opened & shut Twice.")
    assert not stands(text, "hidden")


@pytest.mark.parametrize("media_type", ["text/plain; charset=latin-1", 'text/plain;charset="L1"'])
def test_the_charset_is_heeded(media_type):
    assert text_of(snapshot("Zoë".encode("latin-1"), media_type)) == "Zoë"


def test_a_charset_that_nobody_knows_is_read_as_utf_8():
    assert text_of(snapshot("Zoë".encode(), "text/plain; charset=klingon")) == "Zoë"


def test_other_kinds_hold_no_words_to_look_up():
    assert text_of(snapshot(b"%PDF", "application/pdf")) is None


@given(st.binary(), st.sampled_from(["text/html", "text/plain", "image/png"]))
def test_no_snapshot_is_too_strange(data, media_type):
    text = text_of(snapshot(data, media_type))
    assert (text is None) == (media_type == "image/png")
