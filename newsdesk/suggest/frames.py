"""Finds the cue and the source in the words around a quotation, by rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsdesk.suggest.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BELIEF_VERBS,
    HONORIFICS,
    PLAIN_SPEECH,
    PRONOUNS,
    SPEECH_VERBS,
)

Range = tuple[int, int]

WORD = re.compile(r"[^\W_]+(?:[-’'.&][^\W_]+)*\.?(?<!\.)|['’](?:s|ve|d|ll)\b")
_PHRASES = re.compile(
    r"\b(?:according to|in the words of|pointed out|points out|made (?:it )?clear|makes (?:it "
    r")?clear|"
    r"put it|went on to (?:say|add)|goes on to (?:say|add)|going on to (?:say|add)|"
    r"(?:was |is |were )?quoted as saying|as saying|"
    r"took to \w+ to say|let it be known)\b",
    re.IGNORECASE,
)
_NOT_VERB_AFTER = frozenset(
    "the a an this that these those his her its their our my your no any some each every official "
    "latest new recent first second final joint of from by in on at for with".split()
)
TO_SOMEONE = frozenset(
    "told tell tells telling informed informs reminded reminds assured assures asked asks warned "
    "warns urged urges advised advises".split()
)
_STOP_AFTER = re.compile(
    r"[,.;:!?—–()“”\"«»]|\s(?:in|at|on|after|when|as|who|whose|during|to|before|while|last|"
    r"yesterday|today|tonight|earlier|this|with|about|following|outside|through|via|because|if|but|"
    r"speaking|later|next|since|upon|over|under|into|where|that)\b|\s[-–—]\s",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:()“”\"«»]|\s[-–—]\s|\b(?:but|when|while|because|although|though|whereas|if|since|until|"
    r"before|after|as|that|which|where|and then|so|yet)\b\s",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:But|And|So|Yet|However|Meanwhile|Then|Later|Earlier|Nevertheless|Still|Instead|Indeed|"
    r"Asked|Also|Afterwards|Today|Yesterday|In turn|In addition|In a statement|In response|By "
    r"contrast)"
    r"\b,?\s+|(?:On|In|At|After|Last|Before|During)\s[^,]{2,50},\s+)+",
    re.IGNORECASE,
)
_FIRST_OF_NAME = re.compile(
    r"(?:the|a|an|his|her|their|its|my|our|one|two|three|some|many|several|another|both|"
    r"most|few|local|former|senior)\b|[A-ZÀ-ÞŠŽ]",
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue with the source that goes with it; either may be missing."""

    cue: Range | None
    source: Range | None
    verb: str = ""
    sure: bool = False


def find_verbs(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Verbs and phrases of speech in a range, left to right: start, end, lower-case form."""
    found = [(m.start(), m.end(), m.group().lower()) for m in _PHRASES.finditer(text, start, end)]
    taken = {place for first, stop, _ in found for place in range(first, stop)}
    previous = ""
    for match in WORD.finditer(text, start, end):
        word = match.group().lower()
        verb = word in SPEECH_VERBS or word in BELIEF_VERBS
        noun = previous in _NOT_VERB_AFTER or previous.endswith(("'s", "’s"))
        if verb and match.start() not in taken and not (noun and word not in _ALWAYS_VERBS):
            found.append((match.start(), match.end(), word))
        previous = word
    return sorted(found)


_ALWAYS_VERBS = frozenset(
    "said says told tells asked wrote added explained insisted replied argued".split()
)


def widen_cue(text: str, lo: int, cue: Range) -> Range:
    """The whole verb group: auxiliaries and adverbs directly before the verb belong to the cue."""
    for phrase in _PHRASES.finditer(text, max(lo, cue[0] - 24), min(len(text), cue[1] + 24)):
        if phrase.start() < cue[1] and cue[0] < phrase.end():
            cue = (min(cue[0], phrase.start()), max(cue[1], phrase.end()))
    start = cue[0]
    at = start
    words = list(WORD.finditer(text, lo, cue[0]))
    for match in reversed(words):
        if text[match.end() : at].strip() and text[match.end() : at] not in ("'", "’"):
            break
        word = match.group().lower()
        if word in AUXILIARIES or word in ("’s", "'s", "’ve", "'ve", "n’t") or word.endswith("n’t"):
            start = at = match.start()
        elif word in ADVERBS:
            at = match.start()
        else:
            break
    return start, cue[1]


def source_before(
    text: str, lo: int, cue: int, entities: Sequence[Range], tagged: Sequence[Range]
) -> Range | None:
    """The subject that stands before a cue: the tagged one if there is one, else by its shape."""
    inside = [span for span in tagged if lo <= span[0] and span[1] <= cue]
    if inside and cue - inside[-1][1] < 60 and text[inside[-1][0] : inside[-1][1]].lower() != "who":
        return complete(text, _whole_names(inside[-1], entities), (cue, cue))
    if text[cue : cue + 9] == "as saying":
        lo = max(lo, text.rfind("quoted ", lo, cue) + 7)
    piece = text[lo:cue].rstrip()
    apposed = piece.endswith(",")
    start = lo
    for match in _CLAUSE.finditer(text, lo, cue):
        if text[match.end() : cue].strip(" ,"):
            start = match.end()
    while start < cue and text[start] in " ,\n":
        start += 1
    leading = _LEADING.match(text[start:cue])
    if leading and text[start + leading.end() : cue].strip(" ,"):
        start += leading.end()
    stop = cue
    while stop > start and text[stop - 1] in " ,\n":
        stop -= 1
    stop = _drop_adverbs(text, start, stop)
    if apposed and "," in text[start:stop]:
        start += _before_apposition(text[start:stop])
    elif "," in text[start:stop]:
        start = start + text[start:stop].rindex(",") + 1
    who = re.search(r",?\s(?:who|whose|which)\s", text[start:stop])
    if who and (len(text[start + who.start() : stop].split()) > 7 or not apposed):
        stop = start + who.start()
    while start < stop and text[start].isspace():
        start += 1
    pronoun = re.match(r"(?:he|she|they|we|I)\b(?=\s\w)", text[start:stop], re.IGNORECASE)
    if pronoun and re.search(r"\band\b", text[start:stop]):
        stop = start + pronoun.end()
    return _sound(text, start, stop, entities)


def _before_apposition(words: str) -> int:
    """How much to skip of a subject with an apposition, where other phrases stand before it."""
    parts = words.split(",")
    skipped = 0
    while len(parts) > 2 and not _FIRST_OF_NAME.match(parts[0].strip()):
        skipped += len(parts.pop(0)) + 1
    return skipped


def source_after(
    text: str, cue: int, hi: int, entities: Sequence[Range], tagged: Sequence[Range]
) -> Range | None:
    """The subject of an inverted cue ("said Pellegrino", "according to the club")."""
    inside = [span for span in tagged if cue <= span[0] <= cue + 6 and span[1] <= hi]
    if inside and text[inside[0][0] : inside[0][1]].lower() not in _NOT_VERB_AFTER:
        return complete(text, _whole_names(inside[0], entities), (cue, cue))
    start = cue
    while start < hi and text[start] == " ":
        start += 1
    stop = hi
    for match in _STOP_AFTER.finditer(text, start, hi):
        inner = any(first < match.start() < last for first, last in entities)
        if not inner and match.start() > start and not _title_dot(text, start, match.start()):
            stop = match.start()
            break
    found = _sound(text, start, stop, entities)
    return complete(text, found, (cue, cue)) if found else None


_APPOSED = re.compile(
    r", (?=(?:an?|the|who|whose|its|his|her|their|our|one|former|chief|head|deputy|also|\d\d|"
    r"then|aged|himself|herself|of|for the|from|president|chairman|chairwoman|director|professor|"
    r"mayor|minister|leader|secretary|manager|captain|spokes\w+|co-\w+|founder)\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[,;:!?“”\"«»()]|\.(?=\s|$)|\n|\s[–—-]\s")


_OF_SOMETHING = re.compile(
    r" (?:of|for|from|that|which|who|seen|published|released|obtained|"
    r"carried)\s[^,.;:“”\"\n]{1,70}?"
    r"(?=$|[,;:“”\"\n]|\.(?:\s|$)| (?:on|after|when|as|last|yesterday)\b)"
)
_DESCRIBED = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=quoted ))((?:His|Her|Its|Their|The|My|Our|An?|its|his|her|their|"
    r"our) [^,.:;“”\"\n]{3,50}, )$"
)


def _described(text: str, start: int) -> int:
    """Where "His team leader, Priya Nandakar" begins, given the name alone."""
    lo = max(text.rfind("\n", 0, start) + 1, start - 80)
    match = _DESCRIBED.search(text[lo:start])
    return lo + match.start(1) if match else start


def complete(text: str, source: Range, cue: Range) -> Range:
    """A source with what identifies it: a cut-off noun phrase, an apposition, a short clause.

    An apposition before the cue must end with a comma there; one after the cue ends with its
    clause. At most 16 words are added (what the codebook calls short).
    """
    start, end = source
    if text[start:end].lower() in PRONOUNS:
        return source
    if end <= cue[0]:
        start = _described(text, start)
        if text[start:end].rsplit(" ", 1)[-1].lower() in _NOT_VERB_AFTER:
            stop = re.compile(r"[,;:.]").search(text, end, cue[0])
            end = stop.start() if stop and stop.start() - end < 60 else end
        between = text[end : cue[0]]
        inner = between.strip()
        if not re.search(r"[,;:.“”\"]", between):
            cut = text[start:end].rsplit(" ", 1)[-1].lower() in _NOT_VERB_AFTER
            short = 0 < len(_without_helpers(inner)) <= 3 and cut
            return (start, end + len(between.rstrip())) if short else (start, end)
        apposed = inner.startswith(",") and inner.endswith(",") and len(inner.split()) <= 16
        if apposed and _APPOSED.match(text, end) and ":" not in inner:
            return start, end + between.rindex(",")
        return start, end
    more = _OF_SOMETHING.match(text, end)
    end = more.end() if more else end
    for _ in range(2):
        if not _APPOSED.match(text, end):
            break
        stop = _ENDS.search(text, end + 2)
        limit = stop.start() if stop else len(text)
        if len(text[end:limit].split()) > 16:
            break
        end = limit
    return start, end


def _without_helpers(words: str) -> list[str]:
    """The words that are no adverbs and no auxiliaries."""
    helpers = AUXILIARIES | ADVERBS
    return [w for w in words.split() if w.lower() not in helpers and not w.endswith("ly")]


def _title_dot(text: str, start: int, at: int) -> bool:
    return text[at] == "." and text[start:at].rsplit(" ", 1)[-1] in HONORIFICS


def _drop_adverbs(text: str, start: int, stop: int) -> int:
    words = list(WORD.finditer(text, start, stop))
    while len(words) > 1 and (
        words[-1].group().lower() in (ADVERBS | AUXILIARIES) or words[-1].group().endswith("ly")
    ):
        stop = words[-2].end()
        words.pop()
    return stop


def _whole_names(span: Range, entities: Sequence[Range]) -> Range:
    """Let a span not cut through a name."""
    start, end = span
    for first, last in entities:
        if first < end and start < last:
            start, end = min(start, first), max(end, last)
    return start, end


def _sound(text: str, start: int, stop: int, entities: Sequence[Range]) -> Range | None:
    """A range that can be a source: a pronoun, a name, or a noun phrase of bounded length."""
    words = text[start:stop].strip()
    if not words or len(words.split()) > 16:
        return None
    stop = start + len(words)
    if words.lower() in PRONOUNS and words.lower() != "it":
        return start, stop
    last_word = re.search(r"([^\W\d_]+)$", words)
    if last_word and last_word.group().lower() in PRONOUNS - {"it", "who"}:
        return start + last_word.start(), stop
    named = any(start <= first and last <= stop for first, last in entities)
    shaped = _FIRST_OF_NAME.match(words) is not None
    plural = bool(re.search(r"[a-z]s$", words)) and len(words.split()) <= 4
    if named or shaped or plural:
        return _whole_names((start, stop), entities)
    return None


_WHOLE = re.compile(
    r"\s*(?:(?:me|us|him|her|them|reporters|journalists|the \w+),?\s*)?(?:that)?[\s:,]*"
)


def frame_before(
    text: str, lo: int, hi: int, entities: Sequence[Range], tagged: Sequence[Range]
) -> Frame:
    """The frame that leads into a quotation whose opening mark stands at ``hi``."""
    verbs = find_verbs(text, lo, hi)
    lead = text[lo:hi].rstrip()
    if verbs:
        start, end, verb = verbs[-1]
        near = hi - end <= 60
        introduced = lead.endswith((":", ",")) or bool(_WHOLE.fullmatch(text[end:hi]))
        if near and (introduced or verb in PLAIN_SPEECH or hi - end <= 24):
            if verb.startswith(("according", "in the words")):
                source = source_after(text, end, hi, entities, tagged)
            else:
                source = source_before(text, lo, start, entities, tagged)
                if source is None and verb not in TO_SOMEONE:
                    source = source_after(text, end, hi, entities, tagged)
            return Frame(widen_cue(text, lo, (start, end)), source, verb, introduced)
    if lead.endswith(":") and len(lead.split()) <= 8:
        start = lo
        while start < hi and text[start].isspace():
            start += 1
        source = _sound(text, start, lo + len(text[lo:hi].rstrip()) - 1, entities)
        named = source and any(source[0] <= first < source[1] for first, _ in entities)
        return Frame(None, source if named else None, "", named is True)
    return Frame(None, None)


def frame_after(
    text: str, lo: int, hi: int, entities: Sequence[Range], tagged: Sequence[Range]
) -> Frame:
    """The frame that follows a quotation whose closing mark stands before ``lo``."""
    verbs = find_verbs(text, lo, hi)
    if not verbs:
        return Frame(None, None)
    start, end, verb = verbs[0]
    before = text[lo:start].strip(" ,.—–-\n")
    wide = widen_cue(text, lo, (start, end))
    plain = verb in PLAIN_SPEECH or " " in verb
    if verb.startswith(("according", "in the words")):
        source = source_after(text, end, hi, entities, tagged)
        return (
            Frame((start, end), source, verb, not before)
            if len(before.split()) < 4
            else Frame(None, None)
        )
    if not before or before.lower() in ADVERBS:
        source = source_after(text, end, hi, entities, tagged)
        return Frame(wide, source, verb, plain and source is not None)
    if len(before.split()) > 22:
        return Frame(None, None)
    source = source_before(text, lo, start, entities, tagged)
    if source is None or (
        text[lo : source[0]].strip(" ,.—–-\n") and not _LEADING.match(text[lo:start].lstrip(" ,"))
    ):
        return Frame(None, None)
    return Frame(wide, source, verb, plain)
