"""The look before an import: files, encodings, duplicates, problems, and what will be stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
)

from newsdesk.model import NewsdeskError, canonise
from newsdesk.ui.importing.detail import Detail, wrong_in
from newsdesk.ui.importing.files import Candidate, FileList, FileRow
from newsdesk.ui.importing.plan import PASTED, Plan, expanded, look_at
from newsdesk.ui.importing.read_as import ReadAs
from newsdesk.ui.plain import counted, plain_label

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

LOOKED_AT = 200
"""Files that are looked at unasked; the others when they are chosen, and all when imported."""
_AT_ONCE = 10


class ImportDialog(QDialog):
    """Shows what would come in; `plan` is what the editor made of it."""

    def __init__(self, plan: Plan, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._plan = plan
        self._jobs: list = []
        self._left = False
        self.setWindowTitle(self.tr("Import"))
        em = self.fontMetrics().height()
        self.resize(em * 52, em * 34)
        self._head = plain_label("", self, bold=True, scale=1.1)
        self._files = FileList(self)
        self._list = QListView(self)
        self._list.setModel(self._files)
        self._list.setItemDelegate(FileRow(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName(self.tr("Files to import"))
        self._list.selectionModel().currentChanged.connect(lambda *_: self._show())
        self._read_as = ReadAs(self)
        self._read_as.changed.connect(self._look_anew)
        self._detail = Detail(self)
        self._detail.recoded.connect(self._recode)
        self._detail.amended.connect(self._amend)
        self._detail.mapped.connect(self._map)
        self._partial = QCheckBox(
            self.tr("Import what is right, and leave out what is wrong"), self
        )
        self._add = QCheckBox(self.tr("Add texts that the library has already once more"), self)
        boxes = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(boxes.Cancel, self)
        self._go = QPushButton(self.tr("Import"), self)
        self._go.setDefault(True)
        self._buttons.addButton(self._go, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        for box in (self._partial, self._add):
            box.toggled.connect(lambda _: self._judge())
        self._lay_out(em)
        QTimer.singleShot(0, self, self._begin)

    def _lay_out(self, em: int) -> None:
        self._split = QSplitter(self)
        self._split.addWidget(self._list)
        self._split.addWidget(self._detail)
        self._split.setSizes([em * 16, em * 34])
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em * 2 // 3)
        layout.addWidget(self._head)
        layout.addWidget(self._read_as)
        layout.addWidget(self._split, 1)
        layout.addWidget(self._partial)
        layout.addWidget(self._add)
        layout.addWidget(self._buttons)
        self._partial.hide()
        self._add.hide()
        self._go.setEnabled(False)

    @property
    def plan(self) -> Plan:
        """The import as the editor decided it."""
        files = self._files.candidates
        return replace(
            self._plan,
            paths=[] if self._plan.pasted else [one.path for one in files],
            encodings={one.path: one.encoding for one in files if one.encoding},
            columns={one.path: one.columns for one in files if one.columns},
            format=self._read_as.format,
            options=self._read_as.options,
            fields={one.path: one.fields for one in self._candidates if one.fields},
            partial=self._partial.isChecked(),
            add_duplicates=self._add.isChecked(),
        )

    @property
    def choices(self) -> dict[str, str]:
        """What is offered again at the next import: no words."""
        return self._read_as.choices

    @property
    def ready(self) -> bool:
        """Whether everything was looked at that will be."""
        return not self._jobs and bool(self._files.candidates or self._plan.pasted)

    def stop(self) -> None:
        """Give up looking; what still comes of it is not shown."""
        self._left = True
        for job in self._jobs:
            job.cancel()

    # Looking

    def _begin(self) -> None:
        if self._plan.pasted:
            self._list.hide()
            self._read_as.hide()
            self._head.setText(self.tr("A pasted text"))
            self._show_pasted()
            return
        self._head.setText(self.tr("Looking for files…"))
        paths = self._plan.paths
        self._run(lambda report: expanded(paths, report), self._found)

    def _show_pasted(self) -> None:
        from newsdesk.desk.importing import preview

        raw = canonise(self._plan.text).encode()
        seen = preview(raw, "text", encoding="utf-8", desk=self._window.desk)
        self._pasted = Candidate(PASTED, preview=seen)
        self._detail.show_preview(self._pasted, file=False)
        self._judge()

    def _look_anew(self) -> None:
        """Look at all files in the format that was chosen."""
        for one in self._files.candidates:
            one.preview = None
        self._files.show(self._files.candidates)
        if self._files.candidates:
            self._list.setCurrentIndex(self._files.index(0))
            self._look_further()

    def _found(self, paths: list) -> None:
        if self._window.session is not None and not self._plan.address:
            self._read_as.recall(self._window.session.choices(self._window.place, "import"), paths)
        given = self._plan.columns
        self._files.show([Candidate(path, columns=given.get(path, {})) for path in paths])
        self._list.setVisible(len(paths) > 1)
        said = counted(len(paths), self.tr("1 file"), self.tr("{0} files"))
        self._head.setText(said if paths else self.tr("No files"))
        if paths:
            self._list.setCurrentIndex(self._files.index(0))
            self._look_further()
        self._judge()

    def _look_further(self) -> None:
        waiting = [
            row
            for row, one in enumerate(self._files.candidates[:LOOKED_AT])
            if one.preview is None
        ][:_AT_ONCE]
        if waiting:
            self._look(waiting, self._look_further)
        else:
            self._judge()

    def _look(self, rows: list[int], then=None) -> None:
        place, author = self._window.place, self._window.desk.author
        wanted = [self._files.candidates[row] for row in rows]
        format, options = self._read_as.format, self._read_as.options
        files = [(one.path, one.encoding, {**one.columns, **options}) for one in wanted]

        def seen(previews: list) -> None:
            for row, preview in zip(rows, previews, strict=True):
                self._files.looked_at(row, preview)
            if self._list.currentIndex().row() in rows:
                self._show()
            self._judge()
            if then is not None:
                then()

        self._run(lambda report: look_at(place, author, files, report, format), seen)

    def _run(self, work, done) -> None:
        def end() -> None:
            self._jobs = [job for job in self._jobs if job in self._window.jobs.running]

        def good(outcome) -> None:
            end()
            if not self._left:
                done(outcome)

        def bad(error: Exception) -> None:
            end()
            if self._left:
                return
            if not isinstance(error, NewsdeskError):
                raise error
            self._head.setText(str(error))
            self._judge()

        title = self.tr("Looking at files")
        self._jobs.append(self._window.jobs.run(title, work, good, bad, end))

    # Showing

    def _show(self) -> None:
        row = self._list.currentIndex().row()
        if not 0 <= row < len(self._files.candidates):
            return
        candidate = self._files.candidates[row]
        self._detail.show_preview(candidate, file=True, address=self._plan.address)
        if candidate.preview is None and row >= LOOKED_AT:
            self._look([row])

    @property
    def _candidates(self) -> list[Candidate]:
        return [self._pasted] if self._plan.pasted else self._files.candidates

    def _recode(self, encoding: str) -> None:
        row = self._list.currentIndex().row()
        self._files.candidates[row].encoding = encoding
        self._look([row])

    def _map(self, columns: dict[str, str]) -> None:
        """Take the columns so in this file, and in all that have the same ones."""
        shown = self._files.candidates[self._list.currentIndex().row()].preview
        names = shown.columns if shown else ()
        rows = [
            row
            for row, one in enumerate(self._files.candidates)
            if one.preview is not None and one.preview.columns == names
        ]
        for row in rows:
            self._files.candidates[row].columns = columns
        self._look(rows)

    def _amend(self, fields: dict[str, str]) -> None:
        """Take what was said of the articles in the file that is shown."""
        row = 0 if self._plan.pasted else self._list.currentIndex().row()
        self._candidates[row].fields = fields
        self._judge()

    def _judge(self) -> None:
        """Show the choices that there are to make, and whether there is anything to import."""
        found = self._candidates
        broken = [one for one in found if one.broken]
        known = [one for one in found if one.known]
        good = [
            one
            for one in found
            if not one.broken or (one.preview and one.preview.articles)
        ]
        self._partial.setVisible(bool(broken) and bool(good))
        self._add.setVisible(bool(known))
        if not self._add.isChecked():
            good = [one for one in good if not one.known]
        held_back = bool(broken) and not self._partial.isChecked()
        wrong = any(wrong_in(one) for one in found)
        self._go.setEnabled(bool(good) and not held_back and not wrong)
