"""Where a stretch of a paragraph stands: line by line, and run by run in mixed directions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil
from typing import Any

from PySide6.QtGui import QTextBlock, QTextLine

from newsdesk.ui.utf16 import Positions

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
Stretch = tuple[float, float]


def runs_right_to_left(text: str) -> bool:
    """Whether any of a text is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


class Line:
    """One line of a block; `start` and `end` count from the block's start, pixels from its corner.

    `right` is where the words end, the space that hangs over the edge left out.
    """

    __slots__ = ("_line", "base", "end", "left", "mixed", "right", "start")

    def __init__(self, line: QTextLine, mixed: bool) -> None:
        self._line = line
        self.start = line.textStart()
        self.end = self.start + line.textLength()
        self.base = round(line.y() + line.ascent())
        self.mixed = mixed
        if mixed:
            rect = line.naturalTextRect()
            self.left, self.right = rect.left(), rect.right()
        else:
            self.left = line.x()
            self.right = self.left + line.naturalTextWidth()

    def stretches(self, start: int, end: int) -> list[Stretch]:
        """Left and right of what is drawn of [start, end) on this line, from left to right."""
        if self.mixed:
            return self._mixed_stretches(max(start, self.start), min(end, self.end))
        left = self.x(start) if start > self.start else self.left
        right = min(self.x(end), self.right) if end < self.end else self.right
        return [(left, right)] if right > left else []

    def x(self, place: int) -> float:
        """Where a place of the block stands on this line, if it runs from left to right."""
        found: Any = self._line.cursorToX(place)  # x and place, whatever the stubs say
        return found[0]

    def _mixed_stretches(self, start: int, end: int) -> list[Stretch]:
        # A cursor's x can't tell the two sides of a place where the direction turns; glyphs can.
        rects = [run.boundingRect() for run in self._line.glyphRuns(start, end - start)]
        found: list[Stretch] = []
        for left, right in sorted((rect.left(), rect.right()) for rect in rects):
            left, right = max(left, self.left), min(right, self.right)
            if found and left <= found[-1][1] + 0.75:
                found[-1] = (found[-1][0], max(found[-1][1], right))
            elif right > left:
                found.append((left, right))
        return found


Segment = tuple[Line, int, int]
"""A stretch of one line, with its left and right in whole pixels of the block: edges are crisp."""


class Paragraph:
    """A block that is laid out: its code points [start, end), and its lines.

    `end` is behind the line break, so that the next paragraph begins there.
    """

    __slots__ = ("_origin", "_to_qt", "end", "lines", "start", "words")

    def __init__(self, block: QTextBlock, base: int, positions: Positions, text: str) -> None:
        self._origin = base + block.position()
        self.start, self.end = positions.span(self._origin, self._origin + block.length())
        # Nearly always its code points and its positions are the same steps.
        even = self.end - self.start == block.length()
        self._to_qt = None if even else positions.to_qt
        self.words = text[self.start : self.end]
        mixed = runs_right_to_left(self.words)
        layout = block.layout()
        self.lines = [Line(layout.lineAt(n), mixed) for n in range(layout.lineCount())]

    def has_words(self, start: int, end: int) -> bool:
        """Whether there is a letter or digit of this paragraph in [start, end)."""
        low, high = max(0, start - self.start), max(0, end - self.start)
        return any(letter.isalnum() for letter in self.words[low:high])

    def segments(self, parts: Iterable[tuple[int, int]]) -> list[Segment]:
        """Where fragments stand on these lines."""
        found: list[Segment] = []
        for start, end in parts:
            if self._to_qt is None:
                low, high = start - self.start, end - self.start
            else:
                low, high = self._to_qt(start) - self._origin, self._to_qt(end) - self._origin
            for line in self.lines:
                if line.end <= low:
                    continue
                if line.start >= high:
                    break
                if line.mixed:
                    found += [(line, int(a), ceil(b)) for a, b in line.stretches(low, high)]
                    continue
                # The same as `stretches`, for nearly all lines, without its calls.
                left = line.x(low) if low > line.start else line.left
                right = line.x(high) if high < line.end else line.right
                if right > line.right:
                    right = line.right
                if right > left:
                    found.append((line, int(left), ceil(right)))
        return found
