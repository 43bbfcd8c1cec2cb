"""Shows a claim as the desk knew it at a time, and comes back to what it knows now."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from newsdesk.desk import as_of
from newsdesk.desk.as_of import AsOf, Moment
from newsdesk.desk.claim_file import claim_history, past_view
from newsdesk.model import Revision
from newsdesk.ui.choices import Choice
from newsdesk.ui.inspector.history import when

if TYPE_CHECKING:
    from newsdesk.ui.claims.workspace import ClaimsWorkspace

_DAY = 10  # letters of a day without a time


class Past(QObject):
    """The verbs that look back; `known` is what is shown of the past, None for now."""

    def __init__(self, workspace: ClaimsWorkspace) -> None:
        super().__init__(workspace)
        self._at = workspace
        self._desk = workspace.desk
        self.known: AsOf | None = None

    def look_back(self) -> None:
        """Ask for a day, a time or a change of the claim, and show it as it was then."""
        view = self._at.showing.view
        if self._at.pane.claim is None or view is None:
            return
        id = view.claim.id
        changes = self._at.do(lambda: claim_history(self._desk, view)) or []

        def look(typed: str) -> list[Choice]:
            moment = local_moment(typed)
            found = []
            if moment is not None:
                said = self.tr("As it was known on {0}").format(when(moment.isoformat()))
                found.append(Choice(moment.isoformat(), said))
            words = typed.casefold().split()
            return found + [
                row
                for row in map(self._choice, changes)
                if all(word in f"{row.text} {row.detail}".casefold() for word in words)
            ]

        self._at.doing.choose(
            self.tr("As of when? Write 2026-11-01 or 2026-11-01 12:00, or choose a change"),
            look,
            lambda value: self._show(id, value),
        )

    def _choice(self, one: Revision) -> Choice:
        told = self.tr("after change {0}").format(one.seq)
        said = f"{when(one.at)} · {' '.join(one.title.split())}"
        return Choice(one.seq, said, one.author, told)

    def _show(self, id: str, value: object) -> None:
        if isinstance(value, int):
            moment = as_of.moment_at(self._desk, value)
        else:
            moment = as_of.moment_of(self._desk, str(value))
        known = as_of.claim_as_of(self._desk, id, moment)
        view = past_view(self._desk, known)
        changes = [one for one in claim_history(self._desk, view) if one.seq <= moment.seq]
        self.known = known
        self._at.showing.show_past(view, changes)
        self._at.pane.show_past(self._words(moment))
        self._at.moving.show_file()
        self._at.changed.emit()

    def _words(self, moment: Moment) -> str:
        said = self.tr("As the desk knew it after change {0}, {1}. Nothing can be changed here.")
        return " ".join(filter(None, (said.format(moment.seq, when(moment.at)), moment.note)))

    def leave(self) -> None:
        """Look at nothing past any more."""
        if self.known is not None:
            self.known = None
            self._at.pane.show_past("")


def local_moment(typed: str) -> datetime | None:
    """A day, which is meant to its end, or a time where the editor is; None for other words."""
    words = typed.strip()
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    if len(words) <= _DAY:
        found = datetime.combine(found.date(), time.max)
    return found if found.tzinfo is not None else found.astimezone()
