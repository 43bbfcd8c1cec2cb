"""Opens articles: an ordinary one at once, a very large one when another thread has read it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from newsdesk.desk import Desk
from newsdesk.desk.bulk import seldom_collected
from newsdesk.model import Label, Revision
from newsdesk.ui.collecting import uncollected
from newsdesk.ui.open_article import Held, read_article
from newsdesk.ui.reader.marks import Marks
from newsdesk.ui.reader.styles import UNKNOWN

if TYPE_CHECKING:
    from newsdesk.ui.annotate import Annotate

LONG, MANY = 300_000, 3_000
"""Code points and annotations from which an article takes longer to read than a window may
stand still."""
SLOW = 300
"""Milliseconds after which the status line says that an article is being read."""


class Opening(QObject):
    """Reads the article that is to be opened, and has it shown whole, with everything in it.

    Until then the one that was open stays. Of several that are asked for only the last is shown.
    """

    def __init__(self, annotate: Annotate) -> None:
        super().__init__(annotate)
        self._annotate = annotate
        self._heard = 0
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW)
        self._slow.timeout.connect(lambda: annotate.said.emit(self.tr("Reading the article…")))

    def open(self, id: str, opened: Callable[[], object]) -> bool:
        """Open an article, and call `opened` when it is shown; whether it is or is to be."""
        annotate = self._annotate
        self.give_up()
        large = annotate.editing.read(lambda: self._is_large(id))
        if large:
            self._ask(id, opened)
        elif large is None or not self._show(id, opened):
            self._stay()
            return False
        return True

    def give_up(self) -> None:
        """Show nothing of what is still being read: another one is wanted."""
        self._slow.stop()
        self._annotate.asking.drop("open")

    def heard(self, _: Revision) -> None:
        """What another thread is reading may be otherwise now."""
        self._heard += 1

    def stop(self) -> None:
        """Show nothing more."""
        self._slow.stop()

    def _is_large(self, id: str) -> bool:
        length, annotations = self._annotate.desk.article_size(id)
        return length > LONG or annotations > MANY

    def _ask(self, id: str, opened: Callable[[], object]) -> None:
        annotate, heard = self._annotate, self._heard
        labels = dict(annotate.open.labels)

        def show(found: tuple[Held, Marks]) -> None:
            self._slow.stop()
            if not self._show(id, opened, *(found if heard == self._heard else ())):
                self._stay()

        def refuse(said: str) -> None:
            self._slow.stop()
            self._stay()
            annotate.failed.emit(said)

        self._slow.start()
        annotate.asking.ask("open", lambda desk: _read(desk, id, labels), show, refuse)

    def _show(
        self,
        id: str,
        opened: Callable[[], object],
        held: Held | None = None,
        marks: Marks | None = None,
    ) -> bool:
        annotate = self._annotate
        annotate.leave()
        with uncollected():
            if held is not None:
                annotate.open.take(held)
            elif annotate.editing.read(lambda: annotate.open.loaded(id)) is None:
                return False
            annotate.show_article(marks)
        if marks is not None:
            gc.freeze()  # it is no garbage, and looking at all of it for some would be felt
        opened()
        return True

    def _stay(self) -> None:
        self._annotate.library.mark_current(self._annotate.going.article)


def _read(desk: Desk, id: str, labels: dict[str, Label]) -> tuple[Held, Marks]:
    with seldom_collected():
        held = read_article(desk, id, wholly=True)
        marks = Marks(lambda one: labels.get(one.label, UNKNOWN).layer)
        marks.load(held.annotations.values())
    return held, marks
