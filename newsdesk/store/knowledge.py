"""The entries of imported knowledge bases: written by the batch, found by name."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from newsdesk.model import Setting
from newsdesk.model.knowledge import KnowledgeEntry
from newsdesk.model.naming import name_key
from newsdesk.store.knowledge_index import index_of
from newsdesk.store.rows import codec
from newsdesk.store.store import Store, batches
from newsdesk.store.tables import knowledge, knowledge_name, setting

LABEL, ALIAS, END = range(3)
"""What a searched name is of its entry: see `knowledge_name.part`."""

_WORDS = 6  # words of a name from which it can be found
_SORTED = 3_000  # names with a common beginning that are put in order
_PAST = "\U0010ffff"  # sorts behind every letter: the end of a range of beginnings
_FOUND = tuple(
    knowledge.c[name] for name in ("kb_id", "label", "aliases", "type", "description", "base")
)


def newest_entry(store: Store) -> int:
    """The highest number of an entry."""
    query = sa.select(sa.func.coalesce(sa.func.max(knowledge.c.seq), 0))
    return int(store.db.execute(query).scalar_one())


def add_entries(store: Store, base: str, entries: Sequence[KnowledgeEntry], after: int) -> int:
    """Write entries whose ids the base does not have; give how many. They are numbered from
    `after` on, and found once `index_entries` was called."""
    ids = {one.kb_id for one in entries}
    query = sa.select(knowledge.c.kb_id).where(knowledge.c.base == base)
    known = {row[0] for row in store.db.execute(query.where(knowledge.c.kb_id.in_(ids)))}
    rows: list[tuple[Any, ...]] = []
    names: list[tuple[str, int, int]] = []
    for one in entries:
        if one.kb_id in known:
            continue
        known.add(one.kb_id)
        seq = after + len(rows) + 1
        parts = _names(one)
        aliases = msgspec.json.encode(one.aliases).decode() if one.aliases else None
        searched = "\n".join(key for key, part in parts if part != END)
        row = (seq, base, one.kb_id, one.label, aliases, one.type, one.description, searched)
        rows.append(row)
        names += [(key, seq, part) for key, part in parts]
    _insert(store, knowledge, rows)
    _insert(store, knowledge_name, names)
    return len(rows)


def _names(entry: KnowledgeEntry) -> list[tuple[str, int]]:
    """Under what an entry is found: its names, and the ends of these from each word on."""
    found: dict[str, int] = {}
    for name in (entry.label, *entry.aliases):
        key = name_key(name)
        if key:
            found.setdefault(key, LABEL if name is entry.label else ALIAS)
    for key in list(found):
        words = key.split()
        for at in range(1, min(len(words), _WORDS)):
            found.setdefault(" ".join(words[at:]), END)
    return list(found.items())


def _insert(store: Store, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        marks = ", ".join([store.dialect.placeholder] * len(table.columns))
        columns = ", ".join(column.name for column in table.columns)
        sql = f"INSERT INTO {table.name} ({columns}) VALUES ({marks})"
        store.db.exec_driver_sql(sql, list(rows))


def index_entries(store: Store, after: int) -> None:
    """Make the entries above a number findable when they are misspelt."""
    index_of(store.db).add(store.db, after)


def forget_others(store: Store, bases: Iterable[str]) -> int:
    """Delete the entries of all but these bases; give how many went."""
    kept = list(bases)
    query = sa.select(knowledge.c.base).distinct()
    gone = [row[0] for row in store.db.execute(query) if row[0] not in kept]
    count = 0
    for base in gone:
        index_of(store.db).forget(store.db, base)
        entries = sa.select(knowledge.c.seq).where(knowledge.c.base == base)
        store.db.execute(sa.delete(knowledge_name).where(knowledge_name.c.entry.in_(entries)))
        count += store.db.execute(sa.delete(knowledge).where(knowledge.c.base == base)).rowcount
    return count


def settings_of(store: Store, beginning: str) -> list[Setting]:
    """The settings of the desk whose name begins so."""
    coder = codec(Setting)
    name = setting.c.name
    query = sa.select(*(setting.c[column] for column in coder.columns))
    query = query.where(name.startswith(beginning, autoescape=True)).order_by(name)
    return store.records(coder, store.db.execute(query).all())


def is_empty(store: Store, base: str) -> bool:
    """Whether the desk has no entry of a base (any more)."""
    query = sa.select(knowledge.c.seq).where(knowledge.c.base == base).limit(1)
    return store.db.execute(query).first() is None


def entry_of(store: Store, bases: Sequence[str], kb_id: str) -> list[KnowledgeEntry]:
    """The entries with an id, one a base at most."""
    query = sa.select(*_FOUND).where(knowledge.c.base.in_(bases), knowledge.c.kb_id == kb_id)
    return [_entry(row) for row in store.db.execute(query.order_by(knowledge.c.seq))]


def named(
    store: Store, bases: Sequence[str], keys: Iterable[str]
) -> list[tuple[str, KnowledgeEntry]]:
    """The entries that bear one of these names, each beside the key of the name."""
    name, part = knowledge_name.c.name, knowledge_name.c.part
    found: list[tuple[str, KnowledgeEntry]] = []
    for batch in batches(sorted(set(keys))):
        query = (
            sa.select(name, *_FOUND)
            .join(knowledge_name, knowledge_name.c.entry == knowledge.c.seq)
            .where(name.in_(batch), part != END, knowledge.c.base.in_(bases))
            .order_by(name, knowledge.c.seq)
        )
        found += [(row[0], _entry(row[1:])) for row in store.db.execute(query)]
    return found


def beginning(store: Store, bases: Sequence[str], key: str, limit: int) -> list[KnowledgeEntry]:
    """Entries with a name, or a name's end, that begins with a key; whole names first, then
    labels before aliases before ends, each in the order of the import."""
    name, part = knowledge_name.c.name, knowledge_name.c.part
    found: dict[int, KnowledgeEntry] = {}
    for wanted in (name == key, sa.and_(name > key, name < key + _PAST)):
        # Of a short beginning, only so many names in alphabetical order: all would take too long.
        some = (
            sa.select(knowledge_name.c.entry, part).where(wanted).order_by(name).limit(_SORTED)
        ).subquery()
        query = (
            sa.select(knowledge.c.seq, *_FOUND)
            .join(some, some.c.entry == knowledge.c.seq)
            .where(knowledge.c.base.in_(bases))
            # Then in the order of the import, which mostly is that of importance.
            .order_by(some.c.part, knowledge.c.seq)
            .limit(limit * 2)
        )
        for row in store.db.execute(query):
            found.setdefault(row[0], _entry(row[1:]))
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def alike(store: Store, bases: Sequence[str], key: str, limit: int) -> list[KnowledgeEntry]:
    """Entries that have a part of a key whole, the likeliest first."""
    index = index_of(store.db)
    query = index.query(key)
    if not query:
        return []
    rows = store.db.exec_driver_sql(index.like_sql, (query, limit)).all()
    order = {row[0]: at for at, row in enumerate(rows)}
    wanted = sa.select(knowledge.c.seq, *_FOUND).where(
        knowledge.c.seq.in_(order), knowledge.c.base.in_(bases)
    )
    found = sorted(store.db.execute(wanted).all(), key=lambda row: order[row[0]])
    return [_entry(row[1:]) for row in found]


def _entry(row: Sequence[Any]) -> KnowledgeEntry:
    aliases = msgspec.json.decode(row[2], type=tuple[str, ...]) if row[2] else ()
    return KnowledgeEntry(row[0], row[1], aliases, row[3], row[4], row[5])
