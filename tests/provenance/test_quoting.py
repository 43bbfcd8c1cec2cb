"""Quote drift: variants of one quote, aligned word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model import Manner
from newsdesk.provenance.quoting import Change, compared, quote_drift
from tests.provenance.samples import chain, quoted, tie

WHOLE = "My time here is finished. A contract is a promise in both directions. He is not for sale."


def changes(variant, first=WHOLE, **fields):
    drift = compared(quoted("a", "him", first), quoted("b", "him", variant, **fields))
    return drift and set(drift.changes)


@pytest.mark.parametrize(
    ("variant", "expected"),
    [
        (WHOLE, None),
        ("A contract is a promise in both directions.", None),
        ("He is not for sale.", None),
        ("My time here is over.", {Change.WORDS}),
        ("My time here was finished.", {Change.TENSE}),
        ("My time here is finished … He is not for sale.", {Change.ELLIPSIS, Change.CUT}),
        ("My time here is finished ... He is not for sale.", {Change.ELLIPSIS, Change.CUT}),
        ("My time here is finished. He is not for sale.", {Change.CUT}),
        ("[Holm] is not for sale.", {Change.BRACKET}),
        ("My time here is truly finished.", {Change.ADDED}),
        ("It rained all day in Wexmouth.", None),
    ],
)
def test_each_change_has_its_name(variant, expected):
    assert changes(variant) == expected


def test_numbers():
    assert changes("We lost 5 men that day.", "We lost 4 men that day.") == {Change.NUMBER}
    assert changes("We lost five men that day.", "We lost four men that day.") == {Change.NUMBER}


def test_contractions_are_no_change():
    assert changes("The wall won't hold.", "The wall will not hold.") is None
    assert changes("The wall won’t last long.", "The wall will not hold long.") == {Change.WORDS}


def test_the_alignment_tells_every_word():
    drift = compared(quoted("a", "him", WHOLE), quoted("b", "him", "My time here is over."))
    assert drift.pieces[0].tag == "equal"
    assert drift.pieces[0].before == drift.pieces[0].after == "my time here is"


def test_a_quotation_boiled_down():
    told = "he said his time “here is finished” and that Holm is “not for sale”"
    assert changes(told, manner=Manner.MIXED) == {Change.MIXED}
    assert changes("he was “very glad”", manner=Manner.MIXED) is None


def test_another_speaker():
    first, variant = quoted("a", "him", WHOLE), quoted("b", "her", WHOLE)
    assert Change.SPEAKER in compared(first, variant).changes
    same = {"him": "him", "her": "him"}
    assert compared(first, variant, same) is None


def test_words_told_through_another_are_not_another_s():
    first = quoted("a", "", "Boss, my time here is finished", hops=chain_direct("player", "boss"))
    variant = quoted("b", "boss", "He said: Boss, my time here is finished")
    assert compared(first, variant) is None


def chain_direct(*sources):
    return tuple(tie(one, hop, manner=Manner.DIRECT) for hop, one in enumerate(sources))


def test_a_desk_s_quotes_are_compared_with_the_first_printing():
    first = quoted("a", "him", WHOLE, published="2025-07-09")
    cut = quoted("b", "him", "My time here is over.", published="2025-07-10")
    again = quoted("c", "him", "My time here is over.", published="2025-07-11")
    found = quote_drift([again, cut, first])
    assert {(one.first, one.variant) for one in found} == {("a", "b"), ("a", "c")}


def test_one_article_does_not_drift_from_itself_and_paraphrase_is_not_compared():
    first = quoted("a", "him", WHOLE)
    same = quoted("b", "him", "My time here is over.", article=first.article)
    told = quoted("c", "him", "My time here is over.", manner=Manner.INDIRECT)
    assert quote_drift([first, same, told]) == []


def test_words_within_a_quote_that_drifted_are_told_once():
    first = quoted("a", "him", WHOLE, end=100)
    inner = quoted("a2", "him", "My time here is finished", article=first.article, end=20)
    variant = quoted("b", "him", WHOLE.replace("finished", "over"), end=100)
    within = quoted("b2", "him", "My time here is over", article=variant.article, end=20)
    assert [one.variant for one in quote_drift([first, inner, variant, within])] == ["b"]


WORDS = st.lists(
    st.sampled_from("we saw the long grey wall fall down at night".split()), max_size=12
)


@given(WORDS, WORDS)
def test_the_pieces_always_rebuild_both_sides(before, after):
    drift = compared(quoted("a", "x", " ".join(before)), quoted("b", "x", " ".join(after)))
    if drift is not None:
        assert " ".join(one.before for one in drift.pieces if one.before).split() == before
        assert " ".join(one.after for one in drift.pieces if one.after).split() == after
        assert before != after


@given(st.lists(st.text(max_size=40), max_size=4), st.lists(st.text(max_size=40), max_size=4))
def test_no_quote_is_too_strange(one, other):
    quote_drift([quoted("a", "x", *one), quoted("b", "x", *other), quoted("c", "y", *one)])


def test_unattributed_quotes_are_left_alone():
    assert quote_drift([quoted("a", "x", WHOLE, hops=()), quoted("b", "x", WHOLE, hops=())]) == []
    assert chain("x")[0].manner is Manner.INDIRECT
