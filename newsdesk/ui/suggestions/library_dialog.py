"""Asks about which articles of the library suggestions are wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QRadioButton,
    QVBoxLayout,
)

from newsdesk.model import Article, ArticleFilter
from newsdesk.ui.plain import counted, plain_label

if TYPE_CHECKING:
    from newsdesk.ui.window import Window


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles, and which of them are left out."""

    filter: ArticleFilter
    leave_done: bool
    leave_asked: bool


class LibraryDialog(QDialog):
    """Offers all articles, or those that the library shows while it is narrowed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Suggestions for the library"))
        library = window.annotate.library
        self._filter = library.filter
        em = self.fontMetrics().height()
        one, many = self.tr("The article of the desk"), self.tr("All {0} articles of the desk")
        self._all = QRadioButton(counted(window.desk.count(Article), one, many), self)
        one = self.tr("The article that the library shows now")
        many = self.tr("The {0} articles that the library shows now")
        self._shown = QRadioButton(counted(library.model.found, one, many), self)
        narrowed = not self._filter.empty
        self._shown.setVisible(narrowed)
        (self._shown if narrowed else self._all).setChecked(True)
        self._done = self._box(self.tr("Leave out what is annotated or reviewed"))
        self._asked = self._box(self.tr("Leave out what has suggestions, decided or not"))
        said = plain_label(
            self.tr("The window stays usable meanwhile, and Cancel keeps what has come. What "
                    "people decided stays as it is; each article is one step for Undo."),
            self, wrap=True, muted=True,
        )  # fmt: skip
        said.setMinimumWidth(em * 24)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        start = buttons.addButton(self.tr("Suggest"), QDialogButtonBox.ButtonRole.AcceptRole)
        start.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em // 2)
        for widget in (self._all, self._shown, self._done, self._asked, said, buttons):
            layout.addWidget(widget)

    @property
    def wanted(self) -> Wanted:
        """What was chosen."""
        shown = self._shown.isChecked() and not self._filter.empty
        filter = self._filter if shown else ArticleFilter()
        return Wanted(filter, self._done.isChecked(), self._asked.isChecked())

    def _box(self, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setChecked(True)
        return box


def offer_library(window: Window, begin: Callable[[Wanted], object]) -> None:
    """Ask, and begin if the editor says so."""
    dialog = LibraryDialog(window)
    try:
        if window.ask.run(dialog):
            begin(dialog.wanted)
    finally:
        dialog.deleteLater()
