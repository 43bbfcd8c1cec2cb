"""Tells who a source comes down to, what kind of source it is, and by what way the words came."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from newsdesk.model import Assertion, Attitude, Channel, SourceKind
from newsdesk.suggest.direct import Reported
from newsdesk.suggest.frames import Range
from newsdesk.suggest.lexicon import (
    ALLEGATIONS,
    ANYBODY,
    BELIEF_VERBS,
    DENIALS,
    DOCUMENTS,
    GROUP_BODIES,
    GROUPS,
)
from newsdesk.suggest.names import Name

_SPEAKING = frozenset("PERSON ORG OUTLET GPE NORP".split())
_EVENTUALITY = frozenset(
    "promised promises promise vowed vows vow pledged pledges urged urges urge demanded demands "
    "asked "
    "asks ordered proposed proposes recommended recommends advised advises".split()
)


@dataclass(slots=True)
class Cast:
    """Who has been named and who has spoken, as far as the text is read."""

    text: str
    names: Sequence[Name]
    quoted: Sequence[Range]
    speaker: int | None = None
    spoke_at: int = -1
    outside: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        taken = sorted(self.quoted)
        opens = [start for start, _ in taken]
        furthest = list(accumulate((end for _, end in taken), max))
        for place, name in enumerate(self.names):
            before = bisect_right(opens, name.start)
            if not before or furthest[before - 1] <= name.start:
                self.outside.append(place)
                self.starts.append(name.start)

    def resolve(self, source: Range | None, at: int, outer: int | None) -> int | None:
        """The place in ``names`` of whoever the source is; None rather than a guess.

        ``at`` is where the cue stands; ``outer`` is the speaker of the words around a nested one.
        """
        if source is None:
            return None
        words = self.text[source[0] : source[1]].lower()
        if words in ("i", "we"):
            return outer
        if words in ("he", "she", "they", "who"):
            return self._pronoun(words, source[0])
        inside = [
            i
            for i, n in enumerate(self.names)
            if n.start < source[1] and n.end > source[0] and n.label in _SPEAKING
        ]
        people = [i for i in inside if self.names[i].label == "PERSON"]
        if people:
            return people[-1] if not re.search(r"\b(?:of|for|to)\b", words) else people[0]
        if _head(words) in ANYBODY | GROUPS | DOCUMENTS or not inside:
            return None
        last = inside[-1]
        return last if self.names[last].end == source[1] else None

    def _pronoun(self, word: str, at: int) -> int | None:
        text = self.text
        paragraph = text.rfind("\n", 0, at) + 1
        earlier = text.rfind("\n", 0, max(0, text.rfind("\n", 0, max(0, paragraph - 2)))) + 1
        if word == "they":
            recent = self._named({"ORG", "OUTLET"}, earlier, at)
            return self.speaker if self.speaker in recent else None
        people = self._named({"PERSON"}, earlier, at)
        if word == "who":
            return people[-1] if people and at - self.names[people[-1]].end < 40 else None
        here = [i for i in people if self.names[i].start >= paragraph]
        spoke = self.speaker is not None and self.names[self.speaker].label == "PERSON"
        if here and not (spoke and self.spoke_at >= paragraph):
            return self._first_of_last_sentence(here, at)
        if spoke and self.spoke_at >= earlier:
            return self.speaker
        return self._first_of_last_sentence(people, at) if people else None

    def _named(self, labels: set[str], lo: int, hi: int) -> list[int]:
        """Names outside quotes within a range."""
        inside = self.outside[bisect_left(self.starts, lo) : bisect_left(self.starts, hi)]
        return [place for place in inside if self.names[place].label in labels]

    def _first_of_last_sentence(self, places: list[int], at: int) -> int:
        """The first name in the sentence of the last one: subjects stand first in English."""
        last = self.names[places[-1]].start
        stop = max(self.text.rfind(mark, 0, last) for mark in (". ", "? ", "! ", "\n", "” ", '" '))
        return next(i for i in places if self.names[i].start > stop)


def _head(words: str) -> str:
    """The head noun of a noun phrase, roughly: the last word before a preposition."""
    phrase = re.split(
        r"\b(?:of|for|from|in|by|at|on|with|to|who|which|close|familiar|near)\b", words
    )[0]
    found = re.findall(r"[^\W\d_]+", phrase)
    return found[-1] if found else ""


def kind_of(text: str, source: Range | None, speaker: Name | None) -> SourceKind | None:
    """What kind of source the words show."""
    if source is None:
        return None
    words = text[source[0] : source[1]].lower()
    head = _head(words)
    if speaker is not None and speaker.label == "PERSON":
        return SourceKind.NAMED_INDIVIDUAL
    if re.search(r"\b(?:poll|survey)s?\b", words):
        return SourceKind.POLL
    if head in DOCUMENTS:
        return SourceKind.DOCUMENT
    if speaker is not None and speaker.label == "OUTLET":
        return SourceKind.MEDIA_OUTLET
    if speaker is not None:
        return SourceKind.NAMED_GROUP
    if head in GROUPS or words in ("they", "we"):
        return SourceKind.UNNAMED_GROUP
    if head in GROUP_BODIES:
        return SourceKind.UNNAMED_GROUP
    return SourceKind.UNNAMED_INDIVIDUAL


def channel_of(text: str, report: Reported, speaker: Name | None) -> Channel | None:
    """By what way the words came, as far as the frame says it."""
    lo = max(text.rfind("\n", 0, report.start) + 1, report.start - 160)
    stop = text.find("\n", report.end)
    frame = (
        text[lo : report.start]
        + " "
        + text[report.end : min(len(text) if stop < 0 else stop, report.end + 160)]
    )
    for pattern, channel in _CHANNELS:
        if re.search(pattern, frame, re.IGNORECASE):
            return channel
    if speaker is not None and speaker.label == "OUTLET":
        return Channel.PRESS_REPORT
    return None


_CHANNELS = (
    (
        r"\b(?:press|news) conference\b|\btold (?:reporters|journalists)\b",
        Channel.PRESS_CONFERENCE,
    ),
    (
        r"\bin a (?:written |joint |brief |short )?statement\b|\bstatement (?:said|read|from)\b",
        Channel.STATEMENT,
    ),
    (
        r"\b(?:tweeted|posted on|wrote on (?:twitter|x|facebook|instagram)|in a (?:tweet|post))\b",
        Channel.SOCIAL_POST,
    ),
    (
        r"\binterview|\btold (?:the )?(?:bbc|guardian|times|reuters|[a-z]+ (?:news|radio|times))\b",
        Channel.INTERVIEW,
    ),
    (
        r"\b(?:speech|address to|rally)\b|"
        r"\btold (?:parliament|mps|congress|the (?:court|house|crowd))\b",
        Channel.PUBLIC_SPEECH,
    ),
    (r"\b(?:lawsuit|court filing|indictment)\b", Channel.LAWSUIT),
    (r"\b(?:as reported by|reports? that|reported that)\b", Channel.PRESS_REPORT),
    (
        r"\b(?:report|study|document|memo|letter|email) "
        r"(?:by|from|found|said|says|shows|concluded|published)\b",
        Channel.DOCUMENT,
    ),
)


def assertion_of(report: Reported) -> Assertion:
    """How firmly the words are reported, by the verb."""
    if report.verb in DENIALS:
        return Assertion.DENIED
    if report.verb in ALLEGATIONS:
        return Assertion.ALLEGED
    if report.verb in BELIEF_VERBS or report.verb.startswith(
        ("specul", "suggest", "predict", "hint")
    ):
        return Assertion.SPECULATIVE
    return Assertion.ATTRIBUTED


def attitude_of(report: Reported) -> Attitude:
    """The kind of attribution after PARC3: most are assertions."""
    if report.verb in BELIEF_VERBS:
        return Attitude.BELIEF
    if report.verb in _EVENTUALITY:
        return Attitude.EVENTUALITY
    return Attitude.ASSERTION
