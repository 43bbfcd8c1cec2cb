"""Training on a desk, by the dialog: what is needed is said, and nothing is used unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.ui.suggestions import training
from newsdesk.ui.suggestions.training_dialog import TrainingDialog
from tests.ui.test_accessibility import nameless
from tests.ui.test_suggesting import with_worker

FAKES = "tests.ui.fake_trainings"


@pytest.fixture
def dialog(robot, monkeypatch, tmp_path) -> TrainingDialog:
    monkeypatch.setenv("NEWSDESK_HOME", str(tmp_path / "home"))
    robot.press("Ctrl+4")
    robot.menu("Dataset", "Train on this desk…")
    found = robot.window.findChild(TrainingDialog)
    robot.wait(lambda: robot.sees("This desk has", within=found))
    return found


def start(robot, dialog, monkeypatch, function: str) -> None:
    monkeypatch.setattr(training, "TRAIN", f"{FAKES}:{function}")
    robot.click("Train", within=dialog)


def test_a_better_pipeline_is_used_on_the_editors_word_only(robot, dialog, monkeypatch):
    window = robot.window
    fake = with_worker(window)
    assert robot.sees("PERSON", within=dialog)
    start(robot, dialog, monkeypatch, "trained")
    robot.wait(lambda: robot.sees("does better", within=dialog))
    assert window.preferences.pipeline == ""
    assert dialog.table.model().index(0, 7).data() == "0.750"
    robot.click("Use this pipeline", within=dialog)
    folder = Path(window.preferences.pipeline)
    assert folder.is_dir() and window.preferences.pipeline_sha256 == "d" * 64
    assert fake.closed


def test_a_worse_pipeline_is_not_used_without_being_asked_twice(robot, dialog, monkeypatch):
    window = robot.window
    start(robot, dialog, monkeypatch, "trained_worse")
    robot.wait(lambda: robot.sees("does not do better", within=dialog))
    folder = Path(dialog._training.report.folder)
    window.ask.yes.append(False)
    robot.click("Use this pipeline", within=dialog)
    assert window.preferences.pipeline == ""
    robot.click("Don’t use it", within=dialog)
    assert not folder.exists()


def test_a_training_can_be_stopped_and_begun_again(robot, dialog, monkeypatch):
    start(robot, dialog, monkeypatch, "endless")
    robot.wait(lambda: dialog._bar.value() == 20)
    robot.click("Cancel the training", within=dialog)
    robot.wait(lambda: robot.sees("was stopped", within=dialog))
    assert dialog._start.isEnabled()


def test_what_the_training_refuses_is_said(robot, dialog, monkeypatch):
    start(robot, dialog, monkeypatch, "refused")
    robot.wait(lambda: robot.sees("too little to learn from", within=dialog))


def test_a_closed_dialog_leaves_a_message_when_it_is_over(robot, dialog, monkeypatch):
    start(robot, dialog, monkeypatch, "trained")
    robot.click("Close", within=dialog)
    robot.wait(lambda: any("training is over" in one for one in robot.window.messages.messages))
    robot.click("Show…")
    assert dialog.isVisible() and robot.sees("does better", within=dialog)


def test_a_desk_with_three_examples_says_what_is_needed(small):
    small.press("Ctrl+4")
    small.menu("Dataset", "Train on this desk…")
    dialog = small.window.findChild(TrainingDialog)
    small.wait(lambda: small.sees("too little: 50 more annotations in 5 more", within=dialog))
    assert not dialog._start.isEnabled()


def test_every_field_has_a_name(robot, dialog):
    assert nameless(dialog) == []
