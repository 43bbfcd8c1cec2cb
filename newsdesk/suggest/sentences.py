"""Splits a text into paragraphs and sentences by rule, with offsets in code points."""

from __future__ import annotations

import re

# Words after which a full stop does not end a sentence.
_ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof sr jr st gen lt col sgt capt cmdr adm maj rev hon gov sen rep pres "
    "messrs "
    "vs v no nos vol fig pp p ed eds al etc inc ltd co corp plc dept est approx ca cf viz "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri "
    "ave blvd rd mt ft e.g i.e a.m p.m u.s u.k u.n".split()
)
# These end a sentence only when a new one clearly begins.
_OPENERS = "\"'“‘«‹„([{—–-"
_CLOSERS = "\"'”’»›)]}"
_END = re.compile(r"[.!?…]+[" + re.escape(_CLOSERS) + r"]*(?=\s)")
_WORD_BEFORE = re.compile(r"[\w.&'’-]+$")
_NEVER_LAST = frozenset(
    "mr mrs ms mx dr prof gen lt col sgt capt cmdr adm maj rev hon gov sen rep messrs vs fig "
    "e.g i.e "
    "st mt ft no".split()
)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the spans of the lines of ``text`` that hold more than white space."""
    spans = []
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.end() - (len(line) - len(line.rstrip()))
        if start < end:
            spans.append((start, end))
    return spans


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentence spans of ``text``; no sentence crosses a line break."""
    found: list[tuple[int, int]] = []
    for start, end in paragraphs(text):
        begin = start
        for match in _END.finditer(text, start, end):
            if _ends_here(text, match.start(), match.end(), end):
                found.append((begin, match.end()))
                begin = match.end()
                while begin < end and text[begin].isspace():
                    begin += 1
        if begin < end:
            found.append((begin, end))
    return found


def _ends_here(text: str, stop: int, after: int, limit: int) -> bool:
    """Whether the punctuation at ``stop`` ends a sentence rather than an abbreviation."""
    follow = after
    while follow < limit and text[follow].isspace():
        follow += 1
    if follow >= limit:
        return True
    first = text[follow]
    if first in _OPENERS and follow + 1 < limit:
        first = text[follow + 1]
    if first.islower():
        return False
    if text[stop] != "." or text[stop : stop + 2] == "..":
        return True
    match = _WORD_BEFORE.search(text, max(0, stop - 24), stop)
    word = match.group().lower().lstrip("'’-") if match else ""
    if word in _NEVER_LAST or (len(word) == 1 and word.isalpha() and word != "i"):
        return False
    if word in _ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return (
            first.isupper() and text[follow : follow + 12].split(" ")[0].rstrip(",.") in _STARTERS
        )
    return True


_STARTERS = frozenset(
    "The A An He She It They We I You This That These Those But And In On At As If When While "
    "After "
    "Before However Mr Mrs Ms Dr There His Her Its Their Our My Some Many Most No Not For "
    "With".split()
)
