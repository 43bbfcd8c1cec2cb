"""What the acts of the Entities workspace do with what is chosen in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from newsdesk.desk import aliases, knowledge, register
from newsdesk.desk.aliases import Proposal
from newsdesk.model import Annotation, Entity
from newsdesk.model.knowledge import KnowledgeEntry
from newsdesk.model.register import EntityLine, MentionLine
from newsdesk.ui.candidates import knowledge_choice
from newsdesk.ui.choices import Choice
from newsdesk.ui.chooser import Chooser
from newsdesk.ui.entities.tabs import BASES, PROPOSALS
from newsdesk.ui.plain import counted, shortened

if TYPE_CHECKING:
    from newsdesk.ui.entities.workspace import EntitiesWorkspace

WIDE = 64
"""Average characters that the field takes in which things are searched and named."""


class Doing(QObject):
    """The verbs of the workspace; each change is one step of the desk."""

    def __init__(self, workspace: EntitiesWorkspace) -> None:
        super().__init__(workspace)
        self._at = workspace
        self._desk = workspace.desk
        self._pane = workspace.pane
        self._register = workspace.register
        self._chooser = Chooser(workspace)

    @property
    def chooser(self) -> Chooser:
        """The field in which things are searched and named."""
        return self._chooser

    def change_field(self, name: str, value: object) -> None:
        entity = self._at.entity
        if entity is not None and not self._held:
            self._at.do(lambda: register.change_entity(self._desk, entity, **{name: value}))

    @property
    def _held(self) -> bool:
        """Whether an import writes to the desk: then this can't, and says so."""
        if self._desk.held:
            self._at.said.emit(self._desk.held)
        return bool(self._desk.held)

    def _choose(
        self,
        prompt: str,
        look: Callable[[str], list[Choice]],
        chosen: Callable[[object], object],
        typed: str = "",
    ) -> None:
        left = self._at.width() // 2 - WIDE // 2 * self._at.fontMetrics().averageCharWidth()
        self._chooser.offer(
            prompt,
            look,
            lambda value: self._at.do(lambda: chosen(value)),
            at=QPoint(max(10, left), 40),
            typed=typed,
            wide=WIDE,
        )

    def new_entity(self) -> None:
        """Ask for a name and a kind; a name that the register has is shown instead."""

        def look(typed: str) -> list[Choice]:
            name = " ".join(typed.split())
            if not name:
                return []
            known = register.find_entities(self._desk, name, limit=4)
            create = self.tr("Create “{0}”")
            return [
                *(
                    Choice((name, kind), create.format(name), kind, "", self._colour(kind))
                    for kind in self._at.kinds
                ),
                *(Choice(one, one.name, one.kind, self.tr("exists")) for one in known),
            ]

        def chosen(value: object) -> None:
            if isinstance(value, Entity):
                self._at.select(value.id)
            elif isinstance(value, tuple):
                self._at.select(register.new_entity(self._desk, *value).id)

        self._choose(self.tr("Name of the new entity"), look, chosen)

    def _colour(self, kind: str) -> str:
        return self._at.colours.get(kind, "")

    def edit_entity(self) -> None:
        """Go to the entity's name."""
        self._pane.edit()

    def merge(self) -> None:
        """Ask which of the selected entities stays; with one, which other it is to be merged
        with."""
        selected = self._register.selected
        if len(selected) > 1:
            self._ask_which_stays(selected)
        elif selected:
            self._ask_other(selected[0])

    def _ask_which_stays(self, lines: list[EntityLine]) -> None:
        def look(typed: str) -> list[Choice]:
            one, many = self.tr("1 mention"), self.tr("{0} mentions")
            return [
                Choice(
                    line,
                    self.tr("Keep “{0}”").format(line.name),
                    line.kind,
                    counted(line.mentions, one, many),
                    self._colour(line.kind),
                )
                for line in lines
                if typed.casefold().strip() in line.name.casefold()
            ]

        def chosen(kept: object) -> None:
            if isinstance(kept, EntityLine):
                others = [line.id for line in lines if line.id != kept.id]
                self._merge(kept.id, others)

        self._choose(self.tr("Which one stays? The others become its aliases"), look, chosen)

    def _ask_other(self, line: EntityLine) -> None:
        def look(typed: str) -> list[Choice]:
            found = register.find_entities(self._desk, typed, limit=30)
            return [
                Choice(one, one.name, one.kind, "", self._colour(one.kind))
                for one in found
                if one.id != line.id
            ]

        def chosen(other: object) -> None:
            if isinstance(other, Entity):
                both = register.register(self._desk, [line.id, other.id])
                self._ask_which_stays(sorted(both, key=lambda one: -one.mentions))

        self._choose(self.tr("Merge “{0}” with…").format(shortened(line.name, 40)), look, chosen)

    def _merge(self, kept: str, others: Iterable[str]) -> None:
        entity = self._desk.get(Entity, kept)
        gone = self._desk.get_all(Entity, others).values()
        register.merge_entities(self._desk, entity, gone)
        self._at.select(kept)
        self._at.said.emit(self.tr("Merged into {0}").format(shortened(entity.name, 60)))

    def split(self) -> None:
        """Ask for the name of what the chosen mentions are of."""
        entity, chosen_lines = self._at.entity, self._pane.mentions.chosen
        if entity is None or not chosen_lines:
            return
        one, many = self.tr("1 mention"), self.tr("{0} mentions")
        count = counted(len(chosen_lines), one, many)

        def look(typed: str) -> list[Choice]:
            name = " ".join(typed.split())
            text = self.tr("Split off as “{0}”").format(name)
            return [Choice(name, text, count)] if name else []

        def chosen(name: object) -> None:
            marks = self._annotations(chosen_lines)
            made = register.split_entity(self._desk, entity, marks, str(name))
            self._at.select(made.id)

        prompt = self.tr("Whom do these mentions name?")
        self._choose(prompt, look, chosen, typed=chosen_lines[0].words)

    def _annotations(self, lines: Iterable[MentionLine]) -> list[Annotation]:
        return list(self._desk.get_all(Annotation, [line.annotation for line in lines]).values())

    def delete_entity(self) -> None:
        """Take the entity out of the register."""
        entity = self._at.entity
        if entity is not None:
            count = self._at.do(lambda: register.delete_entity(self._desk, entity))
            if count is None:
                return
            one, many = self.tr("1 mention unlinked"), self.tr("{0} mentions unlinked")
            self._at.said.emit(f"{shortened(entity.name, 40)}: " + counted(count, one, many))

    def link_loose(self) -> None:
        """Link the mentions that are chosen among those not linked, or all of them."""
        entity = self._at.entity
        if entity is None or self._held:
            return
        if self._at.tabs.currentIndex() == PROPOSALS:
            self.accept_proposal()
            return
        seen = self._pane.tabs.currentIndex() == 1
        chosen = self._pane.loose.chosen if seen else []
        if not seen:
            # Nothing is linked that was not shown before.
            self._pane.tabs.setCurrentIndex(1)
            self._at.said.emit(self.tr("These are not linked yet. Press L again to link them all"))
            return
        wanted = chosen or self._pane.found
        count = self._at.do(lambda: register.link_mentions(self._desk, wanted, entity))
        if count is not None:
            one, many = self.tr("1 mention linked"), self.tr("{0} mentions linked, as one step")
            self._at.said.emit(counted(count, one, many))

    def unlink_mentions(self) -> None:
        """Link the chosen mentions to nobody."""
        marks = self._annotations(self._pane.mentions.chosen)
        count = self._at.do(lambda: register.link_entity(self._desk, marks, None))
        if count:
            one, many = self.tr("1 mention unlinked"), self.tr("{0} mentions unlinked")
            self._at.said.emit(counted(count, one, many))

    def link_knowledge(self) -> None:
        """Search the knowledge bases for the entity."""
        entity = self._at.entity
        if entity is None or self._desk.read_only or self._held:
            return
        if not knowledge.bases(self._desk):
            self._at.said.emit(self.tr("No knowledge base was imported yet: see the third tab"))
            return

        def look(typed: str) -> list[Choice]:
            found = self._at.do(lambda: knowledge.search_knowledge(self._desk, typed, entity.kind))
            return [knowledge_choice(one) for one in found or []]

        def chosen(entry: object) -> None:
            if isinstance(entry, KnowledgeEntry):
                knowledge.link_to_entry(self._desk, entity, entry)

        prompt = self.tr("Search the knowledge bases")
        self._choose(prompt, look, chosen, typed=entity.name)

    def unlink_knowledge(self) -> None:
        """Take the link to a knowledge base off."""
        entity = self._at.entity
        if entity is not None:
            self._at.do(lambda: knowledge.unlink_entry(self._desk, entity))

    def accept_proposal(self) -> None:
        """Take the proposal at hand as right."""
        proposal = self._at.proposal
        if proposal is not None and not self._held:
            count = self._at.do(lambda: aliases.accept(self._desk, proposal))
            if count is not None:
                self._decided(proposal)
                name = proposal.entity.name
                self._at.said.emit(self.tr("{0} is {1}").format(proposal.words, name))

    def dismiss_proposal(self) -> None:
        """Remember that the proposal at hand is wrong."""
        proposal = self._at.proposal
        if proposal is None or self._desk.read_only or self._held:
            return

        def dismissed() -> bool:
            aliases.dismiss(self._desk, proposal)
            return True

        if self._at.do(dismissed):
            self._decided(proposal)

    def _decided(self, decided: Proposal) -> None:
        """Show the next one at once; what else changed by it is compared in a moment."""
        model = self._at.proposals.model
        rows = [model.choice(row) for row in range(model.rowCount())]
        self._at.proposals.show_lines([one for one in rows if one.value != decided])

    def import_base(self) -> None:
        """Ask for a file and import it."""
        window = self._at.window()
        filters = self.tr("Knowledge bases") + " (*.tsv *.jsonl *.json *.txt *.tab)"
        path = self._at.shared.ask.file(self._at, self.tr("Import knowledge base"), filters)
        if path is not None:
            from newsdesk.ui.entities.base_import import BaseImport

            self._at.tabs.setCurrentIndex(BASES)
            BaseImport(window, path).start()  # type: ignore[arg-type]

    def drop_base(self) -> None:
        """Search the base at hand no more."""
        base = self._at.base
        if base is not None and not self._held:
            self._at.do(lambda: knowledge.drop_base(self._desk, base))
