"""Records in a database: SQLAlchemy Core on SQLite or PostgreSQL, and nothing above it."""

from newsdesk.store.opening import create, open_store
from newsdesk.store.store import Store

__all__ = ["Store", "create", "open_store"]
