"""The fields of the inspector: one grid of names and widgets, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QWidget

from newsdesk.ui.plain import plain_label, plain_tip, shortened

NOTHING = "–"
"""What a choice shows where nothing is chosen."""


class Form(QGridLayout):
    """Rows of a name and a widget; all rows of all parts of the inspector share two columns."""

    def __init__(self, em: int) -> None:
        super().__init__()
        self.setColumnStretch(1, 1)
        self.setHorizontalSpacing(em // 2)
        self.setVerticalSpacing(em // 3)
        self.setContentsMargins(0, 0, 0, 0)

    def row(self, at: int, name: str, field: QWidget) -> QLabel:
        """Put a field on a row; the label that comes back is its buddy."""
        parent = self.parentWidget()
        label = plain_label(name, parent, muted=True)
        label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(name)
        top = field.sizeHint().height() > 3 * label.height()
        side = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
        self.addWidget(label, at, 0, side | Qt.AlignmentFlag.AlignLeft)
        self.addWidget(field, at, 1)
        return label

    def show_row(self, label: QLabel, shown: bool) -> None:
        """Show or hide a row as a whole."""
        label.setVisible(shown)
        field = label.buddy()
        if field is not None:
            field.setVisible(shown)

    def drop_row(self, label: QLabel) -> None:
        """Take a row away for good."""
        field = label.buddy()
        for widget in (label, field):
            if widget is not None:
                widget.hide()
                self.removeWidget(widget)
                widget.deleteLater()


class Choices(QComboBox):
    """A choice among words; the wheel scrolls the panel, not a field that was not asked."""

    def __init__(self, parent: QWidget | None, values: Iterable[str], *, empty: bool) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if empty:
            self.addItem(NOTHING, None)
        for value in values:
            self.addItem(value, value)

    def show_value(self, value: object) -> None:
        """Show what is stored; a value that the codebook no longer has is shown all the same."""
        at = self.findData(None if value in (None, "") else str(value))
        if at < 0:
            self.addItem(str(value), str(value))
            at = self.count() - 1
        self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Way(QPushButton):
    """Words that lead somewhere, drawn as a link."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setObjectName("link")
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(self.sizePolicy().Policy.Ignored, self.sizePolicy().Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Show words, cut to what the line holds."""
        self._words = " ".join(words.split())
        self.setToolTip(plain_tip(shortened(words, 400)))
        self.setAccessibleName(shortened(words, 200))
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        right = Qt.TextElideMode.ElideRight
        room = max(10, self.width() - 2)
        self.setText(self.fontMetrics().elidedText(self._words, right, room).replace("&", "&&"))
