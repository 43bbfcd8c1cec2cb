"""The export: what, in which format, where to; what would be lost; and afterwards what was."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, QStandardPaths, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model import ArticleFilter, NewsdeskError
from newsdesk.model.filters import Filter
from newsdesk.ui.dataset.ahead import Ahead, in_full
from newsdesk.ui.dataset.choices_form import ChoicesForm
from newsdesk.ui.finding.asking import Asking
from newsdesk.ui.inspector.form import Choices, Form
from newsdesk.ui.jobs import tell_failure
from newsdesk.ui.plain import counted
from newsdesk.ui.report_dialog import ReportDialog
from newsdesk.ui.session import fingerprint

if TYPE_CHECKING:
    from newsdesk.desk.exporting import ExportReport
    from newsdesk.desk.taking_out import Order
    from newsdesk.ui.ask import Ask
    from newsdesk.ui.jobs import Report
    from newsdesk.ui.window import Window

AT_ONCE = 200
"""Articles of a desk up to which the export looks ahead without being asked to."""
_PAUSE = 300  # milliseconds after the last change


def offer_export(window: Window) -> None:
    """Ask what to export, and do it."""
    dialog = ExportDialog(window)
    accepted = window.ask.run(dialog)
    dialog.stop()
    if accepted:
        if window.session is not None:
            window.session.keep_choices(window.place, "export", dialog.choices)
        ExportRun(window, dialog.order).start()
    dialog.deleteLater()


class ExportDialog(QDialog):
    """Asks for articles, format, extent and place; says what would be withheld and lost."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.setWindowTitle(self.tr("Export"))
        em = self.fontMetrics().height()
        self.form = ChoicesForm(self)
        self.form.offer_labels(window.desk.codebook())
        self.extent = Choices(self, [], empty=False)
        self.extent.setSizeAdjustPolicy(
            self.extent.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._offer_extents()
        self._journal = QCheckBox(self.tr("With the journal of all changes"), self)
        self._asking = Asking(window.place, self)
        self.ahead = Ahead(self._asking, self)
        self._look = QPushButton(self.tr("&Look ahead"), self)
        self._go = QPushButton(self.tr("Export"), self)
        self._go.setDefault(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._buttons.addButton(self._look, QDialogButtonBox.ButtonRole.ActionRole)
        self._buttons.addButton(self._go, QDialogButtonBox.ButtonRole.AcceptRole)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._lay_out(em)
        self._recall()
        self._connect()
        self._change()

    def _lay_out(self, em: int) -> None:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(em, em, em, 0)
        column.setSpacing(em // 3)
        what = Form(em)
        column.addLayout(what)
        what.row(0, self.tr("What"), self.extent)
        what.setColumnMinimumWidth(0, self.form.names_width)
        column.addWidget(self.form)
        column.addWidget(self._journal)
        column.addWidget(self.ahead)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setObjectName("plain")
        scroll.setAccessibleName(self.tr("Options of the export"))
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, em)
        layout.addWidget(scroll, 1)
        self._buttons.setContentsMargins(em, 0, em, 0)
        layout.addWidget(self._buttons)
        room = self.screen().availableGeometry()
        self.resize(min(em * 36, room.width()), min(em * 36, room.height() - em * 2))

    def _connect(self) -> None:
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        self._look.clicked.connect(self.look)
        self._soon.timeout.connect(self.look)
        self._journal.toggled.connect(self._change)
        self.extent.currentIndexChanged.connect(self._change)
        self.form.changed.connect(self._change)
        self.form.ahead_changed.connect(self._change)
        self.form.path.textChanged.connect(self._judge)
        self.form.browse_wanted.connect(self._choose_path)

    # Which articles

    def _offer_extents(self) -> None:
        from newsdesk.desk.finding import saved_searches

        annotate = self._window.annotate
        self._extents: list[tuple[str, Filter, str]] = []
        offered: list[tuple[str, str, Filter, str]] = [
            ("all", self.tr("All articles of the desk"), ArticleFilter(), "")
        ]
        picked = annotate.library.picked
        if len(picked) > 1:
            said = self.tr("The {0} articles selected in the library").format(len(picked))
            offered.append(("picked", said, ArticleFilter(ids=picked), ""))
        article = annotate.open.article
        if article is not None:
            said = self.tr("The open article")
            offered.append(("open", said, ArticleFilter(ids=(article.id,)), ""))
        if not annotate.library.filter.empty:
            said = self.tr("The articles that the library shows")
            offered.append(("shown", said, annotate.library.filter, ""))
        for one in saved_searches(self._window.desk):
            said = self.tr("Saved search: {0}").format(one.name)
            offered.append((fingerprint(one.name), said, one.filter, one.name))
        for name, said, wanted, saved in offered:
            self.extent.addItem(said, name)
            self._extents.append((name, wanted, saved))

    @property
    def order(self) -> Order:
        """What was asked for; raises NewsdeskError for what is no split."""
        from newsdesk.desk.taking_out import Order

        _, wanted, saved = self._extents[max(0, self.extent.currentIndex())]
        return Order(
            path=self.form.place,
            format=self.form.format.currentData(),
            options=msgspec.structs.replace(self.form.options(wanted), saved=saved),
            whole=self.form.whole,
            with_journal=self._journal.isEnabled() and self._journal.isChecked(),
        )

    # What is remembered

    @property
    def choices(self) -> dict[str, Any]:
        """What is offered again the next time: no place, no article, and nothing in words."""
        what = self.extent.currentData()
        kept = {} if what in ("open", "picked") else {"what": what}
        return {**self.form.choices, **kept, "journal": self._journal.isChecked()}

    def _recall(self) -> None:
        session = self._window.session
        kept = session.choices(self._window.place, "export") if session is not None else {}
        self.form.recall({"whole": False, "unmarked": True, "format": "json", **kept})
        self._journal.setChecked(kept.get("journal") is True)
        self.extent.setCurrentIndex(max(0, self.extent.findData(kept.get("what", "all"))))
        stem = Path(self._window.desk.name).stem or "newsdesk"
        self.form.path.setText(str(documents() / stem))
        self.form.fit_suffix()

    # Judging

    def _change(self) -> None:
        """What was seen ahead no longer holds."""
        self.ahead.forget()
        # The journal tells of all articles: it goes with the whole desk alone.
        holds = self.form.holds_journal and not self.form.picks
        self._journal.setEnabled(holds and self.extent.currentData() == "all")
        if self._judge() and len(self._window.desk.library(limit=AT_ONCE + 1)) <= AT_ONCE:
            self._soon.start()

    def _judge(self) -> bool:
        try:
            ready = bool(self.order.path.name)
        except NewsdeskError as error:
            self.ahead.forget(str(error))
            ready = False
        self._go.setEnabled(ready)
        self._look.setEnabled(ready)
        return ready

    def look(self) -> None:
        """Show what would be withheld and lost."""
        if self._judge():
            self.ahead.look(self.order)

    def stop(self) -> None:
        """Look no further."""
        self._soon.stop()
        self.ahead.forget()
        self._asking.stop()

    def _choose_path(self) -> None:
        choose_place(self._window.ask, self, self.tr("Export"), self.form)

    def _accept(self) -> None:
        if may_replace(self._window.ask, self, self.form.place):
            self.accept()


def choose_place(ask: Ask, parent: QWidget, title: str, form: ChoicesForm) -> None:
    """Ask where to write."""
    found = ask.new_file(parent, title, form.path.text())
    if found is not None:
        form.path.setText(str(found))


def may_replace(ask: Ask, parent: QWidget, path: Path) -> bool:
    """Whether a file that stands there, if any, may go."""
    return not path.is_file() or ask.sure(
        parent,
        parent.tr("Replace “{0}”?").format(path.name),
        parent.tr("There is a file of this name already. It will be written over."),
        parent.tr("Replace"),
    )


def writer(place: str, author: str, order: Order) -> Callable[[Report], ExportReport]:
    """What carries an order out, on a connection of its own: it reads one state of the desk."""

    def write(report: Report) -> ExportReport:
        from newsdesk.desk import open_desk
        from newsdesk.desk.taking_out import take_out

        with closing(open_desk(place, author)) as desk:
            return take_out(desk, order, report)

    return write


class ExportRun(QObject):
    """An export under way, on another thread, and what is said of it."""

    def __init__(self, window: Window, order: Order) -> None:
        super().__init__(window)
        self._window = window
        self._order = order

    def start(self) -> None:
        """Begin."""
        window = self._window
        window.annotate.inspector.commit()
        window.jobs.run(
            self.tr("Exporting"),
            writer(window.place, window.desk.author, self._order),
            self._done,
            self._failed,
            self._stopped,
        )

    def _done(self, report: ExportReport) -> None:
        window = self._window
        articles = counted(report.articles, self.tr("1 article"), self.tr("{0} articles"))
        one, many = self.tr("1 annotation"), self.tr("{0} annotations")
        annotations = counted(report.annotations, one, many)
        said = self.tr("{0} with {1} written to {2}.")
        summary = said.format(articles, annotations, Path(report.path).name)
        if report.loss_count:
            one, many = self.tr("1 thing could not be held."), self.tr("{0} could not be held.")
            summary = f"{summary} {counted(report.loss_count, one, many)}"
        window.annotate.checklist.tick("export")
        window.messages.say(
            summary,
            error=False,
            act=self.tr("Details…"),
            do=lambda: self._show(summary, report),
        )

    def _show(self, summary: str, report: ExportReport) -> None:
        path = Path(report.path)
        details = f"{path}\n\n{in_full(report)}".strip()
        dialog = ReportDialog(self.tr("Export"), summary, details, self._window, place=path)
        self._window.ask.run(dialog)
        dialog.deleteLater()

    def _failed(self, error: Exception) -> None:
        tell_failure(error, self._window.messages.say)
        self.deleteLater()

    def _stopped(self) -> None:
        self._window.status_line.say(self.tr("The export was stopped; no file was written"))
        self.deleteLater()


def documents() -> Path:
    """The folder of a person's documents, or their home."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(place) or Path.home())
    return found if found.is_dir() else Path.home()
