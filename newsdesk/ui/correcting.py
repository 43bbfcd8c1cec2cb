"""Replaces the open article by its corrected version, as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsdesk.ui.window import Window


def correct_article(window: Window) -> None:
    """Ask for the corrected version of the open article, and put it in its place."""
    # Only now: what compares versions is no part of the window's start.
    from newsdesk.desk.corrections import supersede
    from newsdesk.provenance.versions import Outcome
    from newsdesk.ui.correct_dialog import CorrectDialog

    old = window.annotate.open.article
    if old is None:
        return
    dialog = CorrectDialog(window, window.desk.article(old.id))
    if not window.ask.run(dialog) or dialog.new is None:
        return
    made = supersede(window.desk, old, dialog.new)
    window.annotate.read(made.new.id)
    counts = [f"{len(made.of(one)):,}" for one in Outcome]
    said = window.tr("Corrected: {0} annotations stay, {1} wait to be confirmed, {2} stay behind")
    if made.reopened:
        said += window.tr("; claims reopened: {3}")
    window.status_line.say(said.format(*counts, f"{len(made.reopened):,}"))
