"""Turns the network's tags into entities of the codebook, and mends them by rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from newsdesk.suggest.bounds import mended, without_stray_groups
from newsdesk.suggest.encoder import Reading, calibrated, odds, spans_of
from newsdesk.suggest.lexicon import (
    COUNTRIES,
    FACILITY_WORDS,
    HONORIFICS,
    NATIONALITIES,
    NATURE_WORDS,
    ORG_LAST,
    OUTLET_LAST,
    OUTLETS,
    REGIONS,
    STATES,
)
from newsdesk.suggest.measures import measures

_LEAST = 0.5  # a name that is likelier none is not proposed
_PRONE = frozenset("MISC".split())
_HONORIFIC = re.compile(
    r"^(?:(?:" + "|".join(sorted(map(re.escape, HONORIFICS), key=len, reverse=True)) + r")\.?\s+)+"
)
_REPORTED_BY = re.compile(
    r"\b(?:reported by|according to|told|in|by|via|from|with|the)\s+(?=(The |the )?([A-ZÉ][\w'’.]*"
    r"(?: (?:of |on |and |della |dello |de )?[A-ZÉ][\w'’.]*)*))"
)


@dataclass(frozen=True, slots=True)
class Name:
    """An entity as proposed: range in code points, label, chance, and why."""

    start: int
    end: int
    label: str
    confidence: float
    why: str
    value: Mapping[str, Any] = field(default_factory=dict)


def names(
    text: str,
    readings: Sequence[Reading],
    tags: Sequence[str],
    calibration: Mapping[str, Sequence[float]],
) -> list[Name]:
    """Propose the entities of ``text``: what the network read, typed and made consistent."""
    found: list[Name] = []
    for reading in readings:
        read = spans_of(without_stray_groups(text, reading, tags), reading.words, tags)
        likely = [name for name in read if name[3] >= _LEAST]
        for start, end, label, chance in mended(text, likely):
            curve = calibration.get(label) or calibration.get("names") or (1.0, 0.0)
            confidence = calibrated(odds(chance), curve)
            name = _trimmed(text, Name(start, end, label, confidence, "read from the sentence"))
            if name is not None and not _common(text, name, reading):
                found.append(name)
    found = [typed for name in found if (typed := _typed(text, name)) is not None]
    found = [part for name in found for part in _city_and_state(text, name)]
    found += _nationalities(text) + _outlets(text) + _dateline(text) + _bodies(text)
    found = _without_overlaps(found)
    found = _consistent(text, found)
    measured = [
        Name(m.start, m.end, m.label, _MEASURE_CONFIDENCE[m.label], "rule for measures", m.value)
        for m in measures(text)
    ]
    return _without_overlaps(found + measured)


def _without_marks(text: str, start: int, end: int) -> int:
    """The end of a name with marks and white space behind it cut off."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in ',;:!?"“”‘([{'):
        end -= 1
    return end


_JOINED = frozenset("based born backed led owned style wide trained funded bound area".split())
_NAME_WORDS = frozenset("al ud din i ii".split())


def _common(text: str, name: Name, reading: Reading) -> bool:
    """Whether words without a capital were taken for a name in a sentence that has capitals."""
    words = text[name.start : name.end]
    return words.islower() and name.confidence < 0.9 and text[reading.start].isupper()


_MEASURE_CONFIDENCE = {"DATE": 0.93, "TIME": 0.93, "MONEY": 0.97, "PERCENT": 0.98, "QUANTITY": 0.9}


def rule_names(text: str) -> list[Name]:
    """What can be proposed without a network: measures, nationalities and known outlets."""
    measured = [
        Name(m.start, m.end, m.label, _MEASURE_CONFIDENCE[m.label], "rule for measures", m.value)
        for m in measures(text)
    ]
    return _without_overlaps(_nationalities(text) + _outlets(text) + measured)


def _trimmed(text: str, name: Name) -> Name | None:
    """Cut titles, a leading article, possessives and marks off a name; None if nothing is left."""
    start, end = name.start, name.end
    words = text[start:end]
    if name.label == "PERSON":
        match = _HONORIFIC.match(words)
        if match and match.end() < len(words):
            start += match.end()
    end = _without_marks(text, start, end)
    if text[end - 2 : end] in ("'s", "’s") or text[end - 1 : end] in ("'", "’"):
        end = _without_marks(text, start, end - (2 if text[end - 1] == "s" else 1))
    while start < end and (text[start].isspace() or text[start] in ",;:.!?\"“”‘’'([{-"):
        start += 1
    end = _without_common_tail(text, start, end)
    if start >= end or not any(char.isalnum() for char in text[start:end]):
        return None
    return replace(name, start=start, end=end)


def _without_common_tail(text: str, start: int, end: int) -> int:
    """Cut words without a capital off the end of a name that begins with one."""
    words = text[start:end]
    if not words[:1].isupper() or words.isupper():
        return end
    while True:
        match = re.search(r"([\s-]+)([^\W\d_][\w'’]*)$", text[start:end])
        if match is None or not match.group(2).islower() or match.group(2) in _NAME_WORDS:
            return end
        if match.group(1) == "-" and match.group(2) not in _JOINED:
            return end
        end = start + match.start()


def _bare(words: str) -> str:
    return re.sub(r"^[Tt]he ", "", words)


def _typed(text: str, name: Name) -> Name | None:
    """Give the network's broad label the codebook's fine one; drop what fits none."""
    words = text[name.start : name.end]
    bare = _bare(words)
    if bare in NATIONALITIES and (name.label != "PERSON" or bare.endswith("man")):
        return replace(name, label="NORP")
    last = bare.rsplit(" ", 1)[-1]
    if name.label in ("EVENT", "PRODUCT") and last != bare and last in FACILITY_WORDS:
        return replace(name, label="FAC", why="ends as buildings and streets do")
    if name.label in _SHAKY and last != bare and last in ORG_LAST:
        name = replace(name, label="ORG", why="ends as organisations do")
    if name.label in ("ORG", "WORK", "MISC") and _is_outlet(bare):
        start = name.start
        if text[max(0, start - 4) : start] == "The ":
            start -= 4
        return replace(name, start=start, label="OUTLET", why="known as a news outlet")
    if name.label == "LOC":
        return replace(name, label=_place(bare))
    return None if name.label in _PRONE else name


def _is_outlet(bare: str) -> bool:
    last = bare.rsplit(" ", 1)[-1]
    return (
        bare in OUTLETS
        or bare in _PAPERS
        or (" " in bare and (last in OUTLET_LAST or bare.split()[0] in _OUTLET_FIRST))
    )


_SHAKY = frozenset("PERSON LOC MISC PRODUCT".split())
_PAPERS = frozenset(
    "Courier Argus Tribune Gazette Chronicle Herald Echo Mercury Telegraph Lantern".split()
)
_OUTLET_FIRST = frozenset("Radio Annals Journal Proceedings Channel".split())


def begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence, a line or a quotation begins at a place."""
    before = text[:at].rstrip(" ")
    return not before or before[-1] in '.!?\n“"‘:'


def _place(bare: str) -> str:
    """GPE for what is governed, FAC for what is built, LOC for the rest of the earth."""
    if bare in COUNTRIES:
        return "GPE"
    if bare in REGIONS:
        return "LOC"
    parts = bare.split()
    if len(parts) > 1:
        if parts[-1] in FACILITY_WORDS:
            return "FAC"
        if parts[-1] in NATURE_WORDS or parts[0] in NATURE_WORDS - {"Cape"}:
            return "LOC"
    return "GPE"


def _city_and_state(text: str, name: Name) -> list[Name]:
    """ "Miramar California" is two places; "South Korea" and "New Mexico" are one."""
    words = text[name.start : name.end]
    head, _, tail = words.rpartition(" ")
    if name.label not in ("GPE", "LOC") or not head or tail.title() not in COUNTRIES | STATES:
        return [name]
    if head.split()[-1].lower() in _DIRECTIONS or head[-1] in ",&-":
        return [name]
    middle = name.start + len(head)
    return [replace(name, end=middle, label="GPE"), replace(name, start=middle + 1, label="GPE")]


_DIRECTIONS = frozenset(
    "new north south east west northern southern eastern western central upper lower of the great "
    "greater inner outer former peninsular mainland metropolitan saudi sri papua equatorial and in "
    "democratic republic baja british "
    "french dutch".split()
)
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Z' .-]{2,40}?)(?:, [A-Z][^\n()]{0,40}?)? "
    r"\((?P<wire>[A-Z][^\n()]{1,40})\) ?[–—-]",
    re.MULTILINE,
)


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the words begin after a wire's dateline ("LEEDS, May 3 (Reuters) – …")."""
    match = _DATELINE.match(text, start, end)
    return match.end() if match else start


def _dateline(text: str) -> list[Name]:
    """Place and wire of datelines."""
    found = []
    for match in _DATELINE.finditer(text):
        why = "stands in the dateline"
        found.append(Name(match.start("place"), match.end("place"), "GPE", 0.9, why))
        found.append(Name(match.start("wire"), match.end("wire"), "OUTLET", 0.92, why))
    return found


_BODY = re.compile(
    r"\b(?:Department|Ministry) (?:for|of) (?:the )?[A-Z][\w’'-]+(?: (?:and )?[A-Z][\w’'-]+){0,3}"
    r"|\bHouse of (?:Commons|Lords|Representatives)\b"
)
_LEAGUE = re.compile(
    r"\b(?:[A-Z]\w+ )?(?:Premier|First|Second|Third|Super|National) (?:League|Division)\b"
)


_ELECTION = re.compile(
    r"\b(?:1[89]|20)\d\d (?:[A-Z][\w.'’-]* ){1,6}(?:(?:general|presidential|parliamentary|federal|"
    r"special|state|local|gubernatorial|mayoral|legislative|provincial|municipal|primary|snap) )*"
    r"(?:elections?|primar(?:y|ies)|referendum)\b(?: in [A-Z]\w+(?: [A-Z]\w+)*)?"
)


def _bodies(text: str) -> list[Name]:
    """Bodies by their form: "Department for Ports and Coasts", "Premier League"."""
    why = "has the form of a body's name"
    found = [Name(m.start(), m.end(), "ORG", 0.85, why) for m in _BODY.finditer(text)]
    found += [Name(m.start(), m.end(), "ORG", 0.85, why) for m in _LEAGUE.finditer(text)]
    why = "has the form of an election's name"
    return found + [Name(m.start(), m.end(), "EVENT", 0.9, why) for m in _ELECTION.finditer(text)]


def _nationalities(text: str) -> list[Name]:
    return [
        Name(match.start(), match.end(), "NORP", 0.9, "known as a nationality or group")
        for match in re.finditer(r"\b[A-Z][a-z]+\b", text)
        if match.group() in NATIONALITIES and match.group() not in _TWO_FACED
    ]


_TWO_FACED = frozenset(
    "Roma Pole Poles Thai Hindu Finn Dane Scot English French Turk Polish".split()
)


def _outlets(text: str) -> list[Name]:
    """Known outlets after the words that lead to one, as "reported by The Guardian"."""
    found = []
    for match in _REPORTED_BY.finditer(text):
        words = match.group(2)
        while words and words not in OUTLETS:
            words = words.rpartition(" ")[0]
        if not words or (len(words) < 4 and not words.isupper()) or words in _AMBIGUOUS:
            continue
        start = match.start(2)
        if match.group(1) == "The ":
            start -= 4
        end = match.start(2) + len(words)
        found.append(Name(start, end, "OUTLET", 0.85, "known as a news outlet"))
    return found


_AMBIGUOUS = frozenset(
    "Sun Time Times Sky Metro Herald Dawn Hindu Mirror Star Atlantic AS Independent Observer "
    "Vox PA".split()
)


def _without_overlaps(found: Sequence[Name]) -> list[Name]:
    """Keep what the network and the rules agree on: the longer first, then the surer."""
    kept: list[Name] = []
    taken: set[int] = set()
    for name in sorted(found, key=lambda n: (n.start - n.end, -n.confidence)):
        places = range(name.start, name.end)
        if not taken.intersection(places):
            kept.append(name)
            taken.update(places)
    return sorted(kept, key=lambda n: n.start)


def _consistent(text: str, found: list[Name]) -> list[Name]:
    """Let a name keep one label over the text, and find it again where it was missed."""
    votes: dict[str, dict[str, float]] = defaultdict(dict)
    for name in found:
        tally = votes[text[name.start : name.end]]
        tally[name.label] = tally.get(name.label, 0.0) + name.confidence
    people = {words for words, tally in votes.items() if _winner(tally)[0] == "PERSON"}
    surnames = {words.rsplit(" ", 1)[-1] for words in people if " " in words}
    people_words = {part for words in people if " " in words for part in words.split()}
    heads = {
        words.split()[0]: _winner(tally)[0]
        for words, tally in votes.items()
        if " " in words and _winner(tally)[0] in ("ORG", "OUTLET")
    }
    settled = []
    for name in found:
        words = text[name.start : name.end]
        label, weight = _winner(votes[words])
        if words in surnames and name.confidence < 0.75 and name.label != "PERSON":
            name = replace(name, label="PERSON", why="surname of someone named in full")
        elif name.label == "PERSON" and words in heads and words not in people_words:
            name = replace(name, label=heads[words], why="short for a name elsewhere in the text")
        elif label != name.label and name.confidence < 0.8 and weight > name.confidence + 0.5:
            name = replace(name, label=label, why="the same name elsewhere in the text")
        settled.append(name)
    return _without_overlaps(settled + _found_again(text, settled, votes, surnames))


def _winner(tally: Mapping[str, float]) -> tuple[str, float]:
    """The label with the most confidence behind it."""
    return max(tally.items(), key=lambda item: item[1])


def _found_again(
    text: str, found: Sequence[Name], votes: Mapping[str, Mapping[str, float]], surnames: set[str]
) -> list[Name]:
    """Occurrences that the network passed over of names that it is sure of elsewhere."""
    wanted: dict[str, tuple[str, float, str]] = {}
    for words, tally in votes.items():
        label, weight = _winner(tally)
        if weight >= 0.8 and len(words) > 3 and words[0].isupper() and label not in _LOOSE:
            wanted[words] = (label, min(0.8, weight * 0.8), "the same name elsewhere in the text")
    for words in surnames:
        if len(words) > 3 and words[0].isupper() and words not in wanted:
            wanted[words] = ("PERSON", 0.7, "surname of someone named in full")
    if not wanted:
        return []
    pattern = re.compile(
        r"(?<![\w@#-])(?:"
        + "|".join(sorted(map(re.escape, wanted), key=len, reverse=True))
        + r")(?![\w-])"
    )
    taken = {place for name in found for place in range(name.start, name.end)}
    again = []
    for match in pattern.finditer(text):
        if taken.isdisjoint(range(match.start(), match.end())):
            label, confidence, why = wanted[match.group()]
            if (
                " " not in match.group()
                and begins_sentence(text, match.start())
                and label != "PERSON"
            ):
                continue
            again.append(Name(match.start(), match.end(), label, confidence, why))
    return again


_LOOSE = frozenset("WORK EVENT PRODUCT".split())
