"""A selection becomes what the editor meant: whole words, bare of stray quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model import Span, canonise
from newsdesk.ui.reader.selection import (
    next_sentence,
    next_word,
    sentence_around,
    snap,
    word_around,
    word_near,
)
from newsdesk.ui.utf16 import cluster_at

FAMILY = "👨‍👩‍👧‍👦"


def snapped(marked: str, *, letters: bool = False) -> tuple[str | None, bool]:
    """What a selection between the bars of a text snaps to."""
    before, inside, after = marked.split("|")
    text = before + inside + after
    found = snap(text, len(before), len(before) + len(inside), letters=letters)
    return (found.span.of(text) if found.span is not None else None), found.unquoted


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("Vir|gil van Di|jk stays", "Virgil van Dijk"),
        ("said | Virgil | stays", "Virgil"),
        ("a 26-|year|-old from", "year"),
        ("|O’Con|nor won", "O’Connor"),
        ("|do|n’t go", "don’t"),
        ("Pelle|grin|o’s men", "Pellegrino"),
        ("Pelle|grino’|s men", "Pellegrino’s"),
        ("|£60m| swoop", "£60m"),
        ("a £|60|m swoop", "60m"),
        ("both ends|\nnext par|agraph", "next paragraph"),
        (f"so {FAMILY[:3]}|{FAMILY[3:5]}|{FAMILY[5:]} they", FAMILY),
        ("caf|e|\u0301 noir", "cafe\u0301"),
        ("قال |نبي|ل خوري", "نبيل"),
        ("אמר |יוא|ב לרנאו", "יואב"),
        ("U|.S|. officials", "U.S."),
    ],
)
def test_a_selection_grows_to_whole_words(marked: str, words: str) -> None:
    assert snapped(marked)[0] == words


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("he said: |“The boy wants to leave.”| and", "The boy wants to leave."),
        ("said |‘If you don’t want to’| now", "If you don’t want to"),
        ('said |"Not for sale"| now', "Not for sale"),
        ("dit |« Non, merci »| hier", "Non, merci"),
        ("sagte |„Nein“| gestern", "Nein"),
        ("|“The boy| wants to leave.”", "The boy"),
        ("“The boy |wants to leave.”|", "wants to leave."),
        ("in |'The Times'| today", "The Times"),
    ],
)
def test_stray_quotation_marks_are_trimmed_and_it_is_said(marked: str, words: str) -> None:
    assert snapped(marked) == (words, True)


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("|“boss” of the club| said", "“boss” of the club"),
        ("the |self-styled “boss”| said", "self-styled “boss”"),
        ("|“yes” and “no”| said", "“yes” and “no”"),
        ("the |players’| bus", "players’"),
        ("in the |’90s| they", "’90s"),
        ("he |will “not” go| there", "will “not” go"),
    ],
)
def test_marks_that_belong_to_the_words_stay(marked: str, words: str) -> None:
    assert snapped(marked) == (words, False)


def test_an_open_single_quote_before_makes_the_mark_behind_stray() -> None:
    assert snapped("said ‘the |players’| yesterday") == ("players", True)


@pytest.mark.parametrize("marked", ["so|  |now", "a|\n\n|b", "he “|”| she", "x||y"])
def test_nothing_is_left_of_space_and_marks(marked: str) -> None:
    assert snapped(marked)[0] is None


def test_letters_are_kept_but_no_character_is_cut() -> None:
    assert snapped("Vir|gil van D|ijk", letters=True) == ("gil van D", False)
    assert snapped("so |“The| boy”", letters=True) == ("“The", False)
    assert snapped("cafe|\u0301 n|oir", letters=True)[0] == "e\u0301 n"


def test_single_marks_of_punctuation_can_be_selected() -> None:
    assert snapped("wait|…| what")[0] == "…"


TEXTS = st.lists(
    st.sampled_from(
        ["word", "O’Connor", "’s", " ", "\n", "“", "”", "‘", "’", '"', "'", ".", "£60m", FAMILY,
         "e\u0301", "שלום", "कि", "中文", "-", "…", "\u00a0"]
    ),
    min_size=1, max_size=14,
).map(lambda pieces: canonise("".join(pieces)))  # fmt: skip


@given(text=TEXTS, data=st.data(), letters=st.booleans())
def test_what_is_snapped_is_sound(text: str, data: st.DataObject, letters: bool) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = snap(text, start, end, letters=letters).span
    if span is None:
        return
    assert 0 <= span.start < span.end <= len(text)
    assert not span.of(text)[0].isspace()
    assert not span.of(text)[-1].isspace()
    assert cluster_at(text, span.start).start == span.start
    assert cluster_at(text, span.end - 1).end == span.end
    if letters:
        assert snap(text, *span, letters=True).span == span


def test_a_word_ends_before_a_possessive() -> None:
    text = "Pellegrino’s men"
    assert word_around(text, 3) == Span(0, 10)
    assert word_around(text, 11) == Span(10, 12)
    assert word_around(text, 12) is None


def test_the_word_at_the_caret_is_the_one_behind_it_or_before() -> None:
    text = "one, two."
    assert word_near(text, 0) == Span(0, 3)
    assert word_near(text, 3) == Span(0, 3)
    assert word_near(text, 4) is None
    assert word_near(text, 9) is None
    assert word_near("two", 3) == Span(0, 3)
    assert word_near("", 0) is None


def test_steps_by_word_go_over_everything_and_stop_at_the_ends() -> None:
    text = "One, two\n\nthree."
    ends, place = [], 0
    while place < len(text):
        place = next_word(text, place)
        ends.append(place)
    assert ends == [3, 8, 15, 16]
    starts = []
    while place > 0:
        place = next_word(text, place, backwards=True)
        starts.append(place)
    assert starts == [10, 5, 0]


@given(text=TEXTS, data=st.data())
def test_every_step_moves(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    for step in (next_word, next_sentence):
        if place < len(text):
            assert place < step(text, place, False) <= len(text)
        if place > 0:
            assert 0 <= step(text, place, True) < place


def test_sentences_are_found_and_stepped_over() -> None:
    text = "Mr. Smith left. He was late!\n\nNobody saw him."
    assert sentence_around(text, 5) == Span(0, 15)
    assert sentence_around(text, 15) == Span(0, 15)
    assert sentence_around(text, 20) == Span(16, 28)
    assert sentence_around(text, 40) == Span(30, len(text))
    assert next_sentence(text, 0) == 16
    assert next_sentence(text, 16) == 30
    assert next_sentence(text, 30, backwards=True) == 16
    assert next_sentence(text, 20, backwards=True) == 16
    assert next_sentence(text, 16, backwards=True) == 0
