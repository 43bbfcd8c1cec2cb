"""Text from outside is plain text everywhere: as it is written, and never HTML."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel

from newsdesk.desk import articles
from newsdesk.model import new_article
from newsdesk.ui.guideline import write_guideline
from newsdesk.ui.plain import ElidedLabel, counted, plain_label, plain_tip, shortened
from tests.ui.robot import Robot

TRAP = '<img src="/dev/zero"><b>bold</b> &amp; co'


def test_a_label_shows_what_is_written(qtbot) -> None:
    label = plain_label(TRAP)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == TRAP


@pytest.mark.parametrize("text", [TRAP, "a < b", "a & b", "&lt;b&gt;", "plain"])
def test_a_tooltip_shows_what_is_written(qapp, text: str) -> None:
    tip = plain_tip(text)
    if GuiQt.mightBeRichText(tip):
        document = QTextDocument()
        document.setHtml(tip)
        tip = document.toPlainText()
    assert tip == text


def test_an_elided_label_keeps_all_of_its_text(qtbot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    label.show_text("Words that have no room on this line")
    assert label.text().endswith("…")
    assert label.whole == label.toolTip() == label.accessibleName()
    label.resize(600, 20)
    assert label.text() == label.whole
    assert label.toolTip() == ""


def test_words_are_cut_on_one_line() -> None:
    assert shortened("one\n two   three", 40) == "one two three"
    assert shortened("one two three", 8) == "one two…"


def test_things_are_counted_in_words() -> None:
    assert counted(1, "1 tag", "{0} tags") == "1 tag"
    assert counted(0, "1 tag", "{0} tags") == "0 tags"
    assert counted(1200, "1 tag", "{0} tags") == "1,200 tags"


def test_a_guideline_is_read_as_little_markdown_and_nothing_else(qapp) -> None:
    document = QTextDocument()
    write_guideline(document, f"# Head\n\nSome *soft* and **hard**\nwords.\n\n- One {TRAP}\n- Two")
    assert document.toPlainText() == f"Head\nSome soft and hard words.\n•  One {TRAP}\n•  Two"
    html = document.toHtml()
    assert "<img" not in html
    block = document.findBlockByNumber(1)
    fragments = []
    at = block.begin()
    while not at.atEnd():
        form = at.fragment().charFormat()
        fragments.append((at.fragment().text(), form.fontItalic(), form.fontWeight() > 500))
        at += 1
    assert ("soft", True, False) in fragments
    assert ("hard", False, True) in fragments


def test_no_text_of_an_article_is_ever_rich(small: Robot) -> None:
    """A title, an outlet, a note, an entity and a label's words that look like HTML."""
    window = small.window
    made = articles.add_article(
        window.desk, new_article(f"{TRAP} said {TRAP}.", title=TRAP), outlet=TRAP
    )
    small.rest()
    window.annotate.open_article(made.id)
    small.rest()
    window.reader.move_caret(2)
    small.window.reader.setFocus()
    small.press("1", "N")
    small.type(TRAP)
    small.press("Enter", "E")
    small.type(TRAP)
    small.press("Enter")
    assert small.sees(TRAP, within=window.annotate.header)
    assert small.sees(TRAP, within=window.annotate.inspector)
    labels = [one for one in window.findChildren(QLabel) if one.text()]
    assert labels
    assert {one.textFormat() for one in labels} == {Qt.TextFormat.PlainText}
