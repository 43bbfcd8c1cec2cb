"""Which column of a table is what of an article: proposed, shown, and changed by the editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from newsdesk.ui.inspector.form import Choices, Form


class Columns(QWidget):
    """A choice of a column for each field; `chosen` gives {field: column}, "" for none."""

    chosen = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._choices: dict[str, Choices] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._form: QWidget | None = None
        self.hide()

    def show_columns(self, names: Sequence[str], mapping: Mapping[str, str]) -> None:
        """Show the columns of a table and what each is; nothing where there are none."""
        self.setVisible(bool(names))
        if tuple(names) != self._names:
            self._names = tuple(names)
            self._build()
        for field, choice in self._choices.items():
            choice.show_value(mapping.get(field))

    def _build(self) -> None:
        if self._form is not None:
            self._layout.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = QWidget(self)
        form = Form(self.fontMetrics().height())
        self._form.setLayout(form)
        said = {
            "text": self.tr("Text is in"),
            "title": self.tr("Title is in"),
            "published": self.tr("Date is in"),
            "byline": self.tr("Byline is in"),
            "outlet": self.tr("Outlet is in"),
            "url": self.tr("Address is in"),
        }
        self._choices = {}
        for at, (field, words) in enumerate(said.items()):
            choice = Choices(self._form, self._names, empty=True)
            choice.setSizeAdjustPolicy(
                choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.activated.connect(self._changed)
            form.row(at, words, choice)
            self._choices[field] = choice
        self._layout.addWidget(self._form)

    def _changed(self) -> None:
        self.chosen.emit(
            {field: choice.currentData() or "" for field, choice in self._choices.items()}
        )
