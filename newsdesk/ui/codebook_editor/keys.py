"""Whether a key is free to tag with: no act of the window and no other label has it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from newsdesk.model import Label, Layer
from newsdesk.ui.actions import ACTS
from newsdesk.ui.bindings import Bindings, Parts

TAGGING = {
    "quote": Layer.QUOTE,
    "claim": Layer.CLAIM,
    "speaker": Layer.SOURCE,
    "cue": Layer.CUE,
}
"""Acts that tag with a label of their layer: the label may show their key as its own."""


def trouble_with(key: str, label: Label, others: Iterable[Label], bindings: Bindings) -> str:
    """Why a key can't be a label's, in words; empty where it can, or where there is none."""
    if not key:
        return ""
    if len(key) != 1 or key.isspace() or not key.isprintable():
        return QCoreApplication.translate("LabelKeys", "A label’s key is one letter or digit.")
    for other in others:
        if other.id != label.id and not other.retired and other.shortcut == key:
            said = QCoreApplication.translate("LabelKeys", "{0} tags {1} already.")
            return said.format(key.upper(), other.name)
    for act in ACTS:
        if TAGGING.get(act.name) is label.layer:
            continue
        if act.where not in ("", "annotate"):
            continue
        if key.upper() in {one.toString(Parts) for one in bindings.keys_of(act.name)}:
            said = QCoreApplication.translate("LabelKeys", "{0} is the key of “{1}”.")
            return said.format(key.upper(), act.plain_text.rstrip("…"))
    return ""
