"""The same tag for every identical mention: shown first, then done as one step."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from newsdesk.desk import Desk
from newsdesk.desk.mentions import Mention, mentions_like, tag_mentions
from newsdesk.model import Annotation
from newsdesk.ui.choices import Choice
from newsdesk.ui.editing import Editing
from newsdesk.ui.plain import counted, shortened
from newsdesk.ui.popups import Popups
from newsdesk.ui.reader import Reader

LISTED = 200
"""Mentions that the preview lists; the first row tags all of them in any case."""
_ALL = "all"
_EVERYWHERE = "everywhere"


class Mentions(QObject):
    """Offers the places where the current annotation's words stand untagged."""

    said = Signal(str)

    def __init__(self, desk: Desk, reader: Reader, editing: Editing, popups: Popups) -> None:
        super().__init__(reader)
        self._desk = desk
        self._reader = reader
        self._editing = editing
        self._popups = popups

    def offer(self) -> None:
        """Show where else in the article the words stand; Enter tags them all."""
        current = self._reader.current
        if current is not None:
            self._offer(current, everywhere=False)

    def _offer(self, like: Annotation, *, everywhere: bool) -> None:
        found = self._editing.read(
            lambda: mentions_like(self._desk, like, everywhere=everywhere)
        )
        if found is None:
            return
        choices = self._choices(found, everywhere)

        def look(typed: str) -> list[Choice]:
            words = typed.casefold().strip()
            return [one for one in choices if words in f"{one.text} {one.detail}".casefold()]

        def chosen(value: object) -> None:
            if value == _EVERYWHERE:
                self._offer(like, everywhere=True)
            else:
                self._tag(like, found if value == _ALL else [value])

        prompt = self.tr("Other mentions of “{0}”").format(shortened(like.quote, 32))
        self._popups.choose(prompt, look, chosen, wide=80)

    def _choices(self, found: list[Mention], everywhere: bool) -> list[Choice]:
        choices: list[Choice] = []
        if found:
            one, many = self.tr("Tag the one other mention"), self.tr("Tag all {0} mentions")
            where = self.tr("in all articles") if everywhere else self.tr("in this article")
            choices.append(Choice(_ALL, counted(len(found), one, many), where))
        elif not everywhere:
            none = self.tr("No other mention in this article")
            choices.append(Choice(None, none, enabled=False))
        if not everywhere:
            choices.append(Choice(_EVERYWHERE, self.tr("Look in all articles…")))
        title = "{0}" if everywhere else ""
        choices += [Choice(one, one.context, title.format(one.title)) for one in found[:LISTED]]
        return choices

    def _tag(self, like: Annotation, mentions: list) -> None:
        count = self._editing.do(lambda: tag_mentions(self._desk, like, mentions))
        if count is not None:
            one, many = self.tr("1 mention tagged"), self.tr("{0} mentions tagged, as one step")
            self.said.emit(counted(count, one, many))
