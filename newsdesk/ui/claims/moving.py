"""Where the keyboard goes in the Claims workspace: its lists, panes, tabs and sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from newsdesk.ui.claims.workspace import ClaimsWorkspace

QUEUE, SOURCES, ALARMS = range(3)
"""The places of the pages on the left."""


class Moving(QObject):
    """The verbs that go somewhere and change nothing."""

    def __init__(self, workspace: ClaimsWorkspace) -> None:
        super().__init__(workspace)
        self._at = workspace

    def focus_list(self) -> None:
        """Go to the list on the left."""
        view = self._at.panel.view
        (view if view.isVisible() else self._at).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_file(self) -> None:
        """Go to the claim's file."""
        self._at.pane.file.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        """Go to the filter of the list that is seen."""
        self._at.panel.focus_filter()

    def clear_filter(self) -> None:
        """Show all that the list on the left has."""
        self._at.panel.clear()

    def show_queue(self) -> None:
        """Show the queue."""
        self._show_list(QUEUE)

    def show_sources(self) -> None:
        """Show the sources."""
        self._show_list(SOURCES)

    def show_alarms(self) -> None:
        """Show the alarms of the whole desk."""
        self._show_list(ALARMS)

    def _show_list(self, which: int) -> None:
        self._at.tabs.setCurrentIndex(which)
        self.focus_list()

    def show_file(self) -> None:
        """Show the claim's file."""
        self._at.pane.tabs.setCurrentIndex(0)
        file = self._at.pane.file
        if file.current is None and file.rows.rowCount():
            file.setCurrentIndex(file.rows.index(0))
        self.focus_file()

    def next_section(self) -> None:
        """Go to the next section of the file."""
        self.show_file()
        self._at.pane.file.step_section(1)

    def previous_section(self) -> None:
        """Go to the section before."""
        self.show_file()
        self._at.pane.file.step_section(-1)

    def next_pane(self) -> None:
        """Go on to the next of list, fields and file."""
        at = self._at
        if at.tabs.currentIndex() == SOURCES:
            panes = [at.sources.view, at.source_pane.description, at.source_pane.uses]
        else:
            panes = [at.panel.view, at.pane.statement, at.pane.file]
        panes = [one for one in panes if one.isVisible()]
        now = QApplication.focusWidget()
        here = panes.index(now) if now in panes else -1
        if panes:
            panes[(here + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)
