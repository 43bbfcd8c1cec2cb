"""Files, folders and text that are dropped or pasted: looked at first, then in the library."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from newsdesk.ui.importing.dialog import ImportDialog
from tests.ui.robot import Robot
from tests.window_fixtures import Opener

STORY = "Ferry stranded off Skerry Point\n\nThe ferry ran aground at dawn, the café owner said.\n"


def drop(robot: Robot, mime: QMimeData) -> None:
    window, move = robot.window, Qt.DropAction.CopyAction
    buttons, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(600, 400), move, mime, buttons, plain)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted(), "the window refuses what is dragged over it"
    event = QDropEvent(QPointF(600, 400), move, mime, buttons, plain)
    QApplication.sendEvent(window, event)
    robot.rest()


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def ready(robot: Robot, dialog: ImportDialog) -> None:
    robot.wait(lambda: dialog.ready, "the look at the files did not end")


def test_a_dropped_file_is_previewed_imported_and_opened(robot: Robot, tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text("date 2026-05-01\n" + STORY, encoding="utf-8")
    seen: list[str] = []

    def look(dialog: ImportDialog) -> None:
        ready(robot, dialog)
        seen.extend(robot.shown(dialog))
        robot.click("Import", within=dialog)

    robot.window.ask.dialogs.append(look)
    drop(robot, files(path))
    robot.wait(lambda: robot.sees("1 article imported"))
    shown = "\n".join(seen)
    assert "utf-8" in shown
    assert "2 paragraphs" in shown
    assert "2026-05-01" in shown
    assert "the café owner said" in shown
    article = robot.window.annotate.open.article
    assert article is not None
    assert "ferry ran aground" in article.text
    assert robot.window.desk.undoable == "Import ferry.txt"


def test_another_encoding_can_be_chosen(robot: Robot, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(STORY.encode("cp1252"))

    def look(dialog: ImportDialog) -> None:
        ready(robot, dialog)
        assert robot.sees("a guess: look at the accents", within=dialog)
        dialog._detail.recoded.emit("cp1251")
        ready(robot, dialog)
        assert robot.sees("cafй", within=dialog)
        dialog._detail.recoded.emit("cp1252")
        ready(robot, dialog)
        assert robot.sees("café", within=dialog)
        robot.click("Import", within=dialog)

    robot.window.ask.dialogs.append(look)
    drop(robot, files(path))
    robot.wait(lambda: robot.sees("1 article imported"))
    article = robot.window.annotate.open.article
    assert article is not None
    assert "café" in article.text
    assert article.encoding == "cp1252"


def test_a_dropped_text_becomes_an_article_with_a_title_of_one_s_own(robot: Robot) -> None:
    def look(dialog: ImportDialog) -> None:
        robot.rest()
        dialog._detail._title.setFocus()
        robot.press("Ctrl+A")
        robot.type("Aground")
        robot.click("Import", within=dialog)

    robot.window.ask.dialogs.append(look)
    mime = QMimeData()
    mime.setText(STORY)
    drop(robot, mime)
    robot.wait(lambda: robot.sees("1 article imported"))
    assert robot.sees("Aground", within=robot.window.annotate.header)


def test_what_the_library_has_is_said_and_left_out(robot: Robot) -> None:
    robot.open("Adviser warned")
    article = robot.window.annotate.open.article
    assert article is not None
    QApplication.clipboard().setText(article.text)

    def look(dialog: ImportDialog) -> None:
        robot.rest()
        assert robot.sees("has this very text already", within=dialog)
        assert not dialog._go.isEnabled()
        robot.click("Add texts that the library has already once more", within=dialog)
        robot.click("Import", within=dialog)

    robot.window.ask.dialogs.append(look)
    before = sum(robot.window.desk.statuses().values())
    robot.press("Ctrl+V")
    assert sum(robot.window.desk.statuses().values()) == before + 1


def test_a_folder_with_a_broken_file_imports_the_rest_and_reports(
    open_window: Opener, tmp_path: Path
) -> None:
    robot = open_window()
    folder = tmp_path / "folder"
    (folder / "deep").mkdir(parents=True)
    for number in range(4):
        text = STORY.replace("Ferry", f"Ferry {number}")
        (folder / "deep" / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "broken.json").write_text('{"format": "newsdesk.dataset",', encoding="utf-8")
    reports: list[str] = []

    def look(dialog: ImportDialog) -> None:
        ready(robot, dialog)
        assert robot.sees("5 files", within=dialog)
        assert not dialog._go.isEnabled()
        robot.click("Import what is right, and leave out what is wrong", within=dialog)
        robot.click("Import", within=dialog)

    robot.window.ask.dialogs += [look, lambda dialog: reports.extend(robot.shown(dialog))]
    drop(robot, files(folder))
    robot.wait(lambda: robot.sees("4 articles imported"))
    robot.click("Details…")
    assert "broken.json" in "\n".join(reports)
    robot.press("Ctrl+Z")
    assert robot.window.desk.search("stranded Skerry") == []


def test_an_empty_folder_has_nothing_to_import(robot: Robot, tmp_path: Path) -> None:
    def look(dialog: ImportDialog) -> None:
        robot.wait(lambda: robot.sees("No files", within=dialog))
        assert not dialog._go.isEnabled()
        dialog.reject()

    robot.window.ask.dialogs.append(look)
    drop(robot, _empty(tmp_path))
    assert not robot.window.filing.busy


def _empty(tmp_path: Path) -> QMimeData:
    folder = tmp_path / "empty"
    folder.mkdir()
    return files(folder)


def test_a_desk_that_is_dropped_is_opened_not_imported(
    robot: Robot, tmp_path: Path, qtbot
) -> None:
    path = tmp_path / "other.desk"
    with qtbot.waitSignal(robot.window.desk_wanted) as wanted:
        drop(robot, files(path))
    assert wanted.args == [str(path)]


@pytest.mark.parametrize("content", [b"", bytes(range(256)) * 20])
def test_what_can_t_be_imported_is_said_before(
    robot: Robot, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "strange.bin"
    path.write_bytes(content)

    def look(dialog: ImportDialog) -> None:
        ready(robot, dialog)
        assert robot.sees("strange.bin", within=dialog)
        assert not dialog._go.isEnabled()
        dialog.reject()

    robot.window.ask.dialogs.append(look)
    drop(robot, files(path))
