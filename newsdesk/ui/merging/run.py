"""A merge under way: the look and the merge on a thread and a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from newsdesk.ui.jobs import tell_failure
from newsdesk.ui.merging.dialog import MergeDialog
from newsdesk.ui.report_dialog import ReportDialog

if TYPE_CHECKING:
    from newsdesk.desk.merge_report import MergeReport
    from newsdesk.ui.window import Window


def done_aside(
    place: str, author: str, other: Path, report: Callable[[int, int], None], **told: Any
) -> MergeReport:
    """Merge, or look, on a connection of its own; what `report` raises cancels it."""
    from newsdesk.desk import open_desk
    from newsdesk.desk.merging import merge

    desk = open_desk(place, author)
    try:
        return merge(desk, other, progress=report, **told)
    finally:
        desk.close()


class MergeRun(QObject):
    """Looks, asks, merges and reports."""

    def __init__(self, window: Window, other: Path) -> None:
        super().__init__(window)
        self._window, self._other = window, other

    def start(self) -> None:
        """Begin with a look, which changes nothing."""
        self._window.annotate.inspector.commit()
        self._run(self.tr("Looking at the other desk"), self._looked, dry_run=True)

    def _run(self, title: str, then: Callable[[MergeReport], None], **told: Any) -> None:
        window, other = self._window, self._other
        place, author = window.place, window.desk.author
        window.filing.set_busy(True)
        window.jobs.run(
            title,
            lambda report: done_aside(place, author, other, report, **told),
            then,
            self._failed,
            self._stopped,
        )

    def _looked(self, report: MergeReport) -> None:
        self._settle()
        dialog = MergeDialog(report, self._window)
        accepted = self._window.ask.run(dialog)
        choices, entities = dialog.choices, dialog.entities
        dialog.deleteLater()
        if accepted:
            self._run(self.tr("Merging"), self._done, choices=choices, entities=entities)
        else:
            self.deleteLater()

    def _done(self, report: MergeReport) -> None:
        self._settle()
        window = self._window
        counts = [sum(each.values()) for each in (report.added, report.changed, report.removed)]
        said = self.tr("Merged “{0}”: {1} new, {2} changed, {3} deleted.")
        summary = said.format(report.desk, *(f"{count:,}" for count in counts))
        if report.open:
            left = self.tr("{0} open conflicts stay as they were here.").format(report.open)
            summary = f"{summary} {left}"
        details = self._details(report)

        def show() -> None:
            dialog = ReportDialog(self.tr("Merge another desk"), summary, details, window)
            window.ask.run(dialog)
            dialog.deleteLater()

        window.messages.say(summary, error=False, act=self.tr("Details…"), do=show)

    def _details(self, report: MergeReport) -> str:
        lines = [f"{report.desk} {report.head}"]
        for title, counts in (
            (self.tr("New"), report.added),
            (self.tr("Changed"), report.changed),
            (self.tr("Deleted"), report.removed),
            (self.tr("Matched"), report.matched),
        ):
            if counts:
                listed = ", ".join(f"{kind} {count:,}" for kind, count in counts.items())
                lines.append(f"{title}: {listed}")
        lines += [
            f"{one.kind}: {one.title}: {one.taken.value if one.taken else self.tr('open')}"
            for one in report.conflicts
        ]
        return "\n".join([*lines, *report.kept])

    def _settle(self) -> None:
        self._window.filing.set_busy(False)
        self._window.news.catch_up()

    def _failed(self, error: Exception) -> None:
        self._settle()
        tell_failure(error, self._window.messages.say)
        self.deleteLater()

    def _stopped(self) -> None:
        self._settle()
        self._window.status_line.say(self.tr("The merge was stopped; nothing of it was kept"))
        self.deleteLater()
