"""Brings the window back as it was, and remembers how it is when it closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter

from newsdesk.ui.session import Frame

if TYPE_CHECKING:
    from newsdesk.ui.window import Window


class Remembering:
    """Stands between a window and its session; a window without one remembers nothing."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def come_back(self) -> None:
        """Put the frame in place now, and the article as soon as the view has its true width."""
        window = self._window
        if window.session is None:
            return
        frame = window.session.frame()
        if frame.geometry:
            window.restoreGeometry(frame.geometry)
        for name, splitter in self._splitters().items():
            sizes = frame.sizes.get(name, [])
            if len(sizes) == splitter.count() and sum(sizes) > 0:
                splitter.setSizes(sizes)
        if frame.panels:
            window.viewing.set_panels_shown(frame.panels)
        QTimer.singleShot(0, window, self._go_back)

    def _go_back(self) -> None:
        window = self._window
        if window.session is not None and not window.annotate.open.is_open:
            window.annotate.go_to(window.session.place(window.place))
            if window.annotate.open.is_open:
                window.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Remember everything."""
        window = self._window
        if window.session is None:
            return
        frame = Frame(
            bytes(window.saveGeometry().data()),
            {name: splitter.sizes() for name, splitter in self._splitters().items()},
            window.viewing.panels_shown,
        )
        window.session.keep_frame(frame)
        window.session.keep_place(window.place, window.annotate.place())

    def _splitters(self) -> dict[str, QSplitter]:
        annotate = self._window.annotate
        return {
            "across": annotate.across,
            "left": annotate.left,
            "inspector": annotate.inspector.splitter,
        }
