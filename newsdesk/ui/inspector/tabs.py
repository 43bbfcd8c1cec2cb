"""The tabs under the properties: the list of annotations, and pages that are read when seen."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from newsdesk.model import Edit

PAUSE = 40
"""Milliseconds after a change before a page is read again: many changes come at once."""


class Page(QWidget):
    """A tab about the open article. It is read when it is seen, not with each change behind it."""

    def read(self) -> None:
        """Show the open article as it is now, or that none is open."""
        raise NotImplementedError

    def concerns(self, edits: tuple[Edit, ...]) -> bool:
        """Whether what changed may show on this page."""
        return bool(edits)


class Tabs(QTabWidget):
    """Lists of the open article, one seen at a time; `add` takes a widget or a Page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.tabBar().setExpanding(False)
        self.tabBar().setDrawBase(False)
        for part in (self, self.tabBar()):
            part.setAccessibleName(self.tr("Lists of the inspector"))
        self._stale: set[Page] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.read_shown)
        self.currentChanged.connect(lambda _: self.read_shown())

    def add(self, page: QWidget, name: str) -> None:
        """Add a tab at the end."""
        if isinstance(page, Page):
            self._stale.add(page)
        self.addTab(page, name)

    def refresh(self, edits: tuple[Edit, ...] | None = None) -> None:
        """Have the pages read that changes concern; None: another article is open."""
        for at in range(self.count()):
            page = self.widget(at)
            if isinstance(page, Page) and (edits is None or page.concerns(edits)):
                self._stale.add(page)
        if self.currentWidget() in self._stale and self.isVisible():
            self._soon.start()

    def read_shown(self) -> None:
        """Read the page that is seen, where it is no longer as it should be."""
        self._soon.stop()
        page = self.currentWidget()
        if isinstance(page, Page) and page in self._stale and self.isVisible():
            self._stale.discard(page)
            page.read()

    @property
    def settled(self) -> bool:
        """Whether what is seen is up to date."""
        return not self._soon.isActive()

    def stop(self) -> None:
        """Read nothing more."""
        self._soon.stop()
        self._stale.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read_shown()
