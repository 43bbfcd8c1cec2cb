"""Writing and checking datasets from the window: each on a connection and a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.desk import open_desk
from newsdesk.desk.dataset_options import DatasetOptions
from newsdesk.desk.datasets import DatasetReport, export_chosen, write_dataset

if TYPE_CHECKING:
    from newsdesk.ui.jobs import Report


def maker(
    place: str, author: str, path: Path, format: str, options: DatasetOptions, whole: bool
) -> Callable[[Report], DatasetReport]:
    """What writes a dataset of the desk at a place when it is called."""

    def make(report: Report) -> DatasetReport:
        write = write_dataset if whole else export_chosen
        with closing(open_desk(place, author)) as desk:
            return write(desk, path, format, options, report)

    return make
