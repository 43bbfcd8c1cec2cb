"""Mends where the network's names begin and end: lists, acronyms in brackets, firms, parties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from newsdesk.suggest.encoder import Reading
from newsdesk.suggest.lexicon import NATIONALITIES, ORG_LAST

Tagged = tuple[int, int, str, float]
"""Start, end (code points), label and mean probability, as `encoder.spans_of` gives them."""

_FIRM = r"(?:Inc|Ltd|LLC|LLP|L\.L\.C|L\.P|LP|Co|Corp|PLC|plc|S\.A|N\.A|AG|GmbH)\b"
_FIRM_LAST = re.compile(r"\b(?:Inc|Ltd|Co|Corp|Jr|Sr|L\.L\.C|L\.P|S\.A|N\.A)$")
_FIRM_NEXT = re.compile(r", " + _FIRM)
_THE = r"(?:and |or )?(?:the )?"
_BRACKET = r"\)? ?\((?=[^()]*\)?$) ?"  # one that closes at the end of the name, or after it
_BREAKS = {
    "ORG": re.compile(
        rf"(?<=[^\W\d]{{3}})\)? ?/ ?(?=[A-Z][^\W\d]{{2}})|{_BRACKET}|\)?, (?!{_FIRM}){_THE}|\)$"
    ),
    "LOC": re.compile(rf"{_BRACKET}|\)?, (?!D\. ?C\b|DC\b){_THE}|\)$"),
    "PERSON": re.compile(
        rf"(?<=[^\W\d]{{3}}) ?/ ?(?=[A-Z][^\W\d]{{2}})|{_BRACKET}|, (?!(?:Jr|Sr|II|III|IV)\b)|\)$"
    ),
}
_SURNAME_FIRST = re.compile(r"[\w'’-]+, [\w.]+(?: [A-Z]\.?)?$")
_AND = re.compile(r"\)? and (?:the )?(?=\S+ \S|[A-Z]{2,}\b)")
_PARTISANS = frozenset(
    "Republican Republicans Democrat Democratic Conservative Labour Tory Socialist Communist "
    "Independent Democrats Tories".split()
)
_FORENAMES = frozenset("Christian Roma Dane Finn Scot German Israeli Pole Turk Serb".split())


def mended(text: str, found: Sequence[Tagged]) -> list[Tagged]:
    """Names as the network found them, parted and joined where their form leaves no doubt."""
    parts = [part for name in _joined(text, found) for part in _parted(text, name)]
    bare = [_without_role(text, _without_party(text, _from_capital(text, part))) for part in parts]
    return _listed(text, [_completed(text, part) for part in bare])


def _joined(text: str, found: Sequence[Tagged]) -> Iterator[Tagged]:
    """ "Alliance of Ports" and "Europe Party" with "for" between are one body."""
    held: Tagged | None = None
    for name in sorted(found):
        if held is not None:
            gap = text[held[1] : name[0]]
            left, right = text[held[0] : held[1]], text[name[0] : name[1]]
            body = name[2] == "ORG" or right.rsplit(" ", 1)[-1] in ORG_LAST
            place = held[2] == name[2] == "LOC" and left.rsplit(" ", 1)[-1] in _LANDS
            if (held[2] == "ORG" and body and gap == " for " and _of_many(left)) or (
                place and gap == " of "
            ):
                held = (held[0], name[1], held[2], min(held[3], name[3]))
                continue
            yield held
        held = name
    if held is not None:
        yield held


def _of_many(words: str) -> bool:
    """Whether a body's name may go on with what it is for."""
    return " of " in words or words.rsplit(" ", 1)[-1] in ORG_LAST | _GATHERED


_GATHERED = frozenset("Alliance Front Center Centre Movement Campaign Coalition Network".split())
_LANDS = frozenset(
    "Colony Province Republic Kingdom County State Isle Gulf Bay Strait Duchy Emirate Territory "
    "Cape Commonwealth Principality Sea Valley Bishopric".split()
)


def _parted(text: str, name: Tagged) -> list[Tagged]:
    """The names in what was read as one: "Workers' Party (WP)", "Leeds, Yorkshire"."""
    start, end, label, chance = name
    words = text[start:end]
    turned = label == "PERSON" and _SURNAME_FIRST.match(words)
    if label not in _BREAKS or turned or (label == "ORG" and _one_body(words)):
        return [name]
    cuts = [match.span() for match in _BREAKS[label].finditer(words)]
    if label == "ORG":
        cuts += [match.span() for match in _AND.finditer(words) if _two_bodies(words, match)]
    pieces, at = [], 0
    for first, stop in sorted([*cuts, (len(words), len(words))]):
        piece = words[at:first]
        if any(char.isupper() or char.isdigit() for char in piece):
            pieces.append((start + at, start + first, label, chance))
        at = max(at, stop)
        if label == "PERSON" and words[first : first + 1] == ",":
            break
    return pieces or [name]


def _one_body(words: str) -> bool:
    """ "Department of Health, Education and Welfare", "University of California, Davis"."""
    head, comma, rest = words.partition(", ")
    if not comma or "(" in words or head.split()[-1] in ORG_LAST - _SCHOOLS:
        return False
    if not _SCHOOLS.isdisjoint(head.split()) and len(rest.split()) < 3:
        return rest.split()[-1] not in ORG_LAST
    return re.search(r"(?:^| )[\w']+(?:, [\w']+)*,? (?:and|&) \w+$", words) is not None


_SCHOOLS = frozenset(("University", "College"))


def _two_bodies(words: str, match: re.Match[str]) -> bool:
    """Whether an "and" joins two bodies: the first ends as one, or "the" begins the second."""
    left, right = words[: match.start()].split(), words[match.end() :].split()
    if left[-1] in ORG_LAST or (len(left) > 1 and left[-1] in ("States", "Nations")):
        return True
    return match.group().endswith("the ") and right[-1] in ORG_LAST


def _completed(text: str, name: Tagged) -> Tagged:
    """With the ", Inc." and the last stop of a firm."""
    start, end, label, chance = name
    if label == "ORG" and (match := _FIRM_NEXT.match(text, end)):
        end = match.end()
    if label in ("ORG", "PERSON") and text[end : end + 1] == ".":
        end += bool(_FIRM_LAST.search(text[start:end]))
    return start, end, label, chance


def _from_capital(text: str, name: Tagged) -> Tagged:
    """ "conservative People's Party" without what describes it."""
    start, end, label, chance = name
    words = text[start:end].split(" ")
    while (
        len(words) > 1
        and words[0].isalpha()
        and words[0].islower()
        and words[0] not in _PARTICLES
        and words[1] != "of"
        and any(word[:1].isupper() for word in words[1:])
    ):
        start += len(words.pop(0)) + 1
    return start, end, label, chance


_PARTICLES = frozenset(
    "the de da di du del della van von der den bin ibn al el la le abu ter d new old "
    "north south east west northern southern eastern western central northeast northwest "
    "southeast southwest greater upper lower inner outer mid county".split()
)
_ROLES = frozenset(
    "MP MPs MPP MEP MEPs MLA MSP TD TDs Professor Comptroller Commissioner Chairman Chairwoman "
    "Spokesman Spokeswoman Spokesperson Director Manager Mayor Senator Congressman Congresswoman "
    "Governor Ambassador CEO".split()
)


def _without_role(text: str, name: Tagged) -> Tagged:
    """ "Liberal Party MPP" without the office."""
    start, end, label, chance = name
    words = text[start:end].split(" ")
    if label in ("ORG", "PERSON") and len(words) > 2 and words[-1] in _ROLES and words[-2] != "the":
        end -= len(words[-1]) + 1
    return start, end, label, chance


def _listed(text: str, found: list[Tagged]) -> list[Tagged]:
    """With the people that the network passed over between others in a list."""
    people = sorted(name for name in found if name[2] == "PERSON")
    added = []
    for one, after in pairwise(people):
        gap = text[one[1] : after[0]]
        if _LISTED.fullmatch(gap):
            for match in _FULL_NAME.finditer(gap):
                start, end = one[1] + match.start(1), one[1] + match.end(1)
                if all(end <= a or b <= start for a, b, _, _ in found):
                    added.append((start, end, "PERSON", min(one[3], after[3]) * 0.9))
    return sorted([*found, *added])


_FULL_NAME = re.compile(r", ([^\W\d_a-z][\w'’-]+(?: [A-Z]\.)? [^\W\d_a-z][\w'’-]+)(?=,| and )")
_LISTED = re.compile(
    r"(?:, [^\W\d_a-z][\w'’-]+(?: [A-Z]\.)? [^\W\d_a-z][\w'’-]+)+(?:,|,? and)(?: \w+\.?)? "
)


def _without_party(text: str, name: Tagged) -> Tagged:
    """ "Republican Dwight D. Eisenhower" without his party, "Italian Sergio Conti" without his
    country."""
    start, end, label, chance = name
    words = text[start:end].split(" ")
    if label != "PERSON" or len(words) < 2 or not words[1][:1].isupper():
        return name
    nation = words[0] in NATIONALITIES and words[0] not in _FORENAMES and len(words) > 2
    if words[0] in _PARTISANS or nation:
        return start + len(words[0]) + 1, end, label, chance
    return name


def without_stray_groups(text: str, reading: Reading, tags: Sequence[str]) -> Any:
    """A reading's name rows in which only words that look like one may be a nationality or group.

    Few corpora label these, so the network gives them too much where it is unsure; their forms
    are known, and the other labels share what they lose.
    """
    import numpy as np

    rows = reading.names
    columns = [place for place, tag in enumerate(tags) if tag.endswith("-NORP")]
    if not len(rows) or not columns:
        return rows
    stray = [
        place
        for place in np.flatnonzero(rows[:, columns].max(axis=1) > _NOTICED)
        if not _group(text[slice(*reading.words[place])])
    ]
    if not stray:
        return rows
    rows = rows.copy()
    rows[np.array(stray)[:, None], columns] = -30.0
    rows[stray] -= np.log(np.exp(rows[stray]).sum(axis=1, keepdims=True))
    return rows


_NOTICED = -4.0  # log probability below which a label changes nothing


def _group(word: str) -> bool:
    return word.title() in NATIONALITIES | _PEOPLES or bool(_GROUP_FORM.search(word))


_GROUP_FORM = re.compile(
    r"(?:[a-z]{2}(?:ans?|ish|ese|ists?|ites?|crats?|ims|ics|eans?|ards?)|-)$", re.IGNORECASE
)
_PEOPLES = frozenset(
    "Yazidi Yazidis Tutsi Tutsis Hutu Hutus Maori Rohingya Uighur Uighurs Uyghur Uyghurs Tamil "
    "Tamils Zulu Xhosa Hausa Yoruba Igbo Druze Copt Copts Coptic Sami Inuit Navajo Cherokee Cree "
    "Emirati Emiratis Omani Bahraini Bengali Punjabi Kashmiri Azeri Azeris Hispanic Latino Latinos "
    "Gypsy Gypsies Republican Labour Liberal Liberals Green Greens Quaker Quakers Mormon Mormons "
    "Orthodox Gaelic Celtic Nordic Slavic Slav Slavs Bosniak Bosniaks Uzbeks Tajik Tajiks Turkmen "
    "Kazakhs Afro Bolshevik Bolsheviks Islam Whig Whigs Czechoslovak Yugoslav Moorish Basotho "
    "Swahili Bedouin Khmer Lao Filipino Filipinos Pinoy Manx".split()
)
