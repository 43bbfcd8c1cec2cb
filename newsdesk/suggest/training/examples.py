"""Training examples: a sentence with what is known of its names, its quotes and its worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsdesk.suggest.sentences import sentences

Labelled = tuple[int, int, str]
"""Start, end (code points of the sentence) and label."""

NAME_LABELS = ("PERSON", "ORG", "LOC", "EVENT", "WORK", "PRODUCT", "NORP", "MISC")
QUOTE_LABELS = ("CONTENT", "CUE", "SOURCE")
NOT_FACTUAL, UNIMPORTANT, WORTHY = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence. None in `names` or `quotes`, or -1 in `claim`, means that it isn't known.

    `blind` are ranges whose quote tags are not known. `source` names the corpus, which decides
    what its unlabelled words may hide.
    """

    text: str
    source: str
    names: tuple[Labelled, ...] | None = None
    quotes: tuple[Labelled, ...] | None = None
    blind: tuple[tuple[int, int], ...] = ()
    claim: int = -1


def tags_of(labels: Sequence[str]) -> list[str]:
    """O, then B- and I- of each label."""
    return ["O"] + [f"{part}-{label}" for label in labels for part in "BI"]


def split(
    text: str,
    source: str,
    names: Sequence[Labelled],
    quotes: Sequence[Labelled] | None = None,
    blind: Sequence[tuple[int, int]] = (),
) -> Iterator[Example]:
    """Cut a longer text into examples of a sentence each; a name is never cut in two."""
    cuts: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if cuts and any(first < start < last for first, last, _ in names):
            cuts[-1] = (cuts[-1][0], end)
        else:
            cuts.append((start, end))
    for start, end in cuts:
        yield Example(
            text[start:end],
            source,
            _clip(names, start, end),
            None if quotes is None else _clip(quotes, start, end),
            tuple(
                (max(a, start) - start, min(b, end) - start)
                for a, b in blind
                if a < end and b > start
            ),
        )


def _clip(spans: Sequence[Labelled], start: int, end: int) -> tuple[Labelled, ...]:
    return tuple(
        (max(a, start) - start, min(b, end) - start, label)
        for a, b, label in spans
        if a < end and b > start
    )
