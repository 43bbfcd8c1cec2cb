"""Contradictions: claims that give one measure different values, or of which one says no."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import combinations, pairwise
from typing import Any

import msgspec

from newsdesk.model import Claim
from newsdesk.provenance.figures import Figure, as_of, days, figures
from newsdesk.provenance.wording import content, names, stem, words

ALIKE = 0.6
"""Share of the shorter statement's content words that two statements have in common."""

SHARED = 3
"""Content words that two clauses have in common where they are about the same measure."""

COMMON = 200
"""Claims that hold a word before it no longer serves to find candidates."""

_NEGATORS = frozenset("not never no neither nor without none".split())
_CONCEPTS = {
    stem(word): concept
    for concept, group in {
        "dead": "die died dies dead death deaths kill killed drown drowned fatal fatalities",
        "missing": "missing unaccounted",
        "injured": "injured injure injuries hurt wounded",
        "moved": "moved evacuated displaced homeless",
        "arrested": "arrested detained",
        "infected": "infected infections cases",
        "offer": "offer offered bid",
        "damage": "damage damages",
        "cost": "cost costs overrun",
        "raised": "raised donated funding",
    }.items()
    for word in group.split()
}
_ALL_CONCEPTS = frozenset(_CONCEPTS.values())
_DEVELOPING = frozenset(("dead", "missing", "injured", "moved", "arrested", "infected"))
_RISING = frozenset(("dead",))


class Kind(StrEnum):
    """What a difference is."""

    CONFLICT = "conflict"
    DEVELOPMENT = "development"


class Stated(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A claim with the day on which it was first printed (ISO, None where unknown)."""

    claim: Claim
    published: str | None = None


class Contradiction(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Claims about the same thing that differ, the earliest first.

    `measure` is what was counted or paid (stems of words, a currency sign or %); empty where the
    claims differ in polarity. `values` stand in the order of `claims`, and so do `dates`: the day
    that each holds for, or was printed.
    """

    kind: Kind
    claims: tuple[str, ...]
    measure: tuple[str, ...] = ()
    values: tuple[tuple[float, ...], ...] = ()
    dates: tuple[str, ...] = ()
    confirmed: bool = False

    def known_on(self, day: str) -> str | None:
        """Of a development, the claim that held on a day (ISO); None before the first."""
        held = [claim for claim, at in zip(self.claims, self.dates, strict=True) if at <= day]
        return held[-1] if held and self.kind is Kind.DEVELOPMENT else None


class _Said(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A statement taken apart once."""

    id: str
    tokens: frozenset[str]
    lead: tuple[str, ...]
    names: frozenset[str]
    negated: bool
    days: frozenset[date]
    at: str
    dated: bool
    figures: tuple[tuple[Figure, frozenset[str], frozenset[str]], ...]


def contradictions(
    stated: Iterable[Stated],
    *,
    confirmed: Iterable[tuple[str, str]] = (),
    dismissed: Iterable[tuple[str, str]] = (),
) -> list[Contradiction]:
    """Candidates for a person to confirm or dismiss (SCHEME, provenance 7).

    `confirmed` and `dismissed` are pairs of claim ids, in either order. A confirmed pair that
    nothing in the words gives away is listed as well.
    """
    said = [_taken_apart(one) for one in stated]
    by_id = {one.id: one for one in said}
    sure = {_pair(*one) for one in confirmed if set(one) <= set(by_id)}
    no = {_pair(*one) for one in dismissed}
    found = [*_by_figures(said, no), *_by_polarity(said, no)]
    held = {_pair(*two) for one in found for two in combinations(one.claims, 2)}
    found += [
        Contradiction(kind=Kind.CONFLICT, claims=_in_order(one, by_id))
        for one in sorted(sure - held - no)
    ]
    return [
        msgspec.structs.replace(
            one, confirmed=any(_pair(*two) in sure for two in combinations(one.claims, 2))
        )
        for one in found
    ]


def _taken_apart(stated: Stated) -> _Said:
    text = stated.claim.statement
    day = as_of(text)
    stems = [_CONCEPTS.get(one, one) for one in content(text)]
    return _Said(
        id=stated.claim.id,
        tokens=frozenset(stems),
        lead=tuple(stems[:3]),
        names=frozenset(names(text)),
        negated=bool(_NEGATORS & set(words(text))),
        days=frozenset(days(text)),
        at=day.isoformat() if day else (stated.published or ""),
        dated=day is not None,
        figures=tuple(
            (one, _clause_tokens(one), frozenset(names("It " + one.clause)))
            for one in figures(text)
        ),
    )


def _clause_tokens(figure: Figure) -> frozenset[str]:
    told = frozenset(_CONCEPTS.get(one, one) for one in content(figure.clause))
    # A currency is shared by everything that is paid for: it says nothing of what that was.
    return told if figure.unit[0] in "£$€¥₹%" else told | set(figure.unit)


# By figures


_Clause = tuple[Figure, frozenset[str], frozenset[str]]
"""A figure, with the stems and the names of the clause that it stands in."""


class _Measured(msgspec.Struct, frozen=True, gc=False):
    """What one statement gives in one unit; `tokens` are those of all its clauses there."""

    at: int
    clauses: tuple[_Clause, ...]
    tokens: frozenset[str]
    values: frozenset[float]


def _by_figures(said: Sequence[_Said], no: set[tuple[str, str]]) -> list[Contradiction]:
    found = []
    for unit, measured in _by_unit(said).items():
        groups = _Groups()
        for one, other in _sharing(measured, frozenset(unit)):
            if _differ(one, other) and _pair(said[one.at].id, said[other.at].id) not in no:
                groups.join(one.at, other.at)
        found += [_grouped(unit, [said[at] for at in members]) for members in groups.all()]
    return found


def _by_unit(said: Sequence[_Said]) -> dict[tuple[str, ...], list[_Measured]]:
    units: dict[tuple[str, ...], list[_Measured]] = {}
    for at, one in enumerate(said):
        clauses: dict[tuple[str, ...], list[_Clause]] = {}
        for clause in one.figures:
            clauses.setdefault(clause[0].unit, []).append(clause)
        for unit, those in clauses.items():
            tokens = frozenset().union(*(each[1] for each in those))
            values = frozenset(each[0].value for each in those)
            units.setdefault(unit, []).append(_Measured(at, tuple(those), tokens, values))
    return units


def _sharing(
    measured: Sequence[_Measured], unit: frozenset[str]
) -> Iterator[tuple[_Measured, _Measured]]:
    """Pairs that share as many words as a measure needs, one of them not too common."""
    held = Counter(token for one in measured for token in one.tokens - unit)
    before: dict[str, list[int]] = {}
    for n, one in enumerate(measured):
        telling = [token for token in one.tokens - unit if 1 < held[token] <= COMMON]
        for m in set().union(*(before.get(token, ()) for token in telling)):
            # By far the most pairs end here: a desk of 50,000 claims has millions of them.
            if len(one.tokens & measured[m].tokens) >= SHARED:
                yield measured[m], one
        for token in telling:
            before.setdefault(token, []).append(n)


def _differ(one: _Measured, other: _Measured) -> bool:
    """Whether two statements about the same thing give different values."""
    if one.values <= other.values or other.values <= one.values:
        return False
    return any(_same_measure(a, b) for a in one.clauses for b in other.clauses)


def _same_measure(one: _Clause, other: _Clause) -> bool:
    mine, theirs = one[1], other[1]
    concepts = [tokens & _ALL_CONCEPTS for tokens in (mine, theirs)]
    if all(concepts) and not concepts[0] & concepts[1]:
        return False
    if len(one[0].unit) < 3 and one[2] and other[2] and not one[2] & other[2]:
        return False  # two hundred people there, and three hundred elsewhere
    shared = mine & theirs
    return len(shared) >= SHARED and len(shared) >= ALIKE * min(len(mine), len(theirs))


def _grouped(unit: tuple[str, ...], members: list[_Said]) -> Contradiction:
    ordered = sorted(members, key=lambda one: (one.at, one.id))
    values = [
        tuple(figure.value for figure, _, _ in one.figures if figure.unit == unit)
        for one in ordered
    ]
    return Contradiction(
        kind=Kind.DEVELOPMENT if _develops(ordered, values) else Kind.CONFLICT,
        claims=tuple(one.id for one in ordered),
        measure=unit,
        values=tuple(values),
        dates=tuple(one.at for one in ordered),
    )


def _develops(ordered: list[_Said], values: list[tuple[float, ...]]) -> bool:
    """Whether each value holds for a day of its own; a toll of the dead may not fall.

    Where a statement names no day, the day it was printed serves for what is known to develop.
    """
    days_held = [one.at for one in ordered]
    if len(set(days_held)) < len(days_held) or not all(days_held):
        return False
    concepts = frozenset.intersection(*(one.tokens for one in ordered))
    if not all(one.dated for one in ordered) and not concepts & _DEVELOPING:
        return False
    if concepts & _RISING:
        return all(max(a) <= max(b) for a, b in pairwise(values))
    return True


# By polarity


def _by_polarity(said: Sequence[_Said], no: set[tuple[str, str]]) -> list[Contradiction]:
    keys: dict[tuple[str, ...], set[int]] = {}
    for at, one in enumerate(said):
        if len(one.lead) == 3:
            keys.setdefault(("lead", *one.lead), set()).add(at)
        for token in one.tokens - one.names:
            keys.setdefault((token,), set()).add(at)
    found = []
    for first, second in _opposed(keys, lambda at: said[at].negated):
        one, other = said[first], said[second]
        if _pair(one.id, other.id) in no:
            continue
        if one.days and other.days and not one.days & other.days:
            continue
        if _same_subject(one, other):
            ordered = sorted((one, other), key=lambda each: (each.at, each.id))
            found.append(
                Contradiction(
                    kind=Kind.CONFLICT,
                    claims=tuple(each.id for each in ordered),
                    dates=tuple(each.at for each in ordered),
                )
            )
    return found


def _same_subject(one: _Said, other: _Said) -> bool:
    if one.lead == other.lead and len(one.lead) == 3:
        return True
    named = one.names & other.names
    if one.names and other.names and 2 * len(named) < min(len(one.names), len(other.names)):
        return False
    mine, theirs = one.tokens - one.names, other.tokens - other.names
    shared = mine & theirs
    return len(shared) >= 2 and len(shared) > ALIKE * min(len(mine), len(theirs))


# Pairs and groups


def _opposed(keys: Mapping[Any, set[int]], negated: Callable[[int], bool]) -> list[tuple[int, int]]:
    """Pairs of places that share a key that is not too common, and of which one is negated."""
    found: set[tuple[int, int]] = set()
    for places in keys.values():
        if 1 < len(places) <= COMMON:
            no = [at for at in places if negated(at)]
            found.update((min(a, b), max(a, b)) for a in no for b in places if not negated(b))
    return sorted(found)


class _Groups:
    """Places that belong together, joined pair by pair."""

    def __init__(self) -> None:
        self._root: dict[int, int] = {}

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self._find(one), self._find(other)))
        self._root[high] = low

    def _find(self, at: int) -> int:
        while self._root.setdefault(at, at) != at:
            at = self._root[at]
        return at

    def all(self) -> list[list[int]]:
        groups: dict[int, list[int]] = {}
        for at in sorted(self._root):
            groups.setdefault(self._find(at), []).append(at)
        return list(groups.values())


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _in_order(pair: tuple[str, str], by_id: Mapping[str, _Said]) -> tuple[str, ...]:
    return tuple(sorted(pair, key=lambda id: (by_id[id].at, id)))
