"""The dialog of preferences: every choice holds at once; there is nothing to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout

from newsdesk.ui.preferences.general_page import GeneralPage
from newsdesk.ui.preferences.suggestions_page import SuggestionsPage

if TYPE_CHECKING:
    from newsdesk.ui.window import Window


class PreferencesDialog(QDialog):
    """Stays open beside the window until it is closed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.setWindowTitle(self.tr("Preferences"))
        em = self.fontMetrics().height()
        self.general = GeneralPage(window, self)
        self.suggestions = SuggestionsPage(window, self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(self.tr("Pages of the preferences"))
        self.tabs.addTab(self.general, self.tr("&General"))
        self.tabs.addTab(self.suggestions, self.tr("&Suggestions"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        keys = buttons.addButton(self.tr("Keys…"), QDialogButtonBox.ButtonRole.ActionRole)
        keys.setAccessibleName(self.tr("Choose other keys"))
        keys.setAutoDefault(False)
        keys.clicked.connect(window.helping.edit_keys)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(buttons)
        self.resize(em * 34, em * 26)
        window.viewing.changed.connect(self._follow)
        window.installEventFilter(self)

    def come(self) -> None:
        """Show it, with the keyboard in it."""
        self._follow()
        self.show()
        self.raise_()
        self.activateWindow()
        self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        self.general.show_values()
        self.suggestions.show_values()

    def reject(self) -> None:
        """Leave: what was typed is kept."""
        self.general.commit()
        super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and watched is self._window and self.isVisible():
            self.reject()
        return super().eventFilter(watched, event)
