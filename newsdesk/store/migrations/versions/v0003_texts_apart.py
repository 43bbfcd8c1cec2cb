"""Version 0003: texts stand in a table of their own, and many edits in one row of the journal."""

import sqlalchemy as sa
from alembic import op

from newsdesk.store.dialect import dialect_of

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Move texts and raw bytes, and index the texts anew where they stand now."""
    db = op.get_bind()
    op.create_table(
        "bulk_edit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "lowest", "highest")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("ids", "befores", "afters")),
        sa.Column("digests", sa.LargeBinary, nullable=False),
    )
    op.create_index("bulk_edit_by_range", "bulk_edit", ["lowest", "highest"])
    article = sa.ForeignKey(
        "article.seq", ondelete="CASCADE", deferrable=True, initially="DEFERRED"
    )
    op.create_table(
        "article_text",
        sa.Column("seq", sa.Integer, article, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("raw", sa.LargeBinary),
    )
    gone = ["text", "raw"]
    if db.dialect.name == "sqlite":
        for name in ("article_gone", "article_retitled", "article_text_is_fixed"):
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE article_fts")
    else:
        gone = ["words", *gone]
    op.execute("INSERT INTO article_text SELECT seq, text, raw FROM article ORDER BY seq")
    for name in gone:
        op.execute(f"ALTER TABLE article DROP COLUMN {name}")
    dialect_of(db.engine).create_search(db)
    if db.dialect.name == "sqlite":
        op.execute("INSERT INTO article_fts(article_fts) VALUES ('rebuild')")
    else:
        op.execute("UPDATE article SET title = title")
