"""Evidence from the window: where it stands, the passage, and one step that keeps both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QPushButton

from newsdesk.desk.capturing import capture_page
from newsdesk.desk.evidencing import archive, cite
from newsdesk.model import Claim, Evidence, Snapshot, Stance
from newsdesk.ui.claims.evidence_dialog import EvidenceDialog
from newsdesk.ui.workspaces import Shared
from tests.fetch.server import Server, served, whole
from tests.ui.robot import Robot
from tests.window_fixtures import Opener

PAGE = (
    "<title>Minutes</title><p>The board met twice.</p>"
    "<p>The board agreed the sale on 3&nbsp;May. The board rose.</p>"
)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A web server on loopback, which the window takes for the world."""
    with served(monkeypatch) as found:
        yield found


def shared_of(robot: Robot) -> Shared:
    window = robot.window
    return Shared(window.desk, window.place, window.news, window.jobs, window.ask)


def make(robot: Robot) -> EvidenceDialog:
    window = robot.window
    claim = window.desk.find(Claim)[0]
    dialog = EvidenceDialog(shared_of(robot), claim.id, window)
    dialog.show()
    return dialog


def field(dialog: QDialog, name: str) -> QPlainTextEdit:
    return next(
        one for one in dialog.findChildren(QPlainTextEdit) if one.accessibleName() == name
    )


def add_button(dialog: QDialog) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == "Add evidence")


def page_file(folder: Path) -> Path:
    path = folder / "minutes.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_words_selected_in_a_file_become_evidence_in_one_step(
    robot: Robot, tmp_path: Path
) -> None:
    desk = robot.window.desk
    before, steps = desk.count(Evidence), len(desk.log())
    dialog = make(robot)
    dialog.source.take_file(page_file(tmp_path))
    text = field(dialog, "What stands there")
    robot.wait(lambda: "agreed the sale" in text.toPlainText())
    assert not add_button(dialog).isEnabled()
    cursor = text.document().find("The board agreed the sale")
    text.setTextCursor(cursor)
    robot.wait(lambda: add_button(dialog).isEnabled())
    add_button(dialog).click()
    made = dialog.evidence
    assert made is not None and dialog.result() == QDialog.DialogCode.Accepted
    assert (made.exact, made.title) == ("The board agreed the sale", "Minutes")
    assert made.prefix.endswith("met twice.\n")
    assert made.suffix.startswith(" on 3")
    assert made.stance is Stance.SUPPORTS
    kept = desk.get(Snapshot, made.snapshot or "")
    assert kept.bytes == PAGE.encode() and kept.media_type == "text/html"
    assert desk.count(Evidence) == before + 1 and len(desk.log()) == steps + 1
    desk.undo()
    assert desk.count(Evidence) == before and not desk.find(Snapshot, id=kept.id)


def test_a_passage_that_does_not_stand_there_can_not_be_saved(
    robot: Robot, tmp_path: Path
) -> None:
    dialog = make(robot)
    dialog.source.take_file(page_file(tmp_path))
    text = field(dialog, "What stands there")
    robot.wait(lambda: bool(text.toPlainText()))
    passage = field(dialog, "Passage")
    passage.setPlainText("The board refused the sale")
    robot.wait(lambda: dialog.said.startswith("✗"))
    assert not add_button(dialog).isEnabled()
    passage.setPlainText("agreed the\nsale on 3 May")
    robot.wait(lambda: add_button(dialog).isEnabled())
    dialog.reject()


def test_an_article_of_the_desk_is_evidence(robot: Robot) -> None:
    desk = robot.window.desk
    dialog = make(robot)
    dialog.source.choose_article("harbour")
    text = field(dialog, "What stands there")
    robot.wait(lambda: bool(text.toPlainText()))
    cursor = text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    robot.wait(lambda: add_button(dialog).isEnabled())
    add_button(dialog).click()
    assert dialog.evidence is not None and dialog.evidence.snapshot is None
    assert dialog.evidence.title == ""
    assert desk.article(dialog.evidence.article or "").text.startswith(dialog.evidence.exact)


def test_a_dropped_file_is_read_and_a_picture_says_why_it_can_not_serve(
    robot: Robot, tmp_path: Path
) -> None:
    dialog = make(robot)
    picture = tmp_path / "shot.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.dropEvent(drop)
    robot.wait(lambda: "image/png" in dialog.said)
    assert not add_button(dialog).isEnabled()
    dialog.reject()


def test_a_file_that_is_not_there_is_said(robot: Robot, tmp_path: Path) -> None:
    dialog = make(robot)
    dialog.source.take_file(tmp_path / "gone.html")
    robot.wait(lambda: "can't be read" in dialog.source.said)
    dialog.reject()


def test_a_desk_that_can_not_be_written_takes_none(
    open_window: Opener, desk_file: Path, tmp_path: Path
) -> None:
    desk_file.chmod(0o400)
    robot = open_window(desk_file)
    if not robot.window.desk.read_only:
        return  # whoever runs this may write anything
    dialog = make(robot)
    dialog.source.take_file(page_file(tmp_path))
    text = field(dialog, "What stands there")
    robot.wait(lambda: bool(text.toPlainText()))
    text.selectAll()
    robot.wait(lambda: dialog.said.startswith("✓"))
    assert not add_button(dialog).isEnabled()
    dialog.reject()


def test_a_page_of_a_web_archive_is_chosen(robot: Robot, web: Server, tmp_path: Path) -> None:
    desk = robot.window.desk
    claim = desk.find(Claim)[0]
    for name in ("/a", "/b"):
        web.answers[name] = whole(PAGE.encode() + name.encode(), "Content-Type: text/html")
        cite(desk, claim, Stance.CONTEXT, "rose.", capture=capture_page(web.url(name)))
    archive(desk, tmp_path / "two.warc.gz", claim.id)
    dialog = make(robot)
    dialog.source.take_file(tmp_path / "two.warc.gz")
    pages = next(
        one
        for one in dialog.findChildren(QComboBox)
        if one.accessibleName() == "Page of the web archive"
    )
    robot.wait(pages.isVisible)
    assert [pages.itemText(row) for row in (1, 2)] == [web.url("/a"), web.url("/b")]
    pages.setCurrentIndex(2)
    pages.activated.emit(2)
    text = field(dialog, "What stands there")
    robot.wait(lambda: text.toPlainText().strip().endswith("/b"))
    dialog.reject()


def test_enter_in_a_field_saves_nothing_and_with_ctrl_it_does(
    robot: Robot, tmp_path: Path
) -> None:
    dialog = make(robot)
    dialog.source.take_file(page_file(tmp_path))
    field(dialog, "Passage").setPlainText("The board met twice.")
    robot.wait(lambda: add_button(dialog).isEnabled())
    question = next(
        one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Question"
    )
    question.setFocus()
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert dialog.evidence is None
    QTest.keyClick(question, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.evidence is not None and dialog.result() == QDialog.DialogCode.Accepted


def address_row(dialog: EvidenceDialog) -> tuple[QLineEdit, QPushButton]:
    address = next(
        one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Address"
    )
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Fetch")
    return address, button


def test_a_page_is_fetched_when_asked_and_its_words_become_evidence(
    robot: Robot, web: Server
) -> None:
    web.answers["/minutes"] = whole(PAGE.encode(), "Content-Type: text/html; charset=utf-8")
    dialog = make(robot)
    dialog.source.take_address(web.url("/minutes"))
    address, fetch_button = address_row(dialog)
    robot.wait(address.isVisible)
    assert web.asked == [], "nothing is fetched before somebody asks"
    fetch_button.click()
    text = field(dialog, "What stands there")
    robot.wait(lambda: "agreed the sale" in text.toPlainText())
    field(dialog, "Passage").setPlainText("The board met twice.")
    robot.wait(lambda: add_button(dialog).isEnabled())
    add_button(dialog).click()
    assert dialog.evidence is not None and dialog.evidence.url == web.url("/minutes")
    kept = robot.window.desk.get(Snapshot, dialog.evidence.snapshot or "")
    assert kept.url == web.url("/minutes") and kept.extra["http"]["status"] == 200


def test_a_fetch_can_be_stopped_and_a_refusal_is_said(robot: Robot, web: Server) -> None:
    web.answers["/slow"] = lambda line: line.recv(1)
    dialog = make(robot)
    dialog.source.take_address(web.url("/slow"))
    _, button = address_row(dialog)
    button.click()
    assert button.text() == "Stop"
    robot.wait(lambda: bool(web.asked))
    button.click()
    assert button.text() == "Fetch" and "Stopped" in dialog.source.said
    dialog.source.take_address("http://10.0.0.1/")
    button.click()
    robot.wait(lambda: "no server in public" in dialog.source.said)
    dialog.reject()
    robot.wait(lambda: not robot.window.jobs.running)
