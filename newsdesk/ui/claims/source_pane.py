"""One source: as printed, what it is, why it is not named, and what relies on it."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from newsdesk.model import Anonymity, Source, SourceKind, SourceRole, SourceStatus
from newsdesk.model.register import MentionLine
from newsdesk.ui.claims.fields import Field
from newsdesk.ui.entities.mention_list import MentionView
from newsdesk.ui.inspector.form import Choices, Form
from newsdesk.ui.plain import counted, plain_label

LEDGER = ("reason", "position_to_know", "approved_by")


class SourcePane(QWidget):
    """Shows one source; `changed` gives a field's name and its new value, `wanted` asks to read."""

    changed = Signal(str, object)
    wanted = Signal(str, str)
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: Source | None = None
        em = self.fontMetrics().height()
        self._make_fields()
        self.uses = MentionView(self.tr("What relies on the source"), self)
        self.uses.wanted.connect(self.wanted)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(self.tr("Uses and graph"))
        self.tabs.addTab(self.uses, self.tr("What relies on it"))
        self.tabs.currentChanged.connect(lambda _: self.turned.emit())
        self._flag = plain_label("", self, wrap=True)
        self._joined = plain_label("", self, wrap=True, muted=True)
        self._heading = plain_label("", self, bold=True)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em // 3)
        fields = QVBoxLayout()
        fields.setContentsMargins(em * 2 // 3, em * 2 // 3, em * 2 // 3, 0)
        fields.addLayout(self._form(em))
        for label in (self._flag, self._joined):
            fields.addWidget(label)
        fields.addWidget(self._heading)
        column.addLayout(fields)
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

    @property
    def source(self) -> Source | None:
        """The source that is shown."""
        return self._source

    def say(self, words: str) -> None:
        """Show words instead of a source."""
        self._source = None
        self._said.setText(words)
        self._stack.setCurrentIndex(1)

    def show_source(
        self, source: Source, entity: str, joined: list[str], plural: bool,
        uses: list[MentionLine],
    ) -> None:  # fmt: skip
        """Show a source: its entity's name, the sources that are the same as it, and its uses."""
        fresh = self._source is None or self._source.id != source.id
        self._source = None
        self.description.show_text(source.description, fresh=fresh)
        for choice, value in (
            (self.kind, source.kind), (self.role, source.role), (self.status, source.status),
        ):  # fmt: skip
            with QSignalBlocker(choice):
                choice.show_value(value.value if value else None)
        self._entity.setText(entity or "–")
        known = source.anonymity or Anonymity()
        for name in LEDGER:
            self._ledger[name].show_text(getattr(known, name), fresh=fresh)
            self._grid.show_row(self._rows[name], source.kind.unnamed)
        self._grid.show_row(self._rows["entity"], not source.kind.unnamed)
        self._flag.setText(
            self.tr("▲ A plural, and fewer than two sources on record stand behind it.")
        )
        self._flag.setVisible(plural)
        self._joined.setText(self.tr("The same source as: {0}").format("; ".join(joined)))
        self._joined.setVisible(bool(joined))
        many = counted(len(uses), self.tr("1 quote or claim"), self.tr("{0} quotes and claims"))
        self._heading.setText(many if uses else self.tr("No quote or claim relies on it."))
        self.uses.mentions.show(lambda offset, limit: uses[offset : offset + limit])
        self._source = source
        self._stack.setCurrentIndex(0)

    def set_writable(self, writable: bool) -> None:
        """Let fields be changed, or only read."""
        for field in (self.description, *self._ledger.values()):
            field.setReadOnly(not writable)
        for choice in (self.kind, self.role, self.status):
            choice.setEnabled(writable)

    def edit(self) -> None:
        """Put the cursor into the description."""
        self.description.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.description.selectAll()

    def commit(self) -> None:
        """Keep what is being typed."""
        if self._source is not None:
            for field in (self.description, *self._ledger.values()):
                field.commit()

    # Inside

    def _make_fields(self) -> None:
        self.description = self._field(self.tr("As printed"), "", "description")
        self.kind = self._choice(self.tr("Kind"), SourceKind, "kind")
        self.role = self._choice(self.tr("Role"), SourceRole, "role", empty=True)
        self.status = self._choice(self.tr("Status"), SourceStatus, "status")
        self._entity = plain_label("", self)
        missing = self.tr("Not on record")
        names = (
            self.tr("Why it is not named"), self.tr("Position to know"), self.tr("Approved by"),
        )  # fmt: skip
        self._ledger = {
            name: self._field(text, missing, name) for name, text in zip(LEDGER, names, strict=True)
        }

    def _form(self, em: int) -> Form:
        form = self._grid = Form(em)
        self._rows: dict[str, QLabel] = {}
        rows: list[tuple[str, QWidget, str]] = [
            ("description", self.description, self.description.accessibleName()),
            ("kind", self.kind, self.kind.accessibleName()),
            ("role", self.role, self.role.accessibleName()),
            ("status", self.status, self.status.accessibleName()),
            ("entity", self._entity, self.tr("Entity")),
            *((name, field, field.accessibleName()) for name, field in self._ledger.items()),
        ]
        for at, (name, field, text) in enumerate(rows):
            label = plain_label(text, self, muted=True)
            label.setBuddy(field)
            form.addWidget(label, at, 0)
            form.addWidget(field, at, 1)
            self._rows[name] = label
        return form

    def _field(self, name: str, hint: str, part: str) -> Field:
        field = Field(name, hint, self)
        field.committed.connect(lambda text: self._write(part, text))
        field.left.connect(lambda: self.uses.setFocus())
        return field

    def _choice(self, name: str, kind: type[StrEnum], part: str, *, empty: bool = False) -> Choices:
        choice = Choices(self, [one.value for one in kind], empty=empty)
        choice.setAccessibleName(name)

        def write(row: int) -> None:
            value = choice.itemData(row)
            self._write(part, kind(value) if value else None)

        choice.activated.connect(write)
        return choice

    def _write(self, part: str, value: object) -> None:
        if self._source is not None:
            self.changed.emit(part, value)
