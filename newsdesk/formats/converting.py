"""From one file to another without a desk: what a reader gives is what a writer gets."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from newsdesk.formats.format import (
    LISTED,
    Bundle,
    Dataset,
    Filed,
    Format,
    Input,
    Item,
    JournalEdit,
    Losses,
    Problem,
    Reading,
)
from newsdesk.formats.targets import target_at
from newsdesk.model import (
    Claim,
    Entity,
    Evidence,
    Label,
    Link,
    NewsdeskError,
    Record,
    Review,
    Revision,
    Snapshot,
    Source,
    replace,
)

R = TypeVar("R", bound=Record)


class FileDataset:
    """A file as a dataset. It is read once to see what is in it, and again for each kind of
    record that it has: memory does not grow with the file."""

    def __init__(self, source: Input, format: Format, reading: Reading) -> None:
        self._source, self._format, self._reading = source, format, reading
        self.problems: list[Problem] = []
        self._kinds: set[type] = set()
        self._outlets: dict[str, str] = {}
        labels: dict[str, Label] = {label.id: label for label in reading.labels}
        for item in self._items():
            if isinstance(item, Problem):
                self.problems.extend([item] if len(self.problems) < LISTED else [])
            elif isinstance(item, Bundle):
                self._kinds.add(Bundle)
            else:
                self._kinds.add(type(item.record))
                if isinstance(item.record, Label):
                    labels[item.record.id] = item.record
                if isinstance(item.record, Source):
                    self._outlets[item.record.id] = item.record.description
        # Labels without an id got one in this first pass: the next ones must find the same.
        self._labels = tuple(labels.values())
        self._reading = replace(reading, labels=self._labels)

    def _items(self) -> Iterator[Item]:
        assert self._format.read is not None, "a format that reads was chosen"
        return self._format.read(self._source, self._reading)

    def _filed(self, kind: type[Record]) -> Iterator[Filed]:
        if kind in self._kinds:
            for item in self._items():
                if isinstance(item, Filed) and type(item.record) is kind:
                    yield item

    def _records(self, kind: type[R]) -> Iterator[R]:
        return (item.record for item in self._filed(kind) if isinstance(item.record, kind))

    @property
    def labels(self) -> tuple[Label, ...]:
        """The codebook of the file, after the one that was given."""
        return self._labels

    def articles(self) -> Iterator[Bundle]:
        """The articles, each with the name of its outlet."""
        for item in self._items():
            if isinstance(item, Bundle):
                name = item.outlet or self._outlets.get(item.article.outlet or "", "")
                yield Bundle(
                    article=item.article,
                    annotations=item.annotations,
                    attributions=item.attributions,
                    outlet=name,
                )

    def entities(self) -> Iterable[Entity]:
        """The register."""
        return self._records(Entity)

    def sources(self) -> Iterable[Source]:
        """Who speaks."""
        return self._records(Source)

    def claims(self) -> Iterator[tuple[Claim, tuple[str, ...]]]:
        """The claims, with the appearances that the file lists."""
        for item in self._filed(Claim):
            assert isinstance(item.record, Claim), "only claims were asked for"
            yield item.record, item.appearances

    def evidence(self) -> Iterable[Evidence]:
        """What supports or refutes the claims."""
        return self._records(Evidence)

    def snapshots(self) -> Iterable[Snapshot]:
        """The bytes that the evidence was found in."""
        return self._records(Snapshot)

    def reviews(self) -> Iterable[Review]:
        """Who checked the claims."""
        return self._records(Review)

    def links(self) -> Iterable[Link]:
        """Relations between records."""
        return self._records(Link)

    def journal(self) -> Iterable[tuple[Revision, Iterable[JournalEdit]]]:
        """None: a journal belongs to a desk."""
        return ()


def convert(
    source: Input, format: Format, to: Format, path: Path, *, partial: bool = False, **reading: Any
) -> tuple[Losses, list[Problem]]:
    """Read a file in one format and write it in another; give the losses and the problems.

    `reading` are fields of Reading. Raises NewsdeskError, and writes nothing, where something is
    wrong with the file, unless `partial` says to write the rest.
    """
    if format.read is None or to.write is None:
        raise NewsdeskError(f"There is no way from {format.name} to {to.name}. Nothing was done.")
    dataset: Dataset = (found := FileDataset(source, format, Reading(**reading)))
    wrong = [problem for problem in found.problems if problem.blocks]
    if wrong and not partial:
        raise NewsdeskError(f"{wrong[0]} Nothing was written.")
    with target_at(path, folder=to.folder) as target:
        losses = to.write(dataset, target)
    return losses, found.problems
