"""Offsets that came from elsewhere: mapped to the stored text, held against the quoted words."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from newsdesk.model import Offsets, Span, canonise

_DROPPED = re.compile("\ufeff|\r(?=\n)")
_CHANGED = "\r\u2028\u2029\ufdd0\ufdd1\x00\ufeff"
_SHOWN = 40


Moved = Callable[[Sequence[Span]], tuple[Span, ...]]


def canonical_with_spans(text: str) -> tuple[str, Moved | None]:
    """A text in its stored form, and the way from offsets in the old form to offsets in the new.

    None stands for no way at all: the text was in its stored form already.

    Only byte order marks and the first half of CRLF take a place away: everything else that the
    canoniser does is one code point for one. The text holds no surrogates.
    """
    if not any(mark in text for mark in _CHANGED):
        return text, None
    dropped = [match.start() for match in _DROPPED.finditer(text)]

    def moved(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(
            Span(start - bisect_left(dropped, start), end - bisect_left(dropped, end))
            for start, end in spans
        )

    return canonise(text), moved


def words_of(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The words that each span marks."""
    if len(spans) == 1:
        start, end = spans[0]
        return (text[start:end],)
    return tuple(text[start:end] for start, end in spans)


def why_not(text: str, spans: Sequence[Span], said: Sequence[str] | None) -> str:
    """Why spans don't fit a text or the words that a file quotes of it, in words for an editor.

    Offsets that count UTF-16 units or UTF-8 bytes are known by the quoted words.
    """
    outside = next((span for span in spans if not 0 <= span[0] < span[1] <= len(text)), None)
    if said:
        for unit, right in (("UTF-16 units", _utf16(text, spans)), ("bytes", _bytes(text, spans))):
            if right and right != tuple(spans) and words_of(text, right) == tuple(said):
                return (
                    f"the offsets count {unit}, where Newsdesk counts Unicode code points: "
                    f"{_listed(spans)} should be {_listed(right)}"
                )
    if outside:
        return (
            f"{outside[0]}–{outside[1]} is empty or lies outside the text, which has "
            f"{len(text):,} code points"
        )
    if said is None or len(said) != len(spans):
        return f"there are {len(spans)} spans but {len(said or ())} quoted words"
    at, (found, quoted) = next(
        (n, pair)
        for n, pair in enumerate(zip(words_of(text, spans), said, strict=True))
        if pair[0] != pair[1]
    )
    place = text.find(quoted) if quoted else -1
    hint = f"; they first stand at {place}–{place + len(quoted)}" if place >= 0 else ""
    return (
        f"at {spans[at][0]}–{spans[at][1]} the text reads “{_short(found)}”, "
        f"the file quotes “{_short(quoted)}”{hint}"
    )


def _utf16(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    offsets = Offsets(text)
    if any(not 0 <= start < end <= offsets.units for start, end in spans):
        return ()
    return tuple(Span(offsets.from_utf16(a), offsets.from_utf16(b)) for a, b in spans)


def _bytes(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    raw = text.encode()
    if any(not 0 <= start < end <= len(raw) for start, end in spans):
        return ()

    def points(at: int) -> int:
        return len(raw[:at].decode(errors="ignore"))

    return tuple(Span(points(start), points(end)) for start, end in spans)


def _listed(spans: Sequence[Span]) -> str:
    return ", ".join(f"{start}–{end}" for start, end in spans[:3]) + ("…" if len(spans) > 3 else "")


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
