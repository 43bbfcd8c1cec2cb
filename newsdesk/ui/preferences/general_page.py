"""The page of how things look, and of the name under which work is journalled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from newsdesk.ui.inspector.form import Choices

if TYPE_CHECKING:
    from newsdesk.ui.window import Window


class GeneralPage(QWidget):
    """Author, theme, font, zoom, length of the lines, label codes."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        viewing = window.viewing
        em = self.fontMetrics().height()
        self._author = QLineEdit(self)
        self._author.editingFinished.connect(self.commit)
        self._theme = self._choices(
            (self.tr("As the system"), "system"), (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
        )  # fmt: skip
        self._theme.activated.connect(lambda: viewing.prefer(theme=self._theme.currentData()))
        self._font = self._choices((self.tr("Serif"), "serif"), (self.tr("Sans-serif"), "sans"))
        self._font.activated.connect(lambda: viewing.prefer(font=self._font.currentData()))
        self._zoom = self._number(50, 300, 10, self.tr(" %"))
        self._zoom.valueChanged.connect(lambda percent: viewing.prefer(zoom=percent))
        self._width = self._number(60, 80, 1, self.tr(" characters"))
        self._width.valueChanged.connect(lambda width: viewing.prefer(line_width=width))
        self._codes = QCheckBox(self.tr("Show label codes in the text"), self)
        self._codes.clicked.connect(lambda shown: viewing.prefer(show_codes=shown))
        form = QFormLayout(self)
        form.setContentsMargins(em, em, em, em)
        form.setVerticalSpacing(em // 2)
        for name, field in (
            (self.tr("Your name in the journal"), self._author),
            (self.tr("Theme"), self._theme),
            (self.tr("Font of the text"), self._font),
            (self.tr("Zoom of the text"), self._zoom),
            (self.tr("Length of the lines"), self._width),
        ):
            field.setAccessibleName(name)
            form.addRow(name, field)
        form.addRow("", self._codes)

    def show_values(self) -> None:
        """Show what holds now."""
        held = self._window.preferences
        if not self._author.hasFocus():
            self._author.setText(self._window.desk.author)
        self._theme.show_value(held.theme)
        self._font.show_value(held.font)
        for field, value in ((self._zoom, held.zoom), (self._width, held.line_width)):
            field.blockSignals(True)
            field.setValue(value)
            field.blockSignals(False)
        self._codes.setChecked(held.show_codes)

    def commit(self) -> None:
        """Take the name that was typed; an empty one is put back."""
        name = self._author.text().strip()
        if name:
            self._window.set_author(name)
        else:
            self._author.setText(self._window.desk.author)

    def _choices(self, *pairs: tuple[str, str]) -> Choices:
        choices = Choices(self, [], empty=False)
        for text, value in pairs:
            choices.addItem(text, value)
        return choices

    def _number(self, low: int, high: int, step: int, unit: str) -> QSpinBox:
        field = QSpinBox(self)
        field.setRange(low, high)
        field.setSingleStep(step)
        field.setSuffix(unit)
        return field
