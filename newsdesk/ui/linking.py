"""One link for all mentions of a name: shown first, then done as one step."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from newsdesk.desk import Desk, register
from newsdesk.model import Annotation, Entity
from newsdesk.model.register import MentionLine
from newsdesk.ui.choices import Choice
from newsdesk.ui.editing import Editing
from newsdesk.ui.plain import counted, shortened
from newsdesk.ui.popups import Popups
from newsdesk.ui.reader import Reader

LISTED = 200
"""Mentions that the preview lists; the first row links all of them in any case."""
_ALL = "all"
_EVERYWHERE = "everywhere"


class Linking(QObject):
    """Offers the mentions of the current annotation's name that are linked to nobody yet."""

    said = Signal(str)

    def __init__(self, desk: Desk, reader: Reader, editing: Editing, popups: Popups) -> None:
        super().__init__(reader)
        self._desk = desk
        self._reader = reader
        self._editing = editing
        self._popups = popups

    def offer(self) -> None:
        """Show where else in the article the name is tagged; Enter links them all."""
        current = self._reader.current
        if current is None:
            return
        found = self._desk.get_all(Entity, [current.entity]) if current.entity else {}
        if not found:
            self.said.emit(self.tr("Link this mention first, with E; then all others"))
            return
        self._offer(current, found[current.entity or ""], everywhere=False)

    def _offer(self, like: Annotation, entity: Entity, *, everywhere: bool) -> None:
        found = self._editing.read(
            lambda: register.same_name(self._desk, like, everywhere=everywhere)
        )
        if found is None:
            return
        choices = self._choices(found, entity, everywhere)

        def look(typed: str) -> list[Choice]:
            words = typed.casefold().strip()
            return [one for one in choices if words in f"{one.text} {one.detail}".casefold()]

        def chosen(value: object) -> None:
            if value == _EVERYWHERE:
                self._offer(like, entity, everywhere=True)
            else:
                self._link(entity, found if value == _ALL else [value])

        prompt = self.tr("Unlinked mentions of “{0}”").format(shortened(like.quote, 32))
        self._popups.choose(prompt, look, chosen, wide=80)

    def _choices(
        self, found: list[MentionLine], entity: Entity, everywhere: bool
    ) -> list[Choice]:
        choices: list[Choice] = []
        name = shortened(entity.name, 32)
        if found:
            one, many = self.tr("Link the one mention"), self.tr("Link all {0} mentions")
            where = self.tr("in all articles") if everywhere else self.tr("in this article")
            detail = self.tr("{0}, to {1}").format(where, name)
            choices.append(Choice(_ALL, counted(len(found), one, many), detail))
        else:
            none = self.tr("Every mention of this name is linked")
            choices.append(Choice(None, none, enabled=False))
        if not everywhere:
            choices.append(Choice(_EVERYWHERE, self.tr("Look in all articles…")))
        for line in found[:LISTED]:
            text = shortened(f"{line.before[-30:]}{line.words}{line.after[:40]}", 90)
            choices.append(Choice(line, text, line.title if everywhere else ""))
        return choices

    def _link(self, entity: Entity, mentions: list) -> None:
        count = self._editing.do(lambda: register.link_mentions(self._desk, mentions, entity))
        if count is not None:
            one, many = self.tr("1 mention linked"), self.tr("{0} mentions linked, as one step")
            self.said.emit(counted(count, one, many))
