"""The find bar: as one types, n of m, round the ends, in code points."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from newsdesk.desk.articles import add_article
from newsdesk.model import Span, new_article
from newsdesk.model.matching import Sought, matches, matches_by_parts, packed, unpacked
from newsdesk.ui import find_bar
from newsdesk.ui.finding import matcher
from tests.ui.robot import Robot


@given(st.text(alphabet="aBb 😀.é\n", max_size=30), st.text(alphabet="aBb 😀.é", max_size=3))
def test_a_match_is_where_the_words_stand(text: str, words: str) -> None:
    found = matches(text, Sought(words))
    assert all(span.of(text).casefold() == words.casefold() for span in found)
    assert bool(found) == bool(words and re.search(re.escape(words), text, re.IGNORECASE))


def test_special_characters_are_characters() -> None:
    assert matches("a.c abc (x", Sought("a.c")) == [Span(0, 3)]
    assert matches("a.c abc (x", Sought("(x")) == [Span(8, 10)]


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


WORDS = st.text(alphabet="aBb .é😀", min_size=1, max_size=3)


@given(
    st.text(alphabet="aBb 😀.é\n", max_size=40), WORDS, st.booleans(), st.booleans(),
    st.integers(1, 9),
)  # fmt: skip
def test_part_by_part_the_same_is_found(text, words, case, whole, part) -> None:
    sought = Sought(words, case, whole)
    found = [span for each in matches_by_parts(text, sought, part) for span in each]
    assert found == matches(text, sought)
    kept = unpacked(packed(found))
    assert list(kept) == found
    assert kept[:2] == found[:2]
    assert not found or kept[-1] == found[-1]


def test_options_narrow_or_widen(small: Robot) -> None:
    small.press("Ctrl+F")
    small.type("ray")
    small.wait(lambda: small.sees("1 of 2"))
    small.press("Alt+C")
    assert small.sees("Not found")
    small.press("Alt+C", "Alt+W")
    small.wait(lambda: small.sees("1 of 2"))
    small.press("Ctrl+A")
    small.type("os")
    small.wait(lambda: small.sees("Not found"))
    small.press("Alt+W")
    small.wait(lambda: small.sees("1 of 2"))


def test_an_expression_is_found_and_stepped_through(small: Robot) -> None:
    small.press("Ctrl+F", "Alt+R", "Alt+C")
    small.type(r"\b[A-Z]\w+ (Ray|Lund)")
    small.wait(lambda: small.sees("of 2"))
    assert small.window.reader.selection()[0].of(small.window.reader.words) == "Ada Ray"
    small.press("Enter")
    assert small.window.reader.selection()[0].of(small.window.reader.words) == "Bo Lund"


def test_what_is_no_expression_is_said(small: Robot) -> None:
    small.press("Ctrl+F", "Alt+R")
    small.type("(a")
    small.wait(lambda: small.sees("This pattern can't be read: missing ), unterminated"))
    small.type(")")
    small.wait(lambda: small.sees("1 of "))


def test_a_pattern_that_goes_back_and_forth_for_ever_is_stopped(small: Robot, monkeypatch) -> None:
    monkeypatch.setattr(matcher, "LIMIT", 0.3)
    article = add_article(small.window.desk, new_article("a" * 60 + "!", title="Long"))
    small.window.annotate.open_article(article.id)
    small.press("Ctrl+F", "Alt+R")
    small.type("(a+)+$")
    small.wait(lambda: small.sees("Stopped after 0.3 s"))
    small.press("Ctrl+A")
    small.type("a+")
    small.wait(lambda: small.sees("1 of 1"))


def test_a_long_text_is_searched_part_by_part(small: Robot, monkeypatch) -> None:
    monkeypatch.setattr(find_bar, "AT_ONCE", 7)
    monkeypatch.setattr(find_bar, "PART", 7)
    small.press("Ctrl+F")
    small.type("oslo")
    small.wait(lambda: small.sees("1 of 2"))
    monkeypatch.setattr(find_bar, "MOST", 1)
    small.press("Alt+C", "Alt+C")
    small.wait(lambda: small.sees("1 of 1"))
