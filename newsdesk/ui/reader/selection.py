"""What an editor means by a selection: whole words, without stray quotation marks."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from newsdesk.model import Span
from newsdesk.ui.utf16 import cluster_at, word_at

_POSSESSIVE = re.compile(r"['’][sS]\Z")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}")
_PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "‹": "›",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "'": "'",
    "»": "«",
}
_CLOSING = "”»›’\"'“‘«"
_MARKS = frozenset(_PAIRS) | frozenset(_CLOSING)
_LONGEST_SENTENCE = 4_000


class Snapped(NamedTuple):
    """A selection made good: `span` is None where nothing was left of it."""

    span: Span | None
    unquoted: bool = False


def snap(text: str, start: int, end: int, *, letters: bool = False) -> Snapped:
    """The span (code points) that a selection from `start` to `end` stands for.

    Grapheme clusters are never cut. Unless `letters` are kept, white space and stray quotation
    marks are trimmed, then both ends move out to their words.
    """
    if end > start:
        start, end = cluster_at(text, start).start, cluster_at(text, end - 1).end
    span = _without_space(text, start, end)
    if span is None or letters:
        return Snapped(span)
    bare = _without_quotes(text, span)
    unquoted = bare != span
    if bare is None:
        return Snapped(None, unquoted)
    first, last = word_around(text, bare.start), word_around(text, bare.end - 1)
    return Snapped(
        Span(
            min(bare.start, first.start) if first else bare.start,
            max(bare.end, last.end) if last else bare.end,
        ),
        unquoted,
    )


def word_around(text: str, offset: int) -> Span | None:
    """The word that a code point belongs to; None where there is only space or punctuation.

    The ’s of a possessive is not part of the name before it; the points of U.S. are part of it.
    """
    if not 0 <= offset < len(text):
        return None
    for initials in _INITIALS.finditer(text, max(0, offset - 16), offset + 16):
        if initials.start() <= offset < initials.end():
            return Span(*initials.span())
    # In Thai and its like Qt's pieces hold the space and the marks behind a word as well.
    span = _bare(text, word_at(text, offset))
    word = span.of(text)
    if not span.start <= offset < span.end or not any(map(_is_of_a_word, word)):
        return None
    own = _POSSESSIVE.search(word)
    if own and own.start() > 0:
        border = span.start + own.start()
        return Span(span.start, border) if offset < border else Span(border, span.end)
    return span


def _bare(text: str, span: Span) -> Span:
    start, end = span
    while end > start and _parts_words(text[end - 1]):
        end -= 1
    while start < end and _parts_words(text[start]):
        start += 1
    return Span(start, end)


def _parts_words(letter: str) -> bool:
    # A connector such as _ is part of a word (category Pc).
    return unicodedata.category(letter) in ("Ps", "Pe", "Pi", "Pf", "Po", "Zs", "Cc")


def _is_of_a_word(letter: str) -> bool:
    pictured = ord(letter) > 0x2190 and unicodedata.category(letter)[0] not in "PZ"
    return letter.isalnum() or pictured


def word_near(text: str, offset: int) -> Span | None:
    """The word at a caret: the one behind it, or the one that ends there."""
    found = word_around(text, offset) if offset < len(text) else None
    if found is None and offset > 0:
        found = word_around(text, offset - 1)
    return found


def next_word(text: str, offset: int, backwards: bool = False) -> int:
    """Where the caret goes for one word: the next word's end, or backwards the last one's start."""
    if backwards:
        while offset > 0:
            found = word_around(text, offset - 1)
            if found is not None:
                return found.start
            offset = cluster_at(text, offset - 1).start
        return 0
    while offset < len(text):
        found = word_around(text, offset)
        if found is not None:
            return found.end
        offset = max(offset + 1, cluster_at(text, offset).end)
    return len(text)


def stepped(text: str, anchor: int, caret: int, forward: bool) -> int:
    """Where the caret of a selection of whole words goes for one word more or less."""
    if forward == (caret > anchor):
        return next_word(text, caret, not forward)
    # Less: to the far edge of the next word inside, or to the anchor if there is none.
    last = word_around(text, caret if forward else caret - 1)
    edge = caret if last is None else last.end if forward else last.start
    place = next_word(text, edge, not forward)
    inner = word_around(text, place - 1 if forward else place)
    if inner is None or (place > anchor if forward else place < anchor):
        return anchor
    return inner.start if forward else inner.end


def sentence_around(text: str, offset: int) -> Span | None:
    """The sentence that a code point belongs to; a space belongs to the sentence before it."""
    from newsdesk.suggest.sentences import sentences

    low = text.rfind("\n", max(0, offset - _LONGEST_SENTENCE), offset) + 1
    if low == 0 and offset > _LONGEST_SENTENCE:
        low = offset - _LONGEST_SENTENCE
    high = text.find("\n", offset, offset + _LONGEST_SENTENCE)
    if high < 0:
        high = min(len(text), offset + _LONGEST_SENTENCE)
    found = None
    for start, end in sentences(text[low:high]):
        if found is not None and low + start > offset:
            break
        found = Span(low + start, low + end)
    return found


def next_sentence(text: str, offset: int, backwards: bool = False) -> int:
    """Where the caret goes for one sentence: its start, or that of the one before or behind."""
    if backwards:
        while offset > 0:
            found = sentence_around(text, offset - 1)
            if found is not None and found.start < offset:
                return found.start
            offset = max(0, text.rfind("\n", 0, offset))
        return 0
    here = sentence_around(text, offset)
    place = here.end if here is not None and here.end > offset else offset
    while place < len(text) and text[place].isspace():
        place += 1
    return max(place, min(len(text), offset + 1))


def _without_space(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _without_quotes(text: str, span: Span) -> Span | None:
    """Trim quotation marks at the edges that have no partner inside, or that enclose the whole."""
    found: Span | None = span
    while found is not None:
        start, end = found
        words = found.of(text)
        first, last = words[0], words[-1]
        if end - start > 1 and _encloses(words):
            found = _without_space(text, start + 1, end - 1)
        elif first in _MARKS and not _opens_inside(text, found):
            found = _without_space(text, start + 1, end)
        elif last in _CLOSING and not _closes_inside(text, found):
            found = _without_space(text, start, end - 1)
        else:
            return found
    return None


def _encloses(words: str) -> bool:
    """Whether the first and last mark are a pair with no other mark of theirs between."""
    closing = _PAIRS.get(words[0], "")
    if not closing or words[-1] not in closing:
        return False
    inner = words[1:-1]
    if words[0] == words[-1]:
        return words[0] not in inner
    depth = 0
    for n, letter in enumerate(inner):
        if letter in closing and not _is_apostrophe(inner, n):
            depth -= 1
        elif letter == words[0]:
            depth += 1
        if depth < 0:
            return False
    return True


def _opens_inside(text: str, span: Span) -> bool:
    """Whether the mark at the span's start is closed before its end, or is an apostrophe."""
    words = span.of(text)
    if words[0] in "'’" and span.end - span.start > 1 and words[1].isalnum():
        before = text[span.start - 1] if span.start else " "
        if words[0] == "’" or before.isalnum():
            return True  # ’tis, ’90s
    closing = _PAIRS.get(words[0], "")
    inner = words[1:]
    return any(c in closing and not _is_apostrophe(inner, n) for n, c in enumerate(inner))


def _closes_inside(text: str, span: Span) -> bool:
    """Whether the mark at the span's end is opened behind its start, or is an apostrophe."""
    words = span.of(text)
    last = words[-1]
    opening = [mark for mark, closing in _PAIRS.items() if last in closing]
    inner = words[:-1]
    if any(c in opening and not _is_apostrophe(inner, n) for n, c in enumerate(inner)):
        return True
    if last in "'’" and len(words) > 1 and words[-2].isalnum():
        # The players’: an apostrophe, unless a single quotation mark is open before it.
        line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
        return line.count("‘") <= line.count("’ ") and not re.search(r"(?:^|\s)'\w[^']*$", line)
    return False


def _is_apostrophe(words: str, n: int) -> bool:
    """Whether a single mark stands between two letters."""
    return (
        words[n] in "'’"
        and 0 < n < len(words) - 1
        and words[n - 1].isalnum()
        and words[n + 1].isalnum()
    )
