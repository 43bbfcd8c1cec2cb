"""What a desk has to learn from: accepted annotations by label, and whether they are enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from newsdesk.desk.desk import Desk
from newsdesk.model import Layer
from newsdesk.suggest.learning.lessons import FEWEST_MARKS, FEWEST_TEXTS

LEARNT = (Layer.ENTITY, Layer.QUOTE, Layer.CLAIM)
"""The layers that a training learns from."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Accepted annotations by label's name, the most frequent first, and the articles with any."""

    labels: tuple[tuple[str, int], ...]
    articles: int

    @property
    def annotations(self) -> int:
        """All of them."""
        return sum(count for _, count in self.labels)

    @property
    def lacking(self) -> tuple[int, int]:
        """How many annotations and how many articles are still needed; 0 for enough."""
        return max(0, FEWEST_MARKS - self.annotations), max(0, FEWEST_TEXTS - self.articles)


def stock(desk: Desk, told: Callable[[int], object] = lambda done: None) -> Stock:
    """Count through the annotated articles; ``told`` hears how many are counted, and what it raises
    ends the count."""
    labels = {one.id: one.name for one in desk.codebook(retired=True) if one.layer in LEARNT}
    counts: Counter[str] = Counter()
    articles = 0
    for done, (_, marks, _) in enumerate(desk.annotated_articles()):
        told(done)
        here = [labels[mark.label] for mark in marks if mark.label in labels]
        counts.update(here)
        articles += bool(here)
    return Stock(tuple(counts.most_common()), articles)
