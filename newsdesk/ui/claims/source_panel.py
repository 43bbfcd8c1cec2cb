"""The register of sources as a list: narrowed by words, by kind, and by what its ledger lacks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from newsdesk.model import SourceKind
from newsdesk.model.claim_lines import SourceLine
from newsdesk.model.naming import name_key
from newsdesk.ui.choices import Choice, ChoiceList
from newsdesk.ui.claims.fields import FilterField
from newsdesk.ui.inspector.form import Choices
from newsdesk.ui.line_row import LineRow
from newsdesk.ui.long_list import LongList
from newsdesk.ui.plain import counted, plain_label
from newsdesk.ui.theme import OKABE_ITO, VERMILION

_LACKING = "lacking"
_PLURAL = "plural"
_COLOURS = {kind: OKABE_ITO[1 + at % 7] for at, kind in enumerate(SourceKind)}


class SourcePanel(QWidget):
    """Shows the sources; `chosen` says that another one is.

    `stale` says that they must be read again, `wanted` is one to be chosen when they are.
    """

    chosen = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: dict[str, SourceLine] = {}
        self._read = False
        self._plurals: frozenset[str] = frozenset()
        self.stale, self.wanted = True, ""
        em = self.fontMetrics().height()
        name, hint = self.tr("Filter the sources"), self.tr("Filter by what was printed")
        self.words = FilterField(name, hint, self)
        self.kind = Choices(self, [], empty=False)
        self.kind.setAccessibleName(self.tr("Show sources of this kind"))
        self.kind.setMinimumContentsLength(9)
        self.kind.addItem(self.tr("All sources"), None)
        self.kind.addItem(self.tr("Ledger not complete"), _LACKING)
        self.kind.addItem(self.tr("Plural without a crowd"), _PLURAL)
        for kind in SourceKind:
            self.kind.addItem(kind.value, kind)
        self.kind.activated.connect(self._show)
        self.model = ChoiceList(self)
        self.view = LongList(self.tr("Register of sources"), self.model, LineRow(self), self)
        self.view.finds_by_letter = False
        self.view.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        self.view.doubleClicked.connect(self.opened)
        self.words.textChanged.connect(lambda _: self._show())
        self.words.emptied.connect(self._leave_filter)
        self.words.entered.connect(self._enter_list)
        self._nothing = plain_label("", self, wrap=True, muted=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(em * 2, em, em * 2, em)
        self._nothing.setText(self.tr("The register is being read…"))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.view)
        self._count = plain_label("", self, muted=True, scale=0.92)
        self._count.setContentsMargins(em // 2, em // 6, em // 2, em // 4)
        self._lay_out(em)

    def _lay_out(self, em: int) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(em // 2, em // 2, em // 2, em // 3)
        top.setSpacing(em // 3)
        top.addWidget(self.words, 1)
        top.addWidget(self.kind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._count)

    # What the workspace asks

    @property
    def current(self) -> SourceLine | None:
        """The source that is chosen."""
        row = self.view.currentIndex().row()
        if not 0 <= row < self.model.rowCount():
            return None
        found = self.model.choice(row).value
        return found if isinstance(found, SourceLine) else None

    def load(self, lines: list[SourceLine]) -> None:
        """Show these; the place in the list stays."""
        self._all, self._read = {line.id: line for line in lines}, True
        self._show()

    def show_plurals(self, sources: frozenset[str]) -> None:
        """Flag the plurals that fewer than two sources stand behind."""
        if sources != self._plurals:
            self._plurals = sources
            self._show()

    def is_plural(self, id: str) -> bool:
        """Whether a source is a plural that fewer than two sources stand behind."""
        return id in self._plurals

    def line_of(self, id: str) -> SourceLine | None:
        """The line of a source, shown or not."""
        return self._all.get(id)

    @property
    def lines(self) -> list[SourceLine]:
        """All sources."""
        return list(self._all.values())

    def select(self, id: str) -> None:
        """Choose a source; a filter that hides it is cleared."""
        if id in self._all and self._row_of(id) < 0:
            self.clear()
        row = self._row_of(id)
        if row >= 0:
            self.wanted = ""
            self.view.setCurrentIndex(self.model.index(row))
            self.view.scrollTo(self.model.index(row))

    def clear(self) -> None:
        """Show all sources."""
        self.words.clear()
        self.kind.setCurrentIndex(0)
        self._show()

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.words.come()

    def tint(self, palette: QPalette) -> None:
        """Draw the filter's icon in the palette's colours."""
        self.words.tint(palette)

    # Inside

    def _enter_list(self) -> None:
        if self.model.rowCount():
            self.view.setFocus()

    def _leave_filter(self) -> None:
        self.words.clear()
        self.view.setFocus()

    def _row_of(self, id: str) -> int:
        rows = (self.model.choice(row).value for row in range(self.model.rowCount()))
        return next((at for at, line in enumerate(rows) if getattr(line, "id", "") == id), -1)

    def _show(self) -> None:
        wanted = self.wanted or getattr(self.current, "id", "")
        shown = [line for line in self._all.values() if self._holds(line)]
        self.model.show([self._choice(line) for line in shown])
        said = counted(len(self._all), self.tr("1 source"), self.tr("{0} sources"))
        if len(shown) != len(self._all):
            said = self.tr("{0} of {1}").format(f"{len(shown):,}", said)
        self._count.setText(said)
        said = self.tr("No source yet. Mark who said a quote or claim with S in the reader.")
        if not self._read:
            said = self.tr("The register is being read…")
        elif self._all:
            said = self.tr("No source matches. Press Esc in the filter to see all.")
        self._nothing.setText(said)
        self._stack.setCurrentIndex(1 if shown else 0)
        row = self._row_of(wanted)
        if row >= 0:
            self.wanted = ""
        if shown:
            self.view.setCurrentIndex(self.model.index(max(0, row)))
            self.view.scrollTo(self.model.index(max(0, row)))
        self.chosen.emit()

    def _holds(self, line: SourceLine) -> bool:
        kind, words = self.kind.currentData(), name_key(self.words.text())
        if kind == _LACKING and not line.missing:
            return False
        if kind == _PLURAL and line.id not in self._plurals:
            return False
        if kind not in (None, _LACKING, _PLURAL) and line.kind != kind:
            return False
        return not words or words in name_key(f"{line.description} {line.entity}")

    def _choice(self, line: SourceLine) -> Choice:
        told = []
        if line.id in self._plurals:
            told.append(self.tr("plural"))
        if line.missing:
            told.append(self.tr("{0} not on record").format(len(line.missing)))
        if line.same:
            told.append(self.tr("joined"))
        told += [line.kind, line.role]
        papers = counted(line.articles, self.tr("1 article"), self.tr("{0} articles"))
        warns = bool(line.missing) or line.id in self._plurals
        colour = VERMILION if warns else _COLOURS[SourceKind(line.kind)]
        text = " ".join(line.description.split())
        return Choice(line, text, " · ".join(part for part in told if part), papers, colour)
