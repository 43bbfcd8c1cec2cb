"""What the acts of the Claims workspace do with the source at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from newsdesk.desk import Desk, claim_queue, register, source_register
from newsdesk.desk.gating import desk_plurals
from newsdesk.model import Entity, Source
from newsdesk.model.claim_lines import SourceLine
from newsdesk.model.naming import name_key
from newsdesk.ui.choices import Choice
from newsdesk.ui.plain import counted, shortened

if TYPE_CHECKING:
    from newsdesk.ui.claims.workspace import ClaimsWorkspace

AT_ONCE = 1_000
"""Sources that are read while the window waits: some milliseconds."""


class Sourcing(QObject):
    """Shows the source that is chosen, and changes it."""

    def __init__(self, workspace: ClaimsWorkspace) -> None:
        super().__init__(workspace)
        self._at = workspace
        self._desk = workspace.desk

    def read(self) -> None:
        """Read the register anew: a large one off the window's thread."""
        if self._desk.count(Source) <= AT_ONCE:
            found = self._at.do(lambda: claim_queue.source_register(self._desk))
            self._at.sources.load(found or [])
        else:
            self._at.asking.ask("sources", claim_queue.source_register, self._at.sources.load)
        self._at.asking.ask("plurals", _plurals, self._at.sources.show_plurals)

    def show_chosen(self) -> None:
        """Show the source that is chosen, or what could be done."""
        pane, chosen = self._at.source_pane, self._at.sources.current
        if pane.source is not None and (chosen is None or chosen.id != pane.source.id):
            pane.commit()
        if chosen is None or self._at.do(lambda: self._show(chosen.id)) is None:
            pane.say(self.tr("Choose a source to see what it is, and what relies on it."))

    def _show(self, id: str) -> Source | None:
        """Show a source; None where it is gone."""
        source = self._desk.get_all(Source, [id]).get(id)
        if source is None:
            return None
        same = source_register.same_as(self._desk, source.id)
        others = self._desk.get_all(Source, same)
        entity = self._desk.get_all(Entity, [source.entity]) if source.entity else {}
        self._at.source_pane.show_source(
            source,
            entity[source.entity].name if source.entity in entity else "",
            [shortened(others[id].description, 60) for id in same if id in others],
            self._at.sources.is_plural(source.id),
            claim_queue.relying_on(self._desk, [source.id]),
        )
        return source

    @property
    def source(self) -> Source | None:
        """The source at hand."""
        chosen = self._at.sources.current
        return self._at.source_pane.source if chosen is not None else None

    def change_field(self, name: str, value: object) -> None:
        """Write a field of the source that is shown."""
        source = self._at.source_pane.source
        if source is not None:
            done = self._at.do(
                lambda: source_register.change_source(self._desk, source, **{name: value})
            )
            if done is None:
                self.show_chosen()

    def edit_source(self) -> None:
        """Go to its description."""
        if self.source is not None:
            self._at.source_pane.edit()

    def link_entity(self) -> None:
        """Ask which entity of the register the source is."""
        source = self.source
        if source is None:
            return

        def look(typed: str) -> list[Choice]:
            found = register.find_entities(self._desk, typed, limit=30)
            rows = [Choice(one.id, one.name, one.kind) for one in found]
            if source.entity and not typed.strip():
                rows.append(Choice("", self.tr("No entity")))
            return rows

        def chosen(value: object) -> None:
            source_register.change_source(self._desk, source, entity=value or None)

        prompt = self.tr("Who is “{0}” in the register?").format(shortened(source.description, 40))
        self._at.doing.choose(prompt, look, chosen)

    def merge_sources(self) -> None:
        """Ask which other record is the same source."""
        source = self.source
        if source is None:
            return
        lines = [one for one in self._at.sources.lines if one.id != source.id]
        keys = [(name_key(f"{one.description} {one.entity}"), one) for one in lines]

        def look(typed: str) -> list[Choice]:
            key = name_key(typed)
            found = [one for words, one in keys if key in words]
            return [self._choice(one) for one in found[:40]]

        def chosen(value: object) -> None:
            other = self._desk.get(Source, str(value))
            source_register.merge_sources(self._desk, source, [other])
            self._at.said.emit(self.tr("The two are one source now"))

        prompt = self.tr("Which record is the same source as “{0}”?")
        self._at.doing.choose(prompt.format(shortened(source.description, 40)), look, chosen)

    def _choice(self, one: SourceLine) -> Choice:
        papers = counted(one.articles, self.tr("1 article"), self.tr("{0} articles"))
        return Choice(one.id, shortened(one.description, 120), f"{one.kind} · {papers}")

    def part_source(self) -> None:
        """Take back that it is the same as others."""
        source = self.source
        if source is not None:
            self._at.do(lambda: source_register.part_source(self._desk, source))


def _plurals(desk: Desk) -> frozenset[str]:
    return frozenset(one.source for one in desk_plurals(desk))
