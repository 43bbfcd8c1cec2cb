"""Bringing an older desk to today's tables: by alembic, in one transaction, on a copied file."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

from newsdesk.model import NewsdeskError
from newsdesk.store.backup import backup
from newsdesk.store.dialect import dialect_of, plain_errors, postgres_engine, sqlite_engine

_SCRIPTS = Path(__file__).with_name("migrations")

__all__ = ["command", "upgrade"]


def upgrade(desk: str | Path, scripts: Path = _SCRIPTS, to: str = "head") -> Path | None:
    """Run the migrations that a desk lacks; give the copy that was made first (files only).

    Everything happens in one transaction: an error, or a power cut, leaves the desk as it was.
    Raises NewsdeskError where a migration fails.
    """
    on_server = str(desk).startswith("postgres")
    copy = None if on_server else backup(Path(desk), _free_name(Path(desk)))
    engine = postgres_engine(str(desk)) if on_server else sqlite_engine(Path(desk), read_only=False)
    dialect = dialect_of(engine)
    try:
        with plain_errors(str(desk)), engine.connect() as plain:
            db = plain.execution_options(isolation_level="AUTOCOMMIT")
            # Batch operations rebuild tables: references may dangle until the commit.
            db.exec_driver_sql("PRAGMA foreign_keys = OFF") if not on_server else None
            for statement in dialect.begin:
                db.exec_driver_sql(statement)
            try:
                _run(db, scripts, to)
                db.exec_driver_sql("COMMIT")
            except BaseException:
                db.exec_driver_sql("ROLLBACK")
                raise
    except (sa.exc.SQLAlchemyError, NewsdeskError) as error:
        raise NewsdeskError(
            f"{desk} could not be brought to this version ({error}). It is as it was"
            + (f"; a copy is at {copy}." if copy else ".")
        ) from error
    finally:
        engine.dispose()
    return copy


def _run(db: sa.Connection, scripts: Path, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    directory = ScriptDirectory.from_config(config)

    def steps(revision: object, _context: object) -> object:
        return directory._upgrade_revs(to, revision)  # type: ignore[arg-type]

    with EnvironmentContext(config, directory, fn=steps) as environment:
        environment.configure(connection=db, render_as_batch=True, transactional_ddl=False)
        environment.run_migrations()


def _free_name(desk: Path) -> Path:
    number = 1
    while (name := desk.with_name(f"{desk.stem}.before-upgrade-{number}{desk.suffix}")).exists():
        number += 1
    return name
