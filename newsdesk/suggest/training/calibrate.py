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
    right does not become a certainty.
    """
    right = sum(1 for _, hit in pairs if hit)
    wrong = len(pairs) - right
    high, low = (right + 1) / (right + 2), 1 / (wrong + 2)
    slope, offset = 1.0, 0.0
    for _ in range(steps):
        g_slope = g_offset = 1e-9
        h_ss = h_oo = 1e-6
        h_so = 0.0
        for score, hit in pairs:
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * score + offset))))
            error, weight = chance - (high if hit else low), chance * (1 - chance)
            g_slope += error * score
            g_offset += error
            h_ss += weight * score * score
            h_so += weight * score
            h_oo += weight
        scale = h_ss * h_oo - h_so * h_so
        if abs(scale) < 1e-9:
            break
        slope -= (h_oo * g_slope - h_so * g_offset) / scale
        offset -= (h_ss * g_offset - h_so * g_slope) / scale
    return slope, offset


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
