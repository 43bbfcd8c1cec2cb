"""What the buttons under a list of what was found do with all that is ticked, each as one step."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from newsdesk.desk import Desk, bulk_acts, open_desk, register
from newsdesk.desk.mentions import Mention, mentions_like, tag_mentions
from newsdesk.model import Annotation, Entity, Label, NewsdeskError
from newsdesk.ui.choices import Choice
from newsdesk.ui.finding.acting import Acting
from newsdesk.ui.jobs import Job, Report
from newsdesk.ui.plain import counted

if TYPE_CHECKING:
    from newsdesk.ui.finding.panel import FindingPanel
    from newsdesk.ui.window import Window

_NONE = "none"
Verb = Callable[[Desk, list[str], Report], int]


class Bulk(QObject):
    """The acts; `said` is for the status line."""

    said = Signal(str)

    def __init__(self, window: Window, panel: FindingPanel) -> None:
        super().__init__(panel)
        self._window, self._panel = window, panel
        self._acting = Acting(window)
        self._looking: Job | None = None

    def accept(self) -> None:
        """Accept all that are ticked."""
        self._do(bulk_acts.accept_all, self.tr("Accepting"), self.tr("{0} accepted"))

    def reject(self) -> None:
        """Reject all that are ticked."""
        self._do(bulk_acts.reject_all, self.tr("Rejecting"), self.tr("{0} rejected"))

    def delete(self) -> None:
        """Delete all that are ticked."""
        self._do(bulk_acts.delete_all, self.tr("Deleting"), self.tr("{0} deleted"))

    def relabel(self) -> None:
        """Put all that are ticked under a label that is chosen."""
        labels = self._window.annotate.open.codebook

        def look(typed: str) -> list[Choice]:
            words = typed.casefold().strip()
            return [
                Choice(one, one.name, one.layer.value, one.shortcut.upper(), one.colour)
                for one in labels
                if words in one.name.casefold()
            ]

        def chosen(label: object) -> None:
            if isinstance(label, Label):
                self._do(
                    lambda desk, ids, report: bulk_acts.relabel_all(desk, ids, label, report),
                    self.tr("Relabelling"),
                    self.tr("{0} relabelled"),
                )

        self._window.annotate.popups.choose(self._prompt(self.tr("Relabel {0} as…")), look, chosen)

    def link(self) -> None:
        """Link all that are ticked to an entity that is chosen, or to none."""

        def look(typed: str) -> list[Choice]:
            found = register.find_entities(self._window.desk, typed.strip())
            choices = [Choice(one, one.name, one.kind) for one in found]
            return [*choices, Choice(_NONE, self.tr("Link to none"))]

        def chosen(value: object) -> None:
            entity = value if isinstance(value, Entity) else None
            self._do(
                lambda desk, ids, report: bulk_acts.link_all(desk, ids, entity, report),
                self.tr("Linking"),
                self.tr("{0} linked") if entity else self.tr("{0} unlinked"),
            )

        self._window.annotate.popups.choose(self._prompt(self.tr("Link {0} to…")), look, chosen)

    def tag(self) -> None:
        """Tag all mentions that are ticked as the annotation is that they are like."""
        like, mentions = self._panel.like, self._panel.model.chosen
        if like is None or not mentions:
            return
        self._acting.run(
            self.tr("Tagging"),
            len(mentions),
            lambda desk, report: tag_mentions(desk, like, mentions, report),
            self._tagged,
        )

    def _tagged(self, count: int) -> None:
        one, many = self.tr("1 mention tagged"), self.tr("{0} mentions tagged, as one step")
        self.said.emit(counted(count, one, many))
        self._panel.leave()

    def look_for_mentions(
        self,
        like: Annotation,
        options: dict[str, bool],
        found: Callable[[Annotation, list[Mention]], object],
        refused: Callable[[str], object],
    ) -> None:
        """Look through the articles as a job, which shows how far it is and can be stopped."""
        if self._looking is not None:
            self._looking.cancel()
        place = self._window.place

        def failed(error: Exception) -> None:
            if not isinstance(error, NewsdeskError):
                sys.excepthook(type(error), error, error.__traceback__)
            refused(str(error) if isinstance(error, NewsdeskError) else "")

        job = self._window.jobs.run(
            self.tr("Looking for mentions"),
            lambda report: _mentions(place, like, options, report),
            lambda mentions: found(like, mentions) if job is self._looking else None,
            failed,
            lambda: refused("") if job is self._looking else None,
        )
        self._looking = job

    def _prompt(self, text: str) -> str:
        return text.format(f"{self._panel.model.chosen_count:,}")

    def _do(self, verb: Verb, title: str, said: str) -> None:
        ids = self._panel.model.chosen
        if not ids:
            return
        undo = self.tr("Undo takes all of them back")
        self._acting.run(
            title,
            len(ids),
            lambda desk, report: verb(desk, ids, report),
            lambda count: self.said.emit(f"{said.format(f'{count:,}')}; {undo}"),
        )


def _mentions(
    place: str, like: Annotation, options: dict[str, Any], report: Report
) -> list[Mention]:
    desk = open_desk(place, "")
    try:
        return mentions_like(desk, like, **options, progress=report)
    finally:
        desk.close()
