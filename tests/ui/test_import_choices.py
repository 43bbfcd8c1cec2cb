"""How files are read, as the editor chooses it: format, its options, folders that are datasets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QPushButton

from newsdesk.desk.exporting import export
from newsdesk.model import Annotation, Article
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


def test_what_is_proposed_can_be_changed_before_it_is_stored(small: Robot, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("A note\n\nNothing happened.")

    def say(dialog: ImportDialog) -> None:
        fields = dialog._detail._fields
        assert fields["title"].text() == "A note" and fields["language"].text() == "en"
        assert small.sees("title", within=dialog._detail)  # what is proposed is said
        go = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Import")
        fields["published"].setFocus()
        small.type("soon")
        assert small.sees("is no date", within=dialog) and not go.isEnabled()
        fields["published"].selectAll()
        small.type("2024-05-06")
        assert not small.sees("is no date", within=dialog)
        fields["outlet"].setFocus()
        small.type("The Berth")
        fields["byline"].setFocus()
        small.type("Ida Ray")

    bring_in(small, path, say)
    found = small.window.desk.find(Article, title="A note")
    assert [(one.published, one.byline) for one in found] == [("2024-05-06", "Ida Ray")]
    assert [name for name, _ in small.window.desk.outlets() if name == "The Berth"]


def test_of_many_articles_outlet_and_language_are_said_at_once(
    small: Robot, tmp_path: Path
) -> None:
    path = tmp_path / "wire.csv"
    path.write_text("headline,body\nOne,First text.\nTwo,Second text.\n")

    def say(dialog: ImportDialog) -> None:
        fields = dialog._detail._fields
        assert not fields["title"].isVisible()  # the columns say it
        fields["outlet"].setFocus()
        small.type("The Wire")

    bring_in(small, path, say)
    two = [one for one in small.window.desk.find(Article) if one.title in ("One", "Two")]
    assert len(two) == 2 and len({one.outlet for one in two} - {None}) == 1


def test_the_rest_of_one_file_can_be_imported_and_new_labels_are_named(
    small: Robot, tmp_path: Path
) -> None:
    path = tmp_path / "admin.jsonl"
    good = json.dumps({"text": "Ida left.", "label": [[0, 3, "Vessel"]]})
    path.write_text(good + "\n" + json.dumps({"label": []}) + "\n")

    def look(dialog: ImportDialog) -> None:
        assert dialog._files.summary(dialog._files.candidates[0]) == "1 article · 1 problem"
        assert "Problems\nadmin.jsonl, line 2" in dialog._detail._said.text()
        assert dialog._detail._labels.whole == "Vessel"
        assert not dialog._go.isEnabled()
        assert dialog._partial.isVisibleTo(dialog)
        dialog._partial.setChecked(True)
        assert dialog._go.isEnabled()

    bring_in(small, path, look)
    small.wait(lambda: any(one.quote == "Ida" for one in small.window.desk.find(Annotation)))
