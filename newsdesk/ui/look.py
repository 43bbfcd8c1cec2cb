"""How the whole window looks: palette, style sheet, and whether the system wants it dark."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication

from newsdesk.ui.theme import DARK, LIGHT, Theme, blend, qpalette


class SystemLook(QObject):
    """What the desktop says of light and dark, live; tests put their own in its place."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._tell)

    @property
    def dark(self) -> bool:
        """Whether the desktop is dark now."""
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _tell(self) -> None:
        self.changed.emit()


def theme_of(preference: str, system: SystemLook) -> Theme:
    """The theme for a preference: `light`, `dark`, or `system`."""
    dark = system.dark if preference == "system" else preference == "dark"
    return DARK if dark else LIGHT


def dress(theme: Theme) -> None:
    """Give the whole application a theme's palette and style sheet."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        if app.property("theme") == theme.name and app.styleSheet():
            return
        app.setProperty("theme", theme.name)
        app.setPalette(qpalette(theme))
        app.setStyleSheet(sheet(theme, QFontMetrics(app.font()).height()))


def sheet(theme: Theme, em: int) -> str:
    """The style sheet: little, and every length in it follows from the font's height `em`."""
    thin, radius = max(8, em * 2 // 3), max(3, em // 4)
    shades = {
        "hover": blend(theme.text, theme.window, 0.08),
        "pressed": blend(theme.text, theme.window, 0.14),
        "handle": blend(theme.text, theme.page, 0.28),
        "edge": blend(theme.text, theme.field, 0.26),
        "error": blend("#C62828", theme.window, 0.20 if theme.dark else 0.12),
        "notice": blend(theme.accent, theme.window, 0.20 if theme.dark else 0.12),
    }
    colours = {name: getattr(theme, name) for name in _COLOURS}
    parts = {f"em{n}": em // n for n in (2, 3, 4, 5, 6, 8)}
    lengths = {
        **parts,
        "em34": em * 3 // 4,
        "em_2": em * 2,
        "thin": thin,
        "round": thin // 2 - 1,
        "radius": radius,
        "radius2": radius * 2,
    }
    return _SHEET.substitute(shades, **colours, **lengths)


_COLOURS = ("text", "muted", "window", "page", "field", "rule", "accent")
_SHEET = Template("""
QToolTip { color: ${text}; background: ${window}; border: 1px solid ${rule};
  padding: ${em4}px; }
QMenuBar { background: ${window}; border: none; padding: 1px ${em3}px; }
QMenuBar::item { background: transparent; padding: ${em4}px ${em2}px;
  border-radius: ${radius}px; }
QMenuBar::item:selected { background: ${hover}; }
QToolBar { background: ${window}; border: none; spacing: ${em8}px;
  padding: ${em6}px ${em3}px; border-bottom: 1px solid ${rule}; }
QToolBar::separator { background: ${rule}; width: 1px; margin: ${em4}px ${em3}px; }
QToolButton { border: none; border-radius: ${radius}px; padding: ${em4}px; }
QToolButton:hover, QToolButton:focus { background: ${hover}; }
QToolButton#chip { background: ${hover}; padding: ${em8}px ${em3}px; }
QToolButton#chip:hover, QToolButton#chip:focus { background: ${pressed}; }
QToolButton:pressed, QToolButton:checked { background: ${pressed}; }
QToolButton::menu-indicator { image: none; }
QPushButton:flat { border: none; border-radius: ${radius}px; padding: ${em5}px ${em2}px;
  text-align: left; }
QPushButton:flat:hover, QPushButton:flat:focus { background: ${hover}; }
QPushButton#label { padding-left: 0px; }
QPushButton#link { color: ${accent}; padding: ${em8}px 0px; }
QPushButton#link:hover, QPushButton#link:focus { text-decoration: underline;
  background: transparent; }
QLineEdit, QPlainTextEdit { background: ${field}; border: 1px solid ${edge};
  border-radius: ${radius}px; padding: ${em6}px ${em5}px; }
QLineEdit:focus, QPlainTextEdit:focus { border: 1px solid ${accent}; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: ${window}; }
QCheckBox::indicator:unchecked, QListView::indicator:unchecked { background: ${field};
  border: 1px solid ${muted}; border-radius: ${em8}px; }
QStatusBar { background: ${window}; border-top: 1px solid ${rule}; }
QStatusBar::item { border: none; }
QSplitter::handle { background: ${rule}; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QFrame#popup { background: ${window}; border: 1px solid ${rule};
  border-radius: ${radius2}px; }
QFrame#error { background: ${error}; border-bottom: 1px solid ${rule}; }
QFrame#notice { background: ${notice}; border-bottom: 1px solid ${rule}; }
QFrame#band { background: ${window}; border-bottom: 1px solid ${rule}; }
QWidget#page { background: ${page}; }
QListView#plain, QTableView#plain { border: none; background: ${field}; outline: 0; }
QTableView#plain { selection-background-color: transparent; }
QListView#bare { border: none; background: transparent; outline: 0; }
QScrollArea#plain { border: none; background: ${window}; }
QTabWidget::pane { border: none; }
QTabBar::tab { background: transparent; border: none; padding: ${em3}px ${em34}px;
  border-bottom: 2px solid transparent; color: ${muted}; }
QTabBar::tab:selected { color: ${text}; border-bottom: 2px solid ${accent}; }
QTabBar::tab:hover { color: ${text}; }
QTabBar::tab:focus { background: ${hover}; }
QScrollBar:vertical { background: transparent; width: ${thin}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${thin}px; margin: 0; }
QScrollBar::handle { background: ${handle}; border-radius: ${round}px; margin: 2px; }
QScrollBar::handle:vertical { min-height: ${em_2}px; }
QScrollBar::handle:horizontal { min-width: ${em_2}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")
