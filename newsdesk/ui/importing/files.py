"""The files of an import as a list: what each would bring, or what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from newsdesk.ui.choices import ROOT, Index
from newsdesk.ui.plain import counted, scaled_font

if TYPE_CHECKING:
    from newsdesk.desk.importing import Preview


@dataclass(slots=True)
class Candidate:
    """A file, the encoding and the columns chosen for it, what a look at it showed, and what was
    said of its articles instead."""

    path: Path
    encoding: str = ""
    preview: Preview | None = None
    columns: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Whether the desk has all of its articles already."""
        found = self.preview
        return bool(found and found.articles and all(one.known for one in found.articles))

    @property
    def alone(self) -> bool:
        """Whether it holds one article, and nothing is hidden."""
        found = self.preview
        return bool(found and found.complete and len(found.articles) == 1)

    @property
    def broken(self) -> bool:
        """Whether something in it can't be imported."""
        return self.preview is not None and self.preview.problem_count > 0


class FileList(QAbstractListModel):
    """Candidates in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.candidates: list[Candidate] = []

    def show(self, candidates: list[Candidate]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.candidates = candidates
        self.endResetModel()

    def looked_at(self, row: int, preview: Preview) -> None:
        """A file was looked at."""
        self.candidates[row].preview = preview
        self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.candidates)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        candidate = self.candidates[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return candidate.path.name
        if role == Qt.ItemDataRole.UserRole:
            return self.summary(candidate)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{candidate.path.name}, {self.summary(candidate)}"
        return None

    def summary(self, candidate: Candidate) -> str:
        """What a file would bring, in a few words."""
        found = candidate.preview
        if found is None:
            return self.tr("not looked at yet")
        if candidate.broken and not found.articles:
            return self.tr("can't be imported")
        if candidate.broken:
            one, many = self.tr("1 problem"), self.tr("{0} problems")
            wrong = counted(found.problem_count, one, many)
            return f"{self._articles(found)} · {wrong}"
        if candidate.known:
            return self.tr("in the library already")
        if not found.articles:
            if found.labels:
                return counted(len(found.labels), self.tr("1 label"), self.tr("{0} labels"))
            return self.tr("nothing to import")
        return self._articles(found)

    def _articles(self, found: Preview) -> str:
        if not found.complete:
            return self.tr("more than {0} articles").format(len(found.articles))
        return counted(len(found.articles), self.tr("1 article"), self.tr("{0} articles"))


class FileRow(QStyledItemDelegate):
    """Draws a file on two lines: its name, and what it would bring."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return QSize(line * 10, int(line * 2.6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        palette, metrics = option.palette, option.fontMetrics
        if option.state & QStyle.StateFlag.State_Selected:
            ground = palette.color(QPalette.ColorRole.Highlight)
            ground.setAlphaF(0.2)
            painter.fillRect(option.rect, ground)
        line = metrics.lineSpacing()
        area = option.rect.adjusted(line // 2, int(line * 0.3), -line // 2, 0)
        elide = Qt.TextElideMode
        name = metrics.elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), elide.ElideMiddle, area.width()
        )
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(area.left(), area.top() + metrics.ascent(), name)
        painter.setFont(scaled_font(option.font, 0.92))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        said = painter.fontMetrics().elidedText(
            index.data(Qt.ItemDataRole.UserRole), elide.ElideRight, area.width()
        )
        painter.drawText(area.left(), area.top() + line + metrics.ascent(), said)
        painter.restore()
