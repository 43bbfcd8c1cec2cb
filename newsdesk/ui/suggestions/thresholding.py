"""Sets the thresholds of the window: in the text, the list and the counts, and remembers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer

from newsdesk.model import Status
from newsdesk.ui.suggestions.threshold_panel import EVERY, ThresholdPanel
from newsdesk.ui.suggestions.thresholds import Thresholds

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

_AFTER = 30
"""Milliseconds after which a slider's move is shown: a drag gives more moves than can be seen."""


class Thresholding(QObject):
    """The thresholds belong to an editor's view of a desk, so the desk itself is not changed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._panel: ThresholdPanel | None = None
        self._thresholds = Thresholds()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER)
        self._soon.timeout.connect(self._apply)
        if window.session is not None:
            self._thresholds = Thresholds(window.session.thresholds(window.place))
        if self._thresholds.percents:
            self._apply()
        window.annotate.article_changed.connect(self._follow)
        window.annotate.changed.connect(self._show)
        window.workspaces.shown.connect(self._follow)

    @property
    def panel(self) -> ThresholdPanel:
        """Made when it is first asked for."""
        if self._panel is None:
            self._panel = ThresholdPanel(self._window)
            self._panel.moved.connect(self.set)
        return self._panel

    def toggle(self) -> None:
        """Open the panel, or close it."""
        panel = self.panel
        if panel.isVisible():
            panel.leave()
            return
        reader = self._window.reader
        corner = reader.viewport().mapTo(self._window, QPoint(reader.viewport().width() - 12, 12))
        panel.come(self._labels(), corner)
        self._show()

    def set(self, label: str, percent: int) -> None:
        """Show suggestions of a label, or of `EVERY` one, from so many per cent."""
        if label == EVERY:
            labels = self._window.annotate.open.codebook
            self._thresholds = Thresholds({one.id: percent for one in labels})
        else:
            self._thresholds = self._thresholds.with_label(label, percent)
        if not self._soon.isActive():
            self._soon.start()

    def _apply(self) -> None:
        annotate, thresholds = self._window.annotate, self._thresholds
        annotate.open.set_thresholds(thresholds)
        annotate.reader.set_unsure(thresholds.hides)
        annotate.inspector.list.model.reload()
        annotate.inspector.show_current(annotate.reader.current)
        annotate.changed.emit()
        if self._window.session is not None:
            self._window.session.keep_thresholds(self._window.place, thresholds.percents)

    def _labels(self):
        opened = self._window.annotate.open
        there = {
            one.label for one in opened.annotations.values() if one.status is Status.PROPOSED
        }
        return [one for one in opened.codebook if one.id in there or self._thresholds.of(one.id)]

    def _follow(self) -> None:
        if self._panel is not None:
            self._panel.leave()

    def _show(self) -> None:
        if self._panel is None or not self._panel.isVisible():
            return
        counts: dict[str, tuple[int, int]] = {}
        for one in self._window.annotate.open.annotations.values():
            if one.status is Status.PROPOSED:
                some, below = counts.get(one.label, (0, 0))
                counts[one.label] = some + 1, below + self._thresholds.hides(one)
        self._panel.show_values(self._thresholds, counts)
