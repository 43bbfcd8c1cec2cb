"""The counts behind the charts of a desk, each under an article filter."""

from typing import Any

import sqlalchemy as sa

from newsdesk.model import ArticleFilter, ArticleStatus, Label, Status
from newsdesk.model.annotation import HUMAN
from newsdesk.model.tallies import LabelTally, Tallies, Tally
from newsdesk.store.finding import Condition, article_conditions
from newsdesk.store.store import Store
from newsdesk.store.tables import annotation, article, source

# Under other names: a filter's own conditions ask for rows of both tables, and not for these.
_ARTICLE, _MARK = article.alias("counted_article"), annotation.alias("counted_mark")


def tallies(store: Store, wanted: ArticleFilter) -> Tallies:
    """Everything that can be counted of the articles meant, and of what is marked in them."""
    conditions = article_conditions(store, wanted)
    inside: list[Condition] = [sa.false()] if conditions is None else conditions
    marks: list[Condition] = []
    if inside:
        marks.append(annotation.c.article.in_(sa.select(article.c.id).where(*inside)))
    rows = store.db.execute(
        sa.select(article.c.status, sa.func.count()).where(*inside).group_by(article.c.status)
    ).all()
    counted = {ArticleStatus(row[0]): row[1] for row in rows}
    outlet = sa.func.coalesce(source.c.description, "")
    month = sa.func.substr(sa.func.coalesce(_ARTICLE.c.published, ""), 1, 7)
    among: list[Condition] = (
        [_ARTICLE.c.id.in_(sa.select(article.c.id).where(*inside))] if inside else []
    )
    return Tallies(
        articles=sum(counted.values()),
        statuses={one: counted.get(one, 0) for one in ArticleStatus},
        labels=_labels(store, marks),
        outlets=tuple(sorted(_by(store, outlet, among), key=_largest)),
        months=tuple(sorted(_by(store, month, among), key=lambda one: one.name)),
        authors=_authors(store, marks, annotation.c.origin == HUMAN, annotation.c.author),
        pipelines=_authors(store, marks, annotation.c.origin != HUMAN, annotation.c.origin),
    )


def _largest(one: Tally) -> tuple[int, int, str]:
    return -one.articles, -one.accepted, one.name


def _labels(store: Store, marks: list[Condition]) -> tuple[LabelTally, ...]:
    columns: list[Any] = [annotation.c.label, annotation.c.label_version, annotation.c.status]
    query: sa.Select[Any] = sa.select(*columns, sa.func.count()).where(*marks).group_by(*columns)
    statuses: dict[str, dict[Status, int]] = {}
    versions: dict[str, dict[int, int]] = {}
    for id, version, status, count in store.db.execute(query).all():
        found = statuses.setdefault(id, {})
        found[Status(status)] = found.get(Status(status), 0) + count
        if status != Status.REJECTED:
            made = versions.setdefault(id, {})
            made[version] = made.get(version, 0) + count
    return tuple(
        LabelTally(
            id=one.id,
            name=one.name,
            layer=one.layer,
            colour=one.colour,
            version=one.version,
            statuses=statuses.get(one.id, {}),
            versions=dict(sorted(versions.get(one.id, {}).items())),
        )
        for one in sorted(store.find(Label), key=lambda label: (label.position, label.name))
        if not one.retired or one.id in statuses
    )


def _by(store: Store, key: Any, among: list[Condition]) -> list[Tally]:
    """Articles, and annotations in them, by a property of the articles."""
    both = _ARTICLE.outerjoin(source, source.c.id == _ARTICLE.c.outlet)
    query = sa.select(key, sa.func.count()).select_from(both).where(*among).group_by(key)
    articles = {row[0]: row[1] for row in store.db.execute(query)}
    query = (
        sa.select(key, _MARK.c.status, sa.func.count())
        .select_from(both.join(_MARK, _MARK.c.article == _ARTICLE.c.id))
        .where(*among)
        .group_by(key, _MARK.c.status)
    )
    marks = {(row[0], row[1]): row[2] for row in store.db.execute(query)}
    return [
        Tally(
            name=name,
            articles=count,
            accepted=marks.get((name, Status.ACCEPTED), 0),
            proposed=marks.get((name, Status.PROPOSED), 0),
        )
        for name, count in articles.items()
    ]


def _authors(
    store: Store, marks: list[Condition], whose: Condition, name: Any
) -> tuple[Tally, ...]:
    stands = annotation.c.status != Status.REJECTED.value
    conditions = (*marks, whose, stands)
    query = (
        sa.select(name, sa.func.count(sa.distinct(annotation.c.article)))
        .where(*conditions)
        .group_by(name)
    )
    articles = {row[0]: row[1] for row in store.db.execute(query)}
    query = (
        sa.select(name, annotation.c.status, sa.func.count())
        .where(*conditions)
        .group_by(name, annotation.c.status)
    )
    counts = {(row[0], row[1]): row[2] for row in store.db.execute(query)}
    found = [
        Tally(
            name=one,
            articles=count,
            accepted=counts.get((one, Status.ACCEPTED), 0),
            proposed=counts.get((one, Status.PROPOSED), 0),
        )
        for one, count in articles.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.accepted - one.proposed, one.name)))
