"""What an editor types as a search, read as words, phrases, beginnings, OR and NOT.

A database is only ever given quoted terms: no operator, column or bracket of its own can be typed.
"""

import re
from typing import NamedTuple

_PIECE = re.compile(r'-?"[^"]*"?\*?|\S+')


class Term(NamedTuple):
    """Words that stand one after another; the last is a beginning where `prefix` is set."""

    words: str
    prefix: bool = False
    without: bool = False


def alternatives(typed: str) -> list[list[Term]]:
    """The alternatives that `OR` parts, each a list of terms that all have to hold.

    `"…"` is a phrase, a final `*` any ending, a leading `-` or a `NOT` before it is without, `AND`
    may be written or left out. Terms without a letter or digit say nothing. An alternative that
    only says what is not wanted is left out, for a search must have something to find.
    """
    found: list[list[Term]] = [[]]
    negate = False
    for piece in _PIECE.findall(typed.replace("\0", " ")):
        if piece in ("AND", "OR", "NOT"):
            if piece == "OR":
                found.append([])
            negate = piece == "NOT"
            continue
        term = _term(piece, negate)
        negate = False
        if any(c.isalnum() for c in term.words):
            found[-1].append(term)
    return [terms for terms in found if any(not term.without for term in terms)]


def _term(piece: str, negate: bool) -> Term:
    without = piece.startswith("-") and len(piece) > 1
    body = piece.removeprefix("-") if without else piece
    return Term(body.strip('"*').replace('"', " "), body.endswith("*"), without or negate)
