"""Finds in the journal which records once named another one, those that are gone included."""

from collections.abc import Iterable

import sqlalchemy as sa

from newsdesk.store.store import Store
from newsdesk.store.tables import edit


def once_named(store: Store, kind: str, ids: Iterable[str]) -> list[str]:
    """The records of a kind of which some edit names one of these ids, on either side.

    Reads all edits of that kind: for a question now and then, not for a list.
    """
    wanted = list(ids)
    if not wanted:
        return []
    named = [
        side.contains(id, autoescape=True)
        for id in wanted
        for side in (edit.c.before, edit.c.after)
    ]
    query = sa.select(edit.c.record).where(edit.c.kind == kind, sa.or_(*named)).distinct()
    return sorted(store.db.execute(query).scalars())
