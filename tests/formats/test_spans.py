"""Offsets from elsewhere: mapped through the canoniser, and told apart by unit."""

from hypothesis import given
from hypothesis import strategies as st

from newsdesk.formats.spans import canonical_with_spans, why_not
from newsdesk.model import Offsets, Span, canonise
from tests.formats.samples import texts

clean = texts.map(lambda text: text.encode("utf-8", "ignore").decode())


@given(text=clean, data=st.data())
def test_offsets_follow_their_words_through_the_canoniser(text: str, data: st.DataObject) -> None:
    stored, moved = canonical_with_spans(text)
    assert stored == canonise(text)
    if moved is None:
        assert stored == text
        return
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    (span,) = moved([Span(start, end)])
    assert span == (len(canonise_prefix(text, start)), len(canonise_prefix(text, end)))


def canonise_prefix(text: str, end: int) -> str:
    """What comes before an offset, where a CRLF that is cut in two belongs to what follows."""
    before = text[:end]
    if before.endswith("\r") and text[end : end + 1] == "\n":
        before = before[:-1]
    return canonise(before)


TEXT = "😀 Ada said: “Só.” 😀 Ada left."


def test_utf_16_units_and_bytes_are_known_by_the_quoted_words() -> None:
    right = Span(2, 5)
    offsets = Offsets(TEXT)
    units = Span(offsets.to_utf16(2), offsets.to_utf16(5))
    said = why_not(TEXT, [units], ["Ada"])
    assert "UTF-16 units" in said
    assert "3–6 should be 2–5" in said
    in_bytes = Span(len(TEXT[:2].encode()), len(TEXT[:5].encode()))
    assert "bytes" in why_not(TEXT, [in_bytes], ["Ada"])
    assert right.of(TEXT) == "Ada"


def test_units_are_known_even_where_they_lead_out_of_the_text() -> None:
    end = Offsets(TEXT).units
    said = why_not(TEXT, [Span(end - 5, end)], ["left."])
    assert "UTF-16 units" in said


def test_other_faults_are_told_with_both_wordings() -> None:
    said = why_not(TEXT, [Span(2, 5)], ["Eve"])
    assert "2–5 the text reads “Ada”, the file quotes “Eve”" in said
    assert "first stand at 6–10" in why_not(TEXT, [Span(2, 6)], ["said"])
    assert "29 code points" in why_not(TEXT, [Span(28, 40)], None)
    assert "2 spans but 1 quoted words" in why_not(TEXT, [Span(0, 1), Span(2, 5)], ["Ada"])
    assert "x" * 39 + "…" in why_not("x" * 99, [Span(0, 99)], ["y"])
