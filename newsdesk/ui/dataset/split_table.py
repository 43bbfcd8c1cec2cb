"""The split as a table before it is made: articles, annotations and labels on each side."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from newsdesk.desk.dataset_survey import WHOLE, Survey

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class SplitTable(QAbstractTableModel):
    """A row for articles, one for annotations, and one for each label; a column for each side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads: list[str] = []
        self._rows: list[tuple[str, list[int]]] = []

    def load(self, found: Survey, names: dict[str, str]) -> None:
        """Show these sides; `names` gives the labels' names by their ids."""
        self.beginResetModel()
        self._heads = [self.tr("All") if one == WHOLE else one for one in found.sides]
        sides = list(found.sides.values())
        rows = [
            (self.tr("Articles"), [len(side.articles) for side in sides]),
            (self.tr("Annotations"), [side.annotations for side in sides]),
        ]
        total = {id: 0 for side in sides for id in side.labels}
        for id in total:
            total[id] = sum(side.labels[id] for side in sides)
        for id in sorted(total, key=lambda one: (-total[one], names.get(one, ""))):
            rows.append((names.get(id, ""), [side.labels[id] for side in sides]))
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name, counts = self._rows[index.row()]
        count = f"{counts[index.column()]:,}"
        if role == Qt.ItemDataRole.DisplayRole:
            return count
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name}, {self._heads[index.column()]}: {count}"
        return None

    def headerData(
        self, at: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[at] if across else self._rows[at][0]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if across else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


def split_view(model: SplitTable, parent: QWidget) -> QTableView:
    """The table as it is shown."""
    view = QTableView(parent)
    view.setObjectName("plain")
    view.setModel(model)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setCornerButtonEnabled(False)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    em = view.fontMetrics().height()
    rows, heads = view.verticalHeader(), view.horizontalHeader()
    rows.setDefaultSectionSize(int(em * 1.4))
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setMaximumWidth(em * 12)
    heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    for part in (rows, heads):
        part.setHighlightSections(False)
        part.setSectionsClickable(False)
    return view
