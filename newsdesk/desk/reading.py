"""What can be asked of a desk: the reading half, which changes nothing."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from newsdesk.desk.bulk import seldom_collected
from newsdesk.model import (
    Annotation,
    Article,
    ArticleLine,
    Attribution,
    Claim,
    Finding,
    Hit,
    Label,
    Layer,
    NewsdeskError,
    Record,
    Revision,
    Status,
    sha256_of,
)
from newsdesk.store import Store, checking, journal, queries

R = TypeVar("R", bound=Record)


class Reading:
    """Questions to an open desk. Results are values: they don't change when the desk does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def name(self) -> str:
        """What messages call the desk: its file's name, or the server's database."""
        return self._store.place

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written to it."""
        return self._store.read_only

    # Records

    def get(self, kind: type[R], id: str) -> R:
        """The record of this kind and id; raises NewsdeskError where there is none."""
        found = self._store.get(kind, id)
        if found is None:
            raise NewsdeskError(
                f"There is no {kind.__name__.lower()} {id} on this desk (any more). "
                "Nothing was changed."
            )
        return found

    def latest(self, record: R) -> R:
        """A record as it is now; an article's text is not read again. Raises NewsdeskError."""
        return self._store.now(record) or self.get(type(record), record.id)

    def find(self, kind: type[R], /, **equals: Any) -> list[R]:
        """Records whose fields equal the values given (a list: any of them)."""
        with seldom_collected():
            return self._store.find(kind, **equals)

    def each(self, kind: type[R], /, **equals: Any) -> Iterator[R]:
        """Like `find`, one at a time: for what may not fit in memory."""
        return self._store.each(kind, **equals)

    def get_all(self, kind: type[R], ids: Iterable[str]) -> dict[str, R]:
        """The records of these ids that exist, by id."""
        return self._store.get_all(kind, ids)

    def count(self, kind: type[Record], /, **equals: Any) -> int:
        """How many records `find` would give."""
        return self._store.count(kind, **equals)

    def article(self, id: str) -> Article:
        """An article whose text still is what was imported; raises NewsdeskError otherwise."""
        found = self.get(Article, id)
        if sha256_of(found.text) != found.sha256:
            raise NewsdeskError(
                f"The text of article {id} is damaged: it differs from its SHA-256. It is not "
                "shown, and nothing was changed. Run a check of the desk, and open a backup."
            )
        return found

    def label(self, name: str, layer: Layer | None = None) -> Label:
        """The label of this name that is not retired; raises NewsdeskError where there is none."""
        found = [one for one in self._store.find(Label, name=name) if not one.retired]
        if layer is not None:
            found = [one for one in found if one.layer is layer]
        if not found:
            known = ", ".join(one.name for one in self.codebook())
            raise NewsdeskError(
                f"The codebook has no label “{name}”. Nothing was changed. It has: {known}."
            )
        return found[0]

    def codebook(self, *, retired: bool = False) -> list[Label]:
        """The labels in the codebook's order."""
        found = self._store.find(Label)
        return sorted(
            (one for one in found if retired or not one.retired),
            key=lambda one: (one.position, one.name),
        )

    # Named queries (see newsdesk.store.queries)

    def library(
        self,
        *,
        after: ArticleLine | None = None,
        limit: int = 200,
        status: str | None = None,
        outlet: str | None = None,
        ids: list[str] | None = None,
    ) -> list[ArticleLine]:
        """A page of articles, newest first, without their texts."""
        return queries.library(
            self._store, after=after, limit=limit, status=status, outlet=outlet, ids=ids
        )

    def article_size(self, id: str) -> tuple[int, int]:
        """How many code points and annotations an article has, without reading either."""
        return queries.article_size(self._store, id)

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """The articles that hold these words, best first, with a snippet."""
        return queries.search(self._store, words, limit)

    def outlets(self) -> list[tuple[str, int]]:
        """The outlets of the library, by name, with their number of articles."""
        return queries.outlets(self._store)

    def statuses(self) -> dict[str, int]:
        """How many articles there are of each status."""
        return queries.statuses(self._store)

    def same_text(self, sha256: str) -> list[tuple[str, str]]:
        """The id and title of every article with this very text."""
        return queries.same_text(self._store, sha256)

    def known_texts(self, sha256s: list[str]) -> dict[str, str]:
        """Of these texts' SHA-256, those the desk has, with the id of the first such article."""
        return queries.known_texts(self._store, sha256s)

    def attributions_of(self, article: str) -> list[Attribution]:
        """Who said what in an article, by content and hop."""
        return queries.attributions_of(self._store, article)

    def tied_to(self, annotation: str) -> list[Attribution]:
        """The attributions in which an annotation is content, source mention or cue."""
        return queries.tied_to(self._store, annotation)

    def appearances(self) -> dict[str, list[str]]:
        """The ids of each claim's appearances, by the claim's id."""
        return queries.appearances(self._store)

    def claims_of(self, article: str) -> dict[str, Claim]:
        """The claims that appear in an article, by id."""
        return queries.claims_of(self._store, article)

    def proposed(
        self,
        *,
        article: str | None = None,
        label: str | None = None,
        min_confidence: float = 0.0,
    ) -> list[Annotation]:
        """Suggestions that wait for a decision, in order of the text."""
        return queries.proposed(
            self._store, article_id=article, label_name=label, min_confidence=min_confidence
        )

    def waiting_confidences(self) -> list[tuple[str, float | None]]:
        """The article and the confidence of every suggestion that waits for a decision."""
        return queries.waiting_confidences(self._store)

    def label_use(self) -> dict[str, int]:
        """How many annotations carry each label, by the label's id."""
        return queries.label_use(self._store)

    def mention_counts(self) -> dict[str, int]:
        """How many annotations link to each entity, by the entity's id."""
        return queries.mention_counts(self._store)

    def annotated_articles(
        self, ids: list[str] | None = None, statuses: tuple[str, ...] = (Status.ACCEPTED,)
    ) -> Iterator[tuple[Article, list[Annotation], list[Attribution]]]:
        """Articles with their annotations and attributions of these statuses, streaming."""
        return queries.annotated_articles(self._store, ids, statuses)

    # The journal

    def log(self, *, limit: int | None = None) -> list[Revision]:
        """The revisions, newest first, without their edits."""
        return journal.revisions(self._store, newest_first=True, limit=limit)

    def history(self, record: str) -> list[tuple[Revision, journal.Entry]]:
        """Everything that was done to one record, oldest first."""
        return journal.history(self._store, record)

    def histories(
        self, records: Collection[str]
    ) -> dict[str, list[tuple[Revision, journal.Entry]]]:
        """Everything that was done to each of these records, oldest first."""
        return journal.histories(self._store, records)

    def journalled(self, seq: int) -> Iterator[list[journal.Entry]]:
        """The edits of one revision as the journal holds them, in batches."""
        return journal.entries(self._store, seq)

    def check_journal(self) -> Iterator[Finding]:
        """Everything that is wrong with the journal's chain; nothing where it is whole."""
        return checking.check_journal(self._store)

    def check(self) -> Iterator[Finding]:
        """Everything that is wrong with the desk; nothing where it is sound."""
        return checking.check_all(self._store)
