"""One entity: its fields, each changed where it stands, and its mentions with their sentences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model import Entity
from newsdesk.model.register import MentionLine
from newsdesk.ui.entities.mention_list import Fetch, MentionView
from newsdesk.ui.inspector.form import Choices, Form, Way
from newsdesk.ui.plain import counted, plain_label

BETWEEN = ";"
"""Parts aliases in their field: names have commas in them."""


class EntityPane(QWidget):
    """Shows one entity; `changed` gives a field's name and its new value.

    `wanted` asks to read an article at a mention; `base_wanted` for the knowledge base; `chosen`
    says that other mentions are chosen; `link_wanted` that those not linked are to be.
    """

    changed = Signal(str, object)
    wanted = Signal(str, str)
    base_wanted = Signal()
    link_wanted = Signal()
    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entity: Entity | None = None
        self.found: list[MentionLine] = []
        em = self.fontMetrics().height()
        self._name = self._field(self.tr("Name"), "name")
        self._kind = Choices(self, [], empty=False)
        self._kind.activated.connect(self._write_kind)
        self._aliases = self._field(self.tr("Aliases"), "aliases")
        self._aliases.setPlaceholderText(self.tr("None. Part several by semicolons"))
        self._description = self._field(self.tr("Description"), "description")
        self._base = Way(self)
        self._base.clicked.connect(self.base_wanted)
        form = Form(em)
        for at, (name, field) in enumerate(
            (
                (self.tr("Name"), self._name),
                (self.tr("Kind"), self._kind),
                (self.tr("Aliases"), self._aliases),
                (self.tr("Description"), self._description),
                (self.tr("Knowledge base"), self._base),
            )
        ):
            label = plain_label(name, self, muted=True)
            label.setBuddy(field)
            field.setAccessibleName(field.accessibleName() or name)
            form.addWidget(label, at, 0)
            form.addWidget(field, at, 1)
        self.mentions = self._list(self.tr("Mentions of the entity"))
        self.loose = self._list(self.tr("Mentions of its names that are not linked"))
        self._mentions_page = self._page(self.mentions, em)
        self._loose_page = self._page(self.loose, em)
        self._link = QPushButton(self)
        self._link.setAccessibleName(self.tr("Link mentions"))
        self._link.clicked.connect(self.link_wanted)
        self._loose_page.add(self._link)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(self.tr("Mentions"))
        self.tabs.addTab(self._mentions_page, "")
        self.tabs.addTab(self._loose_page, "")
        self.tabs.currentChanged.connect(self.chosen)
        inside = QWidget(self)
        top = QVBoxLayout(inside)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(em // 2)
        fields = QVBoxLayout()
        fields.setContentsMargins(em * 2 // 3, em * 2 // 3, em * 2 // 3, 0)
        fields.addLayout(form)
        top.addLayout(fields)
        top.addWidget(self.tabs, 1)
        self._said = plain_label("", self, wrap=True, muted=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said.setContentsMargins(em * 2, em, em * 2, em)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(inside)
        self._stack.addWidget(self._said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    # What is shown

    def say(self, words: str) -> None:
        """Show words instead of an entity."""
        self._show_fields(None)
        self._said.setText(words)
        self._stack.setCurrentIndex(1)

    def show_entity(
        self, entity: Entity, kinds: Sequence[str], base: str, fetch: Fetch, count: int
    ) -> None:
        """Show an entity: `kinds` are those it may have, `base` what a knowledge base says of it,
        `fetch` gives its mentions, of which there are `count`."""
        if [self._kind.itemText(at) for at in range(self._kind.count())] != list(kinds):
            self._kind.clear()
            for kind in kinds:
                self._kind.addItem(kind, kind)
        if self._entity is None or self._entity.id != entity.id:
            self.forget_loose()
        self._show_fields(entity)
        self._base.show_words(base)
        self.mentions.mentions.show(fetch)
        self._mentions_page.show_list(count > 0)
        self.tabs.setTabText(0, self.tr("Mentions ({0})").format(f"{count:,}"))
        self._stack.setCurrentIndex(0)

    def forget_loose(self) -> None:
        """Show none, until it is known which there are."""
        self.found = []
        self.loose.mentions.show(lambda offset, limit: [])
        self._loose_page.show_list(True)  # what is not known yet is not said to be nothing
        self._link.hide()
        self.tabs.setTabText(1, self.tr("Not linked"))

    def show_loose(self, entity: Entity, found: list[MentionLine]) -> None:
        """Show the mentions of an entity's names that are linked to nobody, if it is the one
        shown: an answer may come late."""
        if self._entity is None or self._entity.id != entity.id:
            return
        self.found = found
        self.loose.mentions.show(lambda offset, limit: found[offset : offset + limit])
        self._loose_page.show_list(bool(found))
        self.tabs.setTabText(1, self.tr("Not linked ({0})").format(f"{len(found):,}"))
        one, many = self.tr("Link this mention"), self.tr("Link all {0} mentions")
        self._link.setText(counted(len(found), one, many))
        self._link.setVisible(bool(found))

    def set_writable(self, writable: bool) -> None:
        """Let fields be changed, or only read."""
        for field in (self._name, self._aliases, self._description):
            field.setReadOnly(not writable)
        self._kind.setEnabled(writable)
        self._link.setEnabled(writable)

    @property
    def entity(self) -> Entity | None:
        """The entity that is shown."""
        return self._entity

    def edit(self) -> None:
        """Put the cursor into the name."""
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._name.selectAll()

    @property
    def first_field(self) -> QWidget | None:
        """The field that is gone to first; None where no entity is shown."""
        return self._name if self._entity is not None else None

    def commit(self) -> None:
        """Keep what is being typed."""
        for field, name in (
            (self._name, "name"),
            (self._aliases, "aliases"),
            (self._description, "description"),
        ):
            self._write(field, name)

    # Inside

    def _field(self, label: str, name: str) -> QLineEdit:
        field = _Field(self)
        field.setAccessibleName(label)
        field.editingFinished.connect(lambda: self._write(field, name))
        return field

    def _list(self, name: str) -> MentionView:
        view = MentionView(name, self)
        view.wanted.connect(self.wanted)
        view.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        return view

    def _page(self, view: MentionView, em: int) -> _Page:
        nothing = (
            self.tr("No mention is linked to it. Press E on a name in an article.")
            if view is self.mentions
            else self.tr("Every mention of its names is linked.")
        )
        return _Page(view, nothing, em, self)

    def _show_fields(self, entity: Entity | None) -> None:
        before, self._entity = self._entity, None
        fresh = entity is None or before is None or before.id != entity.id
        values = (
            (self._name, entity.name if entity else ""),
            (self._aliases, f"{BETWEEN} ".join(entity.aliases) if entity else ""),
            (self._description, entity.description if entity else ""),
        )
        for field, value in values:
            # What is being typed is not overwritten by what somebody else changed.
            if fresh or not (field.hasFocus() and field.isModified()):
                field.setText(value)
                field.setCursorPosition(0)
        if entity is not None:
            self._kind.show_value(entity.kind)
        self._entity = entity

    def _write(self, field: QLineEdit, name: str) -> None:
        entity = self._entity
        if entity is None or not field.isModified() or field.isReadOnly():
            return
        field.setModified(False)
        typed = field.text()
        value: object = " ".join(typed.split())
        if name == "aliases":
            parts = (" ".join(part.split()) for part in typed.split(BETWEEN))
            value = tuple(dict.fromkeys(part for part in parts if part))
        if value != getattr(entity, name):
            self.changed.emit(name, value)

    def _write_kind(self) -> None:
        if self._entity is not None and self._kind.currentData() != self._entity.kind:
            self.changed.emit("kind", self._kind.currentData())


class _Field(QLineEdit):
    """A line of text that leaves undo and redo to the desk where nothing was typed."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            undo = event.matches(keys.Undo) and not self.isUndoAvailable()
            redo = event.matches(keys.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return True
        return super().event(event)


class _Page(QWidget):
    """A list, or what to do to fill it."""

    def __init__(self, view: MentionView, nothing: str, em: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._em = em
        empty = QWidget(self)
        inside = QVBoxLayout(empty)
        inside.setContentsMargins(em * 2 // 3, em // 2, em * 2 // 3, em // 2)
        inside.addWidget(plain_label(nothing, empty, wrap=True, muted=True))
        inside.addStretch(1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(view)
        self._stack.addWidget(empty)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._stack)

    def add(self, button: QPushButton) -> None:
        """Put a button under the list."""
        row = QHBoxLayout()
        row.setContentsMargins(self._em // 2, self._em // 3, self._em // 2, self._em // 2)
        row.addWidget(button)
        row.addStretch(1)
        self._layout.addLayout(row)

    def show_list(self, shown: bool) -> None:
        """Show the list, or that there is nothing."""
        self._stack.setCurrentIndex(0 if shown else 1)
