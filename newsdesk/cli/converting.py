"""The verb that turns files of one format into another without a desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.cli.datasets import say_each, say_losses
from newsdesk.cli.options import IN_PART, AsJson, FormatOptions, options_of
from newsdesk.cli.telling import Progress, counted, line, progress, say, tell, tell_object
from newsdesk.model import NewsdeskError

if TYPE_CHECKING:
    from newsdesk.formats.converting import Conversion
    from newsdesk.formats.format import Format, Input, Reading

def convert(
    file: Annotated[Path, typer.Argument(metavar="IN", help="A file, folder or zip archive.")],
    to: Annotated[
        str, typer.Option("--to", metavar="FORMAT", help="As `newsdesk formats` lists them.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="PATH", help="A file, or a folder for some formats.")
    ],
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FORMAT", help="Else by the file's name and content."),
    ] = None,
    option: FormatOptions = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="NAME", help="Of plain text, else recognised."),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Where something is wrong, convert the rest.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Turn files into another format, without a desk.

    Where something is wrong nothing is written, unless --yes says to convert the rest. What the
    format can't hold is said; it is left behind, and the exit code is 3 then.
    """
    from newsdesk.formats import format_named
    from newsdesk.formats.converting import convert_all
    from newsdesk.formats.format import Reading

    target = format_named(to)
    if target.write is None:
        raise NewsdeskError(f"The format {to} can be read, not written. Nothing was written.")
    files = _files(file, source, partial=yes)
    told = Reading(encoding=encoding, options=options_of(option))
    with progress("Converting") as moved:
        told = _counting(told, sum(each.size for each, _ in files), moved)
        done = convert_all(files, target, out, told, partial=yes)
    _tell(done, to, out, as_json)
    if done.losses.count or done.problem_count:
        raise typer.Exit(IN_PART)


def _files(path: Path, source: str | None, *, partial: bool) -> list[tuple[Input, Format]]:
    from newsdesk.desk.import_sources import files_in
    from newsdesk.formats import choose
    from newsdesk.formats.inputs import FileInput

    found = []
    for one in files_in(FileInput(path), source):
        try:
            found.append((one, choose(one, source)))
        except NewsdeskError as error:
            if not partial:
                raise NewsdeskError(f"{one.name}: {error} Nothing was written.") from error
            say(f"left out: {one.name}: {error}")
    if not found:
        raise NewsdeskError(f"There is nothing in {path} to convert. Nothing was written.")
    return found


def _counting(told: Reading, total: int, moved: Progress | None) -> Reading:
    """The reading, moving a bar by the bytes that were read."""
    from newsdesk.model import replace

    if moved is None:
        return told
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        moved(min(done, total), total)

    return replace(told, advance=advance)


def _tell(done: Conversion, to: str, out: Path, as_json: bool) -> None:
    left = [str(one) for one in done.problems if one.blocks]
    remarks = [str(one) for one in done.problems if not one.blocks]
    say_each("left out: ", left, done.problem_count)
    say_each("", remarks, len(remarks))
    say_losses(done.losses.listed, done.losses.count)
    if as_json:
        tell_object(
            {
                "path": str(out),
                "format": to,
                "articles": done.articles,
                "annotations": done.annotations,
                "losses": done.losses.listed,
                "loss_count": done.losses.count,
                "problems": done.problems,
                "problem_count": done.problem_count,
            }
        )
        return
    tell(
        f"Wrote {counted(done.articles, 'article')} and "
        f"{counted(done.annotations, 'annotation')} to {line(out)}."
    )
