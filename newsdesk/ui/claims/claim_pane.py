"""One claim: what it says of itself, changed where it stands, and its file under that."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model import Checkworthy, Claim
from newsdesk.ui.claims.fields import Field, dropped
from newsdesk.ui.claims.file_list import FileView
from newsdesk.ui.icons import icon
from newsdesk.ui.inspector.form import Choices
from newsdesk.ui.inspector.heading import dot_icon
from newsdesk.ui.note_box import NoteField
from newsdesk.ui.plain import plain_label
from newsdesk.ui.theme import theme_for


class ClaimPane(QWidget):
    """Shows one claim; `changed` gives a field's name and its new value, `left` that the fields
    are left for the file, `dropped` a file or an address that is to be evidence."""

    changed = Signal(str, object)
    left = Signal()
    turned = Signal()
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claim: Claim | None = None
        self._writable = True
        self.setAcceptDrops(True)
        em = self.fontMetrics().height()
        self._make_fields()
        self.file = FileView(self.tr("File of the claim"), self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(self.tr("File, graph and timeline"))
        self.tabs.addTab(self.file, self.tr("File"))
        self.tabs.currentChanged.connect(lambda _: self.turned.emit())
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em // 3)
        column.addWidget(self._make_banner(em))
        column.addLayout(self._top(em))
        column.addWidget(self.tabs, 1)
        self._said = plain_label("", self, wrap=True, muted=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said.setContentsMargins(em * 2, em, em * 2, em)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(inside)
        self._stack.addWidget(self._said)
        self._stack.setCurrentIndex(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    # What is shown

    def say(self, words: str) -> None:
        """Show words instead of a claim."""
        self._claim = None
        self._said.setText(words)
        self._stack.setCurrentIndex(1)

    def show_past(self, words: str) -> None:
        """Mark what is shown as past, which can only be read; no words: it is as it is now."""
        self._past.setText(words)
        self._banner.setVisible(bool(words))
        if words:
            self.tabs.setCurrentIndex(0)
        self._let_write()

    def show_claim(self, claim: Claim) -> None:
        """Show what a claim says of itself."""
        fresh = self._claim is None or self._claim.id != claim.id
        self._claim = None
        self.statement.show_text(claim.statement)
        self.topic.show_text(claim.topic, fresh=fresh)
        self.due.show_text((claim.due or "")[:10], fresh=fresh)
        self.assignee.show_text(claim.assignee, fresh=fresh)
        with QSignalBlocker(self.worth):
            self.worth.show_value(claim.checkworthy.value)
        verdict = f" · {claim.verdict.value}" if claim.verdict else ""
        rating = f" · {claim.rating}" if claim.rating else ""
        self.state.setText((claim.state.value + verdict + rating).replace("&", "&&"))
        self._claim = claim
        self._tint_state()
        self._stack.setCurrentIndex(0)

    @property
    def claim(self) -> Claim | None:
        """The claim that is shown."""
        return self._claim

    @property
    def on_file(self) -> bool:
        """Whether the file is seen, and not a picture."""
        return self._claim is not None and self.tabs.currentIndex() == 0

    def edit(self, field: QWidget) -> None:
        """Put the cursor into a field."""
        if self._claim is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if isinstance(field, Field | NoteField):
                field.selectAll()

    def commit(self) -> None:
        """Keep what is being typed."""
        if self._claim is not None:
            self.statement.commit()
            for field in (self.topic, self.due, self.assignee):
                field.commit()

    def set_writable(self, writable: bool) -> None:
        """Let fields be changed, or only read."""
        self._writable = writable
        self._let_write()

    def _let_write(self) -> None:
        writable = self._writable and not self._past.text()
        for field in (self.statement, self.topic, self.due, self.assignee):
            field.setReadOnly(not writable)
        self.worth.setEnabled(writable)
        self.state.setEnabled(writable)
        self.add_evidence.setEnabled(writable)

    def tint(self, palette: QPalette) -> None:
        """Draw icons in the palette's colours."""
        self.add_evidence.setIcon(icon("new", palette))
        self._tint_state()

    # Inside

    def _make_banner(self, em: int) -> QFrame:
        self._banner = QFrame(self)
        self._banner.setObjectName("notice")
        self._past = plain_label("", self, wrap=True)
        self.back = QPushButton(self.tr("Back to now"), self)
        row = QHBoxLayout(self._banner)
        row.setContentsMargins(em * 2 // 3, em // 3, em * 2 // 3, em // 3)
        row.addWidget(self._past, 1)
        row.addWidget(self.back)
        self._banner.hide()
        return self._banner

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.add_evidence.isEnabled() and self._claim and dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(dropped(event.mimeData()))

    def _make_fields(self) -> None:
        self.statement = NoteField(2, self)
        self.statement.setAcceptDrops(False)
        self.statement.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.statement.setAccessibleName(self.tr("Statement"))
        self.statement.setPlaceholderText(
            self.tr("What is claimed, in a sentence that stands by itself")
        )
        self.statement.committed.connect(lambda text: self._write("statement", text))
        self.statement.left.connect(self.left)
        self.topic = self._field(self.tr("Topic"), self.tr("None"), "topic")
        self.due = self._field(self.tr("Due"), self.tr("No day; written as 2026-07-22"), "due")
        self.assignee = self._field(self.tr("Assignee"), self.tr("Nobody"), "assignee")
        self.worth = Choices(self, [one.value for one in Checkworthy], empty=False)
        self.worth.setAccessibleName(self.tr("Check-worthy"))
        self.worth.activated.connect(
            lambda row: self._write("checkworthy", Checkworthy(self.worth.itemData(row)))
        )
        self.state = QPushButton(self)
        self.state.setFlat(True)
        self.state.setObjectName("label")
        self.state.setAccessibleName(self.tr("State; press to review"))
        self.add_evidence = QPushButton(self.tr("Add evidence…"), self)

    def _field(self, name: str, hint: str, part: str) -> Field:
        field = Field(name, hint, self)
        field.setAcceptDrops(False)
        field.committed.connect(lambda text: self._write(part, text))
        field.left.connect(self.left)
        return field

    def _top(self, em: int) -> QVBoxLayout:
        top = QVBoxLayout()
        top.setContentsMargins(em * 2 // 3, em // 3, em * 2 // 3, 0)
        top.setSpacing(em // 3)
        first = QHBoxLayout()
        first.addWidget(self.state)
        first.addStretch(1)
        first.addWidget(self.add_evidence)
        top.addLayout(first)
        top.addWidget(self.statement)
        grid = QGridLayout()
        grid.setHorizontalSpacing(em // 2)
        grid.setVerticalSpacing(em // 4)
        for at, field in enumerate((self.topic, self.worth, self.due, self.assignee)):
            label = plain_label(field.accessibleName(), self, muted=True)
            label.setBuddy(field)
            grid.addWidget(label, at // 2, at % 2 * 2)
            grid.addWidget(field, at // 2, at % 2 * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        top.addLayout(grid)
        return top

    def _tint_state(self) -> None:
        if self._claim is not None:
            theme = theme_for(self.palette())
            colour = theme.mark(theme.state(self._claim.state), 3.0)
            self.state.setIcon(dot_icon(colour, 24))

    def _write(self, part: str, value: object) -> None:
        if self._claim is not None:
            self.changed.emit(part, value)
