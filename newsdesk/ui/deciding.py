"""Accepting, rejecting and deleting: one annotation, or all that are shown, each as one step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from newsdesk.desk import Desk, annotating
from newsdesk.model import Annotation, Status
from newsdesk.ui.editing import Editing
from newsdesk.ui.open_article import OpenArticle, in_order
from newsdesk.ui.reader import Reader


class Deciding(QObject):
    """Decides on suggestions; after one is decided, the next one is current."""

    said = Signal(str)

    def __init__(
        self,
        desk: Desk,
        open_article: OpenArticle,
        reader: Reader,
        editing: Editing,
        shown: Callable[[], list[Annotation]],
    ) -> None:
        super().__init__(reader)
        self._desk = desk
        self._open = open_article
        self._reader = reader
        self._editing = editing
        self._shown = shown

    def accept(self) -> None:
        """Accept the current suggestion."""
        self._decide(annotating.accept)

    def reject(self) -> None:
        """Reject the current suggestion."""
        self._decide(annotating.reject)

    def _decide(self, verb: Callable[[Desk, list[Annotation]], int]) -> None:
        current = self._reader.current
        if current is None or current.status != Status.PROPOSED:
            return
        if self._editing.do(lambda: verb(self._desk, [current])) is None:
            return
        after = self._next_suggestion(current)
        if after is not None:
            self._reader.set_current(after.id, scroll=True)
        else:
            self.said.emit(self.tr("No more suggestions wait in this article"))

    def _next_suggestion(self, decided: Annotation) -> Annotation | None:
        hidden = self._open.thresholds.hides
        waiting = [
            one
            for one in self._open.annotations.values()
            if one.status == Status.PROPOSED and not hidden(one)
        ]
        ordered = in_order(waiting)
        behind = [one for one in ordered if one.start >= decided.start]
        return next(iter(behind or ordered), None)

    @property
    def shown_suggestions(self) -> list[Annotation]:
        """The suggestions that the list of annotations shows."""
        return [one for one in self._shown() if one.status == Status.PROPOSED]

    def accept_shown(self) -> None:
        """Accept every suggestion that the list shows, as one step."""
        self._decide_shown(annotating.accept, self.tr("{0} accepted; Undo takes all of them back"))

    def reject_shown(self) -> None:
        """Reject every suggestion that the list shows, as one step."""
        self._decide_shown(annotating.reject, self.tr("{0} rejected; Undo takes all of them back"))

    def _decide_shown(self, verb: Callable[[Desk, list[Annotation]], int], said: str) -> None:
        wanted = self.shown_suggestions
        if not wanted:
            self.said.emit(self.tr("The list shows no suggestions"))
            return
        count = self._editing.do(lambda: verb(self._desk, wanted))
        if count is not None:
            self.said.emit(said.format(f"{count:,}"))

    def delete(self) -> None:
        """Delete the current annotation."""
        current = self._reader.current
        if current is not None:
            self._editing.do(lambda: annotating.delete(self._desk, [current]))
