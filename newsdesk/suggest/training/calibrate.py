"""Fits the curves that turn the network's scores into chances: Platt scaling, without PyTorch."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from newsdesk.suggest.encoder import Encoder, Reading, odds, spans_of
from newsdesk.suggest.training.examples import WORTHY, Example

Pairs = list[tuple[float, bool]]
FEWEST = 30
"""A label with fewer proposals than this on the dev sets shares the common curve of names."""


def platt(pairs: Sequence[tuple[float, bool]], steps: int = 60) -> tuple[float, float]:
    """Slope and offset of a logistic fitted by Newton's method to (log odds, was it right).

    The targets are drawn in a little, as Platt (1999) has it, so that a label that was always
    right does not become a certainty; steps are halved until they help (Lin, Lin and Weng 2007).
    """
    right = sum(1 for _, hit in pairs if hit)
    high, low = (right + 1) / (right + 2), 1 / (len(pairs) - right + 2)
    points = [(score, high if hit else low) for score, hit in pairs]
    slope, offset = 1.0, 0.0
    cost = _cost(points, slope, offset)
    for _ in range(steps):
        # A step far onto the flat would find no way back.
        down = [max(-2.0, min(2.0, step)) for step in _newton(points, slope, offset)]
        size = 1.0
        while size > 1e-6:
            fresh = _cost(points, slope - size * down[0], offset - size * down[1])
            if fresh < cost:
                break
            size /= 2
        else:
            break
        slope, offset, cost = slope - size * down[0], offset - size * down[1], fresh
    return slope, offset


def _chance(score: float, slope: float, offset: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * score + offset))))


def _cost(points: Sequence[tuple[float, float]], slope: float, offset: float) -> float:
    """Cross-entropy of the targets."""
    total = 0.0
    for score, target in points:
        chance = min(max(_chance(score, slope, offset), 1e-12), 1 - 1e-12)
        total -= target * math.log(chance) + (1 - target) * math.log(1 - chance)
    return total


def _newton(
    points: Sequence[tuple[float, float]], slope: float, offset: float
) -> tuple[float, float]:
    """The step that Newton's method would go, with a small ridge that keeps it finite."""
    by_slope = by_offset = twice_both = 0.0
    twice_slope = twice_offset = 1e-6
    for score, target in points:
        chance = _chance(score, slope, offset)
        error, weight = chance - target, chance * (1 - chance)
        by_slope += error * score
        by_offset += error
        twice_slope += weight * score * score
        twice_both += weight * score
        twice_offset += weight
    scale = twice_slope * twice_offset - twice_both * twice_both
    if scale <= 0:
        return by_slope / twice_slope, by_offset / twice_offset
    return (
        (twice_offset * by_slope - twice_both * by_offset) / scale,
        (twice_slope * by_offset - twice_both * by_slope) / scale,
    )


def curves(encoder: Encoder, dev: Mapping[str, Iterable[Example]]) -> dict[str, list[float]]:
    """Curves for each name label, for names in common, for indirect quotes and for claims."""
    by_label: dict[str, Pairs] = defaultdict(list)
    quotes: Pairs = []
    worthy: Pairs = []
    for examples in dev.values():
        for example in examples:
            reading = encoder.read(example.text, [(0, len(example.text))])[0]
            if example.claim >= 0:
                worthy.append((reading.claim, example.claim == WORTHY))
            if example.names is not None:
                gold = set(example.names)
                known = {label for _, _, label in gold} | {"PERSON", "ORG", "LOC"}
                for start, end, label, chance in spans_of(
                    reading.names, reading.words, encoder.name_tags
                ):
                    if label in known:
                        by_label[label].append((odds(chance), (start, end, label) in gold))
            if example.quotes is not None:
                quotes += _quote_pairs(encoder, example, reading)
    found = {label: list(platt(pairs)) for label, pairs in by_label.items() if len(pairs) >= FEWEST}
    found["names"] = list(platt([pair for pairs in by_label.values() for pair in pairs]))
    found["indirect"] = list(platt(quotes))
    found["claims"] = list(platt(worthy))
    return found


def _quote_pairs(encoder: Encoder, example: Example, reading: Reading) -> Pairs:
    """Log odds of each content found, and whether it shares half its length with a gold one."""
    gold = [(start, end) for start, end, label in example.quotes or () if label == "CONTENT"]
    pairs = []
    found = spans_of(reading.quotes, reading.words, encoder.quote_tags)
    for start, end, label, chance in found:
        if label == "CONTENT":
            shared = max((min(end, b) - max(start, a) for a, b in gold), default=0)
            pairs.append((odds(chance), shared * 2 >= end - start))
    return pairs
