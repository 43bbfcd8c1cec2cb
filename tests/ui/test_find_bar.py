"""The find bar: as one types, n of m, round the ends, in code points."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model import Span
from newsdesk.ui.find_bar import matches
from tests.ui.robot import Robot


@given(st.text(alphabet="aBb 😀.é\n", max_size=30), st.text(alphabet="aBb 😀.é", max_size=3))
def test_a_match_is_where_the_words_stand(text: str, words: str) -> None:
    found = matches(text, words)
    assert all(span.of(text).casefold() == words.casefold() for span in found)
    assert bool(found) == bool(words and re.search(re.escape(words), text, re.IGNORECASE))


def test_special_characters_are_characters() -> None:
    assert matches("a.c abc (x", "a.c") == [Span(0, 3)]
    assert matches("a.c abc (x", "(x") == [Span(8, 10)]


def test_it_finds_as_one_types_and_goes_round(small: Robot) -> None:
    small.press("Ctrl+F")
    small.type("oslo")
    small.wait(lambda: small.sees("1 of 2"))
    assert small.window.reader.selection()[0].of(small.window.reader.words) == "Oslo"
    small.press("Enter")
    assert small.sees("2 of 2")
    small.press("Enter")
    assert small.sees("1 of 2")
    small.press("Shift+Enter")
    assert small.sees("2 of 2")
    small.press("Esc")
    assert not small.window.find_bar.isVisible()
    assert small.focus is small.window.reader
    small.press("F3")
    assert small.window.reader.selection()[0].start == small.window.reader.words.index("Oslo")


def test_what_is_not_there_is_said(small: Robot) -> None:
    small.press("Ctrl+F")
    small.type("nowhere")
    small.wait(lambda: small.sees("Not found"))
    assert not small.window.bindings.action("find.next").isEnabled()


def test_behind_an_emoji_the_right_words_are_selected(small: Robot) -> None:
    small.press("Ctrl+F")
    small.type("done")
    small.press("Esc")
    assert small.window.reader.selection()[0].of(small.window.reader.words) == "done"


def test_another_article_is_searched_from_its_beginning(small: Robot) -> None:
    small.press("Ctrl+F")
    small.type("oslo")
    small.wait(lambda: small.sees("1 of 2"))
    small.open("Title 001")
    small.wait(lambda: small.sees("1 found"))
    small.press("F3")
    assert small.sees("1 of 1")
