"""Lays what a desk taught over what the frozen network read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsdesk.suggest.encoder import Reading
from newsdesk.suggest.learning.layers import (
    BASES,
    LEARNT_CLAIMS,
    LEARNT_NAMES,
    LEARNT_QUOTES,
    learnt,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_SPACE = -20.0  # log odds of every tag but O on white space


def lay_vectors(doc: Doc, readings: Sequence[Reading]) -> list[list[int]]:
    """Put the network's vectors and scores where the layers look for them: `doc.tensor`, a row for
    each token, and the document's bases. Gives the tokens of each reading's words."""
    import numpy as np

    places = {token.idx: token.i for token in doc}
    rows = [[places.get(start, -1) for start, _ in one.words] for one in readings]
    read = [one for one in readings if len(one.words)]
    width = read[0].vectors.shape[1] if read else 0
    doc.tensor = np.zeros((len(doc), width), dtype="f")
    bases = {}
    for head, name in (("names", LEARNT_NAMES), ("quotes", LEARNT_QUOTES)):
        count = getattr(read[0], head).shape[1] if read else 0
        bases[name] = np.full((len(doc), count), _SPACE, dtype="f")
        bases[name][:, :1] = 0
    for one, tokens in zip(readings, rows, strict=True):
        kept = [at for at, token in enumerate(tokens) if token >= 0]
        if kept:
            where = [tokens[at] for at in kept]
            doc.tensor[where] = one.vectors[kept]
            bases[LEARNT_NAMES][where] = one.names[kept]
            bases[LEARNT_QUOTES][where] = one.quotes[kept]
    doc.user_data[BASES] = bases
    return rows


def corrected(nlp: Language, doc: Doc, readings: Sequence[Reading]) -> list[Reading]:
    """The readings with the corrections of whatever the pipeline has learnt."""
    rows = lay_vectors(doc, readings)
    found = list(readings)
    for head, name in (("names", LEARNT_NAMES), ("quotes", LEARNT_QUOTES)):
        part = learnt(nlp, name)
        if part is not None and len(doc):
            chances = part.model.predict([doc])[0]
            found = [_with(one, head, chances, at) for one, at in zip(found, rows, strict=True)]
    part = learnt(nlp, LEARNT_CLAIMS)
    if part is not None:
        found = [_judged(one, part.model.layers[0]) for one in found]
    doc.user_data.pop(BASES)
    return [replace(one, vectors=None) for one in found]


def _with(reading: Reading, head: str, chances: Any, tokens: Sequence[int]) -> Reading:
    """A reading with other chances of one head; a word that is no token keeps its own."""
    import numpy as np

    old = getattr(reading, head)
    if not len(old):
        return reading
    rows = np.full((len(old), chances.shape[1]), _SPACE, dtype="f")
    rows[:, : old.shape[1]] = old
    kept = [at for at, token in enumerate(tokens) if token >= 0]
    rows[kept] = np.log(np.maximum(chances[[tokens[at] for at in kept]], 1e-9))
    if head == "names":
        return replace(reading, names=rows)
    return replace(reading, quotes=rows)


def _judged(reading: Reading, linear: Any) -> Reading:
    if reading.vectors is None or not len(reading.vectors):
        return reading
    vector = reading.vectors.mean(axis=0, keepdims=True).astype("f")
    return replace(reading, claim=reading.claim + float(linear.predict(vector)[0, 0]))


def tags_of(nlp: Language, name: str, shipped: Sequence[str]) -> Sequence[str]:
    """The tags of a head: the shipped ones, and those that the desk added."""
    part = learnt(nlp, name)
    return shipped if part is None else part.labels
