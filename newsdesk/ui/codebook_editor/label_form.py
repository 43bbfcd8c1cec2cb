"""The fields of one label; each change is given as soon as it is made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from newsdesk.model import Label, Layer, Pattern
from newsdesk.ui.ask import Ask
from newsdesk.ui.codebook_editor.attribute_rows import AttributeRows
from newsdesk.ui.codebook_editor.colour_field import ColourField
from newsdesk.ui.codebook_editor.guideline_field import GuidelineField
from newsdesk.ui.codebook_editor.label_rows import layer_name
from newsdesk.ui.inspector.form import Choices, Form
from newsdesk.ui.plain import plain_label


class LabelForm(QScrollArea):
    """Shows a label; `changed` gives a field's name and its new value, `asked` the attributes.

    `trouble` says why a key can't be the label's, or nothing.
    """

    changed = Signal(str, object)
    asked = Signal(object, object)

    def __init__(
        self, ask: Ask, trouble: Callable[[str, Label], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label: Label | None = None
        self._trouble = trouble
        self.setObjectName("plain")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        em = self.fontMetrics().height()
        self._inside = QWidget(self)
        outer = QVBoxLayout(self._inside)
        outer.setContentsMargins(em, em // 2, em // 2, em // 2)
        self._none = plain_label(
            self.tr("Choose a label at the left, or add one."), self._inside, wrap=True, muted=True
        )
        self._form = Form(em)
        outer.addWidget(self._none)
        outer.addLayout(self._form)
        outer.addStretch(1)
        self._fields(ask)
        self._lay_out()
        self.setWidget(self._inside)
        self.show_label(None, 0)

    @property
    def label(self) -> Label | None:
        """The label that is shown."""
        return self._label

    def _fields(self, ask: Ask) -> None:
        inside = self._inside
        self._about = plain_label("", inside, wrap=True, muted=True)
        self.name = QLineEdit(inside)
        self.name.editingFinished.connect(self._rename)
        self.key = _KeyField(inside)
        self.key.setFixedWidth(self.fontMetrics().averageCharWidth() * 6)
        self.key.textEdited.connect(self._try_key)
        self.key.editingFinished.connect(self._set_key)
        self._key_said = plain_label("", inside, wrap=True)
        self._key_said.hide()
        self.colour = ColourField(ask, inside)
        self.colour.chosen.connect(lambda colour: self._give("colour", colour))
        self.pattern = Choices(inside, (), empty=False)
        for pattern, said in self._patterns().items():
            self.pattern.addItem(said, pattern.value)
        self.pattern.activated.connect(self._set_pattern)
        self._drawn = plain_label("", inside, wrap=True, muted=True, scale=0.92)
        self.guideline = GuidelineField(inside)
        self.guideline.committed.connect(lambda text: self._give("guideline", text))
        self.attributes = AttributeRows(self.guideline.preview, inside)
        self.attributes.changed.connect(self.asked)

    def _lay_out(self) -> None:
        form = self._form
        self._rows = [
            form.row(1, self.tr("Name"), self.name),
            form.row(2, self.tr("Key"), self.key),
            form.row(4, self.tr("Colour"), self.colour),
            form.row(5, self.tr("Pattern"), self.pattern),
            form.row(7, self.tr("Guideline"), self.guideline),
            form.row(8, self.tr("Attributes"), self.attributes),
        ]
        for label in (self._rows[2], *self._rows[4:]):  # these are high: their names stand above
            form.setAlignment(label, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        form.addWidget(self._about, 0, 0, 1, 2)
        form.addWidget(self._key_said, 3, 1)
        form.addWidget(self._drawn, 6, 1)

    def _patterns(self) -> dict[Pattern, str]:
        return {
            Pattern.SOLID: self.tr("solid"),
            Pattern.DASHED: self.tr("dashed"),
            Pattern.DOTTED: self.tr("dotted"),
            Pattern.DASH_DOT: self.tr("dash and dot"),
            Pattern.WAVY: self.tr("wavy"),
            Pattern.BRACKET: self.tr("bracket"),
            Pattern.BAR: self.tr("bar"),
        }

    def _forms(self) -> dict[Layer, str]:
        """What the reader draws where the pattern changes nothing on the page."""
        return {
            Layer.ENTITY: self.tr("The reader tints entities; the pattern goes into exports."),
            Layer.QUOTE: self.tr("The reader draws a bar; the pattern goes into exports."),
            Layer.CLAIM: self.tr("The reader’s line follows the claim’s state."),
        }

    # Showing

    def show_label(self, label: Label | None, used: int, older: int = 0) -> None:
        """Show a label, how much it tags, and how much of that under an earlier version."""
        if self._label is not None and (label is None or label.id != self._label.id):
            self.guideline.commit()
        self._label = label
        self._none.setVisible(label is None)
        self._about.setVisible(label is not None)
        self._drawn.setVisible(label is not None and label.layer in self._forms())
        for row in self._rows:
            self._form.show_row(row, label is not None)
        if label is None:
            self._key_said.hide()
            return
        self._about.setText(self._said(label, used, older))
        if not (self.name.hasFocus() and self.name.isModified()):
            self.name.setText(label.name)
        if not (self.key.hasFocus() and self.key.isModified()):
            self.key.setText(label.shortcut.upper())
            self._say_key("")
        self.key.setEnabled(not label.retired)
        self.colour.show_colour(label.colour)
        self.pattern.show_value(label.pattern.value)
        self._drawn.setText(self._forms().get(label.layer, ""))
        self.guideline.show_text(label.guideline)
        self.attributes.show_attributes(label.attributes)

    def _said(self, label: Label, used: int, older: int) -> str:
        parts = [layer_name(label.layer), self.tr("version {0}").format(label.version)]
        parts.append(self.tr("tags {0}").format(f"{used:,}"))
        if older:
            said = self.tr("{0} of them under an earlier version")
            parts.append(said.format(f"{older:,}"))
        if label.retired:
            parts.append(self.tr("retired: nothing new can get it"))
        return "  ·  ".join(parts)

    def set_writable(self, writable: bool) -> None:
        """Grey the fields where nothing can be written."""
        self._inside.setEnabled(writable)

    def commit(self) -> None:
        """Keep what is being typed."""
        if self._label is not None:
            self._rename()
            self._set_key()
            self.guideline.commit()

    # Giving

    def _give(self, field: str, value: object) -> None:
        if self._label is not None and getattr(self._label, field) != value:
            self.changed.emit(field, value)

    def _rename(self) -> None:
        name = " ".join(self.name.text().split())
        self.name.setModified(False)
        if self._label is not None and name:
            self._give("name", name)
        if self._label is not None:
            self.name.setText(self._label.name)  # what was refused is not shown as if it held

    def _set_pattern(self, row: int) -> None:
        self._give("pattern", Pattern(self.pattern.itemData(row)))

    def _try_key(self, typed: str) -> None:
        if self._label is not None:
            self._say_key(self._trouble(typed.strip().lower(), self._label))

    def _set_key(self) -> None:
        label = self._label
        if label is None:
            return
        key = self.key.text().strip().lower()
        self.key.setModified(False)
        trouble = self._trouble(key, label) if key != label.shortcut else ""
        if trouble:
            self.key.setText(label.shortcut.upper())
            self._say_key(self.tr("{0} The key is as it was.").format(trouble))
        else:
            self._give("shortcut", key)

    def _say_key(self, text: str) -> None:
        self._key_said.setText(text)
        self._key_said.setVisible(bool(text))


class _KeyField(QLineEdit):
    """Holds one letter or digit: another one that is typed takes its place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip().isprintable() and event.text().strip():
            self.selectAll()
        super().keyPressEvent(event)
