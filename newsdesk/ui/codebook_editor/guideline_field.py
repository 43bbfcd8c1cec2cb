"""A label's guideline: written as Markdown at the left, shown as F1 shows it at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextBrowser, QWidget

from newsdesk.ui.guideline import write_guideline

_TYPED = 150  # milliseconds without a key after which the preview follows


class GuidelineField(QWidget):
    """Edits a guideline; `committed` gives the text once it is left, or at Ctrl+Enter."""

    committed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        em = self.fontMetrics().height()
        self.text = _Text(self)
        self.text.setAccessibleName(self.tr("Guideline, in Markdown"))
        self.text.setPlaceholderText(
            self.tr("What it marks and what not.\n\n**Right**\n\n- An **example**.")
        )
        self.text.left.connect(self.commit)
        self.preview = QTextBrowser(self)
        self.preview.setOpenLinks(False)
        self.preview.setAccessibleName(self.tr("The guideline as F1 shows it"))
        for part in (self.text, self.preview):
            part.setMinimumHeight(em * 9)
            part.setTabChangesFocus(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em // 2)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.preview, 1)
        self._was = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TYPED)
        self._soon.timeout.connect(self._show_preview)
        self.text.textChanged.connect(self._soon.start)
        self.setFocusProxy(self.text)

    def show_text(self, text: str) -> None:
        """Show what is stored; what is being typed is not disturbed by the same text again."""
        if text == self._was and self.text.document().isModified():
            return
        self._was = text
        if self.text.toPlainText() != text:
            self.text.setPlainText(text)
        self.text.document().setModified(False)
        self._show_preview()
        self.preview.verticalScrollBar().setValue(0)

    def commit(self) -> None:
        """Give the text, if it is another than before."""
        # Typed by the editor here, not read back from an article: no offsets hang on it.
        typed = self.text.toPlainText()
        if typed != self._was:
            self._was = typed
            self.text.document().setModified(False)
            self.committed.emit(typed)

    def _show_preview(self) -> None:
        self._soon.stop()
        typed = self.text.toPlainText().strip()
        bar = self.preview.verticalScrollBar()
        at = bar.value()
        write_guideline(
            self.preview.document(), typed or self.tr("The codebook says nothing of it yet.")
        )
        self.preview.moveCursor(QTextCursor.MoveOperation.Start)
        bar.setValue(at)


class _Text(QPlainTextEdit):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
