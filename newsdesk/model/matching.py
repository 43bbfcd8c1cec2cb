"""Looking for words in one text: with case, whole words and regular expressions as options."""

import re
from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

from newsdesk.model.errors import NewsdeskError
from newsdesk.model.span import Span

MOST = 100_000
"""Matches that are counted; a text of a million commas needs no more."""


class Sought(NamedTuple):
    """What is looked for in a text. `expression` takes `words` as a regular expression."""

    words: str
    match_case: bool = False
    whole_words: bool = False
    expression: bool = False

    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern; raises NewsdeskError for an expression that can't be read."""
        body = f"(?:{self.words})" if self.expression else re.escape(self.words)
        if self.whole_words:
            body = rf"(?<!\w){body}(?!\w)"
        flags = re.MULTILINE | (0 if self.match_case else re.IGNORECASE)
        try:
            if self.expression:
                re.compile(self.words, flags)  # so that its own places are named, not ours
            return re.compile(body, flags)
        except (re.error, OverflowError, RecursionError, MemoryError) as error:
            raise NewsdeskError(f"This pattern can't be read: {error}.") from None


def matches(text: str, sought: Sought) -> list[Span]:
    """Where a text holds what is sought, in code points; at most `MOST`. Nothing is no match.

    An expression can take for ever: that is what the process of `ui.finding.matcher` is for.
    """
    if not sought.words:
        return []
    found: list[Span] = []
    for match in sought.pattern().finditer(text):
        if match.end() > match.start():
            found.append(Span(*match.span()))
            if len(found) == MOST:
                break
    return found


def matches_by_parts(text: str, sought: Sought, part: int) -> Iterator[list[Span]]:
    """The same for plain words, `part` code points at a time, so that one can pause between."""
    pattern, reach = sought.pattern(), len(sought.words) + 2
    at = 0
    while at < len(text):
        found: list[Span] = []
        end = at + part
        for match in pattern.finditer(text, at, min(len(text), end + reach)):
            if match.start() >= end:
                break
            found.append(Span(*match.span()))
        yield found
        at = max(end, found[-1].end if found else 0)


def packed(spans: list[Span]) -> bytes:
    """Spans as bytes, to be sent to another process."""
    return array("q", [place for span in spans for place in span]).tobytes()


def unpacked(data: bytes) -> Sequence[Span]:
    """Spans that `packed` made bytes. They are made one by one as they are asked for: a hundred
    thousand at once would hold up a window."""
    places = array("q")
    places.frombytes(data)
    return _Packed(places)


class _Packed(Sequence[Span]):
    def __init__(self, places: "array[int]") -> None:
        self._places = places

    def __len__(self) -> int:
        return len(self._places) // 2

    @overload
    def __getitem__(self, at: int) -> Span: ...
    @overload
    def __getitem__(self, at: slice) -> list[Span]: ...
    def __getitem__(self, at: int | slice) -> Span | list[Span]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        at = at + len(self) if at < 0 else at
        return Span(self._places[2 * at], self._places[2 * at + 1])
