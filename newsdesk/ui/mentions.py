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
    """Offers the places of the article where the current annotation's words stand untagged;
    `everywhere` asks to look in all articles."""

    said = Signal(str)
    everywhere = Signal(object)

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
            self._offer(current)

    def _offer(self, like: Annotation) -> None:
        found = self._editing.read(lambda: mentions_like(self._desk, like))
        if found is None:
            return
        choices = self._choices(found)

        def look(typed: str) -> list[Choice]:
            words = typed.casefold().strip()
            return [one for one in choices if words in one.text.casefold()]

        def chosen(value: object) -> None:
            if value == _EVERYWHERE:
                self.everywhere.emit(like)
            else:
                self._tag(like, found if value == _ALL else [value])

        prompt = self.tr("Other mentions of “{0}”").format(shortened(like.quote, 32))
        self._popups.choose(prompt, look, chosen, wide=80)

    def _choices(self, found: list[Mention]) -> list[Choice]:
        choices: list[Choice] = []
        if found:
            one, many = self.tr("Tag the one other mention"), self.tr("Tag all {0} mentions")
            where = self.tr("in this article")
            choices.append(Choice(_ALL, counted(len(found), one, many), where))
        else:
            none = self.tr("No other mention in this article")
            choices.append(Choice(None, none, enabled=False))
        other = self.tr("In all articles, in any case, as parts of words…")
        choices.append(Choice(_EVERYWHERE, other))
        return choices + [Choice(one, one.context) for one in found[:LISTED]]

    def _tag(self, like: Annotation, mentions: list) -> None:
        count = self._editing.do(lambda: tag_mentions(self._desk, like, mentions))
        if count is not None:
            one, many = self.tr("1 mention tagged"), self.tr("{0} mentions tagged, as one step")
            self.said.emit(counted(count, one, many))
