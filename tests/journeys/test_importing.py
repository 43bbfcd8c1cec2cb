"""An import that takes time: seen, stopped, refused and reported, with a window that goes on."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from newsdesk.model import Article, NewsdeskError
from newsdesk.ui.importing import run
from newsdesk.ui.importing.dialog import ImportDialog
from newsdesk.ui.importing.plan import Plan, expanded
from newsdesk.ui.importing.run import ImportRun
from tests.ui.robot import Robot


def stories(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = f"Story {number}\n\nThe harbour froze over on day {number}.\n"
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    return folder


def begin(robot: Robot, *paths: Path, partial: bool = False) -> None:
    plan = Plan.of_files(list(paths))
    plan.partial = partial
    ImportRun(robot.window, plan).start()


def test_while_an_import_writes_one_reads_on_and_writes_nothing(
    small: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, begun = threading.Event(), threading.Event()
    carried_out = run.carried_out

    def slow(place, author, plan, report):
        report(1, 4)
        begun.set()
        go.wait(30)
        return carried_out(place, author, plan, report)

    monkeypatch.setattr(run, "carried_out", slow)
    small.select("Oslo")
    small.press("2")
    begin(small, stories(tmp_path / "in", 3))
    assert begun.wait(30)
    small.wait(lambda: small.sees("Importing", within=small.window.status_line))
    assert small.sees("1 of 4", within=small.window.status_line)
    assert not small.window.bindings.action("undo").isEnabled()
    assert not small.window.annotate.inspector.properties._inside.isEnabled()

    small.open("Title 001")
    small.select("Oslo")
    small.press("2")
    assert small.annotations == []
    small.window.annotate.header._status.setFocus()
    small.press("Down")
    assert small.sees("Other work is being written to the desk")

    go.set()
    small.wait(lambda: small.sees("3 articles imported"))
    assert small.window.desk.count(Article) == 6
    assert small.sees("Story 0", within=small.window.annotate.library)
    assert not small.sees("Importing", within=small.window.status_line)
    small.select("Oslo")
    small.press("2")
    assert small.tagged("Oslo") == ["PLACE"]


def test_a_stopped_import_keeps_nothing(small: Robot, tmp_path: Path) -> None:
    begin(small, stories(tmp_path / "in", 120))
    small.window.jobs.running[0].cancel()
    small.wait(lambda: not small.window.jobs.running)
    assert small.sees("The import was stopped; nothing of it was kept")
    assert small.window.desk.count(Article) == 3
    assert not small.window.filing.busy


def test_the_cancel_of_the_status_bar_stops_it(
    small: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(place, author, plan, report):
        while True:
            report(1, 2)
            threading.Event().wait(0.005)

    monkeypatch.setattr(run, "carried_out", endless)
    begin(small, stories(tmp_path / "in", 1))
    small.wait(lambda: small.sees("Importing", within=small.window.status_line))
    small.click("Cancel the work under way")
    small.wait(lambda: not small.window.jobs.running)
    assert small.sees("The import was stopped")


def test_a_whole_folder_is_one_step(small: Robot, tmp_path: Path) -> None:
    begin(small, stories(tmp_path / "in", 60))
    small.wait(lambda: small.sees("60 articles imported"))
    assert small.window.desk.count(Article) == 63
    small.press("Ctrl+Z")
    assert small.window.desk.count(Article) == 3
    small.press("Ctrl+Shift+Z")
    assert small.window.desk.count(Article) == 63


def test_what_is_wrong_is_refused_as_a_whole_and_reported(small: Robot, tmp_path: Path) -> None:
    folder = stories(tmp_path / "in", 2)
    (folder / "wrong.jsonl").write_text('{"format": "newsdesk.dataset", "version": 99}\n')
    begin(small, folder)
    small.wait(lambda: small.sees("Nothing was imported."))
    assert small.window.desk.count(Article) == 3
    said: list[str] = []
    small.window.ask.dialogs.append(lambda dialog: said.extend(small.shown(dialog)))
    small.click("Details…")
    assert "wrong.jsonl" in "\n".join(said)


def test_a_window_is_closed_in_the_midst_only_after_a_question(
    small: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(place, author, plan, report):
        while True:
            report(0, 0)
            threading.Event().wait(0.005)

    monkeypatch.setattr(run, "carried_out", endless)
    begin(small, stories(tmp_path / "in", 1))
    small.window.ask.yes += [False, True]
    assert not small.window.close()
    assert small.window.jobs.running
    assert small.window.close()
    small.window.ask.yes.append(True)


def test_a_fault_in_an_import_is_an_error_like_any_other(
    small: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_unexpected_warning
) -> None:
    def faulty(place, author, plan, report):
        raise ZeroDivisionError

    heard: list[type] = []
    monkeypatch.setattr(run, "carried_out", faulty)
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: heard.append(kind))
    begin(small, stories(tmp_path / "in", 1))
    small.wait(lambda: heard == [ZeroDivisionError])
    assert not small.window.filing.busy
    no_unexpected_warning.clear()


def test_hidden_files_and_links_stay_out(tmp_path: Path) -> None:
    folder = stories(tmp_path / "in", 2)
    (folder / ".hidden").write_text("x")
    (folder / "link.txt").symlink_to(folder / "0000.txt")
    (folder / "deep").mkdir()
    (folder / "deep" / "more.txt").write_text("More.")
    found = expanded([folder, tmp_path / "loose.txt"], lambda *_: None)
    names = [path.name for path in found]
    assert names == ["0000.txt", "0001.txt", "more.txt", "loose.txt"]


def test_a_whole_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsdesk.ui.importing.plan.MOST_FILES", 1)
    with pytest.raises(NewsdeskError, match="choose a smaller folder"):
        expanded([stories(tmp_path / "in", 3)], lambda *_: None)


def test_leaving_the_look_stops_it(small: Robot, tmp_path: Path) -> None:
    def leave(dialog: ImportDialog) -> None:
        small.wait(lambda: small.sees("40 files", within=dialog))
        dialog.reject()

    small.window.ask.dialogs.append(leave)
    small.window.filing.take_files([stories(tmp_path / "in", 40)])
    small.wait(lambda: not small.window.jobs.running)
    assert small.window.desk.count(Article) == 3
