"""The one place where labels and tooltips are made: text from outside is plain text everywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

ELLIPSIS = "…"


def plain_label(
    text: str = "",
    parent: QWidget | None = None,
    *,
    wrap: bool = False,
    muted: bool = False,
    scale: float = 1.0,
    bold: bool = False,
) -> QLabel:
    """A label that never takes its text for HTML: a guess could open a pipe or a device.

    `scale` is relative to the application's font; `muted` draws it in the placeholder's colour.
    """
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrap)
    if muted:
        label.setForegroundRole(label.foregroundRole().PlaceholderText)
    if scale != 1.0 or bold:
        label.setFont(scaled_font(label.font(), scale, bold=bold))
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
    return label


class ElidedLabel(QLabel):
    """A plain label on one line that is cut with an ellipsis where there is no room for all."""

    def __init__(self, parent: QWidget | None = None, *, muted: bool = False) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if muted:
            self.setForegroundRole(self.foregroundRole().PlaceholderText)
        self._whole = ""

    @property
    def whole(self) -> str:
        """The text before it was cut."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show a text; all of it stands in the tooltip."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        right = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._whole, right, max(10, self.width()))
        self.setText(shown)
        self.setToolTip(plain_tip("" if shown == self._whole else self._whole))


def scaled_font(font: QFont, scale: float, *, bold: bool = False) -> QFont:
    """A font a little larger or smaller than the one given."""
    changed = QFont(font)
    changed.setPointSizeF(font.pointSizeF() * scale)
    if bold:
        changed.setWeight(QFont.Weight.DemiBold)
    return changed


def plain_tip(text: str) -> str:
    """A text as a tooltip that shows exactly these characters, whatever they look like."""
    if "<" in text or "&" in text:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f"<span>{escaped}</span>"
    return text


def counted(count: int, one: str, many: str) -> str:
    """A number of things in words: `one` as it is, or `many` with the number at its `{0}`."""
    return one if count == 1 else many.format(f"{count:,}")


def shortened(text: str, length: int) -> str:
    """A text on one line, cut to at most `length` code points."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + ELLIPSIS
