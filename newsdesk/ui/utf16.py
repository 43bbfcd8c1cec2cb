"""The only place that knows that Qt counts UTF-16 units: code points ↔ positions in the widget."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QTextBoundaryFinder

from newsdesk.model import Offsets, Span

LONGEST_BLOCK = 5_000
"""Code points up to which a paragraph is laid out whole."""
PIECE = 2_000
"""Code points of a longer one that Qt is given at a time: it wraps in more than linear time."""
_REACH = 400
"""Code points on either side of a place that are looked at for the borders of its word."""


class Positions:
    """Where each code point of an article stands in the document that shows it.

    Two things part them: Qt counts UTF-16 units, and a monstrous paragraph is shown as several
    blocks (`shown`), each parted from the next by one position that the text does not have. The
    text itself is never changed, and never read back.
    """

    __slots__ = ("_breaks", "_offsets", "_separators", "_text", "end")

    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets = Offsets(text)
        self._breaks = layout_breaks(text)
        units = [self._offsets.to_utf16(place) for place in self._breaks]
        self._separators = [unit + k for k, unit in enumerate(units)]
        self.end = self._offsets.units + len(units)

    @property
    def plain(self) -> bool:
        """Whether code points and positions are the same numbers."""
        return not self._breaks and self._offsets.units == self._offsets.length

    @property
    def breaks(self) -> Sequence[int]:
        """The code points before which a paragraph's layout is broken."""
        return self._breaks

    def shown(self, start: int, stop: int) -> str:
        """The code points `start` to `stop` as the document is given them."""
        first, last = bisect_right(self._breaks, start), bisect_left(self._breaks, stop)
        if first >= last:
            return _without_swapped_mark(self._text[start:stop])
        edges = [start, *self._breaks[first:last], stop]
        return _without_swapped_mark("\n".join(self._text[a:b] for a, b in pairwise(edges)))

    def edge(self, code_point: int) -> int:
        """The beginning of the block that a code point is shown in."""
        start = self._text.rfind("\n", 0, code_point) + 1
        place = bisect_right(self._breaks, code_point)
        return max(start, self._breaks[place - 1]) if place else start

    def to_qt(self, code_point: int) -> int:
        """The document's position before a code point."""
        unit = self._offsets.to_utf16(code_point)
        return unit + bisect_right(self._breaks, code_point) if self._breaks else unit

    def from_qt(self, position: int) -> int:
        """The code point at a position; one inside a surrogate pair rounds down."""
        if self._breaks:
            position -= bisect_left(self._separators, position)
        return self._offsets.from_utf16(position)

    def span(self, start: int, end: int) -> Span:
        """The span between two positions of the document."""
        return Span(self.from_qt(start), self.from_qt(end))


def layout_breaks(text: str, longest: int = LONGEST_BLOCK, piece: int = PIECE) -> list[int]:
    """The code points at which paragraphs of over `longest` code points are broken into pieces.

    Behind a space where there is one in the last eighth, else between two grapheme clusters.
    """
    places: list[int] = []
    start, length = 0, len(text)
    while length - start > longest:
        # Whatever ends within the length of a long one holds no long one: most of a text is
        # passed over in strides.
        border = text.rfind("\n", start, start + longest + 1)
        if border < 0:
            end = text.find("\n", start + longest)
            border = end if end >= 0 else length
            while border - start > piece:
                start = _break_between(text, start + piece * 7 // 8, start + piece)
                places.append(start)
        start = border + 1
    return places


def _break_between(text: str, low: int, high: int) -> int:
    space = text.rfind(" ", low, high)
    return space + 1 if space >= 0 else cluster_at(text, high).start or high


def _without_swapped_mark(text: str) -> str:
    """The text with a U+FFFE at its head as U+FFFD.

    Qt would take it for a byte order mark, swallow it and turn the bytes of all that follows.
    """
    return "\ufffd" + text[1:] if text.startswith("\ufffe") else text


def _borders(kind: QTextBoundaryFinder.BoundaryType, piece: str) -> Iterator[int]:
    """The borders in a short text, in code points, both ends included."""
    finder = QTextBoundaryFinder(kind, _without_swapped_mark(piece))
    offsets = Offsets(piece)
    yield 0
    while (place := finder.toNextBoundary()) >= 0:
        yield offsets.from_utf16(place)


def _neighbourhood(text: str, offset: int) -> tuple[int, int]:
    """A stretch of the paragraph around a place, cut where nothing can hang together."""
    start = text.rfind("\n", max(0, offset - _REACH), offset) + 1
    if start == 0 and offset > _REACH:
        start = text.rfind(" ", offset - _REACH, offset - 32) + 1 or offset - _REACH
    end = text.find("\n", offset, offset + _REACH)
    return start, end if end >= 0 else min(len(text), offset + _REACH)


def _around(kind: QTextBoundaryFinder.BoundaryType, text: str, offset: int) -> Span:
    start, end = _neighbourhood(text, offset)
    before = start
    for border in _borders(kind, text[start:end]):
        if start + border > offset:
            return Span(before, start + border)
        before = start + border
    return Span(offset, min(offset + 1, len(text)))


def cluster_at(text: str, offset: int) -> Span:
    """The grapheme cluster that a code point belongs to: what a reader takes for one character."""
    return _around(QTextBoundaryFinder.BoundaryType.Grapheme, text, offset)


def word_at(text: str, offset: int) -> Span:
    """The piece between two word borders that a code point belongs to (UAX #29).

    It may be a space or a punctuation mark: it is for the caller to say what counts as a word.
    """
    return _around(QTextBoundaryFinder.BoundaryType.Word, text, offset)
