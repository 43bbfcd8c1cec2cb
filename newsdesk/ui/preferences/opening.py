"""The act that leads to the preferences, and the one dialog that a window has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsdesk.ui.preferences.dialog import PreferencesDialog
    from newsdesk.ui.window import Window


def open_preferences(window: Window) -> PreferencesDialog:
    """Show the preferences beside the window, where what is changed is seen at once."""
    from newsdesk.ui.preferences.dialog import PreferencesDialog

    found = window.findChild(PreferencesDialog)
    dialog = found if found is not None else PreferencesDialog(window)
    dialog.come()
    return dialog
