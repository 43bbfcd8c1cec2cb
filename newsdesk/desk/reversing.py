"""The reverse of journalled edits, and the refusal to reverse what was touched since."""

from collections.abc import Mapping

from newsdesk.model import (
    Edit,
    NewsdeskError,
    Record,
    Revision,
    in_full,
)
from newsdesk.store import Store, journal
from newsdesk.store.journal import Entry
from newsdesk.store.rows import KINDS

Current = Mapping[str, Record]


def check_untouched(store: Store, target: Revision, batch: list[Entry]) -> Current:
    """The records of a batch of edits as they are now, by id.

    Raises NewsdeskError, naming record and revision, where one is not as `target` left it.
    """
    by_kind: dict[str, list[str]] = {}
    for entry in batch:
        by_kind.setdefault(entry.kind, []).append(entry.record)
    current: dict[str, Record] = {}
    for kind, ids in by_kind.items():
        current.update(store.get_all(KINDS[kind], ids))
    checked: set[str] = set()
    for entry in batch:  # newest edit of each record first
        if entry.record not in checked and not entry.leaves(current.get(entry.record)):
            raise NewsdeskError(_in_the_way(store, target, entry))
        checked.add(entry.record)
    return current


def _in_the_way(store: Store, target: Revision, entry: Entry) -> str:
    later = journal.last_touch(store, entry.record)
    what = f"the {entry.kind.lower()} that it changed was changed since"
    if later is not None and later.seq != target.seq:
        what += f" by “{later.title}” ({later.author}, {later.at[:16].replace('T', ' ')})"
    return (
        f"“{target.title}” can't be undone: {what}. Nothing was changed. "
        "Undo that one first, or put it right by hand."
    )


def reverse(store: Store, batch: list[Entry], current: Current) -> list[Edit]:
    """Write the opposite of a batch of edits, and give it as edits of its own.

    Several edits of one record in one revision are reversed as one: back to before the first.
    """
    edits: dict[str, Edit] = {}
    for entry in batch:
        undone = edits.get(entry.record)
        now = undone.before if undone else current.get(entry.record)
        was = journal.decode(entry, entry.before)
        # A short form is filled in from what the edit after it, reversed already, has restored.
        beside = undone.after if undone else now
        edits[entry.record] = Edit(now, in_full(was, beside) if was is not None else None)
    changed = [edit for edit in edits.values() if edit.before != edit.after]
    store.apply(changed)
    return changed
