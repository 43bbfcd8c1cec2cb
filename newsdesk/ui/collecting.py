"""Keeps the search for garbage out of moments in which much is made and nothing thrown away."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 20_000
"""New objects that are looked at without being felt: a hundred thousand take a tenth of a second,
during which no thread runs."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect no garbage meanwhile: while modules load and a window is built there is none, and
    looking for it takes a sixth of the start; of reading 20,000 annotations it takes half."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


class Unfelt:
    """While one is held, garbage is collected only when `look` is called, from any thread: among
    what is new, and not where that is much. Called on the window's thread otherwise."""

    _held = 0

    def __init__(self) -> None:
        self._over = not gc.isenabled() and not Unfelt._held
        if not self._over:
            Unfelt._held += 1
            gc.disable()

    @staticmethod
    def look() -> None:
        """Throw away what is new and of no use any more."""
        if gc.get_count()[0] < MANY:
            gc.collect(0)
        else:
            gc.freeze()  # what was just read is no garbage; looking at all of it would be felt

    def end(self) -> None:
        """Let Python look again as it does."""
        if self._over:
            return
        self._over = True
        self.look()
        Unfelt._held -= 1
        if not Unfelt._held:
            gc.enable()
