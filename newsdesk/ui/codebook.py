"""The codebook's panel: every label with its colour, name and key; a click tags the selection."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model import Label
from newsdesk.ui.choices import ROOT, Index, draw_dot
from newsdesk.ui.plain import plain_label, plain_tip, scaled_font, shortened


class LabelList(QAbstractListModel):
    """The labels in the codebook's order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.labels: list[Label] = []

    def show(self, labels: list[Label]) -> None:
        """Show these instead; nothing moves where nothing changed."""
        if labels != self.labels:
            self.beginResetModel()
            self.labels = labels
            self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.labels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        label = self.labels[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return label.name
        if role == Qt.ItemDataRole.UserRole:
            return label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (label.name, label.shortcut.upper()) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            first = label.guideline.strip().split("\n\n")[0]
            return plain_tip(shortened(f"{label.name}: {first}" if first else label.name, 160))
        return None


class _LabelCell(QStyledItemDelegate):
    """Draws a label as a cell of the grid: dot, name, key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return cell_size(option.fontMetrics)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        label: Label = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        palette, metrics = option.palette, option.fontMetrics
        states = QStyle.StateFlag
        if option.state & (states.State_MouseOver | states.State_HasFocus):
            ground = palette.color(QPalette.ColorRole.Text)
            ground.setAlphaF(0.07)
            painter.fillRect(option.rect, ground)
        pad = metrics.height() // 2
        area = option.rect.adjusted(pad, 0, -pad, 0)
        area = area.adjusted(draw_dot(painter, area, label.colour, metrics), 0, 0, 0)
        key = label.shortcut.upper()
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(scaled_font(option.font, 0.9))
        sides = Qt.AlignmentFlag
        painter.drawText(area, sides.AlignRight | sides.AlignVCenter, key)
        room = QRect(area).adjusted(0, 0, -metrics.height(), 0)
        painter.setFont(option.font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        name = metrics.elidedText(label.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, sides.AlignLeft | sides.AlignVCenter, name)
        painter.restore()


def cell_size(metrics: QFontMetrics) -> QSize:
    """The size of a label's cell: room for a name of ten letters."""
    return QSize(metrics.averageCharWidth() * 17, int(metrics.height() * 1.6))


class CodebookPanel(QWidget):
    """The labels in as many columns as fit; `picked` gives the one that was clicked."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = LabelList(self)
        em = self.fontMetrics().height()
        title = plain_label(self.tr("Codebook"), self, muted=True, scale=0.92)
        title.setContentsMargins(em // 2, em // 3, em // 2, em // 6)
        title.setSizePolicy(title.sizePolicy().Policy.Preferred, title.sizePolicy().Policy.Fixed)
        self.view = _Grid(self)
        self.view.setModel(self._model)
        self.view.setItemDelegate(_LabelCell(self.view))
        self.view.setAccessibleName(self.tr("Labels of the codebook"))
        self.view.clicked.connect(self._pick)
        self.view.activated.connect(self._pick)
        self._empty = plain_label(
            self.tr("This desk has no labels yet. Import a codebook to tag with."),
            self,
            wrap=True,
            muted=True,
        )
        self._empty.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(title)
        layout.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.view, 1)
        self.show_labels([])

    def show_labels(self, labels: list[Label]) -> None:
        """Show these labels."""
        self._model.show(labels)
        self._empty.setVisible(not labels)
        self.view.setVisible(bool(labels))

    @property
    def current(self) -> Label | None:
        """The label under the list's cursor, if the list has the focus."""
        index = self.view.currentIndex()
        return self._model.labels[index.row()] if index.isValid() and self.view.hasFocus() else None

    def sizeHint(self) -> QSize:
        cell = cell_size(self.fontMetrics())
        rows = -(-len(self._model.labels) // 2)
        return QSize(cell.width() * 2, min(max(rows, 2), 14) * cell.height() + 2 * cell.height())

    def _pick(self, index: Index) -> None:
        self.picked.emit(self._model.labels[index.row()])


class _Grid(QListView):
    """A list whose cells share the width evenly."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("bare")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event) -> None:
        cell = cell_size(self.fontMetrics())
        # Room for the scroll bar is always kept: else it comes and goes with what it makes fit.
        width = self.width() - self.verticalScrollBar().sizeHint().width() - 2
        columns = max(1, width // cell.width())
        self.setGridSize(QSize(width // columns, cell.height()))
        super().resizeEvent(event)
