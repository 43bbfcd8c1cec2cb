"""The tokens and sentences that Newsdesk writes where a format is made of them.

The rule, which docs/formats.md declares: a paragraph ends at a line break; a sentence ends there,
or after `.`, `!`, `?` or `…` with closing marks that white space and no small letter follow. A
token is a run of letters, digits, combining marks and joiners (an apostrophe or hyphen inside
keeps it whole), or else one other sign with what combines with it. A token also ends where a mark
begins or ends, so that every mark covers whole tokens.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsdesk.model import Span

_COMBINING = (
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u200c\u200d"
)
_TOKEN = re.compile(
    rf"\w[\w{_COMBINING}]*(?:[-'’.]\w[\w{_COMBINING}]*)*"
    rf"|[^\w\s][{_COMBINING}\U0001f3fb-\U0001f3ff]*"
)
_PARAGRAPH = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…]+[”’\"')\]»]*(?=[^\S\n]+[^\sa-z])")


class Sentence(NamedTuple):
    """One sentence: its tokens, and whether a paragraph begins with it."""

    tokens: list[Span]
    begins: bool


def sentences(text: str, marks: Sequence[Span]) -> Iterator[Sentence]:
    """The sentences of a text that have a token; none ends within a mark.

    `marks` are sorted and disjoint, and stay within paragraphs. Spans are in code points. No
    token holds white space.
    """
    inner = sorted({at for span in marks for at in span})
    at = 0
    for paragraph in _PARAGRAPH.finditer(text):
        start, begins = paragraph.start(), True
        for stop in _stops(text, paragraph.span(), marks):
            tokens: list[Span] = []
            for found in _TOKEN.finditer(text, start, stop):
                begin, end = found.span()
                while at < len(inner) and inner[at] <= begin:
                    at += 1
                while at < len(inner) and inner[at] < end:
                    tokens.append(Span(begin, inner[at]))
                    begin = inner[at]
                    at += 1
                tokens.append(Span(begin, end))
            if tokens:
                yield Sentence(tokens, begins)
                begins = False
            start = stop


def _stops(text: str, paragraph: tuple[int, int], marks: Sequence[Span]) -> Iterator[int]:
    for found in _END.finditer(text, *paragraph):
        at = bisect_left(marks, found.end(), key=lambda span: span.end)
        if at == len(marks) or marks[at].start >= found.end() or marks[at].end == found.end():
            yield found.end()
    yield paragraph[1]


def tagged(tokens: list[Span], marks: list[tuple[Span, str]]) -> list[str]:
    """BIO tags (IOB2) of tokens; `marks` are sorted, disjoint, and begin and end with tokens."""
    tags, at = [], 0
    for token in tokens:
        while at < len(marks) and marks[at][0].end <= token.start:
            at += 1
        if at < len(marks) and marks[at][0].start <= token.start:
            begins = marks[at][0].start == token.start
            tags.append(f"{'B' if begins else 'I'}-{marks[at][1]}")
        else:
            tags.append("O")
    return tags


def marked(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """The runs that tags mark: first token, one past the last, and the label.

    Understands IOB1, IOB2 (BIO), BILOU, BIOES and BMEWO. Raises ValueError for a tag of no kind.
    """
    start, label = -1, ""
    for at, tag in enumerate(tags):
        sign, _, name = tag.partition("-")
        if tag in ("O", "_", "-", "") or (sign == "O" and not name):
            sign = "O"
        elif sign not in "BIOLUESMW" or len(sign) != 1 or not name or sign == "O":
            raise ValueError(tag)
        if start >= 0 and (sign in "OBUSW" or name != label):
            yield start, at, label
            start = -1
        if sign != "O" and start < 0:
            start, label = at, name
        if start >= 0 and sign in "LEUSW":
            yield start, at + 1, label
            start = -1
    if start >= 0:
        yield start, len(tags), label
