"""Turns lessons into spaCy's examples: the right tag of each word, or none where nobody said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.suggest.encoder import Encoder, Reading
from newsdesk.suggest.golds import CLAIMS, ENTITIES, QUOTES, WORTHY
from newsdesk.suggest.learning.corrections import lay_vectors
from newsdesk.suggest.learning.layers import BASES, LEARNT_CLAIMS, LEARNT_NAMES, LEARNT_QUOTES
from newsdesk.suggest.learning.layers import WORTHY as CATEGORY
from newsdesk.suggest.learning.lessons import Lesson
from newsdesk.suggest.scores import ClaimMark, Marks, QuoteMark, Range
from newsdesk.suggest.sentences import sentences
from newsdesk.suggest.training.invented import Inventor

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.training import Example

FEWEST_OF_A_LABEL = 12
"""A label that the network never heard of is learnt from so many marks on."""
LONGEST = 100_000  # code points of a text that are learnt from

_REHEARSED, _REHEARSED_SEED = 120, 5

_BROAD = {"GPE": "LOC", "FAC": "LOC", "OUTLET": "ORG"}
"""The network's labels are broader than the codebook's; word lists part them afterwards."""
_BY_RULE = frozenset("DATE TIME MONEY PERCENT QUANTITY".split())


@dataclass(slots=True)
class Read:
    """A lesson as the frozen network read it: a document with vectors and scores, the tokens of
    each sentence's words, and the readings."""

    lesson: Lesson
    doc: Doc
    rows: list[list[int]]
    readings: list[Reading]


def read(nlp: Language, encoder: Encoder, lesson: Lesson) -> Read:
    """Let the network read a lesson, once for all passes."""
    text = lesson.marks.text[:LONGEST]
    doc = nlp.make_doc(text)
    readings = encoder.read(text, sentences(text), vectors=True)
    return Read(lesson, doc, lay_vectors(doc, readings), readings)


def label_of(label: str) -> str | None:
    """The tag's label for one of the codebook; None where a rule finds it."""
    return None if label in _BY_RULE else _BROAD.get(label, label)


def name_tags(shipped: Sequence[str], lessons: Iterable[Lesson]) -> list[str]:
    """The tags of names: the network's, and those of new labels with enough marks."""
    counts: dict[str, int] = {}
    for lesson in lessons:
        for mark in lesson.marks.entities:
            label = label_of(mark.label)
            if label is not None:
                counts[label] = counts.get(label, 0) + 1
    new = sorted(
        label for label, count in counts.items()
        if f"B-{label}" not in shipped and count >= FEWEST_OF_A_LABEL
    )  # fmt: skip
    return [*shipped, *(f"{part}-{label}" for label in new for part in "BI")]


def names_example(one: Read, tags: Sequence[str], heard: frozenset[str]) -> Example:
    """The right name tags. `heard` are the labels that people use at all: where the network read
    another one, nobody said whether it was right."""
    answer: list[str] = []
    base = one.doc.user_data[BASES][LEARNT_NAMES]
    likely = base.argmax(axis=1)
    spans = tagged(
        (m.start, m.end, label) for m in one.lesson.marks.entities
        if (label := label_of(m.label)) is not None and f"B-{label}" in tags
    )  # fmt: skip
    unsaid = tagged(
        (m.start, m.end, "") for m in one.lesson.marks.entities
        if f"B-{label_of(m.label)}" not in tags and m.label not in _BY_RULE
    )  # fmt: skip
    for token in one.doc:
        start, end = token.idx, token.idx + len(token)
        tag = _tag_at(spans, start, end)
        unheard = tag is None and likely[token.i] and tags[likely[token.i]][2:] not in heard
        known = one.lesson.knows(ENTITIES, start, end) and not _tag_at(unsaid, start, end)
        answer.append((tag or "O") if known and not unheard else "")
    return _example(one.doc, answer)


def quotes_example(one: Read) -> Example:
    """The right quote tags. Direct content is left open, since rules find it; so is content whose
    cue stands in another sentence: the network reads a sentence at a time."""
    told, left = quote_spans(one.lesson.marks, [(r.start, r.end) for r in one.readings])
    spans, unsaid = tagged(told), tagged(left)
    answer = []
    for token in one.doc:
        start, end = token.idx, token.idx + len(token)
        tag = _tag_at(spans, start, end)
        known = one.lesson.knows(QUOTES, start, end) and (tag or not _tag_at(unsaid, start, end))
        answer.append((tag or "O") if known else "")
    return _example(one.doc, answer)


def quote_spans(
    marks: Marks, bounds: Iterable[Range]
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]:
    """What a network that reads a sentence (``bounds``) at a time can be taught of quotes:
    contents, cues and sources; and all contents, of which it hears nothing beyond that."""
    told: list[tuple[int, int, str]] = []
    left: list[tuple[int, int, str]] = []
    for quote in marks.quotes:
        for start, end in quote.content:
            for first, last in bounds:
                if start < last and first < end:
                    part = (max(start, first), min(end, last), "CONTENT")
                    left.append(part)  # its marks and stops may be counted in or not
                    near = quote.cue is not None and first <= quote.cue[0] < last
                    if near and quote.manner != "direct":
                        told.append((*_words_of(marks.text, part[0], part[1]), "CONTENT"))
        told += _around(quote)
    return told, left


def _around(quote: QuoteMark) -> Iterator[tuple[int, int, str]]:
    if quote.cue is not None:
        yield (*quote.cue, "CUE")
        if quote.source is not None:
            yield (*quote.source, "SOURCE")


def tagged(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Spans without overlap: the shorter ones stay, as a cue inside a content does."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda each: each[1] - each[0]):
        if not any(span[0] < end and start < span[1] for start, end, _ in kept):
            kept.append(span)
    return sorted(kept)


def _tag_at(spans: Sequence[tuple[int, int, str]], start: int, end: int) -> str | None:
    for first, last, label in spans:
        if start < last and first < end:
            return f"{'B' if start <= first else 'I'}-{label}"
        if first >= end:
            break
    return None


def _words_of(text: str, start: int, end: int) -> tuple[int, int]:
    """A content without the marks at its ends."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _example(doc: Doc, tags: list[str]) -> Example:
    from spacy.tokens import Doc as NewDoc
    from spacy.training import Example as NewExample

    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    return NewExample(doc, NewDoc(doc.vocab, words=words, spaces=spaces, tags=tags))


def rehearsal(nlp: Language, encoder: Encoder) -> dict[str, list[Example]]:
    """Invented sentences with what the network reads in them already, learnt along with a desk's:
    so that nothing is forgotten of which the desk has no example (Robins 1995)."""
    found: dict[str, list[Example]] = {LEARNT_NAMES: [], LEARNT_QUOTES: [], LEARNT_CLAIMS: []}
    for example in Inventor(_REHEARSED_SEED).examples(_REHEARSED):
        one = read(nlp, encoder, Lesson("", Marks(example.text)))
        for name, tags in ((LEARNT_NAMES, encoder.name_tags), (LEARNT_QUOTES, encoder.quote_tags)):
            likely = one.doc.user_data[BASES][name].argmax(axis=1)
            found[name].append(_example(one.doc, [tags[at] for at in likely]))
    return found


def claim_examples(one: Read) -> Iterator[Example]:
    """A document for each sentence that people judged, with whether it is worth a check."""
    marks = one.lesson.marks
    for reading in one.readings:
        if len(reading.words) < 4:
            continue
        if WORTHY in marks.layers:
            worthy = bool(marks.worthy)
        elif one.lesson.knows(CLAIMS, reading.start, reading.end):
            worthy = any(states(reading.start, reading.end, claim) for claim in marks.claims)
        else:
            continue
        yield _judged(one.doc, reading, worthy)


def states(start: int, end: int, claim: ClaimMark) -> bool:
    """Whether a claim stands in a sentence: most of either lies in the other."""
    shared = min(end, claim.end) - max(start, claim.start)
    return 2 * shared >= min(end - start, claim.end - claim.start)


def _judged(whole: Doc, reading: Reading, worthy: bool) -> Example:
    import numpy as np
    from spacy.tokens import Doc as NewDoc
    from spacy.training import Example as NewExample

    words = ["x"] * len(reading.words)
    doc = NewDoc(whole.vocab, words=words)
    doc.tensor = reading.vectors
    doc.user_data[BASES] = {LEARNT_CLAIMS: np.array([reading.claim], dtype="f")}
    example = NewExample.from_dict(doc, {"cats": {CATEGORY: float(worthy)}})
    example.reference.tensor = doc.tensor  # `textcat` measures its layer by the reference
    return example
