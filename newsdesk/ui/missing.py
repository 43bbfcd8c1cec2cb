"""Annotations of the open article that lack an attribute which the codebook requires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from newsdesk.model import Annotation, Status
from newsdesk.model.codebook import lacking
from newsdesk.ui.open_article import OpenArticle, in_order, place
from newsdesk.ui.plain import counted

if TYPE_CHECKING:
    from newsdesk.ui.window import Window


def lacking_in(opened: OpenArticle) -> list[Annotation]:
    """Those that are not rejected, in no order. Quick where no label requires anything."""
    asking = {
        id: label
        for id, label in opened.labels.items()
        if any(one.required for one in label.attributes)
    }
    if not asking:
        return []
    return [
        one
        for one in opened.annotations.values()
        if one.label in asking
        and one.status is not Status.REJECTED
        and lacking(asking[one.label], one.attributes)
    ]


def said_missing(count: int) -> str:
    """How many lack one, in words; empty for none."""
    if not count:
        return ""
    one = QCoreApplication.translate("missing", "1 without a required attribute")
    many = QCoreApplication.translate("missing", "{0} without a required attribute")
    return counted(count, one, many)


def next_missing(window: Window) -> None:
    """Go to the next annotation that lacks one, with the keyboard in its field."""
    found = in_order(lacking_in(window.annotate.open))
    if not found:
        return
    current = window.reader.current
    at = place(current) if current is not None else (-1, -1, "")
    wanted = next((one for one in found if place(one) > at), found[0])
    window.viewing.show_panel("inspector")
    window.reader.set_current(wanted.id, scroll=True)
    window.annotate.inspector.edit_missing()
