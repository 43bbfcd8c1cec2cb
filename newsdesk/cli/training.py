"""The verb `train`: learn from a desk or from files, beside the pipeline in use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.cli.options import AsJson
from newsdesk.cli.telling import counted, line, progress, say, tell, tell_object

if TYPE_CHECKING:
    from newsdesk.suggest.learning.report import TrainingReport


def train(
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The pipeline to write.")],
    desk: Annotated[
        str | None, typer.Option("--desk", metavar="DESK", help="Learn from it.")
    ] = None,
    data: Annotated[
        list[Path] | None, typer.Option("--data", metavar="PATH", help="Or from annotated files.")
    ] = None,
    pipeline: Annotated[
        Path | None,
        typer.Option("--pipeline", metavar="FOLDER", help="Begin from it; else from our own."),
    ] = None,
    use: Annotated[
        bool, typer.Option("--use", help="Take it into use, also where it is no better.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Train the network too (extra “train”, PyTorch).")
    ] = False,
    corpora: Annotated[
        Path | None, typer.Option("--corpora", metavar="FOLDER", help="For --full: open corpora.")
    ] = None,
    start: Annotated[
        Path | None,
        typer.Option("--start", metavar="FILE", help="For --full: MiniLM or earlier weights."),
    ] = None,
    minutes: Annotated[
        float, typer.Option("--minutes", min=0.01, help="For --full: how long to train.")
    ] = 123.0,
    as_json: AsJson = False,
) -> None:
    """Learn from accepted annotations, and score that on others.

    Writes a folder; it is taken into use only if it does better than the one that it began from
    on the held-out articles, or with --use. Without --full the network stays as it is, and
    PyTorch is not needed.
    """
    if full:
        if None in (corpora, start) or desk is not None or as_json or pipeline is not None:
            raise typer.BadParameter(
                "--full takes --corpora FOLDER, --start FILE and --data; "
                "no --desk, --pipeline or --json."
            )
        assert corpora is not None
        assert start is not None
        _train_fully(corpora, start, data or [], out, minutes, use)
        return
    if (desk is None) == (not data):
        raise typer.BadParameter("Give --desk DESK, or --data PATH.")
    report = _learn(desk, data or [], out, pipeline)
    if as_json:
        tell_object(report.plain())
    else:
        _tell(report)
    if report.better or use:
        _use(out, report.digest)
    else:
        say(
            "It does no better on the held-out articles, so the pipeline in use stays. The folder "
            "was written; take it into use with --use, or in Preferences."
        )


def _learn(desk: str | None, data: list[Path], out: Path, pipeline: Path | None) -> TrainingReport:
    from newsdesk.desk import learning

    with progress("Training") as moved:

        def told(what: str, done: float) -> None:
            if moved:
                moved(round(1000 * done), 1000)

        if desk is not None:
            return learning.train(desk, out, told, pipeline=pipeline)
        return learning.train_on_files(data, out, told, pipeline=pipeline)


def _tell(report: TrainingReport) -> None:
    tell(
        f"Learnt from {counted(report.annotations, 'annotation')} in "
        f"{counted(report.learnt, 'article')}; {counted(report.held_out, 'article')} held out."
    )
    tell(report.table())
    tell(f"Wrote {line(report.folder)}.")


def _use(out: Path, digest: str | None = None) -> None:
    from newsdesk.desk.pipelines import use_pipeline

    use_pipeline(out, digest=digest)
    say(f"Suggestions come from {line(out)} from now on.")


def _train_fully(
    corpora: Path, start: Path, data: list[Path], out: Path, minutes: float, use: bool
) -> None:
    from newsdesk.desk.learning import train_fully

    with progress("Training") as moved:
        outcome = train_fully(
            corpora,
            start,
            out,
            lambda what, done: moved(round(1000 * done), 1000) if moved else None,
            data=data,
            minutes=minutes,
        )
    tell(outcome.table())
    tell(f"Wrote {line(out)}.")
    if outcome.better or use:
        _use(out)
    else:
        say(
            "It does no better on the dev files than the pipeline that Newsdesk ships with, so "
            "the pipeline in use stays. Take it into use with --use, or in Preferences."
        )
