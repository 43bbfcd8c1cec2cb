"""Names that the desk knows, found in a text and weighed against what the network read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from newsdesk.suggest.names import Name, begins_sentence

REGISTER = "register"


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of one entity, the label of its kind, and where it is known from: the desk's register,
    or the name of an imported list. Plain values: they go to a pipeline's process with the text."""

    name: str
    label: str
    source: str = REGISTER

    @property
    def why(self) -> str:
        """The reason in words for an editor."""
        return "in the register" if self.source == REGISTER else f"in the list “{self.source}”"

    @property
    def registered(self) -> bool:
        """Whether people on this desk keep it, and no imported list only."""
        return self.source == REGISTER


def with_known(text: str, found: Sequence[Name], known: Iterable[KnownName]) -> list[Name]:
    """The names of a text with those that the desk knows: whole words, the longest name wins.

    A longer name that the network read around a known one stays ("Manchester United" around
    "Manchester"); the same range takes the register's label. An imported list, which knows
    nothing of this desk, is believed less: where the network is sure, its label stays.
    """
    names = list(found)
    for start, end, one in _occurrences(text, known):
        over = [name for name in names if name.start < end and start < name.end]
        if not over:
            sure = _alone(text, start, end, one)
            if sure:
                names.append(Name(start, end, one.label, sure, one.why))
            continue
        if any(_outweighs(text, name, start, end) for name in over):
            continue
        same = next((name for name in over if _same(text, name, start, end)), None)
        if same is not None:
            fresh = _agreed(same, one)
        elif one.registered or all(name.confidence < 0.8 for name in over):
            fresh = Name(start, end, one.label, 0.9 if one.registered else 0.8, one.why)
        else:
            continue
        names = [name for name in names if name not in over] + [fresh]
    return sorted(names, key=lambda name: name.start)


def _agreed(read: Name, one: KnownName) -> Name:
    """What the network read and the desk knows, of the same words."""
    if read.label == one.label:
        return replace(read, confidence=max(read.confidence, 0.95), why=one.why)
    if one.registered or read.confidence < 0.8:
        return replace(read, label=one.label, confidence=0.85, why=one.why)
    return read


def _outweighs(text: str, name: Name, start: int, end: int) -> bool:
    """Whether what was read is longer, or a date or a sum by rule."""
    if _same(text, name, start, end):
        return name.why == "rule for measures"
    return name.end - name.start > end - start


def _same(text: str, name: Name, start: int, end: int) -> bool:
    """Whether two ranges hold the same words, a leading article aside."""
    first = name.start + 4 if text[name.start : name.start + 4] in ("The ", "the ") else name.start
    return name.end == end and start in (name.start, first)


def _alone(text: str, start: int, end: int, one: KnownName) -> float:
    """How sure a known name is that nobody read there: one word may be a common one (0: too)."""
    if re.search(r"\s", text[start:end]):
        return 0.88 if one.registered else 0.8
    if not text[start].isupper() and not text[start].isdigit():
        return 0.0
    if begins_sentence(text, start):
        return 0.5 if one.registered else 0.0
    return 0.75 if one.registered else 0.5


def _occurrences(text: str, known: Iterable[KnownName]) -> Iterator[tuple[int, int, KnownName]]:
    by_form: dict[str, KnownName] = {}
    for one in known:
        for form in (one.name, one.name.upper()):
            if len(form) > 2 or form.isupper():
                by_form.setdefault(_form(form), one)
    if not by_form:
        return
    longest_first = sorted(by_form, key=len, reverse=True)
    either = "|".join(
        re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]") for form in longest_first
    )
    for match in re.finditer(rf"(?<![\w@#])(?:{either})(?!\w)", text):
        yield match.start(), match.end(), by_form[_form(match.group())]


def _form(name: str) -> str:
    return " ".join(name.replace("’", "'").split())
