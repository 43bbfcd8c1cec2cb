"""How files are to be read: by what is in them, or in a format that the editor names."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from newsdesk.ui.plain import plain_label

DOCCANO, LABEL_STUDIO = "doccano", "label-studio"
"""The formats that have an option of their own."""


class ReadAs(QWidget):
    """A choice of format, and what that format asks besides; `changed` when either is."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from newsdesk.formats import known_formats

        self._suffixes = {one.name: one.suffixes for one in known_formats() if one.read}
        self._format = QComboBox(self)
        self._format.setAccessibleName(self.tr("Read as"))
        self._format.addItem(self.tr("what it looks like"), "")
        for one in sorted(known_formats(), key=lambda one: one.title.lower()):
            if one.read is not None:
                self._format.addItem(one.title, one.name)
        self._unit = QComboBox(self)
        self._unit.setAccessibleName(self.tr("What offsets count"))
        self._unit.addItem(self.tr("offsets: recognised"), "")
        self._unit.addItem(self.tr("offsets count characters"), "code points")
        self._unit.addItem(self.tr("offsets count UTF-16 units"), "utf-16")
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(self.tr("key of the text"))
        self._field.setAccessibleName(self.tr("Key of the text"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(plain_label(self.tr("Read as"), self))
        for widget in (self._format, self._unit, self._field):
            row.addWidget(widget)
        row.addStretch(1)
        self._format.activated.connect(self._chosen)
        self._unit.activated.connect(self.changed)
        self._field.editingFinished.connect(self._edited)
        self._said = ""
        self._show()

    @property
    def format(self) -> str:
        """The name of the format; empty for what the file looks like."""
        return self._format.currentData() or ""

    @property
    def options(self) -> dict[str, str]:
        """The format's own options, where they were given."""
        if self.format == DOCCANO and self._unit.currentData():
            return {"offsets": self._unit.currentData()}
        if self.format == LABEL_STUDIO and self._field.text().strip():
            return {"field": self._field.text().strip()}
        return {}

    @property
    def choices(self) -> dict[str, str]:
        """What is offered the next time: names of a format and a unit, no words."""
        return {"format": self.format, "offsets": self._unit.currentData() or ""}

    def recall(self, kept: dict, paths: list[Path]) -> None:
        """Take the choices of the last time, if all files are named as that format's are."""
        suffixes = self._suffixes.get(kept.get("format", ""), ())
        if paths and all(path.suffix.lower() in suffixes for path in paths):
            self._format.setCurrentIndex(self._format.findData(kept["format"]))
            self._unit.setCurrentIndex(max(0, self._unit.findData(kept.get("offsets", ""))))
            self._show()

    def _chosen(self) -> None:
        self._show()
        self.changed.emit()

    def _edited(self) -> None:
        if self._field.text() != self._said:
            self._said = self._field.text()
            self.changed.emit()

    def _show(self) -> None:
        self._unit.setVisible(self.format == DOCCANO)
        self._field.setVisible(self.format == LABEL_STUDIO)
