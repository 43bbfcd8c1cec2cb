"""The queries of filters: which articles, which annotations, how many, and what to show of them."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from newsdesk.model import (
    AnnotationFilter,
    AnnotationLine,
    ArticleCounts,
    ArticleFilter,
    ArticleLine,
    Hit,
    Label,
    Layer,
    Span,
    Status,
    replace,
)
from newsdesk.store.dialect import hit
from newsdesk.store.queries import library
from newsdesk.store.store import Store, batches
from newsdesk.store.tables import annotation, article, entity, label, source, whole_article

CONTEXT = 60
"""Code points that a line shows before and after an annotation's words."""
_LONGEST = 2_000_000
"""Code points beyond which a text is not read just to show words around an annotation."""

Condition = sa.ColumnElement[bool]
_LIBRARY = (article.c.published.desc().nulls_last(), article.c.seq.desc())


# Articles


def find_article_ids(store: Store, wanted: ArticleFilter) -> list[str]:
    """The ids of the articles meant, in the library's order (newest first)."""
    conditions = article_conditions(store, wanted)
    if conditions is None:
        return []
    query = sa.select(article.c.id).where(*conditions).order_by(*_LIBRARY)
    return list(store.db.execute(query).scalars())


def count_articles(store: Store, wanted: ArticleFilter) -> int:
    """How many articles are meant."""
    conditions = article_conditions(store, wanted)
    if conditions is None:
        return 0
    query = sa.select(sa.func.count()).select_from(article).where(*conditions)
    return int(store.db.execute(query).scalar_one())


def article_lines(store: Store, ids: list[str]) -> list[ArticleLine]:
    """The library's lines of these articles, in the order of the ids; those gone are left out."""
    lines = {line.id: line for line in library(store, ids=ids, limit=len(ids))} if ids else {}
    return [lines[id] for id in ids if id in lines]


def search_articles(store: Store, wanted: ArticleFilter, limit: int = 50) -> list[Hit]:
    """The articles meant that hold the filter's words, best first, with a snippet.

    Without words they come in the library's order, without snippets.
    """
    query = store.dialect.query(wanted.words)
    conditions = article_conditions(store, replace(wanted, words=""))
    if conditions is None:
        return []
    if query is not None:
        among = sa.select(article.c.seq).where(*conditions)
        rows = store.db.execute(store.dialect.ranked(query, among).limit(limit)).all()
        return [hit(row) for row in rows]
    if wanted.words.strip():
        return []
    plain = sa.select(article.c.id, article.c.title).where(*conditions)
    rows = store.db.execute(plain.order_by(*_LIBRARY).limit(limit)).all()
    return [Hit(article=row[0], title=row[1], snippet="") for row in rows]


def article_counts(store: Store, wanted: ArticleFilter) -> ArticleCounts:
    """How many articles each status, outlet and language would give under the rest of a filter."""

    def by(column: Any, without: ArticleFilter) -> dict[str, int]:
        conditions = article_conditions(store, without)
        if conditions is None:
            return {}
        query = (
            sa.select(column, sa.func.count())
            .select_from(article.outerjoin(source, source.c.id == article.c.outlet))
            .where(*conditions, column.is_not(None))
            .group_by(column)
            .order_by(column)
        )
        return {row[0]: row[1] for row in store.db.execute(query)}

    return ArticleCounts(
        total=count_articles(store, wanted),
        statuses=by(article.c.status, replace(wanted, statuses=())),
        outlets=by(source.c.description, replace(wanted, outlets=())),
        languages=by(article.c.language, replace(wanted, languages=())),
    )


def article_conditions(store: Store, wanted: ArticleFilter) -> list[Condition] | None:
    """What has to hold of a row of `article`; None where nothing can be found at all."""
    columns = article.c
    found: list[Condition] = []
    if wanted.words.strip():
        query = store.dialect.query(wanted.words)
        if query is None:
            return None
        found.append(store.dialect.matching(query))
    if wanted.ids is not None:
        found.append(columns.id.in_(wanted.ids))
    if wanted.statuses:
        found.append(columns.status.in_([str(one) for one in wanted.statuses]))
    if wanted.languages:
        found.append(columns.language.in_(wanted.languages))
    if wanted.outlets:
        named = sa.select(source.c.id).where(source.c.description.in_(wanted.outlets))
        found.append(columns.outlet.in_(named))
    if wanted.byline.strip():
        found.append(_holds(store, columns.byline, wanted.byline))
    if wanted.since:
        found.append(columns.published >= wanted.since)
    if wanted.until:
        # Whatever time of that day (of that month, of that year) is still in it.
        found.append(columns.published <= f"{wanted.until}z")
    return [*found, *_inside(store, wanted)]


def _inside(store: Store, wanted: ArticleFilter) -> list[Condition]:
    """What has to hold of an article's annotations."""
    found: list[Condition] = []
    stands = annotation.c.status != Status.REJECTED.value
    if wanted.labels or wanted.authors:
        tagged: list[Condition] = [stands]
        if wanted.labels:
            tagged.append(annotation.c.label.in_(_named(wanted.labels)))
        if wanted.authors:
            tagged.append(annotation.c.author.in_(wanted.authors))
        found.append(_some(*tagged))
    if wanted.claims is not None:
        claims = sa.select(label.c.id).where(label.c.layer == Layer.CLAIM.value)
        found.append(_whether(_some(stands, annotation.c.label.in_(claims)), wanted.claims))
    if wanted.suggestions is not None:
        waits = _some(annotation.c.status == Status.PROPOSED.value)
        found.append(_whether(waits, wanted.suggestions))
    if wanted.missing is not None:
        found.append(_whether(_some(stands, _missing(store)), wanted.missing))
    return found


def _some(*conditions: Condition) -> Condition:
    return sa.exists().where(annotation.c.article == article.c.id, *conditions)


# Annotations


def find_annotation_ids(store: Store, wanted: AnnotationFilter) -> list[str]:
    """The ids of the annotations meant: article by article as they came in, along the text."""
    conditions = annotation_conditions(store, wanted)
    if conditions is None:
        return []
    columns = annotation.c
    query = sa.select(columns.id).where(*conditions)
    query = query.order_by(columns.article, columns.start, columns.id)
    return list(store.db.execute(query).scalars())


def count_annotations(store: Store, wanted: AnnotationFilter) -> int:
    """How many annotations are meant."""
    conditions = annotation_conditions(store, wanted)
    if conditions is None:
        return 0
    query = sa.select(sa.func.count()).select_from(annotation).where(*conditions)
    return int(store.db.execute(query).scalar_one())


def annotators(store: Store) -> list[str]:
    """Everyone who tagged, by name."""
    author = annotation.c.author
    query = sa.select(author).where(author != "").distinct().order_by(author)
    return list(store.db.execute(query).scalars())


def annotation_lines(store: Store, ids: Iterable[str]) -> list[AnnotationLine]:
    """These annotations with the words around them, in the order of the ids; those gone are left
    out. Words around are left away in an article of more than two million code points."""
    found: dict[str, AnnotationLine] = {}
    wanted = list(ids)
    for batch in batches(wanted):
        rows = store.db.execute(_LINE.where(annotation.c.id.in_(batch))).all()
        for _, group in groupby(rows, key=lambda row: row.article):
            same = list(group)
            text = _text(store, same[0].article) if same[0].length <= _LONGEST else ""
            found.update((row.id, _line(row, text)) for row in same)
    return [found[id] for id in wanted if id in found]


def annotation_conditions(store: Store, wanted: AnnotationFilter) -> list[Condition] | None:
    """What has to hold of a row of `annotation`; None where nothing can be found at all."""
    columns = annotation.c
    found: list[Condition] = []
    if not wanted.articles.empty:
        inside = article_conditions(store, wanted.articles)
        if inside is None:
            return None
        found.append(columns.article.in_(sa.select(article.c.id).where(*inside)))
    if wanted.labels:
        found.append(columns.label.in_(_named(wanted.labels)))
    if wanted.layers:
        layers = [str(one) for one in wanted.layers]
        found.append(columns.label.in_(sa.select(label.c.id).where(label.c.layer.in_(layers))))
    if wanted.statuses:
        found.append(columns.status.in_([str(one) for one in wanted.statuses]))
    if wanted.authors:
        found.append(columns.author.in_(wanted.authors))
    if wanted.text.strip():
        found.append(_holds(store, columns.quote, wanted.text))
    if wanted.note.strip():
        found.append(_holds(store, columns.note, wanted.note))
    return [*found, *_states(store, wanted)]


def _states(store: Store, wanted: AnnotationFilter) -> list[Condition]:
    columns = annotation.c
    found: list[Condition] = []
    if wanted.linked is not None:
        found.append(_whether(columns.entity.is_not(None), wanted.linked))
    if wanted.suggested is not None:
        found.append(_whether(columns.origin != "human", wanted.suggested))
    if wanted.missing is not None:
        found.append(_whether(_missing(store), wanted.missing))
    if wanted.confidence_below is not None:
        found.append(columns.confidence < wanted.confidence_below)
    if wanted.confidence_from is not None:
        found.append(columns.confidence >= wanted.confidence_from)
    return found


# Parts of both


def _named(names: tuple[str, ...]) -> sa.Select[Any]:
    return sa.select(label.c.id).where(label.c.name.in_(names))


def _whether(condition: Condition, wanted: bool) -> Condition:
    return condition if wanted else sa.not_(condition)


def _holds(store: Store, column: sa.Column[str], words: str) -> Condition:
    """That a column holds words, whatever their case."""
    wanted = store.dialect.fold(words.strip())
    return store.dialect.folded(column).contains(wanted, autoescape=True)


def _missing(store: Store) -> Condition:
    """That an answer is not given which the annotation's label requires."""
    found: list[Condition] = []
    for one in store.find(Label):
        required = [asked.name for asked in one.attributes if asked.required]
        if required:
            given = annotation.c.attributes
            absent = (store.dialect.answer(given, name).is_(None) for name in required)
            found.append(sa.and_(annotation.c.label == one.id, sa.or_(given.is_(None), *absent)))
    return sa.or_(*found) if found else sa.false()


_LINE = (
    sa.select(
        annotation.c.id,
        annotation.c.article,
        annotation.c.start,
        annotation.c.end,
        annotation.c.spans,
        annotation.c.label,
        annotation.c.quote,
        annotation.c.status,
        annotation.c.author,
        annotation.c.note,
        annotation.c.origin,
        annotation.c.confidence,
        article.c.title,
        article.c.length,
        entity.c.name.label("entity"),
    )
    .join(article, article.c.id == annotation.c.article)
    .outerjoin(entity, entity.c.id == annotation.c.entity)
    .order_by(annotation.c.article)
)


def _text(store: Store, id: str) -> str:
    query = sa.select(whole_article.c.text).where(whole_article.c.id == id)
    return str(store.db.execute(query).scalar_one())


def _line(row: Any, text: str) -> AnnotationLine:
    context, mark = around(text, row.start, row.end) if text else (row.quote, None)
    return AnnotationLine(
        id=row.id,
        article=row.article,
        title=row.title,
        start=row.start,
        label=row.label,
        quote=row.quote,
        status=Status(row.status),
        author=row.author,
        note=row.note,
        origin=row.origin,
        confidence=row.confidence,
        entity=row.entity or "",
        context=context,
        marks=(mark,) if mark else (),
    )


def around(text: str, start: int, end: int) -> tuple[str, Span]:
    """The words around a span on one line, cut at words within its paragraph; and where it is."""
    left = max(text.rfind("\n", 0, start) + 1, start - CONTEXT)
    if left > 0 and text[left - 1] not in "\n ":
        gap = text.find(" ", left, start)
        left = gap + 1 if gap >= 0 else left
    stop = text.find("\n", end, end + CONTEXT)
    right = stop if stop >= 0 else min(len(text), end + CONTEXT)
    if right < len(text) and stop < 0:
        gap = text.rfind(" ", end, right)
        right = gap if gap > end else right
    before = text[left:start].replace("\n", " ").lstrip()
    words = text[start:end].replace("\n", " ")
    return before + words + text[end:right], Span(len(before), len(before) + len(words))


def texts(store: Store, ids: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The id, title and text of articles, without what else is kept of them, some at a time."""
    for batch in batches(ids, 50):
        query = sa.select(whole_article.c.id, whole_article.c.title, whole_article.c.text)
        rows = store.db.execute(query.where(whole_article.c.id.in_(batch))).all()
        found = {row[0]: (row[0], row[1], row[2]) for row in rows}
        yield from (found[id] for id in batch if id in found)
