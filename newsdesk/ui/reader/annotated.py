"""A sheet with annotations on it: which there are, how they look, and which is current."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Label,
    Layer,
    Span,
    Status,
)
from newsdesk.ui.reader.context import Context, Relation
from newsdesk.ui.reader.marks import Mark, Marks
from newsdesk.ui.reader.relations import Tie, paint_ties
from newsdesk.ui.reader.sheet import Sheet
from newsdesk.ui.reader.styles import Look, Style, Styles
from newsdesk.ui.theme import Theme


class AnnotatedSheet(Sheet):
    """Shows annotations, and keeps one of them current."""

    current_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._context = Context()
        self._styles: Styles | None = None
        self._held = Marks(self._context.layer_of)
        self._hidden: set[Layer] = set()
        self._rejected_too = False
        self._unsure: Callable[[Annotation], bool] = lambda annotation: False
        self._current: str | None = None
        super().__init__(parent)

    # ------------------------------------------------------------------ what is shown

    def show_article(
        self,
        article: Article,
        annotations: Iterable[Annotation] | Marks,
        attributions: Iterable[Attribution],
        labels: Mapping[str, Label],
        claims: Mapping[str, Claim],
    ) -> None:
        """Show an article from its beginning, with all that was marked in it; Marks that were
        placed already are held as they are."""
        if labels != self._context.labels:
            self._styles = None
        self._context.load(attributions, labels, claims)
        self._current = None
        self._show_text(article)
        self._load(annotations)
        if not self._page.whole:
            self.message.emit(
                self.tr("This article is very long: it is laid out part by part as you read.")
            )
        self.current_changed.emit(None)

    def clear_article(self) -> None:
        """Show none."""
        self._context.load((), self._context.labels, {})
        self._current = None
        self._show_text(None)
        self._load(())
        self.current_changed.emit(None)

    def _load(self, annotations: Iterable[Annotation] | Marks) -> None:
        if isinstance(annotations, Marks):
            self._held = annotations
        else:
            self._held = Marks(self._context.layer_of)
            self._held.load(annotations)
        self._renew_underlay()
        self._renew_strip()

    @property
    def annotations(self) -> list[Annotation]:
        """All annotations of the article, in reading order, the hidden ones too."""
        return self._held.annotations

    def set_labels(self, labels: Mapping[str, Label]) -> None:
        """Take another codebook."""
        self._context.labels = dict(labels)
        self._forget_styles()
        self._load(self._held.annotations)

    def set_layer_visible(self, layer: Layer, visible: bool) -> None:
        """Show or hide all marks of a layer."""
        if visible:
            self._hidden.discard(layer)
        else:
            self._hidden.add(layer)
        self._show_again()

    def set_show_rejected(self, shown: bool) -> None:
        """Show rejected annotations, struck through, or hide them."""
        self._rejected_too = shown
        self._show_again()

    def set_unsure(self, unsure: Callable[[Annotation], bool]) -> None:
        """Hide the suggestions of which this holds; the current one is left if it is among them."""
        self._unsure = unsure
        self._show_again()
        if self.current is not None and unsure(self.current):
            self.set_current(None)

    def set_theme(self, theme: Theme) -> None:
        self._forget_styles()
        super().set_theme(theme)
        self._renew_strip()

    def _lay_out(self) -> None:
        self._forget_styles()
        super()._lay_out()

    def _forget_styles(self) -> None:
        self._styles = None
        for mark in self._held.unordered():
            mark.style = None

    def _show_again(self) -> None:
        if self._under is not None:
            self._under.forget()
        self._renew_strip()
        self.viewport().update()

    def _renew_strip(self) -> None:
        self.strip.show_marks(len(self.words), self._seen)

    def _seen(self) -> Iterator[tuple[Mark, Style]]:
        style_of, is_shown = self._style_of, self._is_shown
        # A list: they may change before the last of them is taken.
        for mark in list(self._held.unordered()):
            if is_shown(mark):
                yield mark, mark.style or style_of(mark)

    def _marks(self) -> Marks:
        return self._held

    def _style_of(self, mark: Mark) -> Style:
        if self._styles is None:
            look = Look(self._metrics.unit, self.devicePixelRatioF())
            self._styles = Styles(self._theme, look)
        if mark.style is None:
            annotation, context = mark.annotation, self._context
            mark.style = self._styles.of(
                annotation, context.label_of(annotation), context.claim_of(annotation)
            )
        return mark.style

    def _is_shown(self, mark: Mark) -> bool:
        if self._hidden and mark.layer in self._hidden:
            return False
        status = mark.annotation.status
        if status is Status.PROPOSED:
            return not self._unsure(mark.annotation)
        return self._rejected_too or status is not Status.REJECTED

    # ------------------------------------------------------------------ the current one

    @property
    def current(self) -> Annotation | None:
        """The annotation that keys and the inspector act on."""
        mark = self._held.get(self._current)
        return mark.annotation if mark is not None else None

    def set_current(self, annotation_id: str | None, *, scroll: bool = True) -> None:
        """Make an annotation current; None, or one that is not here, leaves none."""
        mark = self._held.get(annotation_id)
        wanted = mark.annotation.id if mark is not None else None
        if mark is not None and scroll:
            self.scroll_to(mark.annotation.spans[0])
        if wanted == self._current:
            return
        self._current = wanted
        self.viewport().update()
        self.current_changed.emit(self.current)

    def next_annotation(
        self, backwards: bool = False, only_proposed: bool = False
    ) -> Annotation | None:
        """Make the next annotation that is shown current, round the end of the text."""
        mark = self._held.get(self._current)
        key = mark.key if mark is not None else (self._caret()[1], -len(self.words) - 1, "")
        for found in self._held.after(key, backwards):
            proposed = found.annotation.status is Status.PROPOSED
            if self._is_shown(found) and (proposed or not only_proposed):
                self._tell_turn(found, key, backwards)
                self.set_current(found.annotation.id)
                return found.annotation
        return None

    def _tell_turn(self, found: Mark, key: tuple[int, int, str], backwards: bool) -> None:
        if backwards and found.key > key:
            self.message.emit(self.tr("Went on from the end of the article"))
        elif not backwards and found.key < key:
            self.message.emit(self.tr("Went on from the beginning of the article"))

    def annotations_at(self, position: int) -> list[Annotation]:
        """The annotations shown at a code point, the shortest first; touching its end counts."""
        marks = self._held.over(max(0, position - 1), position + 1)
        found = [mark for mark in marks if self._is_shown(mark) and mark.covers(position)]
        found.sort(key=lambda mark: (mark.end - mark.start, mark.key))
        return [mark.annotation for mark in found]

    def annotations_under(self, point: QPoint) -> list[Annotation]:
        """The annotations whose words are under a pixel of the viewport, the shortest first."""
        offset = self.offset_at(point)
        found = []
        for annotation in self.annotations_at(offset):
            mark = self._held.get(annotation.id)
            if mark is not None and self._boxes_hold(mark, point):
                found.append(annotation)
        return found

    def _boxes_hold(self, mark: Mark, point: QPoint) -> bool:
        if self._under is None:
            return False
        view = self.view()
        place = QPoint(point.x(), point.y() + round(view.top()))
        half = self._metrics.line_height / 2
        near = QRectF(0, place.y() - half, view.width(), 2 * half)
        for corner, (line, left, right) in self._under.segments(mark.parts, near):
            box = QRectF(left - 2, line.base - half * 1.3, right - left + 4, 2 * half)
            if box.translated(corner).contains(place):
                return True
        return False

    def cycle_overlaps(self) -> Annotation | None:
        """Make the next of the annotations under the caret current, from the shortest outward."""
        found = self.annotations_at(self._caret()[1])
        if not found:
            return None
        ids = [annotation.id for annotation in found]
        after = (ids.index(self._current) + 1) % len(ids) if self._current in ids else 0
        self.set_current(ids[after], scroll=False)
        return found[after]

    # ------------------------------------------------------------------ painting

    def _preview(self) -> tuple[Span, ...]:
        """The spans of the current annotation while an edge of it is dragged."""
        return ()

    def _paint_over_marks(self, painter: QPainter, clip: QRectF) -> None:
        mark = self._held.get(self._current)
        if mark is None or self._under is None:
            return
        spans = self._preview() or mark.parts
        self._under.paint_outline(painter, clip, spans, QColor(self._theme.accent))

    def ties(self) -> list[Tie]:
        """The current annotation's relations, as boxes in pixels of the viewport."""
        current = self.current
        if current is None:
            return []
        near = self.visible_boxes(current.spans)
        found = []
        for role, other in self._relations(current):
            mark = self._held.get(other)
            if mark is None or not self._is_shown(mark):
                continue
            far = self.boxes_of(mark.annotation.spans[0])
            pairs = [Tie(role, a, b) for a in near for b in far]
            if pairs:
                found.append(min(pairs, key=Tie.distance))
        return found

    def _relations(self, annotation: Annotation) -> list[Relation]:
        return self._context.relations_of(annotation)

    def _paint_over_text(self) -> None:
        ties = self.ties()
        if ties:
            painter = QPainter(self.viewport())
            view = QRectF(self.viewport().rect())
            font, unit = self._metrics.code_font, self._metrics.unit
            paint_ties(painter, ties, view, self._theme, font, unit)
            painter.end()
