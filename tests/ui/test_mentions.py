"""The same tag for identical mentions: previewed, then one step."""

from __future__ import annotations

from newsdesk.desk.articles import add_article
from newsdesk.model import new_article
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


def listed(robot: Robot) -> list[str]:
    model = robot.window.annotate.finding.model
    return [f"{one.title}: {one.context}" for one in model.keys]


def test_all_articles_are_looked_through_when_asked(small: Robot) -> None:
    small.select("Oslo")
    small.press("2", "P", "Down", "Enter")
    small.wait(lambda: small.sees("3 found"))
    assert "Title 001: It speaks of Oslo 1." in listed(small)
    assert small.sees("Mentions of “Oslo”")
    small.click("Tag them")
    assert small.sees("3 mentions tagged, as one step")
    assert not small.window.annotate.finding.isVisible()
    small.open("Title 001")
    assert small.tagged("Oslo") == ["PLACE"]
    small.press("Ctrl+Z")
    assert small.tagged("Oslo") == []


def test_a_mention_can_be_opened_and_taken_out(small: Robot) -> None:
    small.select("Oslo")
    small.press("2", "Shift+P")
    small.wait(lambda: small.sees("3 found"))
    row = next(n for n, one in enumerate(listed(small)) if "002" in one)
    small.press(*["Down"] * row, "Space")
    assert small.sees("2 of 3 ticked")
    small.press("Enter")
    assert small.window.annotate.open.article.title == "Title 002"
    assert small.window.reader.selection()[0].of(small.window.reader.words) == "Oslo"
    small.window.annotate.finding.view.setFocus()
    small.press("Shift+T")
    assert small.sees("2 mentions tagged")
    assert small.tagged("Oslo") == []


def test_case_and_parts_of_words_are_options(small: Robot) -> None:
    add_article(small.window.desk, new_article("RAY, Rays and x-ray.", title="Rays"))
    small.select("Ray")
    small.press("1", "Shift+P")
    small.wait(lambda: small.sees("1 found"))
    small.click("Match case")
    small.wait(lambda: small.sees("3 found"))
    small.click("Whole words")
    small.wait(lambda: small.sees("4 found"))


def test_escape_tags_nothing(small: Robot) -> None:
    small.select("Oslo")
    small.press("2", "P", "Esc")
    assert small.tagged("Oslo") == ["PLACE"]
    assert small.focus is small.window.reader


def test_that_there_is_no_other_is_said(small: Robot) -> None:
    small.select("Bo Lund")
    small.press("1", "P")
    assert choices(small)[:2] == [
        "No other mention in this article",
        "In all articles, in any case, as parts of words…",
    ]
    small.press("Enter")
    small.wait(lambda: small.sees("Nothing was found"))
    assert not small.window.jobs.running
