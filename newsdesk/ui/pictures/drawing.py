"""A picture of provenance written to a file without a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from newsdesk.desk import open_desk
from newsdesk.model import NewsdeskError
from newsdesk.ui.ask import Ask
from newsdesk.ui.jobs import Jobs
from newsdesk.ui.news import News
from newsdesk.ui.pictures.graph import ProvenanceGraph
from newsdesk.ui.pictures.panel import PicturePanel
from newsdesk.ui.pictures.timeline import Timeline
from newsdesk.ui.shot import application
from newsdesk.ui.theme import DARK, LIGHT, qpalette
from newsdesk.ui.workspaces import Shared


def draw(place: str | Path, what: str, id: str, out: Path, *, dark: bool = False) -> None:
    """Write the graph of a `claim`, an `article` or a `source`, or the `timeline` of a claim.

    ``out`` ends in .svg or .png. Raises NewsdeskError where there is no such record, nothing to
    draw, or no way to write.
    """
    application()
    desk = open_desk(place, "")
    parent = QWidget()
    try:
        parent.setPalette(qpalette(DARK if dark else LIGHT))
        shared = Shared(desk, str(place), News(desk), Jobs(), Ask())
        picture = (Timeline if what == "timeline" else ProvenanceGraph)(shared, parent)
        kind = "claim" if what == "timeline" else what
        getattr(picture, f"show_{kind}")(id)
        if not picture.canvas.cards:
            raise NewsdeskError(f"There is nothing to draw for this {kind}. Nothing was written.")
        picture.canvas.write(out)
    finally:
        for made in parent.findChildren(PicturePanel):
            made.stop()
        parent.deleteLater()
        desk.close()
