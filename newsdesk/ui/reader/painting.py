"""Draws one block's marks: built once, painted under the text as often as needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPixmap

from newsdesk.ui.reader.lines import Line, Paragraph, Segment
from newsdesk.ui.reader.marks import LANES, Mark
from newsdesk.ui.reader.page import GUTTER_STEPS, Metrics
from newsdesk.ui.reader.styles import Style

_DEEPEST = 40  # tints on one word that are sorted by level; more than that are laid in order


Box = tuple[int, int, int, int]
"""Left, top, width and height, in pixels of the block."""


class Picture:
    """What is painted for one block, in its own pixels, from below: boxes, tints, lines, words."""

    __slots__ = ("boxes", "lines", "tints", "words")

    def __init__(self) -> None:
        self.boxes: list[tuple[Box, QColor]] = []
        self.tints: list[tuple[Box, float, QColor]] = []
        self.lines: list[tuple[Box, QPixmap]] = []
        self.words: list[tuple[QPointF, str, QColor]] = []

    def __bool__(self) -> bool:
        return bool(self.boxes or self.tints or self.lines or self.words)

    def paint(self, painter: QPainter, code_font: QFont) -> None:
        """Draw it; the painter stands at the block's corner, and has no pen."""
        fill, tile = painter.fillRect, painter.drawTiledPixmap
        for box, colour in self.boxes:
            fill(*box, colour)
        if self.tints:
            rounded, last = painter.drawRoundedRect, None
            for box, radius, colour in self.tints:
                if colour is not last:
                    painter.setBrush(colour)
                    last = colour
                rounded(*box, radius, radius)
        for box, line in self.lines:
            tile(*box, line)
        if self.words:
            painter.setFont(code_font)
            for place, words, ink in self.words:
                painter.setPen(ink)
                painter.drawText(place, words)
            painter.setPen(Qt.PenStyle.NoPen)


class Painting:
    """Turns the marks over a block into its Picture."""

    def __init__(
        self,
        metrics: Metrics,
        style_of: Callable[[Mark], Style],
        *,
        codes: bool = False,
        muted: str = "#666666",
    ) -> None:
        self._metrics, self._style_of = metrics, style_of
        self._codes, self._muted = codes, QColor(muted)

    def picture(
        self, marks: Iterable[Mark], paragraph: Paragraph, height: Callable[[], int]
    ) -> Picture:
        """The picture of a paragraph; `height` tells how many pixels it is to the next one."""
        block = _Block(self._metrics, paragraph, height)
        style_of = self._style_of
        groups: list[Group] = [[] for _ in _DRAWN]
        broken: Group = []
        hidden: list[Mark] = []
        for mark in marks:
            style = mark.style or style_of(mark)
            if mark.lane >= LANES:
                hidden.append(mark)
            else:
                groups[style.order].append((mark, style))
            if len(mark.parts) > 1:
                broken.append((mark, style))
        picture = Picture()
        for group, drawn in zip(groups, _DRAWN, strict=True):
            if group:
                drawn(block, group, picture)
        block.join_fragments(broken, picture)
        if self._codes:
            block.write_codes([pair for group in groups for pair in group], picture)
        block.count_hidden(hidden, picture, self._muted)
        return picture


Group = list[tuple[Mark, Style]]


class _Block:
    """The lines of one block, and the ways to draw on them."""

    def __init__(self, metrics: Metrics, paragraph: Paragraph, height: Callable[[], int]) -> None:
        self.metrics, self.height = metrics, height
        self.start, self.end = paragraph.start, paragraph.end
        self.segments, self.has_words = paragraph.segments, paragraph.has_words

    def wash(self, group: Group, picture: Picture) -> None:
        """Quotes: a faint wash behind the words and a bar in the gutter, nested ones further in."""
        metrics = self.metrics
        up, tall = round(metrics.line_height * 0.8 - metrics.em * 0.2), metrics.line_height
        for depth, (mark, style) in zip(depths(group), group, strict=True):
            segments = self.segments(mark.parts)
            colour = style.fills[min(depth, len(style.fills) - 1)]
            picture.boxes += [
                ((left, line.base - up, right - left, tall), colour)
                for line, left, right in segments
            ]
            if segments:
                self._bar(mark, style, depth, segments, picture)

    def _bar(
        self, mark: Mark, style: Style, depth: int, segments: list[Segment], picture: Picture
    ) -> None:
        metrics = self.metrics
        x = metrics.bar_step * (1 + min(depth, GUTTER_STEPS - 1)) - metrics.gutter
        wide = round(3 * metrics.unit)
        goes_on = any(a < self.end < b for a, b in mark.parts)
        came = any(a < self.start < b for a, b in mark.parts)
        # Where it goes on beyond the block its round ends are pushed out of sight.
        top = -3 if came else segments[0][0].base - metrics.above
        bottom = self.height() + 3 if goes_on else segments[-1][0].base + metrics.below
        if style.proposed:
            top, bottom = max(top, 0), min(bottom, self.height())
            picture.lines.append(((x, top, wide, bottom - top), style.upright))
        else:
            picture.tints.append(((x, top, wide, bottom - top), wide / 2, style.ink))

    def tint(self, group: Group, picture: Picture) -> None:
        """Entities: a rounded tint; the longer ones below, so that the inner ones stay whole."""
        metrics = self.metrics
        if len(group) > 1:
            group = sorted(group, key=_length, reverse=True)
        radius, height = 3.0 * metrics.unit, metrics.above + metrics.below
        found: list[tuple[int, Box, Style]] = []
        for level, (mark, style) in zip(levels(group), group, strict=True):
            grow = 0 if level else 1
            up, tall = metrics.above + grow, height + 2 * grow
            found += [
                (level, (left - 1, line.base - up, right - left + 2, tall), style)
                for line, left, right in self.segments(mark.parts)
            ]
        found.sort(key=_level)
        for _, box, style in found:
            picture.tints.append((box, radius, style.fills[0]))
            if style.proposed:
                _frame(box, style, picture)

    def underline(self, group: Group, picture: Picture) -> None:
        """Claims: underlined in their lanes; those beyond the last lane are only counted."""
        first, pitch = self.metrics.below + self.metrics.unit, 3.25 * self.metrics.unit
        for mark, style in group:
            self._rule(mark, style, round(first + pitch * mark.lane), picture)

    def dotted(self, group: Group, picture: Picture) -> None:
        """Cues."""
        for mark, style in group:
            self._rule(mark, style, round(self.metrics.em * 0.15), picture)

    def wavy(self, group: Group, picture: Picture) -> None:
        """Hedges."""
        for mark, style in group:
            self._rule(mark, style, round(self.metrics.em * 0.1), picture)

    def bracket(self, group: Group, picture: Picture) -> None:
        """Sources: a line under the words that turns up at both ends."""
        rise = round(5 * self.metrics.unit)
        down = self.metrics.below - round(self.metrics.unit)
        for mark, style in group:
            segments = self._rule(mark, style, down, picture)
            for n, (line, left, right) in enumerate(segments):
                top, wide = line.base + down - rise, style.thickness
                if n == 0 and mark.start >= self.start:
                    picture.lines.append(((left, top, wide, rise), style.upright))
                if n == len(segments) - 1 and mark.end <= self.end:
                    picture.lines.append(((right - wide, top, wide, rise), style.upright))

    def struck(self, group: Group, picture: Picture) -> None:
        """Rejected, where they are asked for: struck through."""
        for mark, style in group:
            self._rule(mark, style, -round(self.metrics.x_height * 0.5), picture)

    def _rule(self, mark: Mark, style: Style, down: int, picture: Picture) -> list[Segment]:
        """A line in the mark's pattern so many pixels below the baseline."""
        line_tile = style.line
        tall = round(line_tile.deviceIndependentSize().height())
        segments = self.segments(mark.parts)
        picture.lines += [
            ((left, line.base + down, right - left, tall), line_tile)
            for line, left, right in segments
        ]
        return segments

    def join_fragments(self, group: Group, picture: Picture) -> None:
        """A thin line through the gaps of a discontinuous mark, where words are left out."""
        down = self.metrics.below - 1
        for mark, style in group:
            gaps = [(a[1], b[0]) for a, b in pairwise(mark.parts) if self.has_words(a[1], b[0])]
            picture.boxes += [
                ((left, line.base + down, right - left, 1), style.ink)
                for line, left, right in self.segments(gaps)
            ]

    def write_codes(self, group: Group, picture: Picture) -> None:
        """Each label's code above the first word of its marks."""
        free: dict[Line, float] = {}
        for mark, style in sorted(group, key=_reading):
            if not self.start <= mark.start < self.end:
                continue
            for line, left, _ in self.segments([(mark.start, mark.start + 1)])[:1]:
                y = line.base - self.metrics.above - 2 * self.metrics.unit
                x = max(left, free.get(line, left))
                if x > self.metrics.text_width:
                    continue  # more marks begin here than there is room to name
                free[line] = x + self.metrics.code_width(style.code)
                picture.words.append((QPointF(x, y), style.code, style.code_ink))

    def count_hidden(self, hidden: list[Mark], picture: Picture, ink: QColor) -> None:
        """ "+n" at the end of a line for the claims that no lane was left for."""
        counts = Counter(
            line for mark in hidden for line in {line for line, _, _ in self.segments(mark.parts)}
        )
        for line, count in counts.items():
            place = QPointF(line.right + self.metrics.em * 0.4, line.base)
            picture.words.append((place, f"+{count}", ink))


def _frame(box: Box, style: Style, picture: Picture) -> None:
    """The dashed edge of a suggestion, its corners left open."""
    left, top, wide, tall = box
    line, side, thin = style.line, style.upright, style.thickness
    picture.lines += [
        ((left + 2, top, wide - 4, thin), line),
        ((left + 2, top + tall - thin, wide - 4, thin), line),
        ((left, top + 2, thin, tall - 4), side),
        ((left + wide - thin, top + 2, thin, tall - 4), side),
    ]


# In the order of Form.
_DRAWN: tuple[Callable[[_Block, Group, Picture], None], ...] = (
    _Block.wash,
    _Block.tint,
    _Block.bracket,
    _Block.dotted,
    _Block.wavy,
    _Block.underline,
    _Block.struck,
)


def _length(pair: tuple[Mark, Style]) -> int:
    return pair[0].end - pair[0].start


def _reading(pair: tuple[Mark, Style]) -> tuple[int, int, str]:
    return pair[0].key


def _level(item: tuple[int, object, object]) -> int:
    return item[0]


def depths(group: Group) -> list[int]:
    """For each mark, in reading order, how many earlier ones hold it whole: nesting of quotes."""
    found: list[int] = []
    for n, (mark, _) in enumerate(group):
        found.append(sum(mark.end <= other.end for other, _ in group[:n]))
    return found


def levels(group: Group) -> list[int]:
    """For each mark, the first level on which it overlaps none that came before it."""
    if len(group) == 1:
        return [0]
    if len(group) > _DEEPEST:
        return list(range(len(group)))
    found: list[int] = []
    for n, (mark, _) in enumerate(group):
        over = [
            found[k]
            for k, (other, _) in enumerate(group[:n])
            if other.start < mark.end and mark.start < other.end
        ]
        found.append(max(over) + 1 if over else 0)
    return found


def outline(segments: list[Segment], metrics: Metrics, grow: float = 2) -> QPainterPath:
    """A rounded line around the segments of the current annotation."""
    path = QPainterPath()
    for line, left, right in segments:
        box = QRectF(left, line.base - metrics.above, right - left, metrics.above + metrics.below)
        box.adjust(-grow, -grow, grow, grow)
        path.addRoundedRect(box, 4 * metrics.unit, 4 * metrics.unit)
    return path
