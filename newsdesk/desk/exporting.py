"""The verb that writes a desk, or some of its articles, as a dataset in any format."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from newsdesk.desk.bulk import seldom_collected
from newsdesk.desk.desk import Desk
from newsdesk.desk.export_dataset import DeskDataset
from newsdesk.desk.redaction import Redacted
from newsdesk.formats import format_named
from newsdesk.formats.format import LISTED, Format, Loss, Losses
from newsdesk.formats.targets import target_at
from newsdesk.model import Annotation, NewsdeskError, Setting, Status
from newsdesk.provenance.redaction import Redaction

TRIES = 3
"""How often an export starts anew when somebody changes the desk meanwhile."""


class ExportReport(msgspec.Struct, kw_only=True):
    """What an export wrote, and what it did not.

    `losses` lists what the format could not hold, and references to what is not part of the
    dataset (the first thousand of `loss_count`); `withheld` what the rule for confidential sources
    kept back, which is no loss; `left_out` counts what was not asked for.
    """

    path: str
    format: str
    articles: int = 0
    annotations: int = 0
    losses: list[Loss] = []
    loss_count: int = 0
    withheld: list[Loss] = []
    withheld_count: int = 0
    left_out: dict[str, int] = {}


def export(
    desk: Desk,
    path: str | Path,
    format_name: str,
    *,
    with_proposed: bool = False,
    with_journal: bool = False,
    articles: list[str] | None = None,
    redact: Redaction = Redaction.STANDARD,
    progress: Callable[[int, int], None] | None = None,
) -> ExportReport:
    """Write a dataset: the whole desk, or these articles with all that they refer to.

    Accepted annotations only, unless proposed ones are asked for; rejected ones never. What
    `redact` withholds of confidential sources is told by record. The file
    is there when it is whole, or not at all; one of that name is replaced, a folder or a desk
    never. `progress` hears articles done and articles in all; what it raises cancels the export.

    Raises NewsdeskError where the format is unknown or can't be written, where the place can't be
    written, or where the disk is full.
    """
    format = format_named(format_name)
    if format.write is None:
        raise NewsdeskError(f"The format {format_name} can be read, not written. Choose another.")
    statuses = (Status.ACCEPTED, Status.PROPOSED) if with_proposed else (Status.ACCEPTED,)
    for _ in range(TRIES):
        dataset = DeskDataset(
            desk, statuses, articles=articles, with_journal=with_journal, progress=progress
        )
        report = _written(desk, dataset, format, Path(path), redact, articles)
        if report is not None:
            report.left_out = _left_out(desk, statuses, articles, report.annotations)
            return report
    raise NewsdeskError(
        f"The desk was changed while {Path(path).name} was being written, several times over. "
        "Nothing was written; try again when others have paused."
    )


class _Changed(Exception):
    """The desk is not what it was when the export began."""


def _written(
    desk: Desk,
    dataset: DeskDataset,
    format: Format,
    path: Path,
    redact: Redaction,
    articles: list[str] | None,
) -> ExportReport | None:
    """Write once; None where the desk was changed meanwhile, so that parts may not fit."""
    assert format.write is not None, "a format that writes was chosen"
    before = _newest(desk)
    try:
        with seldom_collected(), target_at(path, folder=format.folder) as target:
            shown = Redacted(dataset, desk, redact, articles)
            losses = format.write(shown, target)
            if _newest(desk) != before:
                raise _Changed
    except _Changed:
        return None
    report = ExportReport(path=str(path), format=format.name)
    report.articles, report.annotations = dataset.article_count, dataset.annotation_count
    for each in (losses, *dataset.losses):
        add_losses(report, each)
    for each in shown.losses:
        add_withheld(report, each)
    return report


def add_losses(report: ExportReport, losses: Losses) -> None:
    """Tell in a report what a format could not hold."""
    report.losses = report.losses + losses.listed[: LISTED - len(report.losses)]
    report.loss_count += losses.count


def add_withheld(report: ExportReport, losses: Losses) -> None:
    """Tell in a report what was withheld by rule."""
    report.withheld = report.withheld + losses.listed[: LISTED - len(report.withheld)]
    report.withheld_count += losses.count


def _newest(desk: Desk) -> int:
    found = desk.log(limit=1)
    return found[0].seq if found else 0


def _left_out(
    desk: Desk, statuses: tuple[Status, ...], articles: list[str] | None, written: int
) -> dict[str, int]:
    counts = {"settings of the desk": desk.count(Setting)}
    # All of them are counted far sooner than those of one status.
    all_written = articles is None and desk.count(Annotation) == written
    for status in set() if all_written else set(Status) - set(statuses):
        what = f"{status.value} annotations"
        if articles is None:
            counts[what] = desk.count(Annotation, status=status.value)
        else:
            for one in articles:
                more = desk.count(Annotation, status=status.value, article=one)
                counts[what] = counts.get(what, 0) + more
    return {what: counts[what] for what in sorted(counts) if counts[what]}
