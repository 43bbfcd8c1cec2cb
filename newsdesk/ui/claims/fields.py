"""Fields of the Claims workspace: changed where they stand, or narrowing a list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from newsdesk.ui.icons import icon


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


class FilterField(QLineEdit):
    """A line of words that narrow a list: `emptied` by Esc, `entered` by Enter or the down key."""

    emptied = Signal()
    entered = Signal()

    def __init__(self, name: str, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self._magnifier = QAction(self)
        self.addAction(self._magnifier, QLineEdit.ActionPosition.LeadingPosition)

    def come(self) -> None:
        """Take the cursor."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def tint(self, palette: QPalette) -> None:
        """Draw its icon in the palette's colours."""
        self._magnifier.setIcon(icon("search", palette))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.emptied.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def dropped(mime: QMimeData) -> Path | str | None:
    """What was dropped as evidence: the first file, or an address."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    address = mime.text().strip()
    return files[0] if files else address if address.startswith(("http://", "https://")) else None
