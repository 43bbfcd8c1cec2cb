"""Counts how well proposals meet gold: precision, recall, F1, average precision, calibration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class EntityMark:
    """A name in gold or proposal: range in code points, label, confidence."""

    start: int
    end: int
    label: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """A quote in gold or proposal; `speaker` is the resolved name, empty where unknown."""

    content: tuple[Range, ...]
    manner: str
    source: Range | None = None
    cue: Range | None = None
    speaker: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ClaimMark:
    """A claim in gold or proposal: range in code points, confidence."""

    start: int
    end: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of one text; `layers` says which of them gold has an opinion on.

    `worthy` is the gold answer for the whole text where claims are judged by sentence; `judged`
    are the scores of all sentences, also of those in which nothing was proposed.
    """

    text: str
    entities: tuple[EntityMark, ...] = ()
    quotes: tuple[QuoteMark, ...] = ()
    claims: tuple[ClaimMark, ...] = ()
    layers: frozenset[str] = frozenset()
    worthy: bool | None = None
    judged: tuple[ClaimMark, ...] = ()


@dataclass(slots=True)
class Count:
    """Hits, false alarms and misses, with the three figures made of them."""

    hit: float = 0
    false: float = 0
    missed: float = 0

    @property
    def precision(self) -> float:
        """Share of the proposals that are right."""
        return self.hit / (self.hit + self.false) if self.hit + self.false else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was proposed."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two (van Rijsbergen 1979)."""
        total = 2 * self.hit + self.false + self.missed
        return 2 * self.hit / total if total else 0.0

    def add(self, other: Count) -> None:
        """Add another count to this one."""
        self.hit += other.hit
        self.false += other.false
        self.missed += other.missed


@dataclass(slots=True)
class Calibration:
    """Confidences beside what came true, for the expected calibration error."""

    pairs: list[tuple[float, bool]] = field(default_factory=list)

    def error(self, bins: int = 10) -> float:
        """Expected calibration error over equal bins (Naeini et al. 2015); 0 is perfect."""
        if not self.pairs:
            return 0.0
        total = 0.0
        for number in range(bins):
            low, high = number / bins, (number + 1) / bins
            inside = [p for p in self.pairs if low < p[0] <= high or (number == 0 and p[0] == 0)]
            if inside:
                sure = sum(c for c, _ in inside) / len(inside)
                right = sum(r for _, r in inside) / len(inside)
                total += len(inside) * abs(sure - right)
        return total / len(self.pairs)


def entity_counts(
    gold: Sequence[EntityMark],
    found: Sequence[EntityMark],
    labels: Iterable[str],
    exact: bool = True,
) -> dict[str, Count]:
    """Counts by label; without ``exact``, one shared code point and the same label are enough."""
    counts = {label: Count() for label in labels}
    for label, count in counts.items():
        left = [g for g in gold if g.label == label]
        for mark in (f for f in found if f.label == label):
            match = next((g for g in left if _meets(mark, g, exact)), None)
            if match is None:
                count.false += 1
            else:
                count.hit += 1
                left.remove(match)
        count.missed += len(left)
    return counts


def _meets(a: EntityMark, b: EntityMark, exact: bool) -> bool:
    if exact:
        return (a.start, a.end) == (b.start, b.end)
    return a.start < b.end and b.start < a.end


def content_exact(gold: Sequence[QuoteMark], found: Sequence[QuoteMark], text: str) -> Count:
    """Quotes whose outer range is the same, marks and white space at the ends aside."""
    wanted = {_outer(q, text) for q in gold}
    given = {_outer(q, text) for q in found}
    hit = len(wanted & given)
    return Count(hit, len(given) - hit, len(wanted) - hit)


def _outer(quote: QuoteMark, text: str) -> Range:
    start, end = quote.content[0][0], quote.content[-1][1]
    while start < end and (text[start].isspace() or text[start] in "\"“”„«»‘’'`"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\"“”„«»‘’'`.,"):
        end -= 1
    return start, end


def content_tokens(gold: Sequence[QuoteMark], found: Sequence[QuoteMark], text: str) -> Count:
    """Words inside quotes: each word counts once, however many quotes hold it."""
    wanted, given = _words_in(gold, text), _words_in(found, text)
    hit = len(wanted & given)
    return Count(hit, len(given) - hit, len(wanted) - hit)


def _words_in(quotes: Sequence[QuoteMark], text: str) -> set[int]:
    places: set[int] = set()
    for quote in quotes:
        for start, end in quote.content:
            inside = False
            for at in range(start, end):
                word = text[at].isalnum()
                if word and not inside:
                    places.add(at)
                inside = word
    return places


def paired(
    gold: Sequence[QuoteMark], found: Sequence[QuoteMark]
) -> list[tuple[QuoteMark, QuoteMark]]:
    """Gold quotes with the found quote that shares most of each, if at least half is shared."""
    pairs = []
    for quote in gold:
        best, most = None, 0.0
        for other in found:
            shared = sum(
                max(0, min(b, d) - max(a, c)) for a, b in quote.content for c, d in other.content
            )
            size = max(_size(quote), _size(other))
            if size and shared / size > most:
                best, most = other, shared / size
        if best is not None and most >= 0.5:
            pairs.append((quote, best))
    return pairs


def _size(quote: QuoteMark) -> int:
    return sum(end - start for start, end in quote.content)


def same_speaker(gold: QuoteMark, found: QuoteMark, text: str) -> bool:
    """Whether the source overlaps the gold one, or comes down to a name that it holds or ends."""
    if gold.source is None:
        return found.source is None
    if found.source and found.source[0] < gold.source[1] and gold.source[0] < found.source[1]:
        return True
    wanted = (gold.speaker or text[gold.source[0] : gold.source[1]]).casefold()
    name = found.speaker.casefold()
    return bool(name) and (name in wanted or wanted in name)


def average_precision(ranked: Sequence[tuple[float, bool]]) -> float:
    """Mean of the precisions at each right answer, best first (Manning et al. 2008, ch. 8)."""
    hits, total = 0, 0.0
    for place, (_, right) in enumerate(sorted(ranked, key=lambda p: -p[0]), start=1):
        if right:
            hits += 1
            total += hits / place
    return total / hits if hits else 0.0
