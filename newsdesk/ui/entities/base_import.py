"""The import of a knowledge base: on a thread and a connection of its own, with its report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from newsdesk.desk import open_desk
from newsdesk.desk.knowledge import KnowledgeReport, import_knowledge
from newsdesk.ui.jobs import tell_failure
from newsdesk.ui.plain import counted
from newsdesk.ui.report_dialog import ReportDialog

if TYPE_CHECKING:
    from newsdesk.ui.jobs import Report
    from newsdesk.ui.window import Window


class BaseImport(QObject):
    """Imports one file into the window's desk; acts that write wait until it is done."""

    def __init__(self, window: Window, path: Path) -> None:
        super().__init__(window)
        self._window, self._path = window, path

    def start(self) -> None:
        """Begin."""
        window, path = self._window, self._path
        place, author = window.place, window.desk.author
        window.filing.set_busy(True)
        window.jobs.run(
            self.tr("Importing {0}").format(path.name),
            lambda report: brought_in(place, author, path, report),
            self._done,
            self._failed,
            self._cancelled,
        )

    def _done(self, report: KnowledgeReport) -> None:
        self._settle()
        one, many = self.tr("1 entry imported"), self.tr("{0} entries imported")
        parts = [f"{report.name}: " + counted(report.entries, one, many)]
        if report.repeated:
            one, many = self.tr("1 repeated id left out"), self.tr("{0} repeated ids left out")
            parts.append(counted(report.repeated, one, many))
        if not report.problem_count:
            self._window.status_line.say(", ".join(parts))
            return
        one, many = self.tr("1 broken line left out"), self.tr("{0} broken lines left out")
        parts.append(counted(report.problem_count, one, many))
        summary = ", ".join(parts) + "."
        rows = [str(problem) for problem in report.problems]
        if report.problem_count > len(rows):
            rows.append(f"… +{report.problem_count - len(rows):,}")
        self._window.messages.say(
            summary,
            error=False,
            act=self.tr("Details…"),
            do=lambda: self._details(summary, "\n".join(rows)),
        )

    def _details(self, summary: str, details: str) -> None:
        dialog = ReportDialog(self.tr("Knowledge base"), summary, details, self._window)
        self._window.ask.run(dialog)
        dialog.deleteLater()

    def _failed(self, error: Exception) -> None:
        self._settle()
        tell_failure(error, self._window.messages.say)

    def _cancelled(self) -> None:
        self._settle()
        self._window.status_line.say(self.tr("The import was stopped; nothing of it was kept"))

    def _settle(self) -> None:
        self._window.filing.set_busy(False)
        self._window.news.catch_up()


def brought_in(place: str, author: str, path: Path, report: Report) -> KnowledgeReport:
    """Import on a connection of its own."""
    desk = open_desk(place, author)
    try:
        return import_knowledge(desk, path, progress=report)
    finally:
        desk.close()
