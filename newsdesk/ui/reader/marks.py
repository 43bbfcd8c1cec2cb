"""Which annotations lie where: an index by stretches of text, kept in step edit by edit."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from newsdesk.model import Annotation, Layer, Status

if TYPE_CHECKING:
    from newsdesk.ui.reader.styles import Style

_SHIFT = 9  # a bucket holds 512 code points: a paragraph is rarely longer

Key = tuple[int, int, str]
LANES = 4
"""Claims that can be underlined below one another; what is over them is counted as "+n"."""


class Mark:
    """An annotation with what is often asked of it; all offsets are code points.

    `style` is kept by whoever asked for it first, and forgotten when it is no longer true.
    """

    __slots__ = ("annotation", "end", "key", "lane", "layer", "parts", "start", "style")

    def __init__(self, annotation: Annotation, layer: Layer) -> None:
        self.annotation = annotation
        self.layer = layer
        parts = self.parts = annotation.spans
        start = self.start = parts[0][0]
        end = self.end = parts[-1][1]
        self.key: Key = (start, -end, annotation.id)
        self.lane = 0
        self.style: Style | None = None

    def covers(self, offset: int) -> bool:
        """Whether an offset lies in one of the fragments, the place just behind it included."""
        return any(start <= offset <= end for start, end in self.parts)


class Buckets:
    """Intervals by stretches of text: adding one costs its length, asking the hits'."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held: dict[int, list[Mark]] = {}

    def add(self, mark: Mark) -> None:
        held = self._held
        for bucket in range(mark.start >> _SHIFT, (mark.end - 1 >> _SHIFT) + 1):
            if bucket in held:
                held[bucket].append(mark)
            else:
                held[bucket] = [mark]

    def remove(self, mark: Mark) -> None:
        for bucket in range(mark.start >> _SHIFT, (mark.end - 1 >> _SHIFT) + 1):
            self._held[bucket].remove(mark)

    def over(self, start: int, end: int) -> list[Mark]:
        """The marks whose outer range shares a code point with [start, end), in reading order."""
        first, last = start >> _SHIFT, end - 1 >> _SHIFT
        held = self._held
        found = [m for m in held.get(first, ()) if m.start < end and m.end > start]
        for bucket in range(first + 1, last + 1):
            # One that began in an earlier bucket was found there.
            border = bucket << _SHIFT
            found += [m for m in held.get(bucket, ()) if border <= m.start < end]
        found.sort(key=_key)
        return found


def _key(mark: Mark) -> Key:
    return mark.key


class Marks:
    """All the marks of one article, in order, by id and by place."""

    def __init__(self, layer_of: Callable[[Annotation], Layer]) -> None:
        self._layer_of = layer_of
        self._by_id: dict[str, Mark] = {}
        self._keys: list[Key] = []
        self._buckets = Buckets()
        self._claims = Buckets()
        self._appearances: dict[str, set[str]] = {}
        self._listed: list[Annotation] | None = None

    def __len__(self) -> int:
        return len(self._by_id)

    def unordered(self) -> Iterable[Mark]:
        """All marks, in any order."""
        return self._by_id.values()

    def get(self, annotation_id: str | None) -> Mark | None:
        return self._by_id.get(annotation_id) if annotation_id is not None else None

    @property
    def annotations(self) -> list[Annotation]:
        """In reading order: by start, the longer first."""
        if self._listed is None:
            by_id = self._by_id
            self._listed = [by_id[key[2]].annotation for key in self._keys]
        return self._listed

    def load(self, annotations: Iterable[Annotation]) -> None:
        """Take all annotations of an article at once."""
        layer_of = self._layer_of
        marks = [Mark(annotation, layer_of(annotation)) for annotation in annotations]
        marks.sort(key=_key)
        self._by_id = {mark.annotation.id: mark for mark in marks}
        self._keys = [mark.key for mark in marks]
        self._listed = None
        add, appears = self._buckets.add, self._appear
        for mark in marks:
            add(mark)
            if mark.annotation.claim is not None:
                appears(mark.annotation)
        self._set_all_lanes([mark for mark in marks if _needs_lane(mark)])

    def put(self, annotation: Annotation) -> list[Mark]:
        """Take one that is new or changed; give the marks that look different, old and new."""
        changed = self.drop(annotation.id)
        mark = Mark(annotation, self._layer_of(annotation))
        self._by_id[annotation.id] = mark
        insort(self._keys, mark.key)
        self._buckets.add(mark)
        self._appear(annotation)
        self._listed = None
        changed.append(mark)
        if _needs_lane(mark):
            self._claims.add(mark)
            changed += self._settle([mark])
        return changed

    def drop(self, annotation_id: str) -> list[Mark]:
        """Forget one; give the marks that look different, it included."""
        mark = self._by_id.pop(annotation_id, None)
        if mark is None:
            return []
        self._keys.pop(bisect_left(self._keys, mark.key))
        if mark.annotation.claim is not None:
            self._appearances[mark.annotation.claim].discard(annotation_id)
        self._buckets.remove(mark)
        self._listed = None
        if not _needs_lane(mark):
            return [mark]
        self._claims.remove(mark)
        return [mark, *self._settle(self._claims.over(mark.start, mark.end))]

    def over(self, start: int, end: int) -> list[Mark]:
        """The marks that touch the code points [start, end), in reading order."""
        return self._buckets.over(start, end)

    def appearances(self, claim_id: str) -> list[Mark]:
        """The marks that are appearances of a claim."""
        return [self._by_id[found] for found in sorted(self._appearances.get(claim_id, ()))]

    def _appear(self, annotation: Annotation) -> None:
        if annotation.claim is not None:
            self._appearances.setdefault(annotation.claim, set()).add(annotation.id)

    def after(self, key: Key | None, backwards: bool = False) -> Iterator[Mark]:
        """All marks once, beginning with the one next to `key`, round the end of the text."""
        keys, count = self._keys, len(self._keys)
        if not count:
            return
        place = bisect_left(keys, key) if key is not None else 0
        there = key is not None and place < count and keys[place] == key
        first = place - 1 if backwards else place + there
        step = -1 if backwards else 1
        for n in range(count):
            yield self._by_id[keys[(first + step * n) % count][2]]

    # A claim's lane is the first that no earlier claim over the same words has: it follows from
    # the marks alone, whatever the order in which they came.

    def _set_all_lanes(self, claims: list[Mark]) -> None:
        busy: list[tuple[int, int]] = []
        free: list[int] = []
        lanes = 0
        for mark in claims:
            self._claims.add(mark)
            while busy and busy[0][0] <= mark.start:
                heappush(free, heappop(busy)[1])
            if not free:
                heappush(free, lanes)
                lanes += 1
            mark.lane = heappop(free)
            heappush(busy, (mark.end, mark.lane))

    def _settle(self, marks: list[Mark]) -> list[Mark]:
        """Find these claims' lanes, then those of the later claims that this moves."""
        moved: list[Mark] = []
        waiting = [mark.key for mark in marks]
        waiting.sort()
        while waiting:
            key = heappop(waiting)
            while waiting and waiting[0] == key:
                heappop(waiting)
            mark = self._by_id[key[2]]
            others = self._claims.over(mark.start, mark.end)
            taken = {other.lane for other in others if other.key < key}
            lane = next(n for n in range(len(taken) + 1) if n not in taken)
            if lane == mark.lane and mark not in marks:
                continue
            if lane != mark.lane:
                moved.append(mark)
                mark.lane = lane
            for other in others:
                if other.key > key:
                    heappush(waiting, other.key)
        return moved


def _needs_lane(mark: Mark) -> bool:
    return mark.layer is Layer.CLAIM and mark.annotation.status is not Status.REJECTED
