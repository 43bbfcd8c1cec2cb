"""The lists beside the register: alias proposals, and the desk's knowledge bases."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from newsdesk.desk.aliases import Proposal, Reason
from newsdesk.desk.knowledge import KnowledgeBase
from newsdesk.ui.choices import Choice, ChoiceList
from newsdesk.ui.line_row import LineRow
from newsdesk.ui.long_list import LongList
from newsdesk.ui.plain import counted, plain_label


class SideList(QWidget):
    """Lines of which one is chosen, with buttons under them; says what to do where there are none.

    `chosen` says that another line is chosen.
    """

    chosen = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        em = self.fontMetrics().height()
        self.model = ChoiceList(self)
        self.view = LongList(name, self.model, LineRow(self), self)
        self.view.finds_by_letter = False
        self.view.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        self._said = plain_label("", self, wrap=True, muted=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said.setContentsMargins(em * 2, em, em * 2, em)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._said)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(em // 2, em // 3, em // 2, em // 2)
        self._buttons.setSpacing(em // 3)
        self._buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addLayout(self._buttons)

    def add_button(self, text: str) -> QPushButton:
        """A button under the list."""
        button = QPushButton(text, self)
        button.setAccessibleName(text.rstrip("…"))
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def show_lines(self, lines: list[Choice]) -> None:
        """Show these; the place in the list stays."""
        row = max(0, self.view.currentIndex().row())
        self.model.show(lines)
        self._stack.setCurrentIndex(0 if lines else 1)
        if lines:
            self.view.setCurrentIndex(self.model.index(min(row, len(lines) - 1)))
        self.chosen.emit()

    def say(self, words: str) -> None:
        """Say something in the place of lines."""
        self._said.setText(words)
        self.show_lines([])

    @property
    def current(self) -> object:
        """What is chosen; None where nothing is."""
        row = self.view.currentIndex().row()
        return self.model.choice(row).value if 0 <= row < self.model.rowCount() else None


class ProposalList(SideList):
    """Which names may mean the same, each accepted or dismissed by one key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.view.setAccessibleName(self.tr("Alias proposals"))
        self.accept_button = self.add_button(self.tr("Accept"))
        self.dismiss_button = self.add_button(self.tr("Dismiss"))
        self.busy()

    def busy(self) -> None:
        """Say that names are being compared."""
        self.say(self.tr("Names are being compared…"))
        self._enable(False)

    def show_proposals(self, found: list[Proposal], colours: dict[str, str]) -> None:
        """Show what is proposed."""
        self._said.setText(
            self.tr("No two names look as if they meant the same. What you dismissed stays so.")
        )
        self.show_lines([self._line(one, colours.get(one.kind, "")) for one in found])
        self._enable(bool(found))

    def _enable(self, on: bool) -> None:
        for button in (self.accept_button, self.dismiss_button):
            button.setEnabled(on)

    def _line(self, one: Proposal, colour: str) -> Choice:
        text = self.tr("{0} is {1}").format(f"“{one.words}”", one.entity.name)
        what = self.tr("merge") if one.other is not None else self.tr("alias")
        many, single = self.tr("{0} mentions"), self.tr("1 mention")
        key = counted(one.mentions, single, many)
        return Choice(one, text, f"{what} · {self.reason(one.reason)}", key, colour)

    def reason(self, reason: Reason) -> str:
        """Why, in the editor's language."""
        words = {
            Reason.SAME: self.tr("same letters"),
            Reason.FORM: self.tr("same but for title or legal form"),
            Reason.INITIALS: self.tr("initials"),
            Reason.ACRONYM: self.tr("acronym"),
            Reason.SURNAME: self.tr("surname"),
            Reason.SLIP: self.tr("one letter differs"),
        }
        return words[reason]


class BaseList(SideList):
    """The knowledge bases that were imported."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.view.setAccessibleName(self.tr("Knowledge bases"))
        self.import_button = self.add_button(self.tr("Import…"))
        self.drop_button = self.add_button(self.tr("Drop"))

    def show_bases(self, found: list[KnowledgeBase]) -> None:
        """Show the desk's bases."""
        self._said.setText(
            self.tr(
                "No knowledge base yet. Import one from TSV or JSONL (id, label, aliases, type, "
                "description): its names are then found here and by E in the reader, offline."
            )
        )
        one, many = self.tr("1 entry"), self.tr("{0} entries")
        self.show_lines(
            [Choice(b, b.name, b.imported[:10], counted(b.entries, one, many)) for b in found]
        )
        self.drop_button.setEnabled(bool(found))
