"""The index that finds misspelt names of a knowledge base: SQLite's trigrams, PostgreSQL's lexemes.

A part of `dialect.py` in a file of its own.
"""

from typing import Protocol

import sqlalchemy as sa

PIECES = 4
"""Parts at most into which a name is cut; what has one of them whole is compared further."""


class KnowledgeIndex(Protocol):
    """What is said differently of names that are alike."""

    like_sql: str
    """Asks with `query` and a limit: the `seq` of entries that have a piece whole, best first."""

    def create(self, db: sa.Connection) -> None:
        """Make the index; the tables are there."""

    def add(self, db: sa.Connection, after: int) -> None:
        """Index the entries whose `seq` is above `after`."""

    def forget(self, db: sa.Connection, base: str) -> None:
        """Take the entries of a base out of the index, before their rows go."""

    def query(self, name: str) -> str:
        """A normalised name as the database's own query."""


class SQLiteIndex:
    """FTS5 with its trigram tokenizer, over the text of the table itself."""

    like_sql = (
        "SELECT rowid FROM knowledge_fts WHERE knowledge_fts MATCH ? ORDER BY rank LIMIT ?"
    )

    def create(self, db: sa.Connection) -> None:
        db.exec_driver_sql(
            "CREATE VIRTUAL TABLE knowledge_fts USING fts5(names, content='knowledge',"
            " content_rowid='seq', tokenize='trigram', detail='none')"
        )

    def add(self, db: sa.Connection, after: int) -> None:
        db.exec_driver_sql(
            "INSERT INTO knowledge_fts(rowid, names) SELECT seq, names FROM knowledge"
            " WHERE seq > ?",
            (after,),
        )

    def forget(self, db: sa.Connection, base: str) -> None:
        db.exec_driver_sql(
            "INSERT INTO knowledge_fts(knowledge_fts, rowid, names)"
            " SELECT 'delete', seq, names FROM knowledge WHERE base = ?",
            (base,),
        )

    def query(self, name: str) -> str:
        parts = (" AND ".join(f'"{one}"' for one in part) for part in pieces(name) if part)
        return " OR ".join(f"({part})" for part in parts)


class PostgreSQLIndex:
    """A tsvector of trigrams: needs no extension, which only an administrator could add."""

    like_sql = (
        "SELECT seq FROM knowledge, (SELECT %s::tsquery AS q) AS asked WHERE grams @@ q"
        " ORDER BY ts_rank(grams, q) DESC, seq LIMIT %s"
    )

    def create(self, db: sa.Connection) -> None:
        db.exec_driver_sql("ALTER TABLE knowledge ADD COLUMN grams tsvector")
        db.exec_driver_sql("CREATE INDEX knowledge_by_grams ON knowledge USING gin (grams)")

    def add(self, db: sa.Connection, after: int) -> None:
        db.exec_driver_sql(
            "UPDATE knowledge SET grams = array_to_tsvector(ARRAY(SELECT DISTINCT"
            " substr(names, at, 3) FROM generate_series(1, length(names) - 2) AS at))"
            " WHERE seq > %s",
            (after,),
        )

    def forget(self, db: sa.Connection, base: str) -> None:
        """Nothing: the column goes with its row."""

    def query(self, name: str) -> str:
        parts = (" & ".join(f"'{one}'" for one in part) for part in pieces(name) if part)
        return " | ".join(f"({part})" for part in parts)


def index_of(db: sa.Connection) -> KnowledgeIndex:
    """The index of the database that a connection is to."""
    return PostgreSQLIndex() if db.dialect.name == "postgresql" else SQLiteIndex()


def pieces(name: str) -> list[list[str]]:
    """The trigrams of a normalised name's parts: one slip leaves all but one part whole."""
    count = max(2, min(PIECES, len(name) // 4))
    size = -(-len(name) // count)
    cut = [name[at : at + size] for at in range(0, len(name), size)]
    found = [[part[at : at + 3] for at in range(len(part) - 2)] for part in cut]
    return [[one for one in part if '"' not in one] for part in found if part]
