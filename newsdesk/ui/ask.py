"""Every question that stops the editor goes through one object, so that tests can answer it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox, QWidget


class Ask:
    """Asks by dialogs. Whatever is cancelled gives an empty answer."""

    def files(self, parent: QWidget, title: str, filters: str = "") -> list[Path]:
        """Files to be opened."""
        found, _ = QFileDialog.getOpenFileNames(parent, title, "", filters)
        return [Path(one) for one in found]

    def file(self, parent: QWidget, title: str, filters: str = "") -> Path | None:
        """One file to be opened."""
        found, _ = QFileDialog.getOpenFileName(parent, title, "", filters)
        return Path(found) if found else None

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder to be read."""
        found = QFileDialog.getExistingDirectory(parent, title)
        return Path(found) if found else None

    def new_file(
        self, parent: QWidget, title: str, suggested: str, filters: str = ""
    ) -> Path | None:
        """A file to be written; whether an old one may go, the system has asked."""
        found, _ = QFileDialog.getSaveFileName(parent, title, suggested, filters)
        return Path(found) if found else None

    def sure(self, parent: QWidget, title: str, text: str, act: str) -> bool:
        """Whether to go on; `act` is what the button says."""
        box = QMessageBox(parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(title)
        # All in one: the box's other label, for «informative text», would guess at HTML.
        box.setText(f"{title}\n\n{text}")
        go = box.addButton(act, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is go

    def text(self, parent: QWidget, title: str, prompt: str, text: str) -> str:
        """A line of text."""
        typed, good = QInputDialog.getText(parent, title, prompt, text=text)
        return typed.strip() if good else ""

    def run(self, dialog: QDialog) -> bool:
        """Show a dialog until it is left; whether it was accepted."""
        return dialog.exec() == QDialog.DialogCode.Accepted


def typed_path(text: str) -> Path:
    """A path as an editor types it; `~somebody` whom this machine does not know stays as it is."""
    place = Path(text.strip())
    try:
        return place.expanduser()
    except RuntimeError:
        return place
