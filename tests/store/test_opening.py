"""Making and opening desks, and telling what is none."""

import os
import sqlite3
import sys
from contextlib import contextmanager

import pytest

from newsdesk.model import NewsdeskError, Setting
from newsdesk.store import create, open_store
from newsdesk.store.dialect import APPLICATION_ID
from newsdesk.store.opening import is_address
from newsdesk.store.tables import SCHEMA_VERSION


def test_a_desk_is_marked_as_ours_and_safe(store, tmp_path):
    ask = store.db.exec_driver_sql
    assert ask("PRAGMA application_id").scalar() == APPLICATION_ID
    assert ask("PRAGMA journal_mode").scalar() == "wal"
    assert ask("PRAGMA synchronous").scalar() == 2
    assert ask("PRAGMA foreign_keys").scalar() == 1
    assert ask("SELECT version_num FROM alembic_version").scalar() == SCHEMA_VERSION
    assert not list(tmp_path.glob("*.new*")), "it was built under another name"


def test_a_desk_is_never_made_over_something(store, tmp_path):
    with pytest.raises(NewsdeskError, match="exists already"):
        create(tmp_path / "a.desk")
    with pytest.raises(NewsdeskError, match="no folder"):
        create(tmp_path / "none" / "a.desk")


def not_ours(path):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "There is no"),
        (lambda path: path.touch(), "is empty"),
        (lambda path: path.write_bytes(b"PK\x03\x04" * 60), "no desk of Newsdesk"),
        (not_ours, "no desk of Newsdesk"),
        (lambda path: path.mkdir(), "is a folder"),
    ],
)
def test_what_is_no_desk_is_refused_politely(tmp_path, make, said):
    path = tmp_path / "b.desk"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(NewsdeskError, match=said):
        open_store(path)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_newer_desk_is_refused_and_left_alone(store, tmp_path):
    store.db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(NewsdeskError, match="newer Newsdesk"):
        open_store(tmp_path / "a.desk")


def test_a_desk_without_a_version_is_refused(store, tmp_path):
    store.db.exec_driver_sql("DROP TABLE alembic_version")
    store.close()
    with pytest.raises(NewsdeskError, match="no desk of Newsdesk"):
        open_store(tmp_path / "a.desk")


def test_a_damaged_file_is_told_not_repaired(store, tmp_path):
    store.close()
    path = tmp_path / "a.desk"
    content = bytearray(path.read_bytes())
    content[100:4096] = os.urandom(3996)
    path.write_bytes(content)
    with pytest.raises(NewsdeskError, match=r"damaged|no desk"):
        open_store(path)
    assert path.read_bytes() == bytes(content)


@contextmanager
def somebody_else():
    """Root may write anywhere, so root looks as another user for a while."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="file rights are POSIX here")
def test_a_desk_in_a_read_only_folder_opens_for_reading(store, tmp_path):
    with store.transaction():
        store.put(Setting(name="x", value="kept"))
    store.close()
    folder = tmp_path / "archive"
    folder.mkdir()
    path = (tmp_path / "a.desk").rename(folder / "a.desk")
    path.chmod(0o444)
    folder.chmod(0o555)
    for parent in folder.parents:
        if parent.stat().st_uid == os.geteuid():
            parent.chmod(parent.stat().st_mode | 0o011)
    with somebody_else():
        reader = open_store(path)
        assert reader.read_only
        assert [one.value for one in reader.find(Setting)] == ["kept"]
        with pytest.raises(NewsdeskError, match="can only be read"), reader.transaction():
            pass
        reader.close()
    assert [one.name for one in folder.iterdir()] == ["a.desk"]


def test_a_server_without_its_driver_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(NewsdeskError, match=r"newsdesk\[postgres\]"):
        open_store("postgresql://nobody@/none?host=/nonexistent")


def test_a_server_that_does_not_answer(tmp_path):
    pytest.importorskip("psycopg", reason="the extra postgres")
    with pytest.raises(NewsdeskError, match="does not answer"):
        open_store(f"postgresql://nobody@/none?host={tmp_path}")
    assert is_address("postgresql://x") and not is_address("/tmp/postgresql")
