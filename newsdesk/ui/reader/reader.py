"""The reader: shows an article and its annotations, and tells what the editor points at.

It changes nothing itself: it emits signals, and is told by `follow` what the desk was changed to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QWidget

from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Edit,
    Label,
    Layer,
    Span,
    joined,
)
from newsdesk.ui.reader.context import card_rows
from newsdesk.ui.reader.following import FollowingSheet
from newsdesk.ui.reader.hover import Card
from newsdesk.ui.reader.landmarks import names_after, quotation_after
from newsdesk.ui.reader.marks import Marks
from newsdesk.ui.reader.pointer import Pointer
from newsdesk.ui.reader.selection import (
    next_sentence,
    next_word,
    sentence_around,
    snap,
    stepped,
    word_near,
)
from newsdesk.ui.theme import Theme


class Reader(FollowingSheet):
    """The article that is worked on: marks, caret and selection. All offsets are code points.

    `selection_changed` gives what `selection()` gives; `resized` an annotation's id and the spans
    that an edge was dragged to; `message` a sentence for the status bar. `entity_name` gives the
    name of an entity by its id, for the card.
    """

    selection_changed = Signal(object)
    resized = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._fragments: tuple[Span, ...] = ()
        self._exact: tuple[tuple[int, int], Span] | None = None
        self._told = ""
        self._last: tuple[Span, ...] = ()
        self._pointer: Pointer | None = None
        self.entity_name: Callable[[str], str] = lambda id: ""
        super().__init__(parent)
        self._pointer = Pointer(self)
        self._pointer.card.set_theme(self.theme)
        self.setAccessibleName(self.tr("Article"))
        self.setAccessibleDescription(self.tr("No article is open"))
        self.selectionChanged.connect(self._tell_selection)
        self.cursorPositionChanged.connect(self._announce)

    def show_article(
        self,
        article: Article,
        annotations: Iterable[Annotation] | Marks,
        attributions: Iterable[Attribution],
        labels: Mapping[str, Label],
        claims: Mapping[str, Claim],
    ) -> None:
        self._fragments, self._exact, self._told = (), None, ""
        super().show_article(article, annotations, attributions, labels, claims)
        self.setAccessibleName(self.tr("Article: {}").format(article.title))
        self.setAccessibleDescription("")
        self._tell_selection()

    def follow(self, edits: Iterable[Edit]) -> None:
        super().follow(edits)
        if self.article is not None:
            self.setAccessibleName(self.tr("Article: {}").format(self.article.title))
            self._announce()

    def clear_article(self) -> None:
        self._fragments, self._exact, self._told = (), None, ""
        super().clear_article()
        self.setAccessibleName(self.tr("Article"))
        self.setAccessibleDescription(self.tr("No article is open"))
        self._tell_selection()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        if self._pointer is not None:
            self._pointer.card.set_theme(theme)

    # ------------------------------------------------------------------ the selection

    def selection(self) -> tuple[Span, ...]:
        """The spans that the selection stands for; () where nothing is selected.

        Snapped to words unless letters were kept, and trimmed of white space and stray quotation
        marks. More than one where fragments were gathered with Ctrl.
        """
        chosen = self._chosen()
        return joined([*self._fragments, *([chosen] if chosen is not None else [])])

    def _chosen(self) -> Span | None:
        held = self._caret()
        if held[0] == held[1]:
            return None
        if self._exact is not None and self._exact[0] == held:
            return self._exact[1]
        return snap(self.words, *sorted(held)).span

    def word_at_cursor(self) -> Span | None:
        """The word that the caret stands in or behind."""
        return word_near(self.words, self._caret()[1])

    def select_span(self, span: Span) -> None:
        """Select exactly these code points."""
        self._bring(span.start)
        self._exact = ((span.start, span.end), span)
        self._set_caret(span.start, span.end)

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self.drop_fragments()
        self._set_caret(self._caret()[1])

    def snap_selection(self, *, letters: bool = False) -> None:
        """Make what is seen selected what the selection stands for; say what was trimmed."""
        anchor, caret = self._caret()
        if anchor == caret or (self._exact is not None and self._exact[0] == (anchor, caret)):
            return
        span, unquoted = snap(self.words, *sorted((anchor, caret)), letters=letters)
        if unquoted:
            self.message.emit(self.tr("Trimmed the quotation marks"))
        if span is None:
            self._set_caret(caret)
            return
        ends = (span.start, span.end) if anchor < caret else (span.end, span.start)
        self._exact = (ends, span)
        self._set_caret(*ends)
        self._tell_selection()

    def keep_fragment(self) -> None:
        """Keep what is selected as a fragment, while another is selected."""
        self._fragments = self.selection()

    def drop_fragments(self) -> None:
        """Forget the fragments that were gathered."""
        if self._fragments:
            self._fragments = ()
            self.viewport().update()
            self._tell_selection()

    def _tell_selection(self) -> None:
        found = self.selection()
        if found != self._last:
            self._last = found
            self.selection_changed.emit(found)
        self.viewport().update()

    # ------------------------------------------------------------------ the caret

    def move_word(self, backwards: bool = False, extend: bool = False) -> None:
        """Move the caret, or extend the selection, by one word."""
        self._go(next_word, backwards, extend)

    def move_sentence(self, backwards: bool = False, extend: bool = False) -> None:
        """Move the caret, or extend the selection, by one sentence."""
        self._go(next_sentence, backwards, extend)

    def select_sentence(self) -> None:
        """Select the sentence at the caret; where one is selected, the next one too."""
        start, end = sorted(self._caret())
        here = sentence_around(self.words, start)
        if here is None:
            return
        if here.start == start and end >= here.end:
            further = sentence_around(self.words, next_sentence(self.words, end - 1))
            here = Span(start, max(end, further.end if further else end))
        self.select_span(here)

    def extend_to_sentence(self, backwards: bool = False) -> None:
        """Extend the selection to the end of the sentence, or backwards to its start."""
        anchor, caret = self._caret()
        here = sentence_around(self.words, caret - 1 if backwards and caret else caret)
        if here is not None:
            place = here.start if backwards else here.end
            self.drop_fragments()
            self._set_caret(anchor, place)
            self.snap_selection()

    def next_name(self) -> None:
        """Select the next words that look like a name or a number and are not tagged as one."""
        for span in names_after(self.words, max(self._caret())):
            if not self._is_named(span):
                self._select_seen(span)
                return
        self.message.emit(self.tr("No further name or number was found in what follows"))

    def _is_named(self, span: Span) -> bool:
        return any(
            mark.layer is Layer.ENTITY and self._is_shown(mark)
            for mark in self._held.over(span.start, span.end)
        )

    def next_quotation(self) -> None:
        """Select the words of the next quotation."""
        span = quotation_after(self.words, max(self._caret()))
        if span is None:
            self.message.emit(self.tr("No further quotation was found in what follows"))
        else:
            self._select_seen(span)

    def _select_seen(self, span: Span) -> None:
        self.drop_fragments()
        self.select_span(span)
        self.scroll_to(span)

    def move_caret(self, offset: int, extend: bool = False) -> None:
        """Move the caret, or extend the selection, to a code point."""
        self._bring(offset)
        anchor = self._caret()[0]
        self._set_caret(anchor if extend else offset, offset)

    def _go(self, step: Callable[[str, int, bool], int], backwards: bool, extend: bool) -> None:
        self.move_caret(step(self.words, self._caret()[1], backwards), extend)

    def next_annotation(
        self, backwards: bool = False, only_proposed: bool = False
    ) -> Annotation | None:
        found = super().next_annotation(backwards, only_proposed)
        if found is not None:
            # The caret goes along, so that reading and arrows go on from there.
            self.drop_fragments()
            self._set_caret(found.start)
            self._announce_annotation(found)
        return found

    def choose_at(self, offset: int) -> None:
        """A click: the shortest annotation there becomes current, or none does."""
        found = self.annotations_at(offset)
        self.set_current(found[0].id if found else None, scroll=False)

    # ------------------------------------------------------------------ what is told

    def fill_card(self, card: Card, found: list[Annotation], at: QPoint) -> None:
        """Open the card about the first of these annotations, with the names of the others."""
        annotation = found[0]
        context = self._context
        words = {
            relation.annotation: mark.annotation.quote
            for relation in context.relations_of(annotation)
            if (mark := self._held.get(relation.annotation)) is not None
        }
        if annotation.entity is not None:
            words[annotation.entity] = self.entity_name(annotation.entity)
        rows = card_rows(context, annotation, words)
        others = ", ".join(context.label_of(other).name for other in found[1:5])
        if others:
            rows.append((self.tr("Also"), others))
        label = context.label_of(annotation)
        card.show_rows(f"{label.name}  {label.code}", label.colour, rows, at)

    def _announce(self) -> None:
        found = self.annotations_at(self._caret()[1])
        if found:
            self._announce_annotation(found[0])
        elif self._told:
            self._told = ""
            self.setAccessibleDescription("")

    def _announce_annotation(self, annotation: Annotation) -> None:
        told = self._context.spoken(annotation)
        if told == self._told:
            return
        self._told = told
        self.setAccessibleDescription(told)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))

    # ------------------------------------------------------------------ painting and events

    def _preview(self) -> tuple[Span, ...]:
        return self._pointer.preview if self._pointer is not None else ()

    def _paint_over_marks(self, painter: QPainter, clip: QRectF) -> None:
        held = sorted(self._caret())
        spans = [*self._fragments, *([Span(*held)] if held[0] < held[1] else [])]
        if spans and self._under is not None:
            self._under.paint_selection(painter, clip, spans, self.theme.selection)
        super()._paint_over_marks(painter, clip)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._pointer is None or not self._pointer.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pointer is None or not self._pointer.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._pointer is not None:
            self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if self._pointer is not None:
            self._pointer.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._pointer is not None:
            self._pointer.leave()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        if event.key() == Qt.Key.Key_Shift and not event.isAutoRepeat():
            before = self._exact[0] if self._exact is not None else None
            anchor, caret = self._caret()
            letters = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self.snap_selection(letters=letters)
            # A letter more or less than whole words would snap back: a word is meant.
            back = before is not None and anchor == before[0] and self._caret() == before
            if back and not letters and before is not None and caret != before[1]:
                caret = stepped(self.words, anchor, before[1], caret > before[1])
                self._set_caret(anchor, caret)
                self._exact = ((anchor, caret), Span(*sorted((anchor, caret))))
                self._tell_selection()

    def _scrolled(self, value: int) -> None:
        super()._scrolled(value)
        if self._pointer is not None:
            self._pointer.hide_card()
        if self._current is not None and self._relations_of_current():
            self.viewport().update()  # curves end at the edge of the view

    def _relations_of_current(self) -> bool:
        current = self.current
        return current is not None and bool(self._relations(current))
