"""How files are read, as the editor chooses it: format, its options, folders that are datasets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QPushButton

from newsdesk.desk.exporting import export
from newsdesk.model import Annotation
from newsdesk.ui.importing.dialog import ImportDialog
from newsdesk.ui.importing.read_as import ReadAs
from tests.ui.robot import Robot


def bring_in(robot: Robot, path: Path, choose: Callable[[ImportDialog], None]) -> None:
    def accept(dialog: QDialog) -> None:
        assert isinstance(dialog, ImportDialog)
        robot.wait(lambda: dialog.ready)
        choose(dialog)
        go = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Import")
        robot.wait(lambda: dialog.ready and go.isEnabled())
        go.click()

    robot.window.ask.dialogs.append(accept)
    robot.window.filing.take_files([path])
    robot.wait(lambda: not robot.window.ask.dialogs and not robot.window.jobs.running)


def pick(dialog: ImportDialog, format: str, unit: str = "") -> None:
    form = dialog._read_as
    form._format.setCurrentIndex(form._format.findData(format))
    form._unit.setCurrentIndex(form._unit.findData(unit))
    form._chosen()


def test_a_format_and_its_option_reach_the_reader(small: Robot, tmp_path: Path) -> None:
    path = tmp_path / "admin.jsonl"
    path.write_text(json.dumps({"text": "😀 Ida left.", "label": [[3, 6, "PERSON"]]}) + "\n")
    bring_in(small, path, lambda dialog: pick(dialog, "doccano", "utf-16"))
    small.wait(lambda: any(one.quote == "Ida" for one in small.window.desk.find(Annotation)))


def test_a_folder_that_is_a_dataset_is_read_as_one(small: Robot, tmp_path: Path) -> None:
    export(small.window.desk, tmp_path / "brat", "brat")
    seen: list[int] = []

    def look(dialog: ImportDialog) -> None:
        seen.append(len(dialog.plan.paths))
        assert dialog._files.candidates[0].preview.format == "brat"
        dialog.reject()

    def accept(dialog: QDialog) -> None:
        assert isinstance(dialog, ImportDialog)
        small.wait(lambda: dialog.ready)
        look(dialog)

    small.window.ask.dialogs.append(accept)
    small.window.filing.take_files([tmp_path / "brat"])
    assert seen == [1]


def test_the_last_format_is_offered_to_files_of_its_kind(small: Robot, tmp_path: Path) -> None:
    form = ReadAs()
    kept = {"format": "doccano", "offsets": "utf-16"}
    form.recall(kept, [tmp_path / "a.txt"])
    assert (form.format, form.options) == ("", {})
    form.recall(kept, [tmp_path / "a.jsonl"])
    assert (form.format, form.options) == ("doccano", {"offsets": "utf-16"})
    assert form.choices == kept
