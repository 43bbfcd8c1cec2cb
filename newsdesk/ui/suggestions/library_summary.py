"""Tells what suggestions for the library came to: how many, what was left out, what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from newsdesk.ui.plain import counted
from newsdesk.ui.report_dialog import ReportDialog

if TYPE_CHECKING:
    from newsdesk.desk.library_suggesting import Tally
    from newsdesk.ui.window import Window

_LISTED = 1_000


def tell_library(window: Window, tally: Tally, *, stopped: bool) -> None:
    """Say it in the message bar, with the details behind a button where there are any."""
    summary, details = _summary(tally, stopped=stopped), _details(tally)
    if not details:
        window.messages.say(summary, error=False)
        return

    def show() -> None:
        dialog = ReportDialog(_tr("Suggestions for the library"), summary, details, window)
        window.ask.run(dialog)
        dialog.deleteLater()

    window.messages.say(summary, error=False, act=_tr("Details…"), do=show)


def _summary(tally: Tally, *, stopped: bool) -> str:
    suggestions = counted(tally.found, _tr("1 suggestion"), _tr("{0} suggestions"))
    articles = counted(tally.articles, _tr("1 article"), _tr("{0} articles"))
    parts = [_tr("{0} in {1}").format(suggestions, articles)]
    if tally.left_out:
        parts.append(counted(tally.left_out, _tr("1 left out"), _tr("{0} left out")))
    if tally.problems:
        parts.append(counted(len(tally.problems), _tr("1 problem"), _tr("{0} problems")))
    said = ", ".join(parts)
    return (_tr("Stopped; what came is kept: {0}.") if stopped else _tr("{0}.")).format(said)


def _details(tally: Tally) -> str:
    lines = [f"{title}: {message}" for title, message in tally.problems[:_LISTED]]
    if len(tally.problems) > _LISTED:
        lines.append(f"… +{len(tally.problems) - _LISTED:,}")
    for notice, count in tally.notices.items():
        articles = counted(count, _tr("1 article"), _tr("{0} articles"))
        lines.append(f"{articles}: {notice}")
    return "\n\n".join(lines)


def _tr(text: str) -> str:
    return QCoreApplication.translate("library_summary", text)
