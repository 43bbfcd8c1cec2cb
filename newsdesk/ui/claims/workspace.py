"""The Claims workspace: the queue and the sources; one claim's file, or one source, beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from newsdesk.desk import claim_queue
from newsdesk.desk.gating import claim_gate
from newsdesk.model import Attribution, Claim, Evidence, Link, NewsdeskError, Revision
from newsdesk.model.claim_lines import ClaimFilter, ClaimLine
from newsdesk.provenance.gate import Missing
from newsdesk.ui.claims.claim_pane import ClaimPane
from newsdesk.ui.claims.doing import Doing
from newsdesk.ui.claims.file_row import FileLine, Sort
from newsdesk.ui.claims.laddering import Laddering
from newsdesk.ui.claims.pictures import Pictures
from newsdesk.ui.claims.queue_panel import QueuePanel
from newsdesk.ui.claims.showing import Showing
from newsdesk.ui.claims.source_pane import SourcePane
from newsdesk.ui.claims.source_panel import SourcePanel
from newsdesk.ui.claims.sourcing import Sourcing
from newsdesk.ui.claims.touched import touched_claims
from newsdesk.ui.entities.asking import Asking
from newsdesk.ui.workspaces import Shared, Workspace

R = TypeVar("R")

AFTER_NEWS = 30
"""Milliseconds after a change before lists are read again: many come at once."""
AFTER_CHANGES = 400
"""Milliseconds without a change before the numbers in the filters are counted again."""
QUEUE, SOURCES = range(2)
"""The places of the pages on the left."""


class ClaimsWorkspace(Workspace):
    """Composes the panels, and says what can be done with what is chosen in them."""

    def __init__(self, shared: Shared, parent: QWidget) -> None:
        super().__init__(shared, parent)
        self.queue = QueuePanel(self._fetch, self._count, self._gate, self)
        self.sources = SourcePanel(self)
        self.pane = ClaimPane(self)
        self.source_pane = SourcePane(self)
        self.asking = Asking(shared.place, self.desk.author, self)
        self.showing = Showing(self)
        self.doing = Doing(self)
        self.laddering = Laddering(self)
        self.sourcing = Sourcing(self)
        self.pictures = Pictures(shared, self.pane)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Claims"))
        self._touched: set[str] | None = None  # None: the queue has to be read anew
        self._stopped = False
        self._lay_out()
        self._connect()
        self._soon = self._timer(AFTER_NEWS, self._catch_up)
        self._offer_soon = self._timer(AFTER_CHANGES, self._offer)
        self._show_soon = self._timer(0, self._show_chosen)

    # Composition

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(self.tr("Queue and sources"))
        self.tabs.addTab(self.queue, self.tr("Queue"))
        self.tabs.addTab(self.sources, self.tr("Sources"))
        self.beside = QStackedWidget(self)
        self.beside.addWidget(self.pane)
        self.beside.addWidget(self.source_pane)
        self.across = QSplitter(Qt.Orientation.Horizontal, self)
        self.across.addWidget(self.tabs)
        self.across.addWidget(self.beside)
        self.across.setHandleWidth(1)
        self.across.setChildrenCollapsible(False)
        self.across.setStretchFactor(0, 2)
        self.across.setStretchFactor(1, 3)
        self.tabs.setMinimumWidth(em * 20)
        self.beside.setMinimumWidth(em * 22)
        self.across.setSizes([em * 30, em * 48])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.across)

    def _connect(self) -> None:
        self.shared.news.revised.connect(self._follow)
        self.asking.failed.connect(self.failed)
        self.queue.chosen.connect(lambda: self._show_soon.start())
        self.queue.opened.connect(self.show_file)
        self.sources.chosen.connect(lambda: self._show_soon.start())
        self.sources.opened.connect(lambda: self.source_pane.uses.setFocus())
        self.tabs.currentChanged.connect(lambda _: self._catch_up())
        self.pane.changed.connect(self.doing.change_field)
        self.pane.left.connect(self.focus_file)
        self.pane.turned.connect(self._turn)
        self.pane.state.clicked.connect(self.doing.review)
        self.pane.add_evidence.clicked.connect(self.doing.add_evidence)
        self.pane.file.chosen.connect(self.changed)
        self.pane.file.wanted.connect(self.go)
        self.source_pane.changed.connect(self.sourcing.change_field)
        self.source_pane.wanted.connect(self.article_wanted)
        self.pictures.article_wanted.connect(self.article_wanted)
        self.pictures.record_wanted.connect(self._open_record)
        self.pictures.said.connect(self.said)
        self.pictures.failed.connect(self.failed)
        self.pane.set_writable(not self.desk.read_only)
        self.source_pane.set_writable(not self.desk.read_only)

    def _timer(self, milliseconds: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(do)
        return timer

    # What the window asks

    @property
    def facts(self) -> frozenset[str]:
        row = self.row
        sort = row.sort if row else None
        on_sources = self.tabs.currentIndex() == SOURCES
        chosen = self.sources.current if on_sources else None
        holds = {
            "claim_one": self.claim is not None,
            "hop": row is not None and isinstance(row.value, Attribution),
            "content": sort in (Sort.HOP, Sort.GAP, Sort.APPEARANCE, Sort.ANSWER),
            "leads": bool(row and (row.article or row.claim or row.source)),
            "pair": sort in (Sort.CONTRADICTION, Sort.CANDIDATE),
            "removable": row is not None and isinstance(row.value, Attribution | Evidence | Link),
            "source_one": chosen is not None,
            "source_joined": chosen is not None and chosen.same > 0,
        }
        return frozenset(name for name, true in holds.items() if true)

    @property
    def claim(self) -> Claim | None:
        """The claim at hand: what was chosen a moment ago is shown first."""
        if self._show_soon.isActive():
            self._show_chosen()
        return self.pane.claim if self.tabs.currentIndex() == QUEUE else None

    @property
    def row(self) -> FileLine | None:
        """The row of the claim's file at hand."""
        return self.pane.file.current if self.claim is not None and self.pane.on_file else None

    def come(self) -> None:
        self._catch_up()
        self._focus_list()

    def tint(self, palette: QPalette) -> None:
        self.queue.tint(palette)
        self.sources.tint(palette)
        self.pane.tint(palette)

    def stop(self) -> None:
        self.pane.commit()
        self.source_pane.commit()
        self._stopped = True
        for timer in (self._soon, self._show_soon, self._offer_soon):
            timer.stop()
        self.showing.stop()
        self.pictures.stop()
        self.queue.stop()
        self.asking.stop()

    @property
    def settled(self) -> bool:
        """Whether nothing is still put off or asked."""
        put_off = any(one.isActive() for one in (self._soon, self._show_soon, self._offer_soon))
        return not put_off and not self.asking.waiting and self.showing.settled

    # What is shown

    def _follow(self, revision: Revision) -> None:
        touched = touched_claims(revision)
        if touched is None or self._touched is None:
            self._touched = None
        else:
            self._touched |= touched
        self.sources.stale = True
        self.queue.model.forget_missing()
        self.showing.follow(revision)
        if self.isVisible():
            self._soon.start()

    def _catch_up(self) -> None:
        """Read what changed since it was read last."""
        self._soon.stop()
        if self._stopped:
            return
        touched, self._touched = self._touched, set()
        if touched is None or touched:
            self.do(lambda: self._read_queue(touched))
        self.queue.ask_missing()
        if self.tabs.currentIndex() == SOURCES and self.sources.stale:
            self.sources.stale = False
            self.sourcing.read()
        self._show_chosen()

    def _read_queue(self, touched: set[str] | None) -> None:
        """Read the lines of claims that were touched, or the whole queue."""
        narrows = self.queue.model.wanted.narrows
        known = claim_queue.queued(self.desk, touched) if touched and not narrows else None
        if known is None or not self.queue.model.patch(known):
            self.queue.reload()
        self._offer_soon.start()

    def _offer(self) -> None:
        """Offer what the queue can be narrowed by, once changes pause."""
        offer = self.queue.offer
        self.do(lambda: offer(claim_queue.queue_counts(self.desk), self.desk.outlets()))

    def _fetch(self, wanted: ClaimFilter, offset: int, limit: int) -> list[ClaimLine]:
        found = self.do(lambda: claim_queue.queue(self.desk, wanted, offset=offset, limit=limit))
        return found or []

    def _count(self, wanted: ClaimFilter) -> int:
        return self.do(lambda: claim_queue.queue_length(self.desk, wanted)) or 0

    def _gate(self, id: str) -> list[Missing] | None:
        return self.do(lambda: claim_gate(self.desk, id, self.showing.differing or ()))

    def _show_chosen(self) -> None:
        """Show the claim or the source that is chosen, or what could be done."""
        self._show_soon.stop()
        if self._stopped:
            return
        if self.tabs.currentIndex() == SOURCES:
            self.beside.setCurrentWidget(self.source_pane)
            self.sourcing.show_chosen()
        else:
            self.beside.setCurrentWidget(self.pane)
            chosen = self.queue.current
            self.showing.show(chosen.id if chosen else "")
            self._turn()
        self.changed.emit()

    def _turn(self) -> None:
        """Draw the picture that is seen."""
        shown = self.pane.claim
        if shown is not None:
            self.do(lambda: self.pictures.show_claim(shown.id))
        self.changed.emit()

    # What is done

    def do(self, work: Callable[[], R]) -> R | None:
        """Call a verb; what it refuses is said in the message bar, and None comes back."""
        try:
            return work()
        except NewsdeskError as error:
            self.failed.emit(str(error))
            return None

    def select(self, id: str) -> None:
        """Show a claim."""
        self.tabs.setCurrentIndex(QUEUE)
        self._catch_up()
        self.queue.select(id)
        self._show_chosen()

    def select_source(self, id: str) -> None:
        """Show a source."""
        self.sources.wanted = id
        self.tabs.setCurrentIndex(SOURCES)
        self.sources.select(id)
        self._show_chosen()

    def go(self, line: FileLine) -> None:
        """Go to where a row leads."""
        if line.sort is Sort.REVIEW or line.sort is Sort.CHANGE:
            return
        if line.article:
            self.article_wanted.emit(line.article, line.annotation)
        elif line.claim:
            self.select(line.claim)
        elif line.source:
            self.select_source(line.source)

    def _open_record(self, kind: str, id: str) -> None:
        """Open what was asked for in a picture."""
        if kind == "claim":
            self.select(id)
        elif kind == "source":
            self.select_source(id)
        else:
            self.show_file()

    def open_row(self) -> None:
        """Go to where the row at hand leads."""
        if self.row is not None:
            self.go(self.row)

    # Where the keyboard goes

    def _focus_list(self) -> None:
        view = (self.queue.view, self.sources.view)[self.tabs.currentIndex()]
        (view if view.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_file(self) -> None:
        """Go to the claim's file."""
        self.pane.file.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        """Go to the filter of the list that is seen."""
        (self.queue, self.sources)[self.tabs.currentIndex()].focus_filter()

    def clear_filter(self) -> None:
        """Show all claims."""
        self.queue.clear()

    def show_queue(self) -> None:
        """Show the queue."""
        self.tabs.setCurrentIndex(QUEUE)
        self._focus_list()

    def show_sources(self) -> None:
        """Show the sources."""
        self.tabs.setCurrentIndex(SOURCES)
        self._focus_list()

    def show_file(self) -> None:
        """Show the claim's file."""
        self.pane.tabs.setCurrentIndex(0)
        file = self.pane.file
        if file.current is None and file.rows.rowCount():
            file.setCurrentIndex(file.rows.index(0))
        self.focus_file()

    def show_graph(self) -> None:
        """Show the graph of where the claim comes from."""
        self.pictures.turn_to("graph")

    def show_timeline(self) -> None:
        """Show the timeline of the claim."""
        self.pictures.turn_to("timeline")

    def next_section(self) -> None:
        """Go to the next section of the file."""
        self.show_file()
        self.pane.file.step_section(1)

    def previous_section(self) -> None:
        """Go to the section before."""
        self.show_file()
        self.pane.file.step_section(-1)

    def next_pane(self) -> None:
        """Go on to the next of list, fields and file."""
        if self.tabs.currentIndex() == SOURCES:
            panes = [self.sources.view, self.source_pane.description, self.source_pane.uses]
        else:
            panes = [self.queue.view, self.pane.statement, self.pane.file]
        panes = [one for one in panes if one.isVisible()]
        now = QApplication.focusWidget()
        at = panes.index(now) if now in panes else -1
        if panes:
            panes[(at + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)
