"""The five steps of the first start: ticked by being done, and put away for good by a button."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.ui.icons import icon, tinted
from newsdesk.ui.plain import plain_label, plain_tip

STEPS = ("open", "tag", "quote", "undo", "export")
"""The names of the steps, as the preferences remember them."""
HIDDEN = "hidden"
"""Remembered beside the steps once the list was put away."""


def step_texts() -> dict[str, str]:
    """What to do, step by step."""
    said = QCoreApplication.translate
    return {
        "open": said("Checklist", "Open an article in the library"),
        "tag": said("Checklist", "Select a name and press 1: it is tagged as a person"),
        "quote": said("Checklist", "Select what somebody says, press Q; then who says it, press S"),
        "undo": said("Checklist", "Press Ctrl+Z: nothing is ever lost, not even over a restart"),
        "export": said("Checklist", "Export what you tagged as JSON with Ctrl+E"),
    }


class Checklist(QFrame):
    """Shows the steps and ticks what was done; `changed` gives what is to be remembered."""

    changed = Signal(object)

    def __init__(self, done: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._done = dict.fromkeys(done)
        em = self.fontMetrics().height()
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Put the first steps away"))
        self._close.setToolTip(plain_tip(self.tr("Put away; the Help menu brings it back")))
        self._close.clicked.connect(self.put_away)
        self._title = plain_label(self.tr("First steps"), self, bold=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(em // 2)
        grid.setVerticalSpacing(em // 5)
        grid.addWidget(self._title, 0, 0, 1, 2)
        grid.addWidget(self._close, 0, 2, Qt.AlignmentFlag.AlignRight)
        self._ticks: dict[str, QLabel] = {}
        self._texts: dict[str, QLabel] = {}
        for row, (name, text) in enumerate(step_texts().items(), start=1):
            self._ticks[name] = plain_label("", self)
            self._ticks[name].setFixedWidth(em + 4)
            self._texts[name] = plain_label(text, self, wrap=True)
            grid.addWidget(self._ticks[name], row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._texts[name], row, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em * 2 // 3, em // 2, em // 2, em // 2)
        layout.addLayout(grid)
        self.setAccessibleName(self.tr("First steps"))
        self.setVisible(HIDDEN not in self._done)

    @property
    def done(self) -> tuple[str, ...]:
        """What was done so far."""
        return tuple(self._done)

    def tick(self, name: str) -> None:
        """A step was done."""
        if name not in self._done:
            self._done[name] = None
            self.tint(QApplication.palette())
            self.changed.emit(self.done)

    def put_away(self) -> None:
        """Hide the list, for good."""
        self._done[HIDDEN] = None
        self.hide()
        self.changed.emit(self.done)

    def bring_back(self) -> None:
        """Show the list again."""
        self._done.pop(HIDDEN, None)
        self.show()
        self.changed.emit(self.done)

    def tint(self, palette: QPalette) -> None:
        """Draw the ticks in the palette's colours."""
        em, ratio = self.fontMetrics().height(), self.devicePixelRatioF()
        self._close.setIcon(icon("close", palette))
        for name, tick in self._ticks.items():
            done = name in self._done
            colour = palette.highlight().color() if done else palette.placeholderText().color()
            tick.setPixmap(tinted("accept" if done else "step", colour, em, ratio))
            said = self.tr("done") if done else self.tr("to do")
            tick.setAccessibleName(said)
            self._texts[name].setEnabled(not done)
