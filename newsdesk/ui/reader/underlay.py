"""What lies under the words on the screen: the pictures of the blocks in view."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextBlock

from newsdesk.ui.reader.lines import Line, lines_of, runs_right_to_left
from newsdesk.ui.reader.marks import Mark, Marks
from newsdesk.ui.reader.page import Metrics, Page
from newsdesk.ui.reader.painting import Painting, Picture, Segment, outline

_KEPT = 400  # pictures: some screenfuls


class Underlay:
    """Paints the marks of the blocks in view, and answers where marks stand in the document.

    Positions are those of the whole article; pixels are the document's, from its top left corner.
    """

    def __init__(
        self, text: str, page: Page, marks: Marks, painting: Painting, metrics: Metrics,
        shown: Callable[[Mark], bool],
    ) -> None:  # fmt: skip
        self._text, self._page, self._marks = text, page, marks
        self._painting, self._metrics, self._shown = painting, metrics, shown
        self._document = page.document
        self._pictures: dict[int, Picture] = {}

    def forget(self, start: int | None = None, end: int = 0) -> None:
        """The marks over the positions [start, end), or all marks, look different now."""
        if start is None:
            self._pictures.clear()
            return
        base = self._page.base
        block = self._document.findBlock(max(0, start - base))
        last = self._document.findBlock(max(0, end - 1 - base))
        high = last.blockNumber() if last.isValid() else self._document.blockCount()
        if block.isValid():
            for number in range(block.blockNumber(), high + 1):
                self._pictures.pop(number, None)

    def paint(self, painter: QPainter, clip: QRectF) -> None:
        """Draw what is marked within `clip`; the painter stands at the document's corner."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if len(self._pictures) > _KEPT:
            self._pictures.clear()
        pictures = self._pictures
        font = self._metrics.code_font
        for block in self.blocks(clip.top(), clip.bottom()):
            number = block.blockNumber()
            picture = pictures.get(number)
            if picture is None:
                picture = pictures[number] = self._picture(block)
            if picture.fills or picture.strokes or picture.words:
                corner = block.layout().position()
                painter.translate(corner)
                picture.paint(painter, font)
                painter.translate(-corner)

    def paint_selection(
        self, painter: QPainter, clip: QRectF, parts: list[tuple[int, int]], colour: QColor
    ) -> None:
        """Lay the colour of the selection over ranges of positions."""
        metrics = self._metrics
        up = round(metrics.line_height * 0.8 - metrics.em * 0.2)
        path = QPainterPath()
        for corner, (line, left, right) in self.segments(parts, clip):
            path.addRect(
                corner.x() + left, corner.y() + line.base - up, right - left, metrics.line_height
            )
        painter.fillPath(path, colour)

    def paint_outline(
        self, painter: QPainter, clip: QRectF, parts: list[tuple[int, int]], colour: QColor
    ) -> None:
        """Outline the current annotation's fragments."""
        pen = QPen(colour, 1.6 * self._metrics.unit)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for corner, segment in self.segments(parts, clip):
            painter.translate(corner)
            painter.strokePath(outline([segment], self._metrics), pen)
            painter.translate(-corner)

    def blocks(self, top: float, bottom: float) -> Iterator[QTextBlock]:
        """The blocks that stand between two heights."""
        layout = self._document.documentLayout()
        place = layout.hitTest(QPointF(self._metrics.gutter, top), Qt.HitTestAccuracy.FuzzyHit)
        block = self._document.findBlock(max(0, place))
        # A mark reaches a little beyond its line: the neighbours are drawn too.
        if block.previous().isValid():
            block = block.previous()
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            if rect.top() > bottom + self._metrics.line_height:
                return
            yield block
            block = block.next()

    def segments(self, parts: list[tuple[int, int]], clip: QRectF) -> list[tuple[QPointF, Segment]]:
        """Where fragments stand within `clip`: the corner of the block, and the place in it."""
        found: list[tuple[QPointF, Segment]] = []
        for block in self.blocks(clip.top(), clip.bottom()):
            low, high = self._range(block)
            lines: list[Line] | None = None
            for start, end in parts:
                if start < high and end > low:
                    lines = lines if lines is not None else self._lines(block)
                    corner = block.layout().position()
                    found += [(corner, s) for s in _on(lines, start - low, end - low)]
        return found

    def rect_of(self, start: int, end: int) -> QRectF:
        """The box around [start, end) at its first and last line; lays the document out so far."""
        box = QRectF()
        for position in (start, max(start, end - 1)):
            block = self._document.findBlock(max(0, position - self._page.base))
            if not block.isValid():
                continue
            self._document.documentLayout().blockBoundingRect(block)
            low, high = self._range(block)
            corner = block.layout().position()
            for line, left, right in _on(
                self._lines(block), max(start, low) - low, min(end, high) - low
            ):
                box |= QRectF(
                    corner.x() + left, corner.y() + line.base - self._metrics.above,
                    right - left, self._metrics.above + self._metrics.below,
                )  # fmt: skip
        return box

    def area(self, start: int, end: int, view: QRectF) -> QRect:
        """The part of the view (pixels of the document) in which [start, end) is painted."""
        box = QRectF()
        base = self._page.base
        for block in self.blocks(view.top(), view.bottom()):
            low = base + block.position()
            if start < low + block.length() and end > low:
                rect = self._document.documentLayout().blockBoundingRect(block)
                box |= QRectF(view.left(), rect.top(), view.width(), rect.height())
        if box.isNull():
            return QRect()
        reach = self._metrics.line_height
        return box.adjusted(0, -reach, 0, reach).toAlignedRect()

    def _range(self, block: QTextBlock) -> tuple[int, int]:
        low = self._page.base + block.position()
        return low, low + block.length()

    def _lines(self, block: QTextBlock) -> list[Line]:
        return lines_of(block, runs_right_to_left(self._text_of(block)))

    def _text_of(self, block: QTextBlock) -> str:
        low, high = self._range(block)
        start, end = self._marks.positions.span(low, high)
        return self._text[start:end]

    def _picture(self, block: QTextBlock) -> Picture:
        low, high = self._range(block)
        marks = [mark for mark in self._marks.over(low, high) if self._shown(mark)]
        if not marks:
            return Picture()
        height = self._document.documentLayout().blockBoundingRect(block).height()
        return self._painting.picture(marks, self._lines(block), low, high, height)


def _on(lines: list[Line], low: int, high: int) -> Iterator[Segment]:
    for line in lines:
        if line.start < high and line.end > low:
            for left, right in line.stretches(low, high):
                yield line, left, right
