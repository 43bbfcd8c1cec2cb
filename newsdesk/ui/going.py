"""Moving about: annotations, suggestions, articles, the way back, and the panes of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from newsdesk.desk import Desk
from newsdesk.model import ArticleLine, NewsdeskError
from newsdesk.ui.choices import Choice
from newsdesk.ui.library import LibraryPanel
from newsdesk.ui.library.model import unfinished
from newsdesk.ui.popups import Popups
from newsdesk.ui.reader import Reader

_OFFERED = 50
_KEPT = 200


class Trail:
    """The articles that were opened, and where on that way the editor stands."""

    def __init__(self) -> None:
        self._way: list[str] = []
        self._at = -1

    def add(self, article: str) -> None:
        """Go on to an article; what lay ahead is forgotten."""
        if self._at >= 0 and self._way[self._at] == article:
            return
        self._way = [*self._way[: self._at + 1], article][-_KEPT:]
        self._at = len(self._way) - 1

    def ahead(self, by: int) -> str:
        """The article `by` steps further, -1 for back; empty at the ends."""
        at = self._at + by
        return self._way[at] if 0 <= at < len(self._way) else ""

    def step(self, by: int) -> str:
        """Go there."""
        found = self.ahead(by)
        if found:
            self._at += by
        return found

    @property
    def recent(self) -> list[str]:
        """The articles opened, the latest first, each once."""
        return list(dict.fromkeys(reversed(self._way)))


class Going(QObject):
    """Goes to annotations and articles; `opened` asks for an article by its id."""

    opened = Signal(str)
    said = Signal(str)

    def __init__(
        self, desk: Desk, reader: Reader, library: LibraryPanel, popups: Popups
    ) -> None:
        super().__init__(reader)
        self._desk = desk
        self._reader = reader
        self._library = library
        self._popups = popups
        self._panes: list[Callable[[], QWidget | None]] = []
        self.trail = Trail()
        self.article = ""

    # Annotations

    def next_annotation(self, *, backwards: bool = False) -> None:
        """Make the next annotation current, or the one before."""
        self._reader.next_annotation(backwards=backwards)

    def next_suggestion(self) -> None:
        """Make the next suggestion current."""
        self._reader.next_annotation(only_proposed=True)

    # Articles

    def back(self) -> None:
        """Open the article that was open before."""
        self._step(-1)

    def forth(self) -> None:
        """Open the article from which one came back."""
        self._step(1)

    def _step(self, by: int) -> None:
        found = self.trail.step(by)
        if found:
            self.opened.emit(found)

    def next_article(self, *, backwards: bool = False) -> None:
        """Open the article below the open one in the library, or the one above."""
        beside = self._library.beside(self.article, -1 if backwards else 1)
        if beside:
            self.opened.emit(beside)
        else:
            self.said.emit(self.tr("There is no further article in the library's list"))

    def open_by_name(self) -> None:
        """Offer the articles: those opened last, then those that match what is typed."""
        self._popups.choose(
            self.tr("Open an article by its name"),
            self._look,
            lambda id: self.opened.emit(str(id)),
            wide=72,
        )

    def _look(self, typed: str) -> list[Choice]:
        words = typed.strip()
        try:
            if words:
                hits = self._desk.search(unfinished(words), _OFFERED)
                folded = words.casefold()
                # A title that holds the words is what was asked for; a text that does comes after.
                hits.sort(key=lambda hit: folded not in hit.title.casefold())
                ids = [hit.article for hit in hits]
            else:
                ids = [id for id in self.trail.recent if id != self.article][:_OFFERED]
                ids += [line.id for line in self._desk.library(limit=_OFFERED)]
            lines = {line.id: line for line in self._desk.library(ids=ids, limit=2 * _OFFERED)}
        except NewsdeskError:
            return []
        found = (lines[id] for id in dict.fromkeys(ids) if id in lines)
        return [_choice(line) for line in found][:_OFFERED]

    # Panes

    def set_panes(self, panes: Iterable[Callable[[], QWidget | None]]) -> None:
        """The widgets that F6 goes around; each is asked for its own when the time comes."""
        self._panes = list(panes)

    def next_pane(self, *, backwards: bool = False) -> None:
        """Give the focus to the next pane that can be seen."""
        there = [pane() for pane in self._panes]
        shown = [pane for pane in there if pane is not None and pane.isVisible()]
        if not shown:
            return
        now = QApplication.focusWidget()
        at = next(
            (
                n
                for n, pane in enumerate(shown)
                if now is pane or (now is not None and pane.isAncestorOf(now))
            ),
            0 if backwards else -1,
        )
        shown[(at + (-1 if backwards else 1)) % len(shown)].setFocus(
            Qt.FocusReason.TabFocusReason
        )


def _choice(line: ArticleLine) -> Choice:
    about = " · ".join(part for part in (line.outlet, line.published[:10]) if part)
    return Choice(line.id, line.title, about)
