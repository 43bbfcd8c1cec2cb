"""The verb that takes a picture of the window."""

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
