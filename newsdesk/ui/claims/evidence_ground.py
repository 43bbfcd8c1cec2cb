"""Where evidence stands: a page by its address, a file, or an article of the desk."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from newsdesk.desk.capturing import (
    Capture,
    capture_file,
    capture_from_archive,
    capture_page,
    is_archive,
    pages_in,
)
from newsdesk.model import NewsdeskError
from newsdesk.ui.jobs import Job, Report
from newsdesk.ui.plain import plain_label
from newsdesk.ui.workspaces import Shared

ADDRESS, FILE, ARTICLE = range(3)
_HITS = 20
_PAUSE = 200  # milliseconds without a key before articles are searched


@dataclass(frozen=True, slots=True)
class Ground:
    """What was chosen: a copy or an article, and its words; `why` there are none, if so."""

    text: str | None
    why: str = ""
    title: str = ""
    capture: Capture | None = None
    article: str | None = None


class GroundChoice(QWidget):
    """Asks where; `found` gives the ground, `lost` says that there is none (any more)."""

    found = Signal(object)
    lost = Signal()

    def __init__(self, shared: Shared, parent: QWidget) -> None:
        super().__init__(parent)
        self._shared = shared
        self._job: Job | None = None
        self._number = 0
        self._kind = QComboBox(self)
        self._kind.addItems(
            [self.tr("A page by its address"), self.tr("A file"), self.tr("An article of the desk")]
        )
        self._kind.setAccessibleName(self.tr("Where it stands"))
        self._kind.currentIndexChanged.connect(self._turn)
        self._fields = QStackedWidget(self)
        for field in (self._address_field(), self._file_field(), self._article_field()):
            self._fields.addWidget(field)
        self._pages = QComboBox(self)
        self._pages.setAccessibleName(self.tr("Page of the web archive"))
        self._pages.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._pages.activated.connect(self._take_page)
        self._pages.hide()
        self._state = plain_label("", self, wrap=True, muted=True)
        em = self.fontMetrics().height()
        row = QHBoxLayout()
        row.setSpacing(em // 2)
        row.addWidget(self._kind)
        row.addWidget(self._fields, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em // 4)
        layout.addLayout(row)
        layout.addWidget(self._pages)
        layout.addWidget(self._state)
        self._kind.setCurrentIndex(FILE)

    def _address_field(self) -> QWidget:
        self._address = QLineEdit(self)
        self._address.setPlaceholderText("https://…")
        self._address.setAccessibleName(self.tr("Address"))
        self._address.returnPressed.connect(self._fetch)
        self._fetch_button = QPushButton(self.tr("Fetch"), self)
        self._fetch_button.setAutoDefault(False)
        self._fetch_button.clicked.connect(self._fetch)
        return _side_by_side(self._address, self._fetch_button)

    def _file_field(self) -> QWidget:
        self._path = QLineEdit(self)
        self._path.setReadOnly(True)
        self._path.setPlaceholderText(self.tr("Drop a file here, or choose one"))
        self._path.setAccessibleName(self.tr("File"))
        browse = QPushButton(self.tr("Choose…"), self)
        browse.setAutoDefault(False)
        browse.setAccessibleName(self.tr("Choose a file"))
        browse.clicked.connect(self._browse)
        return _side_by_side(self._path, browse)

    def _article_field(self) -> QWidget:
        self._words = QLineEdit(self)
        self._words.setPlaceholderText(self.tr("Words of the article"))
        self._words.setAccessibleName(self.tr("Words of the article"))
        self._hits = QComboBox(self)
        self._hits.setAccessibleName(self.tr("Article"))
        self._hits.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._hits.currentIndexChanged.connect(self._show_article)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self._search)
        self._words.textEdited.connect(lambda: self._soon.start())
        return _side_by_side(self._words, self._hits, even=True)

    def take_file(self, path: Path) -> None:
        """Read a file that was chosen or dropped."""
        self._kind.setCurrentIndex(FILE)
        self._path.setText(str(path))
        self._pages.hide()
        title = self.tr("Reading {0}").format(path.name)
        if is_archive(path):
            self._run(title, lambda report: pages_in(path), self._offer_pages)
        else:
            self._run(title, lambda report: capture_file(path), self._show_capture)

    def _offer_pages(self, pages: list[str]) -> None:
        """Let one of an archive's pages be chosen; a page alone is taken."""
        self._pages.clear()
        self._pages.addItem(self.tr("Choose one of {0} pages").format(f"{len(pages):,}"), None)
        for page in pages:
            self._pages.addItem(page, page)
        self._pages.setVisible(len(pages) > 1)
        self._say("" if pages else self.tr("There is no page in the archive."))
        if len(pages) == 1:
            self._take_page(1)

    def _take_page(self, row: int) -> None:
        page = self._pages.itemData(row)
        if page is not None:
            path = Path(self._path.text())
            self._run(
                self.tr("Reading {0}").format(path.name),
                lambda report: capture_from_archive(path, page),
                self._show_capture,
            )

    def take_address(self, address: str) -> None:
        """Put an address into its field; nothing is fetched before somebody asks for it."""
        self._kind.setCurrentIndex(ADDRESS)
        self._address.setText(address)
        self._address.setCursorPosition(0)

    def choose_article(self, words: str) -> None:
        """Look for an article of the desk by its words, and take the best."""
        self._kind.setCurrentIndex(ARTICLE)
        self._words.setText(words)
        self._search()

    @property
    def said(self) -> str:
        """What is said of the copy."""
        return self._state.text()

    def stop(self) -> None:
        """Give up what is under way."""
        self._number += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _turn(self, kind: int) -> None:
        self.stop()
        self._pages.hide()
        self._fields.setCurrentIndex(kind)
        self._say("")
        self.lost.emit()
        self._show_busy(False)
        if kind == ARTICLE:
            self._search()

    # Pages and files

    def _browse(self) -> None:
        path = self._shared.ask.file(self, self.tr("Choose a file as evidence"))
        if path is not None:
            self.take_file(path)

    def _fetch(self) -> None:
        if self._job is not None:
            self.stop()
            self._show_busy(False)
            self._say(self.tr("Stopped; nothing was kept."))
            return
        address = self._address.text().strip()
        if address:
            self._run(
                self.tr("Fetching the page"),
                lambda report: capture_page(address, report=report),
                self._show_capture,
            )

    def _run(
        self, title: str, work: Callable[[Report], Any], show: Callable[[Any], None]
    ) -> None:
        self.stop()
        number = self._number
        self.lost.emit()
        self._say(title + "…")
        self._show_busy(True)

        def over() -> bool:
            current = number == self._number
            if current:
                self._job = None
                self._show_busy(False)
            return current

        def done(outcome: Any) -> None:
            if over():
                self._say("")
                show(outcome)

        def failed(error: Exception) -> None:
            current = over()
            if not isinstance(error, NewsdeskError):
                if current:
                    self._say("")
                sys.excepthook(type(error), error, error.__traceback__)
            elif current:
                self._say(str(error))

        self._job = self._shared.jobs.run(title, work, done, failed, over)

    def _show_capture(self, capture: Capture) -> None:
        copy = capture.snapshot
        parts = (
            self.tr("{0} bytes").format(f"{len(copy.bytes):,}"),
            copy.media_type.partition(";")[0],
            self.tr("SHA-256 {0}…").format(copy.sha256[:12]),
        )
        self._say(" · ".join(parts))
        self.found.emit(
            Ground(text=capture.text, why=capture.why, title=capture.title, capture=capture)
        )

    def _show_busy(self, busy: bool) -> None:
        self._fetch_button.setText(self.tr("Stop") if busy else self.tr("Fetch"))

    # Articles

    def _search(self) -> None:
        words = self._words.text().strip()
        desk = self._shared.desk
        if words:
            found = [(hit.article, hit.title) for hit in desk.search(words, _HITS)]
        else:
            found = [(line.id, line.title) for line in desk.library(limit=_HITS)]
        self._hits.blockSignals(True)
        self._hits.clear()
        for id, title in found:
            self._hits.addItem(title.replace("\n", " "), id)
        self._hits.blockSignals(False)
        self._say("" if found else self.tr("No article has these words."))
        self._show_article()

    def _show_article(self) -> None:
        id = self._hits.currentData()
        if id is None:
            self.lost.emit()
            return
        try:
            article = self._shared.desk.article(id)
        except NewsdeskError as error:
            self._say(str(error))
            self.lost.emit()
            return
        self.found.emit(Ground(text=article.text, article=id))  # it has a title of its own

    def _say(self, text: str) -> None:
        self._state.setText(text)
        self._state.setVisible(bool(text))


def _side_by_side(first: QWidget, second: QWidget, *, even: bool = False) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(first, 1)
    row.addWidget(second, 1 if even else 0)
    return both
