"""Bringing articles in: a look at what comes, then the import, then what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.ui.importing.dialog import ImportDialog
from newsdesk.ui.importing.plan import Plan
from newsdesk.ui.importing.run import ImportRun

if TYPE_CHECKING:
    from newsdesk.ui.window import Window


def offer_files(window: Window, paths: list[Path]) -> None:
    """Show what files would bring; import them if the editor says so."""
    _offer(window, Plan.of_files(paths))


def offer_text(window: Window, text: str) -> None:
    """Show what a pasted text would be as an article; import it if the editor says so."""
    _offer(window, Plan.of_text(text))


def _offer(window: Window, plan: Plan) -> None:
    dialog = ImportDialog(plan, window)
    accepted = window.ask.run(dialog)
    dialog.stop()
    if accepted:
        ImportRun(window, dialog.plan).start()
    dialog.deleteLater()
