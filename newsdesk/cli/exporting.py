"""The verbs that take datasets out, with all options, and that check them afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from newsdesk.cli.datasets import say_losses
from newsdesk.cli.finding import Authors, Labels, Languages, Outlets, Saved, Since, Until
from newsdesk.cli.options import IN_PART, AsJson, DeskPlace, Redact, author_named, desk_at, one_of
from newsdesk.cli.telling import counted, line, progress, say, tell, tell_object
from newsdesk.model import AnnotationFilter, ArticleFilter, ArticleStatus
from newsdesk.model.splitting import Chunk, SplitBy
from newsdesk.provenance.redaction import Redaction

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.desk.datasets import DatasetReport
    from newsdesk.desk.exporting import ExportReport
    from newsdesk.model.filters import Filter


def export(
    desk: DeskPlace,
    format_name: Annotated[
        str, typer.Option("--format", metavar="NAME", help="As `newsdesk formats` lists them.")
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="PATH", help="A file, a folder, or either packed as a .zip."
        ),
    ],
    dataset: Annotated[
        bool, typer.Option("--dataset", help="A folder: data, datasheet, manifest with hashes.")
    ] = False,
    split: Annotated[
        str | None,
        typer.Option("--split", metavar="80/10/10", help="Train, dev, test; makes a --dataset."),
    ] = None,
    split_by: Annotated[
        SplitBy, typer.Option("--split-by", help="What stays whole: article, outlet or date.")
    ] = SplitBy.ARTICLE,
    stratified: Annotated[
        bool, typer.Option("--stratified/--unstratified", help="Like shares of each label.")
    ] = True,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Another N, another split.")] = 0,
    chunk: Annotated[
        Chunk | None, typer.Option("--chunk", help="Cut articles; the pieces can come back.")
    ] = None,
    label: Labels = None,
    author: Authors = None,
    words: Annotated[
        str | None, typer.Option("--words", metavar="WORDS", help="In articles with these.")
    ] = None,
    status: Annotated[
        list[ArticleStatus] | None,
        typer.Option("--status", metavar=one_of(ArticleStatus), help="In articles of this status."),
    ] = None,
    outlet: Outlets = None,
    language: Languages = None,
    since: Since = None,
    until: Until = None,
    saved: Saved = None,
    article: Annotated[
        list[str] | None, typer.Option("--article", metavar="ID", help="Only these articles.")
    ] = None,
    unmarked: Annotated[
        bool | None,
        typer.Option("--unmarked/--marked", help="Articles without annotations, too (or not)."),
    ] = None,
    with_proposed: Annotated[
        bool, typer.Option("--with-proposed", help="Suggestions that wait, too.")
    ] = False,
    with_journal: Annotated[
        bool, typer.Option("--with-journal", help="The history of every record, too.")
    ] = False,
    redact: Redact = Redaction.STANDARD,
    as_json: AsJson = False,
) -> None:
    """Write a desk, or a choice of it, as a dataset.

    The same desk and options give the same bytes. What a format can't hold is said; it is left
    behind, and the exit code is 3 then. What is withheld of confidential sources is counted.
    """
    from newsdesk.desk.dataset_options import DatasetOptions, read_split
    from newsdesk.desk.taking_out import Order, take_out

    whole = dataset or split is not None
    given: dict[str, Any] = {
        "words": words,
        "statuses": status,
        "outlets": outlet,
        "languages": language,
        "since": since,
        "until": until,
        "ids": article,
    }
    with desk_at(desk, author_named(None)) as opened:
        options = DatasetOptions(
            wanted=_wanted(opened, saved, {"labels": label, "authors": author}, given),
            saved=saved or "",
            with_proposed=with_proposed,
            with_unmarked=not whole if unmarked is None else unmarked,
            split=read_split(split) if split is not None else (),
            split_by=split_by,
            stratified=stratified,
            seed=seed,
            chunk=chunk,
            redact=redact,
        )
        order = Order(
            path=out, format=format_name, options=options, whole=whole, with_journal=with_journal
        )
        with progress("Exporting") as moved:
            report = take_out(opened, order, moved)
    _tell_report(report, out, as_json)


def _wanted(
    desk: Desk, saved: str | None, marks: dict[str, Any], articles: dict[str, Any]
) -> Filter:
    """The saved search, or all, narrowed by the options given."""
    from newsdesk.desk.finding import saved_search

    known = {one.name for one in desk.codebook(retired=True)}
    for name in marks["labels"] or ():
        if name not in known:
            desk.label(name)
    base = saved_search(desk, saved).filter if saved is not None else ArticleFilter()
    inside = base.articles if isinstance(base, AnnotationFilter) else base
    inside = msgspec.structs.replace(inside, **_given(articles))
    if isinstance(base, AnnotationFilter):
        return msgspec.structs.replace(base, articles=inside, **_given(marks))
    picked = _given(marks)
    return AnnotationFilter(articles=inside, **picked) if picked else inside


def _given(options: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in options.items()
        if value not in (None, [], "")
    }


def _tell_report(report: ExportReport | DatasetReport, out: Path, as_json: bool) -> None:
    say_losses(report.losses, report.loss_count)
    if report.withheld_count:
        said = counted(report.withheld_count, "detail")
        say(f"{said} of confidential sources withheld by rule; --redact none would give them.")
    if as_json:
        tell_object(report)
    else:
        tell(
            f"Wrote {counted(report.articles, 'article')} and "
            f"{counted(report.annotations, 'annotation')} to {line(out)}."
        )
        sides = getattr(report, "sides", {})
        for name, counts in sides.items() if len(sides) > 1 else ():
            tell(f"{name}: " + ", ".join(f"{count:,} {what}" for what, count in counts.items()))
        for what, count in report.left_out.items():
            tell(f"Left out: {count:,} {what}.")
    if report.loss_count:
        raise typer.Exit(IN_PART)


def verify_dataset(
    place: Annotated[
        Path, typer.Argument(metavar="PATH", help="A dataset's folder, or the zip archive of one.")
    ],
    as_json: AsJson = False,
) -> None:
    """Compare a dataset's files with its manifest.

    Ends with 1 where they differ.
    """
    from newsdesk.desk.dataset_checking import verify_dataset as verify

    count, faults = verify(place)
    for one in faults:
        say(f"{line(one.path)}: {one.what}")
    if as_json:
        tell_object({"files": count, "whole": not faults, "faults": faults})
    elif not faults:
        tell(f"{line(place)} is whole: {counted(count, 'file')}.")
    if faults:
        raise typer.Exit(1)
