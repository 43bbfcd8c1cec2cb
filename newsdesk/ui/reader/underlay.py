"""What lies under the words on the screen: the pictures of the blocks in view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextBlock

from newsdesk.model import Span
from newsdesk.ui.reader.lines import Paragraph, Segment
from newsdesk.ui.reader.marks import Mark, Marks
from newsdesk.ui.reader.page import Metrics, Page
from newsdesk.ui.reader.painting import Painting, Picture, outline
from newsdesk.ui.utf16 import Positions, cluster_at

_KEPT = 400  # pictures: some screenfuls


class Underlay:
    """Paints the marks of the blocks in view, and answers where marks stand in the document.

    Offsets are code points; pixels are the document's, from its top left corner.
    """

    def __init__(
        self, text: str, positions: Positions, page: Page, marks: Marks, painting: Painting,
        metrics: Metrics, shown: Callable[[Mark], bool],
    ) -> None:  # fmt: skip
        self._text, self._positions, self._page, self._marks = text, positions, page, marks
        self._painting, self._metrics, self._shown = painting, metrics, shown
        self._document = page.document
        self._pictures: dict[int, Picture] = {}

    def forget(self, start: int | None = None, end: int = 0) -> None:
        """The marks over the code points [start, end), or all marks, look different now."""
        if start is None:
            self._pictures.clear()
            return
        to_qt, base = self._positions.to_qt, self._page.base
        block = self._document.findBlock(max(0, to_qt(start) - base))
        last = self._document.findBlock(max(0, to_qt(end - 1) - base))
        high = last.blockNumber() if last.isValid() else self._document.blockCount()
        if block.isValid():
            for number in range(block.blockNumber(), high + 1):
                self._pictures.pop(number, None)

    def paint(self, painter: QPainter, clip: QRectF) -> None:
        """Draw what is marked within `clip`; the painter stands at the document's corner."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        pictures = self._pictures
        while len(pictures) > _KEPT:
            del pictures[next(iter(pictures))]
        font = self._metrics.code_font
        for block in self.blocks(clip.top(), clip.bottom()):
            number = block.blockNumber()
            picture = pictures.get(number)
            if picture is None:
                picture = pictures[number] = self._picture(block)
            if picture:
                corner = block.layout().position()
                painter.translate(corner)
                picture.paint(painter, font)
                painter.translate(-corner)

    def paint_selection(
        self, painter: QPainter, clip: QRectF, parts: Sequence[tuple[int, int]], colour: QColor
    ) -> None:
        """Lay the colour of the selection over ranges of code points."""
        metrics = self._metrics
        up = round(metrics.line_height * 0.8 - metrics.em * 0.2)
        path = QPainterPath()
        for corner, (line, left, right) in self.segments(parts, clip):
            path.addRect(
                corner.x() + left, corner.y() + line.base - up, right - left, metrics.line_height
            )
        painter.fillPath(path, colour)

    def paint_outline(
        self, painter: QPainter, clip: QRectF, parts: Sequence[tuple[int, int]], colour: QColor
    ) -> None:
        """Outline the current annotation's fragments."""
        pen = QPen(colour, 2 * self._metrics.unit)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for corner, segment in self.segments(parts, clip):
            painter.translate(corner)
            painter.strokePath(outline([segment], self._metrics), pen)
            painter.translate(-corner)

    def blocks(self, top: float, bottom: float) -> Iterator[QTextBlock]:
        """The blocks that stand between two heights."""
        layout = self._document.documentLayout()
        place = self._page.position_at(self._metrics.gutter, top)
        block = self._document.findBlock(place)
        # A mark reaches a little beyond its line: the neighbours are drawn too.
        if block.previous().isValid():
            block = block.previous()
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            if rect.top() > bottom + self._metrics.line_height:
                return
            yield block
            block = block.next()

    def segments(
        self, parts: Sequence[tuple[int, int]], clip: QRectF
    ) -> list[tuple[QPointF, Segment]]:
        """Where fragments stand within `clip`: the corner of the block, and the place in it."""
        found: list[tuple[QPointF, Segment]] = []
        low, high = min(start for start, _ in parts), max(end for _, end in parts)
        for block in self.blocks(clip.top(), clip.bottom()):
            start, end = self._span(block)
            if start < high and end > low:
                corner = block.layout().position()
                found += [(corner, segment) for segment in self._paragraph(block).segments(parts)]
        return found

    def boxes_of(self, span: Span) -> list[QRectF]:
        """The boxes of a span's first and last line; lays the document out so far."""
        boxes: list[QRectF] = []
        up, tall = self._metrics.above, self._metrics.above + self._metrics.below
        to_qt, base = self._positions.to_qt, self._page.base
        for offset in (span.start, max(span.start, span.end - 1)):
            block = self._document.findBlock(max(0, to_qt(offset) - base))
            if not block.isValid():
                continue
            self._document.documentLayout().blockBoundingRect(block)
            corner = block.layout().position()
            paragraph = self._paragraph(block)
            found = paragraph.segments([span])
            if not found:  # a mark that is drawn on the letter before it has no place of its own
                found = paragraph.segments([cluster_at(self._text, offset)])
            if not found:  # an empty line, or only a space that hangs over the edge
                boxes.append(QRectF(corner.x(), corner.y(), 1, tall))
            for line, left, right in found[:1] if offset == span.start else found[-1:]:
                box = QRectF(left, line.base - up, right - left, tall)
                boxes.append(box.translated(corner))
        return boxes

    def area(self, start: int, end: int, view: QRectF) -> QRect:
        """The part of the view (pixels of the document) in which [start, end) is painted."""
        to_qt, base = self._positions.to_qt, self._page.base
        first = self._document.findBlock(max(0, to_qt(start) - base))
        last = self._document.findBlock(max(0, to_qt(end - 1) - base))
        if not first.isValid() or not first.layout().lineCount() or end <= self._page.start:
            return QRect()  # beyond what is laid out, and so beyond the view
        bottom = view.bottom()
        if last.isValid() and last.layout().lineCount():
            rect = self._document.documentLayout().blockBoundingRect(last)
            bottom = rect.bottom()
        reach = self._metrics.line_height
        box = QRectF(view.left(), first.layout().position().y(), view.width(), 0)
        box.setBottom(bottom)
        return box.adjusted(0, -reach, 0, reach).intersected(view).toAlignedRect()

    def _span(self, block: QTextBlock) -> Span:
        start = self._page.base + block.position()
        return self._positions.span(start, start + block.length())

    def _paragraph(self, block: QTextBlock) -> Paragraph:
        return Paragraph(block, self._page.base, self._positions, self._text)

    def _picture(self, block: QTextBlock) -> Picture:
        shown = self._shown
        marks = [mark for mark in self._marks.over(*self._span(block)) if shown(mark)]
        # The letters' shapes are kept too while the block is in view.
        block.layout().setCacheEnabled(True)
        if not marks:
            return Picture()
        return self._painting.picture(marks, self._paragraph(block), lambda: self._height(block))

    def _height(self, block: QTextBlock) -> int:
        """Pixels from a block's top to the next one's."""
        layout, after = self._document.documentLayout(), block.next()
        if not after.isValid():
            return round(layout.blockBoundingRect(block).height())
        layout.blockBoundingRect(after)
        return round(after.layout().position().y() - block.layout().position().y())
