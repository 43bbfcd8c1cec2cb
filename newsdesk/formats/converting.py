"""From one file to another without a desk: what a reader gives is what a writer gets."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from io import SEEK_END
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple, TypeVar

import msgspec

from newsdesk.formats.format import (
    LISTED,
    Bundle,
    Filed,
    Format,
    Input,
    JournalEdit,
    Losses,
    Problem,
    Reading,
)
from newsdesk.formats.targets import target_at
from newsdesk.model import (
    Annotation,
    Attribution,
    Claim,
    Entity,
    Evidence,
    Label,
    Link,
    NewsdeskError,
    Review,
    Revision,
    Snapshot,
    Source,
    replace,
)

T = TypeVar("T")


SPOOLED = 1 << 24
"""Bytes that are held in memory before a file on the disk takes them over."""

_AT_ONCE = 1 << 20


class _Marks(NamedTuple):
    """What a file says of an article beyond what it said when it first named it."""

    annotations: tuple[Annotation, ...]
    attributions: tuple[Attribution, ...]


_encode = msgspec.json.Encoder().encode


class FileDataset:
    """Files as one dataset. They are read once; what they hold is put down in temporary files,
    and taken from there as often as a writer asks: memory does not grow with them.

    Labels of one name and layer are one. An article that a file names twice is one, with the marks
    of both; what has the id of something in an earlier file is passed over, with a remark.
    `wrong` is the first problem that blocks, of `problem_count` in all; `article_count` and
    `annotation_count` say how much there is.
    """

    def __init__(self, files: Iterable[tuple[Input, Format]], reading: Reading) -> None:
        self.problems: list[Problem] = []
        self.wrong: Problem | None = None
        self.problem_count = self.article_count = self.annotation_count = 0
        self._files = 0
        self._ids: set[str] = set()
        self._places: dict[str, int] = {}
        self._more: dict[str, list[int]] = {}
        self._held: dict[type, SpooledTemporaryFile[bytes]] = {}
        self._outlets: dict[str, str] = {}
        self._labels = {label.id: label for label in reading.labels}
        try:
            for source, format in files:
                self._read(source, format, reading)
        except BaseException:
            self.close()
            raise

    def _read(self, source: Input, format: Format, reading: Reading) -> None:
        assert format.read is not None, "a format that reads was chosen"
        told = replace(reading, labels=tuple(self._labels.values()))
        try:
            for item in format.read(source, told):
                if isinstance(item, Problem):
                    self._note(item)
                elif isinstance(item, Bundle):
                    self._article(item, source.name)
                else:
                    self._record(item, source.name)
        except NewsdeskError as error:
            self._note(Problem(file=source.name, message=str(error)))
        self._files += 1
        self._places.clear()

    def _note(self, problem: Problem) -> None:
        if problem.blocks:
            self.wrong = self.wrong or problem
            self.problem_count += 1
        self.problems.extend([problem] if len(self.problems) < LISTED else [])

    def _article(self, bundle: Bundle, file: str) -> None:
        id = bundle.article.id
        if id in self._places:
            self._again(bundle, file)
        elif not self._is_there(id, file, bundle.line):
            self.article_count += 1
            self.annotation_count += len(bundle.annotations)
            self._places[id] = self._put(Bundle, bundle)

    def _again(self, bundle: Bundle, file: str) -> None:
        """An article that its file has named before: its marks join those that it had."""
        article = bundle.article
        known = self._joined(self._at(Bundle, self._places[article.id], Bundle))
        marks = {one.id: one for one in (*known.annotations, *known.attributions)}
        told = [one for one in (*bundle.annotations, *bundle.attributions) if one.id in marks]
        if known.article.sha256 != article.sha256 or any(one != marks[one.id] for one in told):
            message = "this id is used twice, with different contents"
            record = f"article {article.id}"
            self._note(Problem(file=file, line=bundle.line, record=record, message=message))
            return
        new = tuple(one for one in bundle.annotations if one.id not in marks)
        ties = tuple(one for one in bundle.attributions if one.id not in marks)
        self.annotation_count += len(new)
        self._more.setdefault(article.id, []).append(self._put(_Marks, _Marks(new, ties)))

    def _joined(self, bundle: Bundle) -> Bundle:
        """An article with the marks of every place where its file names it."""
        more = [self._at(_Marks, at, _Marks) for at in self._more.get(bundle.article.id, ())]
        return msgspec.structs.replace(
            bundle,
            annotations=sum((one.annotations for one in more), bundle.annotations),
            attributions=sum((one.attributions for one in more), bundle.attributions),
        )

    def _record(self, item: Filed, file: str) -> None:
        record = item.record
        if isinstance(record, Label):
            self._labels.setdefault(record.id, record)
            return
        if self._is_there(record.id, file, item.line):
            return
        if isinstance(record, Source):
            self._outlets[record.id] = record.description
        self._put(type(record), (record, item.appearances) if isinstance(record, Claim) else record)

    def _is_there(self, id: str, file: str, line: int) -> bool:
        """Whether an earlier file had it: within one file, its reader has seen to that."""
        if self._files and id in self._ids:
            message = f"{id} stood in an earlier file: it is taken from there"
            self._note(Problem(file=file, line=line, message=message, blocks=False))
            return True
        self._ids.add(id)
        return False

    def _put(self, kind: type, value: object) -> int:
        """Put a value down; where it stands."""
        if kind not in self._held:
            self._held[kind] = SpooledTemporaryFile(max_size=SPOOLED)  # noqa: SIM115 - see `close`
        at = self._held[kind].seek(0, SEEK_END)
        self._held[kind].write(_encode(value) + b"\n")
        return at

    def _at(self, kind: type, at: int, form: type[T]) -> T:
        self._held[kind].seek(at)
        return msgspec.json.decode(self._held[kind].readline(), type=form)

    def close(self) -> None:
        """Let go of what was put down."""
        for file in self._held.values():
            file.close()
        self._held.clear()

    def _all(self, kind: type, form: type[T]) -> Iterator[T]:
        if kind not in self._held:
            return
        file, decode, at = self._held[kind], msgspec.json.Decoder(form).decode, 0
        while True:
            file.seek(at)  # another stream may have been asked for meanwhile
            lines = file.readlines(_AT_ONCE)
            if not lines:
                return
            at = file.tell()
            for line in lines:
                yield decode(line)

    @property
    def labels(self) -> tuple[Label, ...]:
        """The codebook of the file, after the one that was given."""
        return tuple(self._labels.values())

    def articles(self) -> Iterator[Bundle]:
        """The articles, each with the name of its outlet."""
        for bundle in map(self._joined, self._all(Bundle, Bundle)):
            known = self._outlets.get(bundle.article.outlet or "", "")
            if known and not bundle.outlet:
                bundle = msgspec.structs.replace(bundle, outlet=known)
            yield bundle

    def entities(self) -> Iterable[Entity]:
        """The register."""
        return self._all(Entity, Entity)

    def sources(self) -> Iterable[Source]:
        """Who speaks."""
        return self._all(Source, Source)

    def claims(self) -> Iterator[tuple[Claim, tuple[str, ...]]]:
        """The claims, with the appearances that the file lists."""
        form: Any = tuple[Claim, tuple[str, ...]]
        return self._all(Claim, form)

    def evidence(self) -> Iterable[Evidence]:
        """What supports or refutes the claims."""
        return self._all(Evidence, Evidence)

    def snapshots(self) -> Iterable[Snapshot]:
        """The bytes that the evidence was found in."""
        return self._all(Snapshot, Snapshot)

    def reviews(self) -> Iterable[Review]:
        """Who checked the claims."""
        return self._all(Review, Review)

    def links(self) -> Iterable[Link]:
        """Relations between records."""
        return self._all(Link, Link)

    def journal(self) -> Iterable[tuple[Revision, Iterable[JournalEdit]]]:
        """None: a journal belongs to a desk."""
        return ()


class Conversion(NamedTuple):
    """What a conversion wrote, what its format could not hold, and what was wrong with the file."""

    losses: Losses
    problems: list[Problem]
    problem_count: int
    articles: int
    annotations: int


def convert(
    source: Input, format: Format, to: Format, path: Path, *, partial: bool = False, **reading: Any
) -> Conversion:
    """Read a file in one format and write it in another; see `convert_all`."""
    return convert_all([(source, format)], to, path, Reading(**reading), partial=partial)


def convert_all(
    files: Sequence[tuple[Input, Format]],
    to: Format,
    path: Path,
    reading: Reading,
    *,
    partial: bool = False,
) -> Conversion:
    """Read files, each in its format, and write them as one dataset.

    Raises NewsdeskError, and writes nothing, where something is wrong with a file, unless
    `partial` says to write the rest.
    """
    for _, format in files:
        if format.read is None or to.write is None:
            way = f"from {format.name} to {to.name}"
            raise NewsdeskError(f"There is no way {way}. Nothing was done.")
    with closing(FileDataset(files, reading)) as found:
        if found.wrong is not None and not partial:
            raise NewsdeskError(f"{str(found.wrong).rstrip('.')}. Nothing was written.")
        assert to.write is not None, "that it writes was made sure of"
        with target_at(path, folder=to.folder) as target:
            losses = to.write(found, target)
        counts = (found.problem_count, found.article_count, found.annotation_count)
        return Conversion(losses, found.problems, *counts)
