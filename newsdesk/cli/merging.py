"""The verb that merges another desk into this one."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.cli.datasets import SAID
from newsdesk.cli.options import IN_PART, AsJson, Author, DeskPlace, desk_at
from newsdesk.cli.telling import asked, counted, line, progress, say, tell, tell_object

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.desk.merging import Conflict, MergeReport, Side


class By(StrEnum):
    """The rules of a merge, by name: the desk's own would load the database for the help."""

    ASK = "ask"
    NEWER = "newer"
    MINE = "mine"
    THEIRS = "theirs"


def merge(
    desk: DeskPlace,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The desk that is merged in.")],
    rule: Annotated[
        By, typer.Option("--rule", help="Whose version stands where both desks changed it.")
    ] = By.ASK,
    entities: Annotated[
        bool, typer.Option("--merge-entities", help="Also merge the entities that are offered.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    author: Author = None,
    as_json: AsJson = False,
) -> None:
    """Merge another desk into this one, as one step.

    What only one of them changed is taken from there. What both changed is a conflict: a terminal
    asks about each, else it is listed and stays as it is here, with exit code 3.
    """
    from newsdesk.desk.merging import Rule
    from newsdesk.desk.merging import merge as bring_together

    with desk_at(desk, author) as opened:
        choices: dict[str, Side] = {}
        if rule is By.ASK and not dry_run:
            choices = _choices(opened, other)
        with progress("Merging") as moved:
            report = bring_together(
                opened,
                other,
                rule=Rule(rule.value),
                choices=choices,
                entities=None if entities else (),
                dry_run=dry_run,
                progress=moved,
            )
    _tell(report, dry_run, as_json)
    if report.open:
        raise typer.Exit(IN_PART)


def _choices(desk: Desk, other: str) -> dict[str, Side]:
    """What whoever sits at the terminal says of each conflict; nothing where nobody does."""
    from newsdesk.desk.merging import Side
    from newsdesk.desk.merging import merge as look

    if not _at_a_terminal():
        return {}
    found: dict[str, Side] = {}
    for one in look(desk, other, dry_run=True).conflicts:
        say(in_words(one))
        found[one.record] = Side.THEIRS if asked("Take theirs?") else Side.MINE
    return found


def _at_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def in_words(one: Conflict) -> str:
    """A conflict in one line: what it is about, and both versions."""
    sides = (
        f"{side} ({line(version.author)}, {version.at[:16]}): {_fields(version.fields)}"
        for side, version in (("mine", one.mine), ("theirs", one.theirs))
    )
    return f"{one.kind} “{line(one.title)[:80]}”: " + "; ".join(sides)


def _fields(fields: dict[str, Any] | None) -> str:
    if fields is None:
        return "deleted"
    return ", ".join(f"{name} = {line(value)[:80]}" for name, value in fields.items())


def _tell(report: MergeReport, dry_run: bool, as_json: bool) -> None:
    waiting = [one for one in report.conflicts if one.taken is None]
    notes = [f"conflict: {in_words(one)}" for one in waiting[:SAID]]
    notes += [f"conflict: … and {len(waiting) - SAID:,} more"] if len(waiting) > SAID else []
    notes += report.kept[:SAID]
    unmerged = [one for one in report.offers if not one.merged]
    notes += [f"perhaps the same: {one.kind} {one.name} ({one.why})" for one in unmerged[:SAID]]
    for one in notes:
        say(line(one))
    if as_json:
        counts = {
            "conflict_count": len(report.conflicts),
            "open": report.open,
            "offer_count": len(report.offers),
        }
        import msgspec

        tell_object({**msgspec.to_builtins(report.shortened()), **counts})
        return
    did = "Would bring" if dry_run else "Brought"
    parts = [
        f"{sum(counts.values()):,} {what}"
        for what, counts in (
            ("new", report.added),
            ("changed", report.changed),
            ("removed", report.removed),
        )
        if counts
    ]
    came = ", ".join(parts) or "nothing new"
    tell(f"{did} {came} from {line(Path(report.desk).name)} ({report.head[:12]}).")
    if report.conflicts:
        tell(f"{counted(len(report.conflicts), 'conflict')}, {report.open:,} of them open.")
