"""What an act of the window is; the rows themselves stand in `actions.py` and the workspaces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from newsdesk.ui.window import Window


def in_workspace(name: str) -> str:
    """The fact that holds while a workspace is shown."""
    return f"in_{name}"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that the window can do.

    `text` is what menus show; `hint` says more, in one sentence. `keys` are sequences parted by
    `; `; where `typed` is set they hold only in the text and the list of annotations, so that they
    may be plain letters; with a `where` they hold in that workspace only. `when` are the facts that
    it needs, `shows` the fact that ticks it. `group` parts the menu by lines; `context` names what
    else has it in its own menu.
    """

    name: str
    verb: Callable[[Window], object]
    text: str
    menu: str
    group: int = 0
    keys: str = ""
    icon: str = ""
    when: str = ""
    typed: bool = False
    where: str = ""
    toolbar: bool = False
    context: str = ""
    shows: str = ""
    hint: str = ""

    @property
    def needs(self) -> frozenset[str]:
        """The facts without which it is greyed."""
        return frozenset(self.when.split() + ([in_workspace(self.where)] if self.where else []))

    def hinders(self, other: Act) -> bool:
        """Whether a key can't belong to both: where one of them holds, the other does too."""
        return not (self.place and other.place) or self.place == other.place

    @property
    def place(self) -> str:
        """The workspace in which alone it can be done; empty for every one."""
        return "annotate" if self.typed else self.where

    @property
    def shown_text(self) -> str:
        """The text in the editor's language, with its menu mnemonic."""
        return QCoreApplication.translate("acts", self.text)

    @property
    def plain_text(self) -> str:
        """The text in the editor's language, without mnemonic."""
        return self.shown_text.replace("&", "")

    @property
    def shown_hint(self) -> str:
        """The hint in the editor's language."""
        return QCoreApplication.translate("acts", self.hint) if self.hint else ""
