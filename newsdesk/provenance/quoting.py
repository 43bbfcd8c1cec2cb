"""Quote drift: variants of one quote across articles, compared word by word."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec
from rapidfuzz.distance import Levenshtein

from newsdesk.model import Attribution, Manner
from newsdesk.provenance.appearance import Who, is_answer
from newsdesk.provenance.figures import ONES, TENS
from newsdesk.provenance.wording import stem, words

SHARED = 3
"""Words in a row that two quotes share before they are compared at all."""

COMMON = 60
"""Quotes that hold the same run of words before that run says nothing any more."""

_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.|\[\.\.\.\]")
_BRACKET = re.compile(r"\[[^\]]*\w[^\]]*\]")
_MARKED = re.compile(r"[“«\"]\s?([^”»\"]+?)\s?[”»\"]")
_FORMS = (
    "be am is are was were been being",
    "have has had having",
    "do does did done",
    "will would shall should",
    "can could",
    "may might",
    "say says said",
    "go goes went gone",
    "know knows knew known",
    "give gives gave given",
    "take takes took taken",
    "make makes made",
    "come comes came",
    "get gets got",
    "think thinks thought",
    "see sees saw seen",
    "tell tells told",
    "find finds found",
    "want wants wanted",
    "need needs needed",
)
_VERB = {form: row.split()[0] for row in _FORMS for form in row.split()}


class Change(StrEnum):
    """What is different in a variant of a quote."""

    WORDS = "words"
    TENSE = "tense"
    NUMBER = "number"
    CUT = "cut"
    ADDED = "added"
    ELLIPSIS = "ellipsis"
    BRACKET = "bracket"
    MIXED = "mixed"
    SPEAKER = "speaker"


class Quoted(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A quote as an article prints it. `pieces` are its fragments, `start` and `end` code points
    of the whole; `hops` its accepted attributions."""

    id: str
    article: str
    pieces: tuple[str, ...]
    start: int
    end: int
    published: str | None = None
    hops: tuple[Attribution, ...] = ()

    @property
    def text(self) -> str:
        """The words, with a space where the reporter's own stood between fragments."""
        return " ".join(self.pieces)

    @property
    def manner(self) -> Manner | None:
        """How it is printed, as its lowest hop says."""
        return min(self.hops, key=lambda one: one.hop).manner if self.hops else None


class Piece(msgspec.Struct, frozen=True, gc=False):
    """One stretch of the alignment; `tag` is equal, replace, insert or delete."""

    tag: str
    before: str
    after: str


class Drift(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A quote and a later variant of it, in different articles, with what is different."""

    first: str
    variant: str
    changes: tuple[Change, ...]
    pieces: tuple[Piece, ...]


def quote_drift(quotes: Iterable[Quoted], who: Who | None = None) -> list[Drift]:
    """The variants of each quote that differ from its first printing (SCHEME, provenance 6).

    Only words that are printed as spoken (direct or mixed) are compared. An extract that stands
    word for word in the first printing is no drift. Words within a quote that drifted are not
    told again unless somebody else speaks them.
    """
    who = who or {}
    spoken = [one for one in quotes if one.manner in (Manner.DIRECT, Manner.MIXED)]
    spoken.sort(key=lambda one: (one.published or "9999", one.start, one.start - one.end, one.id))
    by_id = {one.id: one for one in spoken}
    found: dict[str, Drift] = {}
    pairs = _pairs(spoken)
    # What the same person said elsewhere is looked for first, and only then another speaker.
    pairs.sort(key=lambda pair: not _same_mouth(spoken[pair[0]], spoken[pair[1]], who))
    for at, other in pairs:
        first, variant = spoken[at], spoken[other]
        if first.article == variant.article or variant.id in found:
            continue
        made = compared(first, variant, who)
        if made is not None and not _told_already(first, variant, found, by_id, who):
            found[variant.id] = made
    return list(found.values())


def compared(first: Quoted, variant: Quoted, who: Who | None = None) -> Drift | None:
    """How a variant differs from a quote; None where it is none of it, or nothing differs."""
    changed_mouth = _speakers_differ(first, variant, who or {})
    if variant.manner is Manner.MIXED and first.manner is Manner.DIRECT:
        return None if changed_mouth else _boiled_down(first, variant)
    before, after = _spoken(first), _spoken(variant)
    if not changed_mouth and not _BRACKET.search(variant.text) and _runs(before, after):
        return None  # an extract, word for word
    opcodes = Levenshtein.opcodes(before, after)
    same = sum(one.src_end - one.src_start for one in opcodes if one.tag == "equal")
    shorter = min(len(before), len(after))
    enough = 0.8 if changed_mouth else 0.5
    if same < SHARED or same < enough * shorter or (changed_mouth and same < 5):
        return None
    pieces = tuple(
        Piece(
            one.tag,
            " ".join(before[one.src_start : one.src_end]),
            " ".join(after[one.dest_start : one.dest_end]),
        )
        for one in opcodes
    )
    changes = _changes(first, variant, list(pieces))
    if changed_mouth:
        changes.append(Change.SPEAKER)
    if not changes:
        return None
    return Drift(first=first.id, variant=variant.id, changes=tuple(changes), pieces=pieces)


def _changes(first: Quoted, variant: Quoted, pieces: list[Piece]) -> list[Change]:
    found: list[Change] = []
    if _ELLIPSIS.search(variant.text) and not _ELLIPSIS.search(first.text):
        found.append(Change.ELLIPSIS)
    if _BRACKET.search(variant.text) and not _BRACKET.search(first.text):
        found.append(Change.BRACKET)
    # What is cut before the first and after the last word that both have is just not quoted.
    inner = _inner(pieces)
    found += [_replacement(one) for one in inner if one.tag == "replace"]
    if any(one.tag == "insert" for one in inner):
        found.append(Change.ADDED)
    if any(one.tag == "delete" for one in inner):
        found.append(Change.CUT)
    return list(dict.fromkeys(found))


def _inner(pieces: list[Piece]) -> list[Piece]:
    equal = [at for at, one in enumerate(pieces) if one.tag == "equal"]
    inner = pieces[equal[0] : equal[-1] + 1]
    # A word changed at the very edge counts: one for one, it is no cut.
    for at, edge in ((equal[0] - 1, 0), (equal[-1] + 1, len(inner))):
        if 0 <= at < len(pieces) and pieces[at].tag == "replace":
            inner.insert(edge, pieces[at])
    return inner


def _replacement(piece: Piece) -> Change:
    before, after = piece.before.split(), piece.after.split()
    if any(_is_number(one) for one in (*before, *after)):
        return Change.NUMBER
    if len(before) == len(after) and all(
        _VERB.get(one, stem(one)) == _VERB.get(two, stem(two))
        for one, two in zip(before, after, strict=True)
    ):
        return Change.TENSE
    return Change.WORDS


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in ONES or word in TENS


def _boiled_down(first: Quoted, variant: Quoted) -> Drift | None:
    """A variant of which only pieces stand between marks, in a sentence of the reporter's."""
    whole = words(first.text)
    pieces = [words(one) for one in _MARKED.findall(variant.text)]
    standing = [one for one in pieces if one and _runs(whole, one)]
    if not standing or sum(map(len, standing)) < SHARED:
        return None
    told = tuple(
        Piece("equal" if one in standing else "replace", " ".join(one), " ".join(one))
        for one in pieces
    )
    return Drift(first=first.id, variant=variant.id, changes=(Change.MIXED,), pieces=told)


def _runs(whole: Sequence[str], part: Sequence[str]) -> bool:
    size = len(part)
    return any(list(whole[at : at + size]) == list(part) for at in range(len(whole) - size + 1))


def _spoken(quote: Quoted) -> list[str]:
    return words(_BRACKET.sub(lambda match: match.group().strip("[]"), quote.text))


def _pairs(quotes: Sequence[Quoted]) -> list[tuple[int, int]]:
    """Places of quotes that share a run of words, in order; each pair once."""
    holders: dict[tuple[str, ...], list[int]] = {}
    for at, one in enumerate(quotes):
        spoken = _spoken(one)
        for run in {tuple(spoken[k : k + SHARED]) for k in range(len(spoken) - SHARED + 1)}:
            holders.setdefault(run, []).append(at)
    bags = [Counter(_spoken(one)) for one in quotes]
    return sorted(
        {
            (those[i], those[j])
            for those in holders.values()
            if 1 < len(those) <= COMMON
            for i in range(len(those))
            for j in range(i + 1, len(those))
            if _may_be_one(bags[those[i]], bags[those[j]])
            or Manner.MIXED in (quotes[those[i]].manner, quotes[those[j]].manner)
        }
    )


def _may_be_one(one: Counter[str], other: Counter[str]) -> bool:
    # Cheaper than an alignment, and never stricter: no order gives more equal words than these.
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    shared = sum(min(count, many[word]) for word, count in few.items() if word in many)
    return 2 * shared >= min(one.total(), other.total())


def _speakers(quote: Quoted, who: Who, lowest: bool) -> set[str]:
    said = [one for one in quote.hops if one.source and not is_answer(one)]
    if lowest:
        said = [one for one in said if one.hop == 0]
    return {who.get(one.source, one.source) for one in said if one.source}


def _speakers_differ(first: Quoted, variant: Quoted, who: Who) -> bool:
    """Whether the words are in another mouth, and not just told through one more or less."""
    one, other = _speakers(first, who, True), _speakers(variant, who, True)
    if not one or not other:
        return False
    return not (one & _speakers(variant, who, False)) and not (other & _speakers(first, who, False))


def _same_mouth(first: Quoted, variant: Quoted, who: Who) -> bool:
    return bool(_speakers(first, who, True) & _speakers(variant, who, True))


def _told_already(
    first: Quoted, variant: Quoted, found: dict[str, Drift], by_id: dict[str, Quoted], who: Who
) -> bool:
    speakers = _speakers(variant, who, True)
    for drift in found.values():
        outer, around = by_id[drift.variant], by_id[drift.first]
        within = (_within(variant, outer) and _within(first, around)) or (
            _within(variant, around) and _within(first, outer)
        )
        if within and _speakers(outer, who, True) == speakers:
            return True
    return False


def _within(inner: Quoted, outer: Quoted) -> bool:
    return inner.article == outer.article and outer.start <= inner.start and inner.end <= outer.end
