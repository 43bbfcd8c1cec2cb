"""The verbs of the library: add, retitle and remove articles, and say how far the work has come."""

from collections.abc import Iterable

from newsdesk.desk.annotating import delete, shown
from newsdesk.desk.desk import Desk
from newsdesk.model import (
    Annotation,
    Article,
    ArticleStatus,
    Evidence,
    NewsdeskError,
    Source,
    SourceKind,
    replace,
)


def add_article(desk: Desk, article: Article, outlet: str | None = None) -> Article:
    """Add an article to the library; `outlet` is the name of its publication."""
    with desk.change(f"Import {shown(article.title)}"):
        if outlet:
            article = replace(article, outlet=outlet_named(desk, outlet).id)
        return desk.put(article)


def outlet_named(desk: Desk, name: str) -> Source:
    """The outlet of this name, found or made."""
    known = desk.find(Source, description=name.strip(), kind=SourceKind.MEDIA_OUTLET)
    if known:
        return known[0]
    with desk.change(f"New outlet {name.strip()}"):
        return desk.put(Source(description=name.strip(), kind=SourceKind.MEDIA_OUTLET))


def set_status(desk: Desk, article: str, status: ArticleStatus) -> Article:
    """Say how far the work on an article has come."""
    now = desk.get(Article, article)
    with desk.change(f"{shown(now.title)} is {status.value}"):
        return desk.put(replace(now, status=status))


def retitle(desk: Desk, article: str, title: str) -> Article:
    """Give an article another title; its text never changes. Raises NewsdeskError for none."""
    if not title.strip():
        raise NewsdeskError("An article needs a title. The old one was kept; write one.")
    now = desk.get(Article, article)
    with desk.change(f"Retitle {shown(now.title)}"):
        return desk.put(replace(now, title=title.strip()))


def delete_articles(desk: Desk, articles: Iterable[str]) -> int:
    """Take articles out of the library, with everything marked in them, as one step.

    Raises NewsdeskError, naming it, where one serves as evidence or is superseded by another.
    """
    found = list(desk.get_all(Article, articles).values())
    title = shown(found[0].title) if len(found) == 1 else f"{len(found):,} articles"
    with desk.change(f"Delete {title}"):
        for article in found:
            if desk.count(Evidence, article=article.id):
                raise NewsdeskError(_in_use(article, "it is evidence for a claim"))
            if desk.count(Article, supersedes=article.id):
                raise NewsdeskError(_in_use(article, "a newer version supersedes it"))
            delete(desk, desk.find(Annotation, article=article.id))
        desk.drop_all(found)
    return len(found)


def _in_use(article: Article, why: str) -> str:
    return f"{shown(article.title)} can't be deleted: {why}. Nothing was changed."
