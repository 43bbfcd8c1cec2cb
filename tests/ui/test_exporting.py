"""The export's dialog and what is said after it."""

from __future__ import annotations

import json
from pathlib import Path

from newsdesk.ui.exporting import ExportDialog
from tests.ui.robot import Robot
from tests.ui.test_editing import propose


def order(robot: Robot, path: Path, *, before=lambda dialog: None) -> None:
    def fill_in(dialog: ExportDialog) -> None:
        before(dialog)
        dialog._path.setText(str(path))
        robot.click("Export", within=dialog)

    robot.window.ask.dialogs.append(fill_in)
    robot.press("Ctrl+E")
    robot.wait(lambda: not robot.window.jobs.running)


def test_the_whole_desk_or_the_open_article(small: Robot, tmp_path: Path) -> None:
    order(small, tmp_path / "all.json")
    small.wait(lambda: small.sees("3 articles with 0 annotations written to all.json"))
    order(small, tmp_path / "one.json", before=lambda d: d._extent.setCurrentIndex(1))
    assert len(json.loads((tmp_path / "one.json").read_text())["articles"]) == 1


def test_suggestions_leave_only_when_asked_for(small: Robot, tmp_path: Path) -> None:
    propose(small, "Oslo")
    order(small, tmp_path / "without.json")
    order(small, tmp_path / "with.json", before=lambda d: d._proposed.setChecked(True))

    def marks(name: str) -> list:
        dataset = json.loads((tmp_path / name).read_text())
        return [mark for article in dataset["articles"] for mark in article["annotations"]]

    assert marks("without.json") == []
    assert [mark["status"] for mark in marks("with.json")] == ["proposed"]


def test_the_name_s_ending_follows_the_format(small: Robot, tmp_path: Path) -> None:
    dialog = ExportDialog(small.window)
    dialog._path.setText(str(tmp_path / "out.v2.json"))
    dialog._format.setCurrentIndex(dialog._format.findData("jsonl"))
    assert dialog.order.path == tmp_path / "out.v2.jsonl"
    assert dialog.order.format == "jsonl"
    dialog.close()


def test_a_file_is_replaced_only_after_a_question(small: Robot, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text("old")
    dialog = ExportDialog(small.window)
    dialog._path.setText(str(path))
    small.window.ask.yes.append(False)
    dialog._accept()
    assert dialog.result() == 0
    small.window.ask.yes.append(True)
    dialog._accept()
    assert dialog.result() == 1
    assert path.read_text() == "old"


def test_a_place_that_can_t_be_written_is_said(small: Robot, tmp_path: Path) -> None:
    order(small, tmp_path / "no" / "such" / "folder.json")
    small.wait(lambda: small.sees("There is no folder"))
