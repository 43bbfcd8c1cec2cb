"""What exists already while records stream in: ids that came by, and ids that are referred to.

Both are exact, and neither grows with the import: what does not fit is asked of the desk.
"""

from collections.abc import Collection, Iterable

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
_BITS = 1 << 26


class CameBy:
    """Ids that came by: says no for certain, and yes where the desk should be asked.

    A Bloom filter (Bloom 1970) of two hashes and 8 MiB: after three million ids it asks in vain
    for one in a hundred.
    """

    def __init__(self) -> None:
        self._bits = bytearray(_BITS >> 3)

    def again(self, ids: Iterable[str]) -> list[str]:
        """Those of the ids that may have come by before, or twice here; all have now."""
        bits, found, mask = self._bits, [], _BITS - 1
        for id in ids:
            mixed = hash(id)
            first, second = mixed & mask, (mixed >> 32) & mask
            one, two = 1 << (first & 7), 1 << (second & 7)
            if bits[first >> 3] & one and bits[second >> 3] & two:
                found.append(id)
            else:
                bits[first >> 3] |= one
                bits[second >> 3] |= two
        return found


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
