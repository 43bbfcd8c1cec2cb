"""The sheet of paper: an article's text in a read-only text edit, with marks under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from newsdesk.model import Article, Span
from newsdesk.ui.reader.column import Column
from newsdesk.ui.reader.empty import paint_empty
from newsdesk.ui.reader.lines import runs_right_to_left
from newsdesk.ui.reader.marks import Mark, Marks
from newsdesk.ui.reader.page import Page
from newsdesk.ui.reader.painting import Painting
from newsdesk.ui.reader.styles import Style
from newsdesk.ui.reader.underlay import Underlay
from newsdesk.ui.utf16 import Positions

_MOVE, _KEEP = QTextCursor.MoveMode.MoveAnchor, QTextCursor.MoveMode.KeepAnchor


class Sheet(Column):
    """An article's text in the column. Offsets are code points, never Qt's.

    What is marked is painted under the words by the underlay; the document holds text alone.
    """

    message = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._article: Article | None = None
        self._positions = Positions("")
        self._page = Page("", self._positions, self._metrics)
        self._under: Underlay | None = None
        self._turning = False
        self._top = 0
        self.strip.jumped.connect(self._jump)
        self._soon = self._once(16, self._tell_view)
        # A document must not be replaced from within its own layout.
        self._going_on = self._once(0, self._go_on)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.set_theme(self._theme)

    # What the classes above this one have to tell: which marks there are, and how they look.

    def _marks(self) -> Marks:
        raise NotImplementedError

    def _style_of(self, mark: Mark) -> Style:
        raise NotImplementedError

    def _is_shown(self, mark: Mark) -> bool:
        raise NotImplementedError

    # ------------------------------------------------------------------ what is shown

    @property
    def article(self) -> Article | None:
        """The article that is shown."""
        return self._article

    @property
    def words(self) -> str:
        """Its text, or an empty one."""
        return self._article.text if self._article is not None else ""

    # ------------------------------------------------------------------ the document

    def _show_text(self, article: Article | None) -> None:
        """Take another article, from its beginning."""
        self._article, self._top = article, 0
        self._positions = Positions(self.words)
        self._set_page(Page(self.words, self._positions, self._metrics))

    def _set_page(self, page: Page) -> None:
        self._turning = True
        old, self._page = self._page, page
        page.document.setParent(self)
        # A scroll bar that goes with the old text and comes with the new one would have the new
        # one laid out twice.
        if page.likely_height > self.viewport().height():
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setDocument(page.document)
        page.lay_out()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # Not at once: Qt may be in the middle of laying it out.
        old.document.deleteLater()
        self._place(self._article is not None)
        self._renew_underlay()
        self._turning = False

    def _renew_underlay(self) -> None:
        if self._article is not None:
            painting = Painting(
                self._metrics, self._style_of,
                codes=self._typography.codes, muted=self._theme.muted,
            )  # fmt: skip
            self._under = Underlay(
                self.words, self._positions, self._page, self._marks(), painting,
                self._metrics, self._is_shown,
            )  # fmt: skip
        else:
            self._under = None
        self.viewport().update()

    def _lay_out(self) -> None:
        """Set the same text anew, with the caret, the selection and the first line kept."""
        top = self.offset_at(QPoint(self._metrics.gutter, 4))
        held = self._caret()
        self._set_page(Page(self.words, self._positions, self._metrics, top))
        self._set_caret(*held)
        self._put_at_top(top)

    def _bring(self, offset: int) -> None:
        """Lay out the window of a giant article that holds a place."""
        if not self._page.holds(offset):
            held = self._caret()
            self._set_page(Page(self.words, self._positions, self._metrics, offset))
            self._turning = True
            self._set_caret(*held)
            self._turning = False

    def _put_at_top(self, offset: int) -> None:
        if self._under is not None and self.words:
            self._bring(offset)
            for box in self._under.boxes_of(Span(offset, offset + 1))[:1]:
                self._scroll(box.top() - self._metrics.em * 0.3)

    # ------------------------------------------------------------------ places

    def offset_at(self, point: QPoint) -> int:
        """The code point nearest to a pixel of the viewport."""
        position = self._page.position_at(point.x(), point.y() + self.verticalScrollBar().value())
        return min(len(self.words), self._positions.from_qt(position + self._page.base))

    def _caret(self) -> tuple[int, int]:
        """Anchor and caret, in code points."""
        cursor, base = self.textCursor(), self._page.base
        from_qt = self._positions.from_qt
        return from_qt(cursor.anchor() + base), from_qt(cursor.position() + base)

    def _set_caret(self, anchor: int, caret: int | None = None) -> None:
        low, high, to_qt = self._page.start, self._page.stop, self._positions.to_qt
        places = [
            to_qt(max(low, min(high, offset))) - self._page.base
            for offset in (anchor, anchor if caret is None else caret)
        ]
        cursor = self.textCursor()
        cursor.setPosition(places[0], _MOVE)
        cursor.setPosition(places[1], _KEEP)
        self.setTextCursor(cursor)

    def view(self) -> QRectF:
        """What of the document is on the screen, in its pixels."""
        rect = QRectF(self.viewport().rect())
        return rect.translated(0, self.verticalScrollBar().value())

    def boxes_of(self, span: Span) -> list[QRectF]:
        """The boxes of a span's first and last line, in pixels of the viewport.

        One that is in another part of a giant article is above or below all that is laid out.
        """
        if self._under is None:
            return []
        if not self._page.holds(span.start):
            far = -1e6 if span.start < self._page.start else 1e7
            return [QRectF(self._metrics.gutter, far, 1, 1)]
        span = Span(span.start, min(span.end, max(self._page.stop, span.start + 1)))
        up = -self.verticalScrollBar().value()
        return [box.translated(0, up) for box in self._under.boxes_of(span)]

    def visible_boxes(self, spans: Sequence[Span]) -> list[QRectF]:
        """The boxes of these spans' lines that are on the screen, in pixels of the viewport."""
        if self._under is None:
            return []
        view, metrics = self.view(), self._metrics
        boxes = []
        for corner, (line, left, right) in self._under.segments(spans, view):
            box = QRectF(left, line.base - metrics.above, right - left, 0)
            box.setHeight(metrics.above + metrics.below)
            box.translate(corner.x(), corner.y() - view.top())
            if box.top() >= 0 and box.bottom() <= view.height():
                boxes.append(box)
        return boxes

    def box_of(self, span: Span) -> QRectF:
        """The box around a span, in pixels of the viewport."""
        whole = QRectF()
        for box in self.boxes_of(span):
            whole |= box
        return whole

    def edge_box(self, span: Span, at_end: bool) -> QRectF:
        """A box of no width at the edge of a span, in pixels of the viewport."""
        place = Span(span.end - 1, span.end) if at_end else Span(span.start, span.start + 1)
        box = self.box_of(place)
        x = box.right() if at_end != runs_right_to_left(place.of(self.words)) else box.left()
        return QRectF(x, box.top(), 0, box.height())

    def scroll_to(self, span: Span) -> None:
        """Bring a span into view: not at all where it is seen, else to the upper third."""
        self._bring(span.start)
        box = self.box_of(span)
        view = QRectF(self.viewport().rect())
        inner = view.adjusted(0, self._metrics.line_height, 0, -self._metrics.line_height)
        if box.isNull() or (box.top() >= inner.top() and box.bottom() <= inner.bottom()):
            return
        self._scroll(self.verticalScrollBar().value() + box.top() - view.height() * 0.3)

    def scroll_towards(self, y: float) -> None:
        """Scroll by a line where a drag has left the viewport above or below."""
        beyond = (y > self.viewport().height()) - (y < 0)
        self._scroll(self.verticalScrollBar().value() + beyond * self._metrics.line_height)

    def _scroll(self, value: float) -> None:
        bar = self.verticalScrollBar()
        if value > bar.maximum():
            # Qt hears late how high the document has become.
            height = self._page.document.documentLayout().documentSize().height()
            bar.setMaximum(max(bar.maximum(), round(height) - self.viewport().height()))
        bar.setValue(round(value))

    def _jump(self, share: float) -> None:
        offset = round(share * len(self.words))
        self._bring(offset)
        box = self.box_of(Span(offset, offset + 1))
        middle = box.center().y() - self.viewport().height() / 2
        self._scroll(self.verticalScrollBar().value() + middle)

    def _scrolled(self, value: int) -> None:
        self._show_view()
        bar = self.verticalScrollBar()
        if self._page.whole or self._turning:
            return
        before = value <= bar.minimum() and self._page.start > 0
        more = self._page.stop < len(self.words) and self._page.settled
        behind = value >= bar.maximum() and more
        if (before or behind) and not self._going_on.isActive():
            self._going_on.start()

    def _go_on(self) -> None:
        """At the end of a giant's window: lay out the next, with the same line on top."""
        top = self.offset_at(QPoint(self._metrics.gutter, 4))
        self._turning = True
        held = self._caret()
        self._set_page(Page(self.words, self._positions, self._metrics, top))
        self._set_caret(*held)
        self._put_at_top(top)
        self._turning = False

    def _show_view(self) -> None:
        """Tell the strip what is on the screen; soon, and once for many steps of a scroll."""
        if not self._soon.isActive():
            self._soon.start()

    def _tell_view(self) -> None:
        if self._article is None:
            self.strip.show_view(0, 0)
            return
        # A line from right to left begins at the right.
        right, bottom = self.viewport().width(), self.viewport().height() - 1
        first = min(self.offset_at(QPoint(x, 0)) for x in (0, right))
        last = max(self.offset_at(QPoint(x, bottom)) for x in (0, right))
        length = max(1, len(self.words))
        self._top = first if self.verticalScrollBar().value() else 0
        self.strip.show_view(first / length, last / length)

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._article is None or not self.words:
            self._paint_empty()
            return
        value = self.verticalScrollBar().value()
        clip = QRectF(event.rect()).translated(0, value)
        painter = QPainter(self.viewport())
        painter.translate(0, -value)
        if self._under is not None:
            self._under.paint(painter, clip)
            self._paint_over_marks(painter, clip)
        painter.end()
        super().paintEvent(event)
        self._paint_over_text()

    def _paint_over_marks(self, painter: QPainter, clip: QRectF) -> None:
        raise NotImplementedError

    def _paint_over_text(self) -> None:
        raise NotImplementedError

    def _paint_empty(self) -> None:
        painter = QPainter(self.viewport())
        if self._article is None:
            title = self.tr("No article is open")
            hint = self.tr("Choose one in the library, or drop a file or some text here.")
        else:
            title = self.tr("This article has no text")
            hint = self.tr("Nothing can be marked in it.")
        rect = QRectF(self.viewport().rect())
        paint_empty(painter, rect, self._theme, self.font(), title, hint)

    # ------------------------------------------------------------------ the widget

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.Resize:
            self._place(self._article is not None)
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrower = event.size().width() != event.oldSize().width()
        if narrower and self._under is not None:
            self._under.forget()
        self._place(self._article is not None)
        if narrower and self._top:
            self._put_at_top(self._top)
        self._show_view()

    def createMimeDataFromSelection(self) -> QMimeData:
        # The widget's own copy would have spaces for no-break spaces, and breaks of the layout.
        start, end = sorted(self._caret())
        data = QMimeData()
        data.setText(self.words[start:end])
        return data
