"""What earlier merges decided, so that a desk that is merged every week is not asked twice.

It stands in a Setting for each merge, named after the other desk's newest revision.
"""

from typing import NamedTuple

import msgspec

from newsdesk.desk.desk import Desk
from newsdesk.desk.merge_report import MergeReport
from newsdesk.desk.reading import Reading
from newsdesk.model import Setting, replace

PREFIX = "merge:"
"""What the names of these settings begin with; the head's hash follows. They stay on their desk."""


class Memory(NamedTuple):
    """`matched`: ids of other desks, and those under which this desk has the same; `kept`: the
    fingerprints of versions that were turned down, by record."""

    matched: dict[str, str]
    kept: dict[str, str]


class _Kept(msgspec.Struct):
    desk: str = ""
    matched: dict[str, str] = {}
    kept: dict[str, str] = {}


def remembered(desk: Reading) -> Memory:
    """What all merges into this desk have decided, the latest last."""
    memory = Memory({}, {})
    for one in desk.find(Setting):
        if one.name.startswith(PREFIX):
            found = msgspec.json.decode(one.value, type=_Kept)
            memory.matched.update(found.matched)
            memory.kept.update(found.kept)
    return memory


def remember(desk: Desk, report: MergeReport, memory: Memory) -> None:
    """Note what a merge decided that no earlier one has; a second one of the very same state is
    added to the first."""
    earlier = remembered(desk).matched
    name = PREFIX + report.head
    known = desk.find(Setting, name=name)
    before = msgspec.json.decode(known[0].value, type=_Kept) if known else _Kept()
    kept = _Kept(
        desk=report.desk,
        matched=before.matched | {
            id: to for id, to in memory.matched.items() if earlier.get(id) != to
        },
        kept=before.kept | memory.kept,
    )
    value = msgspec.json.encode(kept).decode()
    desk.put(replace(known[0], value=value) if known else Setting(name=name, value=value))
