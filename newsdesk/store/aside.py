"""Another desk, looked into without touching it: a checked copy of its file, in a folder aside."""

from pathlib import Path

import sqlalchemy as sa

from newsdesk.model import NewsdeskError
from newsdesk.store import opening
from newsdesk.store.backup import backup
from newsdesk.store.checking import check_all
from newsdesk.store.journal import revisions, touched_after
from newsdesk.store.store import Store
from newsdesk.store.tables import bulk_edit, edit, revision


def open_aside(desk: str | Path, folder: Path) -> Store:
    """Open a copy of a desk, made in this folder; a desk on a server is opened itself.

    An older desk is upgraded in the copy alone, and what others write to it meanwhile is not seen.
    Raises NewsdeskError for what is no desk, damaged, missing, locked away, or of a newer version.
    """
    if opening.is_address(desk):
        store = opening.open_store(desk)
    else:
        opening._look_at_header(Path(desk))
        store = opening.open_store(backup(Path(desk), folder / Path(desk).name))
    found = next(check_all(store), None)
    if found is not None:
        store.close()
        raise NewsdeskError(
            f"{Path(desk).name} is damaged: {found.where} {found.what}. Nothing of it was taken. "
            "Take the last backup of that desk instead."
        )
    return store


def is_file_of(store: Store, desk: str | Path) -> bool:
    """Whether a place is the very file that a store has open."""
    if opening.is_address(desk) or store.db.dialect.name != "sqlite" or not Path(desk).exists():
        return False
    files = [row[2] for row in store.db.exec_driver_sql("PRAGMA database_list")]
    return any(Path(desk).samefile(file) for file in files if file)


def ended(store: Store) -> set[str]:
    """The ids of all records that were deleted at some time; some may have come back since."""
    query = sa.select(edit.c.record).where(edit.c.after.is_(None)).distinct()
    found = set(store.db.execute(query).scalars())
    for ids, afters in store.db.execute(sa.select(bulk_edit.c.ids, bulk_edit.c.afters)):
        each = zip(ids.split("\n"), afters.split("\n"), strict=True)
        found.update(id for id, after in each if not after)
    return found


def touched_since(store: Store, seq: int, most: int) -> dict[str, set[str]] | None:
    """The ids of the records that revisions after `seq` made or changed, by kind; None where
    there were more than `most` edits."""
    edits = sa.select(sa.func.sum(revision.c.count)).where(revision.c.seq > seq)
    if (store.db.execute(edits).scalar() or 0) > most:
        return None
    found: dict[str, set[str]] = {}
    for kind, record in touched_after(store, seq):
        found.setdefault(kind, set()).add(record)
    return found


def last_hash(store: Store) -> str:
    """The hash of the newest revision; empty where there is none."""
    found = revisions(store, newest_first=True, limit=1)
    return found[0].hash if found else ""
