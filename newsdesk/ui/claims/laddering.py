"""What the acts of the Claims workspace do with the hop of a ladder that is at hand."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from newsdesk.desk import attributing, claim_queue
from newsdesk.desk.desk import Desk
from newsdesk.model import (
    Annotation,
    Assertion,
    Attitude,
    Attribution,
    Channel,
    Manner,
    Source,
    SourceKind,
)
from newsdesk.model.naming import name_key
from newsdesk.provenance.appearance import Appearance
from newsdesk.ui.choices import Choice
from newsdesk.ui.claims.file_row import Sort

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsdesk.ui.claims.workspace import ClaimsWorkspace

_OFFERED = 30  # sources at once
_WITHIN = 3  # the rank of names that hold what was typed inside a word only


class Laddering(QObject):
    """The verbs on hops; each change is one step of the desk."""

    def __init__(self, workspace: ClaimsWorkspace) -> None:
        super().__init__(workspace)
        self._at = workspace
        self._desk: Desk = workspace.desk

    @property
    def hop(self) -> Attribution | None:
        """The hop at hand, as it is now."""
        row = self._at.row
        value = row.value if row else None
        return value if isinstance(value, Attribution) else None

    def say_how(self) -> None:
        """Offer every manner, firmness, attitude and channel; letters narrow them."""
        hop = self.hop
        if hop is None:
            return
        ways: tuple[tuple[str, str, type[StrEnum]], ...] = (
            ("manner", self.tr("Manner"), Manner),
            ("assertion", self.tr("Firmness"), Assertion),
            ("channel", self.tr("Channel"), Channel),
            ("attitude", self.tr("Attitude"), Attitude),
        )
        rows = []
        for field, name, kind in ways:
            now = getattr(hop, field)
            for value in kind:
                told = self.tr("as it is") if value is now else ""
                rows.append(Choice((field, value), f"{name}: {value.value}", told))
            if now is not None:
                rows.append(Choice((field, None), self.tr("{0}: not said").format(name)))

        def look(typed: str) -> list[Choice]:
            words = typed.casefold().split()
            return [row for row in rows if all(word in row.text.casefold() for word in words)]

        def chosen(value: object) -> None:
            if isinstance(value, tuple):
                attributing.set_hop(self._desk, hop, **{value[0]: value[1]})

        self._at.doing.choose(self.tr("How was it said?"), look, chosen)

    def choose_source(self) -> None:
        """Give the hop another source."""
        hop = self.hop
        if hop is not None:
            self._ask_source(
                self.tr("Who stands here? Type to search, or to enter a new source"),
                lambda source: attributing.set_hop(self._desk, hop, source=source.id),
                none=lambda: attributing.set_hop(self._desk, hop, source=None, orphan=True),
            )

    def add_hop(self) -> None:
        """Put a source before the hop at hand, into the gap, or next to the article."""
        place = self._place()
        if place is None:
            return
        content, at = place
        row = self._at.row

        def add(source: Source) -> None:
            tie = row.value if row else None
            if row is not None and row.sort is Sort.GAP and isinstance(tie, Attribution):
                attributing.set_hop(self._desk, tie, source=source.id)
                return
            mark = self._desk.get(Annotation, content)
            attributing.add_hop(self._desk, mark, source, at)

        self._ask_source(self.tr("Who stands between? Type to search, or to enter one"), add)

    def _place(self) -> tuple[str, int] | None:
        """The content and the hop at which one would be added."""
        row = self._at.row
        value = row.value if row else None
        if isinstance(value, Attribution):
            return value.content, value.hop
        if isinstance(value, Appearance):
            rungs = [tie.hop for tie in value.said]
            return value.id, max(rungs, default=-1) + 1
        if isinstance(value, tuple):
            return value[0], value[1]
        return None

    def _ask_source(
        self,
        prompt: str,
        chosen: Callable[[Source], object],
        none: Callable[[], object] | None = None,
    ) -> None:
        lines = claim_queue.source_names(self._desk)
        keys = [(name_key(description), id, description, kind) for id, description, kind in lines]

        def look(typed: str) -> list[Choice]:
            name, key = " ".join(typed.split()), name_key(typed)
            found = sorted(
                (_rank(key, one), description.casefold(), id, description, kind)
                for one, id, description, kind in keys
                if key in one
            )
            known = [Choice(("known", row[2], ""), row[3], row[4]) for row in found]
            whole = sum(row[0] < _WITHIN for row in found)
            new = []
            if name and all(row[3] != name for row in found):
                new = [
                    Choice(("new", name, kind), self.tr("Enter “{0}”").format(name), kind.value)
                    for kind in SourceKind
                ]
            rows = [*known[:whole][:_OFFERED], *new, *known[whole:][:_OFFERED]]
            if none is not None and not name:
                rows.append(Choice(("none", "", ""), self.tr("The text names none")))
            return rows

        def picked(value: object) -> None:
            if not isinstance(value, tuple):
                return
            sort, what, kind = value
            if sort == "none" and none is not None:
                none()
                return
            if sort == "known":
                chosen(self._desk.get(Source, what))
                return
            with self._desk.change(self.tr("Hop with a new source")):
                chosen(attributing.source_described(self._desk, what, kind=kind))

        self._at.doing.choose(prompt, look, picked)

    def lower_hop(self) -> None:
        """Move the hop towards the originator."""
        self._move(-1)

    def raise_hop(self) -> None:
        """Move the hop towards the article."""
        self._move(1)

    def _move(self, by: int) -> None:
        hop = self.hop
        if hop is not None:
            self._at.do(lambda: attributing.reorder_hops(self._desk, hop, by))


def _rank(key: str, name: str) -> int:
    """How well a name answers what was typed: it is that, begins so, has a word that does."""
    if name == key:
        return 0
    return 1 if name.startswith(key) else 2 if f" {key}" in name else _WITHIN
