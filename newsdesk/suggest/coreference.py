"""Ties a surname, a first name or an acronym to the full name in the same text, or leaves it be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LOWER_PARTS = frozenset(
    "van von der den de del della di da dos du la le al el bin ibn ter ten".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A named entity as found: range in code points, label, words."""

    start: int
    end: int
    label: str
    text: str


def chains(mentions: Sequence[Mention]) -> list[tuple[str, str, list[int]]]:
    """Group ``mentions`` (in text order) as (fullest name, label, places).

    A short form joins only if exactly one longer name fits: two brothers stay apart, and their
    shared surname joins neither.
    """
    groups: list[tuple[str, str, list[int]]] = []
    by_key: dict[tuple[str, str], int] = {}
    for place, mention in enumerate(mentions):
        key = (_kind(mention.label), _plain(mention.text))
        if key in by_key:
            groups[by_key[key]][2].append(place)
        else:
            by_key[key] = len(groups)
            groups.append((mention.text, mention.label, [place]))
    joined: list[int] = list(range(len(groups)))
    for number, (name, label, _) in enumerate(groups):
        fits = [
            other
            for other, (full, kind, _) in enumerate(groups)
            if other != number and _kind(kind) == _kind(label) and _fits(name, full, _kind(label))
        ]
        longest = [
            f
            for f in fits
            if not any(_fits(groups[f][0], groups[g][0], _kind(label)) for g in fits)
        ]
        if len(longest) == 1:
            joined[number] = longest[0]
    merged: dict[int, list[int]] = {}
    for number, (_, _, places) in enumerate(groups):
        root, seen = number, {number}
        while joined[root] not in seen:
            root = joined[root]
            seen.add(root)
        merged.setdefault(root, []).extend(places)
    return [
        (groups[root][0], groups[root][1], sorted(places))
        for root, places in sorted(merged.items())
    ]


def _kind(label: str) -> str:
    return {"OUTLET": "ORG", "FAC": "LOC", "GPE": "LOC"}.get(label, label)


def _plain(text: str) -> str:
    text = re.sub(r"['’]s?$", "", text)
    return re.sub(r"^(?:the|The) ", "", text).casefold()


def _fits(short: str, full: str, kind: str) -> bool:
    """Whether ``short`` is a shorter form of the name ``full``."""
    a, b = _plain(short).split(), _plain(full).split()
    if len(a) >= len(b):
        return False
    if kind == "PERSON":
        return b[-len(a) :] == a or (len(a) == 1 and b[0] == a[0] and a[0] not in _LOWER_PARTS)
    if kind == "ORG" and len(a) == 1 and short.isupper():
        return _initials(full) == short
    return False


def _initials(name: str) -> str:
    return "".join(
        part[0] for part in re.split(r"[\s-]+", name) if part[:1].isupper() and part != "The"
    )
