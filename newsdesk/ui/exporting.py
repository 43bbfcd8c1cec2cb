"""The export: what, in which format, where to, and afterwards what the format could not hold."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model import NewsdeskError
from newsdesk.ui.ask import typed_path
from newsdesk.ui.inspector.form import Form
from newsdesk.ui.plain import counted, plain_label
from newsdesk.ui.report_dialog import ReportDialog

if TYPE_CHECKING:
    from newsdesk.desk.exporting import ExportReport
    from newsdesk.formats.format import Format
    from newsdesk.ui.jobs import Report
    from newsdesk.ui.window import Window


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: `articles` None means the whole desk."""

    path: Path
    format: str
    with_proposed: bool = False
    with_journal: bool = False
    articles: tuple[str, ...] | None = None


def offer_export(window: Window) -> None:
    """Ask what to export, and do it."""
    dialog = ExportDialog(window)
    if window.ask.run(dialog):
        order, place, author = dialog.order, window.place, window.desk.author
        if window.session is not None:
            window.session.keep_choices(place, "export", dialog.choices)
        ExportRun(window, lambda report: written(place, author, order, report)).start()
    dialog.deleteLater()


class ExportDialog(QDialog):
    """Asks for format, extent and place; says what the format can't hold."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        from newsdesk.formats import known_formats

        self._window = window
        self._formats: list[Format] = [one for one in known_formats() if one.write is not None]
        self._formats.sort(key=lambda one: one.name != "json")
        self.setWindowTitle(self.tr("Export"))
        em = self.fontMetrics().height()
        self.setMinimumWidth(em * 34)
        self._format = QComboBox(self)
        for one in self._formats:
            self._format.addItem(f"{one.title} ({', '.join(one.suffixes)})", one.name)
        self._extent = QComboBox(self)
        self._extent.addItem(self.tr("All articles of the desk"), None)
        article = window.annotate.open.article
        if article is not None:
            self._extent.addItem(self.tr("The open article"), article.id)
        self._path = QLineEdit(self)
        self._browse = QPushButton(self.tr("Browse…"), self)
        self._browse.setAutoDefault(False)
        self._browse.setAccessibleName(self.tr("Choose where to write"))
        self._proposed = QCheckBox(self.tr("With suggestions that nobody has decided on"), self)
        self._journal = QCheckBox(self.tr("With the journal of all changes"), self)
        self._losses = plain_label("", self, wrap=True, muted=True)
        boxes = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(boxes.Cancel, self)
        self._go = QPushButton(self.tr("Export"), self)
        self._go.setDefault(True)
        self._buttons.addButton(self._go, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        self._format.currentIndexChanged.connect(self._choose_format)
        self._browse.clicked.connect(self._choose_path)
        self._path.textChanged.connect(lambda _: self._judge())
        self._lay_out(em)
        self._path.setText(str(documents() / (Path(window.desk.name).stem or "newsdesk")))
        self._recall()
        self._choose_format()

    def _lay_out(self, em: int) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em * 2 // 3)
        form = Form(em)
        layout.addLayout(form)
        where = QWidget(self)
        row = QHBoxLayout(where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._path, 1)
        row.addWidget(self._browse)
        where.setFocusProxy(self._path)
        self._path.setAccessibleName(self.tr("Where to"))
        form.row(0, self.tr("Format"), self._format)
        form.row(1, self.tr("What"), self._extent)
        form.row(2, self.tr("Where to"), where)
        for widget in (self._proposed, self._journal, self._losses):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._buttons)

    @property
    def choices(self) -> dict[str, object]:
        """What is offered again the next time: no place, and no article."""
        order = self.order
        return {
            "format": order.format,
            "proposed": order.with_proposed,
            "journal": self._journal.isChecked(),
        }

    def _recall(self) -> None:
        session = self._window.session
        kept = session.choices(self._window.place, "export") if session is not None else {}
        at = self._format.findData(kept.get("format"))
        self._format.setCurrentIndex(max(0, at))
        self._proposed.setChecked(kept.get("proposed") is True)
        self._journal.setChecked(kept.get("journal") is True)

    @property
    def order(self) -> Order:
        """What was asked for."""
        article = self._extent.currentData()
        return Order(
            path=typed_path(self._path.text()),
            format=self._chosen.name,
            with_proposed=self._proposed.isChecked(),
            with_journal=self._journal.isEnabled() and self._journal.isChecked(),
            articles=(article,) if article else None,
        )

    @property
    def _chosen(self) -> Format:
        return self._formats[max(0, self._format.currentIndex())]

    def _choose_format(self) -> None:
        chosen = self._chosen
        path = Path(self._path.text())
        ends = {suffix for one in self._formats for suffix in one.suffixes}
        if chosen.suffixes and path.name:
            stem = path.with_suffix("") if path.suffix in ends else path
            self._path.setText(str(stem.with_name(stem.name + chosen.suffixes[0])))
        lost = sorted(part.value for part in chosen.losses)
        said = self.tr("This format can't hold: {0}. The report will say what was left out.")
        self._losses.setText(
            said.format(", ".join(lost)) if lost else self.tr("This format holds everything.")
        )
        self._journal.setEnabled("journal" not in lost)
        self._judge()

    def _choose_path(self) -> None:
        title = self.tr("Export")
        found = self._window.ask.new_file(self, title, self._path.text())
        if found is not None:
            self._path.setText(str(found))

    def _judge(self) -> None:
        self._go.setEnabled(bool(Path(self._path.text().strip()).name))

    def _accept(self) -> None:
        path = self.order.path
        if path.is_file() and not self._window.ask.sure(
            self,
            self.tr("Replace “{0}”?").format(path.name),
            self.tr("There is a file of this name already. It will be written over."),
            self.tr("Replace"),
        ):
            return
        self.accept()


def written(
    place: str, author: str, order: Order, report: Callable[[int, int], None]
) -> ExportReport:
    """Export on a connection of its own: it reads one state of the desk, whatever goes on here."""
    from newsdesk.desk import open_desk
    from newsdesk.desk.exporting import export

    desk = open_desk(place, author)
    try:
        return export(
            desk,
            order.path,
            order.format,
            with_proposed=order.with_proposed,
            with_journal=order.with_journal,
            articles=list(order.articles) if order.articles is not None else None,
            progress=report,
        )
    finally:
        desk.close()


class ExportRun(QObject):
    """An export under way, and what is said of it; `write` does it, on another thread."""

    def __init__(self, window: Window, write: Callable[[Report], ExportReport]) -> None:
        super().__init__(window)
        self._window = window
        self._write = write

    def start(self) -> None:
        """Begin."""
        window = self._window
        window.annotate.inspector.commit()
        window.jobs.run(
            self.tr("Exporting"),
            self._write,
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
        window.annotate.checklist.tick("export")
        details = self._details(report)
        if report.loss_count:
            one, many = self.tr("1 thing could not be held."), self.tr("{0} could not be held.")
            lost = counted(report.loss_count, one, many)
            window.messages.say(
                f"{summary} {lost}",
                error=False,
                act=self.tr("Details…"),
                do=lambda: self._show(summary, details),
            )
        else:
            window.status_line.say(summary)
            self.deleteLater()

    def _details(self, report: ExportReport) -> str:
        rows = [f"{one.part.value}: {one.record}: {one.what}" for one in report.losses]
        if report.loss_count > len(rows):
            rows.append(f"… +{report.loss_count - len(rows):,}")
        if report.withheld_count:
            said = self.tr("Details of confidential sources withheld by rule: {0}")
            rows += ["", said.format(f"{report.withheld_count:,}")]
        left = [f"{what}: {count:,}" for what, count in report.left_out.items()]
        if left:
            rows += ["", self.tr("Not asked for"), *left]
        return "\n".join([report.path, "", *rows])

    def _show(self, summary: str, details: str) -> None:
        dialog = ReportDialog(self.tr("Export"), summary, details, self._window)
        self._window.ask.run(dialog)
        dialog.deleteLater()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, NewsdeskError):
            self._window.messages.say(str(error))
        else:
            sys.excepthook(type(error), error, error.__traceback__)
        self.deleteLater()

    def _stopped(self) -> None:
        self._window.status_line.say(self.tr("The export was stopped; no file was written"))
        self.deleteLater()


def documents() -> Path:
    """The folder of a person's documents, or their home."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(place) or Path.home())
    return found if found.is_dir() else Path.home()
