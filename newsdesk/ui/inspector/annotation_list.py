"""The annotations of the open article as a list that is patched row by row."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QObject, Qt

from newsdesk.model import Annotation, Edit, Label, Layer, Status
from newsdesk.model.codebook import lacking
from newsdesk.ui.choices import ROOT, Index
from newsdesk.ui.open_article import OpenArticle, in_order, place

OPEN = "open"
"""The filter that shows what is accepted or waits, and hides what was rejected."""
MISSING = "missing"
"""The filter that shows of those what lacks an attribute which the codebook requires."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a list shows: one layer or all (None), a status or `OPEN`, and words to be found."""

    layer: Layer | None = None
    status: str = OPEN
    words: str = ""

    def holds(self, annotation: Annotation, label: Label | None) -> bool:
        """Whether an annotation is shown."""
        if self.status in (OPEN, MISSING):
            if annotation.status == Status.REJECTED:
                return False
            if self.status == MISSING and not (label and lacking(label, annotation.attributes)):
                return False
        elif self.status and annotation.status != self.status:
            return False
        if self.layer is not None and (label is None or label.layer is not self.layer):
            return False
        if not self.words:
            return True
        name = label.name if label else ""
        return self.words in annotation.quote.casefold() or self.words in name.casefold()


class AnnotationList(QAbstractListModel):
    """The annotations that pass a filter, in order of the text."""

    def __init__(self, open_article: OpenArticle, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_article
        self._rows: list[Annotation] = []
        self.shown = Shown()

    @property
    def rows(self) -> list[Annotation]:
        """The annotations shown."""
        return list(self._rows)

    def at(self, row: int) -> Annotation:
        """The annotation on a row."""
        return self._rows[row]

    def reload(self) -> None:
        """Show the open article's annotations anew."""
        self.beginResetModel()
        held = self._open.annotations.values()
        if self.shown == Shown():  # nearly always: it need not be asked of each
            hides = self._open.thresholds.hides
            rows = [one for one in held if one.status is not Status.REJECTED and not hides(one)]
        else:
            rows = [one for one in held if self._holds(one)]
        self._rows = in_order(rows)
        self.endResetModel()

    def filter(self, shown: Shown) -> None:
        """Show these only."""
        if shown != self.shown:
            self.shown = shown
            self.reload()

    def row_of(self, annotation: Annotation) -> int:
        """The row of an annotation, -1 where it is not shown."""
        row = bisect_left(self._rows, place(annotation), key=place)
        found = row < len(self._rows) and self._rows[row].id == annotation.id
        return row if found else -1

    def follow(self, edits: tuple[Edit, ...]) -> None:
        """Patch the rows that edits of this article changed."""
        mine = [edit for edit in edits if self._mine(edit)]
        if any(isinstance(edit.record, Label) for edit in edits) or len(mine) > 500:
            self.reload()
            return
        for births, some in groupby(mine, lambda edit: edit.before is None):
            if births:
                born = [edit.after for edit in some if isinstance(edit.after, Annotation)]
                self._add([one for one in born if self._holds(one)])
            else:
                for edit in some:
                    self._patch(edit.before, edit.after)

    def _mine(self, edit: Edit) -> bool:
        record, article = edit.record, self._open.article
        return (
            isinstance(record, Annotation) and article is not None and record.article == article.id
        )

    def _patch(self, before: object, after: object) -> None:
        now = after if isinstance(after, Annotation) and self._holds(after) else None
        if isinstance(before, Annotation):
            row = self.row_of(before)
            if row >= 0 and now is not None and place(before) == place(now):
                self._rows[row] = now
                self.dataChanged.emit(self.index(row), self.index(row))
                return
            if row >= 0:
                self.beginRemoveRows(ROOT, row, row)
                del self._rows[row]
                self.endRemoveRows()
        if now is not None:
            self._add([now])

    def _add(self, annotations: list[Annotation]) -> None:
        """Insert annotations; those that come to stand side by side at once."""
        new = in_order(annotations)
        while new:
            row = bisect_left(self._rows, place(new[0]), key=place)
            beside = place(self._rows[row]) if row < len(self._rows) else None
            count = len(new) if beside is None else bisect_left(new, beside, key=place) or 1
            self.beginInsertRows(ROOT, row, row + count - 1)
            self._rows[row:row] = new[:count]
            self.endInsertRows()
            del new[:count]

    def _holds(self, annotation: Annotation) -> bool:
        if self._open.thresholds.hides(annotation):
            return False
        return self.shown.holds(annotation, self._open.labels.get(annotation.label))

    # What Qt asks

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        annotation = self._rows[index.row()]
        label = self._open.labels.get(annotation.label)
        if role == Qt.ItemDataRole.DisplayRole:
            return annotation.quote
        if role == Qt.ItemDataRole.UserRole:
            return annotation
        if role == Qt.ItemDataRole.UserRole + 1:
            return label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(annotation, label)
        return None


def status_word(status: Status) -> str:
    """A status in the editor's language."""
    words = {
        Status.PROPOSED: QCoreApplication.translate("statuses", "suggested"),
        Status.ACCEPTED: QCoreApplication.translate("statuses", "accepted"),
        Status.REJECTED: QCoreApplication.translate("statuses", "rejected"),
    }
    return words[status]


def spoken(annotation: Annotation, label: Label | None) -> str:
    """An annotation as a screen reader says it: "PERSON, suggested, Virgil van Dijk"."""
    parts = [label.name if label else "", annotation.quote]
    if annotation.status != Status.ACCEPTED:
        parts.insert(1, status_word(annotation.status))
    if label is not None and lacking(label, annotation.attributes):
        parts.append(QCoreApplication.translate("statuses", "attribute missing"))
    return ", ".join(parts)
