"""The workspace Annotate: library, reader and inspector on one desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from newsdesk.desk import Desk, annotating, articles
from newsdesk.model import (
    Annotation,
    ArticleStatus,
    Label,
    Layer,
    Revision,
    Source,
    Span,
    Spans,
)
from newsdesk.ui.checklist import Checklist
from newsdesk.ui.codebook import CodebookPanel
from newsdesk.ui.deciding import Deciding
from newsdesk.ui.editing import Editing
from newsdesk.ui.find_bar import FindBar
from newsdesk.ui.finding.asking import Asking
from newsdesk.ui.finding.place import FindingPlace
from newsdesk.ui.going import Going
from newsdesk.ui.header import Header
from newsdesk.ui.inspector import Inspector
from newsdesk.ui.library import LibraryPanel
from newsdesk.ui.linking import Linking
from newsdesk.ui.mentions import Mentions
from newsdesk.ui.news import News
from newsdesk.ui.open_article import OpenArticle
from newsdesk.ui.opening import Opening
from newsdesk.ui.popups import Popups
from newsdesk.ui.reader import Reader
from newsdesk.ui.reader.marks import Marks

if TYPE_CHECKING:
    from newsdesk.ui.finding.panel import FindingPanel
    from newsdesk.ui.window import Window

WIDTHS = (17, 41, 18)
"""Library, reader and inspector at the first start, in heights of a line."""


class Annotate(QWidget):
    """Composes the panels, and hands what the desk announces to each of them in turn."""

    said = Signal(str)
    failed = Signal(str)
    changed = Signal()
    article_changed = Signal()
    codebook_changed = Signal()
    annotation_menu = Signal(QPoint)
    article_menu = Signal(QPoint)
    import_wanted = Signal()
    reading = Signal()
    library: LibraryPanel
    mentions: Mentions
    linking: Linking
    found: FindingPlace

    def __init__(
        self, desk: Desk, news: News, steps: tuple[str, ...], window: Window
    ) -> None:
        super().__init__(window)
        self.desk = desk
        self.asking = Asking(window.place, self)
        self.open = OpenArticle(desk, self)
        self._tops: dict[str, int] = {}
        self.focused = False
        self.library = LibraryPanel(desk, news, self, asking=self.asking, ask=window.ask)
        self.codebook = CodebookPanel(self)
        self.checklist = Checklist(steps, self)
        self.header = Header(self)
        self.find_bar = FindBar(self)
        self.reader = Reader(self)
        self.popups = Popups(window, self.reader)
        self.editing = Editing(desk, self.open, self.reader, self.popups)
        self.inspector = Inspector(desk, self.open, self.editing, self)
        self.deciding = Deciding(
            desk, self.open, self.reader, self.editing, lambda: self.inspector.list.rows
        )
        self.mentions = Mentions(desk, self.reader, self.editing, self.popups)
        self.linking = Linking(desk, self.reader, self.editing, self.popups)
        self.found = FindingPlace(self, window)
        self.going = Going(desk, self.reader, self.library, self.popups)
        self.opening = Opening(self)
        self._lay_out()
        self._connect(news)
        self.codebook.show_labels(self.open.codebook)
        self._show_header()

    # Composition

    def _lay_out(self) -> None:
        self.left = QSplitter(Qt.Orientation.Vertical, self)
        self.left.addWidget(self.library)
        self.left.addWidget(self.codebook)
        self.left.setStretchFactor(0, 1)
        self.left.setStretchFactor(1, 0)
        self.left.setChildrenCollapsible(False)
        middle = QWidget(self)
        middle.setMinimumWidth(self.fontMetrics().height() * 22)
        for side in (self.left, self.inspector):
            side.setMinimumWidth(self.fontMetrics().height() * 10)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.checklist)
        column.addWidget(self.header)
        column.addWidget(self.find_bar)
        column.addWidget(self._text_over_found(middle), 1)
        self.across = QSplitter(Qt.Orientation.Horizontal, self)
        for widget in (self.left, middle, self.inspector):
            self.across.addWidget(widget)
        for at, stretch in enumerate((0, 1, 0)):
            self.across.setStretchFactor(at, stretch)
        self.across.setCollapsible(1, False)
        self.across.setSizes([width * self.fontMetrics().height() for width in WIDTHS])
        for splitter in (self.left, self.middle, self.across, self.inspector.splitter):
            splitter.setHandleWidth(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.across)
        self.going.set_panes(
            [
                lambda: self.library.view,
                lambda: self.codebook.view,
                lambda: self.reader,
                self.found.pane,
                self.inspector.properties.first_field,
                lambda: self.inspector.list.view,
            ]
        )

    def _text_over_found(self, parent: QWidget) -> QSplitter:
        self.middle = QSplitter(Qt.Orientation.Vertical, parent)
        self.middle.setChildrenCollapsible(False)
        self.middle.addWidget(self.reader)
        return self.middle

    def _connect(self, news: News) -> None:
        self.library.opened.connect(self.open_to_read)
        self.library.failed.connect(self.failed)
        self.library.import_wanted.connect(self.import_wanted)
        self.library.menu_wanted.connect(self.article_menu)
        self.going.opened.connect(self.open_to_read)
        self.codebook.picked.connect(self._tag_from_panel)
        self.header.retitled.connect(self._retitle)
        self.header.status_chosen.connect(self._set_status)
        self.reader.current_changed.connect(self._show_current)
        self.reader.selection_changed.connect(lambda _: self.changed.emit())
        self.reader.cursorPositionChanged.connect(self.changed)
        self.reader.resized.connect(self._resize)
        self.reader.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.reader.customContextMenuRequested.connect(self._reader_menu)
        self.find_bar.found.connect(self.show_found)
        self.find_bar.closed.connect(self.focus_reader)
        self.find_bar.changed.connect(self.changed)
        self.inspector.properties.jump.connect(self._jump)
        self.inspector.properties.left.connect(self.focus_reader)
        self.inspector.heading.relabel.connect(self.editing.relabel)
        self.inspector.heading.accept.connect(self.deciding.accept)
        self.inspector.heading.reject.connect(self.deciding.reject)
        self.inspector.list.picked.connect(self._jump)
        self.inspector.list.changed.connect(self.changed)
        self.inspector.list.menu_wanted.connect(self.annotation_menu)
        self.mentions.everywhere.connect(lambda like: self.finding.find_mentions(like))
        for speaker in (self.editing, self.deciding, self.mentions, self.linking, self.going):
            speaker.said.connect(self.said)
        self.editing.failed.connect(self.failed)
        self.editing.tagged.connect(self._tick)
        self.reader.message.connect(self.said)
        news.revised.connect(self._follow)

    @property
    def finding(self) -> FindingPanel:
        """The panel of what was found."""
        return self.found.panel

    # The open article

    def open_article(
        self, id: str, found: str = "", then: Callable[[], object] = lambda: None
    ) -> bool:
        """Open an article; `found` are words to go to, and `then` is called when it is shown.
        What can't be opened is said, and the one that was open stays."""
        if self.open.article is not None and self.open.article.id == id:
            self.opening.give_up()
            self.library.mark_current(id)
            self._go_to_words(found)
            then()
            return True

        def opened() -> None:
            self.going.trail.add(id)
            if id in self._tops:
                self.put_at_top(self._tops[id])
            self._go_to_words(found)
            self.checklist.tick("open")
            then()

        return self.opening.open(id, opened)

    def open_to_read(
        self, id: str, found: str = "", then: Callable[[], object] = lambda: None
    ) -> None:
        """Open an article, and go on with the keyboard in its text."""
        self.reading.emit()
        if self.open_article(id, found, then):
            self.focus_reader()

    def read(self, id: str, annotation: str = "") -> None:
        """Open an article from another workspace, at an annotation where one is given."""
        if annotation:
            self.open_to_read(id, then=lambda: self._jump(annotation))
        else:
            self.open_to_read(id)

    def leave(self) -> None:
        """Keep what is being typed, and the place in the article that is left."""
        self.inspector.commit()
        if self.open.article is not None:
            self._tops[self.open.article.id] = self.top()

    def show_article(self, marks: Marks | None = None) -> None:
        """Show what is open in every panel; `marks` are its annotations where they were placed
        already."""
        article = self.open.article
        self.going.article = article.id if article else ""
        if article is None:
            self.reader.clear_article()
        else:
            if self.header.isHidden():
                self._show_header()  # it takes room from the text
            self.reader.show_article(
                article,
                marks or self.open.annotations.values(),
                self.open.each_attribution(),
                self.open.labels,
                self.open.claims,
            )
            if self.isVisible():
                self.editing.paint_now()
            self.editing.read(lambda: self.open.attributions)
        self._show_header()
        self.find_bar.set_text(article.text if article else "")
        self.inspector.show_article()
        self.library.mark_current(self.going.article)
        self.article_changed.emit()
        self.changed.emit()

    def _show_header(self) -> None:
        article = self.open.article
        outlet = ""
        if article is not None and article.outlet:
            found = self.desk.get_all(Source, [article.outlet])
            outlet = found[article.outlet].description if article.outlet in found else ""
        self.header.show_article(article, outlet, writable=not self.desk.read_only)
        self.header.setVisible(article is not None and not self.focused)

    def set_focused(self, focused: bool) -> None:
        """Show nothing but the text, or its header too."""
        self.focused = focused
        self.header.setVisible(self.open.is_open and not focused)

    def _go_to_words(self, found: str) -> None:
        if found:
            self.find_bar.open(found)
            self.find_bar.step(1)

    def top(self) -> int:
        """The code point at the top of the view."""
        return self.reader.offset_at(QPoint(self.reader.viewport().width() // 2, 4))

    def put_at_top(self, offset: int) -> None:
        """Scroll until a code point is on the first line."""
        if not offset or self.open.article is None:
            return
        line = Span(offset, min(offset + 1, len(self.open.article.text)))
        if line.start >= line.end:
            return
        self.reader.scroll_to(line)
        box = self.reader.box_of(line)
        bar = self.reader.verticalScrollBar()
        bar.setValue(bar.value() + round(box.top()) - 4)

    # What the panels ask

    def _show_current(self, annotation: Annotation | None) -> None:
        self.inspector.show_current(annotation)
        self.changed.emit()

    def _tag_from_panel(self, label: Label) -> None:
        self.editing.tag(label)
        self.focus_reader()

    def _tick(self, label: Label) -> None:
        self.checklist.tick("quote" if label.layer is Layer.QUOTE else "tag")

    def _jump(self, id: str) -> None:
        self.reader.set_current(id, scroll=True)

    def show_found(self, span: Span) -> None:
        """Select words, and bring them into view."""
        self.reader.select_span(span)
        self.reader.scroll_to(span)

    def focus_reader(self) -> None:
        """Go on with the keyboard in the text."""
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_properties(self) -> None:
        """Go to the first field of the current annotation's properties."""
        self.inspector.edit()

    def _resize(self, id: str, spans: Spans) -> None:
        annotation = self.open.annotations.get(id)
        if annotation is not None and not self.desk.read_only:
            self.editing.do(lambda: annotating.resize(self.desk, annotation, spans))

    def _retitle(self, title: str) -> None:
        article = self.open.article
        if article is not None:
            self.editing.do(lambda: articles.retitle(self.desk, article.id, title))
            self._show_header()

    def _set_status(self, status: ArticleStatus) -> None:
        article = self.open.article
        if article is not None and article.status is not ArticleStatus(status):
            wanted = ArticleStatus(status)
            self.editing.do(lambda: articles.set_status(self.desk, article.id, wanted))

    def _reader_menu(self, point: QPoint) -> None:
        under = self.reader.annotations_under(point)
        if under and self.reader.current not in under:
            self.reader.set_current(under[0].id, scroll=False)
        self.annotation_menu.emit(self.reader.viewport().mapToGlobal(point))

    # What the desk announces

    def _follow(self, revision: Revision) -> None:
        self.opening.heard(revision)
        before = self.open.article
        codebook = self.open.codebook
        edits = self.editing.read(lambda: self.open.follow(revision))
        if edits is None and self.open.is_open:
            return  # it could not be read again: that was said
        if edits is None:
            self.show_article()
            self.failed.emit(
                self.tr("The article that was open is no longer on the desk: it was deleted, with "
                        "its annotations. Whoever deleted it can bring it back by Undo.")
            )
        else:
            self.reader.follow(edits)
            self.inspector.follow(edits)
            if self.open.article is not before:
                self._show_header()
                self.article_changed.emit()
        if self.open.codebook != codebook:
            self.codebook.show_labels(self.open.codebook)
            if not codebook:
                self._fit_codebook()
            self.codebook_changed.emit()
        self.changed.emit()

    def _fit_codebook(self) -> None:
        """Give the codebook the height that its labels take, half of what there is at most."""
        whole = sum(self.left.sizes())
        wanted = min(self.codebook.sizeHint().height(), whole // 2)
        self.left.setSizes([whole - wanted, wanted])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Nobody else wanted it: Esc leads back to the text from wherever one was.
        if event.key() == Qt.Key.Key_Escape and self.open.article is not None:
            self.focus_reader()
        else:
            super().keyPressEvent(event)

    def stop(self) -> None:
        """Ask the desk nothing more: it is about to be closed."""
        self.library.stop()
        self.inspector.stop()
        self.opening.stop()
        self.asking.stop()
        self.find_bar.stop()
