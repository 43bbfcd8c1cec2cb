"""Where what was found is shown: under the text, made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from newsdesk.model import Span

if TYPE_CHECKING:
    from newsdesk.ui.annotate import Annotate
    from newsdesk.ui.finding.panel import FindingPanel
    from newsdesk.ui.window import Window


class FindingPlace(QObject):
    """Brings the panel of what was found, and goes with it from one to the next."""

    def __init__(self, annotate: Annotate, window: Window) -> None:
        super().__init__(annotate)
        self._annotate, self._window = annotate, window
        self._panel: FindingPanel | None = None

    @property
    def panel(self) -> FindingPanel:
        """The panel of what was found."""
        if self._panel is None:
            from newsdesk.ui.finding.panel import FindingPanel

            annotate = self._annotate
            made = self._panel = FindingPanel(self._window, annotate)
            splitter = annotate.middle
            splitter.addWidget(made)
            splitter.setStretchFactor(0, 1)
            splitter.setStretchFactor(1, 0)
            height = splitter.height()
            splitter.setSizes([height * 3 // 5, height - height * 3 // 5])
            made.said.connect(annotate.said)
            made.failed.connect(annotate.failed)
            made.wanted.connect(annotate.read)
            made.place_wanted.connect(self._read_at)
            made.closed.connect(annotate.focus_reader)
            annotate.article_changed.connect(made.article_changed)
        return self._panel

    def pane(self) -> QWidget | None:
        """The list, for the keyboard's way around the window; None where there is none yet."""
        return self._panel.view if self._panel is not None else None

    def step(self, by: int) -> None:
        """Open the next of what was found, or with -1 the one before."""
        if self._panel is not None:
            self._panel.step(by)

    def mentions(self) -> None:
        """Show where the current annotation's words stand untagged, in all articles."""
        current = self._annotate.reader.current
        if current is not None:
            self.panel.find_mentions(current)

    def _read_at(self, article: str, span: Span) -> None:
        self._annotate.open_to_read(article, then=lambda: self._annotate.show_found(span))
