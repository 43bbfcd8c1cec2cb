"""The tabs that draw a claim or a source: its graph, and its timeline."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from newsdesk.ui.workspaces import Shared

_ROOM = "newsdesk.ui.pictures"
_MADE_BY = {"graph": "ProvenanceGraph", "timeline": "Timeline"}
"""Modules of the room, and the widget of each: loaded when they are first seen."""


class Pictures(QObject):
    """Each picture is made when its tab is first seen, and drawn while it is.

    `article_wanted` asks to read, `record_wanted` gives the kind and the id of a record.
    """

    article_wanted = Signal(str, str)
    record_wanted = Signal(str, str)
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, shared: Shared, tabs: QTabWidget, names: dict[str, str]) -> None:
        """`names` gives the tabs' texts, by `graph` and `timeline`."""
        super().__init__(tabs)
        self._shared, self._tabs = shared, tabs
        self._pages: dict[str, QWidget] = {}
        self._made: dict[str, Any] = {}
        for name, text in names.items():
            page = QWidget(tabs)
            layout = QVBoxLayout(page)
            layout.setContentsMargins(0, 0, 0, 0)
            self._pages[name] = page
            tabs.addTab(page, text)

    def stop(self) -> None:
        """Draw nothing anew: the desk is about to be closed."""
        for made in self._made.values():
            made.stop()

    def turn_to(self, name: str) -> None:
        """Show a picture, and go to it."""
        self._tabs.setCurrentWidget(self._pages[name])
        if name in self._made:
            self._made[name].setFocus()

    def offer(self, offered: bool) -> None:
        """Let the pictures be turned to, or not."""
        for page in self._pages.values():
            self._tabs.setTabEnabled(self._tabs.indexOf(page), offered)

    def show(self, kind: str, id: str) -> None:
        """Draw a `claim`, a `source` or an `article` in the picture that is seen, if one is."""
        for name, page in self._pages.items():
            if self._tabs.currentWidget() is page:
                getattr(self._picture(name, page), f"show_{kind}")(id)

    def _picture(self, name: str, page: QWidget) -> Any:
        if name not in self._made:
            kind = getattr(import_module(f"{_ROOM}.{name}"), _MADE_BY[name])
            made = self._made[name] = kind(self._shared, page)
            layout = page.layout()
            assert layout is not None
            layout.addWidget(made)
            # The part of it that takes the keys speaks as the whole.
            made.canvas.viewport().setAccessibleName(made.canvas.accessibleName())
            for its, mine in (
                (made.article_wanted, self.article_wanted),
                (made.record_wanted, self.record_wanted),
                (made.said, self.said),
                (made.failed, self.failed),
            ):
                its.connect(mine)
        return self._made[name]
