"""How a claim of the queue is drawn: its statement on two lines, and its state under it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from newsdesk.model import ClaimState, Offsets
from newsdesk.model.claim_lines import ClaimLine
from newsdesk.ui.choices import Index, draw_dot
from newsdesk.ui.claims.queue_list import MISSING, about, lacking
from newsdesk.ui.line_row import draw_ground
from newsdesk.ui.plain import ELLIPSIS, scaled_font
from newsdesk.ui.theme import theme_for

_LINES = 2  # of the statement


class QueueRow(QStyledItemDelegate):
    """Draws the dot of the state, the statement, and what is told of it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return QSize(line * 10, int(line * (_LINES + 1.9)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: ClaimLine | None = index.data(Qt.ItemDataRole.UserRole)
        if line is None:
            return
        painter.save()
        draw_ground(painter, option)
        metrics = option.fontMetrics
        high = metrics.lineSpacing()
        pad = high // 2
        area = option.rect.adjusted(pad, int(high * 0.4), -pad, 0)
        theme = theme_for(option.palette)
        colour = theme.mark(theme.state(ClaimState(line.state)), 3.0)
        first = QRect(area.left(), area.top(), area.width(), high)
        indent = draw_dot(painter, first, colour, metrics)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        place = QRectF(area.left() + indent, area.top(), area.width() - indent, high * _LINES)
        used = draw_lines(painter, place, line.statement, option.font, _LINES)
        under = QRect(
            area.left() + indent, int(area.top() + used + high * 0.15),
            area.width() - indent, high,
        )  # fmt: skip
        _tell(painter, under, option, about(line), lacking(index.data(MISSING)))
        painter.restore()


def _tell(
    painter: QPainter, place: QRect, option: QStyleOptionViewItem, said: list[str], key: list[str]
) -> None:
    small = scaled_font(option.font, 0.92)
    metrics, sides = QFontMetrics(small), Qt.AlignmentFlag
    painter.setFont(small)
    painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
    for words in key:
        painter.drawText(place, sides.AlignRight | sides.AlignVCenter, words)
        place = place.adjusted(0, 0, -metrics.horizontalAdvance(words) - metrics.height(), 0)
    elided = metrics.elidedText(" · ".join(said), Qt.TextElideMode.ElideRight, place.width())
    flags = sides.AlignLeft | sides.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(place, flags, elided)


Mark = tuple[int, int] | None
"""Code points of a text that are drawn in bold."""


def draw_lines(
    painter: QPainter, place: QRectF, text: str, font: QFont, most: int, mark: Mark = None
) -> float:
    """Draw words on at most so many lines, the last one cut; gives the height in pixels used."""
    layout = lay_out(text, font, place.width(), mark)
    count = min(layout.lineCount(), most)
    high = 0.0
    for at in range(count):
        line = layout.lineAt(at)
        if at == most - 1 and layout.lineCount() > most:
            rest = layout.text()[Offsets(layout.text()).from_utf16(line.textStart()) :]
            cut = QFontMetrics(font).elidedText(
                rest, Qt.TextElideMode.ElideRight, int(place.width())
            )
            painter.setFont(font)
            where = QRectF(place.left(), place.top() + high, place.width(), line.height())
            painter.drawText(where, Qt.TextFlag.TextSingleLine, cut or ELLIPSIS)
        else:
            line.draw(painter, place.topLeft())
        high += line.height()
    return high


def lay_out(text: str, font: QFont, width: float, mark: Mark = None) -> QTextLayout:
    """Words laid out on lines of a width in pixels."""
    layout = QTextLayout(text.replace("\n", " "), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if mark is not None:
        offsets, bold = Offsets(layout.text()), QTextLayout.FormatRange()
        bold.start = offsets.to_utf16(mark[0])
        bold.length = offsets.to_utf16(mark[1]) - bold.start
        bold.format = QTextCharFormat()
        bold.format.setFontWeight(QFont.Weight.Bold)
        layout.setFormats([bold])
    layout.beginLayout()
    high = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(20.0, width))
        line.setPosition(QPointF(0, high))
        high += line.height()
    layout.endLayout()
    return layout
