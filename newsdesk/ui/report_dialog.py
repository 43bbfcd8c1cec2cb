"""A summary that stays until it was read: what was done, what was left out, file by file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.ui.plain import plain_label


class ReportDialog(QDialog):
    """Shows a text that can be selected and copied."""

    def __init__(
        self,
        title: str,
        summary: str,
        details: str,
        parent: QWidget | None,
        *,
        place: Path | None = None,
    ) -> None:
        """`place` is what was written, to be shown in its folder."""
        super().__init__(parent)
        self.setWindowTitle(title)
        em = self.fontMetrics().height()
        self.resize(em * 38, em * 26)
        self._copied = f"{summary}\n\n{details}".strip()
        said = plain_label(summary, self, wrap=True)
        self._details = QPlainTextEdit(self)
        self._details.setReadOnly(True)
        self._details.setPlainText(details)
        self._details.setAccessibleName(self.tr("Details"))
        self._details.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._details.setTabChangesFocus(True)
        self._details.setVisible(bool(details))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = QPushButton(self.tr("Copy"), self)
        copy.setAccessibleName(self.tr("Copy the report"))
        copy.setAutoDefault(False)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self._copied))
        buttons.rejected.connect(self.reject)
        if place is not None:
            show = QPushButton(self.tr("Show in folder"), self)
            show.setAutoDefault(False)
            buttons.addButton(show, QDialogButtonBox.ButtonRole.ActionRole)
            folder = QUrl.fromLocalFile(str(place.absolute().parent))
            show.clicked.connect(lambda: QDesktopServices.openUrl(folder))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em * 2 // 3)
        layout.addWidget(said)
        layout.addWidget(self._details, 1)
        layout.addWidget(buttons)
