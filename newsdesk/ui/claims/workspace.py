"""The Claims workspace: queue, sources and alarms; one claim's file, or one source, beside them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from newsdesk.desk import claim_queue
from newsdesk.desk.alarms import Alarms, desk_alarms
from newsdesk.desk.gating import claim_gate
from newsdesk.desk.same_claims import Candidate
from newsdesk.model import (
    Attribution,
    Claim,
    Evidence,
    Link,
    Revision,
    SourceKind,
)
from newsdesk.model.claim_lines import ClaimFilter, ClaimLine
from newsdesk.provenance.gate import Missing
from newsdesk.ui.claims.alarm_panel import AlarmPanel
from newsdesk.ui.claims.article_page import ArticlePage
from newsdesk.ui.claims.claim_pane import ClaimPane
from newsdesk.ui.claims.doing import Doing
from newsdesk.ui.claims.file_row import FileLine, Sort
from newsdesk.ui.claims.laddering import Laddering
from newsdesk.ui.claims.moving import ALARMS, QUEUE, SOURCES, Moving
from newsdesk.ui.claims.past import Past
from newsdesk.ui.claims.picturing import Picturing
from newsdesk.ui.claims.queue_panel import QueuePanel
from newsdesk.ui.claims.showing import MANY, Showing
from newsdesk.ui.claims.source_pane import SourcePane
from newsdesk.ui.claims.source_panel import SourcePanel
from newsdesk.ui.claims.sourcing import Sourcing
from newsdesk.ui.claims.touched import touched_claims
from newsdesk.ui.claims.writing import Writing
from newsdesk.ui.entities.asking import Asking
from newsdesk.ui.workspaces import Shared, Workspace

AFTER_NEWS = 30
"""Milliseconds after a change before lists are read again: many come at once."""
AFTER_CHANGES = 400
"""Milliseconds without a change before the numbers in the filters are counted again."""


class ClaimsWorkspace(Workspace):
    """Composes the panels, and says what can be done with what is chosen in them."""

    def __init__(self, shared: Shared, parent: QWidget) -> None:
        super().__init__(shared, parent)
        self.queue = QueuePanel(self._fetch, self._find, self._count, self._gate, self)
        self.sources = SourcePanel(self)
        self.alarms = AlarmPanel(self)
        self.pane = ClaimPane(self)
        self.source_pane = SourcePane(self)
        self.article_page = ArticlePage(self)
        self.asking = Asking(shared.place, self.desk.author, self)
        self.showing = Showing(self)
        self.doing = Doing(self)
        self.laddering = Laddering(self)
        self.sourcing = Sourcing(self)
        self.past = Past(self)
        self.writing = Writing(self)
        self.moving = Moving(self)
        self.picturing = Picturing(self)
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
            part.setAccessibleName(self.tr("Queue, sources and alarms"))
        self.tabs.addTab(self.queue, self.tr("Queue"))
        self.tabs.addTab(self.sources, self.tr("Sources"))
        self.tabs.addTab(self.alarms, self.tr("Alarms"))
        self.beside = QStackedWidget(self)
        for page in (self.pane, self.source_pane, self.article_page):
            self.beside.addWidget(page)
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
        self.queue.opened.connect(self.moving.show_file)
        self.sources.chosen.connect(lambda: self._show_soon.start())
        self.sources.opened.connect(lambda: self.source_pane.uses.setFocus())
        self.alarms.chosen.connect(lambda: self._show_soon.start())
        self.alarms.wanted.connect(self.go)
        self.tabs.currentChanged.connect(lambda _: self._catch_up())
        self.pane.changed.connect(self.doing.change_field)
        self.pane.left.connect(self.moving.focus_file)
        # Out of the drag first: a dialog inside it would freeze the file manager.
        self.pane.dropped.connect(
            lambda what: QTimer.singleShot(0, self, lambda: self.doing.add_evidence(what))
        )
        self.pane.back.clicked.connect(self.picturing.come_back)
        self.article_page.back.clicked.connect(self.picturing.come_back)
        self.pane.turned.connect(self._turn)
        self.pane.state.clicked.connect(self.doing.review)
        self.pane.add_evidence.clicked.connect(lambda: self.doing.add_evidence())
        self.pane.file.chosen.connect(self.changed)
        self.pane.file.wanted.connect(self.go)
        self.source_pane.changed.connect(self.sourcing.change_field)
        self.source_pane.wanted.connect(self.article_wanted)
        self.source_pane.turned.connect(self._turn)
        self.pane.set_writable(not self.desk.read_only)
        self.source_pane.set_writable(not self.desk.read_only)

    # What the window asks

    @property
    def facts(self) -> frozenset[str]:
        claim, row = self.claim, self.row
        there = row or (self.alarms.current if self.tabs.currentIndex() == ALARMS else None)
        row = row if claim is not None else None
        sort = row.sort if row else None
        chosen = self.sources.current if self.tabs.currentIndex() == SOURCES else None
        past = self.past.known is not None
        holds = {
            "claim_one": claim is not None,
            "claim_seen": claim is not None or past,
            "aside": past or self.picturing.of_article,
            "pictured": claim is not None or chosen is not None,
            "named": chosen is not None and not SourceKind(chosen.kind).unnamed,
            "hop": row is not None and isinstance(row.value, Attribution),
            "content": sort in (Sort.HOP, Sort.GAP, Sort.APPEARANCE, Sort.ANSWER),
            "leads": bool(there and (there.article or there.claim or there.source)),
            "pair": sort in (Sort.CONTRADICTION, Sort.CANDIDATE),
            "removable": row is not None and isinstance(row.value, Attribution | Evidence | Link),
            "source_one": chosen is not None,
            "source_joined": chosen is not None and chosen.same > 0,
        }
        return frozenset(name for name, true in holds.items() if true)

    @property
    def claim(self) -> Claim | None:
        """The claim at hand, as it is now: what was chosen a moment ago is shown first."""
        if self._show_soon.isActive():
            self._show_chosen()
        now = self.past.known is None and self.beside.currentWidget() is self.pane
        return self.pane.claim if now else None

    @property
    def row(self) -> FileLine | None:
        """The row of the claim's file at hand."""
        seen = self.beside.currentWidget() is self.pane and self.pane.on_file
        return self.pane.file.current if seen else None

    @property
    def panel(self) -> QueuePanel | SourcePanel | AlarmPanel:
        """The list on the left that is seen."""
        return (self.queue, self.sources, self.alarms)[self.tabs.currentIndex()]

    def come(self) -> None:
        self._catch_up()
        self.moving.focus_list()

    def tint(self, palette: QPalette) -> None:
        self.queue.tint(palette)
        self.sources.tint(palette)
        self.alarms.tint(palette)
        self.pane.tint(palette)

    def stop(self) -> None:
        self.pane.commit()
        self.source_pane.commit()
        self._stopped = True
        for timer in (self._soon, self._show_soon, self._offer_soon):
            timer.stop()
        self.showing.stop()
        self.picturing.stop()
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
        self.alarms.stale |= self.desk.count(Claim) <= MANY
        self.queue.model.forget_missing()
        self.showing.follow(revision)
        if self.isVisible():
            self._soon.start()

    def _catch_up(self) -> None:
        """Read what changed since it was read last, and show it."""
        self._read_again()
        self._show_chosen()

    def _read_again(self) -> None:
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
        if self.tabs.currentIndex() == ALARMS and self.alarms.stale:
            self.read_alarms()

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

    def _find(self, ids: Iterable[str]) -> list[ClaimLine]:
        return self.do(lambda: claim_queue.queued(self.desk, ids)) or []

    def _count(self, wanted: ClaimFilter) -> int:
        return self.do(lambda: claim_queue.queue_length(self.desk, wanted)) or 0

    def _gate(self, id: str) -> list[Missing] | None:
        return self.do(lambda: claim_gate(self.desk, id, self.showing.rivals(id) or ()))

    def _show_chosen(self) -> None:
        """Show the claim or the source that is chosen, or what could be done."""
        self._show_soon.stop()
        if self._stopped:
            return
        if self.picturing.of_article:
            self.beside.setCurrentWidget(self.article_page)
        elif self.tabs.currentIndex() == SOURCES:
            self.beside.setCurrentWidget(self.source_pane)
            self.sourcing.show_chosen()
        else:
            self.beside.setCurrentWidget(self.pane)
            self.showing.show(self.chosen[1])
        self._turn()

    @property
    def chosen(self) -> tuple[int, str]:
        """The list on the left, and the id of the claim or source that is chosen in it."""
        at = self.tabs.currentIndex()
        if at == ALARMS:
            return at, self.alarms.current.claim if self.alarms.current else ""
        return at, getattr((self.queue, self.sources)[at].current, "id", "")

    def _turn(self) -> None:
        """Draw the picture that is seen."""
        self.do(self.picturing.show)
        self.changed.emit()

    def read_alarms(self) -> None:
        """Look the desk through for alarms, off the window's thread."""
        self.alarms.stale = False

        def show(found: Alarms) -> None:
            self.alarms.load(found)
            if self.hasFocus():  # it waited for the list
                self.moving.focus_list()

        self.asking.ask("alarms", desk_alarms, show, self.alarms.refuse)

    # What is done

    def select(self, id: str) -> None:
        """Show a claim."""
        self.tabs.setCurrentIndex(QUEUE)
        self._read_again()
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
            if isinstance(line.value, Candidate) and not line.annotation:
                self.window().reader.select_span(line.value.span)  # type: ignore[attr-defined]
        elif line.claim and self.pane.claim is not None and line.claim == self.pane.claim.id:
            self.moving.show_file()
            self.pane.file.go_to(line.sort)
        elif line.claim:
            self.select(line.claim)
        elif line.source:
            self.select_source(line.source)

    def open_row(self) -> None:
        """Go to where the row at hand leads."""
        there = self.row or (self.alarms.current if self.tabs.currentIndex() == ALARMS else None)
        if there is not None:
            self.go(there)
