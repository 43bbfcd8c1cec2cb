"""The verbs that make a dataset of a desk: a folder with its data, a datasheet and a manifest.

The same desk and options give the same bytes: nothing in the folder tells when or where it was
made.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

import newsdesk
from newsdesk.desk.bulk import seldom_collected
from newsdesk.desk.chosen_dataset import ChosenDataset, Pieces
from newsdesk.desk.dataset_checking import MANIFEST, MANIFEST_NAME, MANIFEST_VERSION, file_hash
from newsdesk.desk.dataset_options import DatasetOptions
from newsdesk.desk.dataset_survey import Side, Survey, survey
from newsdesk.desk.datasheet import datasheet
from newsdesk.desk.desk import Desk
from newsdesk.desk.exporting import TRIES, ExportReport, add_losses, add_withheld
from newsdesk.desk.finding import count_annotations
from newsdesk.desk.redaction import Redacted
from newsdesk.formats import format_named
from newsdesk.formats.dataset_csv import defused
from newsdesk.formats.format import Format, Target
from newsdesk.formats.targets import target_at
from newsdesk.model import AnnotationFilter, NewsdeskError, Status

DATASHEET = "datasheet.md"
ARTICLES = "articles.csv"

Progress = Callable[[int, int], None]


class DatasetReport(ExportReport, kw_only=True):
    """What was written, by side: articles, pieces of them, annotations. `files` are the paths
    within the folder."""

    sides: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    files: list[str] = msgspec.field(default_factory=list)


def write_dataset(
    desk: Desk,
    folder: str | Path,
    format_name: str,
    options: DatasetOptions | None = None,
    progress: Progress | None = None,
) -> DatasetReport:
    """Make a folder of the articles and annotations that the options mean.

    It is there when it is whole, or not at all, and must be new or empty. `progress` hears steps
    done and steps in all; what it raises cancels the work. Raises NewsdeskError where the format
    is unknown or can't be written, where nothing is meant, or where the place can't be written.
    """
    return _tried(desk, Path(folder), format_name, options or DatasetOptions(), True, progress)


def export_chosen(
    desk: Desk,
    path: str | Path,
    format_name: str,
    options: DatasetOptions,
    progress: Progress | None = None,
) -> DatasetReport:
    """Write the same choice as one file (or one folder of the format's own), and nothing with it.

    Raises NewsdeskError as `write_dataset` does, and where a split is asked for.
    """
    if options.split:
        raise NewsdeskError(
            "A split needs a folder, for there is a file for each side. Nothing was written; ask "
            "for a dataset folder, or for no split."
        )
    return _tried(desk, Path(path), format_name, options, False, progress)


class _Changed(Exception):
    """The desk is not what it was when the work began."""


def _tried(
    desk: Desk,
    path: Path,
    format_name: str,
    options: DatasetOptions,
    whole: bool,
    progress: Progress | None,
) -> DatasetReport:
    format = format_named(format_name)
    if format.write is None:
        raise NewsdeskError(f"The format {format_name} can be read, not written. Choose another.")
    for _ in range(TRIES):
        before = _state(desk)
        try:
            with (
                seldom_collected(),
                target_at(path, folder=whole or format.folder) as target,
            ):
                report = _Making(desk, format, options, progress).write(path, target, whole)
                if _state(desk) != before:
                    raise _Changed
            return report
        except _Changed:
            continue
    raise NewsdeskError(
        f"The desk was changed while {path.name} was being written, several times over. "
        "Nothing was written; try again when others have paused."
    )


def _state(desk: Desk) -> dict[str, Any]:
    """The newest revision: what the manifest names the desk's state by."""
    found = desk.log(limit=1)
    return {"revision": found[0].seq, "sha256": found[0].hash} if found else {"revision": 0}


class _Making:
    """One dataset on its way to a target."""

    def __init__(
        self, desk: Desk, format: Format, options: DatasetOptions, progress: Progress | None
    ) -> None:
        self._desk, self._format, self._options = desk, format, options
        self._progress = progress
        self._asked: Any = {
            "query": msgspec.to_builtins(options.wanted),
            "options": _said(options),
        }

    def write(self, path: Path, target: Target, whole: bool) -> DatasetReport:
        """Look through the desk, then write side after side."""
        found = survey(self._desk, self._options, self._first_half)
        if not found.articles:
            raise NewsdeskError(_nothing(found))
        report = DatasetReport(path=str(path), format=self._format.name)
        report.left_out = {**found.left, **_left_out(self._desk, self._options)}
        shelf = _Shelf(target)
        done = 0
        for name, side in found.sides.items():
            if not side.articles:
                continue
            place = _Place(shelf, self._format, name) if whole else target
            self._write_side(report, place, name, side, found, (done, found.articles))
            done += len(side.articles)
        if whole:
            self._describe(shelf, found, report)
        return report

    def _write_side(
        self,
        report: DatasetReport,
        place: Target,
        name: str,
        side: Side,
        found: Survey,
        where: tuple[int, int],
    ) -> None:
        done, total = where

        def moved(articles: int, _: int) -> None:
            if self._progress:
                self._progress(total + min(total, done + articles), 2 * total)

        options, write = self._options, self._format.write
        assert write is not None, "a format that writes was chosen"
        chosen = ChosenDataset(self._desk, options.statuses, side.articles, found.kept, moved)
        shown = Redacted(chosen, self._desk, options.redact, side.articles)
        pieces = Pieces(shown, options.chunk, side.articles) if options.chunk else None
        losses = [write(pieces or shown, place), *chosen.losses]
        losses += pieces.losses if pieces else []
        self._asked = shown.hidden.scrub.value(self._asked)
        for each in losses:
            add_losses(report, each)
        for each in shown.losses:
            add_withheld(report, each)
        report.articles += chosen.article_count
        report.annotations += chosen.annotation_count
        report.sides[name] = {
            "articles": chosen.article_count,
            **({"pieces": pieces.count} if pieces else {}),
            "annotations": chosen.annotation_count,
        }

    def _first_half(self, done: int, total: int) -> None:
        if self._progress:
            self._progress(done, 2 * total)

    def _describe(self, shelf: _Shelf, found: Survey, report: DatasetReport) -> None:
        """Write what goes with the data: which article is where, the datasheet, the manifest."""
        with shelf.file(ARTICLES) as file:
            file.write(_rows(found).encode())
        form = {
            "format": MANIFEST_NAME,
            "version": MANIFEST_VERSION,
            "made_by": f"newsdesk {newsdesk.__version__}",
            "desk": _state(self._desk),
            **self._asked,
            "data_format": self._format.name,
            "sides": report.sides,
            "left_out": report.left_out,
            "losses": report.loss_count,
        }
        with shelf.file(DATASHEET) as file:
            sheet = datasheet(self._desk, self._options, found, form)
            file.write(sheet.encode())
        form["files"] = [
            {"path": name, "bytes": path.stat().st_size, "sha256": file_hash(path)}
            for name, path in sorted(shelf.files.items())
        ]
        with shelf.file(MANIFEST) as file:
            file.write((json.dumps(form, ensure_ascii=False, indent=2) + "\n").encode())
        report.files = sorted(shelf.files)


class _Shelf:
    """A folder that remembers which files were put into it."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.files: dict[str, Path] = {}

    def file(self, name: str = "") -> BinaryIO:
        made = self._target.file(name)
        self.files[name] = Path(made.name)
        return made


class _Place:
    """The place of one side's data on the shelf: a file named after it, or a folder."""

    def __init__(self, shelf: _Shelf, format: Format, name: str) -> None:
        self._shelf, self._format, self._name = shelf, format, name

    def file(self, name: str = "") -> BinaryIO:
        if self._format.folder:
            return self._shelf.file(f"{self._name}/{name}")
        suffix = self._format.suffixes[0] if self._format.suffixes else ""
        return self._shelf.file(f"{self._name}{suffix}")


def _said(options: DatasetOptions) -> dict[str, Any]:
    """All options but the query, those left as they are too: a later version may have others."""
    said = msgspec.structs.asdict(options)
    del said["wanted"]
    said["chunk"] = options.chunk.value if options.chunk else None
    said["split"] = list(options.split)
    return {name: str(one) if isinstance(one, str) else one for name, one in said.items()}


def _rows(found: Survey) -> str:
    """The side and the group of each article, as CSV; ids come from outside, too."""
    made = io.StringIO()
    rows = csv.writer(made, lineterminator="\n")
    rows.writerow(("article", "side", "group"))
    for id, side in sorted(found.side_of.items()):
        rows.writerow((defused(id), side, defused(found.groups.get(id, ""))))
    return made.getvalue()


def _left_out(desk: Desk, options: DatasetOptions) -> dict[str, int]:
    """How many annotations of other statuses there are in the articles that are meant."""
    counts = {
        f"{status.value} annotations": count_annotations(
            desk, AnnotationFilter(statuses=(status,), articles=options.articles)
        )
        for status in Status
        if status not in options.statuses
    }
    return {what: count for what, count in counts.items() if count}


def _nothing(found: Survey) -> str:
    why = "".join(f" There are {count:,} {what}." for what, count in found.left.items())
    return f"Nothing on the desk is what was asked for, so nothing was written.{why} Ask for more."
