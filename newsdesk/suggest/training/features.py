"""Turns examples into numbers: word pieces, letter shapes, and the tags that each word may have."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsdesk.suggest.shapes import shape_of
from newsdesk.suggest.training.corpora import HIDDEN, LUMPED
from newsdesk.suggest.training.examples import (
    NAME_LABELS,
    OPEN,
    QUOTE_LABELS,
    Example,
    Labelled,
    tags_of,
)

LONGEST = 160
"""Word pieces of a sentence in training; what goes beyond is cut off."""

NAME_TAGS = tags_of(NAME_LABELS)
QUOTE_TAGS = tags_of(QUOTE_LABELS)
UNKNOWN = -100


@dataclass(frozen=True, slots=True)
class Features:
    """An example as arrays. `allowed` has a row for each word with the tags that may be right:
    one where the label is known, several where the corpus hides some (a partial label)."""

    ids: Any
    shapes: Any
    heads: Any
    words: tuple[tuple[int, int], ...]
    allowed: Any
    quotes: Any
    example: Example


def features_of(examples: Sequence[Example], tokenizer_file: Path) -> list[Features]:
    """Features of every example that has words."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    found = []
    for first in range(0, len(examples), 2000):
        batch = examples[first : first + 2000]
        for example, encoding in zip(
            batch, tokenizer.encode_batch([e.text for e in batch]), strict=True
        ):
            made = _features(example, encoding)
            if made is not None:
                found.append(made)
    return found


def _features(example: Example, encoding: Any) -> Features | None:
    import numpy as np

    heads: list[int] = []
    words: list[tuple[int, int]] = []
    last = None
    for place, word in enumerate(encoding.word_ids):
        start, end = encoding.offsets[place]
        if word is not None and word != last:
            heads.append(place)
            words.append((start, end))
        elif word is not None:
            words[-1] = (words[-1][0], end)
        last = word
    if not words:
        return None
    shapes = np.zeros(len(encoding.ids), np.int64)
    for head, (start, end) in zip(heads, words, strict=True):
        shapes[head] = shape_of(example.text[start:end])
    allowed = None if example.names is None else allowed_tags(example, words)
    quotes = None
    if example.quotes is not None:
        quotes = np.array(word_tags(words, example.quotes, QUOTE_LABELS), np.int64)
        for first, stop in example.blind:
            hidden = [i for i, (start, end) in enumerate(words) if start < stop and end > first]
            quotes[hidden] = UNKNOWN
    return Features(
        np.array(encoding.ids), shapes, np.array(heads), tuple(words), allowed, quotes, example
    )


def word_tags(
    words: Sequence[tuple[int, int]], spans: Iterable[Labelled], labels: Sequence[str]
) -> list[int]:
    """The BIO tag of each word."""
    tags = [0] * len(words)
    for first, stop, label in spans:
        tag = 1 + 2 * labels.index(label)
        for place, (start, end) in enumerate(words):
            if start < stop and end > first:
                tags[place] = tag
                tag = 2 + 2 * labels.index(label)
    return tags


def allowed_tags(example: Example, words: Sequence[tuple[int, int]]) -> Any:
    """Which name tags each word may have, given what its corpus leaves out or lumps together."""
    import numpy as np

    known = [name for name in example.names or () if name[2] != OPEN]
    tags = np.array(word_tags(words, known, NAME_LABELS))
    allowed = np.zeros((len(words), len(NAME_TAGS)), bool)
    allowed[np.arange(len(words)), tags] = True
    plain = tags == 0
    for label in HIDDEN.get(example.source, ()):
        begin = 1 + 2 * NAME_LABELS.index(label)
        allowed[plain, begin] = allowed[plain, begin + 1] = True
    lump = 1 + 2 * NAME_LABELS.index("MISC")
    for label in LUMPED.get(example.source, ()):
        begin = 1 + 2 * NAME_LABELS.index(label)
        allowed[tags == lump, begin] = True
        allowed[tags == lump + 1, begin + 1] = True
    for first, stop, label in example.names or ():
        if label == OPEN:
            inside = [i for i, (start, end) in enumerate(words) if start < stop and end > first]
            allowed[inside] = True
    return allowed


def other_case(shapes: Any, dice: random.Random) -> Any:
    """Now and then the shapes of a headline: all capitals, no capitals, or a capital each."""
    chance = dice.random()
    if chance >= 0.15:
        return shapes
    changed = shapes.copy()
    if chance < 0.06:
        changed[(shapes == 1) | (shapes == 2) | (shapes == 4)] = 3
    elif chance < 0.11:
        changed[(shapes == 2) | (shapes == 3) | (shapes == 4) | (shapes == 6)] = 1
    else:
        changed[shapes == 1] = 2
    return changed
