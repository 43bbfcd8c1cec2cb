"""The verbs of suggestions: ask a pipeline about a desk or about files, and score what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.cli.options import IN_PART, AsJson, Author, author_named, desk_at
from newsdesk.cli.telling import counted, line, progress, say, tell, tell_object
from newsdesk.model import Article, NewsdeskError, new_article

if TYPE_CHECKING:
    from newsdesk.desk import Desk

Pipeline = Annotated[
    Path | None,
    typer.Option("--pipeline", metavar="FOLDER", help="A spaCy pipeline; else the one in use."),
]


def suggest(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="Articles or datasets.")
    ] = None,
    desk: Annotated[str | None, typer.Option("--desk", metavar="DESK", help="Or a desk.")] = None,
    article: Annotated[
        list[str] | None, typer.Option("--article", metavar="ID", help="Only these articles.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PATH", help="For files: the JSONL to write.")
    ] = None,
    pipeline: Pipeline = None,
    author: Author = None,
) -> None:
    """Propose annotations, which then wait for a decision.

    On a desk they stand beside what people decided, which stays as it is. For files they are
    written as a dataset. Nothing leaves this machine.
    """
    if (desk is None) == (not files) or (desk is None) != (out is not None) or (files and article):
        raise typer.BadParameter("Give --desk DESK (and --article), or files and --out PATH.")
    code = 0
    if desk is not None:
        with desk_at(desk, author) as opened:
            code = _propose(opened, article, pipeline)
    elif files and out is not None:
        with TemporaryDirectory() as folder:
            code = _suggest_files(Path(folder) / "files.desk", files, out, pipeline)
    if code:
        raise typer.Exit(code)


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="What people marked.")],
    predicted: Annotated[
        Path | None, typer.Argument(metavar="PREDICTED", help="Else a pipeline is asked.")
    ] = None,
    pipeline: Pipeline = None,
    as_json: AsJson = False,
) -> None:
    """Score predictions, or a pipeline, against gold.

    Gives precision, recall and F1 by label. Reads Newsdesk's datasets, JSONL with `text` and
    `spans`, `quotes` or `label`, and every file that can be imported.
    """
    from newsdesk.desk.evaluating import evaluate_files

    report = evaluate_files(gold, predicted, pipeline)
    if as_json:
        tell_object(report.plain())
    else:
        tell(report.table())


def _propose(desk: Desk, articles: list[str] | None, pipeline: Path | None) -> int:
    """Ask about the articles; gives the exit code."""
    from newsdesk.desk.library_suggesting import Tally, suggest_many
    from newsdesk.desk.pipelines import suggester_of

    suggester, tally = suggester_of(pipeline), Tally()
    ids = articles or [one.id for one in desk.each(Article)]
    with progress("Suggesting") as moved:
        suggest_many(
            desk, ids, suggester, tally,
            lambda: moved(tally.passed, len(ids)) if moved else None,
        )  # fmt: skip
    for notice in tally.notices:
        say(notice)
    for title, message in tally.problems:
        say(f"{line(title)}: {message}")
    tell(f"{counted(tally.found, 'new suggestion')} in {counted(tally.articles, 'article')}.")
    if not tally.problems:
        return 0
    return IN_PART if tally.articles else 1


def _suggest_files(place: Path, files: list[Path], out: Path, pipeline: Path | None) -> int:
    """Write what is suggested for files; gives the exit code."""
    from newsdesk.desk import create_desk
    from newsdesk.desk.codebooks import use_codebook
    from newsdesk.desk.exporting import export
    from newsdesk.desk.importing import import_files
    from newsdesk.suggest.golds import is_corpus

    desk = create_desk(place, author_named(None))
    try:
        use_codebook(desk)
        plain = [path for path in files if is_corpus(path)]
        with desk.change("Read the files"):
            if rest := [path for path in files if path not in plain]:
                import_files(desk, rest, duplicates="add")
            for path in plain:
                desk.put_all(_corpus(path))
        code = _propose(desk, None, pipeline)
        if code == 1:
            return code
        report = export(desk, out, "jsonl", with_proposed=True)
    finally:
        desk.close()
    tell(f"Wrote {counted(report.articles, 'article')} to {line(out)}.")
    return code


def _corpus(path: Path) -> Iterator[Article]:
    with path.open(encoding="utf-8") as lines:
        for number, text in enumerate(lines, start=1):
            try:
                data = json.loads(text)
                yield new_article(
                    data["text"], title=str(data.get("id", number)), format="jsonl corpus"
                )
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise NewsdeskError(
                    f"Line {number} of {path.name} holds no text. Nothing was written; mend the "
                    "line, or leave it out."
                ) from error
