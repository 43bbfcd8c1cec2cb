"""The door: the one place where anything changes; it journals, undoes and announces."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import get_ident
from types import TracebackType
from typing import TypeVar

from newsdesk.desk.bulk import seldom_collected
from newsdesk.desk.reading import Reading
from newsdesk.desk.reversing import check_untouched, reverse
from newsdesk.model import Edit, NewsdeskError, Record, Revision, new_id, now, replace
from newsdesk.store import Store, create, journal, open_store
from newsdesk.store.referring import referred_to
from newsdesk.store.store import batches

R = TypeVar("R", bound=Record)
Listener = Callable[[Revision], None]

ANNOUNCED = 20_000
"""Edits that one announcement carries, unless the desk's `announced` says otherwise; a larger
change tells its listeners to reload."""


class Desk(Reading):
    """An open desk. Everything changes inside `change`: one transaction, one revision in the
    journal, one undo step and one announcement to the `listeners`.

    `held` says, for an editor, why nothing can be changed at present, as while an import writes
    through another connection; empty, everything can.
    """

    def __init__(self, store: Store, author: str) -> None:
        super().__init__(store)
        self.author = author
        self.listeners: list[Listener] = []
        self.held = ""
        self.announced: int | None = None
        self._thread = get_ident()
        self._open: _Change | None = None
        last = journal.newest(store)
        self._heard = last.seq if last else 0
        self._version = store.dialect.version(store.db)

    def close(self) -> None:
        """Let go of the desk. There is nothing to save: every change was."""
        self._store.close()

    @contextmanager
    def change(self, title: str) -> Iterator["Desk"]:
        """Group edits into one step, named by `title` in the journal and in the Edit menu.

        A change inside another joins it. Any error rolls everything back, also where the inner
        change's error was caught. A change that alters nothing leaves no step.
        Raises NewsdeskError while the desk is held, and RuntimeError off its own thread.
        """
        if self._open is not None:
            with self._open.joined():
                yield self
            return
        with self._step(title, undoes=None):
            yield self

    def put(self, record: R) -> R:
        """Write a record, new or changed. Raises RuntimeError outside `change`."""
        step = self._step_now
        before = self._store.put(record)
        if before != record:
            step.add([Edit(before, record)])
        return record

    def put_all(self, records: Iterable[R], known: Mapping[str, R] | None = None) -> int:
        """Write many records of one kind; give how many were altered. Streams.

        Of records with the same id the last stands. `known` are all of them that the desk has, by
        id, where this change has just read them: they are not read again.
        """
        step, altered = self._step_now, 0
        for some in batches(records):
            by_id = {record.id: record for record in some}
            batch = list(by_id.values())
            here = self._store.get_all(type(batch[0]), by_id) if known is None else known
            new = [record for record in batch if record.id not in here] if here else batch
            self.add_all(new)
            edits = [Edit(here[one.id], one) for one in batch if one.id in here]
            edits = [edit for edit in edits if edit.before != edit.after]
            self._store.apply(edits)
            step.add(edits)
            altered += len(new) + len(edits)
        return altered

    def add_all(self, records: Iterable[R]) -> None:
        """Write many records of one kind that the desk does not have: they are not looked for."""
        step = self._step_now
        for batch in batches(records):
            self._store.add_all(batch)
            step.born(batch)

    def drop(self, record: Record) -> None:
        """Delete a record, if it is still there."""
        self.drop_all([record])

    def drop_all(self, records: Iterable[Record]) -> None:
        """Delete records; those that are gone already are passed over."""
        step = self._step_now
        by_kind: dict[type[Record], list[str]] = {}
        for record in records:
            by_kind.setdefault(type(record), []).append(record.id)
        for kind, ids in by_kind.items():
            edits = [Edit(before, None) for before in self._store.get_all(kind, ids).values()]
            self._store.apply(edits)
            step.add(edits)

    # Undo and redo: the same door, read from the journal

    @property
    def undoable(self) -> str | None:
        """The title of the author's latest change that can be undone."""
        found = journal.undoable(self._store, self.author)
        return found.title if found else None

    @property
    def redoable(self) -> str | None:
        """The title of the author's latest undo that can be taken back."""
        found = journal.redoable(self._store, self.author)
        return self._undone(found) if found else None

    def _undone(self, undo: Revision) -> str | None:
        undone = journal.revision_at(self._store, undo.undoes) if undo.undoes else None
        return undone.title if undone else None

    def undo(self) -> Revision | None:
        """Take back the author's latest change; None where there is none.

        Raises NewsdeskError, naming what stands in the way, where a record was touched since.
        """
        target = journal.undoable(self._store, self.author)
        return self._reverse(target, f"Undo: {target.title}") if target else None

    def redo(self) -> Revision | None:
        """Take back the author's latest undo; None where there is none, or a change came since."""
        target = journal.redoable(self._store, self.author)
        return self._reverse(target, f"Redo: {self._undone(target)}") if target else None

    def _reverse(self, target: Revision, title: str) -> Revision | None:
        with self._step(title, undoes=target.seq) as step:
            for batch in journal.entries(self._store, target.seq, newest_first=True):
                current = check_untouched(self._store, target, batch)
                step.add(reverse(self._store, batch, current))
        return step.revision

    # Other windows on the same desk

    def catch_up(self) -> int:
        """Announce what other programs changed since, as one: the last of their revisions, on
        which everything is read anew. Give how many they were. Cheap where there is nothing, so a
        window may ask every second."""
        version = self._store.dialect.version(self._store.db)
        if version == self._version or self._open is not None:
            return 0
        self._version = version
        found = journal.revisions(self._store, after=self._heard)
        if found:
            self._heard = found[-1].seq
            self._announce(found[-1])
        return len(found)

    def hear(self, revision: Revision, *, further: bool = False) -> bool:
        """Announce, with its edits, what another connection of this program has just changed: the
        listeners patch what they show, where `catch_up` would have them read it anew.

        Gives False where it did that after all, since somebody else wrote in between. `further`
        announces more edits of a revision that was heard in part.
        """
        if not further:
            if revision.seq != self._heard + 1:
                self.catch_up()
                return False
            self._version = self._store.dialect.version(self._store.db)
            self._heard = revision.seq
        self._announce(revision)
        return True

    # Inside the door

    @contextmanager
    def _step(self, title: str, undoes: int | None) -> Iterator["_Change"]:
        if get_ident() != self._thread:
            raise RuntimeError(f"«{title}» off the desk's own thread")
        if self._open is not None:
            raise RuntimeError(f"«{title}» inside «{self._open.title}»")
        if self.held:
            # Whoever asks is told at once: the database would have them wait for some seconds.
            raise NewsdeskError(self.held)
        header = Revision(
            seq=0, id=new_id(), title=title, author=self.author, at=now(), undoes=undoes
        )
        try:
            leaning = nullcontext() if undoes is None else referred_to(title)
            with seldom_collected(), leaning, self._store.transaction():
                self._open = step = _Change(self._store, header, self.announced or ANNOUNCED)
                yield step
                step.seal()
        finally:
            self._open = None
        if step.revision:
            self._announce_own(step.revision)

    def _announce_own(self, revision: Revision) -> None:
        # Where a colleague wrote in between, all is read anew: it holds this one too.
        if revision.seq != self._heard + 1:
            revision = replace(revision, edits=None)
        self._heard = revision.seq
        self._announce(revision)

    @property
    def _step_now(self) -> "_Change":
        if self._open is None:
            raise RuntimeError("an edit outside Desk.change()")
        if get_ident() != self._thread:
            raise RuntimeError("an edit off the desk's own thread")
        return self._open

    def _announce(self, revision: Revision) -> None:
        for listener in list(self.listeners):
            with _Reported():
                listener(revision)


class _Change:
    """A change in the making: what was edited so far, and whether it may still stand."""

    def __init__(self, store: Store, header: Revision, announced: int) -> None:
        self._announced = announced
        self.title = header.title
        self.revision: Revision | None = None
        self._writing = journal.Writing(store, header)
        self._edits: list[Edit] | None = []
        self._broken = False

    def add(self, edits: list[Edit]) -> None:
        self._writing.add(edits)
        self._remember(edits)

    def born(self, records: Sequence[Record]) -> None:
        self._writing.add_births(type(records[0]).__name__, records)
        self._remember(Edit(None, record) for record in records)

    def _remember(self, edits: Iterable[Edit]) -> None:
        if self._edits is not None:
            self._edits.extend(edits)
            if len(self._edits) > self._announced:
                self._edits = None

    @contextmanager
    def joined(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            # Half of an inner change must not be committed by an outer one that caught the error.
            self._broken = True
            raise

    def seal(self) -> None:
        if self._broken:
            raise RuntimeError(f"«{self.title}»: a part of it failed, so none of it can stand")
        if self._writing.count:
            edits = None if self._edits is None else tuple(self._edits)
            self.revision = self._writing.seal(edits)


class _Reported:
    """A listener's failure goes where unexpected errors go, and stops neither the change, which
    stands already, nor the other listeners."""

    def __enter__(self) -> None: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if kind is None or error is None or not issubclass(kind, Exception):
            return False
        sys.excepthook(kind, error, trace)
        return True


def create_desk(place: str | Path, author: str) -> Desk:
    """Make a new, empty desk; raises NewsdeskError where there is something already."""
    return Desk(create(place), author)


def open_desk(place: str | Path, author: str) -> Desk:
    """Open a desk; raises NewsdeskError for what is none, or can't be opened."""
    return Desk(open_store(place), author)
