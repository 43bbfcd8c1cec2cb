"""Filters: what to look for on a desk, as values that every list, search and bulk act shares."""

from typing import Self

import msgspec

from newsdesk.model.errors import NewsdeskError
from newsdesk.model.record import check_date
from newsdesk.model.span import Span
from newsdesk.model.values import ArticleStatus, Layer, Status


class ArticleFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="articles"):
    """Which articles are meant. What is left empty (or None) narrows nothing.

    Several values of one field are alternatives; the fields all have to hold. `words` is a
    search as an editor types it. `outlets` are names, `labels` names of the codebook, `authors`
    who annotated; these two, `suggestions` and `missing` leave rejected annotations aside.
    `since` and `until` are ISO 8601 dates of publication, both included; a year or a month will
    do. The flags ask for articles with (True) or without (False): `claims`, tagged claims;
    `suggestions`, waiting ones; `missing`, answers that the codebook requires. Raises
    NewsdeskError for what is no date.
    """

    words: str = ""
    statuses: tuple[ArticleStatus, ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    byline: str = ""
    labels: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    claims: bool | None = None
    suggestions: bool | None = None
    missing: bool | None = None
    ids: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        for day in filter(None, (self.since, self.until)):
            try:
                check_date(f"{day}-01-01"[:10] if len(day) in (4, 7) else day, "The date")
            except ValueError:
                raise NewsdeskError(
                    f"“{day}” is no date. Nothing was looked for; write it as 2017-07-22, "
                    "2017-07 or 2017."
                ) from None

    @property
    def empty(self) -> bool:
        """Whether every article is meant."""
        return self == ArticleFilter()

    @property
    def looks_inside(self) -> bool:
        """Whether annotations must be looked at, which takes a moment on a large desk."""
        flags = (self.claims, self.suggestions, self.missing)
        return bool(self.labels or self.authors) or any(flag is not None for flag in flags)


class AnnotationFilter(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="annotations"
):
    """Which annotations are meant. What is left empty (or None) narrows nothing.

    `labels` are names of the codebook; `text` and `note` are words that the quotation or the note
    holds, whatever their case; `linked` asks whether a mention links to an entity, `suggested`
    whether a pipeline made it, `missing` whether answers that the codebook requires are not given.
    `confidence_below` and `confidence_from` are shares from 0 to 1; what a person marked has no
    confidence and is under neither. `articles` says in which articles.
    """

    labels: tuple[str, ...] = ()
    layers: tuple[Layer, ...] = ()
    statuses: tuple[Status, ...] = ()
    authors: tuple[str, ...] = ()
    text: str = ""
    note: str = ""
    linked: bool | None = None
    suggested: bool | None = None
    missing: bool | None = None
    confidence_below: float | None = None
    confidence_from: float | None = None
    articles: ArticleFilter = ArticleFilter()

    def __post_init__(self) -> None:
        for share in (self.confidence_below, self.confidence_from):
            if share is not None and not 0 <= share <= 1:
                raise NewsdeskError(
                    f"A confidence of {share:g} there is none: it is a share from 0 to 1. "
                    "Nothing was looked for."
                )

    @property
    def empty(self) -> bool:
        """Whether every annotation is meant."""
        return self == AnnotationFilter()

    def within(self, *articles: str) -> Self:
        """The same in these articles only."""
        narrowed = msgspec.structs.replace(self.articles, ids=articles)
        return msgspec.structs.replace(self, articles=narrowed)


Filter = ArticleFilter | AnnotationFilter


class SavedSearch(msgspec.Struct, frozen=True, kw_only=True):
    """A filter with the name under which the desk keeps it."""

    name: str
    filter: Filter


class AnnotationLine(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One annotation as lists show it, with its article's title and the words around it.

    `label` is the label's id and `entity` the entity's name; `start` is in code points of the
    article, `marks` where the annotation's words are in `context`, in code points of that.
    """

    id: str
    article: str
    title: str
    start: int
    label: str
    quote: str
    status: Status
    author: str = ""
    note: str = ""
    origin: str = ""
    confidence: float | None = None
    entity: str = ""
    context: str = ""
    marks: tuple[Span, ...] = ()


class ArticleCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many articles a filter would show with each further narrowing, by value.

    Each is counted under all other fields of the filter, so that a choice says what it would give.
    """

    total: int
    statuses: dict[str, int]
    outlets: dict[str, int]
    languages: dict[str, int]


def written(filter: Filter) -> str:
    """A filter as JSON text, to be kept in a desk."""
    return msgspec.json.encode(filter).decode()


def read_filter(text: str) -> Filter:
    """A filter from JSON text.

    Raises NewsdeskError for what is none: a newer program may have written it.
    """
    try:
        found: Filter = msgspec.json.decode(text, type=Filter)
    except (msgspec.MsgspecError, NewsdeskError) as error:
        raise NewsdeskError(
            "This saved search can't be understood: another version of Newsdesk may have written "
            "it. It is kept as it is; save it anew to replace it."
        ) from error
    return found
