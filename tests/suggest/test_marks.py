"""Quotation marks of every style are paired; apostrophes are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.suggest.marks import quoted


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“Yes,” he said.", ["Yes,"]),
        ('"I can\'t", she said, "go on."', ["I can't", "go on."]),
        ("'I won't do it,' he said.", ["I won't do it,"]),
        ("‘I won’t go,’ he said.", ["I won’t go,"]),
        ("«Oui», dit-il.", ["Oui"]),
        ("« Oui », dit-il.", ["Oui"]),
        ("„Nein“, sagte sie.", ["Nein"]),
        ("»Ja«, sagte er.", ["Ja"]),
        ("”Minä lähden”, hän sanoi.", ["Minä lähden"]),
        ("the boys’ game", []),
        ("‘the boys’ game’ ended", ["the boys’ game"]),
        ("in the '90s they sang", []),
        ("🙂 “Emoji 🙂 here,” 🙂", ["Emoji 🙂 here,"]),
    ],
)
def test_styles(text: str, inside: list[str]) -> None:
    assert [item.of(text) for item in quoted(text)] == inside


def test_nested() -> None:
    text = "She said: “He told me ‘Read “The Ebb” now’ and left.”"
    assert [(item.of(text), item.depth) for item in quoted(text)] == [
        ("He told me ‘Read “The Ebb” now’ and left.", 0),
        ("Read “The Ebb” now", 1),
        ("The Ebb", 2),
    ]


def test_reopened_over_paragraphs_is_one() -> None:
    text = "“First part.\n\n“Second part.\n\n“Third.”\n\nNo more."
    (item,) = quoted(text)
    assert [text[s:e] for s, e in item.fragments] == ["First part.", "Second part.", "Third."]
    assert item.closed


def test_unbalanced_ends_with_its_paragraph() -> None:
    text = "He said “no more of this\n\nThe next paragraph is “fine”."
    first, second = quoted(text)
    assert (first.of(text), first.closed) == ("no more of this", False)
    assert (second.of(text), second.closed) == ("fine", True)


@given(st.text(alphabet="“”‘’\"'«»„ab .\n🙂", max_size=60))
def test_any_marks_give_sound_ranges(text: str) -> None:
    for item in quoted(text):
        assert item.depth >= 0
        for start, end in item.fragments:
            assert 0 <= start <= end <= len(text)
            assert "\n" not in text[start:end]
