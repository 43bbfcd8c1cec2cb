"""What a filter finds on a desk, and the searches that a desk keeps."""

from collections.abc import Iterable

from newsdesk.desk.desk import Desk
from newsdesk.desk.reading import Reading
from newsdesk.model import (
    AnnotationFilter,
    AnnotationLine,
    ArticleCounts,
    ArticleFilter,
    ArticleLine,
    Hit,
    NewsdeskError,
    SavedSearch,
    Setting,
    replace,
)
from newsdesk.model.filters import Filter, read_filter, written
from newsdesk.store import finding

_KEPT = "search: "
"""What a saved search's name in the desk's settings begins with."""


def find_articles(desk: Reading, wanted: ArticleFilter) -> list[str]:
    """The ids of all articles that a filter means, in the library's order (newest first)."""
    return finding.find_article_ids(desk._store, wanted)


def count_articles(desk: Reading, wanted: ArticleFilter) -> int:
    """How many articles a filter means."""
    return finding.count_articles(desk._store, wanted)


def article_lines(desk: Reading, ids: list[str]) -> list[ArticleLine]:
    """The library's lines of these articles, in this order."""
    return finding.article_lines(desk._store, ids)


def search_articles(desk: Reading, wanted: ArticleFilter, limit: int = 50) -> list[Hit]:
    """The articles meant that hold the filter's words, best first, with a snippet; without words
    the newest ones, without snippets."""
    return finding.search_articles(desk._store, wanted, limit)


def article_counts(desk: Reading, wanted: ArticleFilter) -> ArticleCounts:
    """How many articles each status, outlet and language would give under the rest of a filter."""
    return finding.article_counts(desk._store, wanted)


def find_annotations(desk: Reading, wanted: AnnotationFilter) -> list[str]:
    """The ids of all annotations that a filter means: article by article, in order of the text."""
    return finding.find_annotation_ids(desk._store, wanted)


def count_annotations(desk: Reading, wanted: AnnotationFilter) -> int:
    """How many annotations a filter means."""
    return finding.count_annotations(desk._store, wanted)


def annotators(desk: Reading) -> list[str]:
    """Everyone who tagged anything, by name."""
    return finding.annotators(desk._store)


def annotation_lines(desk: Reading, ids: Iterable[str]) -> list[AnnotationLine]:
    """These annotations with the words around them, in this order; those gone are left out."""
    return finding.annotation_lines(desk._store, ids)


# Saved searches: settings of the desk, so they travel with it, and saving is undone as any step


def saved_searches(desk: Reading) -> list[SavedSearch]:
    """The searches that the desk keeps, by name; those that can't be understood are left out."""
    found = []
    for setting in desk.find(Setting):
        if setting.name.startswith(_KEPT):
            try:
                name = setting.name.removeprefix(_KEPT)
                found.append(SavedSearch(name=name, filter=read_filter(setting.value)))
            except NewsdeskError:
                continue
    return sorted(found, key=lambda one: one.name.casefold())


def saved_search(desk: Reading, name: str) -> SavedSearch:
    """The search of this name; raises NewsdeskError where there is none that can be read."""
    kept = desk.find(Setting, name=_KEPT + name)
    if not kept:
        known = ", ".join(one.name for one in saved_searches(desk)) or "none"
        raise NewsdeskError(
            f"The desk keeps no search “{name}”. Nothing was looked for. It keeps: {known}."
        )
    return SavedSearch(name=name, filter=read_filter(kept[0].value))


def save_search(desk: Desk, name: str, wanted: Filter) -> SavedSearch:
    """Keep a filter under a name, in place of one that has it; one step.

    Raises NewsdeskError for an empty name.
    """
    name = " ".join(name.split())
    if not name:
        raise NewsdeskError("A saved search needs a name. Nothing was saved; give it one.")
    known = desk.find(Setting, name=_KEPT + name)
    value = written(wanted)
    with desk.change(f"Save the search {name}"):
        desk.put(
            replace(known[0], value=value) if known else Setting(name=_KEPT + name, value=value)
        )
    return SavedSearch(name=name, filter=wanted)


def forget_search(desk: Desk, name: str) -> None:
    """Keep a search no longer; one step. Raises NewsdeskError where there is none of the name."""
    kept = desk.find(Setting, name=_KEPT + name)
    if not kept:
        saved_search(desk, name)
    with desk.change(f"Forget the search {name}"):
        desk.drop_all(kept)
