"""Fields that are changed where they stand, in the panes of the Claims workspace."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


class Field(QLineEdit):
    """A line of text; `committed` gives it once it was changed and left.

    Undo and redo are the desk's where nothing was typed; Esc puts back what was there.
    """

    committed = Signal(str)
    left = Signal()

    def __init__(self, name: str, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._was = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.editingFinished.connect(self.commit)

    def show_text(self, text: str, *, fresh: bool) -> None:
        """Show what is stored; what is being typed stays, unless it is about another record."""
        if fresh or not (self.hasFocus() and self.isModified()):
            self._was = text
            self.setText(text)
            self.setCursorPosition(0)

    def commit(self) -> None:
        """Give what was typed, if anything was."""
        typed = " ".join(self.text().split())
        if self.isModified() and not self.isReadOnly() and typed != self._was:
            self.setModified(False)
            self._was = typed
            self.committed.emit(typed)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            undo = event.matches(keys.Undo) and not self.isUndoAvailable()
            redo = event.matches(keys.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._was)
            self.setModified(False)
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            self.left.emit()
        else:
            super().keyPressEvent(event)
