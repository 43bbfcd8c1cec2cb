"""The strip at the right edge: the whole article, its annotations, suggestions and open claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from newsdesk.ui.reader.marks import Mark
from newsdesk.ui.reader.styles import Style
from newsdesk.ui.theme import LIGHT, Theme

_PAD = 2  # pixels above and below
COLUMNS = 4
_MOMENT = 15  # milliseconds: the marks are counted when the text has been painted
_AT_ONCE = 4_000  # marks that are counted without a pause: some milliseconds

Seen = Iterable[tuple[Mark, Style]]


class Strip(QWidget):
    """A narrow picture of the article from first to last letter; a click jumps there.

    Columns from the left: entities and the marks around quotes, quotes, claims in the colour of
    their state, and what is only suggested. A row of pixels holds the counts of what lies there,
    so that one mark more costs its own rows and no others.
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
        # For each row and column how many marks there are of each colour.
        self._cells: dict[int, dict[int, int]] = {}
        self._counted = False
        self._uncounted: Iterator[tuple[Mark, Style]] | None = None
        self._picture: QPixmap | None = None
        self._drawn_for: Theme | None = None
        self._stale: set[int] | None = None
        self._seen: tuple[float, float] = (0.0, 0.0)
        self._all: Callable[[], Seen] = list
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._catch_up)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() + 2, 100)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours; `show_marks` follows."""
        self._theme = theme
        self._forget()

    def show_marks(self, length: int, marks: Callable[[], Seen]) -> None:
        """Show an article of `length` code points; `marks` gives those that are to be seen.

        They are drawn a moment later than the text; until then what was there stays.
        """
        self._length, self._all = max(1, length), marks
        self._forget()

    def add(self, mark: Mark, style: Style, times: int = 1) -> None:
        """Count one mark in (1) or out (-1), and repaint its rows."""
        if not self._counted:
            self._forget()  # it will be counted with all the others
            return
        rows = self._count([(mark, style)], times)
        if self._stale is not None:
            self._stale.update(rows)
        self.update(QRect(0, rows.start, self.width(), len(rows)))

    def show_view(self, first: float, last: float) -> None:
        """Frame what is on the screen now: shares of the article, 0 to 1."""
        if (first, last) != self._seen:
            self.update(self._frame())
            self._seen = (first, last)
            self.update(self._frame())

    def row_of(self, offset: int) -> int:
        """The row of pixels that a code point falls on."""
        return _PAD + int(offset / self._length * max(1, self.height() - 2 * _PAD - 1))

    def colours_at(self, row: int) -> dict[int, str]:
        """The colour of each column that something stands in, at a row of pixels."""
        self._count_all()
        cells = ((column, self._cells.get(row * COLUMNS + column)) for column in range(COLUMNS))
        return {column: QColor(_commonest(cell)).name() for column, cell in cells if cell}

    def _forget(self) -> None:
        self._counted, self._uncounted = False, None
        self._later.start(_MOMENT)

    def _catch_up(self) -> None:
        """Count some more of the marks: all at once would hold the window up."""
        if self._uncounted is None:
            self._cells.clear()
            self._uncounted = iter(self._all())
        some = list(islice(self._uncounted, _AT_ONCE))
        self._count(some, 1)
        if len(some) == _AT_ONCE:
            self._later.start(0)
            return
        self._counted, self._stale, self._uncounted = True, None, None
        self.update()

    def _count_all(self) -> None:
        while not self._counted:
            self._later.stop()
            self._catch_up()

    def _count(self, seen: Seen, times: int) -> range:
        """Count marks in or out; gives the rows of the last one."""
        cells = self._cells
        share = max(1, self.height() - 2 * _PAD - 1) / self._length
        first = last = 0
        for mark, style in seen:
            column, colour = style.column, style.rgb
            first = _PAD + int(mark.start * share)
            last = _PAD + int((mark.end - 1) * share)
            for key in range(first * COLUMNS + column, last * COLUMNS + column + 1, COLUMNS):
                cell = cells.get(key)
                if cell is None:
                    cells[key] = {colour: times}
                else:
                    cell[colour] = cell.get(colour, 0) + times
        if times < 0:
            self._drop_empty(range(first * COLUMNS, (last + 1) * COLUMNS))
        return range(first, last + 1)

    def _drop_empty(self, keys: range) -> None:
        for key in keys:
            cell = self._cells.get(key)
            if cell is not None:
                kept = {colour: count for colour, count in cell.items() if count > 0}
                if kept:
                    self._cells[key] = kept
                else:
                    del self._cells[key]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = self._drawn() if self._counted else self._picture
        painter = QPainter(self)
        if not self._counted:
            self._draw_ground(painter, 0, self.height())
        if picture is not None and self._drawn_for is self._theme:
            painter.drawPixmap(0, 0, picture)
        frame = self._frame()
        shade = QColor(self._theme.text)
        shade.setAlphaF(0.10)
        painter.fillRect(frame, shade)

    def _frame(self) -> QRect:
        height = self.height() - 2 * _PAD
        first, last = (_PAD + round(share * height) for share in self._seen)
        return QRect(1, first, self.width() - 1, max(6, last - first)) if last > 0 else QRect()

    def _drawn(self) -> QPixmap:
        """The strip without its frame; only rows that changed are drawn again."""
        picture = self._picture
        if picture is None or self._is_out_of_date():
            ratio = self.devicePixelRatioF()
            picture = self._picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            self._drawn_for, self._stale = self._theme, None
        if self._stale != set():
            painter = QPainter(picture)
            if self._stale is None:
                self._draw_ground(painter, 0, self.height())
                self._draw_cells(painter, self._cells)
            else:
                for row in self._stale:
                    self._draw_ground(painter, row, 1)
                    keys = range(row * COLUMNS, (row + 1) * COLUMNS)
                    self._draw_cells(painter, [key for key in keys if key in self._cells])
            painter.end()
            self._stale = set()
        return picture

    def _is_out_of_date(self) -> bool:
        """Whether the picture is of another size or in other colours than the strip now."""
        ratio, picture = self.devicePixelRatioF(), self._picture
        if picture is None or self._drawn_for is not self._theme:
            return True
        return picture.devicePixelRatio() != ratio or picture.size() != self.size() * ratio

    def _draw_ground(self, painter: QPainter, row: int, rows: int) -> None:
        painter.fillRect(0, row, self.width(), rows, QColor(self._theme.page))
        painter.fillRect(0, row, 1, rows, QColor(self._theme.rule))

    def _draw_cells(self, painter: QPainter, keys: Iterable[int]) -> None:
        step = (self.width() - 3) / COLUMNS
        wide = max(1, round(step) - 1)
        for key in keys:
            row, column = divmod(key, COLUMNS)
            colour = QColor(_commonest(self._cells[key]))
            painter.fillRect(2 + round(column * step), row, wide, 1, colour)

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


def _commonest(cell: dict[int, int]) -> int:
    if len(cell) == 1:
        return next(iter(cell))
    return max(cell, key=lambda colour: (cell[colour], colour))
