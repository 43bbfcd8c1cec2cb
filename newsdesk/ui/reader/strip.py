"""The strip at the right edge: the whole article, its annotations, suggestions and open claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from newsdesk.model import Layer, Status
from newsdesk.ui.reader.marks import Mark
from newsdesk.ui.reader.styles import Style
from newsdesk.ui.theme import LIGHT, Theme

_PAD = 2  # pixels above and below
LANES = {
    Layer.ENTITY: 0,
    Layer.SOURCE: 0,
    Layer.CUE: 0,
    Layer.HEDGE: 0,
    Layer.QUOTE: 1,
    Layer.CLAIM: 2,
}
SUGGESTED = 3
COLUMNS = 4

Cell = tuple[int, int]


class Strip(QWidget):
    """A narrow picture of the article from first to last position; a click jumps there.

    Columns from the left: entities and the marks around quotes, quotes, claims in the colour of
    their state, and what is only suggested. A row holds the counts of what lies there, so that
    one mark more costs its own rows and no others.
    """

    jumped = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Overview of the article"))
        self.setAccessibleDescription(
            self.tr("Annotations, suggestions and claims from beginning to end; click to go there")
        )
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = LIGHT
        self._length = 1
        self._cells: dict[Cell, Counter[int]] = {}
        self._seen: tuple[float, float] = (0.0, 0.0)
        self._all: Callable[[], Iterable[tuple[Mark, Style]]] = list

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() + 2, 100)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours; `show_marks` follows."""
        self._theme = theme
        self.update()

    def show_marks(self, length: int, marks: Callable[[], Iterable[tuple[Mark, Style]]]) -> None:
        """Show an article of `length` positions; `marks` gives those that are to be seen."""
        self._length, self._all = max(1, length), marks
        self._count_all()

    def add(self, mark: Mark, style: Style, times: int = 1) -> None:
        """Count one mark in (1) or out (-1), and repaint its rows."""
        rows = self._count(mark, style, times)
        self.update(QRect(0, rows.start, self.width(), len(rows)))

    def show_view(self, first: float, last: float) -> None:
        """Frame what is on the screen now: shares of the article, 0 to 1."""
        if (first, last) != self._seen:
            self._seen = (first, last)
            self.update()

    def row_of(self, position: int) -> int:
        """The row of pixels that a position falls on."""
        return _PAD + int(position / self._length * max(1, self.height() - 2 * _PAD - 1))

    def colours_at(self, row: int) -> dict[int, str]:
        """The colour of each column that something stands in, at a row of pixels."""
        found = {}
        for column in range(COLUMNS):
            cell = self._cells.get((row, column))
            if cell:
                found[column] = QColor.fromRgb(cell.most_common(1)[0][0]).name()
        return found

    def _count_all(self) -> None:
        self._cells.clear()
        for mark, style in self._all():
            self._count(mark, style, 1)
        self.update()

    def _count(self, mark: Mark, style: Style, times: int) -> range:
        proposed = mark.annotation.status is Status.PROPOSED
        column = SUGGESTED if proposed else LANES[mark.layer]
        colour = style.ink.rgb()
        rows = range(self.row_of(mark.start), self.row_of(mark.end - 1) + 1)
        for row in rows:
            cell = self._cells.get((row, column))
            if cell is None:
                cell = self._cells[row, column] = Counter()
            cell[colour] += times
            if cell[colour] <= 0:
                del cell[colour]
                if not cell:
                    del self._cells[row, column]
        return rows

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self._count_all()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, rect = self._theme, event.rect()
        painter.fillRect(rect, QColor(theme.page))
        painter.fillRect(QRect(0, rect.top(), 1, rect.height()), QColor(theme.rule))
        height = self.height() - 2 * _PAD
        first, last = (_PAD + round(share * height) for share in self._seen)
        if last > first:
            shade = QColor(theme.text)
            shade.setAlphaF(0.09)
            painter.fillRect(QRect(1, first, self.width() - 1, max(6, last - first)), shade)
        step = (self.width() - 3) / COLUMNS
        for row in range(rect.top(), rect.bottom() + 1):
            for column in range(COLUMNS):
                cell = self._cells.get((row, column))
                if cell:
                    colour = next(iter(cell)) if len(cell) == 1 else cell.most_common(1)[0][0]
                    x = 2 + round(column * step)
                    painter.fillRect(x, row, max(1, round(step) - 1), 1, QColor.fromRgb(colour))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._jump(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._jump(event)

    def _jump(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            share = (event.position().y() - _PAD) / max(1, self.height() - 2 * _PAD)
            self.jumped.emit(min(1.0, max(0.0, share)))
            event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
