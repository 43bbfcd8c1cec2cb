"""The keys that lead from name to name and to quotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.model import Span
from newsdesk.ui.reader import Reader
from newsdesk.ui.reader.landmarks import names_after, quotation_after
from tests.ui.reader.story import Story


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He met Bo Lund in Oslo.", ["Bo Lund", "Oslo"]),
        ("The Department for Ports and Coasts paid £40m.",
         ["Department for Ports and Coasts", "£40m"]),
        ("But Ada asked 12,000 people; 38% came.", ["Ada", "12,000", "38%"]),
        ("Virgil van Dijk and Ludwig van Beethoven", ["Virgil van Dijk", "Ludwig van Beethoven"]),
        ("It was the University of Bergen of all.", ["University of Bergen"]),
        ("Anne-Marie O’Neill’s son", ["Anne-Marie O’Neill’s"]),
        ("One line ends Deep\nThere begins Another", ["Deep", "Another"]),
        ("वह 2024 में आया", ["2024"]),
        ("", []),
    ],
)  # fmt: skip
def test_what_looks_like_a_name(text: str, names: list[str]) -> None:
    assert [span.of(text) for span in names_after(text, 0)] == names


def test_a_word_that_the_caret_stands_in_is_left_out() -> None:
    assert [span.of("Oslo Bergen") for span in names_after("Oslo Bergen", 2)] == ["Bergen"]


@given(st.text("aA1 “”’.,-£%é\n", max_size=60), st.integers(0, 60))
def test_they_come_in_order_and_none_is_empty(text: str, offset: int) -> None:
    last = min(offset, len(text))
    for span in names_after(text, last):
        assert last <= span.start < span.end <= len(text)
        last = span.end
    found = quotation_after(text, min(offset, len(text)))
    assert found is None or offset < found.start < found.end <= len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She said “we go ‘now’” and left.", "we go ‘now’"),
        ("Elle dit « oui ».", " oui "),
        ('It is "so".', "so"),
        ("Nobody’s words", None),
        ("“never closed", None),
    ],
)
def test_the_next_quotation(text: str, words: str | None) -> None:
    found = quotation_after(text, 0)
    assert (found.of(text) if found else None) == words


def test_the_reader_goes_from_name_to_name_past_those_tagged(reader: Reader) -> None:
    story = Story("Ada Ray met Bo Lund in Oslo. “We agreed,” said Ray. Then came Kim.")
    story.mark("PERSON", "Bo Lund")
    story.mark("QUOTE", "Oslo")  # no entity: it still is to be tagged as one
    story.show_in(reader)
    seen = []
    for _ in range(4):
        reader.next_name()
        seen.append(reader.selection()[0].of(story.text))
    assert seen == ["Ada Ray", "Oslo", "Ray", "Kim"]
    said = []
    reader.message.connect(said.append)
    reader.next_name()
    assert said == ["No further name or number was found in what follows"]
    reader.move_caret(0)
    reader.next_quotation()
    assert reader.selection() == (story.span("We agreed,"),)
    reader.next_quotation()
    assert said[-1] == "No further quotation was found in what follows"


def test_sentences_are_selected_one_by_one_and_to_their_ends(reader: Reader) -> None:
    story = Story("One is here. Two is there. Three ends.")
    story.show_in(reader)
    reader.move_caret(3)
    reader.select_sentence()
    assert reader.selection() == (story.span("One is here."),)
    reader.select_sentence()
    assert reader.selection() == (Span(0, story.span("Two is there.").end),)
    reader.clear_selection()
    reader.move_caret(story.span("is there").start)
    reader.extend_to_sentence()
    assert reader.selection() == (story.span("is there."),)
    reader.move_caret(story.span("there").end)
    reader.extend_to_sentence(backwards=True)
    assert reader.selection() == (story.span("Two is there"),)
