"""A small field with a list under it, inside the window: type, arrows, Enter; Esc leaves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from newsdesk.ui.choices import Choice, ChoiceList, ChoiceRow
from newsdesk.ui.plain import plain_label

ROWS = 10
"""Rows shown at once."""

_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: ROWS - 1,
    Qt.Key.Key_PageUp: 1 - ROWS,
}

Look = Callable[[str], list[Choice]]


class Chooser(QFrame):
    """Offers what `look(typed)` gives, and calls `chosen(value)` with what was picked.

    It is a child of the window and not a dialog: leaving it, by Esc or by a click elsewhere,
    changes nothing, and the focus goes back to where it was.
    """

    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("popup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._look: Look = lambda typed: []
        self._chosen: Callable[[object], object] = lambda value: None
        self._before: QWidget | None = None
        self._field = QLineEdit(self)
        self._field.setClearButtonEnabled(False)
        self._model = ChoiceList(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(ChoiceRow(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(self.tr("Choices"))
        self._none = plain_label(self.tr("Nothing found"), self, muted=True)
        layout = QVBoxLayout(self)
        gap = self.fontMetrics().height() // 3
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        for widget in (self._field, self._list, self._none):
            layout.addWidget(widget)
        self._field.textEdited.connect(self._search)
        self._field.installEventFilter(self)
        self._list.clicked.connect(lambda index: self._pick(index.row()))
        self.hide()

    def offer(
        self,
        prompt: str,
        look: Look,
        chosen: Callable[[object], object],
        *,
        at: QPoint | None = None,
        typed: str = "",
        wide: int = 34,
    ) -> None:
        """Open, with `prompt` in the empty field; `at` is a point of the window, None its top.

        `wide` is in average characters.
        """
        self._look, self._chosen = look, chosen
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._field.setPlaceholderText(prompt)
        self._field.setAccessibleName(prompt)
        self._field.setText(typed)
        self._field.selectAll()
        self._search(typed)
        self._place(at, wide)
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close, and give the focus back."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.left.emit()

    @property
    def choices(self) -> list[Choice]:
        """What is offered now."""
        return [self._model.choice(row) for row in range(self._model.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            # A click elsewhere in the window leaves; another window in front does not.
            now = QApplication.focusWidget()
            if now is not None and now is not self._field:
                self._before = None
                self.leave()
        return False

    def _press(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._move(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self._list.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        return True

    def _search(self, typed: str) -> None:
        self._model.show(self._look(typed))
        found = self._model.rowCount() > 0
        self._list.setVisible(found)
        self._none.setVisible(not found)
        self._move(0)
        self._fit()

    def _move(self, by: int) -> None:
        count = self._model.rowCount()
        if not count:
            return
        row = min(max(self._list.currentIndex().row(), 0) + by, count - 1)
        row = max(row, 0)
        step = -1 if by < 0 else 1
        while 0 <= row < count and not self._model.choice(row).enabled:
            row += step
        if 0 <= row < count:
            self._list.setCurrentIndex(self._model.index(row))

    def _pick(self, row: int) -> None:
        if not 0 <= row < self._model.rowCount() or not self._model.choice(row).enabled:
            return
        value = self._model.choice(row).value
        self.leave()
        self._chosen(value)

    def _place(self, at: QPoint | None, wide: int) -> None:
        window = self._window
        width = min(self.fontMetrics().averageCharWidth() * wide, window.width() - 20)
        self.setFixedWidth(width)
        self._fit()
        if at is None:
            self.move((window.width() - width) // 2, window.height() // 9)
            return
        x = min(max(at.x(), 10), window.width() - width - 10)
        y = at.y()
        if y + self.height() > window.height() - 10:
            y = max(10, window.height() - self.height() - 10)
        self.move(x, y)

    def _fit(self) -> None:
        rows = min(self._model.rowCount(), ROWS)
        if rows:
            self._list.setFixedHeight(self._list.sizeHintForRow(0) * rows + 2)
        self.adjustSize()
