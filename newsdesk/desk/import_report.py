"""What an import says of itself: what came in, what was there already, and what was wrong."""

from collections.abc import Iterable

import msgspec

from newsdesk.formats.format import LISTED, Problem
from newsdesk.model import NewsdeskError

FIRST = 100
"""Ids of new articles that a report lists, so that a window can open what came in."""

_SHOWN = 5


class Duplicate(msgspec.Struct, frozen=True, kw_only=True):
    """An article with the very text of one that the desk has."""

    file: str
    title: str
    known: str
    known_title: str


class ImportReport(msgspec.Struct, kw_only=True):
    """What an import did.

    `present` counts records that were on the desk already, just so; `skipped` articles whose text
    was; `conflicts` are records that the desk has with another content, which stayed as it was;
    `problems` kept something out; `remarks` are worth knowing. Lists are cut at a thousand, the
    counts are not. `article_ids` are those of the first hundred new articles.
    """

    articles: int = 0
    annotations: int = 0
    records: int = 0
    present: int = 0
    skipped: int = 0
    article_ids: list[str] = []
    duplicates: list[Duplicate] = []
    problems: list[Problem] = []
    problem_count: int = 0
    conflicts: list[Problem] = []
    conflict_count: int = 0
    remarks: list[Problem] = []
    remark_count: int = 0

    def add(self, problem: Problem) -> None:
        """List a problem or a remark."""
        if problem.blocks:
            self.problem_count += 1
            _list(self.problems, problem)
        else:
            self.remark_count += 1
            _list(self.remarks, problem)

    def conflict(self, problem: Problem) -> None:
        """List a record that the desk has otherwise."""
        self.conflict_count += 1
        _list(self.conflicts, problem)

    def duplicate(self, found: Duplicate) -> None:
        """List an article that was skipped for its text."""
        self.skipped += 1
        if len(self.duplicates) < LISTED:
            self.duplicates.append(found)


def _list(listed: list[Problem], problem: Problem) -> None:
    if len(listed) < LISTED:
        listed.append(problem)


class ImportRefused(NewsdeskError):
    """Nothing was imported, since something was wrong; `report` lists what."""

    def __init__(self, report: ImportReport) -> None:
        self.report = report
        super().__init__(
            f"Nothing was imported. {in_words(report.problems, report.problem_count)} "
            "Put it right and import again, or choose to import the rest."
        )


def in_words(problems: Iterable[Problem], count: int) -> str:
    """The first problems, and how many there are besides."""
    shown = [f"{str(each).rstrip('.')}." for each in problems][:_SHOWN]
    more = count - len(shown)
    return " ".join(shown) + (f" There are {more:,} problems more." if more > 0 else "")
