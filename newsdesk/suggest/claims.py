"""Proposes the sentences and clauses that are worth a check, says why, and marks the hedges."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from newsdesk.suggest.clauses import clauses
from newsdesk.suggest.direct import Reported
from newsdesk.suggest.encoder import Reading, calibrated
from newsdesk.suggest.frames import Range
from newsdesk.suggest.lexicon import HEDGE
from newsdesk.suggest.names import Name

LEAST = 0.25
"""Below this confidence a sentence is not proposed as a claim."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A clause worth a check: range in code points, chance, reason, and the report it stands in."""

    start: int
    end: int
    confidence: float
    reason: str
    report: int | None = None


_OPINION = re.compile(
    r"\b(?:I (?:think|believe|feel|hope|guess|want|love|like|wish|would)|we (?:think|believe|"
    r"feel|hope|want)|in my (?:view|opinion)|"
    r"(?:should|ought to|must|let us|let['’]s)|hopefully|unfortunately|remains to be seen|"
    r"a very strong argument|it is time|it['’]s time|good luck|thank you|welcome)\b",
    re.IGNORECASE,
)
_TASTE = re.compile(
    r"\b(?:beautiful|wonderful|terrible|disgrace|disgraceful|amazing|awful|brilliant|fantastic|"
    r"ugly|"
    r"lovely|boring|proud|delighted|disappointed|excited|shame|great|nice)\b",
    re.IGNORECASE,
)
_REASONS = {
    "allegation": (
        r"\b(?:alleg\w+|accus\w+|illegal\w*|unlawful\w*|fraud\w*|corrupt\w*|brib\w+|lied|"
        r"stole\w*|guilty|charged with|convict\w+|misconduct|abuse\w*|leak\w*|hid|cover[- ]up|"
        r"it(?:['’]s| is| was) claimed)\b"
    ),
    "comparison": (
        r"\b(?:than|highest|lowest|largest|biggest|smallest|fastest|worst|best|record|twice|"
        r"double\w*|"
        r"tripl\w+|halv\w+|first time|most \w+|least \w+|compared (?:with|to)|outnumber\w*)\b"
    ),
    "causation": (
        r"\b(?:because|caus\w+|due to|led to|leads to|as a result|resulted in|thanks to|blam\w+|"
        r"result(?:s|ed|ing) in|responsible for|prompted|triggered)\b"
    ),
    "prediction": (
        r"\b(?:will|would|won['’]t|is going to|are going to|set to|expected to|due to|"
        r"by 20\d\d|['’]ll|forecast|plans to|intends to)\b"
    ),
}
_FIGURES = frozenset("MONEY PERCENT QUANTITY".split())
_BARE_NUMBER = re.compile(
    r"\b\d[\d,.]*\b|\b(?:half|third|quarter|dozens|hundreds|thousands|millions)\b"
)
_THAT = re.compile(r"(?:that|whether|how|if)\s+", re.IGNORECASE)


def claims(
    text: str,
    readings: Sequence[Reading],
    names: Sequence[Name],
    reports: Sequence[Reported],
    calibration: Mapping[str, Sequence[float]],
) -> list[Claimed]:
    """Propose claims in text order; opinions, questions and thanks are none."""
    curve = calibration.get("claims") or (1.0, 0.0)
    found = []
    for reading in readings:
        if text[reading.start : reading.end].rstrip("\"'”’») ").endswith("?"):
            continue
        for first, last, report in _statements(text, reading, reports):
            for part in clauses(text, first, last):
                start, end = _trimmed(text, *part)
                claim = _judged(text, start, end, reading.claim, names, curve)
                if claim is not None:
                    found.append(replace(claim, report=report))
    return found


def sentence_worth(
    readings: Sequence[Reading], calibration: Mapping[str, Sequence[float]]
) -> tuple[tuple[int, int, float], ...]:
    """What the network alone thinks of every sentence: start, end, chance."""
    curve = calibration.get("claims") or (1.0, 0.0)
    return tuple((one.start, one.end, round(calibrated(one.claim, curve), 4)) for one in readings)


def _judged(
    text: str,
    start: int,
    end: int,
    log_odds: float,
    names: Sequence[Name],
    curve: Sequence[float],
) -> Claimed | None:
    """A clause as a claim, if it is one: opinions, tastes and scraps are not."""
    words = text[start:end]
    if len(words.split()) < 4:
        return None
    reason = reason_of(words, [n for n in names if start <= n.start and n.end <= end])
    if _OPINION.search(words) and reason != "figure":
        return None
    if reason in ("figure", "allegation"):
        log_odds += 0.4
    elif _TASTE.search(words):
        log_odds -= 1.0
    confidence = calibrated(log_odds, curve)
    return Claimed(start, end, confidence, reason) if confidence >= LEAST else None


def _statements(
    text: str, reading: Reading, reports: Sequence[Reported]
) -> list[tuple[int, int, int | None]]:
    """What a sentence states: the words it reports, each by itself, or else all of it."""
    inside: list[tuple[int, int, int]] = []
    for place, report in enumerate(reports):
        for first, last in report.content:
            first, last = max(first, reading.start), min(last, reading.end)
            if len(text[first:last].split()) >= 4 if first < last else False:
                inside.append((first, last, place))
    kept = [
        one
        for one in inside
        if not any(
            other is not one
            and one[0] <= other[0]
            and other[1] <= one[1]
            and other[1] - other[0] < one[1] - one[0]
            and 2 * (other[1] - other[0]) > one[1] - one[0]
            for other in inside
        )
    ]
    covered: list[tuple[int, int, int | None]] = []
    for first, last, place in sorted(kept, key=lambda one: (one[0] - one[1], one[2])):
        if not any(first < b and a < last for a, b, _ in covered):
            covered.append((first, last, place))
    return sorted(covered) or [(reading.start, reading.end, None)]


def _trimmed(text: str, start: int, end: int) -> Range:
    match = _THAT.match(text, start, end)
    start = match.end() if match else start
    while start < end and (text[start].isspace() or text[start] in "\"'“‘«»–—-,;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".!\"'‘«»,;:"):
        end -= 1
    if (
        text[end - 1 : end] in ("”", "’")
        and "“" not in text[start:end]
        and "‘" not in text[start:end]
    ):
        end -= 1
    return start, end


def reason_of(words: str, names: Sequence[Name]) -> str:
    """Why a clause can be checked: a figure, an allegation, a comparison … or an event."""
    if any(name.label in _FIGURES for name in names):
        return "figure"
    for reason, pattern in _REASONS.items():
        if re.search(pattern, words, re.IGNORECASE):
            return reason
    if _BARE_NUMBER.search(words) and not any(n.label in ("DATE", "TIME") for n in names):
        return "figure"
    return "event"


def hedges(text: str) -> list[Range]:
    """Words that make a statement less firm, such as "reportedly" or "it's claimed that"."""
    found = []
    for match in HEDGE.finditer(text):
        word = match.group()
        if word == "May" and not _begins(text, match.start()):
            continue  # the month
        found.append((match.start(), match.start() + len(word.rstrip())))
    return found


def _begins(text: str, at: int) -> bool:
    return not text[:at].strip() or text[:at].rstrip()[-1] in '.!?\n“"'
