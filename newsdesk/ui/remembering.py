"""Brings the window back as it was, and remembers how it is when it closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSplitter

from newsdesk.model import Article, Span
from newsdesk.ui.session import Frame, Place

if TYPE_CHECKING:
    from newsdesk.ui.annotate import Annotate
    from newsdesk.ui.window import Window


class Remembering:
    """Stands between a window and its session; a window without one remembers nothing."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def come_back(self) -> None:
        """Put the frame in place now, and the article as soon as the view has its true width."""
        window = self._window
        if window.session is None:
            return
        frame = window.session.frame()
        if frame.geometry:
            window.restoreGeometry(frame.geometry)
        for name, splitter in self._splitters().items():
            sizes = frame.sizes.get(name, [])
            if len(sizes) == splitter.count() and sum(sizes) > 0:
                splitter.setSizes(sizes)
        if frame.panels:
            window.viewing.set_panels_shown(frame.panels)
        QTimer.singleShot(0, window, self._go_back)

    def _go_back(self) -> None:
        window = self._window
        if window.session is not None and not window.annotate.open.is_open:
            go_to(window.annotate, window.session.place(window.place))

    def keep(self) -> None:
        """Remember everything."""
        window = self._window
        if window.session is None:
            return
        frame = Frame(
            bytes(window.saveGeometry().data()),
            {name: splitter.sizes() for name, splitter in self._splitters().items()},
            window.viewing.panels_shown,
        )
        window.session.keep_frame(frame)
        window.session.keep_place(window.place, place_of(window.annotate))

    def _splitters(self) -> dict[str, QSplitter]:
        annotate = self._window.annotate
        return {
            "across": annotate.across,
            "left": annotate.left,
            "inspector": annotate.inspector.splitter,
        }


def place_of(annotate: Annotate) -> Place:
    """Where the editor is, to be remembered."""
    article = annotate.open.article
    spans = annotate.reader.selection()
    current = annotate.reader.current
    layer, decided = annotate.inspector.list.filters
    caret = annotate.reader.word_at_cursor()
    chosen = spans[0] if spans else Span(caret.start, caret.start) if caret else Span(0, 0)
    return Place(
        article=article.id if article else "",
        top=annotate.top() if article else 0,
        selection=(chosen.start, chosen.end),
        annotation=current.id if current else "",
        library=annotate.library.remembered(),
        layer=layer,
        decided=decided,
    )


def go_to(annotate: Annotate, place: Place) -> None:
    """Show what was shown when the window was closed."""
    annotate.library.recall(place.library)
    annotate.inspector.list.set_filters(place.layer, place.decided)
    there = place.article and annotate.desk.count(Article, id=place.article)
    if there:
        annotate.open_article(place.article, then=lambda: _go_on_at(annotate, place))


def _go_on_at(annotate: Annotate, place: Place) -> None:
    annotate.focus_reader()
    start, end = place.selection
    text = annotate.open.article.text if annotate.open.article else ""
    if 0 <= start < end <= len(text):
        annotate.reader.select_span(Span(start, end))
    elif 0 <= start <= len(text):
        annotate.reader.move_caret(start)
    annotate.put_at_top(place.top)
    if place.annotation:
        annotate.reader.set_current(place.annotation, scroll=False)
