"""What a label asks of each annotation, edited as rows: name, type, values, required."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model import Attribute, AttributeType
from newsdesk.ui.icons import icon
from newsdesk.ui.inspector.form import Choices
from newsdesk.ui.plain import plain_label, plain_tip


class _Row(NamedTuple):
    was: str
    name: QLineEdit
    type: Choices
    values: QLineEdit
    required: QCheckBox
    buttons: tuple[QToolButton, ...]


class AttributeRows(QWidget):
    """Edits attributes; `changed` gives them all, with the new name of each that was renamed.

    `before` is the widget from which Tab comes to them.
    """

    changed = Signal(object, object)

    def __init__(self, before: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = before
        em = self.fontMetrics().height()
        self._built: tuple[Attribute, ...] | None = None
        self._rows: list[_Row] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(em // 3)
        self._grid.setVerticalSpacing(em // 4)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(2, 3)
        self.add = QPushButton(self.tr("Add an attribute"), self)
        self.add.setAccessibleName(self.tr("Add an attribute"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._add)
        self._trouble = plain_label("", self, wrap=True)
        self._trouble.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em // 3)
        layout.addLayout(self._grid)
        layout.addWidget(self._trouble)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.add)

    def show_attributes(self, attributes: tuple[Attribute, ...]) -> None:
        """Show what a label asks; rows that say it already stay as they are."""
        if attributes == self._built:
            return
        self._built = attributes
        found = self._read()
        self._say("")
        if found is not None and found[0] and tuple(found[0]) == attributes:
            # They say what was just kept: rebuilt, they would lose the keyboard's focus.
            self._rows = [row._replace(was=" ".join(row.name.text().split())) for row in self._rows]
            return
        self._clear()
        for one in attributes:
            self._append(one, was=one.name)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes along the rows, before the button that adds one."""
        before = self._before
        for row in self._rows:
            for widget in (row.name, row.type, row.values, row.required, *row.buttons):
                self.setTabOrder(before, widget)
                before = widget
        self.setTabOrder(before, self.add)

    # The rows

    def _clear(self) -> None:
        for row in self._rows:
            for widget in (row.name, row.type, row.values, row.required, *row.buttons):
                widget.blockSignals(True)  # hidden, it would say that it was edited
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._rows = []

    def _append(self, one: Attribute, was: str) -> _Row:
        at = len(self._rows)
        name = self._line(one.name, self.tr("Name of attribute {0}").format(at + 1))
        name.setPlaceholderText(self.tr("Name"))
        type_ = Choices(self, (), empty=False)
        for kind, said in self._types().items():
            type_.addItem(said, kind.value)
        type_.show_value(one.type.value)
        type_.setAccessibleName(self.tr("Type of attribute {0}").format(at + 1))
        type_.activated.connect(self._retype)
        said = self.tr("Values of attribute {0}").format(at + 1)
        values = self._line("; ".join(one.values), said)
        required = QCheckBox(self.tr("Required"), self)
        required.setChecked(one.required)
        required.setAccessibleName(self.tr("Attribute {0} is required").format(at + 1))
        required.clicked.connect(self._commit)
        buttons = (
            self._tool("previous", self.tr("Move attribute {0} up").format(at + 1), at, -1),
            self._tool("next", self.tr("Move attribute {0} down").format(at + 1), at, 1),
            self._tool("delete", self.tr("Remove attribute {0}").format(at + 1), at, 0),
        )
        row = _Row(was, name, type_, values, required, buttons)
        for column, widget in enumerate((name, type_, values, required, *buttons)):
            self._grid.addWidget(widget, at, column)
        self._rows.append(row)
        self._show_values(row)
        return row

    def _line(self, text: str, name: str) -> QLineEdit:
        field = QLineEdit(text, self)
        field.setAccessibleName(name)
        field.editingFinished.connect(self._commit)
        return field

    def _tool(self, picture: str, name: str, at: int, by: int) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setIcon(icon(picture, QApplication.palette()))
        button.setAccessibleName(name)
        button.setToolTip(plain_tip(name))
        button.clicked.connect(lambda: self._move(at, by))
        return button

    def _types(self) -> dict[AttributeType, str]:
        return {
            AttributeType.TEXT: self.tr("text"),
            AttributeType.CHOICE: self.tr("choice"),
            AttributeType.FLAG: self.tr("yes or no"),
            AttributeType.NUMBER: self.tr("number"),
            AttributeType.DATE: self.tr("date"),
        }

    def _show_values(self, row: _Row) -> None:
        choice = row.type.currentData() == AttributeType.CHOICE.value
        row.values.setEnabled(choice)
        row.values.setPlaceholderText(self.tr("Values, with ; between") if choice else "")

    def _retype(self) -> None:
        for row in self._rows:
            self._show_values(row)
        self._commit()

    def _add(self) -> None:
        row = self._append(Attribute(name="?"), was="")
        self._order_tabs()
        row.name.clear()
        row.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, at: int, by: int) -> None:
        """Move a row by one; by none takes it away."""
        found = self._read()
        if found is None:
            return
        attributes, renamed = found
        if by == 0:
            del attributes[at]
        elif 0 <= at + by < len(attributes):
            attributes.insert(at + by, attributes.pop(at))
        else:
            return
        self._give(attributes, renamed)
        if by and at + by < len(self._rows):
            button = self._rows[at + by].buttons[0 if by < 0 else 1]
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is given

    def _commit(self) -> None:
        found = self._read()
        if found is not None:
            self._give(*found)

    def _read(self) -> tuple[list[Attribute], dict[str, str]] | None:
        """The rows as attributes; None, and said why, while one is not whole yet."""
        found, renamed = [], {}
        for row in self._rows:
            name = " ".join(row.name.text().split())
            if not name:
                if not row.was:
                    continue  # a new row that nothing was typed into yet
                self._say(self.tr("An attribute needs a name; nothing was changed."))
                return None
            values = tuple(filter(None, (one.strip() for one in row.values.text().split(";"))))
            type_ = AttributeType(row.type.currentData())
            if type_ is AttributeType.CHOICE and not values:
                said = self.tr("“{0}” needs values to choose from; it is kept once it has some.")
                self._say(said.format(name))
                return None
            required = row.required.isChecked()
            kept = values if type_ is AttributeType.CHOICE else ()
            found.append(Attribute(name=name, type=type_, values=kept, required=required))
            if row.was and row.was != name:
                renamed[row.was] = name
        self._say("")
        return found, renamed

    def _give(self, attributes: list[Attribute], renamed: dict[str, str]) -> None:
        if tuple(attributes) != self._built:
            self.changed.emit(tuple(attributes), renamed)

    def _say(self, text: str) -> None:
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))
