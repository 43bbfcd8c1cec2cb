"""What a screen reader is told."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from newsdesk.model import Status
from newsdesk.ui.reader import Reader
from newsdesk.ui.reader import reader as reader_module
from tests.ui.reader.story import Story


@pytest.fixture
def story() -> Story:
    return Story("Wolderink praised Virgil van Dijk on Tuesday.")


def test_every_part_has_a_name(reader: Reader, story: Story) -> None:
    assert reader.accessibleName()
    assert reader.accessibleDescription() == "No article is open"
    story.show_in(reader)
    assert reader.accessibleName() == "Article: A story"
    for widget in [reader.strip, *reader.findChildren(QWidget)]:
        if widget.focusPolicy().value:
            assert widget.accessibleName() or widget is reader.viewport()
    assert reader.strip.accessibleName()
    assert reader.strip.accessibleDescription()


def test_the_annotation_under_the_caret_is_announced(
    reader: Reader, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: told.append(event.message())
    )
    assert reader_module.QAccessible is QAccessible
    made = story.mark("PERSON", "Virgil van Dijk", status=Status.PROPOSED)
    story.show_in(reader)
    reader.move_caret(made.start + 3)
    words = "PERSON, suggested, Virgil van Dijk"
    assert reader.accessibleDescription() == words
    assert told == [words]
    reader.move_caret(made.start + 4)
    assert told == [words]
    reader.move_caret(0)
    assert reader.accessibleDescription() == ""
    reader.next_annotation()
    assert told == [words, words]


def test_a_decision_under_the_caret_is_announced(reader: Reader, story: Story) -> None:
    made = story.mark("PERSON", "Virgil van Dijk", status=Status.PROPOSED)
    story.show_in(reader)
    reader.next_annotation()
    reader.follow([story.change(made, status=Status.ACCEPTED)])
    assert reader.accessibleDescription() == "PERSON, accepted, Virgil van Dijk"


def test_the_text_can_be_read_and_the_caret_followed(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    interface = QAccessible.queryAccessibleInterface(reader)
    assert interface is not None
    assert interface.role() == QAccessible.Role.EditableText
    text = interface.textInterface()
    assert text.text(0, text.characterCount()) == story.text
    reader.move_caret(9)
    assert text.cursorPosition() == 9
