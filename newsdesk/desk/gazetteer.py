"""Names that the desk knows, for suggestions: its register's, and those of imported lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdesk.desk.desk import Desk
from newsdesk.desk.knowledge import bases, entries_named, kind_of
from newsdesk.model import Entity, Layer
from newsdesk.model.naming import name_key
from newsdesk.suggest.gazetteer import KnownName

_PIECE = 20_000  # code points
_MOST_WORDS = 7  # of a name
_POSSESSIVE = re.compile(r"['’]s\b")
_WORD = re.compile(r"[\w'’.&-]*\w")
_SHORTEST = 3  # letters of a name from a list: shorter ones are abbreviations of anything


class Gazetteer:
    """The register as it stands at birth; ask a new one after it changed.

    A name that two entities share is left to the network, and so is one whose kind is no label.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._labels = {one.name for one in desk.codebook() if one.layer is Layer.ENTITY}
        self._lists = {one.id: one.name for one in bases(desk)}
        holders: dict[str, dict[str, KnownName]] = {}
        for entity in desk.each(Entity):
            if entity.merged_into is None and entity.kind in self._labels:
                for name in (entity.name, *entity.aliases):
                    known = KnownName(name, entity.kind)
                    holders.setdefault(name_key(name), {}).setdefault(entity.id, known)
        holders.pop("", None)
        self._names = {
            key: next(iter(each.values())) for key, each in holders.items() if len(each) == 1
        }
        self._shared = holders.keys() - self._names.keys()

    def occurring(self, text: str) -> tuple[KnownName, ...]:
        """The known names that occur in a text."""
        found: dict[str, KnownName] = {}
        for piece in _pieces(text) if self._names else ():
            found |= {key: self._names[key] for key in _keys(piece) if key in self._names}
        if self._lists:
            found |= {
                key: one
                for key, one in self._listed(text).items()
                if key not in found and key not in self._shared
            }
        return tuple(found.values())

    def _listed(self, text: str) -> dict[str, KnownName]:
        """Names of imported lists: those of one kind only, written as the list has them."""
        written = {key: name for piece in _pieces(text) for key, name in _capitalised(piece)}
        kinds: dict[str, set[str]] = {}
        found: dict[str, KnownName] = {}
        for key, entry in entries_named(self._desk, written):
            kind = kind_of(entry)
            kinds.setdefault(key, set()).add(kind)
            name = next(
                (each for each in (entry.label, *entry.aliases) if name_key(each) == key), ""
            )
            found.setdefault(key, KnownName(name, kind, self._lists.get(entry.base, "")))
        return {
            key: one
            for key, one in found.items()
            if len(kinds[key]) == 1 and one.label in self._labels and len(key) >= _SHORTEST
        }


def known_names(desk: Desk, text: str) -> tuple[KnownName, ...]:
    """The names of the register and of imported lists that occur in one text."""
    return Gazetteer(desk).occurring(text)


def _pieces(text: str) -> Iterator[str]:
    """A text by whole lines: to search a million letters at once would hold all threads up."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield text[start:end]
        start = end


def _keys(text: str) -> Iterator[str]:
    """Every run of words of a text that may be a name, as a name is compared."""
    words = name_key(_POSSESSIVE.sub("", text)).split()
    for at in range(len(words)):
        for end in range(at + 1, min(at + _MOST_WORDS, len(words)) + 1):
            yield " ".join(words[at:end])


def _capitalised(text: str) -> Iterator[tuple[str, str]]:
    """The runs that begin with a capital or a digit, with their keys: what a list is asked for."""
    words = [match.group() for match in _WORD.finditer(_POSSESSIVE.sub("", text))]
    for at, word in enumerate(words):
        if word[0].islower():
            continue
        for end in range(at + 1, min(at + _MOST_WORDS, len(words)) + 1):
            name = " ".join(words[at:end])
            key = name_key(name)
            if key:
                yield key, name
