"""The workspaces that share the window; each but the first is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStackedWidget, QWidget

from newsdesk.desk import Desk
from newsdesk.model import NewsdeskError
from newsdesk.ui.ask import Ask
from newsdesk.ui.jobs import Jobs
from newsdesk.ui.news import News

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Shared:
    """What every workspace of a window works with; `place` is the desk's file or address."""

    desk: Desk
    place: str
    news: News
    jobs: Jobs
    ask: Ask


class Workspace(QWidget):
    """A workspace beside Annotate.

    `said` is for the status line, `failed` for the message bar; `changed` says that other acts may
    be possible now; `article_wanted` asks to read an article, at an annotation where one is given.
    """

    said = Signal(str)
    failed = Signal(str)
    changed = Signal()
    article_wanted = Signal(str, str)

    def __init__(self, shared: Shared, parent: QWidget) -> None:
        super().__init__(parent)
        self.shared = shared
        self.desk = shared.desk

    @property
    def facts(self) -> frozenset[str]:
        """What holds here, of the facts that its acts need."""
        return frozenset()

    def do(self, work: Callable[[], R]) -> R | None:
        """Call a verb; what it refuses is said in the message bar, and None comes back."""
        try:
            return work()
        except NewsdeskError as error:
            self.failed.emit(str(error))
            return None

    def _timer(self, milliseconds: int, do: Callable[[], None]) -> QTimer:
        """A timer that has something done once; what the desk refuses then is said too."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(lambda: self.do(do))
        return timer

    def come(self) -> None:
        """Be shown: take the focus where work goes on."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def tint(self, palette: QPalette) -> None:
        """Draw icons and pictures in the palette's colours."""

    def stop(self) -> None:
        """Ask the desk nothing more: it is about to be closed."""


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace's row: its name, its text and key in the menu, and its class."""

    name: str
    text: str
    key: str
    made_by: str = ""
    hint: str = ""


WORKSPACES = (
    Place("annotate", "&Annotate", "Ctrl+1", hint="Read and tag articles"),
    Place("claims", "&Claims", "Ctrl+2", "newsdesk.ui.claims.workspace:ClaimsWorkspace",
          hint="Where claims come from, what supports them, who signed them, what is missing"),
    Place("entities", "&Entities", "Ctrl+3", "newsdesk.ui.entities.workspace:EntitiesWorkspace",
          hint="The register: merge, split, aliases, knowledge bases"),
    Place("dataset", "&Dataset", "Ctrl+4", "newsdesk.ui.dataset.workspace:DatasetWorkspace",
          hint="What there is on the desk, counted; datasets with splits, made and checked"),
)
"""The workspaces in their order; `made_by` is `module:class`, imported when it is first shown."""


class Workspaces(QStackedWidget):
    """Shows one workspace at a time, and passes on what those beside Annotate say."""

    said = Signal(str)
    failed = Signal(str)
    changed = Signal()
    article_wanted = Signal(str, str)
    shown = Signal(str)

    def __init__(self, annotate: QWidget, shared: Shared, parent: QWidget) -> None:
        super().__init__(parent)
        self._shared = shared
        self._annotate = annotate
        self._made: dict[str, Workspace] = {}
        self._palette = QPalette()
        self.current = "annotate"
        self.addWidget(annotate)

    def __getitem__(self, name: str) -> Any:
        """A workspace beside Annotate by name; made if it was not yet."""
        if name not in self._made:
            row = next(each for each in WORKSPACES if each.name == name)
            module, _, kind = row.made_by.partition(":")
            found: Workspace = getattr(import_module(module), kind)(self._shared, self)
            for mine, its in (
                (self.said, found.said),
                (self.failed, found.failed),
                (self.changed, found.changed),
                (self.article_wanted, found.article_wanted),
            ):
                its.connect(mine)
            found.tint(self._palette)
            self._made[name] = found
            self.addWidget(found)
        return self._made[name]

    def show_one(self, name: str) -> None:
        """Show a workspace."""
        if name == self.current:
            return
        widget = self._annotate if name == "annotate" else self[name]
        self.current = name
        self.setCurrentWidget(widget)
        self.shown.emit(name)
        if isinstance(widget, Workspace):
            widget.come()

    def tint(self, palette: QPalette) -> None:
        """Draw icons and pictures in the palette's colours."""
        self._palette = palette
        for each in self._made.values():
            each.tint(palette)

    def stop(self) -> None:
        """Ask the desk nothing more: it is about to be closed."""
        for each in self._made.values():
            each.stop()
