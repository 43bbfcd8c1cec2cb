"""Reads the copies of evidence in a job, before passages are looked up in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from newsdesk.desk import open_desk
from newsdesk.desk.evidencing import read_copies
from newsdesk.model import Evidence
from newsdesk.ui.jobs import tell_failure

if TYPE_CHECKING:
    from newsdesk.desk.capturing import Read
    from newsdesk.ui.claims.workspace import ClaimsWorkspace


def with_copies(
    at: ClaimsWorkspace, evidence: Sequence[Evidence], then: Callable[[Read], object]
) -> None:
    """Call `then` with the words of the copies: at once where there are none, else after a job."""
    copied = [one for one in evidence if one.snapshot]
    if not copied:
        then({})
        return
    place, author = at.shared.place, at.desk.author

    def work(report: Callable[[int, int], None]) -> Read:
        with closing(open_desk(place, author)) as desk:
            return read_copies(desk, copied, report)

    title = QCoreApplication.translate("ClaimsWorkspace", "Reading the copies")
    at.shared.jobs.run(
        title,
        work,
        lambda read: at.do(lambda: then(read)),
        lambda error: tell_failure(error, at.failed.emit),
    )
