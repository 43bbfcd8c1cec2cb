"""The Dataset workspace: counts and charts of the desk, and beside them a dataset's options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.desk import Desk
from newsdesk.desk.counting import tallies
from newsdesk.desk.dataset_checking import Fault, verify_dataset
from newsdesk.desk.dataset_survey import Survey, survey
from newsdesk.desk.taking_out import Order
from newsdesk.model import ArticleFilter, Label, NewsdeskError, Revision, Setting
from newsdesk.model.tallies import Tallies
from newsdesk.ui.dataset.ahead import Ahead
from newsdesk.ui.dataset.choices_form import ChoicesForm
from newsdesk.ui.dataset.overview import Overview
from newsdesk.ui.dataset.split_table import SplitTable, split_view
from newsdesk.ui.exporting import ExportRun, choose_place, documents, may_replace
from newsdesk.ui.finding.asking import Asking
from newsdesk.ui.finding.filter_bar import FilterBar
from newsdesk.ui.jobs import Cancelled
from newsdesk.ui.library.kept import kept_filter, recalled_filter
from newsdesk.ui.plain import counted, plain_label
from newsdesk.ui.report_dialog import ReportDialog
from newsdesk.ui.workspaces import Shared, Workspace

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

AFTER_NEWS = 300
"""Milliseconds after a change before everything is counted again: many come at once."""
AT_ONCE = 1_000
"""Articles up to which the split is shown without being asked for."""


class DatasetWorkspace(Workspace):
    """Composes the charts and the form, and writes what the form says."""

    def __init__(self, shared: Shared, parent: QWidget) -> None:
        super().__init__(shared, parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Dataset"))
        self.asking = Asking(shared.place, self)
        self.bar = FilterBar(ArticleFilter, self.desk, self.asking, shared.ask, self)
        self.overview = Overview(self)
        self.form = ChoicesForm(self)
        self.table = SplitTable(self)
        self._stale = True
        self._stopped = False
        self._articles = self._looks = 0
        self._names: dict[str, str] = {}
        self._lay_out()
        self._soon = self._timer(AFTER_NEWS, self.count)
        self._split_soon = self._timer(AFTER_NEWS, self._preview_small)
        self._recall()
        self._connect()

    # Composition

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self.across = QSplitter(Qt.Orientation.Horizontal, self)
        self.across.setHandleWidth(1)
        self.across.setChildrenCollapsible(False)
        self.across.addWidget(self._left(em))
        self.across.addWidget(self._right(em))
        self.across.setStretchFactor(0, 1)
        self.across.setSizes([em * 46, em * 30])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.across)

    def _left(self, em: int) -> QWidget:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar.setContentsMargins(em // 2, em // 2, em // 2, em // 3)
        column.addWidget(self.bar)
        column.addWidget(self.overview, 1)
        left.setMinimumWidth(em * 20)
        return left

    def _right(self, em: int) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(em, em, em, em)
        column.setSpacing(em // 2)
        column.addWidget(plain_label(self.tr("Make a dataset"), page, bold=True, scale=1.1))
        said = self.tr("Of the articles that the filter means, with the labels chosen here.")
        column.addWidget(plain_label(said, page, wrap=True, muted=True))
        column.addWidget(self.form)
        self.preview_button = QPushButton(self.tr("Preview the split"), page)
        self.write_button = QPushButton(self.tr("Write dataset"), page)
        self.write_button.setDefault(True)
        row = QHBoxLayout()
        self.ahead_button = QPushButton(self.tr("Look ahead"), page)
        for button in (self.preview_button, self.ahead_button, self.write_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.summary = plain_label("", page, wrap=True, muted=True)
        column.addWidget(self.summary)
        self.view = split_view(self.table, page)
        self.view.setAccessibleName(self.tr("The sides of the split"))
        for part in (self.view.verticalHeader(), self.view.horizontalHeader()):
            part.setAccessibleName(self.tr("Heads of the split's table"))
        self.view.setMinimumHeight(em * 8)
        self.view.hide()
        column.addWidget(self.view, 1)
        self.ahead = Ahead(self.asking, page)
        column.addWidget(self.ahead)
        column.addStretch(0)
        scroll = QScrollArea(self)
        scroll.setObjectName("plain")
        scroll.setAccessibleName(self.tr("Options of the dataset"))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(em * 26)
        scroll.setWidget(page)
        return scroll

    def _connect(self) -> None:
        self.shared.news.revised.connect(self._follow)
        self.bar.changed.connect(lambda _: self._narrow())
        self.bar.failed.connect(self.failed)
        self.form.changed.connect(self._change)
        self.form.path.textChanged.connect(self._judge)
        self.form.ahead_changed.connect(self.ahead.forget)
        self.form.browse_wanted.connect(self.choose_place)
        self.preview_button.clicked.connect(self.preview)
        self.ahead_button.clicked.connect(self.look_ahead)
        self.write_button.clicked.connect(self.write)

    # What the window asks

    @property
    def facts(self) -> frozenset[str]:
        return frozenset({"dataset_ready"}) if self._ready else frozenset()

    @property
    def _ready(self) -> bool:
        return bool(self._articles and self.form.place.name)

    def come(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._stale:
            self.count()

    def tint(self, palette: QPalette) -> None:
        self.bar.tint(palette)

    def stop(self) -> None:
        self._stopped = True
        self._looks += 1
        self.ahead.forget()
        self._keep()
        self._soon.stop()
        self._split_soon.stop()
        self.asking.stop()

    # What is shown

    def _follow(self, revision: Revision) -> None:
        edits = revision.edits
        if edits is not None and all(isinstance(edit.record, Setting) for edit in edits):
            return
        if edits is None or any(isinstance(edit.record, Label) for edit in edits):
            self.form.offer_labels(self.desk.codebook())
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _narrow(self) -> None:
        self._stale = True
        self.count()

    def count(self) -> None:
        """Count everything, on another thread."""
        self._soon.stop()
        if self._stopped:
            return
        self._stale = False
        wanted = self.bar.filter
        if not self._articles:
            self.overview.say(self.tr("The desk is being counted…"))
        self.asking.ask("count", lambda desk: tallies(desk, wanted), self._show, self._not_counted)

    def _show(self, found: Tallies) -> None:
        self._articles = found.articles
        self._names = {one.id: one.name for one in found.labels}
        self.overview.show_tallies(found, self.bar.narrowed)
        self._change()

    def _not_counted(self, said: str) -> None:
        self._stale = True
        self._articles = 0
        self.overview.say(self.tr("The desk could not be counted. F5 tries again."))
        self.failed.emit(said)
        self._change()

    def _change(self) -> None:
        """Other options, or other articles: what was shown of the split no longer holds."""
        self.asking.drop("split")
        self.ahead.forget()
        self._looks += 1
        self.preview_button.setEnabled(bool(self._articles))
        self.view.hide()
        self.summary.setText("")
        if self._articles:
            self._split_soon.start()
        self._judge()

    def _judge(self) -> None:
        for button in (self.ahead_button, self.write_button):
            button.setEnabled(self._ready)
        self.changed.emit()

    def _preview_small(self) -> None:
        if self._articles <= AT_ONCE and self.isVisible():
            self.preview()

    def preview(self) -> None:
        """Say how many articles and annotations each side would have."""
        self._split_soon.stop()
        if self._stopped or not self._articles:
            return
        try:
            options = self.form.options(self.bar.filter)
        except NewsdeskError as error:
            self.summary.setText(str(error))
            return
        self.summary.setText(self.tr("The articles are being looked through…"))

        self._looks += 1
        number = self._looks

        def still(_done: int, _total: int) -> None:
            if self._looks != number:
                raise Cancelled

        def look(desk: Desk) -> Survey:
            return survey(desk, options, still)

        self.asking.ask("split", look, self._show_split, self.summary.setText)

    def _show_split(self, found: Survey) -> None:
        self.table.load(found, self._names)
        self.view.setVisible(bool(found.articles))
        one, many = self.tr("1 article"), self.tr("{0} articles")
        parts = [counted(found.articles, one, many)]
        one, many = self.tr("1 annotation"), self.tr("{0} annotations")
        parts.append(counted(found.annotations, one, many))
        if groups := len(set(found.groups.values())):
            one, many = (
                self.tr("1 group of near-duplicates"),
                self.tr("{0} groups of near-duplicates"),
            )
            parts.append(counted(groups, one, many))
        left = sum(found.left.values())
        if left:
            one, many = self.tr("1 article left out"), self.tr("{0} articles left out")
            parts.append(counted(left, one, many))
        self.summary.setText(" · ".join(parts))

    # Acts

    def open_filter(self) -> None:
        """Open the filter's form."""
        self.bar.open()

    def choose_place(self) -> None:
        """Ask where to write."""
        choose_place(self.shared.ask, self, self.tr("Write dataset"), self.form)

    def look_ahead(self) -> None:
        """Show what would be withheld, and what the format can't hold."""
        order = self._order()
        if order is not None:
            self.ahead.look(order)

    def write(self) -> None:
        """Write the dataset, beside the window's work."""
        order = self._order()
        if order is not None and may_replace(self.shared.ask, self, order.path):
            self._keep()
            ExportRun(cast("Window", self.window()), order).start()

    def _order(self) -> Order | None:
        """What the form says; None where it can't be written yet."""
        form = self.form
        try:
            options = form.options(self.bar.filter)
        except NewsdeskError as error:
            self.failed.emit(str(error))
            return None
        if not self._ready:
            return None
        name = form.format.currentData()
        return Order(path=form.place, format=name, options=options, whole=form.whole)

    def verify(self) -> None:
        """Choose a dataset's folder, and compare its files with its manifest."""
        folder = self.shared.ask.folder(self, self.tr("Check a dataset"))
        if folder is not None:
            self.shared.jobs.run(
                self.tr("Checking"),
                lambda report: verify_dataset(folder),
                lambda found: self._verified(folder, *found),
                lambda error: self.failed.emit(str(error)),
            )

    def _verified(self, folder: Path, count: int, faults: list[Fault]) -> None:
        if not faults:
            files = counted(count, self.tr("1 file"), self.tr("{0} files"))
            self.said.emit(self.tr("{0} is whole: {1}").format(folder.name, files))
            return
        summary = self.tr("{0} is not as it was written.").format(folder.name)
        details = "\n".join(f"{one.path}: {one.what}" for one in faults)
        dialog = ReportDialog(self.tr("Check a dataset"), summary, details, self)
        self.shared.ask.run(dialog)
        dialog.deleteLater()

    def next_pane(self) -> None:
        """Go on to the next of filter, charts and options."""
        first = self.bar.findChild(QToolButton)
        panes: list[Any] = [first, self.overview.page, self.form.labels]
        now = QApplication.focusWidget()
        at = panes.index(now) if now in panes else -1
        panes[(at + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # What is remembered

    def _recall(self) -> None:
        self.form.offer_labels(self.desk.codebook())
        session = getattr(self.window(), "session", None)
        kept = session.choices(self.shared.place, "dataset") if session is not None else {}
        self.form.recall(kept)
        if isinstance(kept.get("filter"), str):
            self.bar.set_filter(recalled_filter(self.desk, kept["filter"]), tell=False)
        stem = Path(self.desk.name).stem or "newsdesk"
        self.form.path.setText(str(documents() / f"{stem}-dataset"))
        self.form.fit_suffix()

    def _keep(self) -> None:
        session = getattr(self.window(), "session", None)
        if session is not None:
            kept = {**self.form.choices, "filter": kept_filter(self.bar.filter)}
            session.keep_choices(self.shared.place, "dataset", kept)
