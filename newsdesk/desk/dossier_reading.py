"""The dataset of a dossier, read back into memory: what its other files are checked against."""

from collections.abc import Iterable
from typing import TypeVar

from newsdesk.formats.dataset_json import read_json
from newsdesk.formats.format import Bundle, Filed, JournalEdit, Problem, Reading
from newsdesk.formats.inputs import BytesInput
from newsdesk.model import (
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
    replace,
)

R = TypeVar("R", bound=Record)


class ReadDataset:
    """A dataset out of the bytes of its JSON; `problems` are what is wrong with it."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.problems: list[Problem] = []
        self._bundles: list[Bundle] = []
        self._filed: list[Filed] = []
        for item in read_json(BytesInput(raw, name), Reading()):
            if isinstance(item, Problem):
                self.problems.append(item)
            elif isinstance(item, Bundle):
                self._bundles.append(item)
            else:
                self._filed.append(item)

    def _of(self, kind: type[R]) -> list[R]:
        return [one.record for one in self._filed if isinstance(one.record, kind)]

    @property
    def labels(self) -> tuple[Label, ...]:
        """The codebook."""
        return tuple(self._of(Label))

    def articles(self) -> list[Bundle]:
        """The articles, each with the name of its outlet."""
        names = {one.id: one.description for one in self.sources()}
        return [
            replace(one, outlet=one.outlet or names.get(one.article.outlet or "", ""))
            for one in self._bundles
        ]

    def entities(self) -> list[Entity]:
        """The register."""
        return self._of(Entity)

    def sources(self) -> list[Source]:
        """Who speaks."""
        return self._of(Source)

    def claims(self) -> list[tuple[Claim, tuple[str, ...]]]:
        """The claims, with the ids of their appearances."""
        return [
            (one.record, one.appearances) for one in self._filed if isinstance(one.record, Claim)
        ]

    def evidence(self) -> list[Evidence]:
        """What supports or refutes them."""
        return self._of(Evidence)

    def snapshots(self) -> list[Snapshot]:
        """The copies."""
        return self._of(Snapshot)

    def reviews(self) -> list[Review]:
        """Who checked them."""
        return self._of(Review)

    def links(self) -> list[Link]:
        """What joins them."""
        return self._of(Link)

    def journal(self) -> Iterable[tuple[Revision, Iterable[JournalEdit]]]:
        """None."""
        return ()
