"""Words of a text as spans, for formats that need them, cut so that every mark has its own."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from newsdesk.model import Span

_WORD = re.compile(r"\w+|[^\w\s]")


def words_in(text: str) -> list[Span]:
    """Runs of letters and digits, and single other signs; white space belongs to none."""
    return [Span(found.start(), found.end()) for found in _WORD.finditer(text)]


def cut_tokens(tokens: Sequence[Span], marks: Iterable[Span]) -> list[Span]:
    """The tokens, cut wherever a mark begins or ends within one; white space at the edge of a
    mark, or all of it, becomes a token too."""
    starts = [token.start for token in tokens]
    cuts: dict[int, set[int]] = {}
    added: set[int] = set()
    for mark in marks:
        for at in mark:
            n = bisect_right(starts, at) - 1
            if n >= 0 and tokens[n].start < at < tokens[n].end:
                cuts.setdefault(n, set()).add(at)
        for at in (mark.start, mark.end - 1):
            n = bisect_right(starts, at) - 1
            if n < 0 or at >= tokens[n].end:
                added.add(at)
    out: list[Span] = []
    for n, token in enumerate(tokens):
        points = [token.start, *sorted(cuts.get(n, ())), token.end]
        out += [Span(a, b) for a, b in pairwise(points)]
    out += [Span(at, at + 1) for at in added]
    return sorted(out)


def places(tokens: Sequence[Span]) -> tuple[dict[int, int], dict[int, int]]:
    """The number of the token that begins, and of the token that ends, at each place."""
    first = {token.start: number for number, token in enumerate(tokens)}
    last = {token.end: number for number, token in enumerate(tokens)}
    return first, last
