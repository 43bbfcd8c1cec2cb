"""Fields for a few lines of text: one inside a panel, and one that pops up over the text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from newsdesk.ui.plain import plain_label


class NoteField(QPlainTextEdit):
    """A few lines that are committed by Enter or by leaving; Esc puts back what was there.

    Shift+Enter breaks the line.
    """

    committed = Signal(str)
    left = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._was = ""
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(3)
        height = self.fontMetrics().lineSpacing() * lines + 2 * self.frameWidth() + 8
        self.setFixedHeight(height)

    def show_text(self, text: str) -> None:
        """Show what is stored; what is being typed is not disturbed by the same text again."""
        if text == self._was and self.document().isModified():
            return
        self._was = text
        if self.toPlainText() != text:
            self.setPlainText(text)
        self.document().setModified(False)

    def commit(self) -> None:
        """Give the text, if it is another than before."""
        # Typed by the editor here, not read back from an article: no offsets hang on it.
        typed = self.toPlainText().strip()
        if typed != self._was:
            self._was = typed
            self.document().setModified(False)
            self.committed.emit(typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.commit()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._was)
            self.document().setModified(False)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()


class NoteBox(QFrame):
    """A note over the text, inside the window: Enter keeps it, Esc leaves it as it was."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("popup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._committed: Callable[[str], object] = lambda text: None
        self._before: QWidget | None = None
        self._title = plain_label("", self, muted=True)
        self._field = NoteField(4, self)
        self._field.setAccessibleName(self.tr("Note"))
        layout = QVBoxLayout(self)
        gap = self.fontMetrics().height() // 2
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap // 2)
        layout.addWidget(self._title)
        layout.addWidget(self._field)
        self._field.committed.connect(self._keep)
        self._field.left.connect(self.leave)
        self.hide()

    def ask(self, title: str, text: str, at: QPoint, committed: Callable[[str], object]) -> None:
        """Open at a point of the window."""
        self._committed, self._before = committed, QApplication.focusWidget()
        self._title.setText(title)
        self._field.show_text(text)
        self._field.selectAll()
        window = self._window
        self.setFixedWidth(min(self.fontMetrics().averageCharWidth() * 44, window.width() - 20))
        self.adjustSize()
        x = min(max(at.x(), 10), window.width() - self.width() - 10)
        y = min(max(at.y(), 10), window.height() - self.height() - 10)
        self.move(x, y)
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Close, and give the focus back."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, text: str) -> None:
        committed = self._committed
        self._committed = lambda text: None
        committed(text)
        self.leave()
