"""The codebook as rows: each layer with its labels in order, those out of use at its end."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from newsdesk.model import Label, Layer
from newsdesk.ui.choices import ROOT, Index, draw_dot
from newsdesk.ui.plain import scaled_font

Row = Layer | Label


class LabelRows(QAbstractListModel):
    """Layers as headings, labels beneath them; `words` filters by name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels: list[Label] = []
        self._use: dict[str, int] = {}
        self._words = ""
        self.rows: list[Row] = []

    def show(self, labels: list[Label], use: dict[str, int]) -> None:
        """Show these labels; the rows stay where only their contents changed."""
        self._labels, self._use = labels, use
        self._lay_out()

    def filter(self, words: str) -> None:
        """Show only labels whose name has these words."""
        self._words = words.casefold().strip()
        self._lay_out()

    def row_of(self, id: str) -> int:
        """The row of a label, -1 where it is not shown."""
        for row, one in enumerate(self.rows):
            if isinstance(one, Label) and one.id == id:
                return row
        return -1

    def _lay_out(self) -> None:
        rows: list[Row] = []
        for layer in Layer:
            mine = [
                one
                for one in self._labels
                if one.layer is layer and self._words in one.name.casefold()
            ]
            if mine:
                rows += [layer, *sorted(mine, key=lambda one: one.retired)]
        if [_key(one) for one in rows] == [_key(one) for one in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    # What Qt asks

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], Label):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.UserRole + 1:
            return self._detail(row) if isinstance(row, Label) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name if isinstance(row, Label) else layer_name(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(row, Layer):
                return layer_name(row)
            parts = (row.name, layer_name(row.layer), self._detail(row), row.shortcut.upper())
            return ", ".join(part for part in parts if part)
        return None

    def _detail(self, label: Label) -> str:
        """How much it tags, or that it is out of use."""
        used = f"{self._use.get(label.id, 0):,}"
        if not label.retired:
            return used
        return f"{used} · " + QCoreApplication.translate("LabelRows", "retired")


class LabelCell(QStyledItemDelegate):
    """Draws a heading, or a label: dot, name, how much it tags, key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = option.fontMetrics.height()
        return QSize(height * 12, int(height * 1.65))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        pad = option.fontMetrics.height() // 2
        area = option.rect.adjusted(pad, 0, -pad, 0)
        sides = Qt.AlignmentFlag
        if isinstance(row, Label):
            self._label(painter, option, index, area, row)
        else:
            painter.setFont(scaled_font(option.font, 0.88, bold=True))
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            side = sides.AlignLeft | sides.AlignBottom
            painter.drawText(area.adjusted(0, 0, 0, -pad // 3), side, layer_name(row))
        painter.restore()

    @staticmethod
    def _label(
        painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect, label: Label
    ) -> None:
        metrics, palette, sides = option.fontMetrics, option.palette, Qt.AlignmentFlag
        if option.state & QStyle.StateFlag.State_Selected:
            ground = QApplication.palette().color(QPalette.ColorRole.Highlight)
            ground.setAlphaF(0.22)
            painter.fillRect(option.rect, ground)
        pale = palette.color(QPalette.ColorRole.PlaceholderText)
        area = area.adjusted(draw_dot(painter, area, label.colour, metrics), 0, 0, 0)
        painter.setPen(pale)
        key = metrics.averageCharWidth() * 3
        painter.drawText(area, sides.AlignRight | sides.AlignVCenter, label.shortcut.upper())
        area = area.adjusted(0, 0, -key, 0)
        detail = index.data(Qt.ItemDataRole.UserRole + 1)
        painter.setFont(scaled_font(option.font, 0.88))
        painter.drawText(area, sides.AlignRight | sides.AlignVCenter, detail)
        area = area.adjusted(0, 0, -metrics.horizontalAdvance(detail) - key // 2, 0)
        font = scaled_font(option.font, 1.0)
        font.setItalic(label.retired)
        painter.setFont(font)
        painter.setPen(pale if label.retired else QColor(palette.color(QPalette.ColorRole.Text)))
        name = metrics.elidedText(label.name, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, sides.AlignLeft | sides.AlignVCenter, name)


def layer_name(layer: Layer) -> str:
    """A layer in the editor's language."""
    names = {
        Layer.ENTITY: QCoreApplication.translate("layers", "Entities"),
        Layer.QUOTE: QCoreApplication.translate("layers", "Quotes"),
        Layer.CLAIM: QCoreApplication.translate("layers", "Claims"),
        Layer.SOURCE: QCoreApplication.translate("layers", "Sources"),
        Layer.CUE: QCoreApplication.translate("layers", "Cues"),
        Layer.HEDGE: QCoreApplication.translate("layers", "Hedges"),
    }
    return names[layer]


def _key(row: Row) -> str:
    return row.id if isinstance(row, Label) else row.value
