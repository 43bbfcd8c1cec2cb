"""The small form that narrows a filter, over the window until Esc or a click elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model import NewsdeskError
from newsdesk.model.filters import Filter
from newsdesk.ui.finding.criteria import Criterion, Kind
from newsdesk.ui.inspector.form import Choices, Form
from newsdesk.ui.plain import plain_label

Values = list[tuple[Any, str]]
"""The values that a criterion can be narrowed to, with the words that say so."""
SEVERAL = "…"


class FilterForm(QFrame):
    """One row a criterion; `changed` gives the filter whenever an answer has changed."""

    changed = Signal(object)
    left = Signal()

    def __init__(self, window: QWidget, criteria: list[Criterion]) -> None:
        super().__init__(window)
        self._criteria = {one.field: one for one in criteria}
        self._fields: dict[str, QComboBox | QLineEdit] = {}
        self._filter: Any = None
        self._before: QWidget | None = None
        self.setObjectName("popup")
        self.setAutoFillBackground(True)
        self._wrong = plain_label("", self, wrap=True)
        self._wrong.hide()
        self._lay_out(self.fontMetrics().height())
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._focus_moved)
        self.hide()

    def _lay_out(self, em: int) -> None:
        page = QWidget(self)
        form = Form(em)
        page.setLayout(form)
        for at, criterion in enumerate(self._criteria.values()):
            field = self._field(criterion)
            self._fields[criterion.field] = field
            form.row(at, criterion.title, field)
            field.installEventFilter(self)
        scroll = QScrollArea(self)
        scroll.setObjectName("plain")
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        for part in (page, scroll.viewport()):
            part.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em * 2 // 3, em * 2 // 3, em * 2 // 3, em * 2 // 3)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._wrong)
        self._page = page

    def _field(self, criterion: Criterion) -> QComboBox | QLineEdit:
        if criterion.kind in (Kind.ANY_OF, Kind.FLAG):
            choice = Choices(self, [], empty=False)
            policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            choice.setSizeAdjustPolicy(policy)
            choice.setMinimumContentsLength(18)
            choice.activated.connect(lambda _: self._answer(criterion, choice.currentData()))
            return choice
        line = QLineEdit(self)
        if criterion.kind is Kind.DATE:
            line.setPlaceholderText(self.tr("2017-07-22, 2017-07 or 2017"))
        elif criterion.kind is Kind.SHARE:
            line.setPlaceholderText(self.tr("per cent"))
        line.editingFinished.connect(lambda: self._answer(criterion, line.text().strip()))
        return line

    def open(self, filter: Filter, below: QWidget) -> None:
        """Show a filter under a widget of the window, and take the keyboard."""
        if not self.isVisible():
            self._before = below
        self.show_filter(filter)
        self._place(below)
        self.show()
        self.raise_()
        next(iter(self._fields.values())).setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close, and give the focus back."""
        if self.isVisible():
            before, self._before = self._before, None
            self.hide()
            if before is not None and before.isVisible():
                before.setFocus(Qt.FocusReason.PopupFocusReason)
            self.left.emit()

    def show_filter(self, filter: Filter) -> None:
        """Show what a filter says."""
        self._filter = filter
        self._wrong.hide()
        for name, field in self._fields.items():
            criterion = self._criteria[name]
            value = criterion.of(filter)
            if isinstance(field, QComboBox):
                _show_value(field, criterion, filter)
            elif criterion.kind is Kind.SHARE:
                field.setText("" if value is None else f"{value * 100:g}")
            else:
                field.setText(value)

    def show_values(self, values: Callable[[Criterion], Values]) -> None:
        """Offer these values; what is chosen stays."""
        for name, field in self._fields.items():
            criterion = self._criteria[name]
            if not isinstance(field, QComboBox):
                continue
            was = field.currentData()
            field.blockSignals(True)
            field.clear()
            field.addItem(self.tr("Any"), None)
            if criterion.kind is Kind.FLAG:
                offered: Values = list(criterion.names.items())
            else:
                offered = values(criterion)
            for value, text in offered:
                field.addItem(text, value)
            field.setCurrentIndex(max(0, field.findData(was)))
            field.blockSignals(False)
            if self._filter is not None:
                _show_value(field, criterion, self._filter)

    def _answer(self, criterion: Criterion, value: Any) -> None:
        if self._filter is None or value == SEVERAL:
            return
        try:
            made = self._answered(criterion, value)
        except NewsdeskError as error:
            self._wrong.setText(str(error))
            self._wrong.show()
            return
        self._wrong.hide()
        if made != self._filter:
            self._filter = made
            self.changed.emit(made)

    def _answered(self, criterion: Criterion, value: Any) -> Any:
        if value in (None, ""):
            return criterion.cleared(self._filter)
        if criterion.kind is Kind.ANY_OF:
            value = (value,)
        elif criterion.kind is Kind.SHARE:
            value = _share(value, self.tr("“{0}” is no number; write per cent, such as 60."))
        return criterion.put(self._filter, value)

    def _place(self, below: QWidget) -> None:
        window = below.window()
        em = self.fontMetrics().height()
        width = min(em * 24, window.width() - 20)
        height = min(self._page.sizeHint().height() + em * 3, window.height() - 40)
        corner = below.mapTo(window, QPoint(0, below.height() + 4))
        x = max(10, min(corner.x(), window.width() - width - 10))
        y = max(10, min(corner.y(), window.height() - height - 10))
        self.setGeometry(x, y, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if isinstance(watched, QLineEdit):
                    watched.editingFinished.emit()
                if not self._wrong.isVisible():
                    self.leave()
                return True
        return False

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        # A click elsewhere in the window leaves; the list of a choice or another window does not.
        if not self.isVisible() or now is None or self.isAncestorOf(now):
            return
        if now.window() is self.window() and now is not self._before:
            self._before = None
            self.leave()


def _show_value(field: QComboBox, criterion: Criterion, filter: Filter) -> None:
    value = criterion.of(filter)
    if criterion.kind is Kind.ANY_OF:
        if len(value) > 1:
            if field.findData(SEVERAL) < 0:
                field.addItem(criterion.said(filter), SEVERAL)
            field.setItemText(field.findData(SEVERAL), criterion.said(filter))
            field.setCurrentIndex(field.findData(SEVERAL))
            return
        value = value[0] if value else None
    at = field.findData(value)
    if at < 0 and value is not None:
        field.addItem(criterion.said(filter), value)
        at = field.count() - 1
    field.setCurrentIndex(max(0, at))


def _share(text: str, wrong: str) -> float:
    try:
        return float(text.rstrip(" %").replace(",", ".")) / 100
    except ValueError:
        raise NewsdeskError(wrong.format(text)) from None
