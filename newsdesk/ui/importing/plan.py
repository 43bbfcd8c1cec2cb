"""What an editor has decided about an import, and the pure work that previews and does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.model import NewsdeskError

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.desk.import_pages import FetchedPage
    from newsdesk.desk.importing import Duplicates, ImportReport, Preview

MOST_FILES = 200_000
"""Files that one import takes: whoever drops a whole disk meant something else."""

PASTED = Path()
"""Where what was said of a pasted text stands."""


@dataclass(slots=True)
class Plan:
    """Files with the encoding and columns chosen for each, or one pasted text, and how to take it.

    `format` "" is what each file looks like; `options` are the format's own.
    `fields` is what was said of the articles in a file, or of the pasted one (under an empty path),
    instead of what was proposed; `address` is where a fetched page was.
    """

    paths: list[Path] = field(default_factory=list)
    text: str = ""
    encodings: dict[Path, str] = field(default_factory=dict)
    columns: dict[Path, dict[str, str]] = field(default_factory=dict)
    format: str = ""
    options: dict[str, str] = field(default_factory=dict)
    fields: dict[Path, dict[str, str]] = field(default_factory=dict)
    partial: bool = False
    add_duplicates: bool = False
    address: str = ""

    @classmethod
    def of_files(cls, paths: list[Path]) -> Plan:
        """An import of files and folders."""
        return cls(paths=list(paths))

    @classmethod
    def of_text(cls, text: str) -> Plan:
        """An import of a pasted text."""
        return cls(text=text)

    @classmethod
    def of_page(cls, page: FetchedPage) -> Plan:
        """An import of a page that was fetched."""
        return cls(paths=[page.path], columns={page.path: page.options}, address=page.url)

    @property
    def pasted(self) -> bool:
        """Whether it is a text rather than files."""
        return not self.paths


def expanded(paths: list[Path], report: Callable[[int, int], None]) -> list[Path]:
    """The files among paths and, hidden ones left out, in the folders among them.

    A folder that is one dataset stands for itself.
    Raises NewsdeskError where there are more than anybody means to import.
    """
    from newsdesk.desk.import_sources import about_data
    from newsdesk.formats.folders import dataset_in
    from newsdesk.formats.inputs import FileInput

    found: list[Path] = []
    waiting = list(reversed(paths))
    while waiting:
        path = waiting.pop()
        if path.is_dir() and not dataset_in(FileInput(path)):
            about = about_data(path)
            inner = [
                each
                for each in sorted(path.iterdir(), reverse=True)
                if not each.name.startswith(".")
                and not each.is_symlink()
                and each.name not in about
            ]
            waiting += inner
        else:
            found.append(path)
        report(len(found), 0)
        if len(found) > MOST_FILES:
            raise NewsdeskError(
                f"There are more than {MOST_FILES:,} files in there. Nothing was imported; "
                "choose a smaller folder."
            )
    return found


def look_at(
    place: str,
    author: str,
    files: list[tuple[Path, str, dict[str, str]]],
    report: Callable[[int, int], None],
    format: str = "",
) -> list[Preview]:
    """Preview files, each with an encoding or "" for the proposed one, and a table's columns.

    It opens the desk for itself, to know what is there already: it runs on another thread.
    """
    from newsdesk.desk import open_desk
    from newsdesk.desk.importing import preview

    desk = open_desk(place, author)
    try:
        found = []
        for at, (path, encoding, columns) in enumerate(files):
            report(at, len(files))
            found.append(
                preview(
                    path,
                    format or None,
                    encoding=encoding or None,
                    options=columns,
                    desk=desk,
                    articles=3,
                )
            )
        return found
    finally:
        desk.close()


def carried_out(
    place: str, author: str, plan: Plan, report: Callable[[int, int], None]
) -> ImportReport:
    """Import the plan's files as one step, on a connection of its own.

    What `report` raises cancels everything. Raises ImportRefused where something is wrong and the
    rest was not asked for.
    """
    from newsdesk.desk import open_desk

    desk = open_desk(place, author)
    try:
        return brought_in(desk, plan, report)
    finally:
        desk.close()


def brought_in(desk: Desk, plan: Plan, report: Callable[[int, int], None]) -> ImportReport:
    """Import a plan into an open desk, as one step."""
    from newsdesk.desk.import_pages import give_address
    from newsdesk.desk.importing import import_files, import_text

    duplicates: Duplicates = "add" if plan.add_duplicates else "skip"
    if plan.pasted:
        said = plan.fields.get(PASTED, {})
        fields = {name: " ".join(words.split()) or None for name, words in said.items()}
        return import_text(desk, plan.text, duplicates=duplicates, **fields)
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[Path]] = {}
    for path in plan.paths:
        columns = tuple(sorted(plan.columns.get(path, {}).items()))
        groups.setdefault((plan.encodings.get(path, ""), columns), []).append(path)
    shown = plan.paths[0].name if len(plan.paths) == 1 else f"{len(plan.paths):,} files"
    total = None
    with desk.change(f"Import {shown}"):
        for (encoding, columns), paths in groups.items():
            found = import_files(
                desk,
                paths,
                format=plan.format or None,
                partial=plan.partial,
                duplicates=duplicates,
                encoding=encoding or None,
                options={**dict(columns), **plan.options},
                fields=plan.fields,
                progress=report,
            )
            total = found if total is None else _together(total, found)
        assert total is not None, "a plan of files has files"
        if plan.address:
            give_address(desk, total, plan.address)
    return total


def _together(one: ImportReport, other: ImportReport) -> ImportReport:
    """Two reports as one."""
    for name in one.__struct_fields__:
        setattr(one, name, getattr(one, name) + getattr(other, name))
    return one
