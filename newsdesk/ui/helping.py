"""What helps an editor along: palette, key sheet, key editor, guidelines, first steps, about."""

from __future__ import annotations

import platform
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtWidgets import QDialog, QWidget

import newsdesk
from newsdesk.model import Label
from newsdesk.ui.bindings import TAG, Bindings
from newsdesk.ui.checklist import Checklist
from newsdesk.ui.choices import Choice
from newsdesk.ui.plain import plain_label
from newsdesk.ui.popups import Popups

if TYPE_CHECKING:
    from newsdesk.ui.sheets import Sheet


class Helping(QObject):
    """Shows help; `keys_chosen` gives the editor's own keys once they were changed."""

    keys_chosen = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        bindings: Bindings,
        popups: Popups,
        checklist: Checklist,
        label: Callable[[], Label | None],
        ask: Callable[[QDialog], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._bindings = bindings
        self._popups = popups
        self._checklist = checklist
        self._label = label
        self._ask = ask
        self._sheet: Sheet | None = None

    @property
    def sheet(self) -> Sheet:
        """The page that lies over the window; made when it is first wanted."""
        from newsdesk.ui.sheets import Sheet

        if self._sheet is None:
            self._sheet = Sheet(self._window)
        return self._sheet

    def palette(self) -> None:
        """Offer every act by name; those that can be done now come first."""
        self._popups.choose(self.tr("Do what?"), self._look, self._do)

    def _look(self, typed: str) -> list[Choice]:
        rows: list[tuple[tuple[bool, int, int], Choice]] = []
        for at, (name, text, menu) in enumerate(self._everything()):
            score = matched(typed, text)
            if score is None:
                continue
            action = self._bindings.found(name)
            keys = self._bindings.shown_keys(name)
            choice = Choice(name, text, menu, keys, enabled=action.isEnabled())
            rows.append(((not choice.enabled, score, at), choice))
        return [choice for _, choice in sorted(rows, key=lambda row: row[0])]

    def _everything(self) -> list[tuple[str, str, str]]:
        acts = [
            (act.name, act.plain_text, act.shown_hint)
            for act in self._bindings.acts.values()
            if act.name != "palette"
        ]
        tag = self.tr("Tag as {0}")
        labels = [
            (TAG + label.id, tag.format(label.name), label.layer.value)
            for label in self._bindings.labels
        ]
        return acts + labels

    def _do(self, name: object) -> None:
        self._bindings.found(str(name)).trigger()

    def key_sheet(self) -> None:
        """Lay the sheet of all keys over the window; again puts it away."""
        if self.sheet.isVisible():
            self.sheet.leave()
            return
        from newsdesk.ui.sheets import key_page

        em = self._window.fontMetrics().height()
        page = key_page(self._bindings, self.sheet)
        self.sheet.show_page(self.tr("Keys"), page, em * 80, em * 60)

    def guideline(self) -> None:
        """Show what the codebook says of the label at hand."""
        label = self._label()
        if label is None:
            self.said.emit(self.tr("Select an annotation, or a label in the codebook, first"))
            return
        from newsdesk.ui.sheets import guideline_page

        em = self._window.fontMetrics().height()
        page = guideline_page(label, em * 38, self.sheet)
        self.sheet.show_page(f"{label.name}  ·  {label.layer.value}", page, em * 38, em * 36)

    def edit_keys(self) -> None:
        """Let the editor choose other keys."""
        from newsdesk.ui.key_editor import KeyEditor

        editor = KeyEditor(self._bindings, self._window)
        if self._ask(editor):
            self.keys_chosen.emit(editor.own_keys)

    def toggle_steps(self) -> None:
        """Show the first steps, or put them away."""
        if self._checklist.isHidden():
            self._checklist.bring_back()
        else:
            self._checklist.put_away()

    def about(self) -> None:
        """Say what this is and which version."""
        em = self._window.fontMetrics().height()
        page = plain_label(about(), self.sheet, wrap=True)
        page.setAlignment(page.alignment() | page.alignment().AlignTop)
        self.sheet.show_page("Newsdesk", page, em * 34, em * 16)


def about() -> str:
    """Versions and licence, as plain text."""
    return (
        f"Newsdesk {newsdesk.__version__}\n\n"
        "Annotate articles, and follow every claim back to its source.\n"
        "Your articles stay on this machine: nothing is sent anywhere.\n\n"
        f"Python {platform.python_version()}, Qt {qVersion()}\n"
        "Apache License 2.0; third-party notices are in NOTICE."
    )


def matched(typed: str, text: str) -> int | None:
    """How well a text answers what was typed, 0 best; None where it does not at all.

    Beginnings of words come first, then any place, then letters in this order.
    """
    wanted, folded = typed.casefold().strip(), text.casefold()
    if not wanted or folded.startswith(wanted):
        return 0
    if f" {wanted}" in folded:
        return 1
    if wanted in folded:
        return 2
    rest = iter(folded)
    return 3 if all(letter in rest for letter in wanted if letter != " ") else None
