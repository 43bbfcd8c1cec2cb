"""Checks that a desk still says what was written to it: texts, marks, rows and the journal."""

from collections.abc import Callable, Iterator

import msgspec
import sqlalchemy as sa

from newsdesk.model import (
    GENESIS,
    Annotation,
    Article,
    ChainHash,
    Finding,
    NewsdeskError,
    Record,
    edit_digest,
    quote_of,
    sha256_of,
)
from newsdesk.store.journal import Entry, entries, last_words, revisions, row_ranges
from newsdesk.store.rows import KINDS, TABLES, codec
from newsdesk.store.store import Store


def check_all(store: Store) -> Iterator[Finding]:
    """Everything that is wrong with a desk; nothing where it is sound. Changes nothing."""
    yield from _checked(store, check_file, check_texts, check_rows, check_chain)


def check_journal(store: Store) -> Iterator[Finding]:
    """Everything that is wrong with the journal itself; nothing where its chain is whole."""
    yield from _checked(store, check_chain)


def _checked(store: Store, *parts: Callable[[Store], Iterator[Finding]]) -> Iterator[Finding]:
    for part in parts:
        try:
            yield from part(store)
        except NewsdeskError as error:
            yield Finding(where=store.place, what=str(error).removeprefix(f"{store.place}: "))
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            # SQLite gives whatever stands in a damaged page: numbers for names, bytes for numbers.
            what = f"{part.__name__.removeprefix('check_')}: can't be read ({type(error).__name__})"
            yield Finding(where=store.place, what=what)


def check_file(store: Store) -> Iterator[Finding]:
    """What SQLite itself finds: pages, indexes, references, the full-text index."""
    for kind in TABLES:  # every column by its name: a damaged schema shows here
        store.count(kind)
        next(iter(store.each(kind)), None)
    if store.db.dialect.name != "sqlite":
        return
    for (said,) in store.db.exec_driver_sql("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield Finding(where=store.place, what=f"the file is damaged: {said}")
    if not store.read_only:  # the command is an INSERT that inserts nothing
        store.db.exec_driver_sql(
            "INSERT INTO article_fts(article_fts, rank) VALUES ('integrity-check', 1)"
        )
    for row in store.db.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding(where=f"{row[0]} row {row[1]}", what=f"refers to no {row[2]} that exists")


def check_texts(store: Store) -> Iterator[Finding]:
    """Texts against their SHA-256, and marks against their texts.

    (An integrity check finds one flipped bit in three; the hash finds every one.)
    """
    query = sa.select(codec(Article).table.c.id)
    for (id,) in store.db.execute(query).all():
        try:
            article = store.get(Article, id)
        except NewsdeskError as error:
            yield Finding(where=f"article {id}", what=f"can't be read: {error}")
            continue
        if article is None:
            continue
        if sha256_of(article.text) != article.sha256:
            yield Finding(where=f"article {id}", what="the text differs from its SHA-256")
            continue
        yield from _check_marks(store, article)


def _check_marks(store: Store, article: Article) -> Iterator[Finding]:
    try:
        for mark in store.each(Annotation, article=article.id):
            if mark.end > len(article.text):
                yield Finding(where=f"annotation {mark.id}", what="lies outside its article")
            elif quote_of(article.text, mark.spans) != mark.quote:
                yield Finding(
                    where=f"annotation {mark.id}", what="its quote differs from the text there"
                )
    except NewsdeskError as error:
        yield Finding(where=f"annotations of article {article.id}", what=f"can't be read: {error}")


def check_rows(store: Store) -> Iterator[Finding]:
    """Every record against the last that the journal says of it, and none besides."""
    counts: dict[str, int] = {}
    for words in last_words(store):
        known = _as_they_are(store, words)
        for said in words:
            where = f"{said.kind} {said.record}"
            counts[said.kind] = counts.get(said.kind, 0) + 1
            try:
                # Where one of them is damaged, each is read alone.
                now = known.get(said.record) if known is not None else store.get(
                    KINDS[said.kind], said.record
                )
            except NewsdeskError as error:
                yield Finding(where=where, what=f"can't be read: {error}")
                continue
            if now is None:
                yield Finding(where=where, what="is in the journal, and gone from the desk")
            elif not said.leaves(now):
                yield Finding(where=where, what="differs from the journal")
    for kind, table in TABLES.items():
        if store.count(kind) != counts.get(kind.__name__, 0):
            yield from _strangers(store, kind.__name__, table)


def _as_they_are(store: Store, words: list[Entry]) -> dict[str, Record] | None:
    """The records that a batch of one kind tells of; None where one of them can't be read."""
    try:
        return store.get_all(KINDS[words[0].kind], [said.record for said in words]) if words else {}
    except NewsdeskError:
        return None


def _strangers(store: Store, kind: str, table: sa.Table) -> Iterator[Finding]:
    known = {said.record for words in last_words(store) for said in words if said.kind == kind}
    for (id,) in store.db.execute(sa.select(table.c.id)):
        if id not in known:
            yield Finding(where=f"{kind} {id}", what="is not in the journal")


def check_chain(store: Store) -> Iterator[Finding]:
    """The journal's chain: each revision against its edits and against the one before it."""
    prev_hash, seq = GENESIS, 0
    for one in revisions(store):
        where = f"revision {one.seq}"
        if one.seq != seq + 1:
            yield Finding(where=where, what=f"revision {seq + 1} is missing before it")
        if one.prev_hash != prev_hash:
            yield Finding(where=where, what="does not follow from the one before it")
        chain = ChainHash(one.prev_hash, one)
        count = 0
        for batch in entries(store, one.seq):
            for entry in batch:
                count += 1
                chain.add(entry.digest)
                before, after = (entry.before or "").encode(), (entry.after or "").encode()
                proven = entry.is_birth or (
                    entry.digest == edit_digest(entry.kind, before, after)
                    and _named(after or before) == entry.record
                )
                if not proven:
                    yield Finding(where=where, what=f"its edit of {entry.record} was altered")
        if count != one.count or chain.hexdigest() != one.hash:
            yield Finding(where=where, what="its content differs from its hash")
        prev_hash, seq = one.hash, one.seq
    for seq, lowest, highest, ids in row_ranges(store):
        if (lowest, highest) != (min(ids), max(ids)):
            what = "some of its edits would not be found by their records"
            yield Finding(where=f"revision {seq}", what=what)


class _Named(msgspec.Struct):
    id: str


_named_in = msgspec.json.Decoder(_Named).decode


def _named(record: bytes) -> str:
    return _named_in(record).id
