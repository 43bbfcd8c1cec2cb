"""Articles by their address in the window: asked, fetched, shown, and only then stored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from newsdesk.model import Article
from newsdesk.ui.importing.by_address import is_address
from newsdesk.ui.importing.dialog import ImportDialog
from tests.fetch.server import Server, served, whole
from tests.ui.robot import Robot

WORDS = "The harbour board agreed on Monday that berth 7 stays open all winter. "
PAGE = f"<html><title>Berth 7 stays</title><article><p>{WORDS * 3}</p></article></html>"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with served(monkeypatch) as found:
        found.answers["/a"] = whole(PAGE.encode(), "Content-Type: text/html")
        yield found


def accept(dialog: QDialog, robot: Robot) -> None:
    """Wait until the page was looked at, and import it."""
    assert isinstance(dialog, ImportDialog)
    robot.wait(lambda: dialog.ready)
    go = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Import")
    robot.wait(go.isEnabled)
    go.click()


def imported(robot: Robot) -> list[Article]:
    found = robot.window.desk.find(Article)
    return [one for one in found if one.title == "Berth 7 stays"]


def test_a_page_is_asked_for_fetched_shown_and_stored(small: Robot, web: Server) -> None:
    QApplication.clipboard().clear()
    small.window.ask.texts.append(web.url("/a"))
    small.window.ask.dialogs.append(lambda dialog: accept(dialog, small))
    small.menu("File", "Import by address…")
    small.wait(lambda: imported(small))
    small.wait(lambda: not small.window.jobs.running)
    (article,) = imported(small)
    assert article.url == web.url("/a") and WORDS.strip() in article.text
    assert len(web.asked) == 1


def test_nothing_is_stored_or_left_behind_where_the_look_is_enough(
    small: Robot, web: Server, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "fetched"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    before = small.window.desk.count(Article)
    seen: list[int] = []

    def look(dialog: QDialog) -> None:
        small.wait(lambda: dialog.ready)  # type: ignore[attr-defined]
        seen.append(len(list(folder.glob("newsdesk-*/*"))))
        dialog.reject()

    small.window.ask.texts.append(web.url("/a"))
    small.window.ask.dialogs.append(look)
    small.menu("File", "Import by address…")
    small.wait(lambda: seen)
    small.wait(lambda: not small.window.jobs.running)
    assert seen == [1] and list(folder.glob("newsdesk-*")) == []
    assert small.window.desk.count(Article) == before


def test_a_pasted_address_is_fetched_only_after_a_yes(small: Robot, web: Server) -> None:
    QApplication.clipboard().setText(f"  {web.url('/a')}\n")
    small.window.ask.yes.append(False)
    small.menu("File", "Paste as article…")
    assert web.asked == []
    small.window.ask.yes.append(True)
    small.window.ask.dialogs.append(lambda dialog: accept(dialog, small))
    small.menu("File", "Paste as article…")
    small.wait(lambda: imported(small))
    small.wait(lambda: not small.window.jobs.running)


def test_a_link_that_is_dropped_is_asked_about_too(small: Robot, web: Server) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl(web.url("/a"))])
    mime.setText(web.url("/a"))
    small.window.ask.yes.append(False)
    small.window.filing.take_soon(mime)
    small.wait(lambda: not small.window.ask.yes)
    assert web.asked == []


def test_a_refusal_is_said(small: Robot, web: Server) -> None:
    small.window.ask.texts.append("http://192.168.1.1/router")
    small.menu("File", "Import by address…")
    small.wait(lambda: small.sees("no server in public"))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (" https://press.example/a\n", True),
        ("HTTP://press.example", True),
        ("See https://press.example/a", False),
        ("https://press.example/a\nhttps://press.example/b", False),
        ("ftp://press.example/a", False),
        ("https://", False),
    ],
)
def test_only_an_address_alone_is_one(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one
