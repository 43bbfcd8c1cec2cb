"""The refusal to reverse what other records have come to need since, in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from newsdesk.model import NewsdeskError
from newsdesk.store.dialect import taken_in


@contextmanager
def referred_to(title: str) -> Iterator[None]:
    """Around the transaction that reverses a change: say that others lean on what it made, or have
    the name that it would give back.

    The database checks references when a transaction is committed. In an undo, a broken one means
    that somebody else has used a record since, such as a copy that is evidence for two claims.
    """
    try:
        yield
    except sa.exc.IntegrityError as error:
        if kind := taken_in(error):
            raise NewsdeskError(
                f"“{title}” is not possible: another {kind} has been given the name that it would "
                f"bring back. Nothing was changed. Rename or remove that {kind} first."
            ) from error
        raise NewsdeskError(
            f"“{title}” is not possible: records that were made since refer to what it would take "
            "away. Nothing was changed. Undo or remove those first."
        ) from error
