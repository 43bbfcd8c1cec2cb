"""The history of the selected annotation or, with none selected, of the open article: newest first.

A list of what was done, by whom and when, taken from the journal a few records at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from newsdesk.desk import Desk
from newsdesk.model import Annotation, Edit, NewsdeskError, Revision
from newsdesk.ui.choices import Choice, ChoiceList
from newsdesk.ui.inspector.tabs import Page
from newsdesk.ui.line_row import LineRow
from newsdesk.ui.long_list import LongList
from newsdesk.ui.open_article import OpenArticle
from newsdesk.ui.plain import counted, plain_label

AT_ONCE = 12
"""Records whose history is asked for between two turns of the event loop: some milliseconds."""
NEWEST = 200
"""Annotations of an article, the latest made, whose history its own is put together from."""


class HistoryPage(Page):
    """Lists the revisions that touched what is selected; read in the background when it is seen."""

    def __init__(
        self,
        desk: Desk,
        open_article: OpenArticle,
        current: Callable[[], Annotation | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._open, self._current = desk, open_article, current
        self._found: dict[int, Revision] = {}
        self._waiting: Iterator[str] = iter(())
        self.model = ChoiceList(self)
        self.view = LongList(self.tr("History"), self.model, LineRow(self), self)
        em = self.fontMetrics().height()
        self._nothing = plain_label("", self, wrap=True, muted=True)
        self._nothing.setContentsMargins(em, em, em, em)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nothing)
        self._about = plain_label("", self, muted=True, scale=0.92)
        self._about.setContentsMargins(em // 2, em // 6, em // 2, em // 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._about)
        self._next = QTimer(self)
        self._next.timeout.connect(self._read_some)

    def read(self) -> None:
        self._found = {}
        self._waiting = iter(self._records())
        self._stack.setCurrentWidget(self._nothing)
        self._about.setText("")
        if self._open.is_open:
            self._nothing.setText(self.tr("Reading the journal…"))
            self._next.start(0)
        else:
            self._nothing.setText(self.tr("No article is open."))
            self._next.stop()

    def concerns(self, edits: tuple[Edit, ...]) -> bool:
        article = self._open.article
        if article is None or not edits:
            return True
        touched = (edit.record for edit in edits)
        return any(one.id == article.id or _is_in(one, article.id) for one in touched)

    @property
    def settled(self) -> bool:
        """Whether everything has been read."""
        return not self._next.isActive()

    def stop(self) -> None:
        """Ask the desk nothing more."""
        self._next.stop()

    def _records(self) -> list[str]:
        """The ids of the records whose history is shown."""
        article, current = self._open.article, self._current()
        if article is None:
            return []
        if current is not None:
            about = self._open.attributions.values()
            hops = [one.id for one in about if one.content == current.id]
            return [current.id, *([current.claim] if current.claim else []), *hops]
        # Ids are in order of birth.
        return [article.id, *sorted(self._open.annotations, reverse=True)[:NEWEST]]

    def _read_some(self) -> None:
        try:
            for _ in range(AT_ONCE):
                record = next(self._waiting, None)
                if record is None:
                    self._show()
                    return
                for revision, _entry in self._desk.history(record):
                    self._found[revision.seq] = revision
        except NewsdeskError as error:
            self._next.stop()
            self._nothing.setText(str(error))

    def _show(self) -> None:
        self._next.stop()
        newest_first = sorted(self._found.values(), key=lambda one: one.seq, reverse=True)
        self.model.show([_line(one) for one in newest_first])
        self._stack.setCurrentWidget(self.view if newest_first else self._nothing)
        self._nothing.setText(self.tr("Nothing was done here yet."))
        one, many = self.tr("1 change"), self.tr("{0} changes")
        about = [counted(len(newest_first), one, many)]
        if self._current() is not None:
            about.append(self.tr("of the selected annotation"))
        elif len(self._open.annotations) > NEWEST:
            about.append(self.tr("of the latest {0} annotations").format(NEWEST))
        self._about.setText(" ".join(about))


def _is_in(record: object, article: str) -> bool:
    return isinstance(record, Annotation) and record.article == article


def _line(revision: Revision) -> Choice:
    return Choice(revision, revision.title, revision.author, when(revision.at))


def when(at: str) -> str:
    """A moment as it is told in a list: day and time, where the editor is."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
