"""Lessons: texts with what people decided in them, and which of their words say nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsdesk.model import NewsdeskError
from newsdesk.suggest.golds import CLAIMS, ENTITIES, QUOTES, WORTHY
from newsdesk.suggest.scores import Marks, Range

FEWEST_TEXTS = 5
FEWEST_MARKS = 50
_ONE_IN = 4  # texts of which one is held out


@dataclass(frozen=True, slots=True)
class Lesson:
    """One text with its accepted marks. `key` names it among the others (an article's id).

    `seen` are the ranges of a layer that somebody looked through, None where that is all of the
    text; `open` are ranges whose answer nobody gave (suggestions that wait). In code points.
    """

    key: str
    marks: Marks
    seen: Mapping[str, Sequence[Range]] | None = None
    open: Mapping[str, Sequence[Range]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many marks there are to learn from."""
        marks = self.marks
        judged = int(WORTHY in marks.layers)
        return len(marks.entities) + len(marks.quotes) + len(marks.claims) + judged

    def knows(self, layer: str, start: int, end: int) -> bool:
        """Whether people gave the answer for a range of the text."""
        if layer not in self.marks.layers or _meets(self.open.get(layer, ()), start, end):
            return False
        return self.seen is None or _meets(self.seen.get(layer, ()), start, end)

    def known_part(self, found: Marks) -> Marks:
        """What was found where the answer is known: the rest is neither right nor wrong."""
        return Marks(
            found.text,
            tuple(m for m in found.entities if self.knows(ENTITIES, m.start, m.end)),
            tuple(m for m in found.quotes if self.knows(QUOTES, m.content[0][0], m.content[-1][1])),
            tuple(m for m in found.claims if self._judges(m.start, m.end)),
            found.layers,
            judged=found.judged,
        )

    def _judges(self, start: int, end: int) -> bool:
        return WORTHY in self.marks.layers or self.knows(CLAIMS, start, end)


def _meets(ranges: Sequence[Range], start: int, end: int) -> bool:
    return any(start < stop and first < end for first, stop in ranges)


def parted(lessons: Sequence[Lesson]) -> tuple[list[Lesson], list[Lesson]]:
    """What is learnt from, and what is held out: a quarter of the texts, by a hash of their keys,
    so that a text stays on its side when others are added."""
    order = sorted(((_hashed(one), one) for one in lessons), key=lambda pair: pair[0])
    cut = max(1, sum(1 for digest, _ in order if digest[0] < 256 // _ONE_IN))
    return [one for _, one in order[cut:]], [one for _, one in order[:cut]]


def _hashed(lesson: Lesson) -> bytes:
    return hashlib.sha256(lesson.key.encode()).digest()


def check_enough(lessons: Sequence[Lesson]) -> None:
    """Raise NewsdeskError, with what is needed, where there is too little to learn from."""
    texts = [one for one in lessons if one.size]
    marks = sum(one.size for one in texts)
    if len(texts) < FEWEST_TEXTS or marks < FEWEST_MARKS:
        raise NewsdeskError(
            f"There is too little to learn from: {marks} accepted annotations in {len(texts)} "
            f"articles. At least {FEWEST_MARKS} in {FEWEST_TEXTS} articles are needed. Nothing was "
            "changed. Accept more annotations, or give more data, then train again."
        )
