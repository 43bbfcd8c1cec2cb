"""The open article is replaced by its corrected version: looked at first, then one step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton

from newsdesk.desk.annotating import annotate
from newsdesk.model import Annotation, Article, Status
from newsdesk.ui.correct_dialog import CorrectDialog
from tests.ui.robot import Robot
from tests.ui.small_desk import TEXT

ACT = "Replace by a corrected version…"


def button(dialog: QDialog, text: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)


def shown(dialog: QDialog) -> str:
    return dialog.findChildren(QPlainTextEdit)[0].toPlainText()


def mark(robot: Robot, words: str) -> Annotation:
    window = robot.window
    article = window.annotate.open.article
    at = article.text.index(words)
    return annotate(window.desk, article, window.desk.label("PERSON"), [(at, at + len(words))])


def test_a_file_is_looked_at_and_replaces_the_article(small: Robot, tmp_path: Path) -> None:
    window = small.window
    old = window.annotate.open.article
    for words in ("Ada Ray", "met Bo Lund", "It is 3"):
        mark(small, words)
    file = tmp_path / "mended.txt"
    text = TEXT.replace("met Bo Lund", "shunned Bo Lund")
    file.write_text(text, encoding="utf-8")
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, CorrectDialog)
        assert not button(dialog, "Replace").isEnabled()
        dialog.take_file(file)
        small.wait(button(dialog, "Replace").isEnabled)
        seen.append(shown(dialog))
        button(dialog, "Replace").click()

    window.ask.dialogs.append(look)
    small.menu("File", ACT)
    assert "stay behind:\n    “met Bo Lund”" in seen[0]
    assert "What changed:\n    − met\n    + shunned" in seen[0]
    new = window.annotate.open.article
    assert (new.supersedes, new.text) == (old.id, text)
    marks = {one.quote: one.status for one in window.desk.find(Annotation, article=new.id)}
    assert marks["It is 3"] is Status.ACCEPTED
    assert marks["Ada Ray"] is Status.PROPOSED  # the words right after it changed
    assert "met Bo Lund" not in marks
    window.desk.undo()
    assert window.desk.count(Article, supersedes=old.id) == 0


def test_a_text_is_pasted_and_what_can_not_be_one_is_said(small: Robot, tmp_path: Path) -> None:
    window = small.window
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    said: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, CorrectDialog)
        QApplication.clipboard().clear()
        button(dialog, "Paste its text").click()
        said.append(dialog._said.text())
        QApplication.clipboard().setText(TEXT)
        button(dialog, "Paste its text").click()
        said.append(dialog._said.text())
        dialog.take_file(empty)
        small.wait(lambda: "just one article" in dialog._said.text())
        assert not button(dialog, "Replace").isEnabled()
        QApplication.clipboard().setText(TEXT + "\n\nMore.")
        button(dialog, "Paste its text").click()
        assert button(dialog, "Replace").isEnabled()
        dialog.reject()

    window.ask.dialogs.append(look)
    small.menu("File", ACT)
    assert "no text in the clipboard" in said[0]
    assert "very text" in said[1]
    assert window.desk.count(Article) == len(window.desk.find(Article, supersedes=None))
