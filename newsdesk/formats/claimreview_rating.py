"""Ratings of fact-checkers and the desk's verdicts: what each is in terms of the other.

On the scale that is written, 1 is false and 5 is true, as schema.org's `Rating` takes it; “not
enough evidence” is no point on it. The words are those that fact-checkers commonly use.
"""

from typing import Any

from newsdesk.model import Verdict

WORST, BEST = 1, 5

VALUES = {Verdict.REFUTED: 1, Verdict.CONFLICTING_EVIDENCE: 3, Verdict.SUPPORTED: 5}
"""The number of each verdict that has one."""

_WORDS = {
    Verdict.SUPPORTED: "true|mostly true|correct|accurate|mostly accurate|supported|verified",
    Verdict.REFUTED: (
        "false|mostly false|incorrect|inaccurate|wrong|fake|hoax|fabricated|pants on fire|refuted"
        "|no|not true|untrue|debunked|altered|four pinocchios"
    ),
    Verdict.CONFLICTING_EVIDENCE: (
        "half true|half-true|mixture|mixed|partly true|partly false|partially true"
        "|partially false|misleading|conflicting evidence|cherry-picked|missing context"
    ),
    Verdict.NOT_ENOUGH_EVIDENCE: (
        "unproven|unverified|unsupported|unknown|no evidence|not enough evidence|unverifiable"
        "|lacks evidence|insufficient evidence|research in progress"
    ),
}
_BY_WORDS = {words: verdict for verdict, row in _WORDS.items() for words in row.split("|")}


def rating_of(verdict: Verdict, house: str) -> dict[str, Any]:
    """A `Rating`; its words are the house's own where it has some."""
    words = house or verdict.value.capitalize()
    if verdict not in VALUES:
        return {"@type": "Rating", "alternateName": words}
    scale = {"ratingValue": VALUES[verdict], "bestRating": BEST, "worstRating": WORST}
    return {"@type": "Rating", **scale, "alternateName": words}


def verdict_of(rating: Any) -> Verdict | None:
    """What a `Rating` says, by its words and its number; None where they say nothing known, or
    contradict each other."""
    if not isinstance(rating, dict):
        return None
    words = rating.get("alternateName")
    plain = words.lower().strip(" .!") if isinstance(words, str) else ""
    said = _BY_WORDS.get(" ".join(plain.split()))
    counted = _counted(rating)
    if said is None or counted is None:
        return said or counted
    if said is Verdict.NOT_ENOUGH_EVIDENCE:
        return said  # some houses put it in the middle of their scale
    opposite = {said, counted} == {Verdict.SUPPORTED, Verdict.REFUTED}
    return None if opposite else said


def _counted(rating: dict[str, Any]) -> Verdict | None:
    try:
        value, best, worst = (
            float(rating.get(key, default))
            for key, default in (("ratingValue", "nan"), ("bestRating", BEST), ("worstRating", 1))
        )
    except (TypeError, ValueError):
        return None
    if not worst < best or not worst <= value <= best:
        return None
    share = (value - worst) / (best - worst)
    if share <= 0.25:
        return Verdict.REFUTED
    return Verdict.SUPPORTED if share >= 0.75 else Verdict.CONFLICTING_EVIDENCE
