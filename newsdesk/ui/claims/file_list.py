"""A claim's file as one list: sections of rows, each of which leads somewhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

from newsdesk.ui.choices import ROOT, Index
from newsdesk.ui.claims.file_row import FileLine, FileRow, Sort


class FileList(QAbstractListModel):
    """The rows of a claim's file."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[FileLine] = []

    def show(self, lines: list[FileLine]) -> None:
        """Hold these rows instead."""
        self.beginResetModel()
        self._rows = lines
        self.endResetModel()

    @property
    def lines(self) -> list[FileLine]:
        """The rows, in order."""
        return list(self._rows)

    def line(self, row: int) -> FileLine:
        """A row."""
        return self._rows[row]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()].sort is Sort.NOTHING:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        line = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken
        return None


class FileView(QListView):
    """Shows a claim's file; `chosen` says that another row is, `wanted` asks to open one."""

    chosen = Signal()
    wanted = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FileList(self)
        self.setObjectName("plain")
        self.setAccessibleName(name)
        self.setItemDelegate(FileRow(self))
        self.setModel(self.rows)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        palette = QApplication.palette()
        palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())

    def show_lines(self, lines: list[FileLine], *, fresh: bool) -> None:
        """Show these; where it is the same claim's file, the place in it stays, and the row at
        hand stays where it was seen."""
        was, row = self.current, self.currentIndex().row()
        bar, place = self.verticalScrollBar(), self.visualRect(self.currentIndex())
        scrolled, seen = bar.value(), self.viewport().rect().intersects(place)
        self.rows.show(lines)
        if fresh or was is None:
            self.scrollToTop()
            return
        same = [at for at, line in enumerate(lines) if _same(line, was)]
        at = same[0] if same else min(max(row, 0), len(lines) - 1)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at))
        self.doItemsLayout()
        bar.setValue(scrolled)
        if seen:
            bar.setValue(scrolled + self.visualRect(self.currentIndex()).top() - place.top())

    @property
    def current(self) -> FileLine | None:
        """The row at hand."""
        row = self.currentIndex().row()
        return self.rows.line(row) if 0 <= row < self.rows.rowCount() else None

    def go_to(self, sort: Sort, text: str = "") -> None:
        """Go to the first row of a sort, or to the section that it would stand in."""
        for row, line in enumerate(self.rows.lines):
            if line.sort is sort and text in line.text:
                self.setCurrentIndex(self.rows.index(row))
                self.scrollTo(self.rows.index(row), QAbstractItemView.ScrollHint.PositionAtTop)
                return

    def step_section(self, by: int) -> None:
        """Go to the next section, or the one before."""
        heads = [at for at, line in enumerate(self.rows.lines) if line.sort is Sort.HEAD]
        now = self.currentIndex().row()
        beyond = [at for at in heads if (at > now if by > 0 else at < now)]
        if beyond:
            at = beyond[0] if by > 0 else beyond[-1]
            self.setCurrentIndex(self.rows.index(at))
            self.scrollTo(self.rows.index(at), QAbstractItemView.ScrollHint.PositionAtTop)

    def keyboardSearch(self, typed: str) -> None:
        """Letters are acts here, and lead nowhere: see `LongList.finds_by_letter`."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton or not plain:
            return
        # Rows that can be worked on are chosen by a click; an appearance is read.
        if self.rows.line(index.row()).sort is Sort.APPEARANCE:
            self.wanted.emit(self.rows.line(index.row()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if self.current is not None and self.current.sort is not Sort.APPEARANCE:
            self.wanted.emit(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.current is not None:
            self.wanted.emit(self.current)
        else:
            super().keyPressEvent(event)


def _same(line: FileLine, other: FileLine) -> bool:
    if line.sort is not other.sort or line.sort is Sort.NOTHING:
        return False
    ids = [getattr(one.value, "id", None) for one in (line, other)]
    if ids[0] is not None or ids[1] is not None:
        return ids[0] == ids[1] and line.indent == other.indent
    return (line.text, line.annotation, line.claim) == (other.text, other.annotation, other.claim)
