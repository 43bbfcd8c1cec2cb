"""All that SQLite and PostgreSQL say differently: the only file that knows which is which."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from newsdesk.model import Hit, NewsdeskError, Span
from newsdesk.store.tables import article, article_text, metadata, whole_article
from newsdesk.store.words import alternatives

APPLICATION_ID = 0x4E44736B
"""«NDsk» in the header of every desk's file."""

_OPEN, _CLOSE = "\x02", "\x03"
_HEADLINE = (
    "'MaxWords=24, MinWords=8, MaxFragments=1, StartSel=\"' || chr(2) || '\", StopSel=\"'"
    " || chr(3) || '\"'"
)

_VIEW = (
    f"CREATE VIEW whole_article AS SELECT {', '.join(c.name for c in whole_article.c)}"
    " FROM article JOIN article_text USING (seq)"
)


class Dialect(Protocol):
    """What the store asks of a database beyond SQLAlchemy Core.

    `by_code_points` follows a column of text that is compared as Python compares texts.
    """

    placeholder: str
    by_code_points: str
    begin: tuple[str, ...]
    search_sql: str

    def create(self, db: sa.Connection) -> None:
        """Make all tables, with the full-text index."""

    def create_search(self, db: sa.Connection) -> None:
        """Make the view of articles with their texts, the full-text index and the triggers."""

    def index_new(self, db: sa.Connection, words: list[tuple[int, str, str]]) -> None:
        """Make new articles searchable, each by its `seq`, title and text."""

    def query(self, words: str) -> str | None:
        """An editor's search as the database's own query; None where nothing is to be found."""

    def matching(self, query: str) -> sa.ColumnElement[bool]:
        """That an article holds what such a query asks."""

    def ranked(self, query: str, among: sa.Select[Any]) -> sa.Select[Any]:
        """The id, title and snippet of articles that match, best first; `among` gives the `seq`
        of those that may be found."""

    def answer(self, column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[Any]:
        """What a column of JSON text holds under a name; NULL where nothing."""

    def folded(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
        """A text without the difference of capital and small letters."""

    def fold(self, text: str) -> str:
        """The same for a text at hand."""

    def version(self, db: sa.Connection) -> int:
        """A number that changes when another connection has committed."""


class SQLite:
    """One file a desk: WAL, every commit synced, foreign keys on."""

    placeholder = "?"
    by_code_points = ""
    begin: tuple[str, ...] = ("BEGIN IMMEDIATE",)
    search_sql = (
        "SELECT a.id, a.title, snippet(article_fts, 1, char(2), char(3), '…', 12)"
        " FROM article_fts JOIN article a ON a.seq = article_fts.rowid"
        " WHERE article_fts MATCH ? ORDER BY rank LIMIT ?"
    )

    def create(self, db: sa.Connection) -> None:
        db.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        metadata.create_all(db)
        self.create_search(db)

    def create_search(self, db: sa.Connection) -> None:
        db.exec_driver_sql(_VIEW)
        # External content: the index keeps no second copy of the texts. Triggers keep it in step,
        # but for births: within a trigger FTS5 writes its index out for every single article.
        db.exec_driver_sql(
            "CREATE VIRTUAL TABLE article_fts USING fts5(title, text, content='whole_article',"
            " content_rowid='seq', tokenize='unicode61 remove_diacritics 2')"
        )
        kept = "text FROM article_text WHERE seq = old.seq;"
        new = f"INSERT INTO article_fts(rowid, title, text) SELECT old.seq, new.title, {kept}"
        old = (
            "INSERT INTO article_fts(article_fts, rowid, title, text)"
            f" SELECT 'delete', old.seq, old.title, {kept}"
        )
        fixed = "SELECT RAISE(ABORT, 'an article''s text never changes');"
        for name, event, body in (
            ("article_gone", "BEFORE DELETE ON article", old),
            ("article_retitled", "AFTER UPDATE OF title ON article", old + " " + new),
            ("article_hash_is_fixed", "BEFORE UPDATE OF sha256 ON article", fixed),
            ("article_text_is_fixed", "BEFORE UPDATE ON article_text", fixed),
        ):
            db.exec_driver_sql(f"CREATE TRIGGER {name} {event} BEGIN {body} END")

    def index_new(self, db: sa.Connection, words: list[tuple[int, str, str]]) -> None:
        # As they were given: to read them back out of the table takes longer than to index them.
        db.exec_driver_sql("INSERT INTO article_fts(rowid, title, text) VALUES (?, ?, ?)", words)

    def query(self, words: str) -> str | None:
        found = []
        for terms in alternatives(words):
            # Quoted, a term is only words to FTS5: no operator, no column filter.
            quoted = [(f'"{term.words}"' + "*" * term.prefix, term.without) for term in terms]
            wanted = " AND ".join(each for each, without in quoted if not without)
            found.append(" NOT ".join([wanted, *(each for each, without in quoted if without)]))
        return " OR ".join(f"({each})" for each in found) or None

    def matching(self, query: str) -> sa.ColumnElement[bool]:
        return article.c.seq.in_(
            sa.text("SELECT rowid FROM article_fts WHERE article_fts MATCH :query")
            .bindparams(sa.bindparam("query", query, unique=True))
            .columns(sa.column("rowid", sa.Integer))
        )

    def ranked(self, query: str, among: sa.Select[Any]) -> sa.Select[Any]:
        index = sa.table("article_fts")
        snippet = "snippet(article_fts, 1, char(2), char(3), '…', 12)"
        return (
            sa.select(article.c.id, article.c.title, sa.literal_column(snippet))
            .select_from(index)
            .join(article, sa.literal_column("article_fts.rowid") == article.c.seq)
            .where(sa.text("article_fts MATCH :query").bindparams(query=query))
            # The plus keeps SQLite from searching anew for each of the articles asked about.
            .where(sa.literal_column("+article_fts.rowid").in_(among))
            .order_by(sa.text("rank"))
        )

    def answer(self, column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[Any]:
        # Not json_extract: its paths have no way to write a name with a quotation mark.
        each = sa.func.json_each(column).table_valued("key", "value")
        return sa.select(each.c.value).where(each.c.key == name).scalar_subquery()

    def folded(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
        return sa.func.folded(column)

    def fold(self, text: str) -> str:
        return text.casefold()

    def version(self, db: sa.Connection) -> int:
        return int(db.exec_driver_sql("PRAGMA data_version").scalar_one())


class PostgreSQL:
    """A shared desk; one writer at a time, so that the journal's chain stays a chain."""

    placeholder = "%s"
    by_code_points = ' COLLATE "C"'
    begin: tuple[str, ...] = ("BEGIN", "SELECT pg_advisory_xact_lock(1313108843)")
    search_sql = (
        f"SELECT id, title, ts_headline('simple', text, q, {_HEADLINE})"
        " FROM article JOIN article_text USING (seq),"
        " (SELECT to_tsquery('simple', %s) AS q) AS asked WHERE words @@ q"
        " ORDER BY ts_rank(words, q) DESC, seq LIMIT %s"
    )

    def create(self, db: sa.Connection) -> None:
        metadata.create_all(db)
        self.create_search(db)

    def create_search(self, db: sa.Connection) -> None:
        db.exec_driver_sql(_VIEW)
        db.exec_driver_sql("ALTER TABLE article ADD COLUMN words tsvector")
        db.exec_driver_sql("CREATE INDEX article_by_words ON article USING gin (words)")
        for statement in _POSTGRES_TRIGGERS:
            db.exec_driver_sql(statement)

    def index_new(self, db: sa.Connection, words: list[tuple[int, str, str]]) -> None:
        """Nothing: a trigger does it, as the text comes in."""

    def query(self, words: str) -> str | None:
        found = []
        for terms in alternatives(words):
            quoted = (term.words.replace("\\", " ").replace("'", "''") for term in terms)
            marked = (
                "!" * term.without + f"'{each}'" + ":*" * term.prefix
                for term, each in zip(terms, quoted, strict=True)
            )
            found.append(" & ".join(marked))
        return " | ".join(f"({each})" for each in found) or None

    def matching(self, query: str) -> sa.ColumnElement[bool]:
        asked = sa.func.to_tsquery(sa.literal_column("'simple'"), query)
        return sa.literal_column("article.words").op("@@")(asked)

    def ranked(self, query: str, among: sa.Select[Any]) -> sa.Select[Any]:
        asked = sa.func.to_tsquery(sa.literal_column("'simple'"), query)
        options: sa.ColumnElement[str] = sa.literal_column(_HEADLINE)
        simple: sa.ColumnElement[str] = sa.literal_column("'simple'")
        snippet = sa.func.ts_headline(simple, article_text.c.text, asked, options)
        rank = sa.func.ts_rank(sa.literal_column("article.words"), asked)
        return (
            sa.select(article.c.id, article.c.title, snippet)
            .join(article_text, article_text.c.seq == article.c.seq)
            .where(self.matching(query), article.c.seq.in_(among))
            .order_by(rank.desc(), article.c.seq)
        )

    def answer(self, column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[Any]:
        found: sa.ColumnElement[str] = sa.cast(column, sa.JSON)[name].as_string()
        return found

    def folded(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
        return sa.func.lower(column)

    def fold(self, text: str) -> str:
        return text.lower()

    def version(self, db: sa.Connection) -> int:
        return int(db.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM revision").scalar_one())


_POSTGRES_TRIGGERS = (
    # A tsvector holds a megabyte at most: of a longer text only the beginning is found.
    """CREATE FUNCTION words_of(title text, body text) RETURNS tsvector LANGUAGE plpgsql AS $$
    BEGIN
      RETURN to_tsvector('simple', title || ' ' || body);
    EXCEPTION WHEN program_limit_exceeded THEN
      RETURN to_tsvector('simple', left(title || ' ' || body, 100000));
    END $$""",
    """CREATE FUNCTION article_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_TABLE_NAME = 'article_text' THEN
        UPDATE article SET words = words_of(title, NEW.text) WHERE seq = NEW.seq;
      ELSE
        SELECT words_of(NEW.title, text) INTO NEW.words FROM article_text WHERE seq = NEW.seq;
      END IF;
      RETURN NEW;
    END $$""",
    "CREATE TRIGGER article_texted AFTER INSERT ON article_text"
    " FOR EACH ROW EXECUTE FUNCTION article_words()",
    "CREATE TRIGGER article_retitled BEFORE UPDATE OF title ON article"
    " FOR EACH ROW EXECUTE FUNCTION article_words()",
    """CREATE FUNCTION article_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE integrity_constraint_violation USING MESSAGE = 'an article''s text never changes';
    END $$""",
    "CREATE TRIGGER article_hash_is_fixed BEFORE UPDATE OF sha256 ON article"
    " FOR EACH ROW EXECUTE FUNCTION article_is_fixed()",
    "CREATE TRIGGER article_text_is_fixed BEFORE UPDATE ON article_text"
    " FOR EACH ROW EXECUTE FUNCTION article_is_fixed()",
)


def _folded(text: str | None) -> str | None:
    return text if text is None else text.casefold()


def dialect_of(engine: sa.Engine) -> Dialect:
    """The dialect that an engine speaks."""
    return PostgreSQL() if engine.dialect.name == "postgresql" else SQLite()


def sqlite_engine(path: Path, *, read_only: bool) -> sa.Engine:
    """An engine on one file; `read_only` opens it without touching the file or its folder."""

    def connect() -> sqlite3.Connection:
        # Autocommit, so that BEGIN is ours: pysqlite would begin late, and a read that turns
        # into a write would be refused at once, whatever the timeout.
        mode = "mode=ro&immutable=1" if read_only else "mode=rw"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, timeout=5.0
        )
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -16000")
        # SQLite's own lower() knows the letters of English only.
        connection.create_function("folded", 1, _folded, deterministic=True)
        return connection

    return sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.StaticPool)


def postgres_engine(address: str) -> sa.Engine:
    """An engine on a PostgreSQL server.

    Raises NewsdeskError where the extra is not installed.
    """
    url = sa.make_url(address).set(drivername="postgresql+psycopg")
    try:
        # «format» takes plain tuples, as SQLite's «qmark» does.
        return sa.create_engine(url, paramstyle="format", poolclass=sa.pool.StaticPool)
    except ModuleNotFoundError as error:
        raise NewsdeskError(
            "This desk is on a PostgreSQL server, and the part of Newsdesk that speaks to one is "
            "not installed. Install it with: pip install 'newsdesk[postgres]'"
        ) from error


def hit(row: Any) -> Hit:
    """A row of `search_sql` as a Hit: the marks are cut out of the snippet."""
    marks: list[Span] = []
    out: list[str] = []
    length = opened = 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", row[2]):
        if piece == _OPEN:
            opened = length
        elif piece == _CLOSE:
            marks.append(Span(opened, length))
        else:
            piece = piece.replace("\n", " ")
            out.append(piece)
            length += len(piece)
    return Hit(article=row[0], title=row[1], snippet="".join(out), marks=tuple(marks))


def speak_plainly(engine: sa.Engine, place: str) -> None:
    """Have every error of an engine that an editor can understand said in words for an editor."""

    @sa.event.listens_for(engine, "handle_error")
    def explain(context: Any) -> None:
        if words := explained(context.original_exception):
            # «from None»: what SQLite says of a text that it can't decode quotes that text.
            raise NewsdeskError(f"{place}: {words}") from None


def explained(error: BaseException) -> str:
    """What an error of a database means for an editor, or nothing."""
    if isinstance(error, UnicodeDecodeError):
        return _DAMAGED
    said = str(error).lower()
    return next((words for sign, words in _SAYINGS.items() if sign in said), "")


def taken_in(error: sa.exc.IntegrityError) -> str:
    """The table in which an error says that a name, or an id, is taken already; empty where it is
    about something else, such as a reference."""
    said = error.orig
    if getattr(said, "sqlstate", "") == "23505":
        return str(said.diag.table_name)  # type: ignore[union-attr]
    found = re.match(r"UNIQUE constraint failed: (\w+)\.", str(said))
    return found[1] if found else ""


@contextmanager
def plain_errors(place: str) -> Iterator[None]:
    """Say errors of the sqlite3 module itself, before there is an engine, in plain words."""
    try:
        yield
    except (sqlite3.Error, sa.exc.DBAPIError, UnicodeDecodeError) as error:
        if words := explained(getattr(error, "orig", None) or error):
            raise NewsdeskError(f"{place}: {words}") from None
        raise


_DAMAGED = (
    "the file is damaged. Nothing was changed in it. Make a copy of it, "
    "then run `newsdesk check` on the copy, or open the last backup."
)
_SAYINGS = {
    "disk is full": "the disk is full. Nothing of this change was kept, everything before it was. "
    "Free some space and do it again.",
    "readonly": "the desk can only be read, not written. Nothing was changed. "
    "Copy the file to a folder of your own and open the copy.",
    "read-only": "the desk can only be read, not written. Nothing was changed. "
    "Copy the file to a folder of your own and open the copy.",
    "database is locked": "another program is writing to this desk and does not let go. "
    "Nothing was changed. Close it, or wait a moment and try again.",
    "disk i/o error": "the disk does not answer. Nothing of this change was kept. "
    "Check the disk or the network drive, then try again.",
    "malformed": _DAMAGED,
    "could not decode": _DAMAGED,
    "vtable constructor failed": _DAMAGED,
    "corrupt": _DAMAGED,
    "invalid fts5": _DAMAGED,
    "fts5: ": _DAMAGED,
    "no such table": _DAMAGED,
    "no such column": _DAMAGED,
    "not a database": "this file is no desk, or it is damaged. Nothing was changed in it.",
    "connection": "the database server does not answer. Nothing of this change was kept. "
    "Check the address and the network, then try again.",
}
