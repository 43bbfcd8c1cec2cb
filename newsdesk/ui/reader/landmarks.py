"""Where an editor goes next by one key: to what looks like a name or number, or to a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdesk.model import Span

_WORD = re.compile(r"[£$€]?\w+(?:[’'.,-]\w+)*%?")
_INSIDE = frozenset(
    "of for the de la le di da del der den van von bin al el e y & du dos das".split()
)
_FIRST = frozenset(
    """
    a an the this that these those he she it we you they his her its our your their i there here
    what who when where why how which while if as at by for from in into of on over to with
    without and but or nor so yet not no yes after before since until once both all each some any
    most many one only even just still now then later earlier also however nothing nobody whether
    """.split()
)
_LINE_END = "\n"
_PAIRS = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "‹": "›"}
_FAR = 20_000  # code points that are looked through at most


def names_after(text: str, offset: int) -> Iterator[Span]:
    """Runs of capitalised words, and numbers, that begin at or behind a code point, in order.

    Of scripts without capitals there are numbers only. A word that is capitalised because it
    begins a sentence is passed over where it is a common one.
    """
    run: list[Span] = []
    linked: list[Span] = []
    for found in _WORD.finditer(text, offset, min(len(text), offset + _FAR)):
        word, span = found.group(), Span(*found.span())
        if offset and span.start == offset and text[offset - 1].isalnum():
            continue  # the rest of a word that the caret stands in
        last = linked[-1] if linked else run[-1] if run else None
        if last is not None and text[last.end : span.start] not in (" ", "-"):
            yield from _whole(run)
            run, linked = [], []
        named = word[0].isupper() and not (not run and word.lower() in _FIRST)
        if named or any(letter.isdigit() for letter in word):
            run += [*linked, span]
            linked = []
        elif run and word.lower() in _INSIDE and len(linked) < 2:
            linked.append(span)
        elif word == "and" and any(one.of(text) in ("of", "for") for one in run):
            linked.append(span)  # Department for Ports and Coasts
        else:
            yield from _whole(run)
            run, linked = [], []
    yield from _whole(run)


def _whole(run: list[Span]) -> Iterator[Span]:
    if run:
        yield Span(run[0].start, run[-1].end)


def quotation_after(text: str, offset: int) -> Span | None:
    """The words of the next quotation that opens at or behind a code point, its marks left out."""
    for at in range(offset, min(len(text), offset + _FAR)):
        closing = _PAIRS.get(text[at])
        opens = closing is not None and (at == 0 or not text[at - 1].isalnum())
        if not opens or closing is None:
            continue
        stop = text.find(_LINE_END, at)
        stop = stop if stop >= 0 else len(text)
        ends = [end for mark in closing if (end := text.find(mark, at + 1, stop)) > at + 1]
        if ends:
            return Span(at + 1, min(ends))
    return None
