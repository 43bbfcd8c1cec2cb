"""Migrations: a copy first, all in one transaction, the same data afterwards."""

import pytest

from newsdesk.model import NewsdeskError, Setting
from newsdesk.store import create, migrating, open_store, opening
from newsdesk.store.tables import SCHEMA_VERSION

STEP = '''
"""A planted later version."""
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

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
    shipped = migrating._SCRIPTS / "versions" / "v0001_first.py"
    (versions / "v0001_first.py").write_text(shipped.read_text())
    (versions / "v0002.py").write_text(STEP.format(then=then))
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
    assert (version, value) == ("0002", "kept")
    assert "unit" in columns
    version, columns, value = version_of(copy)
    assert (version, value) == ("0001", "kept")
    assert "unit" not in columns


def test_an_upgrade_that_fails_half_way_leaves_the_desk_as_it_was(old, tmp_path):
    with pytest.raises(NewsdeskError, match="It is as it was"):
        migrating.upgrade(old, scripts(tmp_path, 'op.execute("SELECT * FROM nowhere")'))
    version, columns, value = version_of(old)
    assert (version, value) == ("0001", "kept")
    assert "unit" not in columns


def test_an_older_desk_is_upgraded_as_it_opens(old, tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "SCHEMA_VERSION", "0002")
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
