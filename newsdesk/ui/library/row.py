"""How one article of the library is drawn: title, particulars, progress, snippet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from newsdesk.model import ArticleLine, ArticleStatus, Offsets
from newsdesk.ui.choices import Index
from newsdesk.ui.library.model import LibraryList, Row
from newsdesk.ui.plain import counted, scaled_font

_SNIPPET_LINES = 2


class ArticleRow(QStyledItemDelegate):
    """Draws a Row of the library on two lines, and on two more where it has a snippet."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        lines = 2 + (_SNIPPET_LINES if isinstance(model, LibraryList) and model.searching else 0)
        line = option.fontMetrics.lineSpacing()
        return QSize(line * 8, int(line * (lines + 0.9)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(Qt.ItemDataRole.UserRole)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = _Colours(option)
        self._ground(painter, option)
        line = option.fontMetrics.lineSpacing()
        pad = line * 2 // 3
        area = option.rect.adjusted(pad, int(line * 0.42), -pad, 0)
        glyph = int(line * 0.62)
        _draw_status(
            painter, QRectF(area.left(), area.top() + line * 0.22, glyph, glyph), row.line, colours
        )
        words = area.adjusted(int(line * 1.05), 0, 0, 0)
        self._title(painter, QRect(words.left(), words.top(), words.width(), line), row, option)
        self._particulars(
            painter,
            QRect(words.left(), words.top() + line, words.width(), line),
            row.line,
            option,
            colours,
        )
        if row.snippet:
            place = QRectF(words.left(), words.top() + 2 * line, words.width(), 2 * line)
            _draw_snippet(painter, place, row, option.font, colours)
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
        palette = option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            accent = QApplication.palette().color(QPalette.ColorRole.Highlight)
            ground = QColor(accent)
            ground.setAlphaF(0.20)
            painter.fillRect(option.rect, ground)
            bar = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(bar, accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            ground = QColor(palette.color(QPalette.ColorRole.Text))
            ground.setAlphaF(0.05)
            painter.fillRect(option.rect, ground)

    @staticmethod
    def _title(painter: QPainter, place: QRect, row: Row, option: QStyleOptionViewItem) -> None:
        font = QFont(option.font)
        if row.line.status != ArticleStatus.REVIEWED:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        title = row.line.title or QCoreApplication.translate("LibraryList", "Untitled")
        elided = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, elided)

    @staticmethod
    def _particulars(
        painter: QPainter,
        place: QRect,
        line: ArticleLine,
        option: QStyleOptionViewItem,
        colours: _Colours,
    ) -> None:
        font = scaled_font(option.font, 0.92)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        waiting = ""
        if line.proposed:
            waiting = QCoreApplication.translate("LibraryList", "{0} waiting")
            waiting = waiting.format(f"{line.proposed:,}")
        right = place
        if waiting:
            painter.setPen(colours.accent)
            painter.drawText(right, side | Qt.AlignmentFlag.AlignRight, waiting)
            right = right.adjusted(0, 0, -metrics.horizontalAdvance(waiting + "  "), 0)
        painter.setPen(colours.pale)
        if line.accepted:
            translate = QCoreApplication.translate
            one, many = translate("LibraryList", "1 tag"), translate("LibraryList", "{0} tags")
            tags = counted(line.accepted, one, many)
            painter.drawText(right, side | Qt.AlignmentFlag.AlignRight, tags)
            right = right.adjusted(0, 0, -metrics.horizontalAdvance(tags + "  "), 0)
        parts = (line.outlet, line.published[:10])
        said = " · ".join(part for part in parts if part)
        elided = metrics.elidedText(said, Qt.TextElideMode.ElideRight, right.width())
        painter.drawText(right, side | Qt.AlignmentFlag.AlignLeft, elided)


class _Colours:
    """The colours of one row."""

    def __init__(self, option: QStyleOptionViewItem) -> None:
        palette = option.palette
        self.text = palette.color(QPalette.ColorRole.Text)
        self.pale = palette.color(QPalette.ColorRole.PlaceholderText)
        # The view's own is transparent, or it would be painted under the row.
        self.accent = QApplication.palette().color(QPalette.ColorRole.Highlight)


def _draw_status(painter: QPainter, place: QRectF, line: ArticleLine, colours: _Colours) -> None:
    """A ring that fills as the work goes on; ticked once it was reviewed."""
    ring = place.adjusted(0.75, 0.75, -0.75, -0.75)
    begun = line.status != ArticleStatus.NEW
    painter.setPen(QPen(colours.accent if begun else colours.pale, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    painter.setBrush(colours.accent)
    if line.status == ArticleStatus.IN_PROGRESS:
        painter.drawPie(ring, 90 * 16, -180 * 16)
    elif begun:
        painter.drawEllipse(ring)
    if line.status == ArticleStatus.REVIEWED:
        width, height = ring.width(), ring.height()
        painter.setPen(QPen(QColor("white"), 1.6))
        painter.drawPolyline(
            [
                QPointF(ring.left() + width * 0.24, ring.top() + height * 0.54),
                QPointF(ring.left() + width * 0.44, ring.top() + height * 0.72),
                QPointF(ring.left() + width * 0.76, ring.top() + height * 0.32),
            ]
        )


def _draw_snippet(
    painter: QPainter, place: QRectF, row: Row, font: QFont, colours: _Colours
) -> None:
    """The words around a match, with the match in bold, on two lines."""
    layout = QTextLayout(row.snippet, scaled_font(font, 0.92))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    offsets = Offsets(row.snippet)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    bold.setForeground(colours.text)
    formats = []
    for span in row.marks:
        mark = QTextLayout.FormatRange()
        mark.start = offsets.to_utf16(span.start)
        mark.length = offsets.to_utf16(span.end) - mark.start
        mark.format = bold
        formats.append(mark)
    layout.setFormats(formats)
    layout.beginLayout()
    top = 0.0
    for _ in range(_SNIPPET_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(place.width())
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    painter.setPen(colours.pale)
    layout.draw(painter, place.topLeft())
