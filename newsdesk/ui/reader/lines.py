"""Where a stretch of a block stands on the screen: line by line, run by run in mixed directions."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtGui import QTextBlock, QTextLine

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
        left = self._x(start) if start > self.start else self.left
        right = min(self._x(end), self.right) if end < self.end else self.right
        return [(left, right)] if right > left else []

    def _x(self, place: int) -> float:
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


def lines_of(block: QTextBlock, mixed: bool) -> list[Line]:
    """The lines of a block that is laid out."""
    layout = block.layout()
    return [Line(layout.lineAt(n), mixed) for n in range(layout.lineCount())]
