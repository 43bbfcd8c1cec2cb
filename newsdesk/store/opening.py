"""Making a desk, opening one, and telling politely what is none."""

import sqlite3
from pathlib import Path

import sqlalchemy as sa

from newsdesk.model import NewsdeskError
from newsdesk.store.dialect import (
    APPLICATION_ID,
    dialect_of,
    plain_errors,
    postgres_engine,
    sqlite_engine,
)
from newsdesk.store.knowledge_index import index_of
from newsdesk.store.store import Store
from newsdesk.store.tables import SCHEMA_VERSION

_HEADER = b"SQLite format 3\0"


def is_address(desk: str | Path) -> bool:
    """Whether a desk is on a server rather than in a file."""
    return str(desk).startswith(("postgresql://", "postgres://"))


def create(desk: str | Path) -> Store:
    """Make a new, empty desk in a file that does not exist yet, or in an empty database.

    Raises NewsdeskError where there is something already, or where the folder is missing.
    """
    if is_address(desk):
        store = _on_server(str(desk))
        if _schema_version(store) is not None:
            store.close()
            raise NewsdeskError(f"{store.place} holds a desk already. Open it, or name another.")
        _build(store)
        return store
    path = Path(desk)
    if path.exists():
        raise NewsdeskError(f"{path} exists already. Nothing was changed; choose another name.")
    if not path.parent.is_dir():
        raise NewsdeskError(f"There is no folder {path.parent}. Make it first, or choose another.")
    # Built under another name, so that a crash on the way leaves no half a desk.
    draft = path.with_name(path.name + ".new")
    for leftover in _files_of(draft):
        leftover.unlink(missing_ok=True)
    try:
        draft.touch()
    except OSError as error:
        raise NewsdeskError(f"{path} can't be made there: {error.strerror}.") from error
    store = _in_file(draft, read_only=False)
    _build(store)
    store.close()
    draft.rename(path)
    return _in_file(path, read_only=False)


def open_store(desk: str | Path) -> Store:
    """Open a desk, upgrading an older one (a copy is made first); read-only where it must be.

    Raises NewsdeskError for what is no desk, damaged, missing, or of a newer version.
    """
    if is_address(desk):
        store = _on_server(str(desk))
    else:
        path = Path(desk)
        _look_at_header(path)
        store = _in_file(path, read_only=not _writable(path))
    version = _schema_version(store)
    if version == SCHEMA_VERSION:
        return store
    place = store.place
    store.close()
    if version is None:
        raise NewsdeskError(f"{place} is no desk of Newsdesk. Choose another file.")
    if version > SCHEMA_VERSION:
        raise NewsdeskError(
            f"{place} was made by a newer Newsdesk (its format is {version}, this one reads up to "
            f"{SCHEMA_VERSION}). Nothing was changed in it. Install the newer version to open it."
        )
    from newsdesk.store.migrating import upgrade  # alembic costs a tenth of a second: only here

    upgrade(desk)
    return open_store(desk)


def _build(store: Store) -> None:
    with store.transaction():
        store.dialect.create(store.db)
        index_of(store.db).create(store.db)
        store.db.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
        )
        mark_version(store.db, SCHEMA_VERSION)


def mark_version(db: sa.Connection, version: str) -> None:
    """Write the schema's version where alembic looks for it."""
    db.exec_driver_sql("DELETE FROM alembic_version")
    db.execute(sa.text("INSERT INTO alembic_version VALUES (:v)"), {"v": version})


def _schema_version(store: Store) -> str | None:
    with plain_errors(store.place):
        if not sa.inspect(store.db).has_table("alembic_version"):
            return None
        found = store.db.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return None if found is None else str(found)


def _in_file(path: Path, *, read_only: bool) -> Store:
    engine = sqlite_engine(path, read_only=read_only)
    return Store(engine, dialect_of(engine), path.name, read_only=read_only)


def _on_server(address: str) -> Store:
    engine = postgres_engine(address)
    return Store(engine, dialect_of(engine), str(engine.url.database))


def _files_of(path: Path) -> list[Path]:
    return [path.with_name(path.name + end) for end in ("", "-wal", "-shm", "-journal")]


def _look_at_header(path: Path) -> None:
    if path.is_dir():
        raise NewsdeskError(f"{path} is a folder. Choose a desk's file in it.")
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError as error:
        raise NewsdeskError(
            f"There is no {path}. Choose another, or make it with: newsdesk new {path}"
        ) from error
    except OSError as error:
        raise NewsdeskError(f"{path} can't be read: {error.strerror}.") from error
    if not head:
        raise NewsdeskError(f"{path} is empty: no desk, or one that was cut off. Open a backup.")
    if not head.startswith(_HEADER) or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NewsdeskError(
            f"{path} is no desk of Newsdesk; nothing was changed in it. "
            "To bring an article or a dataset in, open a desk first and import the file."
        )


def _writable(path: Path) -> bool:
    """Whether the file and its folder take writes: WAL needs both, even for reading."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=5.0)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        said = str(error)
        if "locked" in said or "busy" in said:
            return True  # somebody writes to it, so it can be written
        if "readonly" in said or "unable to open" in said:
            return False
        raise NewsdeskError(f"{path} can't be opened: {said}. Nothing was changed.") from error
    except sqlite3.DatabaseError as error:
        raise NewsdeskError(
            f"{path} is damaged ({error}). Nothing was changed in it. Make a copy, then open the "
            "last backup, or run `newsdesk check` on the copy."
        ) from error
    return True
