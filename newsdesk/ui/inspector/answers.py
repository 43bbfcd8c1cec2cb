"""The fields in which an annotation's attributes are answered, as the codebook asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from newsdesk.model import Attribute, AttributeType
from newsdesk.ui.inspector.form import Choices

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AnswerChoice(Choices):
    """A choice of the codebook's values, or yes and no; Enter and Esc lead back to the text."""

    answered = Signal(object)
    left = Signal()

    def __init__(self, attribute: Attribute, parent: QWidget) -> None:
        super().__init__(parent, attribute.values, empty=True)
        if attribute.type is AttributeType.FLAG:
            self.addItem(_tr("yes"), True)
            self.addItem(_tr("no"), False)
        self.activated.connect(lambda row: self.answered.emit(self.itemData(row)))

    def show_value(self, value: object) -> None:
        """Show an answer; one that the codebook no longer has is shown all the same."""
        wanted = None if value in (None, "") else value
        for row in range(self.count()):
            held = self.itemData(row)
            if held == wanted and type(held) is type(wanted):
                self.setCurrentIndex(row)
                return
        self.addItem(str(wanted), wanted)
        self.setCurrentIndex(self.count() - 1)

    def commit(self) -> None:
        """Nothing: a choice is kept when it is made."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*_ENTER, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class AnswerField(QLineEdit):
    """A line for a text, a number or a date; what is none is said by `trouble` and not kept."""

    answered = Signal(object)
    trouble = Signal(str)
    left = Signal()

    def __init__(self, attribute: Attribute, parent: QWidget) -> None:
        super().__init__(parent)
        self._type = attribute.type
        self._was: object = None
        if self._type is AttributeType.DATE:
            self.setPlaceholderText(_tr("2017-07-22"))
        self.textEdited.connect(lambda _: self.trouble.emit(""))

    def show_value(self, value: object) -> None:
        """Show an answer; what is being typed is not disturbed."""
        self._was = value
        if not (self.isModified() and self.hasFocus()):
            self.setText("" if value is None else str(value))
            self.setModified(False)

    def commit(self) -> None:
        """Give what was typed, if it is an answer."""
        if not self.isModified():
            return
        try:
            found = _READ[self._type](" ".join(self.text().split()))
        except ValueError as error:
            self.trouble.emit(str(error))
            return
        self.setModified(False)
        if found != self._was:
            self.answered.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.commit()
            if not self.isModified():
                self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.setModified(False)
            self.show_value(self._was)
            self.trouble.emit("")
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()


Answer = AnswerChoice | AnswerField


def answer_field(attribute: Attribute, value: object, parent: QWidget) -> Answer:
    """The field for what a label asks; its `answered` gives the answer, None for none."""
    chosen = attribute.type in (AttributeType.CHOICE, AttributeType.FLAG)
    field = AnswerChoice(attribute, parent) if chosen else AnswerField(attribute, parent)
    field.show_value(value)
    return field


def _words(typed: str) -> str | None:
    return typed or None


def _number(typed: str) -> int | float | None:
    if not typed:
        return None
    if not _NUMBER.fullmatch(typed):
        raise ValueError(_tr("no number; write it as 1.5"))
    number = float(typed)
    return int(number) if number.is_integer() else number


def _date(typed: str) -> str | None:
    if not typed:
        return None
    if not QDate.fromString(typed, "yyyy-MM-dd").isValid():
        raise ValueError(_tr("no date; write it as 2017-07-22"))
    return typed


_READ: dict[AttributeType, Callable[[str], Any]] = {
    AttributeType.TEXT: _words,
    AttributeType.NUMBER: _number,
    AttributeType.DATE: _date,
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Answers", text)
