"""The five first steps: ticked by being done, remembered, and put away."""

from __future__ import annotations

from newsdesk.settings import load_preferences
from newsdesk.ui.checklist import HIDDEN, STEPS, step_texts
from tests.window_fixtures import Opener


def test_there_are_five_steps(qapp) -> None:
    assert len(STEPS) == 5
    assert tuple(step_texts()) == STEPS


def test_steps_are_ticked_by_doing_them(open_window: Opener) -> None:
    robot = open_window(remember=True, checklist_done=())
    checklist = robot.window.annotate.checklist
    assert checklist.isVisible()
    robot.open("Adviser warned")
    robot.select("sea wall")
    robot.press("6", "Ctrl+Z")
    robot.find("The Speaker let the word stand")
    robot.press("Q")
    assert checklist.done == ("open", "tag", "undo", "quote")
    assert load_preferences()[0].checklist_done == ("open", "tag", "undo", "quote")


def test_it_is_put_away_for_good_and_brought_back(open_window: Opener) -> None:
    robot = open_window(remember=True, checklist_done=())
    robot.click("Put the first steps away")
    assert not robot.window.annotate.checklist.isVisible()
    assert HIDDEN in load_preferences()[0].checklist_done
    robot.menu("Help", "First steps")
    assert robot.window.annotate.checklist.isVisible()
    assert HIDDEN not in load_preferences()[0].checklist_done
