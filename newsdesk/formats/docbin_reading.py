"""A DocBin's content, read without building spaCy's documents: a damaged file can't upset them.

The layout is that of `spacy.tokens.DocBin` 0.1 and `SpanGroup` (spaCy 3.8): a MessagePack map with
a table of 64-bit numbers, a row a token, in which strings stand as their hashes.
"""

import re
import struct
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from newsdesk.formats.carried import KEY, Block
from newsdesk.formats.derived import derived_id
from newsdesk.formats.foreign_marks import FRAGMENT, Mark, Tie
from newsdesk.model import Layer, Span

LONGEST = 1 << 29
"""Bytes that the content of one file may have."""

_SPAN = struct.Struct(">QQQllll")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MISSING, _INSIDE, _OUTSIDE, _BEGIN = range(4)


LONGEST_TEXT = 50_000_000
"""Code points of one document: words are repeated by number, so a small file may hold more."""

class Unreadable(Exception):
    """What is wrong with a file, or with one of its documents."""


class Document(NamedTuple):
    """One document's text and marks, and what was stored beside them."""

    text: str
    marks: list[Mark]
    pieces: list[Tie]
    block: Block
    extra: Block


class _Bin(Struct):
    attrs: list[int]
    tokens: bytes
    spaces: bytes
    lengths: bytes
    strings: list[str]
    cats: list[Any] = []
    flags: list[Any] = []
    span_groups: list[Any] = []
    user_data: list[Any] = []


class _Group(Struct):
    name: str = ""
    spans: list[bytes] = []


_groups = msgspec.msgpack.Decoder(dict[bytes, list[str]])
_group = msgspec.msgpack.Decoder(_Group)


class Envelope:
    """The documents of one file. Raises Unreadable where it is no DocBin."""

    def __init__(self, content: bytes) -> None:
        try:
            self._bin = msgspec.msgpack.decode(content, type=_Bin)
            lengths = [*memoryview(self._bin.lengths).cast("i")]
            rows = memoryview(self._bin.tokens).cast("Q")
        except (msgspec.DecodeError, TypeError, RecursionError, UnicodeDecodeError) as error:
            raise Unreadable("it is no DocBin: spaCy's .spacy files are one") from error
        width = len(self._bin.attrs)
        if min(lengths, default=0) < 0 or not width:
            raise Unreadable("it is damaged: a document has less than no tokens")
        if sum(lengths) * width != len(rows) or len(self._bin.spaces) != sum(lengths):
            raise Unreadable("it is damaged: the tokens are more or fewer than it says")
        self._rows, self._width = rows, width
        self._starts = [0]
        for length in lengths:
            self._starts.append(self._starts[-1] + length)
        self._strings = _by_hash(self._bin.strings)
        self._columns = {name: at for at, name in enumerate(_names(self._bin.attrs))}
        if "ORTH" not in self._columns:
            raise Unreadable("it has no words: the attribute ORTH is missing")

    def __len__(self) -> int:
        return len(self._starts) - 1

    @property
    def lost(self) -> list[str]:
        """The attributes of tokens that Newsdesk has no place for."""
        known = {"ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"}
        return sorted(self._columns.keys() - known)

    def document(self, number: int) -> Document:
        """One document. Raises Unreadable where it is damaged."""
        offsets, text = self._text(number)
        block, extra = self._beside(number)
        marks = _Marks(self, block, offsets, text)
        for name, span_data in self._spans(number):
            marks.grouped(name, span_data)
        marks.entities(self._entities(number))
        return Document(text, marks.marks, marks.pieces, marks.block, extra)

    def _text(self, number: int) -> tuple[list[Span], str]:
        first, last = self._starts[number : number + 2]
        flags = self._at(self._bin.flags, number)
        unknown = isinstance(flags, dict) and bool(flags.get("has_unknown_spaces"))
        offsets: list[Span] = []
        words: list[str] = []
        at = 0
        for row in range(first, last):
            word = self.string(self._value(row, "ORTH"))
            if at + len(word) > LONGEST_TEXT:
                raise Unreadable(f"its text is longer than {LONGEST_TEXT:,} code points")
            offsets.append(Span(at, at + len(word)))
            words.append(word)
            at += len(word)
            if unknown or self._bin.spaces[row]:
                words.append(" ")
                at += 1
        return offsets, "".join(words)

    def _value(self, row: int, name: str) -> int:
        column = self._columns.get(name)
        return 0 if column is None else self._rows[row * self._width + column]

    def string(self, key: int) -> str:
        """The string of a hash; empty for none."""
        if key == 0:
            return ""
        try:
            return self._strings[key]
        except KeyError:
            raise Unreadable("it is damaged: a word is missing from its strings") from None

    def _at(self, listed: list[Any], number: int) -> Any:
        return listed[number] if number < len(listed) else None

    def _beside(self, number: int) -> tuple[Block, Block]:
        raw = self._at(self._bin.user_data, number)
        block: Any = None
        if isinstance(raw, bytes) and raw:
            try:
                found = msgspec.msgpack.decode(raw)
                carried = found.get(KEY) if isinstance(found, dict) else None
                block = msgspec.json.decode(carried) if isinstance(carried, str) else None
            except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
                block = None  # others pickle what they like into it
        cats = self._at(self._bin.cats, number)
        kept = {str(k): v for k, v in cats.items()} if isinstance(cats, dict) else {}
        scores = {k: v for k, v in kept.items() if isinstance(v, int | float | bool)}
        return (block if isinstance(block, dict) else {}), ({"cats": scores} if scores else {})

    def _spans(self, number: int) -> list[tuple[str, bytes]]:
        raw = self._at(self._bin.span_groups, number)
        if not isinstance(raw, bytes) or raw in (b"", b"\x90"):
            return []
        try:
            if raw[0] & 0xF0 == 0x90 or raw[0] in (0xDC, 0xDD):  # a list, as spaCy wrote once
                groups = [(_group.decode(one), "") for one in msgspec.msgpack.decode(raw)]
            else:
                keys = _groups.decode(raw).items()
                groups = [(_group.decode(one), name) for one, names in keys for name in names]
        except (msgspec.DecodeError, TypeError, RecursionError, UnicodeDecodeError) as error:
            raise Unreadable("it is damaged: its span groups can't be read") from error
        return [(name or group.name, one) for group, name in groups for one in group.spans]

    def _entities(self, number: int) -> list[tuple[int, int, str, str, str]]:
        """First token, end token, label, id in a knowledge base, and id of each entity."""
        first, last = self._starts[number : number + 2]
        found: list[tuple[int, int, str, str, str]] = []
        for row in range(first, last):
            iob, label = self._value(row, "ENT_IOB"), self.string(self._value(row, "ENT_TYPE"))
            if iob not in (_INSIDE, _BEGIN) or not label:
                continue
            at = row - first
            if iob == _INSIDE and found and found[-1][1] == at and found[-1][2] == label:
                found[-1] = (found[-1][0], at + 1, *found[-1][2:])
            else:
                kb_id = self.string(self._value(row, "ENT_KB_ID"))
                found.append((at, at + 1, label, kb_id, self.string(self._value(row, "ENT_ID"))))
        return found


class _Marks:
    """The marks of one document, out of its groups of spans and its entities."""

    def __init__(self, envelope: Envelope, block: Block, offsets: list[Span], text: str) -> None:
        self._envelope, self._offsets, self._text = envelope, offsets, text
        self.block = block
        self.marks: list[Mark] = []
        self.pieces: list[Tie] = []
        self._firsts: dict[tuple[str, str, str], str] = {}
        self._taken: set[tuple[str, Span]] = set()

    def grouped(self, group: str, raw: bytes) -> None:
        """A span of a group, which may be a fragment of an annotation."""
        try:
            id, kb_id, label, first, end, _, _ = _SPAN.unpack(raw)
        except struct.error as error:
            raise Unreadable("it is damaged: a span of its groups is cut off") from error
        string = self._envelope.string
        self._mark(group, first, end, string(label), string(kb_id), string(id))

    def entities(self, found: list[tuple[int, int, str, str, str]]) -> None:
        """Entities, unless a group holds the same."""
        grouped = frozenset(self._taken)
        for first, end, label, kb_id, id in found:
            span = Span(self._offsets[first].start, self._offsets[end - 1].end)
            if (label, span) not in grouped:
                self._mark(Layer.ENTITY, first, end, label, kb_id, id)

    def _mark(self, group: str, first: int, end: int, label: str, kb_id: str, id: str) -> None:
        if not 0 <= first < end <= len(self._offsets):
            raise Unreadable(f"the span {first}–{end} ({label}) lies outside its tokens")
        span = Span(self._offsets[first].start, self._offsets[end - 1].end)
        name = f"{len(self.marks) + 1}"
        self.marks.append(Mark(label=label, span=span, name=name, id=id))
        self._taken.add((label, span))
        if group in _LAYERS:
            self.marks[-1].fields["layer"] = group
        if kb_id and "article" not in self.block:
            self._register(kb_id, label, span)
        # The same id on several spans is one annotation in pieces; ids of other programs may
        # mean anything, such as the rule that found them.
        if _UUID.fullmatch(id):
            before = self._firsts.setdefault((group, label, id), name)
            if before != name:
                self.pieces.append(Tie(before, name, FRAGMENT))

    def _register(self, kb_id: str, label: str, span: Span) -> None:
        id = derived_id("knowledge base", kb_id)
        entity = {"id": id, "name": span.of(self._text), "kind": label, "kb_id": kb_id}
        if entity["name"].strip():
            self.block.setdefault("entities", []).append(entity)
            self.marks[-1].fields["entity"] = id


_LAYERS = {layer.value for layer in Layer}


def _by_hash(strings: list[str]) -> dict[int, str]:
    from spacy.strings import get_string_id

    return {get_string_id(one): one for one in strings}


def _names(attrs: list[int]) -> list[str]:
    from spacy.attrs import IDS  # type: ignore[import-not-found]  # it is compiled

    names = {number: name for name, number in IDS.items()}
    return [names.get(at, f"attribute {at}") for at in attrs]
