"""Migrations: a copy first, all in one transaction, the same data afterwards."""

import gzip
import hashlib
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from newsdesk.desk import open_desk
from newsdesk.model import NewsdeskError, Setting
from newsdesk.store import create, migrating, open_store, opening
from newsdesk.store.tables import SCHEMA_VERSION

STEP = '''
"""A planted later version."""
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

def upgrade():
    with op.batch_alter_table("setting") as batch:
        batch.add_column(sa.Column("unit", sa.Text))
    {then}
'''


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "a.desk"
    store = create(path)
    with store.transaction():
        store.put(Setting(name="house", value="kept"))
    store.close()
    return path


def scripts(tmp_path, then):
    folder = tmp_path / "scripts"
    versions = folder / "versions"
    versions.mkdir(parents=True)
    for shipped in (migrating._SCRIPTS / "versions").glob("v*.py"):
        (versions / shipped.name).write_text(shipped.read_text())
    (versions / "v0004.py").write_text(STEP.format(then=then))
    return folder


def version_of(path):
    store = opening._in_file(path, read_only=False)
    try:
        columns = {row[1] for row in store.db.exec_driver_sql("PRAGMA table_info(setting)")}
        return opening._schema_version(store), columns, store.find(Setting)[0].value
    finally:
        store.close()


def test_an_upgrade_keeps_the_data_and_makes_a_copy_first(old, tmp_path):
    copy = migrating.upgrade(old, scripts(tmp_path, "pass"))
    version, columns, value = version_of(old)
    assert (version, value) == ("0004", "kept")
    assert "unit" in columns
    version, columns, value = version_of(copy)
    assert (version, value) == ("0003", "kept")
    assert "unit" not in columns


def test_an_upgrade_that_fails_half_way_leaves_the_desk_as_it_was(old, tmp_path):
    with pytest.raises(NewsdeskError, match="It is as it was"):
        migrating.upgrade(old, scripts(tmp_path, 'op.execute("SELECT * FROM nowhere")'))
    version, columns, value = version_of(old)
    assert (version, value) == ("0003", "kept")
    assert "unit" not in columns


def test_an_older_desk_is_upgraded_as_it_opens(old, tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "SCHEMA_VERSION", "0004")
    folder = scripts(tmp_path, "pass")
    monkeypatch.setattr(migrating.upgrade, "__defaults__", (folder, "head"))
    store = open_store(old)
    assert store.find(Setting)[0].value == "kept"
    store.close()
    assert (tmp_path / "a.before-upgrade-1.desk").exists()


def test_the_shipped_scripts_end_at_the_version_that_new_desks_have():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(migrating._SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA_VERSION


# Desks of released versions, as they were written then: every kind of record, steps undone.

RELEASED = sorted((Path(__file__).parent / "desks").glob("v*.desk.gz"))

KILLED = """
import os, signal, sys
import sqlalchemy as sa
from newsdesk.store import open_store
left = int(sys.argv[2])
def stop(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
sa.event.listen(sa.Engine, "after_cursor_execute", stop)
open_store(sys.argv[1]).close()
"""


@pytest.fixture(params=RELEASED, ids=lambda path: path.name.split(".")[0])
def released(request, tmp_path):
    path = tmp_path / "old.desk"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def columns_of(path):
    """The columns of each table of a desk, by the table's name."""
    with closing(sqlite3.connect(path)) as db:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE T%'"
        names = {name for (name,) in db.execute(query)} - {"alembic_version"}
        return {
            name: [f'"{row[1]}"' for row in db.execute(f"PRAGMA table_info({name})")]
            for name in names
            if not name.startswith(("article_fts_", "knowledge_fts_"))
        }


def hashes(path, columns=None):
    """The SHA-256 of each table's rows, by these columns or by those that the desk itself has."""
    with closing(sqlite3.connect(path)) as db:
        whole = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'whole_article'").fetchone()
        found = {}
        for name, each in (columns or columns_of(path)).items():
            place = "whole_article" if name == "article" and whole else name
            rows = db.execute(f"SELECT {', '.join(each)} FROM {place}")
            found[name] = hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
        return found


def layout(path):
    """What the tables, indexes and triggers of a desk are, whatever their order and spacing."""
    db = sqlite3.connect(path)
    try:
        rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: " ".join(sql.split()) for name, sql in rows}
    finally:
        db.close()


def test_a_desk_of_each_released_version_keeps_every_row(released, tmp_path):
    before, columns = hashes(released), columns_of(released)
    assert len(before) >= 15
    desk = open_desk(released, "Ann")
    try:
        assert list(desk.check()) == []
        assert desk.search("Oslo")
        assert desk.undo() is not None
        assert desk.redo() is not None
    finally:
        desk.close()
    copy = tmp_path / "old.before-upgrade-1.desk"
    assert hashes(copy) == before
    changed = {"edit", "revision", "birth"}  # the undo and the redo above
    now = hashes(released, columns)
    assert {n: h for n, h in now.items() if n not in changed} == {
        n: h for n, h in before.items() if n not in changed
    }


def test_an_upgraded_desk_is_laid_out_as_a_new_one(released, tmp_path):
    open_store(released).close()
    create(tmp_path / "new.desk").close()
    old, new = layout(released), layout(tmp_path / "new.desk")
    assert set(old) == set(new)
    alike = {"knowledge", "article_text", "bulk_edit"}
    for name in set(new) - set(columns_of(tmp_path / "new.desk")) | alike:
        assert old[name].replace(" ", "") == new[name].replace(" ", "")


@pytest.mark.parametrize(
    "statement",
    [
        *(AT_ONCE := (7, 12, 14, 21)),
        *(pytest.param(at, marks=pytest.mark.soak) for at in range(3, 24) if at not in AT_ONCE),
    ],
)
def test_an_upgrade_that_is_killed_leaves_the_desk_as_it_was(released, statement):
    before, columns = hashes(released), columns_of(released)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(released), str(statement)],
        check=False,
        capture_output=True,
    )
    assert killed.returncode == -signal.SIGKILL
    assert hashes(released, columns) == before
    open_store(released).close()
    assert hashes(released, columns) == before
