"""The same tag for identical mentions: previewed, then one step."""

from __future__ import annotations

from tests.ui.robot import Robot


def choices(robot: Robot) -> list[str]:
    return [choice.text for choice in robot.window.annotate.popups.chooser.choices]


def test_other_mentions_are_shown_and_tagged_as_one_step(small: Robot) -> None:
    small.select("Oslo")
    small.press("2", "P")
    assert choices(small)[0] == "Tag the one other mention"
    assert "she said of Oslo." in choices(small)[2]
    small.press("Enter")
    assert small.tagged("Oslo") == ["PLACE", "PLACE"]
    assert small.sees("1 mention tagged")
    small.press("Ctrl+Z")
    assert small.tagged("Oslo") == ["PLACE"]


def test_all_articles_are_looked_through_when_asked(small: Robot) -> None:
    small.select("Oslo")
    small.press("2", "P", "Down", "Enter")
    assert choices(small)[0] == "Tag all 3 mentions"
    small.press("Enter")
    assert small.sees("3 mentions tagged, as one step")
    small.open("Title 001")
    assert small.tagged("Oslo") == ["PLACE"]


def test_one_mention_can_be_picked(small: Robot) -> None:
    small.select("Oslo")
    small.press("2", "P", "Down", "Enter")
    small.type("title 002")
    small.press("Enter")
    assert small.tagged("Oslo") == ["PLACE"]
    small.open("Title 002")
    assert small.tagged("Oslo") == ["PLACE"]


def test_escape_tags_nothing(small: Robot) -> None:
    small.select("Oslo")
    small.press("2", "P", "Esc")
    assert small.tagged("Oslo") == ["PLACE"]
    assert small.focus is small.window.reader


def test_that_there_is_no_other_is_said(small: Robot) -> None:
    small.select("Bo Lund")
    small.press("1", "P")
    assert choices(small)[:2] == ["No other mention in this article", "Look in all articles…"]
    small.press("Enter")
    assert small.sees("Nothing found")
