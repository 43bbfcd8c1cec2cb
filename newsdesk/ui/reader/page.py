"""The article as a Qt document: fonts, measure and spacing set once; a giant by windows."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlockFormat, QTextCursor, QTextDocument

from newsdesk.ui.theme import measure, reading_font
from newsdesk.ui.utf16 import Positions

WHOLE = 2_000_000
"""Code points up to which an article is laid out in one piece."""
TALLEST = 4_000_000
"""Pixels up to which it is: beyond 2²³ of them Qt's layout counts no further."""
WINDOW, WINDOW_HEIGHT = 120_000, 400_000
"""Code points and pixels of a giant that are laid out at a time: quickly enough to scroll on."""
GUTTER_STEPS = 4
"""Levels of nested quotes that the gutter has room for."""


class Typography(NamedTuple):
    """How the article is set: kind of font, size in percent, characters a line, room for codes."""

    kind: str = "serif"
    percent: int = 100
    characters: int = 72
    codes: bool = False


class Metrics:
    """Sizes in pixels that the page and its marks share; all follow from the font."""

    def __init__(self, typography: Typography) -> None:
        self.font = reading_font(typography.kind, typography.percent)
        seen = QFontMetricsF(self.font)
        em = self.em = self.font.pointSizeF() * seen.fontDpi() / 72
        self.unit = max(1.0, round(em / 17 * 2) / 2)
        self.line_height = round(em * (2.05 if typography.codes else 1.62))
        self.paragraph_gap = round(em * 0.72)
        self.bar_step = round(max(5.0, em * 0.36))
        self.gutter = round(em) + self.bar_step * GUTTER_STEPS
        self.margin = round(em * 1.4)
        self.above = round(min(seen.capHeight() + em * 0.24, em * 0.98))
        self.below = round(em * 0.28)
        self.x_height = seen.xHeight()
        self.characters = typography.characters
        self.text_width = round(measure(self.font, typography.characters))
        self.edge = round(em * 1.5)  # beside the gutter's opposite: room for "+n"
        self.column = self.gutter + self.text_width + self.edge

        # For the short codes above the words.
        self.code_font = QFont(self.font)
        self.code_font.setPointSizeF(self.font.pointSizeF() * 0.56)
        self.code_font.setWeight(QFont.Weight.DemiBold)
        self._codes_seen = QFontMetricsF(self.code_font)

    def code_width(self, code: str) -> float:
        """Room for a code and the gap behind it."""
        return self._codes_seen.horizontalAdvance(code) + self.em * 0.2


class Page:
    """The QTextDocument of an article, or of the window of a giant that holds a certain place.

    It is filled before a view has it: that way Qt lays out no more than what is looked at, and
    that once, when `lay_out` is called with the view's width known. `base` is the position, of the
    whole article, at which the document begins.
    """

    def __init__(self, text: str, positions: Positions, metrics: Metrics, centre: int = 0) -> None:
        self._text, self._positions, self._metrics = text, positions, metrics
        self.start, self.stop = self._window(centre)
        self.base = positions.to_qt(self.start)
        self.document = QTextDocument()
        self.document.setLayoutEnabled(False)
        self.document.setUndoRedoEnabled(False)
        self.document.setDefaultFont(metrics.font)
        self._set_margins()
        cursor = QTextCursor(self.document)
        cursor.setBlockFormat(self._block_format(metrics.paragraph_gap))
        cursor.insertText(positions.shown(self.start, self.stop))
        self._close_empty_lines(cursor)
        self._close_broken_paragraphs(cursor)
        self.document.setModified(False)

    def lay_out(self) -> None:
        """Lay out what the view shows; until then there are no lines."""
        self.document.setLayoutEnabled(True)

    @property
    def whole(self) -> bool:
        """Whether the document holds all of the article."""
        return self.start == 0 and self.stop == len(self._text)

    @property
    def likely_height(self) -> float:
        """Pixels that the document takes, guessed before it is laid out."""
        return self._height(self.start, self.stop)

    @property
    def settled(self) -> bool:
        """Whether the layout has reached the end."""
        return self.document.lastBlock().layout().lineCount() > 0

    def holds(self, code_point: int) -> bool:
        """Whether a place is in the document."""
        return self.start <= code_point <= self.stop

    def position_at(self, x: float, y: float) -> int:
        """The position nearest to a pixel of the document; lays it out so far.

        While the layout is under way Qt takes some places between two blocks, and those above the
        first, for the end of the text: it is then asked a little further down.
        """
        layout, step = self.document.documentLayout(), self._metrics.line_height
        y = max(y, self._metrics.margin + step / 2)
        place = 0
        for further in range(4):
            corner = QPointF(x, y + further * step / 3)
            place = max(0, layout.hitTest(corner, Qt.HitTestAccuracy.FuzzyHit))
            found = self.document.findBlock(place).layout()
            if found.lineCount() and found.position().y() <= y + 2 * step:
                break
        return place

    def _window(self, centre: int) -> tuple[int, int]:
        length = len(self._text)
        if length <= WHOLE and self._height(0, length) <= TALLEST:
            return 0, length
        reach = WINDOW // 2
        while True:
            start = self._positions.edge(max(0, centre - reach))
            stop = min(length, centre + reach)
            if stop < length:
                stop = max(self._positions.edge(stop) - 1, min(centre + 1, length))
            if self._height(start, stop) <= WINDOW_HEIGHT or reach < 1_000:
                return start, stop
            reach //= 2

    def _height(self, start: int, stop: int) -> float:
        metrics = self._metrics
        lines = self._text.count("\n", start, stop)
        wrapped = (stop - start) / max(10, metrics.characters * 0.6)
        return (lines + wrapped) * metrics.line_height + lines * metrics.paragraph_gap

    def _set_margins(self) -> None:
        frame = self.document.rootFrame()
        shape = frame.frameFormat()
        shape.setMargin(0)
        shape.setLeftMargin(self._metrics.gutter)
        shape.setRightMargin(self._metrics.edge)
        shape.setTopMargin(self._metrics.margin)
        shape.setBottomMargin(self._metrics.margin * 2)
        frame.setFrameFormat(shape)

    def _block_format(self, gap: float) -> QTextBlockFormat:
        made = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.FixedHeight.value
        made.setLineHeight(self._metrics.line_height, kind)
        made.setBottomMargin(gap)
        return made

    def _close_empty_lines(self, cursor: QTextCursor) -> None:
        """The gap between paragraphs is the same with an empty line there and without."""
        form = self._block_format(0)
        form.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        find, to_qt, base = self._text.find, self._positions.to_qt, self.base
        place = find("\n\n", self.start, self.stop)
        while place >= 0:
            cursor.setPosition(to_qt(place + 1) - base)
            cursor.setBlockFormat(form)
            place = find("\n\n", place + 1, self.stop)

    def _close_broken_paragraphs(self, cursor: QTextCursor) -> None:
        """The blocks of one paragraph stand without a gap, in the direction in which it begins."""
        for place in self._positions.breaks:
            if self.start < place < self.stop:
                form = self._block_format(0)
                form.setLayoutDirection(_direction(self._text, place))
                position = self._positions.to_qt(place) - self.base
                cursor.setPosition(position - 1)
                cursor.setBlockFormat(form)
                cursor.setPosition(position)
                form.setBottomMargin(self._metrics.paragraph_gap)
                cursor.setBlockFormat(form)


def _direction(text: str, place: int) -> Qt.LayoutDirection:
    """The direction of the paragraph around a place: that of its first strong character."""
    start = text.rfind("\n", 0, place) + 1
    for character in text[start : start + 500]:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return Qt.LayoutDirection.RightToLeft
        if kind == "L":
            break
    return Qt.LayoutDirection.LeftToRight
