"""Canonical text, offsets and spans: the ground that everything counts on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model import Offsets, Span, canonise, check_spans, joined, quote_of, sha256_of

TRICKY = "a\ufeff\r\n\r\u2028\u2029\ufdd0\ufdd1\x00\ud83d\ude00😀👩🏽\u200d💻é\u0301\u05d0\u0627\n"
texts = st.text(alphabet=st.sampled_from(TRICKY) | st.characters(), max_size=60)


def test_canonise_names_every_rule():
    assert canonise("\ufeffa\r\nb\rc\u2028d\u2029e\ufdd0f\ufdd1g") == "a\nb\nc\nd\ne\nf\ng"
    assert canonise("\x00 \ud800 \udc00") == "\ufffd \ufffd \ufffd"
    assert canonise("\ud83d\ude00") == "😀"
    assert canonise("e\u0301 é") == "e\u0301 é", "there is no normalisation"


@given(texts)
def test_canonise_is_idempotent_and_storable(text):
    once = canonise(text)
    assert canonise(once) == once
    assert once.encode().decode() == once
    assert not set("\r\u2028\u2029\ufeff\ufdd0\ufdd1\x00") & set(once)
    assert len(sha256_of(once)) == 64


@given(texts.map(canonise), st.data())
def test_offsets_agree_with_the_encoder(text, data):
    offsets = Offsets(text)
    at = data.draw(st.integers(0, len(text)))
    units = len(text[:at].encode("utf-16-le")) // 2
    assert offsets.to_utf16(at) == units
    assert offsets.from_utf16(units) == at
    assert offsets.units == len(text.encode("utf-16-le")) // 2


def test_an_offset_inside_a_surrogate_pair_rounds_down():
    assert [Offsets("a😀b").from_utf16(unit) for unit in range(5)] == [0, 1, 1, 2, 3]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), min_size=1, max_size=8))
def test_joined_spans_are_ordered_disjoint_and_cover_the_same(pairs):
    spans = joined(Span(start, start + length) for start, length in pairs)
    check_spans(spans)
    covered = {at for start, length in pairs for at in range(start, start + length)}
    assert {at for span in spans for at in range(*span)} == covered


@pytest.mark.parametrize(
    "spans", [(), ((3, 3),), ((5, 2),), ((-1, 2),), ((4, 6), (1, 2)), ((1, 4), (4, 6))]
)
def test_spans_that_mark_nothing_or_meet_are_refused(spans):
    with pytest.raises(ValueError):
        check_spans([Span(*span) for span in spans])


def test_a_discontinuous_quote_shows_its_gap():
    assert quote_of("Ada said yes", (Span(0, 3), Span(9, 12))) == "Ada … yes"
    assert Span(0, 3).overlaps(Span(2, 5))
    assert not Span(0, 3).overlaps(Span(3, 5))
