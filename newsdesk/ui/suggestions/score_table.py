"""The table of a training: what there is to learn from, or the scores before and after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

if TYPE_CHECKING:
    from newsdesk.suggest.learning.report import Row


class ScoreTable(QTreeView):
    """Rows of a label and figures, which can't be edited."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Labels"))
        self.header().setStretchLastSection(False)

    def show_stock(self, labels: Iterable[tuple[str, int]]) -> None:
        """Show how many accepted annotations each label has."""
        self._show(
            [self.tr("Label"), self.tr("Accepted")],
            [[name, f"{count:,}"] for name, count in labels],
        )

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show precision, recall and F1 of each label, before and after."""
        heads = [self.tr("On articles held out"), self.tr("Marks")]
        for when in (self.tr("before"), self.tr("after")):
            for what in (self.tr("Precision"), self.tr("Recall"), self.tr("F1")):
                heads.append(f"{what}\n{when}")
        self._show(
            heads,
            [
                [row.label, f"{row.gold:,}", *(f"{one:.3f}" for one in (*row.before, *row.after))]
                for row in rows
            ],
        )

    def _show(self, heads: list[str], rows: list[list[str]]) -> None:
        self._model.clear()
        self._model.setHorizontalHeaderLabels(heads)
        for row in rows:
            items = [QStandardItem(text) for text in row]
            for item in items[1:]:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._model.appendRow(items)
        header = self.header()
        for at in range(len(heads)):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(at, mode.Stretch if at == 0 else mode.ResizeToContents)
