"""Messages that stay above the text until they are dealt with: what failed, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.ui.icons import icon, tinted
from newsdesk.ui.plain import plain_label

KEPT = 4
"""Messages shown at once; the oldest makes room."""


class MessageBar(QWidget):
    """The window's errors and notices, newest first, each with its own way out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.setAccessibleName(self.tr("Messages"))
        self.hide()

    @property
    def messages(self) -> list[str]:
        """What is said at the moment, newest first."""
        return [row.text for row in self._rows]

    def say(
        self,
        text: str,
        *,
        error: bool = True,
        act: str = "",
        do: Callable[[], object] | None = None,
    ) -> None:
        """Show a message, plain; `act` names a button that calls `do`."""
        if text in self.messages:
            return
        row = _Row(text, error=error, parent=self)
        if do is not None:
            row.add_button(act, do)
        row.close_button.clicked.connect(lambda: self._drop(row))
        self._rows.insert(0, row)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, row)
        for old in self._rows[KEPT:]:
            self._drop(old)
        self.show()

    def take_back(self, text: str) -> None:
        """Say this no longer: it has ceased to hold."""
        for row in [row for row in self._rows if row.text == text]:
            self._drop(row)

    def clear(self) -> None:
        """Take all messages away."""
        for row in list(self._rows):
            self._drop(row)

    def _drop(self, row: _Row) -> None:
        if row in self._rows:
            self._rows.remove(row)
            row.hide()
            row.deleteLater()
        self.setVisible(bool(self._rows))


class _Row(QFrame):
    def __init__(self, text: str, *, error: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = text
        self.setObjectName("error" if error else "notice")
        height = self.fontMetrics().height()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(height, height // 2, height // 2, height // 2)
        self._layout.setSpacing(height // 2)
        self._sign = QLabel(self)
        self._sign.setTextFormat(Qt.TextFormat.PlainText)
        name = "warning" if error else "info"
        ink, ratio = QApplication.palette().windowText().color(), self.devicePixelRatioF()
        self._sign.setPixmap(tinted(name, ink, height + 2, ratio))
        self._said = plain_label(text, self, wrap=True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.setAccessibleName(text)
        self.close_button = QToolButton(self)
        self.close_button.setIcon(icon("close", QApplication.palette()))
        self.close_button.setAutoRaise(True)
        self.close_button.setAccessibleName(self.tr("Dismiss the message"))
        copy = QPushButton(self.tr("Copy"), self)
        copy.setFlat(True)
        copy.setAccessibleName(self.tr("Copy the message"))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.text))
        self._layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addWidget(self._said, 1, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addWidget(copy, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_button(self, text: str, do: Callable[[], object]) -> None:
        button = QPushButton(text, self)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: do())
        self._layout.insertWidget(2, button, 0, Qt.AlignmentFlag.AlignVCenter)
