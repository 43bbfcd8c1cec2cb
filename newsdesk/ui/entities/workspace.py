"""The Entities workspace: register, alias proposals and knowledge bases; one entity beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QTableView, QTabWidget, QWidget

from newsdesk.desk import Desk, aliases, knowledge, register
from newsdesk.desk.aliases import Proposal
from newsdesk.desk.knowledge import KnowledgeBase
from newsdesk.model import Annotation, Entity, Label, Layer, Revision, Setting
from newsdesk.model.register import EntityLine, MentionLine
from newsdesk.ui.entities.asking import Asking, read_register
from newsdesk.ui.entities.doing import Doing
from newsdesk.ui.entities.pane import EntityPane
from newsdesk.ui.entities.register_panel import RegisterPanel
from newsdesk.ui.entities.side_lists import BaseList, ProposalList
from newsdesk.ui.entities.tabs import BASES, PROPOSALS, REGISTER
from newsdesk.ui.workspaces import Shared, Workspace

AFTER_NEWS = 30
"""Milliseconds after a change before lists are read again: many come at once."""
PAUSE = 120
"""Milliseconds that an editor stays with an entity before the desk is searched for its names."""
_PATCHED = 200  # entities that changed, beyond which the register is read anew


class EntitiesWorkspace(Workspace):
    """Composes the panels, and says what can be done with what is chosen in them."""

    def __init__(self, shared: Shared, parent: QWidget) -> None:
        super().__init__(shared, parent)
        self.register = RegisterPanel(self)
        self.proposals = ProposalList(self)
        self.bases = BaseList(self)
        self.pane = EntityPane(self)
        self.doing = Doing(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Entities"))
        self.asking = Asking(shared.place, self.desk.author, self)
        self._touched: set[str] | None = None  # None: all of them
        self._loading = False
        self._wanted = ""
        self._compared = False
        self._bases_read = False
        self._stopped = False
        self.kinds: list[str] = []
        self.colours: dict[str, str] = {}
        self._lay_out()
        self._connect()
        self._soon = self._timer(AFTER_NEWS, self._catch_up)
        self._show_soon = self._timer(0, self._show_chosen)
        self._loose_soon = self._timer(PAUSE, self._seek_loose)

    # Composition

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(self.tr("Register, proposals and knowledge bases"))
        self.tabs.addTab(self.register, self.tr("Register"))
        self.tabs.addTab(self.proposals, self.tr("Alias proposals"))
        self.tabs.addTab(self.bases, self.tr("Knowledge bases"))
        self.across = QSplitter(Qt.Orientation.Horizontal, self)
        self.across.addWidget(self.tabs)
        self.across.addWidget(self.pane)
        self.across.setHandleWidth(1)
        self.across.setChildrenCollapsible(False)
        self.across.setStretchFactor(0, 1)
        self.across.setStretchFactor(1, 1)
        self.tabs.setMinimumWidth(em * 20)
        self.pane.setMinimumWidth(em * 18)
        self.across.setSizes([em * 44, em * 32])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.across)

    def _connect(self) -> None:
        self.shared.news.revised.connect(self._follow)
        self.asking.failed.connect(self._not_read)
        self.register.chosen.connect(lambda: self._show_soon.start())
        self.proposals.chosen.connect(lambda: self._show_soon.start())
        self.bases.chosen.connect(self.changed)
        self.tabs.currentChanged.connect(self._turn)
        self.pane.changed.connect(self.doing.change_field)
        self.pane.wanted.connect(self._read)
        self.pane.base_wanted.connect(self.doing.link_knowledge)
        self.pane.link_wanted.connect(self.doing.link_loose)
        self.pane.chosen.connect(self.changed)
        self.proposals.accept_button.clicked.connect(self.doing.accept_proposal)
        self.proposals.dismiss_button.clicked.connect(self.doing.dismiss_proposal)
        self.bases.drop_button.clicked.connect(self.doing.drop_base)
        self.bases.import_button.clicked.connect(self.doing.import_base)
        self.pane.set_writable(not self.desk.read_only)

    # What the window asks

    @property
    def facts(self) -> frozenset[str]:
        holds = {
            "entity_one": self.pane.entity is not None,
            "entity_some": self.tabs.currentIndex() == REGISTER and bool(self.register.selected),
            "entity_kb": self.pane.entity is not None and bool(self.pane.entity.kb_id),
            "mentions": self._on_mentions and bool(self.pane.mentions.chosen),
            "loose": self.pane.entity is not None and bool(self.pane.loose.mentions.lines),
            "proposal": self.tabs.currentIndex() == PROPOSALS and self.proposal is not None,
            "base": self.tabs.currentIndex() == BASES and self.base is not None,
        }
        return frozenset(name for name, true in holds.items() if true)

    @property
    def _on_mentions(self) -> bool:
        return self.pane.entity is not None and self.pane.tabs.currentIndex() == 0

    def come(self) -> None:
        self._catch_up()
        self._turn()
        self._focus_list()

    def _focus_list(self) -> None:
        """Go to the list that is seen; where it has no rows, to no field: keys are acts there."""
        view = (self.register.view, self.proposals.view, self.bases.view)[self.tabs.currentIndex()]
        _go_into(view) if view.isVisible() else self.setFocus(Qt.FocusReason.OtherFocusReason)

    def tint(self, palette: QPalette) -> None:
        self.register.tint(palette)

    def stop(self) -> None:
        self.pane.commit()
        self._stopped = True
        for timer in (self._soon, self._show_soon, self._loose_soon):
            timer.stop()
        self.register.stop()
        self.asking.stop()

    # What is shown

    def _follow(self, revision: Revision) -> None:
        edits = revision.edits
        if edits is None or any(isinstance(edit.record, Label) for edit in edits):
            self._touched = None
            self.kinds = []
        elif self._touched is not None:
            for edit in edits:
                if isinstance(edit.record, Entity):
                    self._touched.add(edit.record.id)
                for record in (edit.before, edit.after):
                    if isinstance(record, Annotation) and record.entity:
                        self._touched.add(record.entity)
        heard = Entity | Annotation | Setting | Label
        if edits is not None and not any(isinstance(edit.record, heard) for edit in edits):
            return
        if edits is None or any(isinstance(edit.record, Setting) for edit in edits):
            self._bases_read = False
        self._compared = False
        if self.isVisible():
            self._soon.start()

    def _catch_up(self) -> None:
        """Read what changed since it was read last."""
        self._soon.stop()
        if self._stopped or self._loading:
            return
        touched, self._touched = self._touched, set()
        if not self.kinds:
            self._read_labels()
        if touched is None or len(touched) > _PATCHED:
            self._loading = True
            self.register.say(self.tr("The register is being read…"))
            self.asking.ask("register", read_register, self._load)
        elif touched:
            lines = self.do(lambda: register.register(self.desk, touched))
            if lines is not None:
                self.register.model.patch(touched, lines)
                self.register.fill_kinds()
        self._show_bases()
        self._compare()
        self._show_chosen()

    def _load(self, found: tuple[list[EntityLine], dict[str, str]]) -> None:
        """Show the register that was read, and what changed while it was."""
        self._loading = False
        held = self._focused
        self.register.load(*found, self.colours)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.select(wanted)
        if self._touched or self._touched is None:
            self._soon.start()
        if held:
            self._focus_list()

    def _not_read(self, said: str) -> None:
        """The desk did not answer: say so, and ask again when something changes."""
        self._loading = self._compared = False
        self._touched = None
        self.register.say(self.tr("The register could not be read."))
        self.failed.emit(said)

    @property
    def _focused(self) -> bool:
        """Whether no field has the focus, so that the list may take it."""
        return QApplication.focusWidget() in (self, self.register.view, None)

    def _read_labels(self) -> None:
        labels = [label for label in self.desk.codebook() if label.layer is Layer.ENTITY]
        self.colours = {label.name: label.colour for label in labels}
        self.kinds = [label.name for label in labels if label.name not in register.VALUES]

    def _turn(self) -> None:
        """Another tab is seen."""
        self.pane.forget_loose()
        self._compare()
        self._show_soon.start()

    def _show_bases(self) -> None:
        if self._bases_read:
            return
        self._bases_read = True
        found = self.do(lambda: knowledge.bases(self.desk))
        if found is not None:
            self.bases.show_bases(found)

    def _compare(self) -> None:
        """Have names compared, on another thread, where they changed and are looked at."""
        if self._compared or self.tabs.currentIndex() != PROPOSALS or not self.isVisible():
            return
        self._compared = True
        self.asking.ask("proposals", aliases.alias_proposals, self._propose)

    def _propose(self, found: list[Proposal]) -> None:
        self.proposals.show_proposals(found, self.colours)
        name = self.tr("Alias proposals ({0})").format(f"{len(found):,}")
        self.tabs.setTabText(PROPOSALS, name)

    @property
    def proposal(self) -> Proposal | None:
        """The proposal at hand."""
        found = self.proposals.current
        return found if isinstance(found, Proposal) else None

    @property
    def base(self) -> KnowledgeBase | None:
        """The knowledge base at hand."""
        found = self.bases.current
        return found if isinstance(found, KnowledgeBase) else None

    def _chosen_entity(self) -> str:
        """The id of the one entity that is to be shown; empty for none or several."""
        if self.tabs.currentIndex() == PROPOSALS:
            return self.proposal.entity.id if self.proposal else ""
        selected = self.register.selected
        return selected[0].id if len(selected) == 1 else ""

    def _show_chosen(self) -> None:
        """Show the entity that is chosen, or what could be done."""
        self._show_soon.stop()
        if self._stopped:
            return
        id = self._chosen_entity()
        if self.pane.entity and self.pane.entity.id != id:
            self.pane.commit()
        entity = self.desk.get_all(Entity, [id]).get(id) if id else None
        if entity is None:
            self.pane.say(self._nothing_chosen())
        else:
            line = self.register.model.line_of(entity.id)
            self.pane.show_entity(
                entity,
                list(dict.fromkeys([*self.kinds, entity.kind])),
                self._base_words(entity),
                lambda offset, limit: self.do(
                    lambda: register.mentions_of(
                        self.desk, entity.id, offset=offset, limit=limit
                    )
                )
                or [],
                line.mentions if line else 0,
            )
            self._loose_soon.start()
        self.changed.emit()

    def _nothing_chosen(self) -> str:
        count = len(self.register.selected)
        if self.tabs.currentIndex() == REGISTER and count > 1:
            return self.tr("{0} entities are selected. Press M to make them one.").format(count)
        if self.tabs.currentIndex() == BASES and self.base is not None:
            return self.tr("Press K on an entity of the register to link it to an entry.")
        return self.tr("Choose an entity to see its names, mentions and links.")

    def _base_words(self, entity: Entity) -> str:
        if not entity.kb_id:
            return self.tr("Link to a knowledge base…")
        entry = knowledge.entry_with(self.desk, entity.kb_id)
        if entry is None:
            return self.tr("{0} (in no knowledge base of this desk)").format(entity.kb_id)
        said = (f"{entry.kb_id}: {entry.label}", entry.description)
        return " · ".join(part for part in said if part)

    def _seek_loose(self) -> None:
        """Look for mentions that are not linked, once the editor stays with an entity."""
        entity = self.pane.entity
        proposal = self.proposal if self.tabs.currentIndex() == PROPOSALS else None
        if entity is None:
            return
        if proposal is not None:
            self.pane.tabs.setCurrentIndex(1)

        def work(desk: Desk) -> list[MentionLine]:
            if proposal is not None:
                return aliases.proposed_mentions(desk, proposal)
            return register.unlinked_mentions(desk, entity)

        def done(found: list[MentionLine]) -> None:
            now = self.proposal if self.tabs.currentIndex() == PROPOSALS else None
            if now == proposal and self.pane.entity is not None:
                self.pane.show_loose(entity, found)
                self.changed.emit()

        self.asking.ask("loose", work, done)

    # What is done

    def _read(self, article: str, annotation: str) -> None:
        self.article_wanted.emit(article, annotation)

    def select(self, id: str) -> None:
        """Show an entity in the register."""
        self.tabs.setCurrentIndex(REGISTER)
        self._catch_up()
        if self._loading:
            self._wanted = id
        self.register.select(id)
        self._show_chosen()

    @property
    def entity(self) -> Entity | None:
        """The entity at hand: what was chosen a moment ago is shown first."""
        if self._show_soon.isActive():
            self._show_chosen()
        return self.pane.entity

    def focus_filter(self) -> None:
        """Go to the register's filter."""
        self.tabs.setCurrentIndex(REGISTER)
        self.register.focus_filter()

    def show_register(self) -> None:
        """Show the register."""
        self._show_tab(REGISTER)

    def show_proposals(self) -> None:
        """Show the alias proposals."""
        self._show_tab(PROPOSALS)

    def show_bases(self) -> None:
        """Show the knowledge bases."""
        self._show_tab(BASES)

    def _show_tab(self, at: int) -> None:
        self.tabs.setCurrentIndex(at)
        self._focus_list()

    def next_pane(self) -> None:
        """Go on to the next of list, fields and mentions."""
        left = (self.register.view, self.proposals.view, self.bases.view)
        shown = self.pane.mentions if self._on_mentions else self.pane.loose
        field = self.pane.first_field
        panes: list[QWidget] = [left[self.tabs.currentIndex()], *([field, shown] if field else [])]
        now = QApplication.focusWidget()
        at = panes.index(now) if now in panes else -1
        _go_into(panes[(at + 1) % len(panes)])


def _go_into(pane: QWidget) -> None:
    """Give a field or a list the focus; of a list in which nothing is chosen, choose the first."""
    pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
    if isinstance(pane, QTableView) and not pane.selectionModel().hasSelection():
        pane.selectRow(0)
