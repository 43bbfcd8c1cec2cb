"""The labels of the codebook beside the fields of one, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from newsdesk.desk import Desk, codebooks
from newsdesk.desk.codebook_files import compare_codebook, export_codebook, import_codebook
from newsdesk.formats.codebook_file import read_codebook_file
from newsdesk.model import Annotation, Attribute, Label, Layer, NewsdeskError
from newsdesk.ui.ask import Ask
from newsdesk.ui.bindings import Bindings
from newsdesk.ui.codebook_editor.asking import ImportCodebook, MergeLabels, NewLabel
from newsdesk.ui.codebook_editor.contrast import nearest
from newsdesk.ui.codebook_editor.keys import trouble_with
from newsdesk.ui.codebook_editor.label_form import LabelForm
from newsdesk.ui.codebook_editor.label_rows import LabelCell, LabelRows
from newsdesk.ui.long_list import LongList
from newsdesk.ui.plain import counted, plain_tip
from newsdesk.ui.theme import OKABE_ITO


class LabelsPage(QWidget):
    """Edits the codebook of a desk; every act is one step. `said` is for a passing remark,
    `failed` for what was refused."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        desk: Desk,
        ask: Ask,
        bindings: Bindings,
        writable: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self._writable = writable
        self._use: dict[str, int] = {}
        self._labels: list[Label] = []
        self.current = ""
        self.model = LabelRows(self)
        self.view = LongList(self.tr("Labels"), self.model, LabelCell(self), self)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        left = self._list()
        self.form = LabelForm(
            ask, lambda key, label: trouble_with(key, label, self._labels, bindings), self
        )
        self._lay_out(left)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._choose())
        self.form.changed.connect(self._change)
        self.form.asked.connect(self._ask_for)
        self.refresh()

    # Composition

    def _list(self) -> QWidget:
        em = self.fontMetrics().height()
        self._words = QLineEdit(self)
        self._words.setPlaceholderText(self.tr("Filter labels"))
        self._words.setAccessibleName(self.tr("Filter labels"))
        self._words.setClearButtonEnabled(True)
        self._words.textChanged.connect(self._filter)
        self._buttons = {
            "add": self._button(self.tr("Add…"), self.add, "Ctrl+N"),
            "merge": self._button(self.tr("Merge…"), self.merge, "Ctrl+M"),
            "up": self._button(self.tr("Up"), lambda: self.move_by(-1), "Alt+Up"),
            "down": self._button(self.tr("Down"), lambda: self.move_by(1), "Alt+Down"),
            "retire": self._button(self.tr("Retire"), self.retire, "Ctrl+D"),
            "delete": self._button(self.tr("Delete"), self.delete, "Ctrl+Del"),
            "import": self._button(self.tr("Import…"), self.bring_in, "Ctrl+I"),
            "export": self._button(self.tr("Export…"), self.write_out, "Ctrl+E"),
        }
        grid = QGridLayout()
        grid.setSpacing(em // 3)
        for at, button in enumerate(self._buttons.values()):
            grid.addWidget(button, at // 2, at % 2)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em // 2)
        column.addWidget(self._words)
        column.addWidget(self.view, 1)
        column.addLayout(grid)
        return left

    def _lay_out(self, left: QWidget) -> None:
        em = self.fontMetrics().height()
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.form)
        split.setSizes([em * 17, em * 43])
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        layout.addWidget(split)

    def _button(self, text: str, do: Callable[[], object], keys: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setAccessibleName(text.rstrip("…"))
        button.clicked.connect(lambda: do())
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(button.click)
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(plain_tip(f"{text.rstrip('…')} ({native})"))
        return button

    # Showing

    @property
    def label(self) -> Label | None:
        """The label chosen."""
        return next((one for one in self._labels if one.id == self.current), None)

    def refresh(self) -> None:
        """Show the codebook as the desk has it now."""
        self._labels = self._desk.codebook(retired=True)
        self._use = self._desk.label_use()
        self.model.show(self._labels, self._use)
        if self.label is None:
            self.current = next((one.id for one in self._labels if not one.retired), "")
        self._mark()
        self._show_label()

    def _mark(self) -> None:
        """Put the list's cursor on the label chosen."""
        row = self.model.row_of(self.current)
        if row >= 0 and self.view.currentIndex().row() != row:
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(self.model.index(row), how)
            self.view.scrollTo(self.model.index(row))

    def _choose(self) -> None:
        index = self.view.currentIndex()
        row = self.model.rows[index.row()] if index.isValid() else None
        if isinstance(row, Label) and row.id != self.current:
            self.form.commit()
            self.current = row.id
            self._show_label()

    def _show_label(self) -> None:
        label, writable = self.label, self._writable()
        older = 0
        if label is not None and label.version > 1:
            now = self._desk.count(Annotation, label=label.id, label_version=label.version)
            older = self._use.get(label.id, 0) - now
        self.form.show_label(label, self._use.get(label.id, 0) if label else 0, older)
        self.form.set_writable(writable)
        retired = label is not None and label.retired
        used = label is not None and bool(self._use.get(label.id))
        self._buttons["retire"].setText(self.tr("Bring back") if retired else self.tr("Retire"))
        self._buttons["retire"].setAccessibleName(self._buttons["retire"].text())
        for name, needs in {
            "add": True,
            "merge": bool(self._beside),
            "up": label is not None and not retired,
            "down": label is not None and not retired,
            "retire": label is not None,
            "delete": label is not None and not used,
            "import": True,
        }.items():
            self._buttons[name].setEnabled(writable and needs)

    def _filter(self, words: str) -> None:
        self.model.filter(words)
        self._mark()

    @property
    def _beside(self) -> list[Label]:
        """The labels into which the one chosen could go."""
        label = self.label
        if label is None:
            return []
        return [
            one
            for one in self._labels
            if one.layer is label.layer and one.id != label.id and not one.retired
        ]

    # Acts

    def do(self, work: Callable[[], object]) -> object:
        """Do something with the desk; what it refuses is said, and what is shown is what holds."""
        if not self._writable():
            self.failed.emit(self.tr("The desk can't be written to just now; try again later."))
            return None
        try:
            return work()
        except NewsdeskError as error:
            self.failed.emit(str(error))
            self._show_label()
            return None

    def _change(self, field: str, value: object) -> None:
        label = self.form.label  # the one typed into, whatever is chosen by now
        if label is not None:
            self.do(lambda: codebooks.change_label(self._desk, label, **{field: value}))

    def _ask_for(self, attributes: Iterable[Attribute], renamed: Mapping[str, str]) -> None:
        label = self.form.label
        if label is not None:
            self.do(lambda: codebooks.change_attributes(self._desk, label, attributes, renamed))

    def add(self) -> None:
        """Ask for a name and a layer, and add a label."""
        layer = self.label.layer if self.label else Layer.ENTITY
        asking = NewLabel(layer, self)
        if not self._ask.run(asking) or not asking.name:
            return
        colour = nearest(OKABE_ITO[(len(self._labels) + 1) % len(OKABE_ITO)])
        made = Label(name=asking.name, layer=asking.layer, colour=colour)
        if self.do(lambda: codebooks.add_label(self._desk, made)):
            self._words.clear()
            self.current = made.id
            self.refresh()
            self.form.guideline.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_by(self, by: int) -> None:
        """Move the label up or down among those of its layer."""
        label = self.label
        if label is not None:
            self.do(lambda: codebooks.move_label(self._desk, label, by))

    def merge(self) -> None:
        """Ask into which other label this one goes."""
        self.refresh()  # what was tagged a moment ago is counted too
        label = self.label
        if label is None or not self._beside:
            return
        asking = MergeLabels(label, self._beside, self._use.get(label.id, 0), self)
        if not self._ask.run(asking):
            return
        kept = asking.kept
        count = self.do(lambda: codebooks.merge_labels(self._desk, kept, label))
        if isinstance(count, int):
            self.current = kept.id
            self.refresh()
            one, many = self.tr("1 annotation moved"), self.tr("{0} annotations moved")
            self.said.emit(counted(count, one, many))

    def retire(self) -> None:
        """Take the label out of use, or into use again."""
        label = self.label
        if label is not None:
            verb = codebooks.bring_back_label if label.retired else codebooks.retire_label
            self.do(lambda: verb(self._desk, label))

    def delete(self) -> None:
        """Delete the label, if it tags nothing."""
        label = self.label
        if label is not None:
            self.do(lambda: codebooks.delete_label(self._desk, label))

    # Files

    @property
    def _kind(self) -> str:
        return self.tr("Codebooks") + " (*.json);;" + self.tr("All files") + " (*)"

    def bring_in(self) -> None:
        """Choose a codebook's file, show what it would change, and import it."""
        path = self._ask.file(self, self.tr("Import a codebook"), self._kind)
        if path is not None:
            self.do(lambda: self._bring_in(path))

    def _bring_in(self, path: Path) -> None:
        book = read_codebook_file(path)
        asking = ImportCodebook(compare_codebook(self._desk, book), self)
        if self._ask.run(asking):
            import_codebook(
                self._desk, book, change=asking.change, retire=asking.retire, house=asking.house
            )
            self.said.emit(self.tr("The codebook was imported, as one step"))

    def write_out(self) -> None:
        """Write the codebook to a file."""
        title = self.tr("Export the codebook")
        path = self._ask.new_file(self, title, "codebook.json", self._kind)
        if path is None:
            return
        try:
            count = export_codebook(self._desk, path)
        except NewsdeskError as error:
            self.failed.emit(str(error))
            return
        one, many = self.tr("1 label written"), self.tr("{0} labels written")
        self.said.emit(counted(count, one, many))
