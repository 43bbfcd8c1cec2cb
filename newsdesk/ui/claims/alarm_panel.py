"""The alarms of the whole desk as a list on the left: narrowed by sort and by words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from newsdesk.desk.alarms import Alarms
from newsdesk.ui.claims.alarm_lines import AlarmLines, narrowed
from newsdesk.ui.claims.fields import FilterField
from newsdesk.ui.claims.file_list import FileView
from newsdesk.ui.claims.file_row import FileLine, Sort
from newsdesk.ui.inspector.form import Choices
from newsdesk.ui.plain import plain_label

SHOWN = 200
"""Rows of one sort that are shown at once; words find the others."""


class AlarmPanel(QWidget):
    """Shows them in sections; `chosen` says that another row is, `wanted` asks to go there.

    `stale` says that they must be gathered again.
    """

    chosen = Signal()
    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stale = True
        self._lines = AlarmLines(self)
        self._sections: dict[str, tuple[str, list[FileLine], int]] | None = None
        em = self.fontMetrics().height()
        name, hint = self.tr("Filter the alarms"), self.tr("Filter by any words")
        self.words = FilterField(name, hint, self)
        self.words.textChanged.connect(lambda _: self._show(fresh=True))
        self.words.emptied.connect(self._leave_filter)
        self.kind = Choices(self, [], empty=False)
        self.kind.setAccessibleName(self.tr("Show alarms of this sort"))
        self.kind.setMinimumContentsLength(9)
        self.kind.addItem(self.tr("All alarms"), None)
        self.kind.activated.connect(lambda _: self._show(fresh=True))
        self.view = FileView(self.tr("Alarms of the desk"), self)
        self.words.entered.connect(self.view.setFocus)
        self.view.chosen.connect(self.chosen)
        self.view.wanted.connect(self.wanted)
        self._nothing = plain_label(
            self.tr("The desk is being looked through…"), self, wrap=True, muted=True
        )
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(em * 2, em, em * 2, em)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.view)
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

    @property
    def current(self) -> FileLine | None:
        """The alarm that is chosen."""
        return self.view.current

    def load(self, found: Alarms) -> None:
        """Show these; the place in the list stays."""
        first = self._sections is None
        self._sections = self._lines.sections(found)
        if first:
            for name, (text, _rows, _count) in self._sections.items():
                self.kind.addItem(text, name)
        self._show(fresh=first)

    def refuse(self) -> None:
        """They could not be gathered: what was known stays."""
        if self._sections is None:
            self._nothing.setText(self.tr("The desk could not be read. Press F5 to try again."))

    def clear(self) -> None:
        """Show all alarms."""
        self.words.clear()
        self.kind.setCurrentIndex(0)
        self._show(fresh=True)

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.words.come()

    def tint(self, palette: QPalette) -> None:
        """Draw the filter's icon in the palette's colours."""
        self.words.tint(palette)

    def _leave_filter(self) -> None:
        self.words.clear()
        self.view.setFocus()

    def _show(self, *, fresh: bool) -> None:
        if self._sections is None:
            return
        rows: list[FileLine] = []
        wanted = self.kind.currentData()
        for name, (text, those, count) in self._sections.items():
            found = narrowed(those, self.words.text())
            if wanted not in (None, name) or not found:
                continue
            said = f"{len(found):,}" if count == len(found) else f"{len(found):,} / {count:,}"
            rows += [FileLine(Sort.HEAD, f"{text} ({said})"), *found[:SHOWN]]
            if len(found) > SHOWN:
                more = self.tr("{0} more: words in the filter find them")
                rows.append(FileLine(Sort.NOTHING, more.format(f"{len(found) - SHOWN:,}")))
        self.view.show_lines(rows, fresh=fresh)
        if fresh and rows:
            self.view.setCurrentIndex(self.view.rows.index(1))
        self._stack.setCurrentIndex(1 if rows else 0)
        narrow = bool(self.words.text().strip()) or wanted is not None
        self._nothing.setText(
            self.tr("No alarm matches. Press Esc in the filter to see all.")
            if narrow
            else self.tr("No alarm: nothing differs, nothing drifted, every reply is on record.")
        )
        self.chosen.emit()
