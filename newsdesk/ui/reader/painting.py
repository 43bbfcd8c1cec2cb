"""Draws one block's marks: built once as a few paths, painted under the text as often as needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from newsdesk.model import Layer
from newsdesk.ui.reader.lines import Line, Stretch
from newsdesk.ui.reader.marks import LANES, Mark
from newsdesk.ui.reader.page import GUTTER_STEPS, Metrics
from newsdesk.ui.reader.styles import Form, Style

Segment = tuple[Line, float, float]
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

    def picture(
        self, marks: Iterable[Mark], lines: list[Line], start: int, end: int, height: float
    ) -> Picture:
        """The picture of the block of positions [start, end) that is `height` pixels high."""
        block = _Block(self._metrics, lines, start, end, height)
        by_form: dict[Form, list[tuple[Mark, Style]]] = {}
        for mark in marks:
            style = self._style_of(mark)
            by_form.setdefault(style.form, []).append((mark, style))
        picture = Picture()
        for form in sorted(by_form, key=_order):
            _DRAWN[form](block, by_form[form], picture)
        for group in by_form.values():
            block.join_fragments(group, picture)
            if self._codes:
                block.write_codes(group, picture)
        block.count_hidden(by_form.get(Form.UNDERLINE, []), picture, self._muted)
        return picture


def _order(form: Form) -> int:
    return form.value


Group = list[tuple[Mark, Style]]


class _Block:
    """The lines of one block, and the ways to draw on them."""

    def __init__(
        self, metrics: Metrics, lines: list[Line], start: int, end: int, height: float
    ) -> None:
        self.metrics, self.lines = metrics, lines
        self.start, self.end, self.height = start, end, height

    def segments(self, parts: Iterable[tuple[int, int]]) -> list[Segment]:
        """Where fragments (positions) stand: line, left and right."""
        found: list[Segment] = []
        for start, end in parts:
            if start >= self.end or end <= self.start:
                continue
            low, high = start - self.start, end - self.start
            for line in self.lines:
                if line.start >= high:
                    break
                if line.end > low:
                    found += [(line, a, b) for a, b in line.stretches(low, high)]
        return found

    def wash(self, group: Group, picture: Picture) -> None:
        """Quotes: a faint wash behind the words and a bar in the gutter, nested ones further in."""
        metrics = self.metrics
        up = round(metrics.line_height * 0.8 - metrics.em * 0.2)
        for depth, (mark, style) in zip(depths(group), group, strict=True):
            path = QPainterPath()
            segments = self.segments(mark.parts)
            for line, left, right in segments:
                path.addRect(left, line.base - up, right - left, metrics.line_height)
            assert style.fill is not None
            picture.fills.append((path, style.fill))
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
        top = 0 if came else segments[0][0].base - metrics.above
        bottom = self.height if goes_on else segments[-1][0].base + metrics.below
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
        group = sorted(group, key=_length, reverse=True)
        layers: dict[tuple[int, int], tuple[QPainterPath, Style]] = {}
        radius, height = 3.0 * metrics.unit, metrics.above + metrics.below
        for level, (mark, style) in zip(levels(group), group, strict=True):
            key = (level, id(style))
            if key not in layers:
                path = QPainterPath()
                path.setFillRule(_WINDING)
                layers[key] = (path, style)
            path = layers[key][0]
            grow = 0 if level else 1
            for line, left, right in self.segments(mark.parts):
                path.addRoundedRect(
                    left - 1, line.base - metrics.above - grow, right - left + 2,
                    height + 2 * grow, radius, radius,
                )  # fmt: skip
        for (_, _), (path, style) in sorted(layers.items(), key=_level):
            assert style.fill is not None
            picture.fills.append((path, style.fill))
            if style.dashes:
                picture.strokes.append((path, style.outline))

    def underline(self, group: Group, picture: Picture) -> None:
        """Claims: underlined in their lanes; those beyond the last lane are only counted."""
        unit = self.metrics.unit
        for mark, style in group:
            if mark.lane >= LANES:
                continue
            down = self.metrics.below + unit * (2 + 3.25 * mark.lane)
            self._stroke_under(mark, style, down, picture)

    def dotted(self, group: Group, picture: Picture) -> None:
        """Cues."""
        for mark, style in group:
            self._stroke_under(mark, style, self.metrics.em * 0.2, picture)

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
                path.moveTo(left, y - (5 * unit if opens else 0))
                path.lineTo(left, y)
                path.lineTo(right, y)
                path.lineTo(right, y - (5 * unit if closes else 0))
            picture.strokes.append((path, style.pen))

    def struck(self, group: Group, picture: Picture) -> None:
        """Rejected, where they are asked for: struck through."""
        for mark, style in group:
            self._stroke_under(mark, style, -self.metrics.x_height * 0.5, picture)

    def _stroke_under(self, mark: Mark, style: Style, down: float, picture: Picture) -> None:
        path = QPainterPath()
        for line, left, right in self.segments(mark.parts):
            y = round(line.base + down)
            path.moveTo(left, y)
            path.lineTo(right, y)
        picture.strokes.append((path, style.pen))

    def join_fragments(self, group: Group, picture: Picture) -> None:
        """A thin line through the gaps of a discontinuous mark."""
        for mark, style in group:
            if len(mark.parts) < 2:
                continue
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
        for mark, style in group:
            if not self.start <= mark.start < self.end:
                continue
            for line, left, _ in self.segments([(mark.start, mark.start + 1)])[:1]:
                y = line.base - self.metrics.above - 2 * self.metrics.unit
                picture.words.append((QPointF(left, y), style.code, style.code_ink))

    def count_hidden(self, group: Group, picture: Picture, ink: QColor) -> None:
        """ "+n" at the end of a line for the claims that no lane was left for."""
        hidden = [mark for mark, _ in group if mark.lane >= LANES]
        if not hidden:
            return
        for line in self.lines:
            low, high = self.start + line.start, self.start + line.end
            count = sum(any(a < high and b > low for a, b in mark.parts) for mark in hidden)
            if count:
                place = QPointF(line.right + self.metrics.em * 0.4, line.base)
                picture.words.append((place, f"+{count}", ink))


_WINDING = QPainterPath().fillRule().__class__.WindingFill
_DRAWN: dict[Form, Callable[[_Block, Group, Picture], None]] = {
    Form.WASH: _Block.wash,
    Form.TINT: _Block.tint,
    Form.BRACKET: _Block.bracket,
    Form.DOTTED: _Block.dotted,
    Form.WAVY: _Block.wavy,
    Form.UNDERLINE: _Block.underline,
    Form.STRUCK: _Block.struck,
}


def _length(pair: tuple[Mark, Style]) -> int:
    return pair[0].end - pair[0].start


def _level(item: tuple[tuple[int, int], object]) -> int:
    return item[0][0]


def depths(group: Group) -> list[int]:
    """For each mark, in reading order, how many earlier ones hold it whole: nesting of quotes."""
    found: list[int] = []
    for n, (mark, _) in enumerate(group):
        found.append(sum(mark.end <= other.end for other, _ in group[:n]))
    return found


def levels(group: Group) -> list[int]:
    """For each mark, the first level on which it overlaps none that came before it."""
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
        path.quadTo((x + end) / 2, y + (-2 * unit if up else 2 * unit), end, y)
        x, up = end, not up


def outline(segments: list[Segment], metrics: Metrics, grow: float = 2) -> QPainterPath:
    """A rounded line around the segments of the current annotation."""
    path = QPainterPath()
    for line, left, right in segments:
        box = QRectF(left, line.base - metrics.above, right - left, metrics.above + metrics.below)
        box.adjust(-grow, -grow, grow, grow)
        path.addRoundedRect(box, 4 * metrics.unit, 4 * metrics.unit)
    return path


__all__ = ["Layer", "Painting", "Picture", "Segment", "Stretch", "depths", "levels", "outline"]
