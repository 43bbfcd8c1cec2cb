"""A choice of a desk's articles and annotations as a dataset, whole or cut into pieces."""

from collections.abc import Callable, Iterable, Iterator

from newsdesk.desk.dataset_chunks import chunked
from newsdesk.desk.export_dataset import DeskDataset
from newsdesk.desk.reading import Reading
from newsdesk.formats.format import Bundle, Dataset, JournalEdit, Losses, Part
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Entity,
    Evidence,
    Label,
    Link,
    Review,
    Revision,
    Snapshot,
    Source,
    Status,
    replace,
)
from newsdesk.model.splitting import Chunk


class ChosenDataset(DeskDataset):
    """These articles with those of their annotations that are in `kept`; None keeps all.

    What refers to another annotation is cut and reported, as references to other articles are.
    """

    def __init__(
        self,
        desk: Reading,
        statuses: tuple[Status, ...],
        articles: list[str],
        kept: set[str] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self._kept = kept
        super().__init__(desk, statuses, articles=articles, progress=progress)

    def claims(self) -> Iterator[tuple[Claim, tuple[str, ...]]]:
        """The claims, each with those of its appearances that are part of the dataset."""
        for claim, appearances in super().claims():
            if self._kept is not None:
                appearances = tuple(id for id in appearances if id in self._kept)
            yield claim, appearances

    def _annotated(self) -> Iterator[tuple[Article, list[Annotation], list[Attribution]]]:
        for article, marks, ties in super()._annotated():
            if self._kept is not None:
                marks = [mark for mark in marks if mark.id in self._kept]
                here = {mark.id for mark in marks}
                ties = [tie for tie in ties if tie.content in here]
            yield article, marks, ties

    def _unmarked(self, annotations: set[str]) -> set[str]:
        gone = super()._unmarked(annotations)
        return gone if self._kept is None else gone | (annotations - self._kept)


class Pieces:
    """A dataset whose articles, of these ids, are cut into paragraphs or sentences.

    What refers to an article as a whole is cut and reported: no piece is that article.
    """

    def __init__(self, dataset: Dataset, by: Chunk, articles: Iterable[str]) -> None:
        self._dataset, self._by, self._whole = dataset, by, frozenset(articles)
        self._cuts: dict[str, Losses] = {}
        self.count = 0

    @property
    def losses(self) -> list[Losses]:
        """The references that were cut, by the stream in which they stood."""
        return list(self._cuts.values())

    @property
    def labels(self) -> tuple[Label, ...]:
        """The codebook."""
        return self._dataset.labels

    def articles(self) -> Iterator[Bundle]:
        """The pieces of the articles, each with the marks in it."""
        cuts = self._cuts["articles"] = Losses()
        self.count = 0
        for bundle in self._dataset.articles():
            for piece in chunked(bundle, self._by, cuts):
                self.count += 1
                yield piece

    def entities(self) -> Iterable[Entity]:
        """The register."""
        return self._dataset.entities()

    def sources(self) -> Iterable[Source]:
        """Who speaks."""
        return self._dataset.sources()

    def claims(self) -> Iterable[tuple[Claim, tuple[str, ...]]]:
        """The claims, with their appearances."""
        return self._dataset.claims()

    def evidence(self) -> Iterator[Evidence]:
        """The evidence; none of it points to an article as a whole."""
        cuts = self._cuts["evidence"] = Losses()
        for one in self._dataset.evidence():
            if one.article is not None:
                cuts.add(Part.EVIDENCE, one.id, f"its article {one.article} is cut into pieces")
                one = replace(one, article=None)
            yield one

    def snapshots(self) -> Iterable[Snapshot]:
        """The snapshots of the evidence."""
        return self._dataset.snapshots()

    def reviews(self) -> Iterable[Review]:
        """The reviews of the claims."""
        return self._dataset.reviews()

    def links(self) -> Iterator[Link]:
        """The links, but for those of articles as a whole."""
        cuts = self._cuts["links"] = Losses()
        for one in self._dataset.links():
            if one.from_id in self._whole or one.to_id in self._whole:
                cuts.add(Part.LINKS, one.id, "it leads to an article that is cut into pieces")
            else:
                yield one

    def journal(self) -> Iterable[tuple[Revision, Iterable[JournalEdit]]]:
        """None: a journal tells of whole articles."""
        return ()
