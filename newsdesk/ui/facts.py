"""What holds of the window at a moment: which acts can be done, and which are ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.model import Status
from newsdesk.ui.act import in_workspace
from newsdesk.ui.inspector.asked_rows import is_older
from newsdesk.ui.inspector.properties import MENTIONS

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

EVERYWHERE = frozenset({"writable", "undo", "redo"})
"""The facts that hold in whatever workspace is shown."""


def facts_of(window: Window, *, undoable: bool, redoable: bool) -> frozenset[str]:
    """The facts of `actions.FACTS` that hold now."""
    opened, reader = window.annotate.open, window.reader
    current, trail = reader.current, window.going.trail
    holds = {
        "article": opened.article is not None,
        "selection": bool(reader.selection()),
        "words": bool(window.editing.words()),
        "current": current is not None,
        "proposed": current is not None and current.status is Status.PROPOSED,
        "mention": current is not None and opened.layer_of(current) in MENTIONS,
        "suggestions": opened.waiting > 0,
        "shown": opened.waiting > 0 and bool(window.deciding.shown_suggestions),
        "missing": window.status_line.has_missing,
        "older": current is not None and is_older(current, opened.labels.get(current.label)),
        "found": window.find_bar.has_matches,
        "uncertain": window.annotate.library.model.uncertain,
        "writable": not window.desk.read_only and not window.desk.held,
        "undo": undoable,
        "redo": redoable,
        "back": bool(trail.ahead(-1)),
        "forth": bool(trail.ahead(1)),
        "steps": not window.annotate.checklist.isHidden(),
    }
    found = {name for name, true in holds.items() if true}
    shown = window.workspaces.current
    if shown != "annotate":
        # The article is out of sight: what acts on it waits until it is seen again.
        found = (found & EVERYWHERE) | window.workspaces[shown].facts
    return frozenset(window.viewing.facts | found | {in_workspace(shown)})
