"""Bulk work with few pauses of the garbage collector, which finds little there and looks often."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 50_000
"""Objects born, less those freed, between two looks of the collector; Python's own is 700."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector of reference circles look seldom until the block ends.

    Records hold no circles and are freed by their counts as ever: an import or export of hundreds
    of thousands is a tenth faster. It is not stopped, for a database driver's results do hold
    circles. Blocks may stand in each other.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(SELDOM, before[0]) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
