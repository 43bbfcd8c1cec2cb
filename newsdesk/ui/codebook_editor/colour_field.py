"""A label's colour: chosen or typed, tried on both pages, with the nearest that passes."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QColorDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.ui.ask import Ask
from newsdesk.ui.codebook_editor.contrast import nearest, on_page, passes
from newsdesk.ui.plain import plain_label
from newsdesk.ui.theme import DARK, LIGHT, MARK_CONTRAST, Theme

_WRITTEN = re.compile(r"#?([0-9A-Fa-f]{6})")


class ColourField(QWidget):
    """Shows a colour with its contrasts; `chosen` gives another as #RRGGBB."""

    chosen = Signal(str)

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._colour = "#999999"
        em = self.fontMetrics().height()
        self.field = QLineEdit(self)
        self.field.setAccessibleName(self.tr("Colour, as #RRGGBB"))
        self.field.setFixedWidth(self.fontMetrics().averageCharWidth() * 13)
        self.field.editingFinished.connect(self._typed)
        pick = self._button(self.tr("Choose…"), self.tr("Choose a colour"))
        pick.clicked.connect(self._pick)
        self.mend = self._button("", "")
        self.mend.clicked.connect(lambda: self.chosen.emit(nearest(self._colour)))
        self._samples = (_Sample(LIGHT, self), _Sample(DARK, self))
        self._said = plain_label("", self, wrap=True, muted=True, scale=0.92)
        row = QHBoxLayout()
        row.setSpacing(em // 3)
        for widget in (self.field, pick, self.mend):
            row.addWidget(widget)
        row.addStretch(1)
        samples = QHBoxLayout()
        samples.setSpacing(0)
        for sample in self._samples:
            samples.addWidget(sample)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em // 3)
        layout.addLayout(row)
        layout.addLayout(samples)
        layout.addWidget(self._said)
        self.setFocusProxy(self.field)

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(name)
        button.setAutoDefault(False)
        return button

    def show_colour(self, colour: str) -> None:
        """Show a colour, how it does on both pages, and a better one if it fails."""
        self._colour = colour
        self.field.setText(colour.upper())
        for sample in self._samples:
            sample.show_colour(colour)
        light, dark = on_page(colour, LIGHT), on_page(colour, DARK)
        figures = self.tr("Light page: text {0}:1, mark {1}:1. Dark page: text {2}:1, mark {3}:1.")
        said = figures.format(*(f"{one:.1f}" for one in (*light, *dark)))
        good = passes(colour)
        verdict = (
            self.tr("Passes: text 4.5:1 and marks 3:1 at least.")
            if good
            else self.tr("Weaker than 4.5:1 and 3:1, so the reader shows a stronger shade of it.")
        )
        self._said.setText(f"{said} {verdict}")
        self.mend.setVisible(not good)
        if not good:
            better = nearest(colour)
            self.mend.setText(self.tr("Use {0}").format(better))
            self.mend.setAccessibleName(self.tr("Use {0}, which passes").format(better))

    def _typed(self) -> None:
        found = _WRITTEN.fullmatch(self.field.text().strip())
        if found is None:
            self.field.setText(self._colour.upper())
        elif f"#{found[1].upper()}" != self._colour.upper():
            self.chosen.emit(f"#{found[1].upper()}")

    def _pick(self) -> None:
        dialog = QColorDialog(QColor(self._colour), self)
        dialog.setWindowTitle(self.tr("Colour of the label"))
        found = dialog.currentColor() if self._ask.run(dialog) else QColor()
        dialog.deleteLater()
        if found.isValid() and found.name().upper() != self._colour.upper():
            self.chosen.emit(found.name().upper())


class _Sample(QWidget):
    """A word on its tint and a line under another, as the reader draws them on one page."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour = "#999999"

    def show_colour(self, colour: str) -> None:
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 26, metrics.height() * 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 18, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.page))
        metrics = self.fontMetrics()
        tinted, marked = self.tr("tinted"), self.tr("marked")
        pad = metrics.height() / 2
        top = (self.height() - metrics.height()) / 2
        box = QRectF(pad, top, metrics.horizontalAdvance(tinted) + pad, metrics.height() * 1.05)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tint(self._colour)))
        painter.drawRoundedRect(box, pad / 3, pad / 3)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tinted)
        left = box.right() + pad
        under = QRectF(left, top, metrics.horizontalAdvance(marked) + 2, metrics.height())
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, marked)
        line = QColor(self._theme.mark(self._colour, MARK_CONTRAST + 0.6))
        painter.setPen(QPen(line, max(1.5, metrics.height() / 10)))
        painter.drawLine(under.bottomLeft(), under.bottomRight())
        painter.end()
