"""Edges that move by a word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model import Span
from newsdesk.ui.words import edge_by_letter, moved_edge, word_after, word_before

TEXT = "The sea wall, at Port Wenlock,\n\n“could” fail 😀 soon."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def moved(words: str, edge: str, by: int) -> str:
    return moved_edge(TEXT, (at(words),), edge, by)[0].of(TEXT)


def test_the_end_grows_and_shrinks_by_a_word() -> None:
    assert moved("sea", "end", 1) == "sea wall"
    assert moved("sea wall", "end", 1) == "sea wall, at"
    assert moved("sea wall, at", "end", -1) == "sea wall"
    assert moved("sea wall", "end", -1) == "sea"


def test_the_start_grows_and_shrinks_by_a_word() -> None:
    assert moved("wall", "start", 1) == "sea wall"
    assert moved("at", "start", 1) == "wall, at"
    assert moved("wall, at", "start", -1) == "at"


def test_one_word_is_always_left() -> None:
    assert moved("sea", "end", -1) == "sea"
    assert moved("sea", "start", -1) == "sea"


def test_an_edge_stays_in_its_paragraph() -> None:
    assert moved("Port Wenlock", "end", 1) == "Port Wenlock"
    assert moved("could", "start", 1) == "could"
    assert moved("The", "start", 1) == "The"


def test_only_the_outer_fragments_move() -> None:
    spans = (at("sea"), at("Port"))
    assert moved_edge(TEXT, spans, "end", 1) == (at("sea"), at("Port Wenlock"))
    assert moved_edge(TEXT, spans, "start", 1) == (at("The sea"), at("Port"))


@given(st.text(min_size=1), st.data())
def test_a_word_is_found_on_its_own_side(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    after, before = word_after(text, place), word_before(text, place)
    if after is not None:
        assert place < after.end <= len(text)
        assert "\n" not in text[place : after.start]
    if before is not None:
        assert 0 <= before.start < place
        assert "\n" not in text[before.end : place]


@given(st.text(min_size=1), st.data(), st.sampled_from(["start", "end"]), st.sampled_from([1, -1]))
def test_spans_stay_spans(text: str, data: st.DataObject, edge: str, by: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = moved_edge(text, (Span(start, end),), edge, by)[0]
    assert 0 <= found.start < found.end <= len(text)
    assert (found.start == start) if edge == "end" else (found.end == end)


def by_letter(words: str, edge: str, by: int) -> str:
    return edge_by_letter(TEXT, (at(words),), edge, by)[0].of(TEXT)


def test_edges_move_by_a_letter_and_never_through_a_cluster() -> None:
    assert by_letter("sea", "end", 1) == "sea "
    assert by_letter("sea", "end", -1) == "se"
    assert by_letter("sea", "start", 1) == " sea"
    assert by_letter("sea", "start", -1) == "ea"
    assert by_letter("s", "end", -1) == "s"
    assert by_letter("Port Wenlock,", "end", 1) == "Port Wenlock,"
    assert by_letter("The", "start", 1) == "The"
    family = "a👩‍👩‍👧b"
    grown = edge_by_letter(family, (Span(0, 1),), "end", 1)
    assert grown[0].of(family) == "a👩‍👩‍👧"
    assert edge_by_letter(family, grown, "end", -1) == (Span(0, 1),)
