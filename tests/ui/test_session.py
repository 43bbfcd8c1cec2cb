"""The window comes back as it was, and remembers no words."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.model import ArticleFilter, ArticleStatus, Span
from newsdesk.settings import config_folder
from newsdesk.ui.session import Frame, Place, Session, fingerprint
from tests.ui.robot import Robot
from tests.window_fixtures import Opener, close


def test_everything_is_as_it_was(open_window: Opener) -> None:
    robot = open_window(remember=True)
    robot.window.resize(790, 711)
    robot.open("Adviser warned")
    reader = robot.window.reader
    text = reader.words
    span = Span(text.index("Callum"), text.index("Callum") + 6)
    reader.scroll_to(Span(len(text) - 5, len(text)))
    reader.select_span(span)
    robot.rest()
    top = robot.window.annotate.top()
    narrowed = ArticleFilter(
        statuses=(ArticleStatus.ANNOTATED,), outlets=("The Westminster Lantern",), since="2017"
    )
    robot.window.annotate.library.filters.set_filter(narrowed)
    robot.window.annotate.inspector.list.set_filters("quote", "accepted")
    robot.press("Ctrl+B")
    close(robot.window)

    again = open_window(remember=True)
    again.wait(lambda: again.window.annotate.open.is_open)
    window = again.window
    assert (window.width(), window.height()) == (790, 711)
    assert window.reader.words == text
    assert window.reader.selection() == (span,)
    assert abs(window.annotate.top() - top) < 100
    assert window.annotate.library.filter == narrowed
    assert window.annotate.inspector.list.filters == ("quote", "accepted")
    assert not window.annotate.codebook.isVisible()
    assert again.focus is window.reader


def test_the_current_annotation_comes_back(open_window: Opener) -> None:
    robot = open_window(remember=True)
    robot.open("Adviser warned")
    robot.press("Tab", "Tab", "Tab")
    current = robot.current
    assert current is not None
    close(robot.window)
    again = open_window(remember=True)
    again.wait(lambda: again.current is not None)
    assert again.current == current


def test_each_desk_has_a_place_of_its_own(open_window: Opener, desk_file: Path) -> None:
    session = Session()
    session.keep_place("one.desk", Place(article="a", top=3))
    session.keep_place("two.desk", Place(article="b"))
    assert session.place("one.desk") == Place(article="a", top=3)
    assert session.place("two.desk").article == "b"
    assert session.place("three.desk") == Place()


def test_an_article_that_is_gone_blocks_nothing(open_window: Opener, desk_file: Path) -> None:
    Session().keep_place(str(desk_file), Place(article="01a20000-0000-7000-8000-000000000000"))
    robot = open_window(remember=True)
    assert robot.window.annotate.open.article is None
    assert robot.window.messages.messages == []


@pytest.mark.parametrize(
    "stored",
    ["{", "[]", '{"top": "x"}', '{"article": 3}', '{"selection": [1]}', '{"selection": "a"}', "é"],
)
def test_a_broken_memory_is_no_memory(stored: str) -> None:
    session = Session()
    session._settings.setValue(f"place/{fingerprint('a.desk')}", stored)
    session._settings.setValue("frame/shape", stored)
    assert session.place("a.desk") == Place()
    assert session.frame() == Frame()


def test_no_word_of_an_article_or_a_source_is_remembered(open_window: Opener) -> None:
    robot = open_window(remember=True)
    robot.open("Adviser warned")
    named = ArticleFilter(outlets=("The Westminster Lantern",), byline="Okonjo", authors=("Ada",))
    robot.window.annotate.library.filters.set_filter(named)
    robot.press("Ctrl+Shift+F")
    robot.type("Okonjo")
    robot.window.close()
    kept = b"".join(path.read_bytes() for path in config_folder().rglob("*") if path.is_file())
    for canary in (b"Westminster", b"Okonjo", b"Adviser", b"sea wall"):
        assert canary not in kept
    assert b"place" in kept


def test_back_and_forth_return_to_the_place_in_the_text(robot: Robot) -> None:
    robot.open("Adviser warned")
    first = robot.window.reader.words
    robot.window.reader.scroll_to(Span(len(first) - 5, len(first)))
    robot.rest()
    top = robot.window.annotate.top()
    robot.open("Minister orders review")
    second = robot.window.reader.words
    robot.press("Alt+Left")
    assert robot.window.reader.words == first
    assert abs(robot.window.annotate.top() - top) < 100
    robot.press("Alt+Right")
    assert robot.window.reader.words == second
    assert not robot.window.bindings.action("forth").isEnabled()


def test_the_library_s_order_is_walked_by_keys(robot: Robot) -> None:
    robot.open("Minister orders review")
    robot.press("Alt+Down")
    assert robot.sees("There was a phone call", within=robot.window.annotate.header)
    robot.press("Alt+Up")
    assert robot.sees("Minister orders review", within=robot.window.annotate.header)
