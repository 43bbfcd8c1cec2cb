"""Figures and dates that stand in a statement: money, shares, counts, and the day they hold for."""

import re
from datetime import date

import msgspec

from newsdesk.provenance.wording import stem, words

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(
    rf"\b(?:(\d{{1,2}})\s?[–-]\s?)?(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})(?:\s+(\d{{4}}))?\b",
    re.IGNORECASE,
)
_OTHER_TIMES = re.compile(
    rf"\b(?:(?:{_MONTH})\s+\d{{4}}|(?:in|of|since|until|from|by|before|after|during)\s+"
    r"(?:1[89]|20)\d\d|\d{1,2}(?:[.:]\d\d)?\s?[ap]m)\b",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\b(?:by|on|at|as of|as at|until)\s+(?:the\s+)?$", re.IGNORECASE)
_SCALE = {
    "bn": 1e9, "billion": 1e9, "m": 1e6, "million": 1e6, "mn": 1e6, "k": 1e3, "thousand": 1e3,
    "tn": 1e12, "trillion": 1e12, "hundred": 1e2, "dozen": 12.0,
}  # fmt: skip
ONES = dict(
    zip(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen "
            "fourteen fifteen sixteen seventeen eighteen nineteen"
        ).split(),
        range(20),
        strict=True,
    )
)
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_WORDED = "|".join((*TENS, *ONES))
_FIGURE = re.compile(
    r"(?P<nobody>\bno(?:body| one)\b)"
    r"|(?P<currency>[£$€¥₹])\s?(?P<amount>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<big>bn|billion|mn?|million"
    r"|k|thousand|tn|trillion)\b)?"
    r"|\b(?P<share>\d[\d,]*(?:\.\d+)?)\s?(?:%|per ?cent\b)"
    r"|(?<![\w.])(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?:[ -]?(?P<scale>million|billion|thousand|dozen)\b)?"
    rf"|\b(?P<word>(?:{_WORDED})(?:[ -](?:{_WORDED}))?)(?:[ -](?P<times>hundred|thousand|million"
    r"|billion|dozen)\b)?\b",
    re.IGNORECASE,
)
_LINKS = frozenset("of a an per each every".split())
_STOPS = frozenset(
    (
        "was were is are be been had has have in on at for to from by with and or than that who "
        "which more less after before between years-old about over under into out up down will "
        "would could may might not the as until since during when while went left"
    ).split()
)


class Figure(msgspec.Struct, frozen=True, gc=False):
    """A value with its unit: a currency sign, “%”, or stems of the words that are counted."""

    value: float
    unit: tuple[str, ...]
    clause: str = ""


def figures(text: str) -> list[Figure]:
    """The figures of a statement, each with the clause that it stands in.

    Dates, times of day and what stands in brackets are no figures. “Nobody” is no people.
    """
    bare = _without_times(re.sub(r"\([^)]*\)", " ", text))
    found = []
    for clause in re.split(r"[;:]|,(?!\d)| and (?=(?:on|by|lock|the rest)\b)", bare):
        for match in _FIGURE.finditer(clause):
            figure = _read(match, clause)
            if figure is not None:
                found.append(figure)
    return found


def as_of(text: str) -> date | None:
    """The day for which a statement is made: the first full date after “by”, “on” or “as of”."""
    for match in _DAY.finditer(text):
        if match[4] and _AS_OF.search(text[: match.start()]):
            return _date(int(match[4]), match[3], int(match[2]))
    return None


def days(text: str) -> set[date]:
    """Every full date that a statement names; “11–12 November 2025” are two."""
    found = set()
    for match in _DAY.finditer(text):
        for day in filter(None, (match[1], match[2])):
            one = _date(int(match[4]), match[3], int(day)) if match[4] else None
            if one is not None:
                found.add(one)
    return found


def _date(year: int, month: str, day: int) -> date | None:
    try:
        return date(year, _MONTHS.index(month.lower()) + 1, day)
    except ValueError:
        return None  # a 31st of June is a slip of the writer's, not a day


def _without_times(text: str) -> str:
    return _OTHER_TIMES.sub(" ", _DAY.sub(" ", text))


def _read(match: re.Match[str], clause: str) -> Figure | None:
    if match["nobody"]:
        return Figure(0.0, ("people",), clause)
    if match["currency"]:
        scale = _SCALE.get((match["big"] or "").lower(), 1.0)
        return Figure(round(_number(match["amount"]) * scale, 6), (match["currency"],), clause)
    if match["share"]:
        return Figure(_number(match["share"]), ("%",), clause)
    after = clause[match.end() :]
    if match["word"]:
        parts = re.split(r"[ -]", match["word"].lower())
        value = float(sum(TENS.get(one, ONES.get(one, 0)) for one in parts))
        scale = _SCALE.get((match["times"] or "").lower(), 1.0)
    else:
        value, scale = _number(match["number"]), _SCALE.get((match["scale"] or "").lower(), 1.0)
        if (
            not match["scale"]
            and match["number"].isdigit()
            and re.match(r"(?:st|nd|rd|th)\b", after)
        ):
            return None  # a rank
    unit = _unit(after)
    return Figure(round(value * scale, 6), unit, clause) if unit else None


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _unit(after: str) -> tuple[str, ...]:
    """What is counted: “tonnes of carbon a hectare each year”, “people”."""
    unit: list[str] = []
    linked = True
    for word in words(after.lstrip("-‑ ")):
        if word in _LINKS:
            linked = True
        elif not linked or word in _STOPS or word[0].isdigit():
            break
        else:
            unit.append("people" if word in ("person", "persons") else _plain(word))
            linked = False
    return tuple(unit)


def _plain(word: str) -> str:
    return word if word == "people" else stem(word)
