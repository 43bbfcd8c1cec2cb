"""The verbs that bring articles and datasets in, and say in which formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.cli.options import (
    IN_PART,
    AsJson,
    Author,
    DeskPlace,
    FormatOptions,
    desk_at,
    options_of,
)
from newsdesk.cli.telling import (
    asked,
    counted,
    line,
    progress,
    say,
    tell,
    tell_list,
    tell_object,
    tell_table,
)
from newsdesk.model import NewsdeskError

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.desk.import_pages import FetchedPage
    from newsdesk.desk.importing import ImportReport
    from newsdesk.formats.format import Loss

SAID = 20
"""Problems or losses that are said one by one; the JSON report lists more."""


class Duplicates(StrEnum):
    """What becomes of an article whose very text is on the desk already."""

    SKIP = "skip"
    ADD = "add"


def import_files(
    desk: DeskPlace,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="Files, folders or zip archives."),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="Fetch this page instead, once."),
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Else by the file's name and content."),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Where something is wrong, import the rest.")
    ] = False,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="NAME", help="Of plain text, else recognised."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="FIELD=NAME", help="Of a table: what a column is."),
    ] = None,
    date_order: Annotated[
        str | None,
        typer.Option("--date-order", metavar="DMY|MDY|YMD", help="Of a table's dates."),
    ] = None,
    option: FormatOptions = None,
    said: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="FIELD=VALUE", help="Of the articles, such as outlet or language."
        ),
    ] = None,
    duplicates: Annotated[
        Duplicates | None,
        typer.Option("--duplicates", help="Texts that the desk has: skip (and say so) or add."),
    ] = None,
    author: Author = None,
    as_json: AsJson = False,
) -> None:
    """Bring articles and datasets in, as one step.

    Where something is wrong nothing comes in, unless --yes says to import the rest. Texts that
    the desk has already are skipped and named. Only --url uses the network.
    """
    if bool(files) == (url is not None):
        raise typer.BadParameter("give files, or a page by --url.")
    told: dict[str, Any] = {
        "format": format_name or ("table" if column else None),
        "encoding": encoding,
        "options": {**options_of(option), **_options(column, date_order)},
        "duplicates": (duplicates or Duplicates.SKIP).value,
        "fields": _pairs("--set", "outlet=NAME", said),
    }
    with desk_at(desk, author) as opened, _page_at(url) as page:

        def bring_in(partial: bool) -> ImportReport:
            return _brought_in(opened, files or [], page, {**told, "partial": partial})

        report = _imported(bring_in, yes, as_json)
    _tell_report(report, as_json)
    left = report.problem_count + report.conflict_count
    if left or (report.skipped and duplicates is None):
        raise typer.Exit(IN_PART)


def _imported(bring_in: Callable[[bool], ImportReport], yes: bool, as_json: bool) -> ImportReport:
    """Import; where something is wrong, say it, and import the rest if somebody wants that."""
    from newsdesk.desk.importing import ImportRefused

    try:
        report = bring_in(yes)
    except ImportRefused as refusal:
        say_each("", refusal.report.problems, refusal.report.problem_count)
        if not asked("Nothing was imported. Import the rest?"):
            if as_json:
                tell_object(refusal.report)
            raise NewsdeskError(
                f"Nothing was imported: {counted(refusal.report.problem_count, 'problem')}. "
                "Put that right and import again, or import the rest with --yes."
            ) from refusal
        return bring_in(True)
    say_each("left out: ", report.problems, report.problem_count)
    return report


def _brought_in(
    desk: Desk, files: list[Path], page: FetchedPage | None, told: dict[str, Any]
) -> ImportReport:
    from newsdesk.desk.import_pages import import_page
    from newsdesk.desk.importing import import_files

    paths = files if page is None else [page.path]
    told["fields"] = dict.fromkeys(paths, told["fields"])
    with progress("Importing") as moved:
        if page is not None:
            return import_page(desk, page, progress=moved, **told)
        return import_files(desk, files, progress=moved, **told)


def _page_at(url: str | None) -> AbstractContextManager[FetchedPage | None]:
    """The page that is to be imported, fetched; None where there is none."""
    from newsdesk.desk.import_pages import fetched_page

    if url is None:
        return nullcontext()
    with progress("Fetching") as moved:
        return fetched_page(url, report=moved)


def _options(columns: list[str] | None, date_order: str | None) -> dict[str, str]:
    """What the reader of a table is told of its columns, as `--column text=body` says it."""
    found = {"date_order": date_order} if date_order else {}
    return {**found, **_pairs("--column", "text=body", columns)}


def _pairs(option: str, example: str, said: list[str] | None) -> dict[str, str]:
    """What an option says of fields, as FIELD=VALUE."""
    found = {}
    for one in said or ():
        field, sign, value = one.partition("=")
        if not sign or not field:
            raise NewsdeskError(
                f"{option} {one} does not say what is what. Nothing was imported; write it as "
                f"{option} {example}."
            )
        found[field.strip()] = value.strip()
    return found


def _tell_report(report: ImportReport, as_json: bool) -> None:
    for one in report.duplicates[:SAID]:
        say(
            f"{one.file}: skipped “{line(one.title)}”: the desk has this very text, as "
            f"“{line(one.known_title)}” ({one.known}). To add it again: --duplicates add"
        )
    _say_more(len(report.duplicates[:SAID]), report.skipped, "skipped articles")
    say_each("kept as the desk has it: ", report.conflicts, report.conflict_count)
    say_each("", report.remarks, report.remark_count)
    if as_json:
        tell_object(report)
        return
    came = f"{counted(report.articles, 'article')}, {counted(report.annotations, 'annotation')}"
    aside = {
        "there already": report.present,
        "skipped": report.skipped,
        "left out": report.problem_count,
        "kept as the desk has it": report.conflict_count,
    }
    tell(
        "; ".join([f"Imported {came}", *(f"{n:,} {what}" for what, n in aside.items() if n)]) + "."
    )


def say_each(before: str, problems: Iterable[object], count: int) -> None:
    """Say the first of what was wrong or lost, and how many more there are."""
    shown = [str(one) for one in problems][:SAID]
    for one in shown:
        say(before + line(one))
    _say_more(len(shown), count, "more of this kind; --json lists them")


def say_losses(losses: Iterable[Loss], count: int) -> None:
    """Say what a format could not hold: once for all records that lost the same."""
    alike: dict[tuple[str, str], list[str]] = {}
    for one in losses:
        alike.setdefault((one.part.value, one.what), []).append(one.record)
    told = sum(map(len, alike.values()))
    said = (
        f"{part}, {records[0] if len(records) == 1 else f'{len(records):,} records'}: {what}"
        for (part, what), records in alike.items()
    )
    say_each("not in the file: ", said, len(alike) + count - told)


def _say_more(shown: int, count: int, what: str) -> None:
    if count > shown:
        say(f"… and {count - shown:,} {what}")


def formats(as_json: AsJson = False) -> None:
    """List the formats, and what each can hold."""
    from newsdesk.formats import failed
    from newsdesk.formats import formats as known

    for one in failed():
        say(f"The plug-in {one.name} could not be loaded: {one.reason}.")
    if as_json:
        tell_list(known())
        return
    rows = (
        (
            one["name"],
            "yes" if one["reads"] else "",
            "yes" if one["writes"] else "",
            " ".join(one["suffixes"]),
            one["title"],
        )
        for one in known()
    )
    tell_table(("name", "in", "out", "files", "title"), rows)
