"""What the first lines of a text tell of it: who wrote it, and when it was published."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from newsdesk.formats.dates import read_date

_LINES = 8
_LONGEST = 90
_NAME = r"[^\W\d_][\w’'.\-]*"
_BYLINE = re.compile(
    rf"(?:by|von|par|por|door)[ :]\s*((?:{_NAME})(?:[ ,&]+(?:{_NAME})){{0,8}})\.?", re.I
)
_DATE = re.compile(
    r"(?:(?:published|updated|posted|date|stand|publié|veröffentlicht)(?: on| am| le)?:?\s*)?"
    r"(.*\d{1,4}.*)",
    re.I,
)
_ONLY_DATE = re.compile(r"[\w., /:+\-]*\b(?:1[89]|20)\d\d\b[\w., /:+\-]*")


class Opening(NamedTuple):
    """The byline and the date that the first lines give; "" where they give none."""

    byline: str
    published: str


def opening_of(text: str, language: str = "") -> Opening:
    """What stands on lines of their own among the first eight of a text: “By …”, and a date."""
    byline = published = ""
    for said in _first(text.split("\n", 40)):
        named = _BYLINE.fullmatch(said)
        if named and not byline and _is_name(named[1]):
            byline = named[1]
        elif not published and len(said) <= 50:
            dated = _DATE.fullmatch(said)
            if dated and _ONLY_DATE.fullmatch(dated[1]):
                found = read_date(dated[1], language=language)
                published = dated[1] if found else ""
    return Opening(byline, published)


def _first(lines: Iterable[str]) -> list[str]:
    short = (said for line in lines if (said := line.strip()))
    return [said for said, _ in zip(short, range(_LINES), strict=False) if len(said) <= _LONGEST]


def _is_name(words: str) -> bool:
    """Whether words are written as names are: “by the sea” is none."""
    first = words.split()[0]
    return first[0].isupper()
