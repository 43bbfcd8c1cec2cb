"""The articles of a desk as a list that fetches as it is scrolled, and never loads a text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QObject, Qt, Signal

from newsdesk.desk import Desk, finding, suggesting
from newsdesk.model import (
    Annotation,
    Article,
    ArticleFilter,
    ArticleLine,
    Edit,
    NewsdeskError,
    Revision,
    Source,
    Span,
    Status,
    replace,
)
from newsdesk.ui.choices import ROOT, Index
from newsdesk.ui.finding.asking import Asker, AskingHere
from newsdesk.ui.header import status_name
from newsdesk.ui.plain import counted

PAGE = 200
"""Articles fetched at a time."""
HITS = 200
"""Articles that a search shows."""
_PATCHED = 100  # articles that came or went in one change, beyond which the list is read anew


@dataclass(frozen=True, slots=True)
class Row:
    """One article; a search adds a snippet, with the spans of its matches in code points."""

    line: ArticleLine
    snippet: str = ""
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """The first rows, the ids of those further down, and whether there are none."""

    rows: list[Row]
    rest: list[str]
    at_end: bool


def _look(desk: Desk, wanted: ArticleFilter, first: int, *, uncertain: bool = False) -> _Found:
    """What a filter finds; asked off the window's thread. `uncertain` leaves the articles whose
    suggestions wait, those first of which the pipeline is least sure."""
    if uncertain:
        ids = [one.article for one in suggesting.uncertain(desk)]
        if not wanted.empty:
            holds = set(finding.find_articles(desk, wanted))
            ids = [id for id in ids if id in holds]
        rows = [Row(line) for line in finding.article_lines(desk, ids[:first])]
        return _Found(rows, ids[first:], len(ids) <= first)
    if wanted.words.strip():
        hits = finding.search_articles(desk, wanted, HITS)
        lines = finding.article_lines(desk, [hit.article for hit in hits])
        by_id = {hit.article: hit for hit in hits}
        rows = [Row(one, by_id[one.id].snippet, by_id[one.id].marks) for one in lines]
        return _Found(rows, [], True)
    ids = finding.find_articles(desk, wanted)
    rows = [Row(line) for line in finding.article_lines(desk, ids[:first])]
    return _Found(rows, ids[first:], len(ids) <= first)


class LibraryList(QAbstractListModel):
    """A page of the library after the other, newest first; or what a filter found: by words the
    best first, otherwise in the library's order. `busy` says that an answer is awaited."""

    busy = Signal(bool)
    failed = Signal(str)

    def __init__(
        self, desk: Desk, parent: QObject | None = None, asking: Asker | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asking = asking or AskingHere(desk, self)
        self._in_part = 0
        self._whole: set[str] = set()
        self._rows: list[Row] = []
        self._rest: list[str] = []
        self._at_end = False
        self.filter = ArticleFilter()
        self.uncertain = False
        self.reload()

    # Asking

    def reload(self, have: int = 0) -> None:
        """Read the first rows anew, or search anew. Raises NewsdeskError where the desk does."""
        if self._plain:
            self._asking.drop("library")
            rows = self._page(None)
            self._show(_Found(rows, [], len(rows) < PAGE))
            return
        wanted, unsure = self.filter, self.uncertain
        if wanted.words.strip():
            wanted = replace(wanted, words=unfinished(wanted.words))
        self.busy.emit(True)
        self._asking.ask(
            "library",
            lambda desk: _look(desk, wanted, max(PAGE, have), uncertain=unsure),
            self._show,
            self._refused,
        )

    @property
    def _plain(self) -> bool:
        """Whether it is the whole library in its own order."""
        return self.filter.empty and not self.uncertain

    def _show(self, found: _Found) -> None:
        self.beginResetModel()
        self._rows, self._rest, self._at_end = found.rows, found.rest, found.at_end
        self._whole.update(row.line.id for row in found.rows)
        self.endResetModel()
        self.busy.emit(False)

    def _refused(self, said: str) -> None:
        self.busy.emit(False)
        self.failed.emit(said)

    @property
    def found(self) -> int:
        """How many articles the filter found; without one, how many were fetched so far."""
        return len(self._rows) + len(self._rest)

    def row_of(self, article: str) -> int:
        """The row of an article, -1 where it is not among those fetched."""
        for at, row in enumerate(self._rows):
            if row.line.id == article:
                return at
        return -1

    def row(self, at: int) -> Row:
        """What stands on a row."""
        return self._rows[at]

    @property
    def searching(self) -> bool:
        """Whether rows are what a search found, with snippets."""
        return bool(self.filter.words.strip()) and not self.uncertain

    def _page(self, after: ArticleLine | None) -> list[Row]:
        if self._plain:
            return [Row(line) for line in self._desk.library(after=after, limit=PAGE)]
        ids, self._rest = self._rest[:PAGE], self._rest[PAGE:]
        return [Row(line) for line in finding.article_lines(self._desk, ids)]

    # What Qt asks

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index = ROOT) -> bool:
        return not parent.isValid() and not self._at_end

    def fetchMore(self, parent: Index = ROOT) -> None:
        if self._at_end or not self._rows:
            return
        try:
            page = self._page(self._rows[-1].line)
        except NewsdeskError as error:  # Qt asks again and again: a reading anew goes on
            self._at_end = True
            self.failed.emit(str(error))
            return
        self._at_end = len(page) < PAGE if self._plain else not self._rest
        known = {row.line.id for row in self._rows}
        page = [row for row in page if row.line.id not in known]
        if page:
            first = len(self._rows)
            self.beginInsertRows(ROOT, first, first + len(page) - 1)
            self._rows.extend(page)
            self._whole.update(row.line.id for row in page)
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.line.title
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row.line)
        return None

    # What it hears

    def follow(self, revision: Revision) -> None:
        """Change the rows that a revision changed; read anew where it does not say which."""
        if revision.edits is None:
            self._read_again()
            return
        articles = [edit for edit in revision.edits if isinstance(edit.record, Article)]
        moved = [edit for edit in articles if edit.before is None or edit.after is None]
        renamed = any(isinstance(edit.record, Source) and edit.before for edit in revision.edits)
        if len(moved) > _PATCHED or renamed or (moved and self.searching):
            self._read_again()
            return
        for edit in moved:
            self._move(edit)
        self._patch({edit.record.id for edit in articles if edit not in moved})
        known = {edit.record.id for edit in articles}
        if len(revision.edits) < revision.count:
            # Announced part by part: a row that was read meanwhile has all of it already.
            if revision.seq != self._in_part:
                self._in_part, self._whole = revision.seq, set()
            known |= self._whole
        self._count(revision.edits, known)

    def _read_again(self) -> None:
        have = len(self._rows)
        self.reload(have)
        while self._plain and len(self._rows) < have and self.canFetchMore():
            self.fetchMore()

    def _move(self, edit: Edit) -> None:
        at = self.row_of(edit.record.id)
        if edit.after is None:
            if at >= 0:
                self.beginRemoveRows(ROOT, at, at)
                del self._rows[at]
                self.endRemoveRows()
            elif edit.record.id in self._rest:
                self._rest.remove(edit.record.id)
            return
        if self.uncertain:
            return  # an article that is new has no suggestions yet
        one = replace(self.filter, ids=(edit.record.id,))
        ids = finding.find_articles(self._desk, one)
        if not ids or at >= 0:
            return
        line = finding.article_lines(self._desk, ids)[0]
        place = self._place(line)
        if place == len(self._rows) and not self._at_end:
            if not self.filter.empty:
                self._read_again()
            return  # it stands further down than what was fetched so far
        self.beginInsertRows(ROOT, place, place)
        self._rows.insert(place, Row(line))
        self.endInsertRows()

    def _place(self, line: ArticleLine) -> int:
        low, high = 0, len(self._rows)
        while low < high:
            middle = (low + high) // 2
            if _order(self._rows[middle].line) > _order(line):
                low = middle + 1
            else:
                high = middle
        return low

    def _patch(self, articles: set[str]) -> None:
        shown = {row.line.id: at for at, row in enumerate(self._rows)} if articles else {}
        wanted = [id for id in articles if id in shown]
        if not wanted:
            return
        self._whole.update(wanted)
        for line in self._desk.library(ids=wanted, limit=len(wanted)):
            self._put(shown[line.id], line)

    def _count(self, edits: tuple[Edit, ...], known: set[str]) -> None:
        """Change the progress of articles by the annotations that came, went or were decided;
        those that were read again just now are `known` already."""
        shown = {row.line.id for row in self._rows} - known
        change: Counter[tuple[str, Status]] = Counter()
        for edit in edits:
            for record, by in ((edit.before, -1), (edit.after, 1)):
                if isinstance(record, Annotation) and record.article in shown:
                    change[record.article, record.status] += by
        touched = {article for (article, _), by in change.items() if by}
        if not touched:
            return
        for at, row in enumerate(self._rows):
            if row.line.id in touched:
                id, line = row.line.id, row.line
                accepted = line.accepted + change[id, Status.ACCEPTED]
                proposed = line.proposed + change[id, Status.PROPOSED]
                self._put(at, replace(line, accepted=accepted, proposed=proposed))

    def _put(self, at: int, line: ArticleLine) -> None:
        old = self._rows[at]
        self._rows[at] = Row(line, old.snippet, old.marks)
        self.dataChanged.emit(self.index(at), self.index(at))


def _order(line: ArticleLine) -> tuple[str, int]:
    return line.published, line.seq


def unfinished(words: str) -> str:
    """What is typed as a search in which the last word may go on."""
    return words if words.endswith(('"', "*", " ")) else words + "*"


def spoken(line: ArticleLine) -> str:
    """A line as a screen reader says it."""
    parts = [line.title, line.outlet, line.published[:10], status_name(line.status)]
    if line.proposed:
        translate = QCoreApplication.translate
        one = translate("LibraryList", "1 suggestion waiting")
        many = translate("LibraryList", "{0} suggestions waiting")
        parts.append(counted(line.proposed, one, many))
    return ", ".join(part for part in parts if part)
