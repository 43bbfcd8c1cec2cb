"""How things are shown: theme, zoom, font, layers, panels, focus mode; kept as preferences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from newsdesk.model import Layer
from newsdesk.settings import Preferences
from newsdesk.ui.look import SystemLook, dress, theme_of
from newsdesk.ui.reader import Reader
from newsdesk.ui.theme import LIGHT, Theme

ZOOM_STEP = 10
"""Percentage points of one zoom step."""


class Viewing(QObject):
    """Applies preferences of sight to the window; `preferred` asks for them to be saved."""

    preferred = Signal(object)
    themed = Signal(object)
    changed = Signal()

    def __init__(
        self,
        reader: Reader,
        panels: dict[str, QWidget],
        preferences: Preferences,
        system: SystemLook,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._panels = panels
        self._system = system
        self._hidden_layers: set[str] = set()
        self._rejected = False
        self._before_focus: dict[str, bool] | None = None
        self.preferences = preferences
        self.theme: Theme = LIGHT
        system.changed.connect(self.apply_theme)
        # A burst of zoom steps is one preference written, not ten.
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(400)
        self._save.timeout.connect(lambda: self.preferred.emit(self.preferences))

    def apply(self) -> None:
        """Apply every preference."""
        self.apply_theme()
        self._reader.set_zoom(self.preferences.zoom)
        self._reader.set_font_kind(self.preferences.font)
        self._reader.set_line_width(self.preferences.line_width)
        self._reader.set_show_codes(self.preferences.show_codes)

    def apply_theme(self) -> None:
        """Take on light or dark, as preferred or as the system is now."""
        self.theme = theme_of(self.preferences.theme, self._system)
        dress(self.theme)
        self._reader.set_theme(self.theme)
        # Under a style sheet a widget's palette does not reach its children by itself.
        self._reader.viewport().setPalette(self._reader.palette())
        self.themed.emit(self.theme)

    def prefer(self, **fields: Any) -> None:
        """Change preferences, and show it at once."""
        before, self.preferences = self.preferences, replace(self.preferences, **fields)
        if before.theme != self.preferences.theme:
            self.apply_theme()
        if before.zoom != self.preferences.zoom:
            self._reader.set_zoom(self.preferences.zoom)
        if before.font != self.preferences.font:
            self._reader.set_font_kind(self.preferences.font)
        if before.line_width != self.preferences.line_width:
            self._reader.set_line_width(self.preferences.line_width)
        if before.show_codes != self.preferences.show_codes:
            self._reader.set_show_codes(self.preferences.show_codes)
        self._save.start()
        self.changed.emit()

    def keep(self) -> None:
        """Save what a pause still holds back."""
        if self._save.isActive():
            self._save.stop()
            self.preferred.emit(self.preferences)

    def zoom(self, by: int) -> None:
        """Zoom in by 1 step, out by -1, or back to the actual size by 0."""
        wanted = self.preferences.zoom + by * ZOOM_STEP if by else 100
        self.prefer(zoom=min(300, max(50, wanted)))

    def widen(self, by: int) -> None:
        """Make lines longer by so many characters."""
        self.prefer(line_width=min(80, max(60, self.preferences.line_width + by)))

    def toggle_codes(self) -> None:
        """Show labels' codes in the text, or not."""
        self.prefer(show_codes=not self.preferences.show_codes)

    def toggle_rejected(self) -> None:
        """Show rejected suggestions, or not."""
        self._rejected = not self._rejected
        self._reader.set_show_rejected(self._rejected)
        self.changed.emit()

    def toggle_layer(self, name: str) -> None:
        """Show one layer of marks, or not."""
        self._hidden_layers ^= {name}
        self._reader.set_layer_visible(Layer(name), name not in self._hidden_layers)
        self.changed.emit()

    # Panels

    def toggle_panel(self, name: str) -> None:
        """Show a panel, or hide it."""
        panel = self._panels[name]
        panel.setVisible(panel.isHidden())
        if panel.isHidden():
            self._reader.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def show_panel(self, name: str) -> None:
        """See to it that a panel can be seen."""
        if self.focused:
            self.toggle_focus()
        self._panels[name].show()
        self.changed.emit()

    @property
    def panels_shown(self) -> dict[str, bool]:
        """Which panels are shown, or will be once focus mode is left."""
        if self._before_focus is not None:
            return dict(self._before_focus)
        return {name: not panel.isHidden() for name, panel in self._panels.items()}

    def set_panels_shown(self, shown: dict[str, bool]) -> None:
        """Show and hide panels as they were."""
        for name, panel in self._panels.items():
            panel.setVisible(shown.get(name, True))
        self.changed.emit()

    @property
    def focused(self) -> bool:
        """Whether there is nothing but the text."""
        return self._before_focus is not None

    def toggle_focus(self) -> None:
        """Show nothing but the text, or everything as it was before."""
        if self._before_focus is None:
            self._before_focus = self.panels_shown
            for panel in self._panels.values():
                panel.hide()
        else:
            before, self._before_focus = self._before_focus, None
            for name, panel in self._panels.items():
                panel.setVisible(before[name])
        self._reader.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @property
    def facts(self) -> set[str]:
        """What holds of the view, for the acts that are ticked."""
        found = {name for name, shown in self.panels_shown.items() if shown}
        found |= {layer.value for layer in Layer} - self._hidden_layers
        found |= {f"theme_{self.preferences.theme}", self.preferences.font}
        if self.focused:
            found.add("focus")
        if self.preferences.show_codes:
            found.add("codes")
        if self._rejected:
            found.add("rejected")
        return found
