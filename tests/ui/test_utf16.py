"""Positions in the widget and code points of the text agree, whatever the text holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model import Span, canonise
from newsdesk.ui.reader.page import Metrics, Page, Typography
from newsdesk.ui.utf16 import (
    LONGEST_BLOCK,
    PIECE,
    Positions,
    cluster_at,
    layout_breaks,
    word_at,
)

FAMILY = "👨‍👩‍👧‍👦"
AWKWARD = [
    "a", "é", "e\u0301", "\n", "\n\n", " ", "\u00a0", "\u2009", "\t", "\u0085", "\x0b", "\x0c",
    "\x1f", "\ufffc", "\ufffd", "\ufffe", "\u200f", "\u200d", "\u00ad", "𝔸", "😀", FAMILY, "🇫🇷",
    "👩🏽‍💻", "שלום", "مرحبا", "क्षि", "ไทย", "中文",
    "\u2028", "\r\n", "\ufeff", "\ufdd0", "“", "’s",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(AWKWARD), st.characters()), max_size=60).map(
    lambda pieces: canonise("".join(pieces))
)


@given(text=TEXTS)
def test_every_code_point_goes_to_a_position_and_back(text: str) -> None:
    positions = Positions(text)
    places = [positions.to_qt(offset) for offset in range(len(text) + 1)]
    assert places == sorted(set(places))
    assert [positions.from_qt(place) for place in places] == list(range(len(text) + 1))
    assert places[-1] == positions.end


@given(text=TEXTS)
def test_a_document_has_each_character_where_it_is_said_to_be(text: str, qapp: object) -> None:
    positions = Positions(text)
    document = Page(text, positions, Metrics(Typography())).document
    assert document.characterCount() - 1 == positions.end
    for offset, character in enumerate(text):
        unit = character.encode("utf-16-le", "surrogatepass")[:2].decode("utf-16-le", "replace")
        shown = document.characterAt(positions.to_qt(offset))
        if character == "\n":
            assert shown == "\u2029"
        elif ord(character) < 0x10000 and (character != "\ufffe" or offset):
            assert shown == unit == character


def test_a_half_of_a_pair_rounds_down() -> None:
    positions = Positions("a😀b")
    assert [positions.from_qt(n) for n in range(5)] == [0, 1, 1, 2, 3]
    assert positions.span(1, 3) == Span(1, 2)


def test_plain_text_needs_no_conversion() -> None:
    assert Positions("Nothing to see here.\n").plain
    assert not Positions("A 😀").plain
    assert not Positions("x" * (LONGEST_BLOCK + 1)).plain


@given(
    pieces=st.lists(
        st.sampled_from(["word ", "x", FAMILY, "e\u0301", "क्षि", "\n", "中"]),
        min_size=1, max_size=30,
    ),
    times=st.integers(1, 40),
)  # fmt: skip
def test_long_paragraphs_are_broken_without_cutting_a_character(
    pieces: list[str], times: int
) -> None:
    text = "".join(pieces) * times
    longest, piece = 90, 40
    places = layout_breaks(text, longest, piece)
    for place in places:
        assert cluster_at(text, place).start == place
    lengths = [len(line) for line in text.split("\n")]
    assert bool(places) == any(length > longest for length in lengths)
    marked = set(places)
    blocks = "".join("\n" + c if n in marked else c for n, c in enumerate(text)).split("\n")
    for block in blocks:
        assert len(block) <= longest
        if len(block) > piece:
            assert block in text.split("\n")


def test_one_unbroken_line_is_laid_out_in_pieces(qapp: object) -> None:
    text = "x" * 50_000 + "\nshort\n" + "y " * 10_000
    positions = Positions(text)
    document = Page(text, positions, Metrics(Typography())).document
    assert document.characterCount() - 1 == positions.end == len(text) + len(positions.breaks)
    block, longest = document.begin(), 0
    while block.isValid():
        longest = max(longest, block.length())
        block = block.next()
    assert longest <= PIECE + 1
    for offset in (0, 1_999, 2_000, 2_001, 49_999, 50_001, 50_007, len(text) - 2):
        assert document.characterAt(positions.to_qt(offset)) == text[offset]
        assert positions.from_qt(positions.to_qt(offset)) == offset


@given(text=TEXTS, data=st.data())
def test_the_pieces_of_a_window_are_those_of_the_whole(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    positions = Positions(text)
    # U+FFFE at the head would turn the bytes of all that follows: it is given as U+FFFD.
    wanted = text[start:stop]
    assert positions.shown(start, stop) == wanted[:1].replace("\ufffe", "\ufffd") + wanted[1:]
    edge = positions.edge(start)
    assert edge <= start
    assert "\n" not in text[edge:start]


@pytest.mark.parametrize(
    ("text", "offset", "cluster"),
    [
        ("abc", 1, "b"),
        (f"a{FAMILY}b", 1, FAMILY),
        (f"a{FAMILY}b", 4, FAMILY),
        ("e\u0301a", 1, "e\u0301"),
        ("🇫🇷🇩🇪", 2, "🇩🇪"),
        ("👩🏽‍💻", 3, "👩🏽‍💻"),
        ("\n", 0, "\n"),
    ],
)
def test_what_a_reader_takes_for_one_character(text: str, offset: int, cluster: str) -> None:
    assert cluster_at(text, offset).of(text) == cluster


@given(text=TEXTS.filter(bool), data=st.data())
def test_clusters_and_words_hold_the_place_they_were_asked_for(
    text: str, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text) - 1))
    for found in (cluster_at(text, offset), word_at(text, offset)):
        assert found.start <= offset < found.end
    cluster, word = cluster_at(text, offset), word_at(text, offset)
    if text[offset] != "\n":
        assert word.start <= cluster.start
        assert cluster.end <= word.end


def test_a_word_far_into_a_paragraph_is_found() -> None:
    text = "word " * 100_000
    assert word_at(text, 250_002).of(text) == "word"
    assert cluster_at("x" * 5_000, 2_500) == Span(2_500, 2_501)
