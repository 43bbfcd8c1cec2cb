"""An import under way: on a thread and a connection of its own, and what is said of it after.

The import is one transaction, so it can't be cut into slices between the window's events; and it
may take minutes, so it can't run on the desk's own thread. A second connection writes it, while
this window goes on reading what was there before; acts that would write wait until it is done,
since SQLite has one writer. `catch_up` then brings the window the news.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from newsdesk.ui.importing.plan import Plan, brought_in, carried_out
from newsdesk.ui.jobs import tell_failure
from newsdesk.ui.plain import counted
from newsdesk.ui.report_dialog import ReportDialog

if TYPE_CHECKING:
    from newsdesk.desk.importing import ImportReport
    from newsdesk.formats.format import Problem
    from newsdesk.ui.window import Window


class ImportRun(QObject):
    """Carries a plan out, and reports."""

    def __init__(self, window: Window, plan: Plan) -> None:
        super().__init__(window)
        self._window = window
        self._plan = plan

    def start(self) -> None:
        """Begin; a pasted text is in at once."""
        window, plan = self._window, self._plan
        if plan.pasted:
            done = window.editing.do(lambda: brought_in(window.desk, plan, lambda *_: None))
            if done is not None:
                self._report(done)
            self.deleteLater()
            return
        place, author = window.place, window.desk.author
        window.annotate.inspector.commit()
        window.filing.set_busy(True)
        title = self.tr("Importing")
        window.jobs.run(
            title,
            lambda report: carried_out(place, author, plan, report),
            self._done,
            self._failed,
            self._cancelled,
        )

    def _done(self, report: ImportReport) -> None:
        self._settle()
        self._report(report)

    def _failed(self, error: Exception) -> None:
        self._settle()
        report = getattr(error, "report", None)
        if report is not None:
            self._refused(str(error), report)
        else:
            tell_failure(error, self._window.messages.say)

    def _cancelled(self) -> None:
        self._settle()
        self._window.status_line.say(self.tr("The import was stopped; nothing of it was kept"))

    def _settle(self) -> None:
        self._window.filing.set_busy(False)
        self._window.news.catch_up()
        self.deleteLater()

    def _report(self, report: ImportReport) -> None:
        window = self._window
        summary = self._summary(report)
        if len(report.article_ids) == 1:
            window.annotate.open_article(report.article_ids[0])
        details = self._details(report)
        if details:
            show = self._shower(summary, details)
            window.messages.say(summary, error=False, act=self.tr("Details…"), do=show)
        else:
            window.status_line.say(summary)

    def _refused(self, said: str, report: ImportReport) -> None:
        show = self._shower(said, self._details(report))
        self._window.messages.say(said, act=self.tr("Details…"), do=show)

    def _shower(self, summary: str, details: str):
        window, title = self._window, self.tr("Import")

        def show() -> None:
            dialog = ReportDialog(title, summary, details, window)
            window.ask.run(dialog)
            dialog.deleteLater()

        return show

    def _summary(self, report: ImportReport) -> str:
        one, many = self.tr("1 article imported"), self.tr("{0} articles imported")
        parts = [counted(report.articles, one, many)]
        if report.annotations:
            one, many = self.tr("1 annotation"), self.tr("{0} annotations")
            parts.append(counted(report.annotations, one, many))
        if report.skipped:
            parts.append(
                self.tr("{0} left out, since the library has them").format(f"{report.skipped:,}")
            )
        if report.problem_count:
            one, many = self.tr("1 problem"), self.tr("{0} problems")
            parts.append(counted(report.problem_count, one, many))
        if report.conflict_count:
            one, many = self.tr("1 record kept as it was"), self.tr("{0} records kept as they were")
            parts.append(counted(report.conflict_count, one, many))
        return ", ".join(parts) + "."

    def _details(self, report: ImportReport) -> str:
        groups = (
            (self.tr("Problems"), _listed(report.problems, report.problem_count)),
            (self.tr("Kept as they were"), _listed(report.conflicts, report.conflict_count)),
            (
                self.tr("In the library already"),
                [f"{one.file}: {one.title} = {one.known_title}" for one in report.duplicates],
            ),
            (self.tr("Worth a look"), _listed(report.remarks, report.remark_count)),
        )
        return "\n\n".join(f"{title}\n" + "\n".join(rows) for title, rows in groups if rows)


def _listed(problems: list[Problem], count: int) -> list[str]:
    rows = [str(problem) for problem in problems]
    return [*rows, f"… +{count - len(rows):,}"] if count > len(rows) else rows
