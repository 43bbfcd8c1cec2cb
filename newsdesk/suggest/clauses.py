"""Cuts a sentence into the clauses that each make a statement, without a parse."""

from __future__ import annotations

import re

from newsdesk.suggest.frames import Range

_JOINT = re.compile(r"(?:,|;|:)? (?:and|but|while|though|although|whereas|yet) |; |: ")
_FINITE = (
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|did|does|do|said|says|took|"
    r"made|went|came|got|fell|rose|cost|costs|won|lost|left|gave|put|ran|stood|began|became|"
    r"kept|told|paid|"
    r"sold|bought|built|broke|sent|met|held|found|hit|set|\w{2,}ed|isn['’]t|wasn['’]t|won['’]t|"
    r"doesn['’]t|didn['’]t)"
)
_HAS_VERB = re.compile(rf"\b{_FINITE}\b|['’](?:s|re|ve|d|ll)\b")
_STARTS = re.compile(
    r"(?:he|she|it|they|we|I|you|there|this|that|these|those|the|a|an|his|her|its|their|our|no|"
    r"some|"
    r"any|both|each|all|most|many|nobody|nothing|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|\d|"
    rf"[A-ZÀ-Þ£$€\[])[^,;:.]{{0,60}}?\b{_FINITE}\b|(?:will|has|have|had|would|is|was|are|were) ",
)
_FRAME_AFTER = re.compile(
    r"(?:, according to\b|, (?:as )?(?:first )?reported by\b|, (?:\w+ ){1,6}(?:said|says|told|"
    r"reported|"
    r"has revealed|has said|announced|claimed)\b).*$",
    re.DOTALL,
)
_FRAME_BEFORE = re.compile(
    r"^(?:[^,;:.]{2,80}?|[^,;:.]{2,60}?, [^;:.]{2,100}?,) (?:said|says|told [^,;:.]{2,30}?|"
    r"reported|"
    r"reports|confirmed|announced|warned|suggested|alleged|claimed|claims)"
    r"(?: (?:on|in|at|earlier|last)\b[^,;:.]{2,30}?)? that "
)
_FEWEST = 3


def clauses(text: str, start: int, end: int) -> list[Range]:
    """Ranges of the statements in a range: who says them is cut off, joined clauses are parted."""
    match = _FRAME_BEFORE.match(text[start:end])
    if match:
        start += match.end()
    match = _FRAME_AFTER.search(text[start:end])
    if match and len(text[start : start + match.start()].split()) >= _FEWEST:
        end = start + match.start()
    parts, at = [], start
    for joint in _JOINT.finditer(text, start, end):
        if _parts_here(text, at, joint.start(), joint.end(), end):
            parts.append((at, joint.start()))
            at = joint.end()
    parts.append((at, end))
    return parts


def _parts_here(text: str, begin: int, stop: int, after: int, end: int) -> bool:
    """Whether both sides of a joint can stand alone, and no quotation mark is cut open."""
    left, right = text[begin:stop], text[after:end]
    if len(left.split()) < _FEWEST or len(right.split()) < _FEWEST:
        return False
    if left.count("“") != left.count("”") or left.count("(") != left.count(")"):
        return False
    return bool(_HAS_VERB.search(left)) and bool(_STARTS.match(right))
