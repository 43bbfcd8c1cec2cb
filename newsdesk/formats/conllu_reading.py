"""Reading CoNLL-U: lines as sentences, sentences as a text with its exact white space."""

import re
from collections.abc import Iterator
from typing import Any

from newsdesk.formats.format import Input, Item, Problem, Reading
from newsdesk.formats.objects import Misfit
from newsdesk.formats.standoff import Found, Standoff
from newsdesk.formats.text import propose_title
from newsdesk.formats.tokens import marked
from newsdesk.model import Span, sha256_of

LONGEST_LINE = 1 << 27
TOKENS = 200_000

_ID = re.compile(r"(\d{1,9})(?:-(\d{1,9})|\.\d{1,9})?")
_ENTITY = re.compile(r"(?:(?:NE|NER|name|ner)=)?([BILUESMW]-.+)")
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{6})|(.))")
_MEANT = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "p": "|", "\\": "\\"}


class Lines:
    """The lines of a file with their numbers, until one is too long or not in UTF-8."""

    def __init__(self, source: Input, reading: Reading) -> None:
        self._source, self._reading = source, reading
        self.failed = ""
        self._number = 0

    def __iter__(self) -> Iterator[tuple[int, str]]:
        with self._source.open() as file:
            while raw := file.readline(LONGEST_LINE):
                self._number += 1
                self._reading.advance(len(raw))
                if len(raw) == LONGEST_LINE:
                    self.failed = f"a line is longer than {LONGEST_LINE >> 20} MiB"
                    return
                try:
                    line = raw.decode(self._reading.encoding or "utf-8")
                except (UnicodeDecodeError, LookupError):
                    self.failed = "it is not in UTF-8, as CoNLL-U is."
                    return
                yield self._number, line.removeprefix("\ufeff").rstrip("\r\n")

    def wrong(self, objects: Standoff) -> Iterator[Item]:
        """What stopped the reading, if anything did."""
        if self.failed:
            yield objects.problem(self.failed, line=self._number)


class Document:
    """The sentences of one article, gathered until it ends."""

    def __init__(self, objects: Standoff, name: str, line: int) -> None:
        self._objects, self.name, self._line = objects, name, line
        self.bag: dict[str, Any] | None = None
        self.tokens = 0
        self._text: list[str] = []
        self._length = 0
        self._begins = self._loose = False
        self._found: list[Found] = []
        self._problems: list[Problem] = []
        self._sentence: list[tuple[str, dict[str, str], int]] = []
        self._said = ""
        self._covered = 0

    @property
    def full(self) -> bool:
        """Whether it is time to begin another article."""
        return self.tokens >= TOKENS and not self._sentence

    def take(self, line: str, number: int) -> None:
        """Take in a line."""
        if not line.strip():
            self._end()
        elif line.startswith("#"):
            if line.startswith("# newpar"):
                self._begins = True
            elif line.startswith("# text ="):
                self._said = line.partition("=")[2].strip()
        else:
            self._token(line, number)

    def _token(self, line: str, number: int) -> None:
        cells = line.split("\t")
        found = _ID.fullmatch(cells[0])
        if len(cells) != 10 or found is None or not cells[1]:
            what = f"this is no line of ten columns: “{line[:60]}”"
            self._problems.append(self._objects.problem(what, line=number))
            return
        if "." in cells[0]:
            return  # an empty node stands for a word that is not in the text
        first = int(found[1])
        misc = {} if cells[9] == "_" else _misc(cells[9])
        if found[2]:
            self._covered = int(found[2])
            self._sentence.append((cells[1], misc, number))
        elif first > self._covered:
            self._sentence.append((cells[1], misc, number))
        elif self._sentence and "NE" in misc and "NE" not in self._sentence[-1][1]:
            self._sentence[-1][1]["NE"] = misc["NE"]  # a word of a multiword token bears the tag

    def _end(self) -> None:
        """A sentence ends: its words are put after each other as its columns or `# text` say."""
        words, self._sentence, self._covered = self._sentence, [], 0
        said, self._said = self._said, ""
        if not words:
            return
        self.tokens += len(words)
        if self._begins and self._loose and self.bag is None:
            self._text[-1] = "\n"  # a paragraph begins where only a space was supposed
        self._begins = False
        gaps = self._gaps(words, said)
        places: list[Span] = []
        for (word, misc, _), gap in zip(words, gaps, strict=True):
            if "SpacesBefore" in misc:
                self._add(meant(misc["SpacesBefore"]))
            start = self._length
            self._add("" if misc.get("Newsdesk") == "Empty" else word)
            places.append(Span(start, self._length))
            self._add(gap)
        last = words[-1][1]
        self._loose = not ("SpacesAfter" in last or last.get("SpaceAfter") == "No")
        self._mark(words, places)

    def _gaps(self, words: list[tuple[str, dict[str, str], int]], said: str) -> list[str]:
        told = any("SpacesAfter" in misc or "SpaceAfter" in misc for _, misc, _ in words)
        if not told and said:
            gaps = _gaps_in(said, [word for word, _, _ in words])
            if gaps is not None:
                return gaps
        return [_gap(misc) for _, misc, _ in words]

    def _mark(self, words: list[tuple[str, dict[str, str], int]], places: list[Span]) -> None:
        try:
            runs = list(marked([misc.get("NE", "O") for _, misc, _ in words]))
        except ValueError as error:
            what = f"“{str(error)[:60]}” is no tag"
            self._problems.append(self._objects.problem(what, line=words[0][2]))
            return
        for first, last, label in runs:
            name, layer = self._objects.names.get(label, (label, None))
            span = Span(places[first].start, places[last - 1].end)
            self._found.append(Found(label=name, layer=layer, spans=(span,), line=words[first][2]))

    def _add(self, text: str) -> None:
        if text:
            self._text.append(text)
            self._length += len(text)

    def items(self) -> Iterator[Item]:
        """The article; with its bag, also the marks that tags can't hold."""
        self._end()
        if self._loose and self.bag is None:
            self._text.pop()
        text = "".join(self._text)
        tagged = self.bag.pop("tagged", []) if self.bag else []
        if self.tokens and text:
            yield from self._objects.bundle(
                text,
                [*self._found, *self._unshown(text, tagged)],
                name=self.name,
                bag=self.bag,
                fields={"title": propose_title(text)},
                line=self._line,
            )
        yield from self._problems
        self._text, self._found, self._problems = [], [], []
        self._loose = False

    def _unshown(self, text: str, tagged: object) -> Iterator[Found]:
        """The marks of the bag that no tag stands for; those that one could, only where it does."""
        if self.bag is None or self.bag.get("sha256") != sha256_of(text):
            return
        for mark in self.bag.get("annotations", []):
            try:
                label = self._objects.codebook.find(mark["label"], None)
                spans = tuple(Span(*span) for span in mark["spans"])
            except (Misfit, KeyError, TypeError):
                continue
            layer = next((one for one in type(label.layer) if one.value == mark.get("layer")), None)
            if not (isinstance(tagged, list) and mark.get("id") in tagged):
                yield Found(label=mark["label"], layer=layer, spans=spans)


def _misc(cell: str) -> dict[str, str]:
    """The last column as names and values; the tag of an entity, however it is named, as NE."""
    found: dict[str, str] = {}
    for part in cell.split("|"):
        name, _, value = part.partition("=")
        tag = _ENTITY.fullmatch(part)
        if tag is not None:
            found["NE"] = tag[1]
        elif name not in ("_", "NE"):
            found[name] = value
    return found


def _gap(misc: dict[str, str]) -> str:
    if misc.get("SpaceAfter") == "No":
        return ""
    return meant(misc["SpacesAfter"]) if "SpacesAfter" in misc else " "


def _gaps_in(said: str, words: list[str]) -> list[str] | None:
    """The white space after each word, where `# text` is made of these words; None otherwise."""
    gaps, at = [], 0
    for word in words:
        if not said.startswith(word, at):
            return None
        at += len(word)
        rest = len(said) - len(said[at:].lstrip())
        gaps.append(said[at:rest] if rest < len(said) else " ")
        at = rest
    return gaps if at == len(said) else None


def meant(escaped: str) -> str:
    """White space out of the way that UDPipe writes it."""
    return _ESCAPE.sub(lambda m: _code(m[1]) if m[1] else _MEANT.get(m[2], m[2]), escaped)


def _code(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
