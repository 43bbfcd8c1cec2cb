"""The verbs for a desk as a whole: make one, build the sample, check it, copy it."""

from pathlib import Path
from typing import Annotated

import typer

from newsdesk.cli.options import AsJson, Author, DeskPlace, author_named, desk_at
from newsdesk.cli.telling import counted, line, tell, tell_object
from newsdesk.model import NewsdeskError

NewPlace = Annotated[
    str, typer.Argument(metavar="DESK", help="The new desk: a file or a postgresql:// address.")
]


def new(
    desk: NewPlace,
    codebook: Annotated[
        Path | None,
        typer.Option("--codebook", metavar="FILE", help="Labels to start with, as JSON."),
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Start without any labels.")] = False,
    author: Author = None,
) -> None:
    """Make a new desk, with the newsroom's codebook."""
    from newsdesk.desk import create_desk
    from newsdesk.desk.codebooks import read_codebook, use_codebook

    if codebook is not None and empty:
        raise typer.BadParameter("--codebook and --empty exclude each other.")
    if codebook is not None:
        read_codebook(codebook)  # a bad codebook must not leave a desk behind
    made = create_desk(desk, author_named(author))
    try:
        labels = 0 if empty else use_codebook(made, codebook)
    finally:
        made.close()
    tell(f"Made {line(desk)} with {counted(labels, 'label')}.")


def sample(desk: NewPlace, author: Author = None) -> None:
    """Build the sample desk from the shipped articles."""
    from newsdesk.desk.sample import build_sample_desk
    from newsdesk.model import Annotation, Article

    made = build_sample_desk(desk, author_named(author))
    try:
        articles, annotations = made.count(Article), made.count(Annotation)
    finally:
        made.close()
    holds = f"{counted(articles, 'article')} and {counted(annotations, 'annotation')}"
    tell(f"Made {line(desk)} with {holds}.")


def check(desk: DeskPlace, as_json: AsJson = False) -> None:
    """Check that a desk is as it was written.

    Every text, mark, record and revision is compared with its hash. Nothing is repaired.
    """
    with desk_at(desk) as opened:
        findings = list(opened.check())
    if as_json:
        tell_object({"sound": not findings, "findings": findings})
    else:
        for one in findings:
            tell(f"{line(one.where)}: {line(one.what)}")
    if findings:
        raise NewsdeskError(
            f"{desk} is not sound: {counted(len(findings), 'finding')}. Nothing was changed in "
            "it. Keep the file, open the last backup, and compare."
        )
    if not as_json:
        tell(f"{line(desk)} is sound.")


def backup(
    desk: DeskPlace,
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The copy: a new file.")],
) -> None:
    """Copy a desk into a new file, and check the copy.

    The copy is complete even while the desk is in use; copying the file alone would not be.
    """
    from newsdesk.desk.keeping import back_up

    if "://" in desk:
        raise NewsdeskError(
            "A desk on a server is backed up by the server's own means: see pg_dump. "
            "Nothing was done."
        )
    with desk_at(desk):
        pass  # says what is wrong with a file that is no desk
    tell(f"Copied {line(desk)} to {line(back_up(Path(desk), to))}.")
