"""Version 0002: imported knowledge bases, searchable by the beginning of a name and by likeness."""

import sqlalchemy as sa
from alembic import op

from newsdesk.store.knowledge_index import index_of

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make two empty tables and their index. No row that there was is touched."""
    op.create_table(
        "knowledge",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("base", sa.Text, nullable=False),
        sa.Column("kb_id", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("aliases", sa.Text),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("names", sa.Text, nullable=False),
        sa.UniqueConstraint("base", "kb_id", name="knowledge_id_once_a_base"),
    )
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "knowledge_name",
        sa.Column("name", name, primary_key=True),
        sa.Column("entry", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    index_of(op.get_bind()).create(op.get_bind())
