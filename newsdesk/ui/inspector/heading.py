"""The head of the properties: label, status, and the two buttons that decide a suggestion."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from newsdesk.model import Annotation, Status
from newsdesk.model.codebook import lacking
from newsdesk.ui.icons import icon
from newsdesk.ui.inspector.annotation_list import status_word
from newsdesk.ui.open_article import OpenArticle
from newsdesk.ui.plain import plain_label, plain_tip, scaled_font


class Heading(QWidget):
    """Names the label of an annotation; a click on it offers others."""

    relabel = Signal()
    accept = Signal()
    reject = Signal()

    def __init__(self, open_article: OpenArticle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_article
        self._label = QPushButton(self)
        self._label.setObjectName("label")
        self._label.setFlat(True)
        self._label.setFont(scaled_font(self._label.font(), 1.08, bold=True))
        self._label.setToolTip(plain_tip(self.tr("Change the label")))
        self._label.clicked.connect(self.relabel)
        self._none = plain_label(
            self.tr("Nothing selected"), self, bold=True, scale=1.08
        )
        self._status = plain_label("", self, muted=True)
        self._accept = self._button(self.tr("Accept the suggestion"), self.accept)
        self._reject = self._button(self.tr("Reject the suggestion"), self.reject)
        em = self.fontMetrics().height()
        self._label.setIconSize(QSize(em * 3 // 4, em * 3 // 4))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, em // 4)
        layout.setSpacing(em // 3)
        layout.addWidget(self._none)
        layout.addWidget(self._label)
        layout.addStretch(1)
        layout.addWidget(self._status)
        layout.addWidget(self._accept)
        layout.addWidget(self._reject)
        self.setMinimumHeight(em * 2)

    def show_annotation(self, annotation: Annotation | None) -> None:
        """Show an annotation's label and status; None for none."""
        waiting = annotation is not None and annotation.status == Status.PROPOSED
        self._none.setVisible(annotation is None)
        self._label.setVisible(annotation is not None)
        self._status.setVisible(annotation is not None)
        self._accept.setVisible(waiting)
        self._reject.setVisible(waiting)
        if annotation is None:
            return
        label = self._open.labels.get(annotation.label)
        name = label.name if label else self.tr("label gone")
        self._label.setText(name.replace("&", "&&"))
        self._label.setAccessibleName(self.tr("Label: {0}").format(name))
        self._label.setIcon(dot_icon(label.colour if label else "#888888", 24))
        said = status_word(annotation.status)
        names = lacking(label, annotation.attributes) if label else []
        if names:
            said += " · " + self.tr("{0} missing").format(len(names))
        self._status.setText(said)

    def tint(self, palette: QPalette) -> None:
        """Draw the buttons in the palette's colours."""
        self._accept.setIcon(icon("accept", palette))
        self._reject.setIcon(icon("reject", palette))

    def _button(self, name: str, signal) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(plain_tip(name))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(signal)
        return button


def dot_icon(colour: str, size: int) -> QIcon:
    """A label's colour as a small square, `size` pixels."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(1, 1, size - 2, size - 2, size * 0.28, size * 0.28)
    painter.end()
    return QIcon(pixmap)
