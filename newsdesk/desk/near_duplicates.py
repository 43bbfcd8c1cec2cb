"""Which articles are nearly the same text, so that a split can keep them on one side.

Texts are compared by the runs of five words that they share (Broder 1997, “On the resemblance and
containment of documents”), found by hashing (MinHash with banding, Leskovec, Rajaraman and Ullman
2014, chapter 3): no text is compared with all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped]

ALIKE = 0.5
"""The share of their runs of words, of all that either has, from which two texts are alike."""

_RUN = 5  # words
_SIGNS = 128  # numbers that stand for a text: the share is estimated to about ±0.04
_MISSES = (0.2, 0.8)  # a pair taken in too many is cheap here, one that is missed is not
_WORD = re.compile(r"\w+")


class Groups:
    """Ids that belong together: whatever is tied to the same id is in one group."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def first(self, id: str) -> str:
        """The id that stands for its group."""
        above = self._above
        above.setdefault(id, id)
        while above[id] != id:
            above[id] = above[above[id]]
            id = above[id]
        return id

    def tie(self, one: str, other: str) -> None:
        """Put two ids into one group."""
        low, high = sorted((self.first(one), self.first(other)))
        self._above[high] = low


class NearDuplicates:
    """Takes texts one at a time, and ties those that are alike in `groups`."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._lsh: MinHashLSH | None = None
        self._seen: dict[bytes, str] = {}
        self._known: dict[str, MinHash] = {}

    def add(self, id: str, text: str) -> None:
        """Compare a text with all before it."""
        # It brings numerical libraries with it: loaded where there is something to compare.
        from datasketch import MinHash, MinHashLSH

        if self._lsh is None:
            self._lsh = MinHashLSH(threshold=ALIKE, num_perm=_SIGNS, weights=_MISSES)
        sketch = MinHash(num_perm=_SIGNS, hashfunc=crc32)
        sketch.update_batch(sorted(_runs(text)))
        same = self._seen.setdefault(sketch.hashvalues.tobytes(), id)
        if same != id:  # the same words: kept once, or they would all be compared with each other
            self._groups.tie(same, id)
            return
        for other in self._lsh.query(sketch):
            if sketch.jaccard(self._known[other]) >= ALIKE:
                self._groups.tie(other, id)
        self._lsh.insert(id, sketch, check_duplication=False)
        self._known[id] = sketch


def _runs(text: str) -> set[bytes]:
    words = _WORD.findall(text.casefold())
    last = max(1, len(words) - _RUN + 1)
    return {" ".join(words[at : at + _RUN]).encode() for at in range(last)}


def near_duplicates(texts: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The groups of ids, of pairs of id and text, whose texts are nearly the same."""
    groups, found = Groups(), dict[str, list[str]]()
    comparing = NearDuplicates(groups)
    ids = []
    for id, text in texts:
        comparing.add(id, text)
        ids.append(id)
    for id in ids:
        found.setdefault(groups.first(id), []).append(id)
    return [each for each in found.values() if len(each) > 1]
