"""The library's panel: search, filters, the list of articles, and what to do when it is empty."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from newsdesk.desk import Desk
from newsdesk.model import ArticleFilter, NewsdeskError, Revision, replace
from newsdesk.ui.ask import Ask
from newsdesk.ui.finding.asking import Asker, AskingHere
from newsdesk.ui.finding.filter_bar import FilterBar
from newsdesk.ui.icons import icon
from newsdesk.ui.library.kept import kept_filter, recalled_filter
from newsdesk.ui.library.model import HITS, LibraryList, Row
from newsdesk.ui.library.row import ArticleRow
from newsdesk.ui.long_list import LongList
from newsdesk.ui.news import News
from newsdesk.ui.plain import counted, plain_label

_SLOW = 150  # milliseconds after which a search says that it is under way
_PAUSE = 80  # milliseconds after the last letter before the library is searched


class LibraryPanel(QWidget):
    """Shows the desk's articles; `opened` gives an article's id and the words it was found by."""

    opened = Signal(str, str)
    failed = Signal(str)
    import_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(
        self,
        desk: Desk,
        news: News,
        parent: QWidget | None = None,
        *,
        asking: Asker | None = None,
        ask: Ask | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        asking = asking or AskingHere(desk, self)
        self.model = LibraryList(desk, self, asking)
        self._current = ""
        self._search = self._search_field()
        self.filters = FilterBar(ArticleFilter, desk, asking, ask, self)
        self._count = plain_label("", self, muted=True, scale=0.92)
        self.filters.corner.addWidget(self._count)
        self.view = self._list_view()
        self._lay_out(self.fontMetrics().height())
        self._pause = self._timer(_PAUSE, self._apply)
        self._slow = self._timer(_SLOW, lambda: self._count.setText(self.tr("Looking…")))
        self._say_if_empty()
        self.filters.changed.connect(self._narrow)
        self.filters.failed.connect(self.failed)
        self.model.failed.connect(self.failed)
        self.model.busy.connect(self._wait)
        for changed in (self.model.modelReset, self.model.rowsInserted, self.model.rowsRemoved):
            changed.connect(self._say_if_empty)
        news.revised.connect(self._follow)

    def _lay_out(self, em: int) -> None:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty_page(em))
        top = QVBoxLayout()
        top.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        top.setSpacing(em // 3)
        top.addWidget(self._search)
        top.addWidget(self.filters)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)

    # What the window asks

    @property
    def filter(self) -> ArticleFilter:
        """What is shown: the filter, with the words of the search."""
        return replace(self.filters.filter, words=self._search.text().strip())

    @property
    def picked(self) -> tuple[str, ...]:
        """The ids of the articles that are selected, from above; one is the open one, mostly."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return tuple(self.model.row(row).line.id for row in rows)

    def remembered(self) -> str:
        """The filter as it may be kept outside the desk: without a word of what it names."""
        return kept_filter(self.filters.filter)

    def recall(self, kept: str) -> None:
        """Show what was remembered; what the desk no longer has is passed over."""
        if kept:
            self.filters.set_filter(recalled_filter(self._desk, kept))

    def toggle_uncertain(self) -> None:
        """List the articles of which the pipeline is least sure, or the library as it was."""
        self.model.uncertain = not self.model.uncertain
        self._apply()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def mark_current(self, article: str) -> None:
        """Show which article is open."""
        self._current = article
        row = self.model.row_of(article)
        if row < 0:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        elif len(self.picked) < 2 and self.model.row(row).line.id not in self.picked:
            self.view.setCurrentIndex(self.model.index(row))

    def beside(self, article: str, by: int) -> str:
        """The id of the article `by` rows further down than another; empty at the ends."""
        row = self.model.row_of(article) + by
        if row >= self.model.rowCount() and self.model.canFetchMore():
            self.model.fetchMore()
        return self.model.row(row).line.id if 0 <= row < self.model.rowCount() else ""

    def tint(self, palette: QPalette) -> None:
        """Draw the search field's icon in the palette's colours."""
        self._magnifier.setIcon(icon("search", palette))
        self.filters.tint(palette)

    def stop(self) -> None:
        """Ask the desk nothing more."""
        self._pause.stop()
        self._slow.stop()

    # Inside

    def _search_field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(self.tr("Search all articles"))
        field.setAccessibleName(self.tr("Search all articles"))
        field.setClearButtonEnabled(True)
        self._magnifier = QAction(field)
        field.addAction(self._magnifier, QLineEdit.ActionPosition.LeadingPosition)
        field.textChanged.connect(lambda _: self._pause.start())
        field.installEventFilter(self)
        return field

    def _timer(self, milliseconds: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(do)
        return timer

    def _list_view(self) -> LongList:
        view = LongList(self.tr("Articles"), self.model, ArticleRow(self), self)
        # A search shows snippets: its rows are higher.
        self.model.modelReset.connect(view.fit_rows)
        view.customContextMenuRequested.connect(self._menu)
        view.setSelectionMode(view.SelectionMode.ExtendedSelection)
        view.clicked.connect(self._clicked)
        view.activated.connect(self._open)
        return view

    def _empty_page(self, em: int) -> QWidget:
        page = QWidget(self)
        page.setObjectName("page")
        self._nothing = plain_label("", page, wrap=True, muted=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._import = QPushButton(self.tr("Import files…"), page)
        self._import.setAccessibleName(self.tr("Import files"))
        self._import.clicked.connect(self.import_wanted)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(em, em, em, em)
        layout.addStretch(1)
        layout.addWidget(self._nothing)
        layout.addWidget(self._import, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        return page

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self._search.text():
                self._search.clear()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._pause.isActive():
                    self._apply()
                if self.model.rowCount():
                    self.view.setCurrentIndex(self.model.index(0))
                    self.view.setFocus()
                return True
        return False

    def _menu(self, point) -> None:
        index = self.view.indexAt(point)
        if index.isValid():
            self._open(index)
            self.menu_wanted.emit(self.view.viewport().mapToGlobal(point))

    def _clicked(self, index: QModelIndex) -> None:
        """Open what was clicked, unless more articles are being selected."""
        if len(self.view.selectionModel().selectedRows()) < 2:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        row: Row = self.model.row(index.row())
        found = row.marks[0].of(row.snippet) if row.marks else ""
        self.opened.emit(row.line.id, found)

    def _apply(self) -> None:
        self._pause.stop()
        wanted = self.filter
        # Words may stand in a saved search: there they are typed for the editor.
        if wanted.words != self.filters.filter.words:
            self.filters.set_filter(wanted, tell=False)
        self.model.filter = wanted
        try:
            self.model.reload()
        except NewsdeskError as error:
            self.failed.emit(str(error))
        self.mark_current(self._current)

    def _narrow(self, filter: ArticleFilter) -> None:
        if filter.words != self._search.text().strip():
            self._search.setText(filter.words)
        self._apply()

    def _wait(self, busy: bool) -> None:
        if busy:
            self._slow.start()
        else:
            self._slow.stop()
            self.mark_current(self._current)

    def _follow(self, revision: Revision) -> None:
        self.model.follow(revision)
        self.filters.follow(revision)
        self.mark_current(self._current)

    def _say_if_empty(self) -> None:
        empty = self.model.rowCount() == 0
        unsure = self.model.uncertain
        narrowed = unsure or not self.model.filter.empty
        one, many = self.tr("1 article"), self.tr("{0} articles")
        if self.model.searching and self.model.found == HITS:
            many = self.tr("the best {0}")
        if unsure:
            one, many = self.tr("1, unsure first"), self.tr("{0}, unsure first")
        self._count.setText(counted(self.model.found, one, many) if narrowed else "")
        self._stack.setCurrentIndex(1 if empty else 0)
        self._import.setVisible(not narrowed)
        self._nothing.setText(
            self.tr("No suggestions wait in these articles, so none is uncertain.")
            if unsure
            else self.tr("No article matches. Clear the search or the filters to see all.")
            if narrowed
            else self.tr("No articles yet. Drop files or text on the window, or import some.")
        )
