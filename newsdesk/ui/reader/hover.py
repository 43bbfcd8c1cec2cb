"""The card that tells what is under the mouse, in plain text whatever the text holds."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from newsdesk.ui.theme import LIGHT, Theme

_WIDEST = 360
_PAD = 10


class Card(QWidget):
    """A small box of a heading and rows of name and value; every letter is drawn as it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("About the annotation"))
        self._theme = LIGHT
        self._heading = ""
        self._colour = LIGHT.accent
        self._rows: list[tuple[str, str]] = []

    @property
    def words(self) -> str:
        """Everything that the card says, a line for each row."""
        rows = [f"{name}: {value}" if name else value for name, value in self._rows]
        return "\n".join([self._heading, *rows])

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def show_rows(self, heading: str, colour: str, rows: list[tuple[str, str]], at: QPoint) -> None:
        """Open beside a place of the screen."""
        self._heading, self._colour, self._rows = heading, colour, rows
        self.setAccessibleDescription(self.words)
        size = self.sizeHint()
        place = at + QPoint(12, 18)
        screen = self.screen().availableGeometry()
        place.setX(max(screen.left(), min(place.x(), screen.right() - size.width())))
        if place.y() + size.height() > screen.bottom():
            place.setY(at.y() - size.height() - 12)
        self.setGeometry(QRect(place, size))
        self.show()
        self.update()

    def sizeHint(self) -> QSize:
        return self._arrange(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.window))
        painter.setPen(QPen(QColor(self._theme.rule), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self._arrange(painter)

    def _arrange(self, painter: QPainter | None) -> QSize:
        """Lay out the rows, and draw them where there is a painter; gives the size in pixels."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        normal = QFontMetrics(self.font())
        named = [name for name, _ in self._rows if name]
        column = max((normal.horizontalAdvance(name) for name in named), default=0) + 12
        dot = normal.ascent() - 2
        head = QFontMetrics(bold).boundingRect(self._heading).width() + dot + 8
        width, y = head, _PAD
        if painter is not None:
            box = QRect(_PAD, y + 2, dot, dot)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colour))
            painter.drawRoundedRect(box, 3, 3)
            painter.setFont(bold)
            painter.setPen(QColor(self._theme.text))
            painter.drawText(_PAD + dot + 8, y + normal.ascent(), self._heading)
            painter.setFont(self.font())
        y += normal.height() + 6
        for name, value in self._rows:
            left = column if name else 0
            flags = Qt.TextFlag.TextWordWrap
            room = QRect(0, 0, _WIDEST - left, 2000)
            box = normal.boundingRect(room, int(flags), value)
            if painter is not None:
                painter.setPen(QColor(self._theme.muted))
                painter.drawText(_PAD, y + normal.ascent(), name)
                painter.setPen(QColor(self._theme.text))
                painter.drawText(
                    QRect(_PAD + left, y, _WIDEST - left, box.height()), int(flags), value
                )
            width = max(width, left + box.width())
            y += box.height() + 3
        return QSize(width + 2 * _PAD, y + _PAD - 3)
