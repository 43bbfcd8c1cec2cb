"""The rows of what the codebook asks about an annotation; what is required shows until given."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from newsdesk.model import Annotation, Attribute, Label
from newsdesk.ui.editing import Editing
from newsdesk.ui.inspector.answers import Answer, answer_field
from newsdesk.ui.inspector.form import Form


class AskedRows(QObject):
    """One row an attribute; `left` asks for the text again. They are patched where they stand,
    so that the keyboard stays in the field that it is in."""

    left = Signal()

    def __init__(self, form: Form, first: int, editing: Editing, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = form
        self._first = first
        self._editing = editing
        self._parent = parent
        self._annotation: Annotation | None = None
        self._asked: tuple[Attribute, ...] = ()
        self._rows: list[tuple[QLabel, Answer]] = []

    def show_annotation(self, annotation: Annotation | None, label: Label | None) -> None:
        """Show what a label asks about an annotation; None hides the rows."""
        asked = label.attributes if label is not None and annotation is not None else ()
        before, self._annotation = self._annotation, annotation
        other = annotation is None or before is None or before.id != annotation.id
        if asked != self._asked or (other and asked):
            self._rebuild(asked)
        for attribute, (_, field) in zip(self._asked, self._rows, strict=True):
            field.show_value(self._answer(attribute))
            self._name(attribute)

    @property
    def fields(self) -> list[QWidget]:
        """The fields, in the codebook's order."""
        return [field for _, field in self._rows]

    @property
    def first_missing(self) -> QWidget | None:
        """The first field that must be answered and is not."""
        for attribute, (_, field) in zip(self._asked, self._rows, strict=True):
            if self._is_missing(attribute):
                return field
        return None

    def commit(self) -> None:
        """Keep what is being typed."""
        for _, field in self._rows:
            field.commit()

    def _rebuild(self, asked: tuple[Attribute, ...]) -> None:
        for row, field in self._rows:
            field.blockSignals(True)  # what it held was given when it was left
            self._form.drop_row(row)
        self._asked = asked
        self._rows = []
        for at, attribute in enumerate(asked):
            field = answer_field(attribute, self._answer(attribute), self._parent)
            row = self._form.row(self._first + at, attribute.name, field)
            self._rows.append((row, field))
            field.answered.connect(self._answering(attribute.name))
            field.left.connect(self.left)
            if hasattr(field, "trouble"):
                field.trouble.connect(self._saying(attribute))

    def _answer(self, attribute: Attribute) -> object:
        return self._annotation.attributes.get(attribute.name) if self._annotation else None

    def _is_missing(self, attribute: Attribute) -> bool:
        return attribute.required and self._answer(attribute) in (None, "")

    def _name(self, attribute: Attribute, trouble: str = "") -> None:
        """Say on the row what it asks, and what is wrong with the answer."""
        row, field = self._rows[self._asked.index(attribute)]
        if not trouble and self._is_missing(attribute):
            trouble = _tr("missing")
        elif not trouble and not attribute.fits(self._answer(attribute)):
            trouble = _tr("not in the codebook")
        said = f"{attribute.name} – {trouble}" if trouble else attribute.name
        row.setText(said)
        role = row.foregroundRole()
        row.setForegroundRole(role.WindowText if trouble else role.PlaceholderText)
        field.setAccessibleName(said)
        field.setAccessibleDescription(_tr("required") if attribute.required else "")

    def _answering(self, name: str) -> Callable[[object], None]:
        # A field is left when another annotation is chosen: its answer is for the one it showed.
        def answer(value: object) -> None:
            annotation = self._annotation
            if annotation is not None and annotation.attributes.get(name) != value:
                self._editing.set_attribute(annotation, name, value)

        return answer

    def _saying(self, attribute: Attribute) -> Callable[[str], None]:
        return lambda trouble: self._name(attribute, trouble)


class VersionRow:
    """Says that an annotation was made under an earlier version of its label, until reviewed."""

    def __init__(self, form: Form, at: int, review: Callable[[], object], parent: QWidget) -> None:
        self._form = form
        self._button = QPushButton(parent)
        self._button.setAutoDefault(False)
        self._button.clicked.connect(lambda: review())
        self._row = form.row(at, "", self._button)
        self.field: QWidget = self._button

    def show_annotation(self, annotation: Annotation | None, label: Label | None) -> None:
        """Show it where the label has changed since."""
        older = is_older(annotation, label)
        self._form.show_row(self._row, older)
        if older and annotation is not None and label is not None:
            self._row.setText(_tr("Version {0}").format(annotation.label_version))
            self._button.setText(_tr("Holds under {0} too").format(label.version))
            said = _tr("Tagged under version {0} of the label; it holds under version {1} too")
            self._button.setAccessibleName(said.format(annotation.label_version, label.version))


def is_older(annotation: Annotation | None, label: Label | None) -> bool:
    """Whether an annotation was made under an earlier version of its label."""
    if annotation is None or label is None:
        return False
    return annotation.label_version < label.version


def _tr(text: str) -> str:
    return QCoreApplication.translate("AskedRows", text)
