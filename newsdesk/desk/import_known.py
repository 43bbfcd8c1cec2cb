"""What can be referred to while records stream in: exact, and no larger for a larger import.

What is not remembered is asked of the desk.
"""

from collections.abc import Collection

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
    Snapshot,
    Source,
)

REFERENCES: dict[type[Record], tuple[tuple[str, type[Record]], ...]] = {
    Label: (),
    Entity: (("merged_into", Entity),),
    Source: (("entity", Entity),),
    Claim: (),
    Article: (("outlet", Source), ("supersedes", Article)),
    Annotation: (("entity", Entity), ("claim", Claim)),
    Attribution: (
        ("content", Annotation),
        ("source", Source),
        ("source_mention", Annotation),
        ("cue", Annotation),
    ),
    Snapshot: (),
    Evidence: (
        ("claim", Claim),
        ("article", Article),
        ("annotation", Annotation),
        ("snapshot", Snapshot),
    ),
    Review: (("claim", Claim),),
    Link: (("from_id", Record), ("to_id", Record)),
}
"""The fields of each kind that hold another record's id; Record stands for any kind."""

_KEPT = 20_000


class Known:
    """Which records can be referred to: those of the desk, the ones just written among them."""

    def __init__(self, desk: Reading) -> None:
        self._desk = desk
        self._ids: dict[type[Record], set[str]] = {}

    def add(self, kind: type[Record], ids: Collection[str]) -> None:
        """These were written."""
        kept = self._ids.setdefault(kind, set())
        if len(kept) > _KEPT:
            kept.clear()
        kept.update(ids)

    def missing(self, kind: type[Record], ids: set[str]) -> set[str]:
        """Those of the ids that lead to no record of this kind."""
        rest = ids - self._ids.get(kind, set())
        if not rest:
            return rest
        for each in REFERENCES if kind is Record else (kind,):
            found = self._desk.get_all(each, rest)
            if kind is not Record:
                self.add(kind, found)
            rest = rest - found.keys()
        return rest
