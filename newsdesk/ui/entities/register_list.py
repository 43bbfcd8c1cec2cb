"""The register as a table that is read by one query, sorted and narrowed without asking again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QObject, Qt
from PySide6.QtGui import QColor

from newsdesk.model.naming import name_key
from newsdesk.model.register import EntityLine
from newsdesk.ui.choices import ROOT, Index
from newsdesk.ui.plain import counted

NAME, KIND, ALIASES, MENTIONS, ARTICLES, KB = range(6)
"""The columns."""

_NUMBERS = (MENTIONS, ARTICLES)
_CELLS = {
    NAME: lambda line: line.name,
    KIND: lambda line: line.kind,
    ALIASES: lambda line: ", ".join(line.aliases),
    MENTIONS: lambda line: f"{line.mentions:,}",
    ARTICLES: lambda line: f"{line.articles:,}",
    KB: lambda line: line.kb_id,
}


class RegisterList(QAbstractTableModel):
    """The entities that match what was typed, of one kind or of all, in a chosen order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: dict[str, EntityLine] = {}
        self._keys: dict[str, str] = {}
        self._rows: list[EntityLine] = []
        self._at: dict[str, int] = {}
        self._words, self._kind = "", ""
        self._order = MENTIONS, True
        self.colours: dict[str, str] = {}

    # What the panel asks

    def load(self, lines: Iterable[EntityLine], keys: dict[str, str]) -> None:
        """Hold these instead; `keys` is what `searched` gives for them, by their ids."""
        self._all = {line.id: line for line in lines}
        self._keys = keys
        self._show()

    def patch(self, ids: Iterable[str], lines: Iterable[EntityLine]) -> None:
        """Take over how these entities are now; those that have no line are gone."""
        now = {line.id: line for line in lines}
        rows = len(self._rows)
        moved = False
        for id in ids:
            self._keys.pop(id, None)
            was, line = self._all.get(id), now.get(id)
            if line is None:
                moved |= self._all.pop(id, None) is not None
                continue
            self._all[id] = line
            moved |= was is None or self._place(was) != self._place(line) or id not in self._at
        if moved:
            self._show()
        for id in now:
            if not moved and id in self._at and rows:
                self._rows[self._at[id]] = now[id]
                row = self._at[id]
                self.dataChanged.emit(self.index(row, 0), self.index(row, KB))

    def narrow(self, words: str, kind: str) -> None:
        """Show those that hold these words in a name, alias or id, of one kind or of all ("")."""
        if (words, kind) != (self._words, self._kind):
            self._words, self._kind = words, kind
            self._show()

    @property
    def narrowed(self) -> bool:
        """Whether some may be hidden."""
        return bool(self._words or self._kind)

    @property
    def total(self) -> int:
        """How many entities there are."""
        return len(self._all)

    @property
    def kinds(self) -> dict[str, int]:
        """How many entities there are of each kind."""
        found: dict[str, int] = {}
        for line in self._all.values():
            found[line.kind] = found.get(line.kind, 0) + 1
        return dict(sorted(found.items()))

    def line(self, row: int) -> EntityLine:
        """The entity on a row."""
        return self._rows[row]

    def line_of(self, id: str) -> EntityLine | None:
        """The line of an entity, shown or not."""
        return self._all.get(id)

    def row_of(self, id: str) -> int:
        """The row of an entity, -1 where it is not shown."""
        return self._at.get(id, -1)

    def _show(self) -> None:
        self.beginResetModel()
        found = [line for line in self._all.values() if self._holds(line)]
        found.sort(key=lambda line: (self._searched(line), line.id))
        column, backwards = self._order
        if column != NAME or backwards:
            found.sort(key=lambda line: self._place(line)[0], reverse=backwards)
        self._rows = found
        self._at = {line.id: at for at, line in enumerate(found)}
        self.endResetModel()

    def _place(self, line: EntityLine) -> tuple[Any, str, str]:
        column = self._order[0]
        value = (
            {MENTIONS: line.mentions, ARTICLES: line.articles}[column]
            if column in _NUMBERS
            else self._searched(line) if column == NAME else name_key(_CELLS[column](line))
        )
        return value, self._searched(line), line.id

    def _holds(self, line: EntityLine) -> bool:
        if self._kind and line.kind != self._kind:
            return False
        return not self._words or self._words in self._searched(line)

    def _searched(self, line: EntityLine) -> str:
        if line.id not in self._keys:
            self._keys[line.id] = searched(line)
        return self._keys[line.id]

    # What Qt asks

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        wanted = column, order == Qt.SortOrder.DescendingOrder
        if wanted != self._order:
            self._order = wanted
            self._show()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(_CELLS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        line, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _CELLS[column](line)
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role == Qt.ItemDataRole.DecorationRole and column == NAME:
            return QColor(self.colours.get(line.kind, "#888888"))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(line) if column == NAME else _CELLS[column](line)
        return None

    def headerData(
        self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if side == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                names = (
                    self.tr("Name"), self.tr("Kind"), self.tr("Aliases"), self.tr("Mentions"),
                    self.tr("Articles"), self.tr("Base id"),
                )  # fmt: skip
                return names[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side_of = Qt.AlignmentFlag
                numbers = section in _NUMBERS
                return (side_of.AlignRight if numbers else side_of.AlignLeft) | side_of.AlignVCenter
        return None


def searched(line: EntityLine) -> str:
    """By what an entity is found and put in order: its name, aliases and id, as keys."""
    return "\n".join(name_key(name) for name in (line.name, *line.aliases, line.kb_id))


def spoken(line: EntityLine) -> str:
    """An entity as a screen reader says it: "Virgil van Dijk, PERSON, 12 mentions"."""
    translate = QCoreApplication.translate
    one, many = translate("RegisterList", "1 mention"), translate("RegisterList", "{0} mentions")
    parts = [line.name, line.kind, counted(line.mentions, one, many), line.kb_id]
    return ", ".join(part for part in parts if part)
