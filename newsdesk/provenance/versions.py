"""Two versions of one text: compared word by word, and where marked words stand in the other."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import StrEnum

import msgspec
from rapidfuzz.distance import Levenshtein

from newsdesk.model import Span, Spans
from newsdesk.provenance.wording import words

CONTEXT = 32
"""Code points before and after marked words that are compared."""

ENOUGH = 4
"""Code points in common on one side by which words that stand several times are told apart."""

LONG = 20
"""Code points of words that are taken for the same wherever they stand, if they stand once."""

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*|[^\w\s]")
_LINE = re.compile(r"[^\n]+")


class Outcome(StrEnum):
    """What became of marked words in the other version."""

    EXACT = "exact"
    MOVED = "moved"
    ORPHAN = "orphan"


class Carried(msgspec.Struct, frozen=True, gc=False):
    """Where marked words stand in the other version; `spans` are empty for an orphan."""

    outcome: Outcome
    spans: Spans = ()


class Changed(msgspec.Struct, frozen=True, gc=False):
    """A stretch of words that is different; in code points of each version, either may be empty."""

    before: Span
    after: Span


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two versions aligned: the stretches that differ, and the runs that are the same.

    A run is its start in the old version, its start in the new one and its length, in code points;
    `starts` are the first of these again.
    """

    old: str
    new: str
    changes: tuple[Changed, ...]
    same: tuple[tuple[int, int, int], ...]
    starts: tuple[int, ...]


def compare(old: str, new: str) -> Comparison:
    """Align two versions by paragraphs, then by words within those that differ.

    By Levenshtein's distance (1966): replaced, added, left out. White space between the same words
    is no difference.
    """
    changed, same = _aligned(_LINE, old, Span(0, len(old)), new, Span(0, len(new)))
    found: list[Changed] = []
    for one in changed:
        inner, runs = _aligned(_WORD, old, one.before, new, one.after)
        found += inner
        same += runs
    same.sort()
    starts = tuple(run[0] for run in same)
    return Comparison(old=old, new=new, changes=tuple(found), same=tuple(same), starts=starts)


def now_reads(span: Span, compared: Comparison) -> Span | None:
    """Where a span of the old version stands in the new one; None where nothing of it is left."""
    starts = compared.starts
    at = bisect_right(starts, span.start) - 1
    start, to = 0, len(compared.new)
    if at >= 0:
        was, now, length = compared.same[at]
        start = now + min(span.start - was, length)
    at = bisect_left(starts, span.end) - 1
    if at >= 0 and span.end <= compared.same[at][0] + compared.same[at][2]:
        to = compared.same[at][1] + span.end - compared.same[at][0]
    elif at + 1 < len(starts):
        to = compared.same[at + 1][1]
    there = compared.new[start:to]
    start, to = start + len(there) - len(there.lstrip()), to - len(there) + len(there.rstrip())
    return Span(start, to) if start < to else None


def touched(span: Span, compared: Comparison) -> bool:
    """Whether a span's own words are different in the new version."""
    return any(
        one.before.overlaps(span)
        or (one.before.start == one.before.end and span.start < one.before.start < span.end)
        for one in compared.changes
    )


def likeness(one: str, other: str) -> float:
    """How much two wordings have in common, word by word: 1 where they are the same."""
    return Levenshtein.normalized_similarity(words(one), words(other))


def carried(spans: Spans, compared: Comparison) -> Carried:
    """Find marked words in another version by their quote and context (W3C Web Annotation's
    TextQuoteSelector).

    Exact: they stand there with the same words before and after, and at one such place the
    comparison leads to. Moved: they stand there in another context; a person confirms it. Orphan:
    they don't, or nothing tells which of several they are: nothing is guessed.
    """
    outcome, found, after = Outcome.EXACT, [], 0
    for span in spans:
        one, place = _found(span, compared, after)
        if place is None:
            return Carried(Outcome.ORPHAN)
        found.append(place)
        after = place.end
        outcome = one if outcome is Outcome.EXACT else outcome
    return Carried(outcome, tuple(found))


def _found(span: Span, compared: Comparison, after: int) -> tuple[Outcome, Span | None]:
    old, new = compared.old, compared.new
    quote = old[span.start : span.end]
    whole = [place for place in _with_context(old, span, new) if place.start >= after]
    there = now_reads(span, compared)
    if len(whole) == 1 or there in whole:
        return Outcome.EXACT, whole[0] if len(whole) == 1 else there
    if there and there.start >= after and new[there.start : there.end] == quote:
        return Outcome.MOVED, there  # the comparison leads there, though words around it changed
    places = [Span(at, at + len(quote)) for at in _occurrences(new, quote, after)]
    places = [place for place in places if _cuts(new, place) == _cuts(old, span)]
    contexts = {place: _context(old, span, new, place) for place in places}
    if len(places) == 1 and (len(quote) >= LONG or max(contexts[places[0]]) >= ENOUGH):
        return Outcome.MOVED, places[0]
    near = [place for place in whole or places if max(contexts[place]) >= ENOUGH]
    near.sort(key=lambda place: sum(contexts[place]), reverse=True)
    if near and (len(near) == 1 or sum(contexts[near[0]]) > sum(contexts[near[1]])):
        return Outcome.MOVED, near[0]
    return Outcome.ORPHAN, None


def _with_context(old: str, span: Span, new: str) -> list[Span]:
    """Where a span's words stand with the same words before and after."""
    start, end = max(span.start - CONTEXT, 0), span.end + CONTEXT
    lead, length = span.start - start, span.end - span.start
    places = [Span(at + lead, at + lead + length) for at in _occurrences(new, old[start:end], 0)]
    return [place for place in places if _ends(new, place) == _ends(old, span)]


def _occurrences(text: str, quote: str, after: int) -> list[int]:
    found, at = [], text.find(quote, after)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _cuts(text: str, span: Span) -> tuple[bool, bool]:
    """Whether a span begins, or ends, within a word: “art” does in “party”."""
    start, end = span
    return (
        start > 0 and text[start - 1].isalnum() and text[start].isalnum(),
        end < len(text) and text[end - 1].isalnum() and text[end].isalnum(),
    )


def _context(old: str, span: Span, new: str, place: Span) -> tuple[int, int]:
    """How many code points before and after are the same, at most 32 a side."""
    before = _same(_before(old, span), _before(new, place))
    return before, _same(old[span.end : span.end + CONTEXT], new[place.end : place.end + CONTEXT])


def _before(text: str, span: Span) -> str:
    return text[max(span.start - CONTEXT, 0) : span.start][::-1]


def _ends(text: str, span: Span) -> tuple[bool, bool]:
    """Whether the text begins, or ends, within the context of a span."""
    return span.start < CONTEXT, len(text) - span.end < CONTEXT


def _same(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


# Alignment


def _aligned(
    pattern: re.Pattern[str], old: str, before: Span, new: str, after: Span
) -> tuple[list[Changed], list[tuple[int, int, int]]]:
    """The runs of tokens that differ within a stretch of each version, and those that don't."""
    mine = [Span(*match.span()) for match in pattern.finditer(old, *before)]
    theirs = [Span(*match.span()) for match in pattern.finditer(new, *after)]
    opcodes = Levenshtein.opcodes(
        [old[one.start : one.end] for one in mine], [new[one.start : one.end] for one in theirs]
    )
    changed: list[Changed] = []
    same: list[tuple[int, int, int]] = []
    joins = False
    for one in opcodes:
        if one.tag == "equal":
            pairs = zip(
                mine[one.src_start : one.src_end],
                theirs[one.dest_start : one.dest_end],
                strict=True,
            )
            same += [(here.start, there.start, here.end - here.start) for here, there in pairs]
            joins = False
            continue
        made = Changed(
            _covered(mine, one.src_start, one.src_end, before.end),
            _covered(theirs, one.dest_start, one.dest_end, after.end),
        )
        if joins:  # a replacement beside an insertion is one change
            last = changed.pop()
            made = Changed(_joined(last.before, made.before), _joined(last.after, made.after))
        changed.append(made)
        joins = True
    return changed, same


def _covered(tokens: Sequence[Span], start: int, end: int, limit: int) -> Span:
    """From the first of some tokens to the last; of none, the empty span before the next one."""
    if start < end:
        return Span(tokens[start].start, tokens[end - 1].end)
    at = tokens[start].start if start < len(tokens) else limit
    return Span(at, at)


def _joined(one: Span, other: Span) -> Span:
    if one.start == one.end:
        return other
    return one if other.start == other.end else Span(one.start, other.end)
