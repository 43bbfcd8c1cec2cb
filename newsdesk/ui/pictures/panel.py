"""The frame of a picture: the canvas, what to say where there is nothing, and saving it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from newsdesk.model import NewsdeskError
from newsdesk.ui.pictures.canvas import Canvas
from newsdesk.ui.plain import plain_label
from newsdesk.ui.theme import Theme, theme_for
from newsdesk.ui.workspaces import Shared


class PicturePanel(QWidget):
    """A picture with its buttons.

    `article_wanted` gives an article and the annotation to go to, `record_wanted` the kind and
    the id of another record that was asked for; `said` and `failed` are for the window's bars.
    """

    article_wanted = Signal(str, str)
    record_wanted = Signal(str, str)
    said = Signal(str)
    failed = Signal(str)
    _stopped = False

    def __init__(self, shared: Shared, parent: QWidget, name: str, nothing: str) -> None:
        super().__init__(parent)
        self.shared = shared
        # A theme changes palette and font: one picture for both, and not inside of Qt's event.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._redraw_seen)
        self.canvas = Canvas(self)
        self.canvas.setAccessibleName(name)
        self._nothing = plain_label(nothing, self, wrap=True, muted=True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.canvas)
        row = QHBoxLayout()
        row.addStretch(1)
        self._buttons = [
            self._button(_tr("Fit"), self.canvas.fit),
            self._button(_tr("Save picture…"), self.save),
        ]
        for button in self._buttons:
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self._stack, 1)
        column.addLayout(row)
        self.setFocusProxy(self.canvas)
        self.canvas.opened.connect(self.open_value)
        self._show_any()

    @property
    def theme(self) -> Theme:
        """The theme that the window is in."""
        return theme_for(self.palette())

    def draw(self) -> None:
        """Draw the picture anew, in the theme and font of now."""
        raise NotImplementedError

    def open_value(self, value: object) -> None:
        """Open what a card shows."""
        raise NotImplementedError

    def stop(self) -> None:
        """Draw nothing anew: the desk is about to be closed."""
        self._stopped = True
        self._soon.stop()

    def redraw(self) -> None:
        """Draw what is shown, after it or the theme changed."""
        if self._stopped:
            return
        self._soon.stop()
        self.canvas.clear()
        self.draw()
        self._show_any()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._soon.start()

    def _redraw_seen(self) -> None:
        """Draw it in the new theme; one that is not seen is drawn anew when it is turned to."""
        if not self.isVisible():
            return
        try:
            self.redraw()
        except NewsdeskError as error:
            self.failed.emit(str(error))

    def save(self) -> None:
        """Ask for a file, and write the picture to it."""
        title = _tr("Save the picture")
        path = self.shared.ask.new_file(
            self, title, f"{self.canvas.accessibleName().lower()}.svg", "SVG (*.svg);;PNG (*.png)"
        )
        if path is None:
            return
        try:
            self.canvas.write(path)
        except NewsdeskError as error:
            self.failed.emit(str(error))
        else:
            self.said.emit(_tr("Saved as {0}").format(path.name))

    def _show_any(self) -> None:
        any_cards = bool(self.canvas.cards)
        self._stack.setCurrentIndex(1 if any_cards else 0)
        for button in self._buttons:
            button.setEnabled(any_cards)

    def _button(self, text: str, do) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: do())
        return button


def _tr(text: str) -> str:
    return QCoreApplication.translate("Picture", text)
