"""How one thing that was found is drawn: tick, label, the words in their context, where it is."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem

from newsdesk.model import Label, Offsets
from newsdesk.ui.choices import Index
from newsdesk.ui.finding.found_list import OUT, Found
from newsdesk.ui.inspector.annotation_row import AnnotationRow

_LEAD = 0.35  # of the row's width, that the words before those found take up at most
_LONGEST = 400  # code points of a context that are laid out: more is never seen on one line


def tick_width(line: int) -> int:
    """How wide the place of the tick is, for a line so high."""
    return int(line * 1.5)


class FoundRow(QStyledItemDelegate):
    """Draws a Found on two lines: the words, and the article they stand in."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return QSize(line * 12, int(line * 2.6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: Found | None = index.data(Qt.ItemDataRole.UserRole)
        out = bool(index.data(OUT))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        AnnotationRow._ground(painter, option)
        line = option.fontMetrics.lineSpacing()
        pad = line // 2
        area = option.rect.adjusted(pad, int(line * 0.3), -pad, 0)
        _draw_tick(painter, QRect(area.left(), area.top(), line, line), out, option)
        area = area.adjusted(tick_width(line), 0, 0, 0)
        if found is not None:
            painter.setOpacity(0.45 if out else 1.0)
            first = QRect(area.left(), area.top(), area.width(), line)
            _draw_words(painter, _draw_code(painter, first, found.label, option), found, option)
            _draw_place(painter, first.translated(0, line), found, option)
        painter.restore()


def _draw_tick(painter: QPainter, area: QRect, out: bool, option: QStyleOptionViewItem) -> None:
    size = int(area.height() * 0.72)
    box = QRect(area.left(), area.top() + (area.height() - size) // 2, size, size)
    accent = QApplication.palette().color(QPalette.ColorRole.Highlight)
    pale = option.palette.color(QPalette.ColorRole.PlaceholderText)
    painter.setPen(QPen(pale if out else accent, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush if out else accent)
    painter.drawRoundedRect(box, 3, 3)
    if not out:
        white = QApplication.palette().color(QPalette.ColorRole.HighlightedText)
        painter.setPen(QPen(white, 1.8))
        at = [(0.24, 0.54), (0.44, 0.72), (0.78, 0.30)]
        painter.drawPolyline([QPointF(box.left() + x * size, box.top() + y * size) for x, y in at])


def _draw_code(
    painter: QPainter, area: QRect, label: Label | None, option: QStyleOptionViewItem
) -> QRect:
    """The label's colour and code; gives what is left of the line."""
    if label is None:
        return area
    metrics = option.fontMetrics
    bar = QRect(area.left(), area.top() + 2, 3, area.height() - 4)
    painter.fillRect(bar, QColor(label.colour))
    painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area.adjusted(8, 0, 0, 0), side, label.code)
    width = max(metrics.horizontalAdvance(label.code), metrics.horizontalAdvance("MMM"))
    return area.adjusted(width + metrics.height(), 0, 0, 0)


def _draw_words(
    painter: QPainter, area: QRect, found: Found, option: QStyleOptionViewItem
) -> None:
    """The context on one line, moved so that the words found are seen, in bold."""
    text = found.context.replace("\n", " ")[:_LONGEST]
    layout = QTextLayout(text, option.font)
    offsets = Offsets(text)
    formats = []
    for span in found.marks:
        mark = QTextLayout.FormatRange()
        mark.start = offsets.to_utf16(min(span.start, len(text)))
        mark.length = offsets.to_utf16(min(span.end, len(text))) - mark.start
        mark.format = QTextCharFormat()
        mark.format.setFontWeight(QFont.Weight.Bold)
        formats.append(mark)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1_000_000)
    layout.endLayout()
    starts = [cast(tuple[float, int], line.cursorToX(one.start))[0] for one in formats]
    lead = min(starts, default=0.0)
    overhang = max(0.0, line.naturalTextWidth() - area.width())
    moved = min(max(0.0, lead - area.width() * _LEAD), overhang)
    painter.save()
    painter.setClipRect(area)
    role = QPalette.ColorRole.PlaceholderText if found.pale else QPalette.ColorRole.Text
    painter.setPen(option.palette.color(role))
    top = area.top() + (area.height() - line.height()) / 2
    layout.draw(painter, QPointF(area.left() - moved, top))
    painter.restore()


def _draw_place(
    painter: QPainter, area: QRect, found: Found, option: QStyleOptionViewItem
) -> None:
    metrics = option.fontMetrics
    painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
    side = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(area, side | Qt.AlignmentFlag.AlignRight, found.about)
    left = area.width() - metrics.horizontalAdvance(found.about + "  ")
    title = metrics.elidedText(found.title, Qt.TextElideMode.ElideRight, max(left, 0))
    painter.drawText(area, side | Qt.AlignmentFlag.AlignLeft, title)
