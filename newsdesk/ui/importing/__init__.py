"""Bringing articles in: a look at what comes, then the import, then what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.ui.importing.dialog import ImportDialog
from newsdesk.ui.importing.plan import Plan
from newsdesk.ui.importing.run import ImportRun

if TYPE_CHECKING:
    from newsdesk.desk.import_pages import FetchedPage
    from newsdesk.ui.window import Window


def offer_files(window: Window, paths: list[Path]) -> None:
    """Show what files would bring; import them if the editor says so."""
    _offer(window, Plan.of_files(paths))


def offer_text(window: Window, text: str) -> None:
    """Show what a pasted text would be as an article; import it if the editor says so."""
    _offer(window, Plan.of_text(text))


def offer_page(window: Window, page: FetchedPage) -> None:
    """Show what a fetched page would be as an article; the file goes when all is done."""
    if window.desk.read_only or window.filing.busy:
        page.close()
        window.filing.take_nothing()
        return
    _offer(window, Plan.of_page(page), page.close)


def _offer(window: Window, plan: Plan, over: Callable[[], None] | None = None) -> None:
    dialog = ImportDialog(plan, window)
    accepted = window.ask.run(dialog)
    dialog.stop()
    if accepted:
        if window.session is not None and plan.paths and over is None:
            window.session.keep_choices(window.place, "import", dialog.choices)
        run = ImportRun(window, dialog.plan)
        if over is not None:
            run.destroyed.connect(lambda _: over())
        run.start()
    elif over is not None:
        over()
    dialog.deleteLater()
