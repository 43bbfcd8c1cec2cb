"""The vectors that claims are compared by for their meaning: opened once, read off the window."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from newsdesk.desk import Desk
from newsdesk.model import Claim, NewsdeskError
from newsdesk.ui.jobs import Cancelled

if TYPE_CHECKING:
    from newsdesk.desk.claim_vectors import ClaimVectors

MOST = 20_000
"""Claims beyond which sentences are not read by the way: the first time takes half a minute."""


class Meaning:
    """Gives the vectors of a desk's claims, as they are now; used from other threads alone."""

    def __init__(self, place: str, *, read_only: bool) -> None:
        kept = not read_only and "://" not in place
        self._place = Path(place) if kept else None
        self._vectors: ClaimVectors | None = None
        self._lock = Lock()
        self._missing = self._stopped = False
        self._asked = 0

    def stop(self) -> None:
        """Read no more sentences; those that were read are kept."""
        self._stopped = True

    def vectors(self, desk: Desk) -> ClaimVectors | None:
        """The vectors, with what was tagged since; None where there is no network to read by, or
        too much to be read by the way. Raises Cancelled once stopped or asked again: whoever asks
        anew goes on with what was read, and waits for nothing else."""
        self._asked = number = self._asked + 1
        with self._lock:
            if self._missing or desk.count(Claim) > MOST:
                return None
            if self._vectors is None:
                from newsdesk.desk.claim_vectors import open_vectors

                try:
                    self._vectors = open_vectors(self._place)
                except NewsdeskError:
                    self._missing = True  # words are compared all the same
                    return None
            self._vectors.refresh(desk, lambda *_: self._go_on(number))
            return self._vectors

    def _go_on(self, number: int) -> None:
        if self._stopped or number != self._asked:
            raise Cancelled
