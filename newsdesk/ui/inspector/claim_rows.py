"""The rows of a claim: its statement, its state, and whether it is worth checking."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from newsdesk.model import Checkworthy, Claim
from newsdesk.ui.editing import Editing
from newsdesk.ui.inspector.form import Choices, Form
from newsdesk.ui.note_box import NoteField
from newsdesk.ui.plain import plain_label


class ClaimRows:
    """Shows the claim that an annotation is an appearance of; the statement is edited in place."""

    def __init__(self, form: Form, first: int, editing: Editing, parent: QWidget) -> None:
        self._form = form
        self._editing = editing
        self._claim: Claim | None = None
        self.statement = NoteField(4, parent)
        self.statement.setPlaceholderText(
            _tr("What is claimed, in a sentence that stands by itself")
        )
        self.statement.committed.connect(self._state)
        self._state_label = plain_label("", parent)
        self._worthy = Choices(parent, [value.value for value in Checkworthy], empty=False)
        self._worthy.activated.connect(self._weigh)
        self.last_field: QWidget = self._worthy
        self._rows = [
            form.row(first, _tr("Statement"), self.statement),
            form.row(first + 1, _tr("State"), self._state_label),
            form.row(first + 2, _tr("Check-worthy"), self._worthy),
        ]

    def show_claim(self, claim: Claim | None) -> None:
        """Show a claim; None hides the rows."""
        self._claim = claim
        for row in self._rows:
            self._form.show_row(row, claim is not None)
        if claim is None:
            self.statement.show_text("")
            return
        self.statement.show_text(claim.statement)
        verdict = f" · {claim.verdict.value}" if claim.verdict else ""
        self._state_label.setText(claim.state.value + verdict)
        self._worthy.show_value(claim.checkworthy.value)

    def commit(self) -> None:
        """Keep what is being typed."""
        self.statement.commit()

    def _state(self, text: str) -> None:
        if self._claim is not None:
            self._editing.state_claim(self._claim, statement=text)

    def _weigh(self, row: int) -> None:
        value = Checkworthy(self._worthy.itemData(row))
        if self._claim is not None and value is not self._claim.checkworthy:
            self._editing.state_claim(self._claim, checkworthy=value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ClaimRows", text)
