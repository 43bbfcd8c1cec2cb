"""What was found, as a list of any length: rows are read when seen; each can be taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QObject, Qt, Signal

from newsdesk.desk import Desk
from newsdesk.model import Label, Span
from newsdesk.ui.choices import ROOT, Index
from newsdesk.ui.finding.asking import Asker

PAGE = 120
"""Rows that are read at a time."""
OUT = Qt.ItemDataRole.UserRole + 1
"""The role that says whether a row was taken out."""


@dataclass(frozen=True, slots=True)
class Found:
    """One row: words in their context with their `marks` there, and what is said of them."""

    article: str
    title: str
    context: str
    marks: tuple[Span, ...] = ()
    label: Label | None = None
    about: str = ""
    pale: bool = False

    @property
    def words(self) -> str:
        """The words themselves."""
        return " ".join(mark.of(self.context) for mark in self.marks) or self.context


Read = Callable[[Desk, list[Any]], list[Found | None]]


class FoundList(QAbstractListModel):
    """Keys of any kind, and the rows that `read` makes of them; `counted` when some were taken
    out or put back."""

    counted = Signal()
    failed = Signal(str)

    def __init__(self, asking: Asker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asking = asking
        self._read: Read = lambda desk, keys: []
        self._keys: Sequence[Any] = []
        self._rows: dict[int, Found | None] = {}
        self._out: set[Any] = set()
        self._asked = range(0)

    def show(self, keys: Sequence[Any], read: Read, *, keep_out: bool = False) -> None:
        """Show these. `keep_out` leaves out what was taken out before."""
        self.beginResetModel()
        self._keys, self._read, self._rows, self._asked = keys, read, {}, range(0)
        self._out = self._out.intersection(keys) if keep_out and self._out else set()
        self._asking.drop("found rows")
        self.endResetModel()
        self.counted.emit()

    @property
    def keys(self) -> Sequence[Any]:
        """All that were found."""
        return self._keys

    @property
    def chosen(self) -> list[Any]:
        """Those that were not taken out."""
        return [key for key in self._keys if key not in self._out] if self._out else [*self._keys]

    @property
    def chosen_count(self) -> int:
        """How many were not taken out."""
        return len(self._keys) - len(self._out)

    def key(self, row: int) -> Any:
        """The key on a row."""
        return self._keys[row]

    def found(self, row: int) -> Found | None:
        """The row itself; None where it was not read yet, or is gone."""
        return self._rows.get(row)

    def toggle(self, row: int) -> None:
        """Take a row out, or put it back."""
        if 0 <= row < len(self._keys):
            self._out ^= {self._keys[row]}
            self.dataChanged.emit(self.index(row), self.index(row))
            self.counted.emit()

    def toggle_all(self) -> None:
        """Take all out, or put all back where any is out."""
        self._out = set() if self._out else set(self._keys)
        if self._keys:
            self.dataChanged.emit(self.index(0), self.index(len(self._keys) - 1))
        self.counted.emit()

    def need(self, row: int) -> Found | None:
        """The row, read with its neighbours where it was not yet."""
        if row in self._rows or row in self._asked:
            return self._rows.get(row)
        first = max(0, row - PAGE // 4)
        self._asked = wanted = range(first, min(len(self._keys), first + PAGE))
        keys, read = list(self._keys[wanted.start : wanted.stop]), self._read
        self._asking.ask(
            "found rows",
            lambda desk: read(desk, keys),
            lambda rows: self._take(wanted, rows),
            self._refused,
        )
        return self._rows.get(row)

    def _refused(self, said: str) -> None:
        self.failed.emit(said)

    def _take(self, wanted: range, rows: list[Found | None]) -> None:
        if wanted.stop > len(self._keys):
            return
        self._rows.update(zip(wanted, rows, strict=True))
        self._asked = range(0)
        if wanted:
            self.dataChanged.emit(self.index(wanted.start), self.index(wanted.stop - 1))

    # What Qt asks

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._keys):
            return None
        if role == OUT:
            return self._keys[index.row()] in self._out
        if role == Qt.ItemDataRole.UserRole:
            return self.need(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            found = self._rows.get(index.row())
            if found is None:
                return ""
            if role == Qt.ItemDataRole.DisplayRole:
                return found.context
            return _spoken(found, self._keys[index.row()] in self._out)
        return None


def _spoken(found: Found, out: bool) -> str:
    """A row as a screen reader says it."""
    taken = QCoreApplication.translate("FoundList", "taken out") if out else ""
    name = found.label.name if found.label else ""
    parts = (taken, name, found.about, found.words, found.title, found.context)
    return ", ".join(part for part in parts if part)
