"""The bar that finds words in the open article, as they are typed: n of m."""

from __future__ import annotations

import re
from bisect import bisect_left

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from newsdesk.model import Span
from newsdesk.ui.icons import icon
from newsdesk.ui.plain import plain_label, plain_tip

MOST = 100_000
"""Matches that are counted; a text of a million commas needs no more."""
_PAUSE = 60  # milliseconds after the last letter before a long text is searched


def matches(text: str, words: str) -> list[Span]:
    """Where `words` stand in a text, in code points, whatever their case; at most `MOST`."""
    if not words:
        return []
    found: list[Span] = []
    for match in re.finditer(re.escape(words), text, re.IGNORECASE):
        found.append(Span(*match.span()))
        if len(found) == MOST:
            break
    return found


class FindBar(QFrame):
    """Searches the text that it is given; `found` gives the span to be shown, None for none."""

    found = Signal(object)
    closed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self._text = ""
        self._start = 0
        self._matches: list[Span] = []
        self._at = -1
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(self.tr("Find in this article"))
        self._field.setAccessibleName(self.tr("Find in this article"))
        self._field.setClearButtonEnabled(True)
        self._count = plain_label("", self, muted=True)
        em = self.fontMetrics().height()
        self._count.setMinimumWidth(self.fontMetrics().averageCharWidth() * 12)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(em, em // 3, em // 2, em // 3)
        layout.addWidget(self._field, 1)
        layout.addWidget(self._count)
        self._buttons: dict[str, QToolButton] = {}
        for name, tip, do in (
            ("previous", self.tr("Previous match"), lambda: self.step(-1)),
            ("next", self.tr("Next match"), lambda: self.step(1)),
            ("close", self.tr("Close the find bar"), self.close_bar),
        ):
            button = QToolButton(self)
            button.setAccessibleName(tip)
            button.setToolTip(plain_tip(tip))
            button.clicked.connect(do)
            layout.addWidget(button)
            self._buttons[name] = button
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._search)
        self._field.textEdited.connect(lambda _: self._pause.start())
        self._field.installEventFilter(self)
        self.hide()

    @property
    def has_matches(self) -> bool:
        """Whether there is anything to step through."""
        return bool(self._matches)

    def tint(self, palette: QPalette) -> None:
        """Draw the buttons in the palette's colours."""
        for name, button in self._buttons.items():
            button.setIcon(icon(name, palette))

    def set_text(self, text: str) -> None:
        """Search this text from now on."""
        self._text = text
        self._matches, self._at = [], -1
        if self.isVisible() and self._field.text():
            self._search(show=False)
        else:
            self._say()

    def open(self, words: str = "", start: int = 0) -> None:
        """Show the bar, with these words if there are any, searching from code point `start`."""
        self._start = start
        if words:
            self._field.setText(words)
        self.show()
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._field.text():
            self._search(show=False)

    def close_bar(self) -> None:
        """Hide the bar; what was found stays selected."""
        self.hide()
        self.closed.emit()

    def step(self, by: int) -> None:
        """Go to the next match, or with -1 to the one before; around the ends."""
        self._flush()
        if not self._matches:
            return
        self._at = (self._at + by) % len(self._matches)
        self._say()
        self.found.emit(self._matches[self._at])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._flush()
                self.close_bar()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.step(-1 if back else 1)
                return True
        return False

    def _flush(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._search()

    def _search(self, show: bool = True) -> None:
        self._matches = matches(self._text, self._field.text())
        self._at = -1
        if self._matches:
            self._at = bisect_left(self._matches, Span(self._start, 0)) % len(self._matches)
            if show:
                self.found.emit(self._matches[self._at])
            else:
                self._at -= 1
        self._say()

    def _say(self) -> None:
        if not self._field.text():
            said = ""
        elif not self._matches:
            said = self.tr("Not found")
        elif self._at < 0:
            said = self.tr("{0} found").format(f"{len(self._matches):,}")
        else:
            said = self.tr("{0} of {1}").format(f"{self._at + 1:,}", f"{len(self._matches):,}")
        self._count.setText(said)
        self._count.setAccessibleName(said)
        self.changed.emit()
