"""Draws one block's marks: built once as a few paths, painted under the text as often as needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from newsdesk.ui.reader.lines import Line, Paragraph, Segment
from newsdesk.ui.reader.marks import LANES, Mark
from newsdesk.ui.reader.page import GUTTER_STEPS, Metrics
from newsdesk.ui.reader.styles import Style

_DEEPEST = 40  # tints on one word that are sorted by level; more than that are laid in order


class Picture:
    """What is painted for one block, in its own pixels: fills and strokes, from below."""

    __slots__ = ("fills", "strokes", "words")

    def __init__(self) -> None:
        self.fills: list[tuple[QPainterPath, QColor]] = []
        self.strokes: list[tuple[QPainterPath, QPen]] = []
        self.words: list[tuple[QPointF, str, QColor]] = []

    def paint(self, painter: QPainter, code_font: QFont) -> None:
        """Draw it; the painter stands at the block's corner."""
        for path, colour in self.fills:
            painter.fillPath(path, colour)
        for path, pen in self.strokes:
            painter.strokePath(path, pen)
        if self.words:
            painter.setFont(code_font)
            for place, words, ink in self.words:
                painter.setPen(ink)
                painter.drawText(place, words)


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

    def picture(self, marks: Iterable[Mark], paragraph: Paragraph, height: float) -> Picture:
        """The picture of a paragraph that is `height` pixels high."""
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

    def __init__(self, metrics: Metrics, paragraph: Paragraph, height: float) -> None:
        self.metrics, self.height = metrics, height
        self.start, self.end = paragraph.start, paragraph.end
        self.lines, self.segments = paragraph.lines, paragraph.segments

    def wash(self, group: Group, picture: Picture) -> None:
        """Quotes: a faint wash behind the words and a bar in the gutter, nested ones further in."""
        metrics = self.metrics
        up = round(metrics.line_height * 0.8 - metrics.em * 0.2)
        for depth, (mark, style) in zip(depths(group), group, strict=True):
            path = QPainterPath()
            segments = self.segments(mark.parts)
            for line, left, right in segments:
                path.addRect(left, line.base - up, right - left, metrics.line_height)
            picture.fills.append((path, style.fills[min(depth, len(style.fills) - 1)]))
            if segments:
                self._bar(mark, style, depth, segments, picture)

    def _bar(
        self, mark: Mark, style: Style, depth: int, segments: list[Segment], picture: Picture
    ) -> None:
        metrics = self.metrics
        step = min(depth, GUTTER_STEPS - 1) * metrics.bar_step
        x = -metrics.gutter + metrics.bar_step * 1.0 + step
        goes_on = any(a < self.end < b for a, b in mark.parts)
        came = any(a < self.start < b for a, b in mark.parts)
        # Where it goes on beyond the block its round ends are pushed out of sight.
        top = -3 if came else segments[0][0].base - metrics.above
        bottom = self.height + 3 if goes_on else segments[-1][0].base + metrics.below
        path = QPainterPath()
        if style.dashes:
            path.moveTo(x + 1.5 * metrics.unit, top)
            path.lineTo(x + 1.5 * metrics.unit, bottom)
            picture.strokes.append((path, style.pen))
            return
        path.addRoundedRect(x, top, 3 * metrics.unit, bottom - top, 1.5, 1.5)
        picture.fills.append((path, style.ink))

    def tint(self, group: Group, picture: Picture) -> None:
        """Entities: a rounded tint; the longer ones below, so that the inner ones stay whole."""
        metrics = self.metrics
        if len(group) > 1:
            group = sorted(group, key=_length, reverse=True)
        layers: dict[tuple[int, int, int], tuple[QPainterPath, QPainterPath, Style]] = {}
        radius, height = 3.0 * metrics.unit, metrics.above + metrics.below
        for level, (mark, style) in zip(levels(group), group, strict=True):
            key = (level, style.rgb, len(style.dashes))
            known = layers.get(key)
            if known is None:
                known = layers[key] = (_solid(), _solid(), style)
            path, edge, _ = known
            grow = 0 if level else 1
            up, tall = metrics.above + grow, height + 2 * grow
            for line, left, right in self.segments(mark.parts):
                top, wide = line.base - up, right - left + 2
                path.addRoundedRect(left - 1, top, wide, tall, radius, radius)
                if style.dashes:
                    edge.addRoundedRect(left - 0.5, top + 0.5, wide - 1, tall - 1, radius, radius)
        for _, (path, edge, style) in sorted(layers.items(), key=_level):
            picture.fills.append((path, style.fills[0]))
            if style.dashes:
                picture.strokes.append((edge, style.outline))

    def underline(self, group: Group, picture: Picture) -> None:
        """Claims: underlined in their lanes; those beyond the last lane are only counted."""
        first, pitch = self.metrics.below + 2 * self.metrics.unit, 3.25 * self.metrics.unit
        self._stroke_under(group, [first + pitch * mark.lane for mark, _ in group], picture)

    def dotted(self, group: Group, picture: Picture) -> None:
        """Cues."""
        self._stroke_under(group, [self.metrics.em * 0.2] * len(group), picture)

    def wavy(self, group: Group, picture: Picture) -> None:
        """Hedges."""
        unit = self.metrics.unit
        for mark, style in group:
            path = QPainterPath()
            for line, left, right in self.segments(mark.parts):
                _wave(path, left, right, line.base + self.metrics.em * 0.22, unit)
            picture.strokes.append((path, style.pen))

    def bracket(self, group: Group, picture: Picture) -> None:
        """Sources: a line under the words that turns up at both ends."""
        unit = self.metrics.unit
        for mark, style in group:
            path = QPainterPath()
            segments = self.segments(mark.parts)
            for n, (line, left, right) in enumerate(segments):
                y = line.base + round(self.metrics.below - unit) + 0.5
                opens = n == 0 and mark.start >= self.start
                closes = n == len(segments) - 1 and mark.end <= self.end
                path.moveTo(left + 0.5, y - (5 * unit if opens else 0))
                path.lineTo(left + 0.5, y)
                path.lineTo(right - 0.5, y)
                path.lineTo(right - 0.5, y - (5 * unit if closes else 0))
            picture.strokes.append((path, style.pen))

    def struck(self, group: Group, picture: Picture) -> None:
        """Rejected, where they are asked for: struck through."""
        self._stroke_under(group, [-self.metrics.x_height * 0.5] * len(group), picture)

    def _stroke_under(self, group: Group, downs: list[float], picture: Picture) -> None:
        """Lines so many pixels below the baseline; those that look alike in one stroke."""
        paths: dict[Style, QPainterPath] = {}
        for (mark, style), down in zip(group, downs, strict=True):
            path = paths.get(style)
            if path is None:
                path = paths[style] = QPainterPath()
            for line, left, right in self.segments(mark.parts):
                y = round(line.base + down)
                path.moveTo(left, y)
                path.lineTo(right, y)
        picture.strokes += [(path, style.pen) for style, path in paths.items()]

    def join_fragments(self, group: Group, picture: Picture) -> None:
        """A thin line through the gaps of a discontinuous mark."""
        for mark, style in group:
            gaps = [(a[1], b[0]) for a, b in zip(mark.parts, mark.parts[1:], strict=False)]
            path = QPainterPath()
            for line, left, right in self.segments(gaps):
                y = line.base + self.metrics.below - 0.5
                path.moveTo(left, y)
                path.lineTo(right, y)
            pen = QPen(style.ink, 1)
            picture.strokes.append((path, pen))

    def write_codes(self, group: Group, picture: Picture) -> None:
        """Each label's code above the first word of its marks."""
        free: dict[Line, float] = {}
        for mark, style in sorted(group, key=_reading):
            if not self.start <= mark.start < self.end:
                continue
            for line, left, _ in self.segments([(mark.start, mark.start + 1)])[:1]:
                y = line.base - self.metrics.above - 2 * self.metrics.unit
                x = max(left, free.get(line, left))
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


def _solid() -> QPainterPath:
    """An empty path whose shapes may touch without leaving a hole."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


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


def _level(item: tuple[tuple[int, int, int], object]) -> int:
    return item[0][0]


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


def _wave(path: QPainterPath, left: float, right: float, y: float, unit: float) -> None:
    step = 2.5 * unit
    path.moveTo(left, y)
    x, up = left, True
    while x < right:
        end = min(x + step, right)
        path.quadTo((x + end) / 2, y + (-3 * unit if up else 3 * unit), end, y)
        x, up = end, not up


def outline(segments: list[Segment], metrics: Metrics, grow: float = 2) -> QPainterPath:
    """A rounded line around the segments of the current annotation."""
    path = QPainterPath()
    for line, left, right in segments:
        box = QRectF(left, line.base - metrics.above, right - left, metrics.above + metrics.below)
        box.adjust(-grow, -grow, grow, grow)
        path.addRoundedRect(box, 4 * metrics.unit, 4 * metrics.unit)
    return path
