"""The composition root: what starts, what is logged, and what blocks nothing."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from newsdesk import app as root
from newsdesk.desk import open_desk
from newsdesk.model import NewsdeskError
from newsdesk.settings import Preferences, config_folder, load_preferences, save_preferences
from newsdesk.ui.crash import Crashes, report_of
from tests.ui.robot import Robot
from tests.ui.small_desk import make_desk

LATE = {"spacy", "thinc", "numpy", "alembic", "jsonschema", "typer", "rich", "onnxruntime",
        "charset_normalizer", "rapidfuzz"}  # fmt: skip

START = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from newsdesk.app import run_window

def look():
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMainWindow)]
    print("title", *(one.windowTitle() for one in shown if one.isVisible()))
    print("loaded", *sorted({late!r} & set(sys.modules)))
    for each in QApplication.topLevelWidgets():
        each.close()
    QApplication.quit()

app = QApplication(["newsdesk"])
QTimer.singleShot(300, look)
sys.exit(run_window(sys.argv[1] if len(sys.argv) > 1 else None))
"""


def start(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = START.replace("{late!r}", repr(LATE))
    return subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", program, *arguments],
        capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "NEWSDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).resolve().parent.parent,
    )  # fmt: skip


def test_a_start_on_a_desk_loads_nothing_heavy(tmp_path: Path) -> None:
    place = tmp_path / "small.desk"
    make_desk(place, articles=3).close()
    done = start(tmp_path / "home", str(place))
    assert done.returncode == 0, done.stderr
    assert "title small.desk – Newsdesk" in done.stdout
    assert "loaded\n" in done.stdout + "\n", done.stdout
    log = (tmp_path / "home" / "log" / "newsdesk.log").read_text(encoding="utf-8")
    assert "window open, 3 articles" in log
    for canary in ("Title", "Oslo", "Ada", "Outlet", "small.desk"):
        assert canary not in log


@pytest.fixture
def newsroom(qapp: QApplication):
    made = root.Newsroom(qapp)
    yield made
    if made.window is not None:
        made.window.close()
    made.deleteLater()
    qapp.processEvents()


def test_the_first_start_builds_and_opens_the_sample(newsroom) -> None:
    newsroom.open_first(None)
    robot = Robot(newsroom.window)
    assert robot.sees("Seagrass buries")
    assert robot.sees("First steps")
    assert newsroom.window.desk.undoable is None, "Undo must not take the sample back"
    assert root.sample_place().exists()
    assert load_preferences()[0].recent == (str(root.sample_place()),)


def test_a_desk_that_is_missing_blocks_nothing(newsroom, tmp_path: Path) -> None:
    newsroom.open_first(str(tmp_path / "gone.desk"))
    robot = Robot(newsroom.window)
    assert robot.sees("gone.desk")
    assert robot.sees("The sample desk is open instead.")
    assert robot.sees("Seagrass buries")


def test_broken_preferences_block_nothing(newsroom) -> None:
    config_folder().mkdir(parents=True)
    (config_folder() / "preferences.json").write_text("{broken", encoding="utf-8")
    newsroom.open_first(None)
    assert Robot(newsroom.window).sees("The preferences could not be understood")


def test_a_damaged_sample_is_set_aside_and_made_anew(newsroom) -> None:
    place = root.sample_place()
    place.parent.mkdir(parents=True)
    place.write_bytes(b"no desk at all" * 20)
    newsroom.open_first(None)
    robot = Robot(newsroom.window)
    assert robot.sees("Seagrass buries")
    assert robot.sees("sample.damaged-1.desk")
    assert (place.parent / "sample.damaged-1.desk").read_bytes().startswith(b"no desk")


def test_the_last_desk_is_opened_again(newsroom, tmp_path: Path, qapp) -> None:
    place = tmp_path / "small.desk"
    make_desk(place).close()
    newsroom.open_first(str(place))
    newsroom.window.close()
    again = root.Newsroom(qapp)
    again.open_first(None)
    assert again.window is not None
    assert again.window.desk.name == "small.desk"
    again.window.close()


def test_another_desk_takes_the_window_s_place(newsroom, tmp_path: Path, qtbot) -> None:
    one, other = tmp_path / "one.desk", tmp_path / "other.desk"
    for place in (one, other):
        make_desk(place).close()
    newsroom.open_first(str(one))
    newsroom.window.desk_wanted.emit(str(other))
    qtbot.waitUntil(lambda: newsroom.window and newsroom.window.desk.name == "other.desk")
    newsroom.change_desk(str(tmp_path / "gone.desk"))
    second = Robot(newsroom.window)
    assert second.window.desk.name == "other.desk"
    assert second.sees("gone.desk")


def test_the_editor_s_name_is_that_of_the_preferences(newsroom, tmp_path: Path) -> None:
    save_preferences(Preferences(author="Zoë"))
    place = tmp_path / "small.desk"
    make_desk(place).close()
    newsroom.open_first(str(place))
    assert newsroom.window.desk.author == "Zoë"


def test_a_desk_is_let_go_when_its_window_closes(newsroom, tmp_path: Path) -> None:
    place = tmp_path / "small.desk"
    make_desk(place).close()
    newsroom.open_first(str(place))
    newsroom.window.close()
    assert newsroom.window is None
    assert not place.with_name("small.desk-wal").exists()
    open_desk(place, "Ben").close()


def test_a_report_holds_no_words(qapp) -> None:
    try:
        try:
            raise KeyError("Okonjo")
        except KeyError as error:
            raise ValueError("words of an article") from error
    except ValueError as error:
        report = report_of(type(error), error, error.__traceback__)
    assert "ValueError" in report
    assert "after builtins.KeyError" in report
    assert "tests/test_app.py" in report
    assert "in test_a_report_holds_no_words" in report
    assert "Okonjo" not in report
    assert "article" not in report


def test_a_fault_is_logged_and_shown_three_times_at_most(
    qapp, qtbot, monkeypatch, no_unexpected_warning
) -> None:
    shown: list[str] = []

    def look(dialog: QDialog) -> int:
        shown.append(dialog.findChild(QPlainTextEdit).toPlainText())
        return 0

    monkeypatch.setattr("newsdesk.ui.report_dialog.ReportDialog.exec", look)
    crashes = Crashes()
    for _ in range(5):
        crashes(ValueError, ValueError("words of an article"), None)
    assert len(shown) == 3
    assert "ValueError" in shown[0]
    said = [record.getMessage() for record in no_unexpected_warning]
    assert len(said) == 5
    assert not any("article" in one for one in said)
    no_unexpected_warning.clear()


def test_a_refusal_that_nobody_waited_for_is_said_and_is_no_fault(qapp) -> None:
    crashes, said = Crashes(), []
    crashes.say = said.append
    crashes(NewsdeskError, NewsdeskError("The desk is gone. Nothing was changed."), None)
    assert said == ["The desk is gone. Nothing was changed."]


def test_the_log_goes_on_without_its_folder(tmp_path: Path, monkeypatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("NEWSDESK_HOME", str(blocked))
    before = list(logging.getLogger("newsdesk").handlers)
    root.start_log()
    logger = logging.getLogger("newsdesk")
    assert logger.handlers == before
    logger.propagate = True
