"""Merging another desk: a look at what it would bring, conflicts one by one, then the merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.ui.merging.run import MergeRun

if TYPE_CHECKING:
    from newsdesk.ui.window import Window


def offer_merge(window: Window) -> None:
    """Ask for a desk, show what it would bring, and merge it if the editor says so."""
    filters = window.tr("Desks") + " (*.desk);;" + window.tr("All files") + " (*)"
    path = window.ask.file(window, window.tr("Merge another desk"), filters)
    if path is not None:
        MergeRun(window, path).start()
