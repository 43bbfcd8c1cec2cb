"""The main job with no mouse in the room: first start, tag, undo, restart, export."""

from __future__ import annotations

import json
from pathlib import Path

from newsdesk.ui.exporting import ExportDialog
from tests.ui.robot import Robot
from tests.window_fixtures import Opener, close

ARTICLE = "Minister orders review"


def test_the_main_job_by_keyboard_alone(open_window: Opener, tmp_path: Path) -> None:
    robot = open_window(remember=True)
    open_by_name(robot, ARTICLE)
    before = {one.id for one in robot.annotations}

    robot.find("review")
    robot.press("G")
    assert robot.tagged("review") == ["PRODUCT"]
    assert robot.sees("Saved")

    tag_a_quote_with_its_speaker(robot)
    state_a_claim(robot)

    robot.find("officials")
    robot.press("4")
    assert "GPE" in robot.tagged("officials")
    robot.press("Ctrl+Z")
    assert "GPE" not in robot.tagged("officials")
    made = {one.id for one in robot.annotations} - before

    close(robot.window)
    again = open_window(remember=True)
    assert again.window.annotate.open.article is not None
    assert ARTICLE in again.window.annotate.open.article.title
    assert made <= {one.id for one in again.annotations}
    assert again.tagged("review") == ["PRODUCT"]

    exported = tmp_path / "out.json"
    export(again, exported)
    dataset = json.loads(exported.read_text(encoding="utf-8"))
    held = {each["id"] for one in dataset["articles"] for each in one["annotations"]}
    assert made <= held
    claims = [each["statement"] for each in dataset["claims"]]
    assert "The minister ordered a review." in claims


def test_what_was_done_before_a_restart_is_undone_after_it(open_window: Opener) -> None:
    robot = open_window(remember=True)
    open_by_name(robot, ARTICLE)
    robot.find("review")
    robot.press("G")
    close(robot.window)

    again = open_window(remember=True)
    assert again.tagged("review") == ["PRODUCT"]
    again.press("Ctrl+Z")
    assert again.tagged("review") == []
    again.press("Ctrl+Shift+Z")
    assert again.tagged("review") == ["PRODUCT"]


def open_by_name(robot: Robot, name: str) -> None:
    robot.press("Ctrl+P")
    robot.type(name)
    robot.press("Enter")
    article = robot.window.annotate.open.article
    assert article is not None
    assert name in article.title
    robot.wait(lambda: robot.sees(article.title))
    assert robot.focus is robot.window.reader


def tag_a_quote_with_its_speaker(robot: Robot) -> None:
    text = robot.window.reader.words
    words = text.split("\n\n")[1].split(". ")[0]
    robot.find(words)
    robot.press("Q")
    quote = robot.current
    assert quote is not None
    speaker = text.split()[0]
    robot.find(speaker)
    robot.press("S")
    hops = robot.window.annotate.open.hops_of(quote.id)
    assert [hop.hop for hop in hops] == [0]
    mention = robot.window.annotate.open.annotations[hops[0].source_mention or ""]
    assert mention.quote == speaker
    assert robot.sees("Speaker")


def state_a_claim(robot: Robot) -> None:
    words = robot.window.reader.words.split("\n\n")[2].split(". ")[0]
    robot.find(words)
    robot.press("C")
    assert robot.sees("unreviewed")
    robot.press("Enter")
    assert robot.focus.accessibleName() == "Statement"
    robot.press("Ctrl+A")
    robot.type("The minister ordered a review.")
    robot.press("Enter")
    assert robot.focus is robot.window.reader


def export(robot: Robot, path: Path) -> None:
    def fill_in(dialog: ExportDialog) -> None:
        for _ in range(20):
            if robot.focus.accessibleName() == "Where to":
                break
            robot.press("Tab")
        robot.press("Ctrl+A")
        robot.type(str(path))
        robot.press("Enter")

    robot.window.ask.dialogs.append(fill_in)
    robot.press("Ctrl+E")
    robot.wait(path.exists, "nothing was exported")
    robot.wait(lambda: robot.sees("written to out.json") or robot.sees("out.json."))
