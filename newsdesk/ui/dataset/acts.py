"""What can be done in the Dataset workspace."""

from __future__ import annotations

from typing import Any

from newsdesk.ui.act import Act

FACTS = frozenset({"dataset_ready"})
"""What may hold of the workspace."""


def _act(name: str, verb: str, text: str, group: int, **more: Any) -> Act:
    return Act(
        f"dataset.{name}",
        lambda w: getattr(w.workspaces["dataset"], verb)(),
        text,
        "dataset",
        group,
        where="dataset",
        **more,
    )


ACTS: tuple[Act, ...] = (
    _act("write", "write", "&Write dataset", 0, keys="Ctrl+Return; Ctrl+Enter", icon="export",
         when="dataset_ready", hint="With the options chosen; progress and Cancel stand below"),
    _act("preview", "preview", "&Preview the split", 0, keys="F8", icon="accept-all",
         hint="How many articles and annotations each side would have"),
    _act("ahead", "look_ahead", "&Look ahead", 0, keys="F9", when="dataset_ready",
         hint="What would be withheld, and what the format can't hold"),
    _act("place", "choose_place", "Choose &where to write…", 0, icon="folder"),
    _act("verify", "verify", "&Check a dataset…", 1, icon="accept",
         hint="Compare the files of a dataset's folder with its manifest"),
    _act("filter", "open_filter", "&Filter", 2, keys="Ctrl+F", icon="find",
         hint="Narrow the articles that are counted and written"),
    _act("count", "count", "Count &again", 2, keys="F5"),
    _act("pane", "next_pane", "Next pane", 3, keys="F6"),
)  # fmt: skip
"""The rows of the table of acts, with their keys in this workspace."""
