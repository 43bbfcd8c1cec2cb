"""Named queries of the register: entities with counts, their mentions, and unlinked names."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from newsdesk.model import Layer, Status
from newsdesk.model.register import EntityLine, LooseName, MentionLine
from newsdesk.store.store import Store, batches
from newsdesk.store.tables import annotation, article, article_text, entity, label

AROUND = 240
"""Code points of the text that are read on each side of a mention, to find its sentence in."""

_SENTENCE_END = re.compile(r"[.!?…]['’”\")\]]*\s+(?=[^\sa-z])|\n|[。！？]")
_aliases = msgspec.json.Decoder(tuple[str, ...]).decode


def register(store: Store, ids: Iterable[str] | None = None) -> list[EntityLine]:
    """The entities that were not merged into another, by name, each with its counts; `ids` asks
    for just these."""
    if ids is not None:
        return [line for batch in batches(ids) for line in _register(store, batch)]
    return _register(store, None)


def _register(store: Store, ids: Sequence[str] | None) -> list[EntityLine]:
    mark = annotation.c
    each = sa.select(mark.entity, sa.func.count().label("here"))
    each = each.where(mark.status != Status.REJECTED.value).group_by(mark.entity, mark.article)
    if ids is not None:
        each = each.where(mark.entity.in_(ids))
    else:
        # Said so that no index is used: for nearly all rows, reading all in order takes a quarter
        # of the time of looking each of them up.
        each = each.where(sa.func.coalesce(mark.entity, "") != "")
    by_article = each.subquery()
    counted = (
        sa.select(
            by_article.c.entity,
            sa.func.sum(by_article.c.here).label("mentions"),
            sa.func.count().label("articles"),
        )
        .group_by(by_article.c.entity)
        .subquery()
    )
    columns = (entity.c.id, entity.c.name, entity.c.kind, entity.c.aliases, entity.c.kb_id)
    query = (
        sa.select(*columns, *(sa.func.coalesce(counted.c[n], 0) for n in ("mentions", "articles")))
        .outerjoin(counted, counted.c.entity == entity.c.id)
        .where(entity.c.merged_into.is_(None))
        .order_by(entity.c.name, entity.c.id)
    )
    if ids is not None:
        query = query.where(entity.c.id.in_(ids))
    return [
        EntityLine(id, name, kind, _aliases(also) if also else (), kb or "", int(many), texts)
        for id, name, kind, also, kb, many, texts in store.db.execute(query).all()
    ]


def mentions_of(
    store: Store, entity_id: str, *, offset: int = 0, limit: int = 200
) -> list[MentionLine]:
    """Where an entity is mentioned, the newest article first, in order of the text."""
    return _mentions(store, [annotation.c.entity == entity_id], limit, offset)


def mentions_by_id(store: Store, ids: Sequence[str]) -> list[MentionLine]:
    """These mentions, in the same order."""
    return _mentions(store, [annotation.c.id.in_(ids)], len(ids), 0)


def loose_mentions(
    store: Store,
    words: Sequence[str],
    labels: Sequence[str],
    *,
    article_id: str | None = None,
    limit: int = 10_000,
) -> list[MentionLine]:
    """Where just these words carry one of these labels (by name) and are linked to no entity."""
    wanted: list[sa.ColumnElement[bool]] = [
        annotation.c.entity.is_(None),
        annotation.c.quote.in_(words),
        label.c.name.in_(labels),
    ]
    if article_id is not None:
        wanted.append(annotation.c.article == article_id)
    return _mentions(store, wanted, limit, 0)


def _mentions(
    store: Store, wanted: Sequence[sa.ColumnElement[bool]], limit: int, offset: int
) -> list[MentionLine]:
    mark = annotation.c
    # The database counts code points from 1; the window is cut out there, not the whole text read.
    begin = sa.case((mark.start > AROUND, mark.start - AROUND), else_=0)
    around = sa.func.substr(article_text.c.text, begin + 1, mark.end - begin + AROUND)
    query = (
        sa.select(mark.id, article.c.id, article.c.title, article.c.published, label.c.name)
        .add_columns(mark.status, mark.entity, mark.quote)
        .add_columns(around, mark.start - begin, mark.end - begin)
        .join(article, article.c.id == mark.article)
        .join(article_text, article_text.c.seq == article.c.seq)
        .join(label, label.c.id == mark.label)
        .where(mark.status != Status.REJECTED.value, *wanted)
        .order_by(article.c.published.desc().nulls_last(), article.c.seq.desc())
        .order_by(mark.start, mark.id)
        .limit(limit)
        .offset(offset)
    )
    return [_mention(row) for row in store.db.execute(query).all()]


def _mention(row: Sequence[Any]) -> MentionLine:
    before, after = sentence_around(row[8], row[9], row[10])
    words = " ".join(row[8][row[9] : row[10]].split())
    return MentionLine(
        row[0], row[1], row[2], row[3] or "", row[4], row[5], row[6], before, words, after
    )


def sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a span in its sentence, on one line each; an ellipsis where
    the text was cut."""
    ends = [at for match in _SENTENCE_END.finditer(text) if (at := match.end()) <= start]
    before = text[ends[-1] if ends else 0 : start]
    cut = not ends and start >= AROUND
    match = _SENTENCE_END.search(text, end)
    after = text[end : match.end() if match else len(text)]
    cut_after = match is None and len(text) - end >= AROUND
    plain_before = " ".join(before.split()) + (" " if before[-1:].isspace() else "")
    plain_after = (" " if after[:1].isspace() else "") + " ".join(after.split())
    return ("…" if cut else "") + plain_before, plain_after + ("…" if cut_after else "")


def loose_names(store: Store, label_names: Iterable[str] | None = None) -> list[LooseName]:
    """Words tagged under labels of the entity layer that are linked to no entity."""
    mark = annotation.c
    query = (
        sa.select(
            label.c.name, mark.quote, sa.func.count(), sa.func.count(sa.distinct(mark.article))
        )
        .join(label, label.c.id == mark.label)
        .where(mark.entity.is_(None), mark.status != Status.REJECTED.value)
        .where(label.c.layer == Layer.ENTITY.value)
        .group_by(label.c.name, mark.quote)
        .order_by(label.c.name, mark.quote)
    )
    if label_names is not None:
        query = query.where(label.c.name.in_(list(label_names)))
    return [LooseName(*row) for row in store.db.execute(query).all()]
