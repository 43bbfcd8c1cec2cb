"""The companion of a dataset in another tool's format: what that tool has no place for.

It is a file `newsdesk.jsonl` beside the others, which the other tool passes over. Its first line
is a header, with the format's names for the labels; each other line is a record as in the
dataset's JSONL, or the bag of one article (`newsdesk.formats.standoff`).
"""

import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec

from newsdesk.formats.bags import Bags, lose_journal
from newsdesk.formats.dataset_writing import Objects as Writing
from newsdesk.formats.format import Bundle, Dataset, Input, Item, Losses, Problem
from newsdesk.formats.inputs import seekable
from newsdesk.formats.objects import BrokenJSON, any_json
from newsdesk.formats.shape import KINDS
from newsdesk.formats.standoff import Standoff
from newsdesk.formats.xml_reading import holds, unholdable
from newsdesk.model import Label, Layer

FILE = "newsdesk.jsonl"
NAME = "newsdesk.companion"
VERSION = 1

BEFORE = ("label", "entity", "source", "claim")
AFTER = ("evidence", "snapshot", "review", "link")

_LONGEST = 1 << 28
_BAG = b'{"type":"bag","of":'
_encode = msgspec.json.Encoder().encode


class _Header(msgspec.Struct):
    format: str = ""
    version: int = 0
    of: str = ""
    names: dict[str, tuple[str, Layer]] = {}


class Companion:
    """Writes the lines of a companion, wherever a format keeps them."""

    def __init__(self, dataset: Dataset, format: str, losses: Losses, *, xml: bool = False) -> None:
        self._xml = xml
        self._dataset, self._format, self.losses = dataset, format, losses
        self._objects = Writing(dataset.labels)
        self._objects.losses = losses
        self._bags = Bags(dataset.labels, losses)

    def header(self, names: dict[str, str]) -> bytes:
        """The first line: `names` are the format's own names of labels, by label id."""
        labels = {label.id: [label.name, label.layer] for label in self._dataset.labels}
        meant = {name: labels[id] for id, name in names.items()}
        return _encode({"format": NAME, "version": VERSION, "of": self._format, "names": meant})

    def records(self, kinds: Iterable[str]) -> Iterator[bytes]:
        """A line for each record of these kinds."""
        streams = {
            "label": lambda: self._dataset.labels,
            "entity": self._dataset.entities,
            "source": self._dataset.sources,
            "evidence": self._dataset.evidence,
            "snapshot": self._dataset.snapshots,
            "review": self._dataset.reviews,
            "link": self._dataset.links,
        }
        for kind in kinds:
            start = b'{"type":"%s",' % kind.encode()
            if kind == "claim":
                for claim, appearances in self._dataset.claims():
                    yield start + _encode(self._objects.record(claim, appearances))[1:]
                continue
            for record in streams[kind]():
                yield start + _encode(self._objects.record(record))[1:]
        if "link" in kinds:
            lose_journal(self._dataset, self.losses)

    def bag(self, bundle: Bundle) -> bytes:
        """An article's bag; with the control characters of its text where XML is to hold that."""
        bag = _encode(self._bags.of(bundle))
        if self._xml and not holds(bundle.article.text):
            return b'{"controls":' + _encode(unholdable(bundle.article.text)) + b"," + bag[1:]
        return bag

    def begin(self, file: IO[bytes], names: dict[str, str]) -> None:
        """Write what comes before the articles to a file."""
        file.write(self.header(names) + b"\n")
        file.writelines(line + b"\n" for line in self.records(BEFORE))

    def article(self, file: IO[bytes], name: str, bundle: Bundle) -> None:
        """Write the bag of an article that the format calls by this name."""
        file.write(_BAG + _encode(name) + b"," + self.bag(bundle)[1:] + b"\n")

    def end(self, file: IO[bytes]) -> None:
        """Write what comes after the articles."""
        file.writelines(line + b"\n" for line in self.records(AFTER))


class Kept:
    """A companion as it is read: records as items, bags by the name of their article.

    Bags stay in the file until they are asked for. What is wrong with it is a problem of its own
    file, and blocks: it may be removed to import what the other tool holds.
    """

    def __init__(self, source: Input | None, objects: Standoff) -> None:
        self._source, self._objects = source, objects
        self._places: dict[str, int] = {}
        self.wrong: list[Item] = []
        self.names: dict[str, tuple[str, Layer]] = {}
        """The names and layers of the labels that the format's own names mean."""
        self._file: IO[bytes] | None = None
        if source is not None:
            self._index(source)

    @property
    def present(self) -> bool:
        """Whether there is a companion that can be read."""
        return self._source is not None

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _index(self, source: Input) -> None:
        with source.open() as file:
            header = file.readline(_LONGEST)
            wrong = self._header(header)
            if wrong:
                self.wrong.append(Problem(file=source.name, line=1, message=wrong))
                self._source = None
                return
            at = len(header)
            while line := file.readline(_LONGEST):
                if line.startswith(_BAG):
                    self._places[_first_text(line)] = at
                at += len(line)

    def _header(self, line: bytes) -> str:
        try:
            header = msgspec.json.decode(line, type=_Header)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            header = _Header()
        if header.format != NAME:
            return "it is no companion of Newsdesk's, or a damaged one. Remove it to do without it."
        if header.version != VERSION:
            return "it was written by a newer Newsdesk. Install that, or remove the file."
        self.names = header.names
        return ""

    def records(self, kinds: Iterable[str]) -> Iterator[Item]:
        """The records of these kinds; labels first, so that names are known."""
        if self._source is None:
            return
        starts = {b'{"type":"%s",' % kind.encode(): kind for kind in kinds}
        with self._source.open() as file:
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST), b""), 1):
                kind = starts.get(line[: line.find(b",") + 1])
                if kind is not None and kind in KINDS:
                    for item in self._objects.record(kind, b"{" + line[line.find(b",") + 1 :], 0):
                        yield _placed(item, self._source.name, number)

    def bag(self, name: str) -> dict[str, Any] | None:
        """The bag of the article of this name, None where there is none."""
        at = self._places.get(name)
        if at is None or self._source is None:
            return None
        if self._file is None:
            self._file = seekable(self._source)
        self._file.seek(at)
        return bag_of(self._file.readline(_LONGEST))


def companion_of(source: Input) -> str:
    """The format of the files beside a companion; empty where an input is none."""
    with source.open() as file:
        try:
            header = msgspec.json.decode(file.readline(_LONGEST), type=_Header)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return ""
    return header.of if header.format == NAME else ""


def bag_of(line: bytes) -> dict[str, Any] | None:
    """A bag out of its JSON; None where it is none."""
    try:
        found = any_json(line)
    except BrokenJSON:
        return None
    if not isinstance(found, dict):
        return None
    return {key: value for key, value in found.items() if key not in ("type", "of")}


def plain_names(labels: Iterable[Label], unfit: str) -> dict[str, str]:
    """For each label's id a name that a format can take, all of them different.

    `unfit` is a pattern of the signs that the format can't take in a name.
    """
    taken: dict[str, str] = {}
    for label in labels:
        name = base = re.sub(unfit, "_", label.name).strip("_") or label.layer.value
        count = 1
        while name in taken:
            count += 1
            name = f"{base}_{count}"
        taken[name] = label.id
    return {id: name for name, id in taken.items()}


def _first_text(line: bytes) -> str:
    start = len(_BAG) + 1
    return line[start : line.find(b'"', start)].decode("utf-8", "replace")


def _placed(item: Item, file: str, line: int) -> Item:
    if isinstance(item, Problem):
        return msgspec.structs.replace(item, file=file, line=line)
    return item
