"""The queue of claims as a list that reads a page at a time, and what each of them is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QObject, Qt

from newsdesk.model.claim_lines import ClaimFilter, ClaimLine
from newsdesk.provenance.gate import Missing
from newsdesk.ui.choices import ROOT, Index
from newsdesk.ui.plain import counted

PAGE = 200
"""Claims that are read at a time."""
MISSING = Qt.ItemDataRole.UserRole + 1
"""The role that gives what a claim is missing: a list, or None where that is not known yet."""

Fetch = Callable[[ClaimFilter, int, int], list[ClaimLine]]
Find = Callable[[Iterable[str]], list[ClaimLine]]


class QueueList(QAbstractListModel):
    """The claims that a filter finds; `fetch(filter, offset, limit)` reads a page of them,
    `find(ids)` these claims. One that was gone to from elsewhere stands first, wherever it would
    stand further down."""

    def __init__(self, fetch: Fetch, find: Find, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch, self._find = fetch, find
        self._guests: list[str] = []
        self._rows: list[ClaimLine] = []
        self._at: dict[str, int] = {}
        self._at_end = True
        self._missing: dict[str, list[Missing]] = {}
        self.wanted = ClaimFilter()

    def load(self, wanted: ClaimFilter, *, keep: bool = False) -> None:
        """Read the queue anew; `keep` reads as many rows as were read before."""
        rows = max(PAGE, len(self._rows) - len(self._guests)) if keep else PAGE
        found = self._fetch(wanted, 0, rows)
        here = {line.id for line in found}
        guests = self._find(id for id in self._guests if id not in here) if keep else []
        self._guests = [line.id for line in guests]
        self.beginResetModel()
        self.wanted = wanted
        self._rows, self._at_end = [*guests, *found], len(found) < rows
        self._count_rows()
        self.endResetModel()

    def bring(self, id: str) -> int:
        """The row of a claim, which is put first where it was not read; -1 where there is none."""
        if id not in self._at and (found := self._find([id])):
            self.beginInsertRows(ROOT, 0, 0)
            self._rows.insert(0, found[0])
            self._guests.append(id)
            self._count_rows()
            self.endInsertRows()
        return self.row_of(id)

    def _count_rows(self) -> None:
        self._at = {line.id: row for row, line in enumerate(self._rows)}

    def patch(self, lines: Iterable[ClaimLine]) -> bool:
        """Take over how claims are now; False where the queue has to be read anew for it, since
        they may stand elsewhere in it, or not at all."""
        sort = self.wanted.sort
        for line in lines:
            row = self.row_of(line.id)
            if row < 0:
                continue
            was = self._rows[row]
            if sort != "newest" and getattr(was, sort) != getattr(line, sort):
                return False
            self._rows[row] = line
            self.dataChanged.emit(self.index(row), self.index(row))
        return True

    def line(self, row: int) -> ClaimLine:
        """The claim on a row."""
        return self._rows[row]

    def row_of(self, id: str) -> int:
        """The row of a claim, -1 where it was not read."""
        return self._at.get(id, -1)

    def missing_of(self, id: str) -> list[Missing] | None:
        """What a claim is missing; None where that is not known yet."""
        return self._missing.get(id)

    def tell_missing(self, id: str, found: list[Missing]) -> None:
        """Show what a claim is missing."""
        self._missing[id] = found
        row = self.row_of(id)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))

    def forget_missing(self, ids: Iterable[str] | None = None) -> None:
        """What was missing may not be any more: of these claims, or of all."""
        for id in list(self._missing if ids is None else ids):
            self._missing.pop(id, None)

    # What Qt asks

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index = ROOT) -> bool:
        return not parent.isValid() and not self._at_end

    def fetchMore(self, parent: Index = ROOT) -> None:
        page = self._fetch(self.wanted, len(self._rows) - len(self._guests), PAGE)
        self._at_end = len(page) < PAGE
        self._guests = [id for id in self._guests if all(id != line.id for line in page)]
        new = [line for line in page if line.id not in self._at]
        if new:
            first = len(self._rows)
            self.beginInsertRows(ROOT, first, first + len(new) - 1)
            self._rows.extend(new)
            self._at.update({line.id: first + at for at, line in enumerate(new)})
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        line = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.statement
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role == MISSING:
            return self._missing.get(line.id)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((line.statement, *about(line), *lacking(self._missing.get(line.id))))
        return None


def about(line: ClaimLine) -> list[str]:
    """What is told of a claim beside its statement."""
    tr = QCoreApplication.translate
    due = tr("QueueList", "due {0}").format(line.due[:10]) if line.due else ""
    one, many = tr("QueueList", "1 outlet"), tr("QueueList", "{0} outlets")
    papers = counted(line.outlets, one, many) if line.outlets else ""
    found = (line.state, line.verdict, due, line.assignee, line.topic, papers)
    return [part for part in found if part]


def lacking(missing: list[Missing] | None) -> list[str]:
    """How much a claim is missing, in words; nothing where that is not known."""
    if missing is None:
        return []
    tr = QCoreApplication.translate
    if not missing:
        return [tr("QueueList", "nothing missing")]
    return [tr("QueueList", "{0} missing").format(len({one.item for one in missing}))]
