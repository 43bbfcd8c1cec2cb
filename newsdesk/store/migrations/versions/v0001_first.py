"""The first released schema: new desks are built from `store.tables` and start here."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: there is no desk before version 0001."""
