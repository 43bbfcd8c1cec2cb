"""Where the next word ends and the last one begins: for edges that move by a word."""

from __future__ import annotations

from newsdesk.model import Span, Spans
from newsdesk.ui.reader.selection import word_around
from newsdesk.ui.utf16 import cluster_at


def word_after(text: str, place: int) -> Span | None:
    """The first word that ends behind a place, in code points; None at the end of the paragraph."""
    while place < len(text) and text[place] != "\n":
        word = word_around(text, place)
        if word is not None:
            return word
        place += 1
    return None


def word_before(text: str, place: int) -> Span | None:
    """The last word that begins before a place, in code points; None at the paragraph's start."""
    while place > 0 and text[place - 1] != "\n":
        word = word_around(text, place - 1)
        if word is not None:
            return word
        place -= 1
    return None


def moved_edge(text: str, spans: Spans, edge: str, by: int) -> Spans:
    """Spans with their `start` or `end` moved by one word: outward with 1, inward with -1.

    They come back unchanged where there is no word to take, or only one to leave.
    """
    if edge == "end":
        start, end = spans[-1]
        moved = Span(start, _end_moved(text, start, end, by))
        return (*spans[:-1], moved)
    start, end = spans[0]
    return (Span(_start_moved(text, start, end, by), end), *spans[1:])


def edge_by_letter(text: str, spans: Spans, edge: str, by: int) -> Spans:
    """Spans with their `start` or `end` moved by one letter as a reader sees it: never through a
    grapheme cluster, a line's end or the other edge."""
    span = spans[-1] if edge == "end" else spans[0]
    outward = by > 0
    place = span.end if edge == "end" else span.start
    further = outward == (edge == "end")
    if not 0 <= (place if further else place - 1) < len(text):
        return spans
    letter = cluster_at(text, place if further else place - 1)
    if "\n" in letter.of(text):
        return spans
    place = letter.end if further else letter.start
    moved = Span(span.start, place) if edge == "end" else Span(place, span.end)
    if moved.start >= moved.end:
        return spans
    return (*spans[:-1], moved) if edge == "end" else (moved, *spans[1:])


def _end_moved(text: str, start: int, end: int, by: int) -> int:
    if by > 0:
        word = word_after(text, end)
        return word.end if word else end
    last = word_before(text, end)
    before = word_before(text, last.start) if last else None
    return before.end if before and before.end > start else end


def _start_moved(text: str, start: int, end: int, by: int) -> int:
    if by > 0:
        word = word_before(text, start)
        return word.start if word else start
    first = word_after(text, start)
    after = word_after(text, first.end) if first else None
    return after.start if after and after.start < end else start
