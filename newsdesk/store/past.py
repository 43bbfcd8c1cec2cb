"""Questions to the journal about what was: who once named a record, and in which order all came."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from newsdesk.store.store import Store, batches
from newsdesk.store.tables import birth, bulk_edit, edit


def once_named(store: Store, kind: str, ids: Iterable[str]) -> list[str]:
    """The records of a kind of which some edit names one of these ids, on either side.

    Reads all edits of that kind: for a question now and then, not for a list.
    """
    found: set[str] = set()
    wanted = list(ids)
    for some in batches(wanted, 200):  # SQLite takes no more than a thousand alternatives
        named = [
            side.contains(id, autoescape=True)
            for id in some
            for side in (edit.c.before, edit.c.after)
        ]
        query = sa.select(edit.c.record).where(edit.c.kind == kind, sa.or_(*named)).distinct()
        found.update(store.db.execute(query).scalars())
    here = bulk_edit.c
    rows = sa.select(here.ids, here.befores, here.afters).where(here.kind == kind)
    for row in store.db.execute(rows) if wanted else ():
        for record, *sides in zip(*(lines.split("\n") for lines in row), strict=True):
            if any(id in side for side in sides for id in wanted):
                found.add(record)
    return sorted(found)


def edited(store: Store, kind: str) -> Iterator[str]:
    """Every form (JSON) that records of a kind had before or after an edit, each once, in an order
    that is always the same. What they are born with and keep is not among them."""
    sides = (
        sa.select(side).where(edit.c.kind == kind, side.is_not(None))
        for side in (edit.c.before, edit.c.after)
    )
    found = set(store.db.execute(sa.union(*sides)).scalars())
    bulk = sa.select(bulk_edit.c.befores, bulk_edit.c.afters).where(bulk_edit.c.kind == kind)
    for row in store.db.execute(bulk):
        found.update(side for lines in row for side in lines.split("\n") if side)
    yield from sorted(found)


def birth_order(store: Store, kind: str) -> dict[str, int]:
    """The records of a kind, those that are gone included, with their places in order of birth.

    By the journal, whatever the clocks said; one that was born anew (a redo) stands there.
    """
    query = sa.select(birth.c.ids, birth.c.digests).where(birth.c.kind == kind)
    found: dict[str, int] = {}
    place = 0
    for ids, digests in store.db.execute(query.order_by(birth.c.seq, birth.c.n)):
        # A row of one may hold an id with a line feed in it.
        for id in ids.split("\n") if len(digests) > 32 else [ids]:
            found[id] = place = place + 1
    return found
