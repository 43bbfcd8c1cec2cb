"""Finds indirect and mixed quotes in what the network tagged as content, cue and source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from newsdesk.model import Manner
from newsdesk.suggest.direct import Reported
from newsdesk.suggest.encoder import Reading, calibrated, odds, spans_of
from newsdesk.suggest.frames import (
    TO_SOMEONE,
    Range,
    complete,
    find_verbs,
    source_after,
    source_before,
    widen_cue,
)
from newsdesk.suggest.lexicon import BELIEF_VERBS, FIRST_PERSON, SPEECH_VERBS, THOUGHT_VERBS
from newsdesk.suggest.marks import Quoted
from newsdesk.suggest.names import dateline_end
from newsdesk.suggest.sentences import sentences

Tagged = tuple[int, int, str, float]
_FARTHEST = 90  # code points between a cue and its content


def tagged_parts(readings: Sequence[Reading], tags: Sequence[str]) -> list[list[Tagged]]:
    """The network's contents, cues and sources, a list for each sentence."""
    return [spans_of(reading.quotes, reading.words, tags) for reading in readings]


def indirect_quotes(
    text: str,
    parts: Sequence[Sequence[Tagged]],
    direct: Sequence[Reported],
    loose: Sequence[Quoted],
    entities: Sequence[Range],
    calibration: Mapping[str, Sequence[float]],
) -> list[Reported]:
    """Propose what the network tagged, unless a direct quote already holds the same words."""
    found: list[Reported] = []
    curve = calibration.get("indirect") or (1.0, 0.0)
    for sentence in parts:
        cues = [p for p in sentence if p[2] == "CUE"]
        sources = [(s, e) for s, e, label, _ in sentence if label == "SOURCE"]
        groups: dict[Range, list[Tagged]] = {}
        for content in (p for p in sentence if p[2] == "CONTENT"):
            cue = _nearest(text, content, cues)
            if cue is not None:
                groups.setdefault((cue[0], cue[1]), []).append(content)
        for cue_range, contents in groups.items():
            report = _one(text, cue_range, contents, sources, entities, curve, loose)
            if report is not None and not _told_directly(text, report, direct):
                found.extend(_parted(text, report))
    return found


_SAID_THAT = re.compile(
    r"\b(?P<verb>\w+)(?: (?:me|us|him|her|them|[A-Z]\w+|the \w+))?(?: in \w+| on \w+)? that\s"
)


def nested_reports(
    text: str, reports: Sequence[Reported], entities: Sequence[Range]
) -> list[Reported]:
    """What is reported inside a quote, direct or not: "he was warned that it could fail".

    Left out where another report already has the same words at its heart.
    """
    found: list[Reported] = []
    taken = [(report.content[0][0], report.cue) for report in reports]
    for report in reports:
        for start, end in report.content:
            for first, last in _stretches(text, report, start, end):
                inner = _inner(text, first, last, entities)
                if inner is not None and not any(
                    cue == inner.cue or abs(begin - inner.start) < 8 for begin, cue in taken
                ):
                    found.append(inner)
                    taken.append((inner.start, inner.cue))
    return found


def _stretches(text: str, report: Reported, start: int, end: int) -> list[Range]:
    """A reported clause is one stretch; words between marks are as many as their sentences."""
    if report.manner != Manner.DIRECT:
        return [(start, end)]
    return [(start + a, start + b) for a, b in sentences(text[start:end])]


def _inner(text: str, start: int, end: int, entities: Sequence[Range]) -> Reported | None:
    """The first "X said that …" within a range."""
    for match in _SAID_THAT.finditer(text, start, end):
        verb = match["verb"].lower()
        content = _tidy(text, (match.end(), end))
        if verb not in SPEECH_VERBS or len(text[slice(*content)].split()) < 4:
            continue
        cue = widen_cue(text, start, match.span("verb"))
        passive = _PASSIVE.search(text[start : cue[1]])
        source = None if passive else source_before(text, start, cue[0], entities, ())
        if source is None and not passive:
            continue
        why = "reported inside a quote"
        return Reported((content,), Manner.INDIRECT, 0.7, why, cue, source, verb)
    return None


_AND_THAT = re.compile(r",? and that ")


def _parted(text: str, report: Reported) -> list[Reported]:
    """ "said that A and that B" reports two things."""
    if report.manner != Manner.INDIRECT or len(report.content) != 1:
        return [report]
    start, end = report.content[0]
    parts, at = [], start
    for match in _AND_THAT.finditer(text, start, end):
        parts.append((at, match.start()))
        at = match.end()
    parts.append((at, end))
    if any(len(text[s:e].split()) < 3 for s, e in parts):
        return [report]
    return [replace(report, content=(part,)) for part in parts]


def _nearest(text: str, content: Tagged, cues: Sequence[Tagged]) -> Range | None:
    """The cue that a content belongs to: the nearest one in the sentence."""
    best, least = None, _FARTHEST
    for start, end, _, _ in cues:
        gap = content[0] - end if end <= content[0] else start - content[1]
        if gap < least:
            best, least = (start, end), gap
    if best is None:
        lo = max(0, content[0] - 60)
        verbs = [v for v in find_verbs(text, lo, content[0]) if "\n" not in text[v[1] : content[0]]]
        if verbs and not re.search(r"[.!?]\s", text[verbs[-1][1] : content[0]]):
            return verbs[-1][0], verbs[-1][1]
    return best


def _one(
    text: str,
    cue: Range,
    contents: Sequence[Tagged],
    sources: Sequence[Range],
    entities: Sequence[Range],
    curve: Sequence[float],
    loose: Sequence[Quoted],
) -> Reported | None:
    """Build one indirect quote; None where the cue is thought, or nobody's speech."""
    words = text[cue[0] : cue[1]].lower().split()
    phrase = " ".join(words)
    verb = next((w for w in reversed(words) if w in SPEECH_VERBS | BELIEF_VERBS), "")
    if not words or (not verb and set(words) & THOUGHT_VERBS):
        return None
    spans, subject = _spans(text, cue, contents, phrase)
    if sum(len(text[s:e].split()) for s, e in spans) < 3:
        return None
    if subject is not None:
        sources = [subject, *sources]
    line = text.rfind("\n", 0, cue[0]) + 1
    source = _source(text, cue, spans, sources, entities, line, phrase)
    if source and text[slice(*source)].lower() in FIRST_PERSON and verb in BELIEF_VERBS:
        return None
    if source is None and not _PASSIVE.search(text[max(line, cue[0] - 24) : cue[1]]):
        return None
    chance = sum(c for _, _, _, c in contents) / len(contents)
    inner = any(q.start >= s and q.end <= e for q in loose for s, e in spans)
    known = verb or phrase.startswith("accord")
    confidence = calibrated(odds(chance if known else chance * 0.8), curve)
    cue = widen_cue(text, line, cue) if verb else cue
    if source and source[0] < cue[0] < source[1]:
        source = source[0], source[0] + len(text[source[0] : cue[0]].rstrip())
    manner = Manner.MIXED if inner else Manner.INDIRECT
    content = tuple(_joined(text, spans))
    why = "read from the sentence"
    return Reported(content, manner, confidence, why, cue, source, verb or phrase)


def _spans(
    text: str, cue: Range, contents: Sequence[Tagged], phrase: str
) -> tuple[list[Range], Range | None]:
    """The content's tidied fragments, and a subject that was taken for one of them."""
    raw = sorted((start, end) for start, end, _, _ in contents)
    spans = [span for part in raw if (span := _tidy(text, part))[0] < span[1]]
    spans, subject = _without_subject(text, spans, cue)
    if phrase.startswith("according") and len(spans) > 1 and spans[0][1] <= cue[0]:
        spans = [span for span in spans if span[1] <= cue[0]]  # what follows is the source's
    return [span for span in spans if not _RELATIVE.match(text, *span)], subject


_RELATIVE = re.compile(r"(?:who|whose|which)\b", re.IGNORECASE)
_PASSIVE = re.compile(
    r"(?:\b(?:is|was|were|are|been|be|being|got)|['’]s)(?: \w+ly| also| now)? \w+(?:ed|ld|id|wn|"
    r"ten)$"
    r"|according to$|by$",
    re.IGNORECASE,
)


def _without_subject(text: str, spans: list[Range], cue: Range) -> tuple[list[Range], Range | None]:
    """Take a few words right before the cue for its subject where the content follows it."""
    if len(spans) < 2 or spans[-1][0] < cue[1]:
        return spans, None
    start, end = spans[0]
    if 0 <= cue[0] - end <= 2 and len(text[start:end].split()) <= 4:
        return spans[1:], (start, end)
    return spans, None


def _source(
    text: str,
    cue: Range,
    spans: Sequence[Range],
    sources: Sequence[Range],
    entities: Sequence[Range],
    line: int,
    phrase: str,
) -> Range | None:
    """The tagged source nearest the cue; where none was tagged, the subject by its shape."""
    by = phrase.endswith((" to", " by"))
    free = [s for s in sources if not any(a <= s[0] and s[1] <= b for a, b in spans)]
    free = [s for s in free if text[slice(*s)].lower() not in _NOBODY]
    if phrase.split()[-1] in TO_SOMEONE:
        free = [s for s in free if s[1] <= cue[0]]
    if not by and _PASSIVE.search(text[max(line, cue[0] - 24) : cue[1]]):
        free = [s for s in free if text[cue[1] : s[0]].strip() == "by"]
        if not free:
            return None
    if by:
        stop = text.find("\n", cue[1])
        found = source_after(text, cue[1], len(text) if stop < 0 else stop, entities, free)
        if found:
            return found
    near = [s for s in free if _gap(cue, s) < 70]
    if near:
        return _antecedent(text, min(near, key=lambda s: _gap(cue, s)), cue, sources, entities)
    before = [e for _, e in spans if e <= cue[0]]
    lo = max([line, *before])
    stop = text.rfind(". ", lo, cue[0])
    return source_before(text, max(lo, stop + 1), cue[0], entities, ())


_NOBODY = frozenset("it there the a an as".split())


def _gap(cue: Range, source: Range) -> int:
    return min(abs(cue[0] - source[1]), abs(source[0] - cue[1]))


def _antecedent(
    text: str, source: Range, cue: Range, sources: Sequence[Range], entities: Sequence[Range]
) -> Range:
    """The name before "who" where that is the source; otherwise the source, completed."""
    if text[slice(*source)].lower() == "who" and source[1] <= cue[0]:
        line = text.rfind("\n", 0, source[0]) + 1
        comma = text.rfind(",", line, source[0])
        found = source_before(text, line, comma, entities, sources) if comma > line else None
        return found or source
    return complete(text, source, cue)


def _tidy(text: str, span: Range) -> Range:
    """Leave marks and white space at both ends of a content out."""
    start, end = dateline_end(text, *span), span[1]
    while start < end and (text[start].isspace() or text[start] in ',;:.)"”»–—-'):
        start += 1
    if text[start : start + 1] in ("“", "«") and not re.search("[”»]", text[start:end]):
        start += 1
    that = re.compile(r"that[\s,]+", re.IGNORECASE).match(text, start, end)
    start = that.end() if that else start
    while end > start and (text[end - 1].isspace() or text[end - 1] in ',;:."“«–—'):
        end -= 1
    if text[end : end + 1] == "”" and "“" in text[start:end] and "”" not in text[start:end]:
        end += 1
    return start, end


def _joined(text: str, spans: Sequence[Range]) -> list[Range]:
    """Fragments with nothing but marks between them are one."""
    out: list[Range] = []
    for start, end in spans:
        if start >= end:
            continue
        if (
            out
            and not re.sub(r"[\W_]", "", text[out[-1][1] : start])
            and "\n" not in text[out[-1][1] : start]
        ):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _told_directly(text: str, report: Reported, direct: Sequence[Reported]) -> bool:
    """Whether a content is the same words as a direct quote (a nested report inside one is not)."""
    size = sum(e - s for s, e in report.content)
    for quote in direct:
        shared = sum(
            max(0, min(e, b) - max(s, a)) for s, e in report.content for a, b in quote.content
        )
        if shared == 0:
            continue
        inside = report.cue is not None and any(a <= report.cue[0] < b for a, b in quote.content)
        whole = sum(b - a for a, b in quote.content)
        if not inside and (shared > 0.5 * size or shared > 0.5 * whole):
            return True
        if inside and shared > 0.9 * whole:
            return True
    return False
