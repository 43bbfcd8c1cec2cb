"""Training examples: a sentence with what is known of its names, its quotes and its worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsdesk.suggest.sentences import sentences

Labelled = tuple[int, int, str]
"""Start, end (code points of the sentence) and label."""

NAME_LABELS = ("PERSON", "ORG", "LOC", "EVENT", "WORK", "PRODUCT", "NORP", "MISC")
QUOTE_LABELS = ("CONTENT", "CUE", "SOURCE")
OPEN = "?"
"""The label of words that a corpus marks in its own way: every tag may be right there."""
NOT_FACTUAL, UNIMPORTANT, WORTHY = 0, 1, 2
NOT_WORTHY = 3
"""What people who only say yes or no call a sentence of either of the first two classes."""


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
    for start, end in cuts(text, names):
        yield Example(
            text[start:end],
            source,
            clip(names, start, end),
            None if quotes is None else clip(quotes, start, end),
            clip_ranges(blind, start, end),
        )


def cuts(text: str, names: Sequence[Labelled]) -> list[tuple[int, int]]:
    """The sentences of a text, those together that share a name."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if found and any(first < start < last for first, last, _ in names):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def clip_ranges(
    ranges: Sequence[tuple[int, int]], start: int, end: int
) -> tuple[tuple[int, int], ...]:
    """What lies inside a sentence of ranges of the text, counted from the sentence's start."""
    return tuple((a, b) for a, b, _ in clip([(a, b, "") for a, b in ranges], start, end))


def clip(spans: Sequence[Labelled], start: int, end: int) -> tuple[Labelled, ...]:
    """What lies inside a sentence of spans of the text, counted from the sentence's start."""
    return tuple(
        (max(a, start) - start, min(b, end) - start, label)
        for a, b, label in spans
        if a < end and b > start
    )
