"""The one place where labels and tooltips are made: text from outside is plain text everywhere."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
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
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label


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
        return f"<span>{html.escape(text)}</span>"
    return text


def shortened(text: str, length: int) -> str:
    """A text on one line, cut to at most `length` code points."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + ELLIPSIS
