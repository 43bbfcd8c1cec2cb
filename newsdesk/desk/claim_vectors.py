"""What the desk's claims mean, as vectors: made when asked for, kept beside the desk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newsdesk.desk.desk import Desk
from newsdesk.desk.tracing import labels_of
from newsdesk.model import Annotation, Layer, Status

if TYPE_CHECKING:
    from newsdesk.suggest.meaning import SentenceReader

ENDING = ".vectors"
"""Ends the name of the file beside the desk's, as in “trial.desk.vectors”."""

AT_ONCE = 128
"""Sentences that are read at once, of like length; between them one can stop."""

KEPT_EACH = 64
"""Times that many, after which what was read so far is kept."""

_HEADER = b"newsdesk sentence vectors 1 all-MiniLM-L6-v2 int8\n"
_KEY = 16  # bytes of a sentence's BLAKE2b
_SIZE = 384


class _Stack(NamedTuple):
    """Rows by annotation; replaced as a whole, so that another thread may ask meanwhile."""

    ids: list[str]
    places: dict[str, int]
    rows: Any


class ClaimVectors:
    """Vectors of all words tagged as claims, by annotation.

    Derived: the file can be deleted at any time, and is made again. It stands beside the desk, not
    in it, since it is large, is nobody's work and belongs into no journal; and not elsewhere, since
    a vector tells something of its sentence: who may not read the desk may not read it. Without a
    place (a desk on a server, a read-only one) it stays in memory.
    """

    def __init__(self, reader: SentenceReader, place: Path | None = None) -> None:
        self._reader = reader
        self._file = place.with_name(place.name + ENDING) if place else None
        self._known = self._read()
        self._stack = _Stack([], {}, None)
        self._seq = -1

    def refresh(self, desk: Desk, report: Callable[[int, int], None] | None = None) -> int:
        """Read what was tagged since; give how many sentences that were.

        Some 1 ms of processor time a sentence: to be run on a thread of its own, with a desk of its
        own. `report` is told how many are read, and of how many; what it raises ends the work, and
        what was read is kept.
        """
        newest = desk.log(limit=1)
        seq = newest[0].seq if newest else 0
        if seq == self._seq:
            return 0
        labels = labels_of(desk, Layer.CLAIM)
        told = {
            one.id: one.quote
            for one in desk.each(Annotation, label=labels)
            if one.status is not Status.REJECTED
        }
        keys = {id: _key(quote) for id, quote in told.items()}
        new = {keys[id]: quote for id, quote in told.items() if keys[id] not in self._known}
        gone = self._known.keys() - set(keys.values())
        for key in gone:
            del self._known[key]
        self._learn(new, report)
        if new or gone:
            self._keep()
        self._stack = _stacked(keys, self._known)
        self._seq = seq
        return len(new)

    def of(self, annotations: Iterable[str]) -> dict[str, Any]:
        """The vectors of annotations, where they have been read."""
        stack = self._stack
        return {id: stack.rows[stack.places[id]] for id in annotations if id in stack.places}

    def read(self, sentences: Sequence[str]) -> Any:
        """Vectors of sentences that are not kept."""
        return self._reader.vectors(sentences)

    def nearest(self, vectors: Any, limit: int) -> list[str]:
        """The annotations whose words lie nearest to any of some vectors, nearest first."""
        stack = self._stack
        if not stack.ids:
            return []
        near = (stack.rows @ vectors.T).max(axis=1)
        best = near.argpartition(-min(limit, len(near)))[-limit:]
        return [stack.ids[at] for at in best[(-near[best]).argsort()]]

    # What is kept

    def _learn(self, new: dict[bytes, str], report: Callable[[int, int], None] | None) -> None:
        # The long ones first: what is left takes less time than what was done tells, not more.
        waiting = sorted(new, key=lambda key: -len(new[key]))
        try:
            for at in range(0, len(waiting), AT_ONCE):
                if report:
                    report(at, len(waiting))
                if at and at % (KEPT_EACH * AT_ONCE) == 0:
                    self._keep()
                some = waiting[at : at + AT_ONCE]
                rows = self._reader.vectors([new[key] for key in some])
                self._known.update(zip(some, _packed(rows), strict=True))
        except BaseException:
            self._keep()
            raise

    def _read(self) -> dict[bytes, bytes]:
        try:
            held = self._file.read_bytes() if self._file else b""
        except OSError:
            return {}
        if not held.startswith(_HEADER):
            return {}
        step = _KEY + _SIZE
        ends = range(len(_HEADER) + step, len(held) + 1, step)
        return {held[end - step : end - _SIZE]: held[end - _SIZE : end] for end in ends}

    def _keep(self) -> None:
        if self._file is None:
            return
        new = self._file.with_name(f"{self._file.name}.{os.getpid()}.new")
        try:
            new.write_bytes(_HEADER + b"".join(k + v for k, v in self._known.items()))
            new.replace(self._file)
        except OSError:  # a full disk, a folder that is not ours: it is read anew another time
            new.unlink(missing_ok=True)
            self._file = None


def _stacked(keys: dict[str, bytes], known: dict[bytes, bytes]) -> _Stack:
    import numpy as np

    packed = b"".join(known[key] for key in keys.values())
    rows = np.frombuffer(packed, dtype=np.int8).reshape(-1, _SIZE).astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
    ids = list(keys)
    return _Stack(ids, {id: at for at, id in enumerate(ids)}, rows)


def _key(sentence: str) -> bytes:
    return hashlib.blake2b(sentence.encode(), digest_size=_KEY).digest()


def _packed(rows: Any) -> list[bytes]:
    """Rows as signed bytes. Only their directions count, so that each has a scale of its own."""
    import numpy as np

    scale = 127 / np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-6)
    return [row.tobytes() for row in np.rint(rows * scale).astype(np.int8)]


def open_vectors(place: Path | None = None) -> ClaimVectors:
    """The vectors of the desk in a file (None: in memory), with the network that Newsdesk ships.

    Takes a moment: never on the window's thread. Raises NewsdeskError where the network is missing.
    """
    from newsdesk.model import NewsdeskError
    from newsdesk.settings import shipped
    from newsdesk.suggest.meaning import FOLDER, SentenceReader

    try:
        folder = shipped(*FOLDER)
    except FileNotFoundError as error:
        raise NewsdeskError(
            "Sentences can't be compared by meaning: the network that reads them is missing. They "
            "are compared by their words. Install Newsdesk again."
        ) from error
    return ClaimVectors(SentenceReader(folder), place)
