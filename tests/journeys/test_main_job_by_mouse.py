"""The main job by the mouse alone, but for the words that have to be typed."""

from __future__ import annotations

import json
from pathlib import Path

from newsdesk.ui.exporting import ExportDialog
from tests.ui.robot import Robot
from tests.window_fixtures import Opener, close

ARTICLE = "Adviser warned"


def test_the_main_job_by_mouse(open_window: Opener, tmp_path: Path) -> None:
    robot = open_window(remember=True)
    robot.open(ARTICLE)
    assert robot.sees("The Westminster Lantern")

    robot.select("sea wall")
    assert robot.sees("8 characters")
    robot.click("FAC", within=robot.window.annotate.codebook)
    assert "FAC" in robot.tagged("sea wall")
    assert robot.sees("accepted", within=robot.window.annotate.inspector)

    robot.menu("Edit", "Undo: Tag “sea wall” as FAC")
    assert "FAC" not in robot.tagged("sea wall")
    robot.click("Redo: Tag “sea wall” as FAC", within=robot.window.toolbar)
    assert "FAC" in robot.tagged("sea wall")

    note_by_mouse(robot)
    close(robot.window)

    again = open_window(remember=True)
    again.wait(lambda: again.sees(ARTICLE, within=again.window.annotate.header))
    assert "FAC" in again.tagged("sea wall")
    again.point_at("sea wall", nth=words_of(again, "sea wall"))
    assert again.current is not None
    assert (again.current.quote, again.current.note) == ("sea wall", "Seen twice.")
    assert again.sees("Seen twice.", within=again.window.annotate.inspector)

    exported = tmp_path / "by-mouse.json"
    export(again, exported)
    dataset = json.loads(exported.read_text(encoding="utf-8"))
    notes = [each["note"] for one in dataset["articles"] for each in one["annotations"]]
    assert "Seen twice." in notes


def test_a_suggestion_is_accepted_by_a_click(open_window: Opener) -> None:
    robot = open_window()
    robot.open(ARTICLE)
    propose(robot, "sea wall")
    assert robot.sees("1 suggestion waiting")
    robot.click("1 suggestion waiting", within=robot.window.status_line)
    assert robot.sees("suggested", within=robot.window.annotate.inspector)
    robot.click("Accept suggestion", within=robot.window.toolbar)
    assert robot.current is not None
    assert robot.current.status == "accepted"
    assert not robot.sees("suggestion waiting")


def words_of(robot: Robot, words: str) -> int:
    """Which occurrence of words was tagged as FAC."""
    found = (one for one in robot.annotations if one.quote == words)
    made = next(one for one in found if label(robot, one) == "FAC")
    text = robot.window.reader.words
    return text.count(words, 0, made.start)


def label(robot: Robot, annotation) -> str:
    return robot.window.annotate.open.labels[annotation.label].name


def note_by_mouse(robot: Robot) -> None:
    menu = robot.right_click_words("sea wall")
    robot.choose(menu, "Note…")
    robot.type("Seen twice.")
    robot.press("Enter")
    assert robot.current is not None
    assert robot.current.note == "Seen twice."


def propose(robot: Robot, words: str) -> None:
    """What a pipeline would do."""
    from newsdesk.desk.annotating import annotate
    from newsdesk.model import Status

    window = robot.window
    article = window.annotate.open.article
    assert article is not None
    start = article.text.find(words)
    annotate(
        window.desk,
        article,
        window.desk.label("PRODUCT"),
        [(start, start + len(words))],
        status=Status.PROPOSED,
        origin="rules 1",
        confidence=0.9,
    )
    robot.rest()


def export(robot: Robot, path: Path) -> None:
    def fill_in(dialog: ExportDialog) -> None:
        robot.window.ask.paths.append(path)
        robot.click("Browse…", within=dialog)
        robot.click("Export", within=dialog)

    robot.window.ask.dialogs.append(fill_in)
    robot.menu("File", "Export…")
    robot.wait(path.exists, "nothing was exported")
    robot.wait(lambda: not robot.window.jobs.running)


def test_a_note_is_written_from_the_menu_of_the_list(open_window: Opener) -> None:
    robot = open_window()
    robot.open(ARTICLE)
    menu = robot.right_click_row("Tuesday", robot.window.annotate.inspector.list.view)
    robot.choose(menu, "Note…")
    robot.type("Which one?")
    robot.press("Enter")
    assert [one.note for one in robot.annotations if one.note] == ["Which one?"]
