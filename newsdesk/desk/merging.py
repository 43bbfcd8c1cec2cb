"""Merging another desk into this one: what it has anew, and what both changed, as one step."""

import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from newsdesk.desk.annotating import shown
from newsdesk.desk.bulk import seldom_collected
from newsdesk.desk.desk import Desk
from newsdesk.desk.merge_deciding import KINDS, Decisions
from newsdesk.desk.merge_matching import Matching, offers
from newsdesk.desk.merge_memory import PREFIX, Memory, remember, remembered
from newsdesk.desk.merge_report import Conflict, MergeReport, Offer, Rule, Side, Version
from newsdesk.desk.reading import Reading
from newsdesk.desk.register import merge_entities
from newsdesk.desk.tracing import many
from newsdesk.model import (
    Annotation,
    Entity,
    Label,
    NewsdeskError,
    Record,
    Setting,
    Source,
    replace,
)
from newsdesk.store.aside import is_file_of, last_hash, open_aside

__all__ = ["Conflict", "MergeReport", "Offer", "Rule", "Side", "Version", "merge"]

Progress = Callable[[int, int], None]


def merge(
    desk: Desk,
    other: str | Path,
    *,
    rule: Rule = Rule.ASK,
    choices: Mapping[str, Side] | None = None,
    entities: Collection[str] | None = (),
    dry_run: bool = False,
    progress: Progress | None = None,
) -> MergeReport:
    """Bring in what another desk has, as one step that can be undone; the other is left as it is.

    What only one desk changed since they last had it in common is taken from there. What both
    changed is a conflict: `choices` decides it by the record's id, else `rule`; an open one stays
    as it is here, and is listed. `entities` names the other desk's entities that are to be merged
    into those offered (None: all of them). `dry_run` looks and changes nothing. `progress` hears
    records done and records in all; what it raises cancels the merge.

    Raises NewsdeskError where the other file is no desk, damaged, of a newer version, or this one.
    """
    _refuse_itself(desk, other)
    with _opened(other) as theirs, seldom_collected():
        head = last_hash(theirs._store)
        report = MergeReport(desk=Path(other).name, head=head)
        memory = remembered(desk)
        matching = Matching(desk, theirs)
        matching.remember(desk, memory.matched)
        report.matched = dict(matching.count)
        plan = Decisions(desk, theirs, matching, memory.kept, report)
        plan.decide(rule, choices or {}, progress)
        report.offers = _offered(desk, theirs, entities)
        if dry_run:
            return report
        with desk.change(f"Merge {shown(report.desk)} ({head[:12]})"):
            _apply(desk, plan, progress)
            _merge_names(desk, report.offers)
            _follow_merged(desk)
            if not report.nothing or plan.turned_down:
                remember(desk, report, Memory(matching.to_mine, plan.turned_down))
                report.done = True
    return report


def _offered(desk: Desk, theirs: Reading, entities: Collection[str] | None) -> list[Offer]:
    return [
        msgspec.structs.replace(one, merged=entities is None or one.theirs in entities)
        for one in offers(desk, theirs)
    ]


def _refuse_itself(desk: Desk, other: str | Path) -> None:
    if desk.read_only:
        raise NewsdeskError(
            f"{desk.name} can only be read, so nothing can be merged into it. Nothing was changed."
        )
    if is_file_of(desk._store, other):
        raise NewsdeskError(f"{desk.name} is this very desk. Choose another one to merge.")


@contextmanager
def _opened(other: str | Path) -> Iterator[Reading]:
    """A checked copy of the other desk, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-merge-") as folder:
        store = open_aside(other, Path(folder))
        try:
            yield Reading(store)
        finally:
            store.close()


def _apply(desk: Desk, plan: Decisions, progress: Progress | None) -> None:
    """Write what was decided, kind by kind, parents before children."""
    done = 0
    for kind in KINDS:
        for batch in plan.batches_of(kind):
            wanted = plan.wanted(kind, batch)
            if wanted:
                _write(desk, kind, wanted)
            done += len(batch)
            if progress:
                progress(plan.total + done, 2 * plan.total)
    desk.drop_all(plan.removed_records())


def _write(desk: Desk, kind: type[Record], records: list[Record]) -> None:
    if kind is Label:
        records = _at_the_end(desk, records)
    desk.put_all(records)


def _at_the_end(desk: Desk, records: list[Record]) -> list[Record]:
    """New labels join the end of the codebook; their keys only if they are free."""
    ours = {one.id: one for one in desk.codebook(retired=True)}
    keys = {one.shortcut for one in ours.values()} - {""}
    position = max((one.position for one in ours.values()), default=-1)
    known = [one for one in records if isinstance(one, Label) and one.id in ours]
    names = {(one.layer, one.name) for one in (*ours.values(), *known)}
    placed: list[Record] = []
    for one in records:
        if isinstance(one, Label) and one.id not in ours:
            position += 1
            while (one.layer, one.name) in names:
                one = replace(one, name=f"{one.name} (2)")
            names.add((one.layer, one.name))
            one = replace(
                one, position=position, shortcut="" if one.shortcut in keys else one.shortcut
            )
            keys.add(one.shortcut)
        placed.append(one)
    return placed


def _merge_names(desk: Desk, found: list[Offer]) -> None:
    for one in found:
        if one.merged:
            both = desk.get_all(Entity, [one.mine, one.theirs])
            if len(both) == 2 and all(e.merged_into is None for e in both.values()):
                merge_entities(desk, both[one.mine], [both[one.theirs]])


def _follow_merged(desk: Desk) -> None:
    """What names an entity that either desk merged into another goes on to the one kept."""
    into = {one.id: one.merged_into for one in desk.each(Entity) if one.merged_into}

    def kept(id: str) -> str:
        seen = {id}
        while (after := into.get(id)) and after not in seen:
            id = after
            seen.add(id)
        return id

    marks = [one for one in many(desk, Annotation, "entity", into) if one.entity]
    desk.put_all([replace(one, entity=kept(one.entity or "")) for one in marks])
    sources = [one for one in many(desk, Source, "entity", into) if one.entity]
    desk.put_all([replace(one, entity=kept(one.entity or "")) for one in sources])
    chained = desk.get_all(Entity, [id for id, to in into.items() if to in into]).values()
    desk.put_all(
        [replace(one, merged_into=kept(one.id)) for one in chained if kept(one.id) != one.id]
    )


def merges(desk: Reading) -> list[tuple[str, str]]:
    """The desks that were merged into this one: the name and the head's hash of each."""
    found = []
    for one in desk.find(Setting):
        if one.name.startswith(PREFIX):
            said = msgspec.json.decode(one.value)
            found.append((str(said.get("desk", "")), one.name.removeprefix(PREFIX)))
    return found
