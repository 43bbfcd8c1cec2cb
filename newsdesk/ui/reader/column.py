"""A read-only text edit set as a column: its measure, its type, its colours, and the strip."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPalette, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from newsdesk.ui.reader.page import Metrics, Typography
from newsdesk.ui.reader.strip import Strip
from newsdesk.ui.theme import LIGHT, Theme, qpalette

ZOOM = (50, 300)
"""Least and most zoom, in percent."""


class Column(QTextEdit):
    """Text in the middle of the view, with the strip at the right edge.

    The classes above say what it shows: they are told to lay the text out anew (`_lay_out`) or to
    draw it anew (`_renew_underlay`).
    """

    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self._theme = LIGHT
        self._typography = Typography()
        self._metrics = Metrics(self._typography)
        self._sides = (0, 0)
        self.setCursorWidth(2)
        self.strip = Strip(self)
        self.strip.hide()

    def _lay_out(self) -> None:
        raise NotImplementedError

    def _renew_underlay(self) -> None:
        raise NotImplementedError

    @property
    def theme(self) -> Theme:
        """The colours in force."""
        return self._theme

    @property
    def zoom(self) -> int:
        """Size of the text in percent."""
        return self._typography.percent

    def set_zoom(self, percent: int) -> None:
        """Set the size of the text, 50 to 300 percent."""
        percent = max(ZOOM[0], min(ZOOM[1], percent))
        if percent != self._typography.percent:
            self._reset(percent=percent)
            self.zoomed.emit(percent)

    def set_line_width(self, characters: int) -> None:
        """Set the measure of the column."""
        self._reset(characters=max(20, min(200, characters)))

    def set_font_kind(self, kind: str) -> None:
        """Choose between "serif" and "sans"."""
        self._reset(kind=kind)

    def set_show_codes(self, shown: bool) -> None:
        """Write each label's code above its marks, or leave it to the hover card."""
        self._reset(codes=shown)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        palette = qpalette(theme)
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, QColor(theme.page))
        # The selection is painted from below, so that marks show through it.
        palette.setColor(QPalette.ColorRole.Highlight, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.text))
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.strip.set_theme(theme)
        self._renew_underlay()

    def _reset(self, **changed: object) -> None:
        typography = self._typography._replace(**changed)  # type: ignore[arg-type]
        if typography != self._typography:
            self._typography = typography
            self._metrics = Metrics(typography)
            self.setCursorWidth(round(2 * self._metrics.unit))
            self._lay_out()

    def _place(self, strip_too: bool) -> None:
        """Centre the column, and set the strip at the right edge if it is wanted."""
        strip = self.strip.sizeHint().width() if strip_too else 0
        bar = self.verticalScrollBar()
        taken = bar.width() if bar.isVisible() else 0
        inner = self.contentsRect().width() - taken - strip
        spare = max(0, inner - self._metrics.column)
        # The words stand in the middle, not the column with its gutter.
        side = min(spare, max(0, (inner - self._metrics.text_width) // 2 - self._metrics.gutter))
        sides = (side, spare - side + strip)
        if sides != self._sides:
            self._sides = sides
            self.setViewportMargins(sides[0], 0, sides[1], 0)
        rect = self.contentsRect()
        self.strip.setVisible(strip_too)
        self.strip.setGeometry(rect.right() + 1 - taken - strip, rect.top(), strip, rect.height())

    def _once(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        """A timer that, once started, does something once."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._lay_out()  # another screen: lines are drawn for its pixels
        return done

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._metrics = Metrics(self._typography)
            self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = 10 if event.angleDelta().y() > 0 else -10
            self.set_zoom(self.zoom + step)
            event.accept()
            return
        super().wheelEvent(event)
