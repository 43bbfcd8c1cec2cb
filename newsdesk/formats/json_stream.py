"""Large JSON files piece by piece: lines of JSONL, and what one outermost list or object holds."""

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

from newsdesk.formats.encoding import wide_mark
from newsdesk.formats.format import Input, Problem, Reading
from newsdesk.formats.objects import BrokenJSON, any_json

LONGEST = 1 << 28
"""Bytes that one line, or one piece, may have: it is decoded in memory."""

BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 18
# A whole string, the start of one whose end is still to come, or a sign that gives structure.
_SIGN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|"|[][{},:]', re.S)

# Everything up to the next bracket, strings whole: nothing else matters inside a piece.
_TO_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+([][{}])', re.S)


class Piece(NamedTuple):
    """One value: the key of the outermost object that it stands under (or that holds the list it
    stands in), the line that it begins on, and its bytes."""

    key: str
    line: int
    raw: bytes


def json_lines(
    source: Input, reading: Reading, decode: Callable[[bytes], Any] = any_json
) -> Iterator[tuple[int, Any]]:
    """Each line's number and value; what can't be read is a Problem in the value's place.

    `decode` makes the value out of a line's bytes, and raises BrokenJSON where it can't.
    """
    with source.open() as file:
        number, empty = 0, True
        while line := file.readline(LONGEST + 2):
            number += 1
            reading.advance(len(line))
            if number == 1:
                if wide := wide_mark(line):
                    yield number, _problem(source, f"it is in {wide}; save it as UTF-8 first.")
                    return
                line = line.removeprefix(BOM)
            if len(line) > LONGEST:
                what = f"the line is longer than {LONGEST >> 20} MiB; split the text"
                yield number, _problem(source, what, number)
                while line and not line.endswith(b"\n"):
                    line = file.readline(LONGEST)
                    reading.advance(len(line))
                continue
            if line.isspace() or not line:
                continue
            empty = False
            try:
                yield number, decode(line)
            except BrokenJSON as error:
                yield number, _problem(source, error.message, number)
    if empty:
        yield 0, _problem(source, "the file is empty.")


def _problem(source: Input, message: str, line: int = 0) -> Problem:
    return Problem(file=source.name, message=message, line=line)


def pieces(file: BinaryIO) -> Iterator[Piece]:
    """What the outermost list holds, one by one; of an object, each value, and of a value that is
    a list, what it holds. Raises BrokenJSON where the file is no such thing or breaks off.

    Only the pieces' limits are looked at: whether each is JSON, its decoder will say.
    """
    return _Splitter(file).pieces()


class _Splitter:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._held = file.read(max(_CHUNK, len(BOM))).removeprefix(BOM)
        self._gone = 0  # bytes of the file before those that are held
        self._at = self._start = 0
        self._line = 1
        self._counted = 0
        self._depth = 0
        self._within = False  # within a list under a key of the outermost object
        self._key = self._word = ""
        self._outer = b""

    def pieces(self) -> Iterator[Piece]:
        while True:
            found = self._next()
            if found is None:
                if not self._more():
                    raise BrokenJSON("the file breaks off: its end is missing", self._gone)
                continue
            sign, start = found
            piece = self._take(sign, start)
            if piece:
                yield piece
            if self._depth == 0 and self._outer:
                break
        self._check_rest()

    def _next(self) -> tuple[bytes, int] | None:
        """The next sign that matters and its place; None where more has to be read first."""
        if self._depth > 1 + self._within:
            found = _TO_BRACKET.match(self._held, self._at)
            if found is None:
                return None
            self._at = found.end()
            return found[1], found.start(1)
        found = _SIGN.search(self._held, self._at)
        if found is None or found.group() == b'"':
            self._at = found.start() if found else len(self._held)
            return None
        self._at = found.end()
        return found.group(), found.start()

    def _more(self) -> bool:
        """Read on, and let go of what is done with."""
        done = min(self._start, self._at)
        self._line += self._held.count(b"\n", min(self._counted, done), done)
        self._held = self._held[done:]
        self._gone += done
        self._at -= done
        self._start -= done
        self._counted = 0
        if len(self._held) > LONGEST:
            raise BrokenJSON(f"one record is longer than {LONGEST >> 20} MiB", self._gone)
        # As much again as is held: a long string is looked at a few times, not once a chunk.
        chunk = self._file.read(max(_CHUNK, len(self._held)))
        self._held += chunk
        return bool(chunk)

    def _take(self, sign: bytes, start: int) -> Piece | None:
        if sign in b"[{":
            self._open(sign, start)
        elif sign in b"]}":
            return self._close(start)
        elif self._depth == 0:
            raise BrokenJSON("it is no list and no object", self._gone + start)
        elif sign == b",":
            if self._depth == 1 + self._within:
                return self._piece(start)
        elif self._depth == 1 and self._outer == b"{":
            if sign == b":":
                self._key, self._start = self._word, self._at
            else:
                self._word = str(any_json(sign))
        return None

    def _open(self, sign: bytes, start: int) -> None:
        if self._depth == 0:
            if self._held[:start].strip():
                raise BrokenJSON("it is no list and no object", self._gone)
            self._outer, self._start = sign, self._at
        elif self._depth == 1 and self._outer == b"{" and sign == b"[":
            self._within, self._start = True, self._at
        self._depth += 1

    def _close(self, start: int) -> Piece | None:
        if self._depth == 0:
            raise BrokenJSON("it is no list and no object", self._gone + start)
        piece = self._piece(start) if self._depth == 1 + self._within else None
        if self._within and self._depth == 2:
            self._within = False
        self._depth -= 1
        return piece

    def _piece(self, end: int) -> Piece | None:
        raw = self._held[self._start : end]
        began = self._start + len(raw) - len(raw.lstrip())
        self._line += self._held.count(b"\n", self._counted, began)
        self._counted, self._start = began, self._at
        raw = raw.strip()
        return Piece(self._key, self._line, raw) if raw else None

    def _check_rest(self) -> None:
        rest = self._held[self._at :]
        while rest or (rest := self._file.read(_CHUNK)):
            if rest.strip():
                raise BrokenJSON("something stands after the end", self._gone + self._at)
            rest = b""
