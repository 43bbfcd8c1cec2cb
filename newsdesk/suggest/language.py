"""Tells whether a text is English enough for the pipeline, by its commonest words."""

from __future__ import annotations

import re

# Only words that mean nothing in the languages nearby ("on", "he" and "is" would).
_COMMON = frozenset(
    "the of and to that it for with are this from have not but they said which you were has been "
    "their would her his there about when who will after what than can more other its".split()
)
_WORD = re.compile(r"[^\W\d_]+")
NOTICE = (
    "This text doesn't look like English, which the suggestions are made for. Only what stands in "
    "quotation marks, dates and figures are proposed."
)


def is_english(text: str, sample: int = 20_000) -> bool:
    """Whether the first ``sample`` code points hold enough of English's commonest words.

    A text of fewer than 12 words gets the benefit of the doubt unless it is not in Latin letters;
    for one of fewer than 25, one of these words is enough.
    """
    found = _WORD.findall(text[:sample])
    if not found:
        return True
    latin = sum(1 for word in found if word[0] < "\u0250")
    if latin < 0.6 * len(found):
        return False
    if len(found) < 12:
        return True
    common = sum(1 for word in found if word.lower() in _COMMON)
    return common / len(found) >= 0.05 if len(found) >= 25 else common > 0
