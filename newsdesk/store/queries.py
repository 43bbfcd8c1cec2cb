"""Named queries: whatever counts, joins or searches, and gives light values instead of records."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from newsdesk.model import (
    Annotation,
    Article,
    ArticleLine,
    Attribution,
    Claim,
    Hit,
    Status,
)
from newsdesk.store.dialect import hit
from newsdesk.store.rows import codec
from newsdesk.store.store import Store, batches
from newsdesk.store.tables import (
    annotation,
    article,
    attribution,
    label,
    source,
    whole_article,
)


def library(
    store: Store,
    *,
    after: ArticleLine | None = None,
    limit: int = 200,
    status: str | None = None,
    outlet: str | None = None,
    ids: list[str] | None = None,
) -> list[ArticleLine]:
    """A page of articles, newest first, without their texts; `after` is the last line before it.

    `ids` asks for just these (in the library's order).
    """
    query = (
        sa.select(*_LINE)
        .outerjoin(source, source.c.id == article.c.outlet)
        .order_by(article.c.published.desc().nulls_last(), article.c.seq.desc())
        .limit(limit)
    )
    if after is not None:
        earlier = sa.or_(
            article.c.published < after.published,
            sa.and_(article.c.published == after.published, article.c.seq < after.seq),
            article.c.published.is_(None),
        )
        undated = sa.and_(article.c.published.is_(None), article.c.seq < after.seq)
        query = query.where(earlier if after.published else undated)
    if status is not None:
        query = query.where(article.c.status == status)
    if outlet is not None:
        query = query.where(source.c.description == outlet)
    if ids is not None:
        query = query.where(article.c.id.in_(ids))
    return _lines(store, query)


def article_size(store: Store, id: str) -> tuple[int, int]:
    """How many code points and annotations an article has; none of either where it is unknown."""
    marked = sa.select(sa.func.count()).where(annotation.c.article == id).scalar_subquery()
    found = store.db.execute(sa.select(article.c.length, marked).where(article.c.id == id)).first()
    return (found[0], found[1]) if found else (0, 0)


def _lines(store: Store, query: sa.Select[Any]) -> list[ArticleLine]:
    rows = store.db.execute(query).all()
    progress = _progress(store, [row.id for row in rows])
    return [
        ArticleLine(
            id=row.id,
            seq=row.seq,
            title=row.title,
            outlet=row.description or "",
            byline=row.byline or "",
            published=row.published or "",
            language=row.language,
            status=row.status,
            length=row.length,
            accepted=progress.get((row.id, Status.ACCEPTED), 0),
            proposed=progress.get((row.id, Status.PROPOSED), 0),
        )
        for row in rows
    ]


_LINE = (
    article.c.id,
    article.c.seq,
    article.c.title,
    article.c.byline,
    article.c.published,
    article.c.language,
    article.c.status,
    article.c.length,
    source.c.description,
)


def _progress(store: Store, articles: list[str]) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for batch in batches(articles):
        query = (
            sa.select(annotation.c.article, annotation.c.status, sa.func.count())
            .where(annotation.c.article.in_(batch))
            .group_by(annotation.c.article, annotation.c.status)
        )
        counts.update({(row[0], row[1]): row[2] for row in store.db.execute(query)})
    return counts


def search(store: Store, words: str, limit: int = 50) -> list[Hit]:
    """The articles that hold these words, best first, with a snippet.

    Words in quotation marks are a phrase, a final `*` is any ending, a leading `-` is without.
    """
    query = store.dialect.query(words)
    if query is None:
        return []
    rows = store.db.exec_driver_sql(store.dialect.search_sql, (query, limit)).all()
    return [hit(row) for row in rows]


def outlets(store: Store) -> list[tuple[str, int]]:
    """The outlets of the library, by name, with their number of articles."""
    query = (
        sa.select(source.c.description, sa.func.count())
        .join(article, article.c.outlet == source.c.id)
        .group_by(source.c.description)
        .order_by(source.c.description)
    )
    return [(row[0], row[1]) for row in store.db.execute(query)]


def statuses(store: Store) -> dict[str, int]:
    """How many articles there are of each status."""
    query = sa.select(article.c.status, sa.func.count()).group_by(article.c.status)
    return {row[0]: row[1] for row in store.db.execute(query)}


def same_text(store: Store, sha256: str) -> list[tuple[str, str]]:
    """The id and title of every article with this very text."""
    query = sa.select(article.c.id, article.c.title).where(article.c.sha256 == sha256)
    return [(row[0], row[1]) for row in store.db.execute(query.order_by(article.c.seq))]


def known_texts(store: Store, sha256s: list[str]) -> dict[str, str]:
    """Of these texts' SHA-256, those the desk has, with the id of the first such article."""
    query = sa.select(article.c.sha256, article.c.id).where(article.c.sha256.in_(sha256s))
    rows = store.db.execute(query.order_by(article.c.seq.desc()))
    return {row[0]: row[1] for row in rows}


def attributions_of(store: Store, article_id: str) -> list[Attribution]:
    """Who said what in an article, by content and hop."""
    coder = codec(Attribution)
    query = (
        sa.select(*(attribution.c[name] for name in coder.columns))
        .join(annotation, annotation.c.id == attribution.c.content)
        .where(annotation.c.article == article_id)
        .order_by(annotation.c.start, attribution.c.content, attribution.c.hop, attribution.c.id)
    )
    return store.records(coder, store.db.execute(query).all())


def tied_to(store: Store, annotation_id: str) -> list[Attribution]:
    """The attributions in which an annotation is content, source mention or cue."""
    coder = codec(Attribution)
    columns = attribution.c
    query = (
        sa.select(*(columns[name] for name in coder.columns))
        .where(
            sa.or_(
                columns.content == annotation_id,
                columns.source_mention == annotation_id,
                columns.cue == annotation_id,
            )
        )
        .order_by(columns.hop, columns.id)
    )
    return store.records(coder, store.db.execute(query).all())


def appearances(store: Store) -> dict[str, list[str]]:
    """The ids of each claim's appearances, by the claim's id, in order of birth."""
    query = sa.select(annotation.c.claim, annotation.c.id).where(annotation.c.claim.is_not(None))
    found: dict[str, list[str]] = {}
    for claim, appearance in store.db.execute(query.order_by(annotation.c.id)):
        found.setdefault(claim, []).append(appearance)
    return found


def claims_of(store: Store, article_id: str) -> dict[str, Claim]:
    """The claims that appear in an article, by id."""
    query = sa.select(annotation.c.claim).where(
        annotation.c.article == article_id, annotation.c.claim.is_not(None)
    )
    return store.get_all(Claim, sorted({row[0] for row in store.db.execute(query)}))


def proposed(
    store: Store,
    *,
    article_id: str | None = None,
    label_name: str | None = None,
    min_confidence: float = 0.0,
) -> list[Annotation]:
    """Suggestions that wait for a decision, in order of the text."""
    coder = codec(Annotation)
    columns = annotation.c
    query = (
        sa.select(*(columns[name] for name in coder.columns))
        .join(label, label.c.id == columns.label)
        .where(columns.status == Status.PROPOSED.value)
        .where(sa.func.coalesce(columns.confidence, 1.0) >= min_confidence)
        .order_by(columns.article, columns.start, columns.id)
    )
    if article_id is not None:
        query = query.where(columns.article == article_id)
    if label_name is not None:
        query = query.where(label.c.name == label_name)
    return store.records(coder, store.db.execute(query).all())


def waiting_confidences(store: Store) -> list[tuple[str, float | None]]:
    """The article and the confidence of every suggestion that waits for a decision."""
    columns = annotation.c
    query = sa.select(columns.article, columns.confidence).where(
        columns.status == Status.PROPOSED.value
    )
    return [(row[0], row[1]) for row in store.db.execute(query)]


def label_use(store: Store) -> dict[str, int]:
    """How many annotations carry each label, by the label's id."""
    query = sa.select(annotation.c.label, sa.func.count()).group_by(annotation.c.label)
    return {row[0]: row[1] for row in store.db.execute(query)}


def mention_counts(store: Store) -> dict[str, int]:
    """How many annotations link to each entity, by the entity's id."""
    query = (
        sa.select(annotation.c.entity, sa.func.count())
        .where(annotation.c.entity.is_not(None), annotation.c.status != Status.REJECTED.value)
        .group_by(annotation.c.entity)
    )
    return {row[0]: row[1] for row in store.db.execute(query)}


def annotated_articles(
    store: Store, ids: list[str] | None = None, statuses: tuple[str, ...] = (Status.ACCEPTED,)
) -> Iterator[tuple[Article, list[Annotation], list[Attribution]]]:
    """Articles with their annotations and attributions, in order of birth, streaming.

    Three statements in step rather than three for each article: the dataset's path.
    """
    articles, whole = codec(Article), whole_article.c
    query = sa.select(whole.seq, *(whole[name] for name in articles.columns))
    if ids is not None:
        query = query.where(whole.id.in_(ids))
    query = query.order_by(whole.seq)
    any_ties = bool(store.rows("SELECT 1 FROM attribution LIMIT 1"))
    wanted, last = [str(status) for status in statuses], 0
    while True:
        rows = store.db.execute(query.where(whole.seq > last).limit(100)).all()
        if not rows:
            return
        last = rows[-1][0]
        found = store.records(articles, [row[1:] for row in rows])
        marks: dict[str, list[Annotation]] = {}
        for mark in store.find(Annotation, article=[one.id for one in found], status=wanted):
            marks.setdefault(mark.article, []).append(mark)
        ties = _ties_in(store, found, wanted) if any_ties else {}
        for one in found:
            yield one, marks.get(one.id, []), ties.get(one.id, [])


def _ties_in(
    store: Store, found: list[Article], statuses: list[str]
) -> dict[str, list[Attribution]]:
    coder = codec(Attribution)
    columns = [attribution.c[name] for name in coder.columns]
    query = (
        sa.select(annotation.c.article, *columns)
        .join(annotation, annotation.c.id == attribution.c.content)
        .where(annotation.c.article.in_([one.id for one in found]))
        .where(annotation.c.status.in_(statuses), attribution.c.status.in_(statuses))
        .order_by(annotation.c.start, attribution.c.content, attribution.c.hop, attribution.c.id)
    )
    ties: dict[str, list[Attribution]] = {}
    rows = store.db.execute(query).all()
    for row, tie in zip(rows, store.records(coder, [row[1:] for row in rows]), strict=True):
        ties.setdefault(row[0], []).append(tie)
    return ties
