"""Which articles are nearly the same text, so that a split can keep them on one side.

Texts are compared by the runs of five words that they share (Broder 1997, “On the resemblance and
containment of documents”). Each is known by the least hashes of its runs, and only those that agree
in one band of them are compared (Leskovec, Rajaraman and Ullman 2014, “Mining of Massive Datasets”,
chapter 3): no text is compared with all others.
"""

import random
import re
from collections.abc import Iterable
from zlib import crc32

# Not within the function that needs it: where Qt is, what is first imported on another thread than
# the window's takes seconds. (That is why there is no larger library here, either.)
import numpy as np
from numpy.typing import NDArray

ALIKE = 0.5
"""The share of their runs of words, of all that either has, from which two texts are alike."""

_RUN = 5  # words
_BANDS, _ROWS = 42, 3  # finds 996 of 1,000 pairs that share half, and most that share a third
_SEED = 1997
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
        made = random.Random(_SEED)
        # Multiply and shift (Dietzfelbinger et al. 1997): as good as a shuffle of all hashes.
        factors = [made.getrandbits(64) | 1 for _ in range(_BANDS * _ROWS)]
        shifts = [made.getrandbits(64) for _ in factors]
        self._factors = np.array(factors, dtype=np.uint64)[:, None]
        self._shifts = np.array(shifts, dtype=np.uint64)[:, None]
        self._seen: dict[bytes, str] = {}
        self._bands: list[dict[bytes, list[str]]] = [{} for _ in range(_BANDS)]
        self._known: dict[str, NDArray[np.uint32]] = {}

    def add(self, id: str, text: str) -> None:
        """Compare a text with all before it."""
        signs = self._signs(text)
        same = self._seen.setdefault(signs.tobytes(), id)
        if same != id:  # the same words: kept once, or they would all be compared with each other
            self._groups.tie(same, id)
            return
        near: set[str] = set()
        for at, band in enumerate(self._bands):
            found = band.setdefault(signs[at * _ROWS : (at + 1) * _ROWS].tobytes(), [])
            near.update(found)
            found.append(id)
        for other in near:
            if np.count_nonzero(self._known[other] == signs) >= ALIKE * signs.size:
                self._groups.tie(other, id)
        self._known[id] = signs

    def _signs(self, text: str) -> NDArray[np.uint32]:
        words = _WORD.findall(text.casefold())
        last = max(1, len(words) - _RUN + 1)
        runs = {crc32(" ".join(words[at : at + _RUN]).encode()) for at in range(last)}
        hashes = np.fromiter(runs, dtype=np.uint64, count=len(runs))
        mixed = (self._factors * hashes + self._shifts) >> np.uint64(32)
        found: NDArray[np.uint32] = mixed.min(axis=1).astype(np.uint32)
        return found


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
