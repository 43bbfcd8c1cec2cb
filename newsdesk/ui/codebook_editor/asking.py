"""The questions of the codebook's editor: a new label, merging two, what an import would change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.desk.codebook_files import Comparison, Difference
from newsdesk.model import Label, Layer
from newsdesk.ui.codebook_editor.label_rows import layer_name
from newsdesk.ui.inspector.form import Choices, Form
from newsdesk.ui.plain import counted, plain_label


class _Question(QDialog):
    """A dialog with an act and Cancel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.em = self.fontMetrics().height()
        self.body = QVBoxLayout()
        self.body.setSpacing(self.em // 2)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.act = QPushButton(self)
        self.act.setDefault(True)
        buttons.addButton(self.act, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(self.em, self.em, self.em, self.em)
        layout.setSpacing(self.em)
        layout.addLayout(self.body, 1)
        layout.addWidget(buttons)

    def entitle(self, title: str, act: str) -> None:
        """Say what is asked, and what the button does."""
        self.setWindowTitle(title)
        self.act.setText(act)
        self.act.setAccessibleName(act)


class NewLabel(_Question):
    """Asks for a new label's name and layer."""

    def __init__(self, layer: Layer, parent: QWidget) -> None:
        super().__init__(parent)
        self.entitle(self.tr("New label"), self.tr("Add"))
        self.resize(self.em * 22, self.em * 9)
        form = Form(self.em)
        self.body.addLayout(form)
        self._name = QLineEdit(self)
        self._layer = Choices(self, (), empty=False)
        for one in Layer:
            self._layer.addItem(layer_name(one), one.value)
        self._layer.show_value(layer.value)
        form.row(0, self.tr("Name"), self._name)
        form.row(1, self.tr("Layer"), self._layer)
        self._name.textChanged.connect(lambda text: self.act.setEnabled(bool(text.strip())))
        self.act.setEnabled(False)
        self._name.setFocus()

    @property
    def name(self) -> str:
        """The name typed."""
        return " ".join(self._name.text().split())

    @property
    def layer(self) -> Layer:
        """The layer chosen."""
        return Layer(self._layer.currentData())


class MergeLabels(_Question):
    """Asks into which label of its layer another goes."""

    def __init__(self, gone: Label, others: Sequence[Label], used: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._others = list(others)
        self.entitle(self.tr("Merge {0}").format(gone.name), self.tr("Merge"))
        self.resize(self.em * 26, self.em * 11)
        one, many = self.tr("1 annotation"), self.tr("{0} annotations")
        said = self.tr(
            "{0} tagged {1} will be tagged with the label chosen here. {1} is retired. "
            "It is one step, and can be undone."
        )
        self.body.addWidget(
            plain_label(said.format(counted(used, one, many), gone.name), self, wrap=True)
        )
        # Which one is a choice, never a slip of the Enter key: none is chosen yet.
        self._into = Choices(self, (), empty=True)
        for at, other in enumerate(self._others):
            self._into.addItem(other.name, at)
        self._into.currentIndexChanged.connect(lambda row: self.act.setEnabled(row > 0))
        self.act.setEnabled(False)
        form = Form(self.em)
        self.body.addLayout(form)
        form.row(0, self.tr("Merge into"), self._into)
        self.body.addStretch(1)
        self._into.setFocus()

    @property
    def kept(self) -> Label:
        """The label chosen."""
        return self._others[self._into.currentData()]


class ImportCodebook(_Question):
    """Shows what a codebook's file would change, label by label, before anything is."""

    def __init__(self, found: Comparison, parent: QWidget) -> None:
        super().__init__(parent)
        self._found = found
        name = found.name or self.tr("no name")
        self.entitle(self.tr("Import the codebook {0}").format(name), self.tr("Import"))
        self.resize(self.em * 36, self.em * 30)
        self._change = self._box(self.tr("Take over the file’s changes to labels that are here"))
        self._retire = self._box(self.tr("Retire the labels that the file does not have"))
        self._house = self._box(self.tr("Go by its house rules"))
        self._change.setChecked(True)
        self._house.setChecked(found.house is not None)
        for box, there in (
            (self._change, bool(found.changed)),
            (self._retire, bool(found.absent)),
            (self._house, found.house is not None),
        ):
            box.setVisible(there)
        self._preview = QPlainTextEdit(self)
        self._preview.setReadOnly(True)
        self._preview.setTabChangesFocus(True)
        self._preview.setAccessibleName(self.tr("What would change"))
        self._preview.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(self._preview, 1)
        said = self.tr("Every annotation keeps its label. It is one step, and can be undone.")
        self.body.addWidget(plain_label(said, self, wrap=True, muted=True))
        self._show()

    def _box(self, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setAccessibleName(text)
        box.clicked.connect(self._show)
        self.body.addWidget(box)
        return box

    @property
    def change(self) -> bool:
        """Whether labels that are here change."""
        return self._change.isChecked()

    @property
    def retire(self) -> bool:
        """Whether labels that the file does not have are retired."""
        return self._retire.isChecked()

    @property
    def house(self) -> bool:
        """Whether the file's house rules are taken over."""
        return self._house.isChecked()

    def _show(self) -> None:
        found = self._found
        lines = [self._line(self.tr("New"), one) for one in found.new]
        if self.change:
            lines += [self._line(self.tr("Changed"), one) for one in found.changed]
        if self.retire:
            lines += [f"{self.tr('Retired')}: {one.name}" for one in found.absent]
        if self.house and found.house is not None:
            one, many = self.tr("1 check"), self.tr("{0} checks")
            checks = counted(len(found.house.checks), one, many)
            lines.append(f"{self.tr('House rules')}: {found.house.name}, {checks}")
        one, many = self.tr("1 label stays as it is"), self.tr("{0} labels stay as they are")
        same = found.same + (0 if self.change else len(found.changed))
        lines.append(counted(same, one, many))
        self._preview.setPlainText("\n".join(lines))
        self.act.setEnabled(len(lines) > 1)

    def _line(self, what: str, one: Difference) -> str:
        name = one.after.name
        if one.before is not None and one.before.name != name:
            name = f"{one.before.name} → {name}"
        fields = ", ".join(self._fields().get(field, field) for field in one.fields)
        parts = [f"{what}: {name}", fields, "; ".join(one.kept)]
        return " · ".join(part for part in parts if part)

    def _fields(self) -> dict[str, str]:
        return {
            "name": self.tr("name"),
            "colour": self.tr("colour"),
            "pattern": self.tr("pattern"),
            "shortcut": self.tr("key"),
            "guideline": self.tr("guideline"),
            "attributes": self.tr("attributes"),
            "retired": self.tr("in use or retired"),
        }
