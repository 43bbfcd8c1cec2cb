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
        dialog.form.path.setText(str(path))
        robot.click("Export", within=dialog)

    robot.window.ask.dialogs.append(fill_in)
    robot.press("Ctrl+E")
    robot.wait(lambda: not robot.window.jobs.running)


def test_the_whole_desk_or_the_open_article(small: Robot, tmp_path: Path) -> None:
    order(small, tmp_path / "all.json")
    small.wait(lambda: small.sees("3 articles with 0 annotations written to all.json"))
    order(small, tmp_path / "one.json", before=lambda d: d.extent.setCurrentIndex(1))
    assert len(json.loads((tmp_path / "one.json").read_text())["articles"]) == 1


def test_suggestions_leave_only_when_asked_for(small: Robot, tmp_path: Path) -> None:
    propose(small, "Oslo")
    order(small, tmp_path / "without.json")
    order(small, tmp_path / "with.json", before=lambda d: d.form.proposed.setChecked(True))

    def marks(name: str) -> list:
        dataset = json.loads((tmp_path / name).read_text())
        return [mark for article in dataset["articles"] for mark in article["annotations"]]

    assert marks("without.json") == []
    assert [mark["status"] for mark in marks("with.json")] == ["proposed"]


def test_the_name_s_ending_follows_the_format(small: Robot, tmp_path: Path) -> None:
    dialog = ExportDialog(small.window)
    dialog.form.path.setText(str(tmp_path / "out.v2.json"))
    dialog.form.format.setCurrentIndex(dialog.form.format.findData("jsonl"))
    assert dialog.order.path == tmp_path / "out.v2.jsonl"
    assert dialog.order.format == "jsonl"
    dialog.close()


def test_a_file_is_replaced_only_after_a_question(small: Robot, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text("old")
    dialog = ExportDialog(small.window)
    dialog.form.path.setText(str(path))
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


def test_losses_are_shown_before_anything_is_written(small: Robot, tmp_path: Path) -> None:
    propose(small, "Oslo")
    seen: list[str] = []

    def look(dialog: ExportDialog) -> None:
        dialog.form.proposed.setChecked(True)
        dialog.form.format.setCurrentIndex(dialog.form.format.findData("conll"))
        small.wait(lambda: small.sees("can't be held", within=dialog))
        seen.extend(small.shown(dialog))
        dialog.form.format.setCurrentIndex(dialog.form.format.findData("json"))
        assert not small.sees("can't be held", within=dialog)
        small.wait(lambda: small.sees("1 annotation · nothing is lost", within=dialog))
        dialog.reject()

    small.window.ask.dialogs.append(look)
    small.press("Ctrl+E")
    assert any("status and confidence" in one for one in seen)
    assert list(tmp_path.glob("*.conll")) == []


def test_articles_are_chosen_by_selection_filter_and_saved_search(
    small: Robot, tmp_path: Path
) -> None:
    from newsdesk.desk.finding import save_search
    from newsdesk.model import ArticleFilter

    save_search(small.window.desk, "Early", ArticleFilter(words="000"))
    library = small.window.annotate.library
    library.view.setFocus()
    small.press("Ctrl+Home", "Shift+Down")
    assert len(library.picked) == 2
    small.window.annotate.library._search.setText("Title")
    small.wait(lambda: library.filter.words == "Title")
    small.rest()
    library.view.setFocus()
    small.press("Ctrl+Home", "Shift+Down")

    def written(what: str) -> int:
        def choose(dialog: ExportDialog) -> None:
            assert dialog.extent.findData(what) >= 0 or what == "Early"
            at = dialog.extent.findText(f"Saved search: {what}")
            dialog.extent.setCurrentIndex(at if at >= 0 else dialog.extent.findData(what))

        order(small, tmp_path / f"{what}.json", before=choose)
        return len(json.loads((tmp_path / f"{what}.json").read_text())["articles"])

    assert written("picked") == 2
    assert written("shown") == 3
    assert written("Early") == 1


def test_a_zip_is_asked_for_by_a_box_or_by_the_name(small: Robot, tmp_path: Path) -> None:
    dialog = ExportDialog(small.window)
    dialog.form.zipped.setChecked(True)
    assert dialog.order.path.suffix == ".zip"
    dialog.form.zipped.setChecked(False)
    assert dialog.order.path.suffix == ".json"
    dialog.form.path.setText(str(tmp_path / "a.zip"))
    dialog.form.path.editingFinished.emit()
    assert dialog.form.zipped.isChecked()
    dialog.stop()
    dialog.close()


def test_the_last_choices_come_back_and_the_journal_goes_with_all_alone(open_window) -> None:
    robot = open_window(remember=True)

    def choose(dialog: ExportDialog) -> None:
        dialog.form.format.setCurrentIndex(dialog.form.format.findData("jsonl"))
        dialog.form.redact.setCurrentIndex(dialog.form.redact.findData("full"))
        assert dialog._journal.isEnabled()
        dialog._journal.setChecked(True)
        dialog.form.labels.tick(["PERSON"])
        assert not dialog._journal.isEnabled() and not dialog.order.with_journal
        robot.window.ask.yes.append(True)
        dialog.accept()

    robot.window.ask.dialogs.append(choose)
    robot.press("Ctrl+E")
    robot.wait(lambda: not robot.window.jobs.running)
    again = ExportDialog(robot.window)
    assert again.order.format == "jsonl" and again.order.options.redact == "full"
    assert again._journal.isChecked() and again.form.labels.names == ("PERSON",)
    again.stop()
    again.close()


def test_the_report_shows_where_it_was_written(small: Robot, tmp_path: Path, monkeypatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "newsdesk.ui.report_dialog.QDesktopServices.openUrl", lambda url: opened.append(url.path())
    )
    order(small, tmp_path / "a.json")
    small.wait(lambda: small.sees("written to a.json"))
    small.window.ask.dialogs.append(lambda dialog: small.click("Show in folder", within=dialog))
    small.click("Details…")
    assert opened == [str(tmp_path)]
