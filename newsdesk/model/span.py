"""Half-open ranges of code points, and lists of them: what an annotation marks."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

GAP = " … "
"""Stands between the fragments of a discontinuous annotation wherever it is shown as one text."""


class Span(NamedTuple):
    """A half-open range of code points in an article's stored text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span marks."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]


def check_spans(spans: Sequence[Span]) -> None:
    """Raise ValueError unless the spans are non-empty, ordered, and parted by a gap."""
    if not spans:
        raise ValueError("an annotation needs at least one span")
    end = -1
    for span in spans:
        if not 0 <= span[0] < span[1]:
            raise ValueError(f"empty, inverted or negative span {span[0]}–{span[1]}")
        if span[0] <= end:
            raise ValueError(f"span {span[0]}–{span[1]} is out of order or meets the one before it")
        end = span[1]


def joined(spans: Iterable[Span]) -> Spans:
    """Sort spans and join those that overlap or touch: the form in which they are stored."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(end, out[-1].end))
        else:
            out.append(Span(start, end))
    return tuple(out)


def quote_of(text: str, spans: Sequence[Span]) -> str:
    """The marked words; the fragments of a discontinuous annotation are parted by ` … `."""
    if len(spans) == 1:
        start, end = spans[0]
        return text[start:end]
    return GAP.join(text[start:end] for start, end in spans)
