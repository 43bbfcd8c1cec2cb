"""The entities of the open article: who and what it mentions, and names that are not linked yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QCoreApplication, QModelIndex, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from newsdesk.desk import Desk
from newsdesk.model import Annotation, Edit, Entity, Label, Layer, Status
from newsdesk.ui.choices import Choice, ChoiceList
from newsdesk.ui.inspector.tabs import Page
from newsdesk.ui.line_row import LineRow
from newsdesk.ui.long_list import LongList
from newsdesk.ui.open_article import OpenArticle, in_order
from newsdesk.ui.plain import counted, plain_label

VALUES = frozenset({"DATE", "TIME", "MONEY", "QUANTITY", "PERCENT"})
"""Labels of the entity layer whose words are values, not names: nobody links them."""


@dataclass(frozen=True, slots=True)
class Named:
    """One entity, or one unlinked name, with the article's mentions of it in order."""

    name: str
    kind: str
    mentions: tuple[Annotation, ...]
    entity: Entity | None = None
    colour: str = ""


class EntityPage(Page):
    """Lists what the article mentions; `picked` gives the id of the next mention to be shown."""

    picked = Signal(str)

    def __init__(self, desk: Desk, open_article: OpenArticle, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._open = open_article
        self._seen: tuple[str, int] = ("", -1)
        self.model = ChoiceList(self)
        name = self.tr("Entities of the article")
        self.view = LongList(name, self.model, LineRow(self), self)
        self.view.clicked.connect(self._go)
        self.view.activated.connect(self._go)
        em = self.fontMetrics().height()
        self._nothing = plain_label("", self, wrap=True, muted=True)
        self._nothing.setContentsMargins(em, em, em, em)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nothing)
        self._count = plain_label("", self, muted=True, scale=0.92)
        self._count.setContentsMargins(em // 2, em // 6, em // 2, em // 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._count)

    def read(self) -> None:
        before = self.view.currentIndex().row()
        labels = self._open.labels
        rows = named(self._open.annotations.values(), labels, self._entities())
        self.model.show([_line(one) for one in rows])
        if 0 <= before < len(rows):
            self.view.setCurrentIndex(self.model.index(before))
        self._stack.setCurrentIndex(0 if rows else 1)
        self._nothing.setText(
            self.tr("This article mentions nobody and nothing yet. Tag a name, then press E to "
                    "link it to the register.")
            if self._open.is_open
            else self.tr("No article is open.")
        )
        linked = sum(one.entity is not None for one in rows)
        one, many = self.tr("1 entity"), self.tr("{0} entities")
        self._count.setText(
            self.tr("{0}, {1} not linked").format(counted(linked, one, many), len(rows) - linked)
        )

    def concerns(self, edits: tuple[Edit, ...]) -> bool:
        return any(isinstance(edit.record, Annotation | Entity | Label) for edit in edits)

    def _entities(self) -> dict[str, Entity]:
        wanted = {one.entity for one in self._open.annotations.values() if one.entity}
        return self._desk.get_all(Entity, wanted)

    def _go(self, index: QModelIndex) -> None:
        """Show the first mention; asked again, the next one."""
        row = cast(Named, self.model.choice(index.row()).value)
        key = row.entity.id if row.entity else row.name
        at = self._seen[1] + 1 if self._seen[0] == key else 0
        at %= len(row.mentions)
        self._seen = key, at
        self.picked.emit(row.mentions[at].id)


def named(
    annotations: Iterable[Annotation], labels: dict[str, Label], entities: dict[str, Entity]
) -> list[Named]:
    """The linked entities, most mentioned first; then the names that are linked to none."""
    linked: dict[str, list[Annotation]] = {}
    loose: dict[tuple[str, str], list[Annotation]] = {}
    for one in in_order(annotations):
        label = labels.get(one.label)
        if one.status is Status.REJECTED or label is None:
            continue
        if one.entity in entities:
            linked.setdefault(one.entity or "", []).append(one)
        elif label.layer is Layer.ENTITY and label.name not in VALUES:
            loose.setdefault((" ".join(one.quote.split()), label.name), []).append(one)
    colours = {label.name: label.colour for label in labels.values()}
    rows = [
        Named(found.name, found.kind, tuple(its), found, colours.get(found.kind, ""))
        for id, its in linked.items()
        for found in (entities[id],)
    ]
    rest = [Named(*key, tuple(its), None, colours.get(key[1], "")) for key, its in loose.items()]
    return [
        *sorted(rows, key=lambda row: (-len(row.mentions), row.name.casefold())),
        *sorted(rest, key=lambda row: (-len(row.mentions), row.name.casefold())),
    ]


def _line(row: Named) -> Choice:
    loose = QCoreApplication.translate("EntityPage", "not linked")
    parts = (row.kind, row.entity.kb_id or "") if row.entity else (row.kind, loose)
    detail = " · ".join(part for part in parts if part)
    return Choice(row, row.name, detail, f"{len(row.mentions):,}", row.colour)
