"""The same sentences with other names, so that no name is learned by heart."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from newsdesk.suggest.training.examples import Example
from newsdesk.suggest.training.invented import Inventor


def swapped(
    examples: Sequence[Example], known: Mapping[str, Sequence[str]], seed: int, share: float = 0.5
) -> list[Example]:
    """The same sentences with some of their names put in place of others of the same label.

    It keeps the network from learning names by heart (mention replacement, Dai and Adel 2020).
    Half of the names are taken over from the corpora, half are invented.
    """
    dice = random.Random(seed)
    inventor = Inventor(seed, known)
    fresh = {
        "PERSON": inventor.person,
        "LOC": inventor.place,
        "ORG": lambda: dice.choice((inventor.firm, inventor.club, inventor.outlet))(),
    }
    found = []
    for example in examples:
        wanted = {
            (start, end)
            for start, end, label in example.names or ()
            if label in fresh and example.text[start].isupper() and dice.random() < share
        }
        found.append(_with_names(example, wanted, known, fresh, dice) if wanted else example)
    return found


def _with_names(
    example: Example,
    wanted: set[tuple[int, int]],
    known: Mapping[str, Sequence[str]],
    fresh: Mapping[str, Callable[[], str]],
    dice: random.Random,
) -> Example:
    """One sentence with new names; every other range moves along."""
    text, names, moves = example.text, list(example.names or ()), [0] * (len(example.text) + 1)
    pieces, at, shift = [], 0, 0
    for start, end, label in sorted(names):
        if (start, end) not in wanted or start < at:
            continue
        pool = known.get(label)
        name = dice.choice(pool) if pool and dice.random() < 0.5 else fresh[label]()
        pieces += [text[at:start], name]
        moves[start + 1 : end] = [shift] * (end - start - 1)
        shift += len(name) - (end - start)
        for place in range(end, len(moves)):
            moves[place] = shift
        at = end
    pieces.append(text[at:])

    def moved(span: tuple[int, int]) -> tuple[int, int]:
        return span[0] + moves[span[0]], span[1] + moves[span[1]]

    quotes = example.quotes
    return replace(
        example,
        text="".join(pieces),
        names=tuple((*moved((s, e)), label) for s, e, label in names),
        quotes=None if quotes is None else tuple((*moved((s, e)), label) for s, e, label in quotes),
        blind=tuple(moved(span) for span in example.blind),
    )


def known_names(examples: Sequence[Example]) -> dict[str, list[str]]:
    """Names of the careful corpora, by label, to be used again."""
    found: dict[str, list[str]] = {"PERSON": [], "ORG": [], "LOC": []}
    for example in examples:
        if example.source in ("uner", "wikigold", "gum", "crossner", "grobid"):
            for start, end, label in example.names or ():
                if label in found and example.text[start].isupper() and end - start < 40:
                    found[label].append(example.text[start:end])
    return found
