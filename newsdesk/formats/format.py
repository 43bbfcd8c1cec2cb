"""What a format is: the Protocol that built-ins and plug-ins meet, and the values it deals in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import BinaryIO, Protocol

import msgspec

from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Entity,
    Evidence,
    Label,
    Link,
    Record,
    Review,
    Revision,
    Snapshot,
    Source,
)


class Part(StrEnum):
    """What a dataset can be made of: a format says which of these it loses."""

    DETAILS = "article details"
    RAW = "original bytes"
    CODEBOOK = "codebook"
    ANNOTATIONS = "annotations"
    FRAGMENTS = "discontinuous annotations"
    OVERLAPS = "overlapping annotations"
    STATUS = "status and confidence"
    NOTES = "notes and attributes of annotations"
    ENTITIES = "entities"
    ATTRIBUTIONS = "sources and attributions"
    CLAIMS = "claims"
    EVIDENCE = "evidence and snapshots"
    REVIEWS = "reviews"
    LINKS = "links"
    UNKNOWN = "keys unknown to Newsdesk"
    JOURNAL = "journal"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong in a file: what, and where. `line` counts from 1; 0 where lines are none.

    One that does not block is worth knowing, but no reason to keep the file out.
    """

    message: str
    file: str = ""
    line: int = 0
    record: str = ""
    field: str = ""
    blocks: bool = True

    def __str__(self) -> str:
        line = f"line {self.line:,}" if self.line else ""
        where = ", ".join(part for part in (self.file, line, self.record, self.field) if part)
        return f"{where}: {self.message}" if where else self.message


class Filed(msgspec.Struct, frozen=True, kw_only=True):
    """One record with its place in the file; of a claim, also the ids of its appearances."""

    record: Record
    appearances: tuple[str, ...] = ()
    line: int = 0


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """An article with what is marked in it, and its place in the file.

    `outlet` is the publication's name, for a file that names it but does not describe it as a
    source. `guessed` names the fields that the reader proposes rather than knows, such as
    `encoding` or `title`: an editor should see these before they are kept.
    """

    article: Article
    annotations: tuple[Annotation, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    outlet: str = ""
    guessed: frozenset[str] = frozenset()
    line: int = 0


Item = Filed | Bundle | Problem


class Input(Protocol):
    """A file to read, or a folder for a format of many files; opened as often as needed."""

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def size(self) -> int:
        """Its length in bytes."""

    def open(self) -> BinaryIO:
        """Its bytes from the beginning."""

    def members(self) -> Iterator[Input]:
        """The files of a folder or archive, by name; none where it is a file."""


class Target(Protocol):
    """Where a writer writes: one file, or a folder for a format of many files."""

    def file(self, name: str = "") -> BinaryIO:
        """The file itself, or a new one of this name in the folder; closed by the caller."""


def _nothing(_: int) -> None: ...


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader is told.

    `labels` is the codebook that label names are matched with before a file's own; `encoding`
    overrides what the reader would guess; `options` are the format's own (such as the columns of
    a table). A reader calls `advance` with each number of bytes that it has dealt with.
    """

    labels: tuple[Label, ...] = ()
    encoding: str | None = None
    options: Mapping[str, str] = {}
    advance: Callable[[int], None] = _nothing


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """One thing of one record that a format could not hold."""

    part: Part
    record: str
    what: str


LISTED = 1_000
"""Problems, losses or conflicts that a report lists; beyond this it only counts."""


class Losses:
    """A loss report in the making: every loss is counted, the first thousand are listed."""

    def __init__(self) -> None:
        self.listed: list[Loss] = []
        self.counts: dict[Part, int] = {}

    def add(self, part: Part, record: str, what: str) -> None:
        """Report that this part of a record (an id, or words for it) is not in the file."""
        self.counts[part] = self.counts.get(part, 0) + 1
        if len(self.listed) < LISTED:
            self.listed.append(Loss(part=part, record=record, what=what))

    @property
    def count(self) -> int:
        """How many losses there were."""
        return sum(self.counts.values())


class JournalEdit(msgspec.Struct, frozen=True):
    """One edit of the journal: the JSON of the record on both sides, and its SHA-256 (32 bytes)."""

    kind: str
    record: str
    before: str | None
    after: str | None
    digest: bytes


class Dataset(Protocol):
    """What a writer may ask for, as streams that can each be asked for again.

    All references lead to something that is in the dataset too, and every stream has a fixed
    order: the same dataset gives the same bytes.
    """

    @property
    def labels(self) -> tuple[Label, ...]:
        """The codebook, in its order; labels that are retired are there too."""

    def articles(self) -> Iterable[Bundle]:
        """The articles with their marks; each bundle names its outlet."""

    def entities(self) -> Iterable[Entity]:
        """The register."""

    def sources(self) -> Iterable[Source]:
        """Who speaks, outlets among them."""

    def claims(self) -> Iterable[tuple[Claim, tuple[str, ...]]]:
        """Each claim, with the ids of the annotations that are its appearances."""

    def evidence(self) -> Iterable[Evidence]:
        """What supports or refutes the claims."""

    def snapshots(self) -> Iterable[Snapshot]:
        """The bytes that the evidence was found in."""

    def reviews(self) -> Iterable[Review]:
        """Who checked the claims."""

    def links(self) -> Iterable[Link]:
        """Relations between records."""

    def journal(self) -> Iterable[tuple[Revision, Iterable[JournalEdit]]]:
        """The revisions with their edits; empty where they were not asked for."""


Reader = Callable[[Input, Reading], Iterator[Item]]
"""Reads a file into items; what is wrong becomes a Problem among them, and the rest goes on."""

Writer = Callable[[Dataset, Target], Losses]
"""Writes a dataset, and reports what the format could not hold."""


class Format(Protocol):
    """A way of writing articles or datasets down: a built-in or a plug-in.

    `name` is what commands call it; `suffixes` are lower case with their dot; `read` or `write`
    is None where the format goes one way only; `losses` is what it can't hold.
    """

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str:
        """What menus call it."""

    @property
    def suffixes(self) -> tuple[str, ...]: ...

    @property
    def read(self) -> Reader | None: ...

    @property
    def write(self) -> Writer | None: ...

    @property
    def losses(self) -> frozenset[Part]: ...

    @property
    def folder(self) -> bool:
        """Whether a dataset in this format is a folder of files."""

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins with these bytes (up to 4,096) is of this format."""


class FileFormat(msgspec.Struct, frozen=True, kw_only=True):
    """The plain way to make a Format: out of its parts."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    looks_like: Callable[[bytes], bool]
    losses: frozenset[Part] = frozenset()
    read: Reader | None = None
    write: Writer | None = None
    folder: bool = False

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins with these bytes is of this format."""
        return self.looks_like(head)
