"""The tables of a desk, with every invariant that a database can hold."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from newsdesk.model import (
    ArticleStatus,
    Assertion,
    Attitude,
    Channel,
    Checkworthy,
    ClaimState,
    Layer,
    LinkKind,
    Manner,
    Pattern,
    SourceKind,
    SourceRole,
    SourceStatus,
    Stance,
    Status,
    Verdict,
)

SCHEMA_VERSION = "0003"
"""The newest migration's name; kept in each desk by alembic's version table."""

metadata = sa.MetaData()

Item = (
    sa.Column[str] | sa.Column[int] | sa.Column[float] | sa.Column[bytes] | sa.Constraint | sa.Index
)


def text(name: str, *, null: bool = False, unique: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null, unique=unique)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def reference(name: str, to: str, *, null: bool = True) -> sa.Column[str]:
    # Deferred: within one change records may come in any order; the commit checks them all.
    key = sa.ForeignKey(f"{to}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Text, key, nullable=null)


def one_of(name: str, values: type[StrEnum]) -> sa.CheckConstraint:
    # Not IN (…): SQLite would build that list anew for every row it writes.
    known = " OR ".join(f"{name} = '{value.value}'" for value in values)
    return sa.CheckConstraint(known, name=f"{name}_known")


def share(name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{name} BETWEEN 0 AND 1", name=f"{name}_is_a_share")


def found_by(*columns: str, where: str = "") -> sa.Index:
    if not where:
        return sa.Index(None, *columns)
    # On SQLite alone: to say it for PostgreSQL too would import that dialect at every start.
    return sa.Index(None, *columns, sqlite_where=sa.text(where))


def table(name: str, *items: Item, own_key: bool = False, **options: Any) -> sa.Table:
    """A table of records: `id` first, `extra` (unknown keys, as JSON) last.

    `own_key` says that the items hold another primary key; the id is unique all the same.
    """
    key = sa.Column("id", sa.Text, primary_key=not own_key, unique=own_key, nullable=False)
    made = sa.Table(name, metadata, key, *items, text("extra", null=True), **options)
    for index in made.indexes:
        columns = "_".join(column.name for column in index.columns)
        index.name = sa.quoted_name(f"{name}_by_{columns}", quote=None)
    for constraint in made.constraints:
        if isinstance(constraint, sa.CheckConstraint) and constraint.name:
            constraint.name = f"{name}_{constraint.name}"
    return made


label = table(
    "label",
    text("name"),
    text("layer"),
    text("colour"),
    text("pattern"),
    text("shortcut"),
    text("guideline"),
    text("attributes", null=True),
    number("position"),
    number("version"),
    number("retired"),
    one_of("layer", Layer),
    one_of("pattern", Pattern),
    sa.UniqueConstraint("layer", "name", name="label_name_once_a_layer"),
)
entity = table(
    "entity",
    text("name"),
    text("kind"),
    text("aliases", null=True),
    text("description"),
    text("kb_id", null=True),
    reference("merged_into", "entity"),
    sa.CheckConstraint("merged_into <> id", name="not_merged_into_itself"),
    found_by("name"),
    found_by("kb_id", where="kb_id IS NOT NULL"),
)
source = table(
    "source",
    text("description"),
    text("kind"),
    reference("entity", "entity"),
    text("role", null=True),
    text("status"),
    text("anonymity", null=True),
    one_of("kind", SourceKind),
    one_of("role", SourceRole),
    one_of("status", SourceStatus),
    sa.CheckConstraint(
        "entity IS NULL OR kind NOT LIKE 'unnamed %'", name="unnamed_without_entity"
    ),
    found_by("description"),
)
claim = table(
    "claim",
    text("statement"),
    text("topic"),
    text("checkworthy"),
    text("reason"),
    text("verdict", null=True),
    text("rating"),
    text("state"),
    text("due", null=True),
    text("assignee"),
    one_of("checkworthy", Checkworthy),
    one_of("verdict", Verdict),
    one_of("state", ClaimState),
    found_by("state"),
)
article = table(
    "article",
    # An integer key of the database's own: full-text search needs one. Never part of a record.
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    text("title"),
    text("language"),
    reference("outlet", "source"),
    text("byline", null=True),
    text("published", null=True),
    text("url", null=True),
    text("section", null=True),
    text("status"),
    text("embargo_until", null=True),
    reference("supersedes", "article"),
    text("imported_at"),
    text("format"),
    text("encoding"),
    number("canoniser"),
    text("sha256"),
    number("length"),
    one_of("status", ArticleStatus),
    sa.CheckConstraint("length(sha256) = 64", name="sha256_form"),
    sa.CheckConstraint("supersedes <> id", name="not_its_own_successor"),
    found_by("published", "seq"),
    found_by("title", "seq"),
    found_by("sha256"),
    found_by("status"),
    found_by("outlet"),
    own_key=True,
)
article_text = sa.Table(
    "article_text",
    metadata,
    # Of its own: a row is written whole, and an article's status must not cost its text again.
    sa.Column(
        "seq",
        sa.Integer,
        sa.ForeignKey(
            "article.seq", ondelete="CASCADE", deferrable=True, initially="DEFERRED"
        ),
        primary_key=True,
        autoincrement=False,
    ),
    text("text"),
    sa.Column("raw", sa.LargeBinary),
)
whole_article = sa.table(
    "whole_article", *(sa.column(c.name, c.type) for c in (*article.c, *article_text.c[1:]))
)
"""The view of articles with their texts, from which records are read."""
annotation = table(
    "annotation",
    reference("article", "article", null=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    # All spans as JSON where there are several; NULL where start and end say it all.
    text("spans", null=True),
    reference("label", "label", null=False),
    number("label_version"),
    text("quote"),
    text("status"),
    text("origin"),
    sa.Column("confidence", sa.Float),
    text("author"),
    text("note"),
    text("attributes", null=True),
    reference("entity", "entity"),
    reference("claim", "claim"),
    one_of("status", Status),
    share("confidence"),
    sa.CheckConstraint('0 <= start AND start < "end"', name="span_is_not_empty"),
    found_by("entity", where="entity IS NOT NULL"),
    found_by("claim", where="claim IS NOT NULL"),
    # Kept in the order of the text: an article opens with one sequential read.
    sa.PrimaryKeyConstraint("article", "start", "id"),
    own_key=True,
    sqlite_with_rowid=False,
)
attribution = table(
    "attribution",
    reference("content", "annotation", null=False),
    reference("source", "source"),
    reference("source_mention", "annotation"),
    reference("cue", "annotation"),
    number("hop"),
    text("manner", null=True),
    text("attitude", null=True),
    text("assertion", null=True),
    text("channel", null=True),
    number("orphan"),
    text("status"),
    text("origin"),
    sa.Column("confidence", sa.Float),
    one_of("manner", Manner),
    one_of("attitude", Attitude),
    one_of("assertion", Assertion),
    one_of("channel", Channel),
    one_of("status", Status),
    share("confidence"),
    sa.CheckConstraint("hop >= 0", name="hop_from_0"),
    found_by("content"),
    found_by("source", where="source IS NOT NULL"),
    found_by("source_mention", where="source_mention IS NOT NULL"),
    found_by("cue", where="cue IS NOT NULL"),
)
snapshot = table(
    "snapshot",
    text("sha256"),
    text("media_type"),
    text("url", null=True),
    text("captured_at"),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    found_by("sha256"),
)
evidence = table(
    "evidence",
    reference("claim", "claim", null=False),
    text("stance"),
    text("title"),
    text("publisher"),
    text("url", null=True),
    reference("article", "article"),
    reference("annotation", "annotation"),
    text("exact"),
    text("prefix"),
    text("suffix"),
    reference("snapshot", "snapshot"),
    text("question"),
    one_of("stance", Stance),
    found_by("claim"),
)
review = table(
    "review",
    reference("claim", "claim", null=False),
    text("from_state"),
    text("to_state"),
    text("verdict", null=True),
    text("reviewer"),
    text("at"),
    text("comment"),
    one_of("from_state", ClaimState),
    one_of("to_state", ClaimState),
    one_of("verdict", Verdict),
    sa.CheckConstraint("length(trim(comment)) > 0", name="comment_given"),
    found_by("claim"),
)
link = table(
    "link",
    text("kind"),
    text("from_id"),
    text("to_id"),
    text("note"),
    one_of("kind", LinkKind),
    sa.CheckConstraint("from_id <> to_id", name="two_ends"),
    found_by("from_id"),
    found_by("to_id"),
)
setting = table("setting", text("name", unique=True), text("value"))

# Imported knowledge bases are reference works, not the newsroom's records: neither journalled nor
# exported (docs/adr/0011). `base` is the Setting that stands for the import in the journal.
knowledge = sa.Table(
    "knowledge",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    text("base"),
    text("kb_id"),
    text("label"),
    text("aliases", null=True),
    text("type"),
    text("description"),
    # All names as they are searched, a line each: what the index of trigrams holds.
    text("names"),
    sa.UniqueConstraint("base", "kb_id", name="knowledge_id_once_a_base"),
)
knowledge_name = sa.Table(
    "knowledge_name",
    metadata,
    # By bytes, also on PostgreSQL: a beginning is then a range of the key.
    sa.Column(
        "name", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), primary_key=True
    ),
    sa.Column("entry", sa.Integer, primary_key=True, autoincrement=False),
    # 0: the label; 1: an alias; 2: the end of a name, from a word on.
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

revision = sa.Table(
    "revision",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    text("id", unique=True),
    text("title"),
    text("author"),
    text("at"),
    sa.Column("undoes", sa.Integer, sa.ForeignKey("revision.seq")),
    text("prev_hash"),
    text("hash"),
    number("count"),
    sa.CheckConstraint("undoes < seq", name="revision_undoes_an_earlier_one"),
    sa.Index("revision_by_undoes", "undoes"),
)
edit = sa.Table(
    "edit",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    text("kind"),
    text("record"),
    text("before"),
    # NULL: the record's end.
    text("after", null=True),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Index("edit_by_record", "record"),
    sqlite_with_rowid=False,
)
bulk_edit = sa.Table(
    "bulk_edit",
    metadata,
    # Up to 500 edits of one kind a row, as births have it: ids, and the records before and after
    # as JSON, are parted by line feeds; an empty line is a record's end (docs/adr/0013).
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    text("kind"),
    text("lowest"),
    text("highest"),
    text("ids"),
    text("befores"),
    text("afters"),
    sa.Column("digests", sa.LargeBinary, nullable=False),
    sa.Index("bulk_edit_by_range", "lowest", "highest"),
)
birth = sa.Table(
    "birth",
    metadata,
    # Many births a row: an import of 300,000 records would take half as long again with a row
    # for each. `ids` are parted by line feeds (an id that holds one has a row of its own),
    # `digests` are 32 bytes each, in the same order; `n` is the first one's place among the
    # revision's edits.
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    text("kind"),
    text("lowest"),
    text("highest"),
    text("ids"),
    sa.Column("digests", sa.LargeBinary, nullable=False),
    sa.Index("birth_by_range", "lowest", "highest"),
)
