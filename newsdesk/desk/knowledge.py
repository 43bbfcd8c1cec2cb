"""Knowledge bases on the desk: imported from a file, searched offline, linked to entities.

An import is one step: the journal holds a Setting that stands for it (docs/adr/0011).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rapidfuzz.fuzz import ratio

from newsdesk.desk.desk import Desk
from newsdesk.desk.register import joined_aliases, new_entity
from newsdesk.model import Entity, NewsdeskError, Setting, now, replace
from newsdesk.model.knowledge import KnowledgeEntry
from newsdesk.model.naming import name_key
from newsdesk.store import knowledge
from newsdesk.store.store import batches

if TYPE_CHECKING:
    from newsdesk.formats.format import Problem

SETTING = "knowledge base: "
"""Begins the name of the Setting that stands for a base; the base's name follows."""

LIKE_ENOUGH = 84.0
"""Of 100: how alike (rapidfuzz's ratio, of normalised names) a misspelt name must be."""

_LIKE_AT_MOST = 60  # entries with common trigrams that are compared letter by letter
_KINDS = {
    "human": "PERSON", "person": "PERSON", "q5": "PERSON", "per": "PERSON",
    "organisation": "ORG", "organization": "ORG", "company": "ORG", "business": "ORG",
    "city": "GPE", "country": "GPE", "town": "GPE", "state": "GPE", "newspaper": "OUTLET",
    "location": "LOC", "place": "LOC",
}  # fmt: skip
"""What knowledge bases often call a kind of the register."""


class KnowledgeBase(msgspec.Struct, frozen=True):
    """A base that was imported; `id` is its Setting's, `entries` what the desk holds of it."""

    id: str
    name: str
    entries: int
    imported: str


class _About(msgspec.Struct):
    """What the Setting of a base says of it."""

    entries: int = 0
    imported: str = ""


class KnowledgeReport(msgspec.Struct, frozen=True):
    """What an import did: `repeated` entries had an id that the base has already; `problems` are
    the first broken lines, `problem_count` says how many there were."""

    name: str
    entries: int
    repeated: int
    problems: list[Problem]
    problem_count: int


class _Import:
    """One file on its way into the desk."""

    def __init__(self, path: Path, progress: Callable[[int, int], object] | None) -> None:
        self._path, self._progress = path, progress
        self._size = path.stat().st_size if path.is_file() else 0
        self._read = 0
        self.problems: list[Problem] = []
        self.problem_count = 0

    def entries(self) -> Iterator[KnowledgeEntry]:
        # Here, since only an import needs what reads files.
        from newsdesk.formats.format import LISTED
        from newsdesk.formats.knowledge_base import read_knowledge_base

        for one in read_knowledge_base(self._path, self._advance):
            if isinstance(one, KnowledgeEntry):
                yield one
                continue
            self.problem_count += 1
            if len(self.problems) < LISTED:
                self.problems.append(one)

    def _advance(self, size: int) -> None:
        self._read += size

    def report(self) -> None:
        if self._progress is not None:
            self._progress(self._read, self._size)


def import_knowledge(
    desk: Desk,
    path: Path,
    name: str = "",
    progress: Callable[[int, int], object] | None = None,
) -> KnowledgeReport:
    """Bring a knowledge base in under a name (else the file's), as one step; broken lines are
    left out and named. `progress` is told the bytes read and in all.

    Raises NewsdeskError where the file can't be read or holds no entry, or the name is taken.
    """
    name = " ".join((name or path.stem).split())
    if any(one.name == name for one in bases(desk)):
        raise NewsdeskError(
            f"The desk has a knowledge base “{name}” already. Nothing was imported. "
            "Drop it first, or give this one another name."
        )
    source = _Import(path, progress)
    seen = kept = 0
    with desk.change(f"Import the knowledge base {name}"):
        setting = Setting(name=SETTING + name, value="")
        store = desk._store
        first = knowledge.newest_entry(store)
        for batch in batches(source.entries()):
            seen += len(batch)
            kept += knowledge.add_entries(store, setting.id, batch, first + kept)
            source.report()
        if not kept:
            why = f" The first problem: {source.problems[0]}." if source.problems else ""
            raise NewsdeskError(
                f"{path.name} holds no entry of a knowledge base.{why} Nothing was imported. "
                "A line is an id and a label, parted by a tab, or a JSON object."
            )
        knowledge.index_entries(store, first)
        about = _About(kept, now())
        desk.put(replace(setting, value=msgspec.json.encode(about).decode()))
    return KnowledgeReport(name, kept, seen - kept, source.problems, source.problem_count)


def bases(desk: Desk) -> list[KnowledgeBase]:
    """The knowledge bases of the desk, by name."""
    found = []
    for one in knowledge.settings_of(desk._store, SETTING):
        about = msgspec.json.decode(one.value or "{}", type=_About)
        # Counting them all would take a while: they are all there, or were all deleted.
        entries = 0 if knowledge.is_empty(desk._store, one.id) else about.entries
        name = one.name.removeprefix(SETTING)
        found.append(KnowledgeBase(one.id, name, entries, about.imported))
    return sorted(found, key=lambda one: one.name.casefold())


def base_named(desk: Desk, name: str) -> KnowledgeBase:
    """The knowledge base of this name; raises NewsdeskError where there is none."""
    found = bases(desk)
    for one in found:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in found) or "none"
    raise NewsdeskError(
        f"The desk has no knowledge base “{name}”. Nothing was changed. It has: {known}."
    )


def drop_base(desk: Desk, base: KnowledgeBase) -> None:
    """Search a knowledge base no more, as one step; links of entities stay. An undo has it back:
    its entries keep their room until `give_back_room`."""
    with desk.change(f"Drop the knowledge base {base.name}"):
        desk.drop(desk.get(Setting, base.id))


def give_back_room(desk: Desk) -> int:
    """Delete the entries of bases that were dropped; give how many. This can't be undone: an undo
    of the drop brings back an empty base."""
    with desk.change("Delete the entries of dropped knowledge bases"):
        return knowledge.forget_others(desk._store, _ids(desk))


def _ids(desk: Desk) -> list[str]:
    return [one.id for one in knowledge.settings_of(desk._store, SETTING)]


def search_knowledge(
    desk: Desk, typed: str, kind: str = "", limit: int = 20
) -> list[KnowledgeEntry]:
    """Entries by id, by the beginning of a name or of a word in it, or else by likeness.

    Of those that match equally well, entries of the `kind` wanted (a label's name) come first.
    """
    ids, key = _ids(desk), name_key(typed)
    if not ids or not key:
        return []
    store = desk._store
    found = knowledge.entry_of(store, ids, typed.strip())
    found += sorted(
        knowledge.beginning(store, ids, key, limit),
        key=lambda one: (not _is_named(one, key), not _is_of(one, kind)),
    )
    if len(found) < limit and len(key) > 3:
        found += _misspelt(knowledge.alike(store, ids, key, _LIKE_AT_MOST), key, kind)
    once = {(one.base, one.kb_id): one for one in reversed(found)}
    return list(reversed(once.values()))[:limit]


def _misspelt(found: list[KnowledgeEntry], key: str, kind: str) -> list[KnowledgeEntry]:
    scored = []
    for one in found:
        names = map(name_key, (one.label, *one.aliases))
        score = max(ratio(key, name, score_cutoff=LIKE_ENOUGH) for name in names)
        if score:
            scored.append((not _is_of(one, kind), -score, one))
    return [one for *_, one in sorted(scored, key=lambda each: each[:2])]


def _is_named(entry: KnowledgeEntry, key: str) -> bool:
    return any(name_key(name) == key for name in (entry.label, *entry.aliases))


def _is_of(entry: KnowledgeEntry, kind: str) -> bool:
    type = entry.type.casefold()
    return bool(kind) and kind in (_KINDS.get(type, ""), entry.type.upper())


def entries_named(desk: Desk, keys: Iterable[str]) -> list[tuple[str, KnowledgeEntry]]:
    """Entries that bear one of these names (as `name_key` writes them), beside the name's key."""
    ids = _ids(desk)
    return knowledge.named(desk._store, ids, keys) if ids else []


def kind_of(entry: KnowledgeEntry) -> str:
    """The kind of the register that an entry's type stands for; empty where it has none."""
    return _KINDS.get(entry.type.casefold(), entry.type.upper())


def entry_with(desk: Desk, kb_id: str) -> KnowledgeEntry | None:
    """The entry of this id, of the base imported first; None where no base has it."""
    ids = _ids(desk)
    found = knowledge.entry_of(desk._store, ids, kb_id) if ids else []
    return found[0] if found else None


def link_to_entry(desk: Desk, entity: Entity, entry: KnowledgeEntry) -> Entity:
    """Say that an entity is what an entry describes; an empty description is taken from there.

    Raises NewsdeskError, naming it, where another entity is that already.
    """
    taken = holder_of(desk, entry.kb_id)
    if taken is not None and taken.id != entity.id:
        raise NewsdeskError(
            f"{taken.name} is {entry.kb_id} already. Nothing was changed. "
            f"If {entity.name} is the same, merge the two."
        )
    with desk.change(f"Link {entity.name} to {entry.label} ({entry.kb_id})"):
        was = desk.get(Entity, entity.id)
        description = was.description or entry.description
        return desk.put(replace(was, kb_id=entry.kb_id, description=description))


def unlink_entry(desk: Desk, entity: Entity) -> Entity:
    """Take the link to a knowledge base off an entity."""
    with desk.change(f"Unlink {entity.name} from {entity.kb_id}"):
        return desk.put(replace(desk.get(Entity, entity.id), kb_id=None))


def holder_of(desk: Desk, kb_id: str) -> Entity | None:
    """The entity that is linked to an id, merged ones aside."""
    found = desk.find(Entity, kb_id=kb_id)
    return next((one for one in found if one.merged_into is None), None)


def entity_of(desk: Desk, entry: KnowledgeEntry, kind: str, *names: str) -> Entity:
    """The entity of an entry: the one that is linked to it, or a new one of this kind; `names`,
    under which it was met, become aliases of it where it is new."""
    known = holder_of(desk, entry.kb_id)
    if known is not None:
        return known
    return new_entity(
        desk,
        entry.label,
        kind,
        aliases=joined_aliases(entry.label, (*entry.aliases, *names)),
        description=entry.description,
        kb_id=entry.kb_id,
    )
