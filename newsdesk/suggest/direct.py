"""Finds direct quotes: words between marks that somebody said, with cue and source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from newsdesk.model import Manner
from newsdesk.suggest.frames import (
    Frame,
    Range,
    find_verbs,
    frame_after,
    frame_before,
)
from newsdesk.suggest.marks import Quoted, quoted
from newsdesk.suggest.sentences import paragraphs, sentences


@dataclass(frozen=True, slots=True)
class Reported:
    """Somebody's words: content, cue and source as ranges in code points of the text."""

    content: tuple[Range, ...]
    manner: Manner
    confidence: float
    why: str
    cue: Range | None = None
    source: Range | None = None
    verb: str = ""
    follows: bool = False  # its speaker is the one of the quote before it
    depth: int = 0

    @property
    def start(self) -> int:
        """First code point of the content."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """One past the content's last code point."""
        return self.content[-1][1]


@dataclass(slots=True)
class _Known:
    """What is known of the text before quotes are looked at."""

    text: str
    entities: Sequence[Range]
    sources: Sequence[Range]
    lines: list[Range] = field(default_factory=list)


_TITLE_BEFORE = re.compile(
    r"\b(?:films?|movies?|songs?|singles?|albums?|books?|novels?|plays?|poems?|series|show|"
    r"magazine|"
    r"programme|program|entitled|titled|called|named|nicknamed|dubbed|known as|motto|slogan|"
    r"headlined|"
    r"so-called|the word|the term|the words|term|phrase|chapter|episode|documentary|paper|painting|"
    r"exhibition|essay|game|opera|musical|track|sign reading|banner reading|labelled|labeled)"
    r"\s*[,:]?\s*$",
    re.IGNORECASE,
)
_NONE = Frame(None, None)
_MARKS = "\"'“”„‘’‚«»‹›`「」『』"
_TERMINAL = re.compile(rf"[.!?…][{_MARKS})\]]*$")
_PARTIAL_VERBS = frozenset(
    "called calls calling described describes branded slammed blasted hailed praised accused "
    "accuses "
    "dubbed labelled labeled".split()
)


def direct_quotes(
    text: str,
    entities: Sequence[Range],
    sources: Sequence[Range],
    *,
    any_marks: bool = False,
) -> tuple[list[Reported], list[Quoted]]:
    """Return the direct quotes of ``text``, and the marks that hold no speech of their own.

    ``entities`` are names, ``sources`` what a network took for sources: both may be empty. With
    ``any_marks``, three words between outer marks are enough: for languages whose verbs of speech
    are not known here.
    """
    known = _Known(text, entities, sources, paragraphs(text))
    marked = quoted(text)
    found: list[Reported] = []
    loose: list[Quoted] = []
    last: Reported | None = None
    for item in marked:
        before = last if item.depth == 0 else None
        if before is not None and _split_around(text, before, item):
            report: Reported | None = _report(item, 0.9, "goes on after its cue", _NONE, True)
        else:
            report = _judge(known, item, marked, before)
        if report is None and any_marks and item.depth == 0 and len(item.of(text).split()) > 2:
            report = _report(item, 0.5, "quotation marks", _NONE)
        if report is None:
            loose.append(item)
            continue
        if report.follows and last is not None and "\n" not in text[last.end : item.start]:
            place = found.index(last)
            last = replace(last, content=last.content + item.fragments)
            found[place] = last
            continue
        found.append(report)
        if item.depth == 0:
            last = report
    return found, loose


def _split_around(text: str, last: Reported, item: Quoted) -> bool:
    """Whether a quote only goes on after its cue: “A,” said X, “B.”"""
    between = text[last.end : item.start]
    words = between.strip(_MARKS + " ")
    cue_between = last.cue is not None and last.end <= last.cue[0] < item.start
    if not cue_between or "\n" in between or not words or re.search(r"[.!?:]$", words):
        return False
    return len(find_verbs(text, last.end, item.start)) == 1 and len(words.split()) <= 20


def _bounds(known: _Known, item: Quoted, marked: Sequence[Quoted]) -> tuple[Range, Range]:
    """The stretches before and after a quotation that may hold its frame."""
    text = known.text
    first = next(((s, e) for s, e in known.lines if s <= item.start <= e), (item.start, item.start))
    final = next(((s, e) for s, e in known.lines if s <= item.end - 1 < e), (item.end, item.end))
    lo, hi = first[0], final[1]
    opening, closing = max(lo, item.outer[0]), min(hi, item.outer[1])
    for other in marked:
        if other is item:
            continue
        if other.depth < item.depth and other.start <= item.start and item.end <= other.end:
            lo, hi = max(lo, other.start), min(hi, other.end)
        elif other.depth == item.depth:
            if other.outer[1] <= item.outer[0]:
                lo = max(lo, min(other.outer[1], opening))
            elif other.outer[0] >= item.outer[1]:
                hi = min(hi, other.outer[0])
    before = (min(lo, opening), opening)
    parts = sentences(text[before[0] : before[1]])
    if parts:
        before = (before[0] + parts[-1][0], opening)
    after = (closing, max(closing, hi))
    parts = sentences(text[after[0] : after[1]])
    if parts:
        after = (closing, closing + parts[0][1])
    return before, after


def _judge(
    known: _Known, item: Quoted, marked: Sequence[Quoted], last: Reported | None
) -> Reported | None:
    """Decide whether marked words are speech, and find their frame."""
    text = known.text
    words = item.of(text)
    count = len(words.split())
    before, after = _bounds(known, item, marked)
    lead, tail = text[before[0] : before[1]], text[after[0] : after[1]]
    closed_lead = not lead.strip() or bool(_TERMINAL.search(lead.rstrip()))
    if count == 0 or (_TITLE_BEFORE.search(lead) and count <= 8 and not _TERMINAL.search(words)):
        return None
    frame = _frame(known, words, before, after, closed_lead)
    sentence_like = bool(_TERMINAL.search(words)) or words.rstrip().endswith((",", "—", "–"))
    capital = words.lstrip("(['‘\"“…. ")[:1].isupper()
    if frame.cue or frame.source:
        partial = not sentence_like and not capital and bool(lead.strip())
        named = frame.verb in _PARTIAL_VERBS
        if partial and not frame.sure and not (named and count >= 3):
            return None
        if not sentence_like and not frame.sure and _is_title(words):
            return None
        if count <= 2 and not sentence_like and not frame.sure:
            return None
        sure = 0.95 if frame.cue and frame.source else 0.85
        confidence = sure if frame.sure and not partial else sure - 0.15
        return _report(item, confidence, "quotation marks with a verb of speech beside them", frame)
    alone = closed_lead and (
        not tail.strip(" .,") or tail.lstrip()[:1].isupper() or not item.closed
    )
    here = last is not None and "\n" not in text[last.end : item.start]
    if alone and (count >= 4 or here) and (sentence_like or not item.closed) and capital:
        near = last is not None and text.count("\n", last.end, item.start) <= 4
        if near:
            return _report(item, 0.8, "quotation marks; the speaker goes on", _NONE, True)
        return _report(item, 0.6, "quotation marks; no speaker beside them", _NONE)
    return None


def _is_title(words: str) -> bool:
    """Whether every longer word has a capital, as in “Protector of Mexico”."""
    longer = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return bool(longer) and all(word[0].isupper() for word in longer)


def _frame(known: _Known, words: str, before: Range, after: Range, closed_lead: bool) -> Frame:
    """The better of the frames before and after a quotation."""
    text, tail = known.text, known.text[after[0] : after[1]]
    left = _NONE
    if not closed_lead:
        left = frame_before(text, before[0], before[1], known.entities, known.sources)
    if left.sure and left.source:
        return left
    right = _NONE
    joins = (
        words.rstrip()[-1:] in ",?!…—–-"
        or tail.lstrip()[:1] in ",;—–"
        or tail.lstrip()[:1].islower()
    )
    if joins or (closed_lead and len(tail.split()) <= 9):
        right = frame_after(text, after[0], after[1], known.entities, known.sources)
    if right.cue and (not left.cue or (right.sure and not left.sure)):
        return right
    return left


def _report(
    item: Quoted, confidence: float, why: str, frame: Frame, follows: bool = False
) -> Reported:
    if not item.closed:
        confidence, why = confidence - 0.25, why + "; the closing mark is missing"
    return Reported(
        item.fragments,
        Manner.DIRECT,
        confidence,
        why,
        frame.cue,
        frame.source,
        frame.verb,
        follows,
        item.depth,
    )
