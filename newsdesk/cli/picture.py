"""The verbs that draw: the window, the graph of provenance, the timeline of a claim."""

import os
from pathlib import Path
from typing import Annotated

import typer

from newsdesk.cli.options import ArticleId, DeskPlace
from newsdesk.cli.telling import line, tell


def shot(
    desk: DeskPlace,
    article: ArticleId,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.png", help="Where it goes.")],
    dark: Annotated[bool, typer.Option("--dark", help="In the dark theme.")] = False,
    scale: Annotated[
        float, typer.Option("--scale", metavar="X", min=0.5, max=4, help="Pixels a point.")
    ] = 1.0,
) -> None:
    """Draw the window on an article into a PNG file."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from newsdesk.ui.shot import shot as take

    take(desk, article, out, dark=dark, scale=scale)
    tell(f"Wrote {line(out)}.")


def graph(
    desk: DeskPlace,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="An .svg or .png file.")],
    claim: Annotated[
        str | None, typer.Option("--claim", metavar="ID", help="All that is behind a claim.")
    ] = None,
    article: Annotated[
        str | None, typer.Option("--article", metavar="ID", help="The claims of an article.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="What a source is behind.")
    ] = None,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="Of a claim: what happened, by day.")
    ] = False,
    dark: Annotated[bool, typer.Option("--dark", help="In the dark theme.")] = False,
) -> None:
    """Draw the provenance of a claim, an article or a source."""
    given = {"claim": claim, "article": article, "source": source}
    chosen = {kind: id for kind, id in given.items() if id is not None}
    if len(chosen) != 1 or (timeline and claim is None):
        raise typer.BadParameter("Give one of --claim, --article and --source.")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from newsdesk.ui.pictures.drawing import draw

    ((kind, id),) = chosen.items()
    draw(desk, "timeline" if timeline else kind, id, out, dark=dark)
    tell(f"Wrote {line(out)}.")
