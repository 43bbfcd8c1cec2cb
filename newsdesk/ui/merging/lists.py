"""The conflicts of a merge, and the entities that may be the same, as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from newsdesk.ui.choices import ROOT, Index

if TYPE_CHECKING:
    from newsdesk.desk.merge_report import Conflict, Offer, Side


class Conflicts(QAbstractListModel):
    """Conflicts in their order, each with the side that was chosen for it."""

    def __init__(self, conflicts: list[Conflict], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.conflicts = conflicts
        self.choices: dict[str, Side] = {}

    def choose(self, rows: list[int], sides: list[Side]) -> None:
        """Take these sides in these rows."""
        for row, side in zip(rows, sides, strict=True):
            self.choices[self.conflicts[row].record] = side
            self.dataChanged.emit(self.index(row), self.index(row))

    @property
    def open(self) -> list[int]:
        """The rows that nobody has decided."""
        return [
            row for row, one in enumerate(self.conflicts) if one.record not in self.choices
        ]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.conflicts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self.conflicts[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(one.title.split())
        if role == Qt.ItemDataRole.UserRole:
            return f"{one.kind} · {self._decided(one)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.title}, {one.kind}, {self._decided(one)}"
        return None

    def _decided(self, one: Conflict) -> str:
        side = self.choices.get(one.record)
        words = {"mine": self.tr("mine"), "theirs": self.tr("theirs")}
        return words[side.value] if side is not None else self.tr("open")


class Offers(QAbstractListModel):
    """Entities of both desks that may be the same, each to be ticked."""

    def __init__(self, offers: list[Offer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._offers = offers
        self.ticked: set[str] = set()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._offers)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self._offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{one.name} · {one.kind} · {one.why}"
        if role == Qt.ItemDataRole.CheckStateRole:
            ticked = one.theirs in self.ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        theirs = self._offers[index.row()].theirs
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.ticked.add(theirs)
        else:
            self.ticked.discard(theirs)
        self.dataChanged.emit(index, index)
        return True
