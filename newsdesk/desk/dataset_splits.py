"""Which article goes to which side of a split: the same for the same articles, options and seed."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from newsdesk.model.splitting import SplitBy

NEAR_DUPLICATE = "near-duplicates of articles on another side"
UNDATED = "articles without a date"


class Member(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a split goes by of one article.

    `group` is the same for near-duplicates and for versions of one article; `labels` says how
    many annotations it has of each label.
    """

    id: str
    group: str
    outlet: str = ""
    published: str = ""
    labels: dict[str, int] = {}


class Split(msgspec.Struct, kw_only=True):
    """The side of each article by its id, and why the others are on none."""

    sides: dict[str, str] = {}
    left: dict[str, str] = {}


def split_members(
    members: Iterable[Member],
    shares: Mapping[str, float],
    by: SplitBy = SplitBy.ARTICLE,
    *,
    stratified: bool = True,
    seed: int = 0,
) -> Split:
    """Put each article on a side, near to the shares, with no near-duplicate on another side.

    By article, groups stay whole. By outlet or by date (train the oldest, test the newest; no day
    on two sides) a group that would be on several sides stays where most of it is, and the rest
    of it is left out. Stratified, the sides get like shares of each label.
    """
    found = sorted(members, key=lambda one: one.id)
    if by is SplitBy.DATE:
        dated = [one for one in found if one.published]
        split = Split(left={one.id: UNDATED for one in found if not one.published})
        split.sides = _along_time(dated, shares)
        return _apart(dated, split, tuple(shares))
    key: Callable[[Member], str] = (
        (lambda one: one.outlet) if by is SplitBy.OUTLET else (lambda one: one.group)
    )
    units: dict[str, list[Member]] = defaultdict(list)
    for one in found:
        units[key(one)].append(one)
    placed = _dealt(units, shares, stratified, seed)
    split = Split(sides={one.id: placed[key(one)] for one in found})
    return _apart(found, split, tuple(shares))


def _dealt(
    units: Mapping[str, Sequence[Member]], shares: Mapping[str, float], stratified: bool, seed: int
) -> dict[str, str]:
    """The side of each unit, by iterative stratification (Sechidis, Tsoumakas, Vlahavas 2011).

    The rarest label that is still to be dealt goes first, to the side that lacks it most.
    """
    # Python promises no order of its shuffle from one version to the next; a hash keeps its own.
    order = sorted(units, key=lambda unit: hashlib.sha256(f"{seed}:{unit}".encode()).digest())
    # The largest first: what is small can still even out what is large.
    order.sort(key=lambda unit: -len(units[unit]))
    labels = {unit: _labels(units[unit]) if stratified else Counter[str]() for unit in order}
    total = Counter[str]()
    for each in labels.values():
        total.update(each)
    lacks = {side: {name: n * share for name, n in total.items()} for side, share in shares.items()}
    room = {side: share * sum(map(len, units.values())) for side, share in shares.items()}
    placed: dict[str, str] = {}

    def put(unit: str, name: str) -> None:
        side = max(shares, key=lambda one: (lacks[one].get(name, 0), room[one]))
        placed[unit] = side
        room[side] -= len(units[unit])
        for label, count in labels[unit].items():
            lacks[side][label] -= count

    waiting = {name: [unit for unit in order if name in labels[unit]] for name in total}
    while waiting:
        name = min(waiting, key=lambda one: (len(waiting[one]), one))
        # Not those with most of it first: they would all be on the largest side.
        for unit in waiting.pop(name):
            put(unit, name)
        waiting = {
            other: rest
            for other, each in waiting.items()
            if (rest := [unit for unit in each if unit not in placed])
        }
    for unit in order:
        if unit not in placed:
            put(unit, "")
    return placed


def _labels(members: Iterable[Member]) -> Counter[str]:
    found = Counter[str]()
    for one in members:
        found.update(one.labels)
    return found


def _along_time(members: Sequence[Member], shares: Mapping[str, float]) -> dict[str, str]:
    """The oldest articles on the first side, the newest on the last; a day is never parted."""
    days: dict[str, list[Member]] = defaultdict(list)
    for one in members:
        days[one.published[:10]].append(one)
    names, ends, share = list(shares), [], 0.0
    for name in names:
        share += shares[name]
        ends.append(share * len(members))
    sides: dict[str, str] = {}
    at = 0
    for day in sorted(days):
        # A day belongs where the middle of it falls.
        middle = len(sides) + len(days[day]) / 2
        while at < len(names) - 1 and middle > ends[at]:
            at += 1
        sides |= {one.id: names[at] for one in days[day]}
    return sides


def _apart(members: Sequence[Member], split: Split, names: tuple[str, ...]) -> Split:
    """Leave out of each group what is not on the side where most of it is."""
    groups: dict[str, list[Member]] = defaultdict(list)
    for one in members:
        groups[one.group].append(one)
    for each in groups.values():
        count = Counter(split.sides[one.id] for one in each)
        if len(count) < 2:
            continue
        # Of equals the last: what is tested on is scarcer than what is trained on.
        side = max(count, key=lambda one: (count[one], names.index(one)))
        for one in each:
            if split.sides[one.id] != side:
                del split.sides[one.id]
                split.left[one.id] = NEAR_DUPLICATE
    return split
