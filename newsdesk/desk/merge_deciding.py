"""What becomes of each record of two desks: taken, left, removed, brought back, or in conflict."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from newsdesk.desk.desk import Desk
from newsdesk.desk.knowledge import SETTING as KNOWLEDGE
from newsdesk.desk.merge_comparing import Comparing, fingerprint, later, title_of
from newsdesk.desk.merge_matching import FIELDS, Matching
from newsdesk.desk.merge_memory import PREFIX
from newsdesk.desk.merge_report import Conflict, MergeReport, Rule, Side
from newsdesk.desk.reading import Reading
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Entity,
    Evidence,
    Label,
    Link,
    Record,
    Review,
    Setting,
    Snapshot,
    Source,
)
from newsdesk.store.aside import ended, touched_since
from newsdesk.store.store import batches

KINDS: tuple[type[Record], ...] = (
    *(Label, Entity, Source, Claim, Snapshot, Article, Annotation, Attribution),
    *(Evidence, Review, Link, Setting),
)
"""Every kind that a desk keeps, parents before children."""

AT_ONCE = 4_000
"""Records that differ, about which the journals are asked together."""
MOST_TOUCHED = 200_000
"""Edits since both desks were one, up to which only what they touched is compared."""


class Decisions:
    """Goes through both desks once and decides; then tells, batch by batch, what is to be written.

    Only what differs is held: what is new is found again when it is written.
    """

    def __init__(
        self,
        mine: Desk,
        theirs: Reading,
        matching: Matching,
        kept: dict[str, str],
        report: MergeReport,
    ) -> None:
        self._mine, self._theirs, self._matching, self._report = mine, theirs, matching, report
        self._comparing = Comparing(mine, theirs, matching, kept)
        self._ended_here, self._ended_there = ended(mine._store), ended(theirs._store)
        self._touched = self._touched_since(self._comparing.shared)
        self.total = sum(
            theirs.count(kind) if ids is None else len(ids)
            for kind in KINDS
            for ids in (self._candidates(kind),)
        )
        self._waiting: list[tuple[Record | None, Record]] = []
        self._taken: set[str] = set()
        self._left: set[str] = set()
        self._removed: dict[str, Record] = {}
        self.turned_down: dict[str, str] = {}

    def decide(
        self,
        rule: Rule,
        choices: Mapping[str, Side],
        progress: Callable[[int, int], None] | None,
    ) -> None:
        """Decide about every record; the report then says what it comes to."""
        self._rule, self._choices = rule, choices
        done = 0
        for kind in KINDS:
            for batch in self.batches_of(kind):
                self._compare(kind, batch)
                done += len(batch)
                if progress:
                    progress(done, 2 * self.total)
            self._settle()
            self._deletions(kind)
        while self._must_stay() or self._must_return():
            pass  # what stays or returns may need something else that was deleted
        for kind in KINDS:
            for batch in self.batches_of(kind):
                self._count(kind, self.wanted(kind, batch))
        for record in self._removed.values():
            _more(self._report.removed, type(record))

    # What may differ

    def _touched_since(self, shared: int) -> tuple[dict[str, set[str]], ...] | None:
        """What either desk did since both were one, which alone can differ; None where they never
        were, or where it is so much that reading everything takes no longer."""
        found = []
        for desk in (self._theirs, self._mine) if shared else ():
            ids = touched_since(desk._store, shared, MOST_TOUCHED)
            if ids is None:
                return None
            found.append(ids)
        return tuple(found) or None

    def _candidates(self, kind: type[Record]) -> list[str] | None:
        if self._touched is None:
            return None
        return sorted(set().union(*(ids.get(kind.__name__, ()) for ids in self._touched)))

    def batches_of(self, kind: type[Record]) -> Iterator[list[Record]]:
        """The other desk's records of a kind that may differ from this desk's."""
        ids = self._candidates(kind)
        if ids is None:
            yield from batches(self._theirs.each(kind))
            return
        for batch in batches(ids):
            yield sorted(self._theirs.get_all(kind, batch).values(), key=lambda one: one.id)

    # Comparing

    def _compare(self, kind: type[Record], batch: Sequence[Record]) -> None:
        batch = [one for one in batch if self._is_carried(one)]
        ours = self._mine.get_all(kind, [one.id for one in batch])
        for theirs in batch:
            mine = ours.get(theirs.id)
            if mine is None:
                if theirs.id in self._ended_here:
                    self._waiting.append((None, theirs))
            elif self._comparing.as_here(theirs, mine) != mine:
                self._waiting.append((mine, theirs))
        if len(self._waiting) > AT_ONCE:
            self._settle()

    def _settle(self) -> None:
        """Decide about what differs; the journals are asked about all of it at once."""
        waiting, self._waiting = self._waiting, []
        self._comparing.read_up({theirs.id for _, theirs in waiting})
        for mine, theirs in waiting:
            if mine is None:
                self._deleted_here(theirs)
            else:
                self._differing(mine, theirs)

    def _is_carried(self, theirs: Record) -> bool:
        if isinstance(theirs, Setting) and theirs.name.startswith((PREFIX, KNOWLEDGE)):
            return False
        return theirs.id not in self._matching.to_mine

    def _differing(self, mine: Record, theirs: Record) -> None:
        side = self._comparing.newer(mine, theirs)
        if side is None:
            here = self._comparing.as_here(theirs, mine)
            side = self._decided(self._comparing.conflict(mine, here), theirs)
        if side is Side.THEIRS and self._name_is_taken(theirs):
            self._report.kept.append(
                f"label {title_of(mine)} is called {title_of(theirs)} on the other desk, as "
                "another label is here: it stays as it is"
            )
            side = Side.MINE
        if side is Side.THEIRS:
            self._taken.add(theirs.id)

    def _deleted_here(self, theirs: Record) -> None:
        if self._comparing.deleted_here(theirs):
            self._left.add(theirs.id)
            return
        side = self._decided(self._comparing.conflict(None, theirs), theirs)
        if side is Side.MINE:
            self._left.add(theirs.id)

    def _deletions(self, kind: type[Record]) -> None:
        """What the other desk has deleted, and this one still has."""
        for batch in batches(sorted(self._ended_there)):
            there = self._theirs.get_all(kind, batch)
            gone = {
                id: mine
                for id, mine in self._mine.get_all(kind, batch).items()
                if id not in there
            }
            self._comparing.read_up(gone)
            for id, mine in gone.items():
                known = self._comparing.deleted_there(mine)
                conflict = None if known else self._comparing.conflict(mine, None)
                if conflict is None or self._decided(conflict, None) is Side.THEIRS:
                    self._removed[id] = mine

    def _decided(self, conflict: Conflict, theirs: Record | None) -> Side:
        """Whose version stands: as chosen, or by the rule; noted in the report."""
        taken = self._choices.get(conflict.record)
        if taken is None and self._rule is Rule.NEWER:
            taken = later(conflict)
        elif taken is None and self._rule is not Rule.ASK:
            taken = Side(self._rule.value)
        self._report.conflicts.append(msgspec.structs.replace(conflict, taken=taken))
        if taken is Side.MINE and theirs is not None:
            self.turned_down[conflict.record] = fingerprint(theirs)
        return taken or Side.MINE

    def _name_is_taken(self, theirs: Record) -> bool:
        """Whether another label of this desk has the name that the other desk gave this one."""
        if not isinstance(theirs, Label):
            return False
        found = self._mine.find(Label, name=theirs.name, layer=theirs.layer)
        return any(one.id != theirs.id for one in found)

    # What is needed

    def _must_stay(self) -> bool:
        """Keep what the other desk deleted and something here still needs."""
        needed: set[str] = set()
        for kind, fields in FIELDS.items():
            for name, _ in fields:
                for batch in batches(sorted(self._removed)):
                    for one in self._mine.find(kind, **{name: batch}):
                        if one.id not in self._removed and one.id not in self._taken:
                            needed.add(getattr(one, name))
        needed |= self._needed_of_theirs(set(self._removed))
        for id in sorted(needed):
            record = self._removed.pop(id)
            self._report.kept.append(
                f"{type(record).__name__.lower()} {id} “{title_of(record)[:80]}” was deleted on "
                "the other desk, and is needed here: it stays"
            )
        return bool(needed)

    def _must_return(self) -> bool:
        """Bring back what this desk deleted and something that comes in still needs."""
        needed = self._needed_of_theirs(self._left)
        for id in sorted(needed):
            self._left.discard(id)
            self.turned_down.pop(id, None)
            self._report.kept.append(f"{id} was deleted here, and is needed: it comes back")
        return bool(needed)

    def _needed_of_theirs(self, ids: set[str]) -> set[str]:
        """Those of the ids that something refers to that is going to be written."""
        needed: set[str] = set()
        for kind in KINDS if ids else ():
            for batch in self.batches_of(kind):
                for one in self.wanted(kind, batch):
                    needed |= ids & {getattr(one, name) for name, _ in FIELDS[kind]}
        return needed

    # What is written

    def wanted(self, kind: type[Record], batch: Sequence[Record]) -> list[Record]:
        """Those of the other desk's records that are to be written, as they stand here."""
        batch = [one for one in batch if self._is_carried(one) and one.id not in self._left]
        ours = self._mine.get_all(kind, [one.id for one in batch])
        return [
            self._comparing.as_here(one, ours.get(one.id))
            for one in batch
            if one.id not in ours or one.id in self._taken
        ]

    def _count(self, kind: type[Record], records: list[Record]) -> None:
        for one in records:
            _more(self._report.changed if one.id in self._taken else self._report.added, kind)

    def removed_records(self) -> Iterator[Record]:
        """What goes, children before parents."""
        order = {kind: at for at, kind in enumerate(reversed(KINDS))}
        yield from sorted(self._removed.values(), key=lambda one: order[type(one)])


def _more(counts: dict[str, int], kind: type[Record]) -> None:
    name = kind.__name__.lower()
    counts[name] = counts.get(name, 0) + 1
