"""A small panel with a slider for each label: how sure a suggestion must be to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model import Label
from newsdesk.ui.inspector.heading import dot_icon
from newsdesk.ui.plain import ElidedLabel, counted, plain_label
from newsdesk.ui.suggestions.thresholds import HIGHEST, Thresholds
from newsdesk.ui.suggestions.words import said_below

EVERY = ""
"""What stands for every label at once."""


class _Slider(QSlider):
    """A slider that the wheel turns only where it was asked."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ThresholdPanel(QFrame):
    """Lies over the window, so that the text stays where it is; `moved` gives a label's id, or
    `EVERY`, and the per cent that its slider was moved to."""

    moved = Signal(str, int)
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self._rows: dict[str, tuple[_Slider, ElidedLabel]] = {}
        self.setObjectName("popup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Confidence thresholds"))
        em = self.fontMetrics().height()
        self._high = em * 3 // 2
        self._inside = QWidget(self)
        self._grid = self._rows_grid(em)
        self._area = self._scrolled()
        self._lay_out(em)
        self.hide()

    def _rows_grid(self, em: int) -> QGridLayout:
        widest = self.fontMetrics().horizontalAdvance(self.tr("{0} %").format("00 · 000 of 000 "))
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, em // 2, 0)
        grid.setHorizontalSpacing(em // 2)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(1, em * 6)
        grid.setColumnMinimumWidth(3, widest)
        return grid

    def _scrolled(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setObjectName("plain")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside)
        return area

    def _lay_out(self, em: int) -> None:
        head = plain_label(self.tr("Show suggestions from a confidence of"), self, bold=True)
        self._said = ElidedLabel(self, muted=True)
        everything = self._button(self.tr("Show all"), lambda: self.moved.emit(EVERY, 0))
        close = self._button(self.tr("Close"), self.leave)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(everything)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em * 2 // 3, em // 2, em * 2 // 3, em // 2)
        layout.setSpacing(em // 3)
        layout.addWidget(head)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._said)
        layout.addLayout(foot)

    def come(self, labels: Iterable[Label], at: QPoint) -> None:
        """Open with its right upper corner at a point of the window."""
        self._before = QApplication.focusWidget()
        self._fill(labels)
        em, window = self.fontMetrics().height(), self._window
        self.setFixedWidth(min(em * 26, window.width() - 20))
        rows = self._high * len(self._rows)
        self._area.setFixedHeight(min(rows, max(em * 6, window.height() - em * 14)))
        self.adjustSize()
        x = min(max(at.x() - self.width(), 10), window.width() - self.width() - 10)
        y = min(max(at.y(), 10), max(10, window.height() - self.height() - 10))
        self.move(x, y)
        self.show()
        self.raise_()
        self._rows[EVERY][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_values(self, thresholds: Thresholds, hidden: Mapping[str, tuple[int, int]]) -> None:
        """Show thresholds, and how many suggestions of each label wait and are hidden by them."""
        waiting = sum(count for count, _ in hidden.values())
        below = sum(count for _, count in hidden.values())
        for label, (slider, said) in self._rows.items():
            if label == EVERY:
                percents = {thresholds.of(one) for one in self._rows if one != EVERY}
                percent = percents.pop() if len(percents) == 1 else max(percents, default=0)
            else:
                percent = thresholds.of(label)
            slider.blockSignals(True)
            slider.setValue(percent)
            slider.blockSignals(False)
            some, none = hidden.get(label, (0, 0)) if label else (waiting, below)
            text = self.tr("{0} %").format(percent)
            if some:
                text += " · " + self.tr("{0} of {1}").format(f"{some - none:,}", f"{some:,}")
            said.show_text(text)
            slider.setAccessibleDescription(text)
        self._say(waiting, below)

    def _say(self, waiting: int, below: int) -> None:
        if not waiting:
            self._said.show_text(self.tr("No suggestions wait in this article."))
            return
        one, many = self.tr("1 suggestion shown"), self.tr("{0} suggestions shown")
        parts = [counted(waiting - below, one, many), said_below(below)]
        self._said.show_text(" · ".join(filter(None, parts)))

    def leave(self) -> None:
        """Close, and give the focus back."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave()
        else:
            super().keyPressEvent(event)

    # Inside

    def _fill(self, labels: Iterable[Label]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(at, 0)
        self._rows = {}
        self._row(EVERY, self.tr("Every label"), None)
        for label in labels:
            self._row(label.id, label.name, dot_icon(label.colour, 24))
        before: QWidget | None = None
        for slider, _ in self._rows.values():
            if before is not None:
                self.setTabOrder(before, slider)
            before = slider

    def _row(self, label: str, name: str, dot: QIcon | None) -> None:
        em, at = self.fontMetrics().height(), len(self._rows)
        if dot is not None:
            picture = plain_label("", self._inside)
            picture.setPixmap(dot.pixmap(QSize(em * 2 // 3, em * 2 // 3)))
            self._grid.addWidget(picture, at, 0)
        named = ElidedLabel(self._inside)
        named.show_text(name)
        slider = _Slider(Qt.Orientation.Horizontal, self._inside)
        slider.setRange(0, HIGHEST)
        slider.setPageStep(5)
        slider.setMinimumWidth(em * 6)
        slider.setAccessibleName(self.tr("Least confidence of {0}, in per cent").format(name))
        slider.valueChanged.connect(lambda percent: self.moved.emit(label, percent))
        said = ElidedLabel(self._inside, muted=True)
        self._grid.setRowMinimumHeight(at, self._high)
        self._grid.addWidget(named, at, 1)
        self._grid.addWidget(slider, at, 2)
        self._grid.addWidget(said, at, 3)
        self._rows[label] = slider, said

    def _button(self, text: str, do) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: do())
        return button
