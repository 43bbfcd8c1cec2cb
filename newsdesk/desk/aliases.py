"""Which names may mean the same: proposed by rule and likeness, for an editor to decide.

Precision matters more than recall: a proposal that is wrong costs more than one that is missing.
Only names of one kind are compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec
from rapidfuzz.distance import OSA

from newsdesk.desk.desk import Desk
from newsdesk.desk.register import joined_aliases, link_mentions, merge_entities
from newsdesk.model import Entity, NewsdeskError, Setting, replace
from newsdesk.model.naming import name_key
from newsdesk.model.register import EntityLine, LooseName, MentionLine
from newsdesk.store import register_queries

DISMISSED = "not the same: "
"""Begins the name of the Setting that remembers a dismissal."""

_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady president minister senator councillor "
    "captain judge justice".split()
)
_FORMS = frozenset("ltd limited inc plc llc gmbh ag sa co corp company fc afc the".split())
"""Words of an organisation's name that are left out as often as not."""
_SMALL = frozenset("of the and for de la le du des der die das und et y".split())
_PARTICLES = frozenset("van von der den de del della di da dos la le el al bin ben ibn ter".split())
_LONG_ENOUGH = 6
"""Letters from which on a word with one letter changed is taken for a slip."""
_CROWD = 60  # names that share all but one word, beyond which that word tells them apart
_INITIAL = re.compile(r"\b(\w)\.")


class Reason(StrEnum):
    """Why two names may mean the same."""

    SAME = "same letters"
    FORM = "same but for title or legal form"
    INITIALS = "initials"
    ACRONYM = "acronym"
    SURNAME = "surname"
    SLIP = "one letter differs"


class Proposal(msgspec.Struct, frozen=True):
    """That an entity and another one, or words that are linked to none, mean the same.

    `other` is the other entity, None for words; `mentions` is how many mentions that would move.
    """

    entity: EntityLine
    words: str
    kind: str
    reason: Reason
    mentions: int
    other: EntityLine | None = None

    @property
    def key(self) -> str:
        """Under what a dismissal is remembered."""
        if self.other is not None:
            return " = ".join(sorted((self.entity.id, self.other.id)))
        return f"{self.entity.id} = {name_key(self.words)}"


class _Name(msgspec.Struct, frozen=True):
    """One name to be compared: of an entity, or of words that are linked to none."""

    text: str
    key: str
    words: tuple[str, ...]
    owner: int


def proposals(
    entities: Sequence[EntityLine], loose: Sequence[LooseName], dismissed: Iterable[str] = ()
) -> list[Proposal]:
    """The proposals for a register: a pure function of values, so that it may run in a thread.

    The surest reason of each pair counts; what was dismissed is left out. The order is by reason,
    then by the mentions that would move, most first.
    """
    known = frozenset(dismissed)
    kinds = {one.kind for one in entities}
    found: list[Proposal] = []
    for kind in sorted(kinds):
        found += _of_kind(
            kind,
            [one for one in entities if one.kind == kind],
            [one for one in loose if one.label == kind],
        )
    order = list(Reason)
    kept = [one for one in found if one.key not in known]
    return sorted(
        kept, key=lambda one: (order.index(one.reason), -one.mentions, name_key(one.words))
    )


def _of_kind(
    kind: str, entities: list[EntityLine], loose: list[LooseName]
) -> Iterator[Proposal]:
    names = [
        _name(text, at)
        for at, one in enumerate(entities)
        for text in dict.fromkeys((one.name, *one.aliases))
    ]
    by_key: dict[str, list[LooseName]] = defaultdict(list)
    for words in loose:
        by_key[name_key(words.words)].append(words)
    groups = [(key, its) for key, its in by_key.items() if key]
    names += [_name(its[0].words, len(entities) + at) for at, (_, its) in enumerate(groups)]
    pairs: dict[tuple[int, int], Reason] = {}
    for first, second, reason in _alike([name for name in names if name.key], kind):
        pair = min(first.owner, second.owner), max(first.owner, second.owner)
        # Rules come from the surest on: the first reason is the one that is given.
        if pair[0] < len(entities) and pair[0] != pair[1]:
            pairs.setdefault(pair, reason)
    rivals: dict[int, int] = defaultdict(int)
    for _, other in pairs:
        rivals[other] += other >= len(entities)
    for (at, other), reason in pairs.items():
        if other < len(entities):
            yield _merging(entities[at], entities[other], reason)
        elif rivals[other] == 1:  # words that may mean two entities are nobody's alias
            its = groups[other - len(entities)][1]
            count = sum(one.mentions for one in its)
            usual = max(its, key=lambda one: (one.mentions, not one.words.isupper())).words
            yield Proposal(entities[at], " ".join(usual.split()), kind, reason, count)


def _merging(one: EntityLine, two: EntityLine, reason: Reason) -> Proposal:
    """The entity that is mentioned more stays; of two alike, the one with the longer name."""
    order = sorted((one, two), key=lambda e: (e.mentions, bool(e.kb_id), len(e.name)))
    gone, kept = order
    return Proposal(kept, gone.name, kept.kind, reason, gone.mentions, gone)


def _name(text: str, owner: int) -> _Name:
    key = name_key(_INITIAL.sub(r"\1. ", text))
    return _Name(text, key, tuple(key.split()), owner)


Found = Iterator[tuple[_Name, _Name, Reason]]


def _alike(names: list[_Name], kind: str) -> Found:
    yield from _same(names, lambda name: name.key, Reason.SAME)
    person = kind == "PERSON"
    yield from _same(names, lambda name: _bare(name, person), Reason.FORM)
    if person:
        yield from _initials(names)
    else:
        yield from _acronyms(names)
    yield from _slips(names)
    if person:
        yield from _surnames(names)


def _same(names: list[_Name], key_of: Callable[[_Name], str], reason: Reason) -> Found:
    groups: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        key = key_of(name)
        if key:
            groups[key].append(name)
    for group in groups.values():
        first = group[0]
        for other in group[1:]:
            if other.owner != first.owner:
                yield first, other, reason


def _bare(name: _Name, person: bool) -> str:
    """A name without what is often left out; empty where nothing else, or one word, would stay."""
    words = name.words
    if person:
        while words and words[0] in _TITLES:
            words = words[1:]
        return " ".join(words) if len(words) > 1 else ""
    bare = tuple(word for word in words if word not in _FORMS)
    return " ".join(bare) if bare else ""


def _initials(names: list[_Name]) -> Found:
    """`J. K. Rowling` and `Joanne Kathleen Rowling`: the same surname, one letter for each of the
    other words, where just one full name fits."""
    by_surname: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        if len(name.words) > 1:
            by_surname[name.words[-1]].append(name)
    for group in by_surname.values():
        full = [one for one in group if all(len(word) > 1 for word in one.words[:-1])]
        for short in group:
            given = "".join(short.words[:-1])
            dotted = all(len(word) == 1 for word in short.words[:-1])
            if not dotted:
                continue
            fits = [one for one in full if "".join(word[0] for word in one.words[:-1]) == given]
            if len({one.owner for one in fits}) == 1 and fits[0].owner != short.owner:
                yield fits[0], short, Reason.INITIALS


def _acronyms(names: list[_Name]) -> Found:
    """`BBC` and `British Broadcasting Corporation`, where just one name of three words fits."""
    made: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        words = [word for word in name.words if word not in _SMALL]
        if len(words) > 2:
            made["".join(word[0] for word in words)].append(name)
    for short in names:
        letters = short.text.replace(".", "").strip()
        if not (letters.isupper() and letters.isalpha() and 2 < len(letters) < 8):
            continue
        fits = made.get(letters.casefold(), [])
        if len({one.owner for one in fits}) == 1 and fits[0].owner != short.owner:
            yield fits[0], short, Reason.ACRONYM


def _surnames(names: list[_Name]) -> Found:
    """`Wolderink`, `van Dijk` or `Okonjo-Vale`, where just one full name ends so."""
    by_surname: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        words = [name_key(word) for word in name.text.split()]
        if len(words) < 2 or words[0] in _TITLES or words[0] in _PARTICLES:
            continue
        at = len(words) - 1
        by_surname[words[at]].append(name)
        while at > 1 and words[at - 1] in _PARTICLES:
            at -= 1
            by_surname[" ".join(words[at:])].append(name)
    for short in names:
        words = [name_key(word) for word in short.text.split()]
        while len(words) > 1 and words[0] in _TITLES:
            words = words[1:]
        if not words or (len(words) > 1 and words[0] not in _PARTICLES):
            continue
        full = by_surname.get(" ".join(words), [])
        if len({one.key for one in full}) == 1 and full[0].owner != short.owner:
            yield full[0], short, Reason.SURNAME


def _slips(names: list[_Name]) -> Found:
    """Names of as many words that differ in one long word, by one letter within it."""
    rooms: dict[tuple[int, tuple[str, ...], str], list[_Name]] = defaultdict(list)
    for name in {(one.key, one.owner): one for one in names}.values():
        for at, word in enumerate(name.words):
            if len(word) >= _LONG_ENOUGH and word.isalpha():
                rest = (*name.words[:at], "", *name.words[at + 1 :])
                rooms[at, rest, word[0]].append(name)
    for (at, _, _), group in rooms.items():
        if 1 < len(group) <= _CROWD:
            for number, one in enumerate(group):
                for other in group[number + 1 :]:
                    alone = len(one.words) == 1
                    if _is_slip(one.words[at], other.words[at], alone):
                        yield one, other, Reason.SLIP


def _is_slip(one: str, other: str, alone: bool) -> bool:
    """Whether two words differ by one letter added, dropped, changed or swapped with its neighbour,
    not the last one: endings tell Maria from Mario, and one spelling of a case from another."""
    short = min(len(one), len(other))
    if one == other or short < _LONG_ENOUGH + 3 * alone or one[-1] != other[-1]:
        return False
    return OSA.distance(one, other, score_cutoff=1) == 1


# On the desk


def alias_proposals(desk: Desk) -> list[Proposal]:
    """What is proposed for the desk's register now."""
    return proposals(*material(desk))


def material(desk: Desk) -> tuple[list[EntityLine], list[LooseName], list[str]]:
    """What `proposals` compares: entities, unlinked names, and what was dismissed."""
    settings = (one.name for one in desk.find(Setting))
    dismissed = [n.removeprefix(DISMISSED) for n in settings if n.startswith(DISMISSED)]
    store = desk._store
    return register_queries.register(store), register_queries.loose_names(store), dismissed


def accept(desk: Desk, proposal: Proposal) -> int:
    """Take a proposal as right, as one step: merge the two entities, or link the words' mentions
    and keep the words as an alias; give how many mentions moved.

    Raises NewsdeskError where an entity is gone meanwhile.
    """
    kept = desk.get(Entity, proposal.entity.id)
    if proposal.other is not None:
        merge_entities(desk, kept, [desk.get(Entity, proposal.other.id)])
        return proposal.mentions
    if kept.merged_into is not None:
        raise NewsdeskError(f"{kept.name} was merged meanwhile. Nothing was changed.")
    with desk.change(f"{proposal.words} is {kept.name}"):
        aliases = joined_aliases(kept.name, kept.aliases, [proposal.words])
        desk.put(replace(kept, aliases=aliases))
        return link_mentions(desk, proposed_mentions(desk, proposal), kept)


def dismiss(desk: Desk, proposal: Proposal) -> None:
    """Remember on the desk that the two are not the same: it isn't proposed again."""
    with desk.change(f"{proposal.words} is not {proposal.entity.name}"):
        name = DISMISSED + proposal.key
        if not desk.find(Setting, name=name):
            desk.put(Setting(name=name))


def proposed_mentions(desk: Desk, proposal: Proposal) -> list[MentionLine]:
    """The mentions that a proposal would move, with their sentences."""
    store = desk._store
    if proposal.other is not None:
        return register_queries.mentions_of(store, proposal.other.id)
    key = name_key(proposal.words)
    found = register_queries.loose_names(store, [proposal.kind])
    words = [one.words for one in found if name_key(one.words) == key]
    return register_queries.loose_mentions(store, words, [proposal.kind]) if words else []
