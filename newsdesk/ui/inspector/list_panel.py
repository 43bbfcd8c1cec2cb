"""The list of the article's annotations with its filters."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from newsdesk.model import Annotation, Layer, Status
from newsdesk.ui.inspector.annotation_list import MISSING, OPEN, AnnotationList, Shown
from newsdesk.ui.inspector.annotation_row import AnnotationRow
from newsdesk.ui.inspector.form import Choices
from newsdesk.ui.long_list import LongList
from newsdesk.ui.missing import lacking_in, said_missing
from newsdesk.ui.open_article import OpenArticle
from newsdesk.ui.plain import counted, plain_label
from newsdesk.ui.suggestions.words import said_below


class ListPanel(QWidget):
    """Shows the annotations of the open article; `picked` gives the id of the one chosen."""

    picked = Signal(str)
    changed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, open_article: OpenArticle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_article
        self.model = AnnotationList(open_article, self)
        em = self.fontMetrics().height()
        self._words = QLineEdit(self)
        self._words.setPlaceholderText(self.tr("Filter annotations"))
        self._words.setAccessibleName(self.tr("Filter annotations"))
        self._words.setClearButtonEnabled(True)
        self._layer = self._layers()
        self._status = self._statuses()
        self._count = plain_label("", self, muted=True, scale=0.92)
        self._said = ""
        # Rows come and go one by one: what is lacking is counted once, when they have.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._say_missing)
        self.view = self._list_view()
        top = QVBoxLayout()
        top.setContentsMargins(em // 2, em // 2, em // 2, em // 3)
        top.setSpacing(em // 3)
        top.addWidget(self._words)
        filters = QHBoxLayout()
        filters.setSpacing(em // 3)
        filters.addWidget(self._layer, 1)
        filters.addWidget(self._status, 1)
        top.addLayout(filters)
        self._count.setContentsMargins(em // 2, em // 6, em // 2, em // 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._count)
        self._words.textChanged.connect(self._filter)
        self._layer.activated.connect(self._filter)
        self._status.activated.connect(self._filter)
        for signal in (self.model.modelReset, self.model.rowsInserted, self.model.rowsRemoved):
            signal.connect(self._say_count)
        self.model.dataChanged.connect(lambda *_: self._say_count())

    @property
    def rows(self) -> list[Annotation]:
        """The annotations shown."""
        return self.model.rows

    @property
    def filters(self) -> tuple[str, str]:
        """The layer and the status that are shown, as texts to be remembered."""
        return self._layer.currentData() or "", self._status.currentData() or ""

    def set_filters(self, layer: str, status: str) -> None:
        """Show what was remembered; what is no longer known is passed over."""
        for combo, value in ((self._layer, layer), (self._status, status)):
            at = combo.findData(value or None)
            combo.setCurrentIndex(max(0, at))
        self._filter()

    def mark_current(self, annotation: Annotation | None) -> None:
        """Show which annotation is selected in the text."""
        row = self.model.row_of(annotation) if annotation is not None else -1
        if row < 0:
            self.view.setCurrentIndex(QModelIndex())
            self.view.clearSelection()
        elif row != self.view.currentIndex().row():
            index = self.model.index(row)
            select = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(index, select)
            self.view.scrollTo(index)

    def _layers(self) -> Choices:
        choices = Choices(self, [], empty=False)
        choices.setAccessibleName(self.tr("Show annotations of this layer"))
        choices.addItem(self.tr("All layers"), None)
        names = {
            Layer.ENTITY: self.tr("Entities"),
            Layer.QUOTE: self.tr("Quotes"),
            Layer.CLAIM: self.tr("Claims"),
            Layer.SOURCE: self.tr("Sources"),
            Layer.CUE: self.tr("Cues"),
            Layer.HEDGE: self.tr("Hedges"),
        }
        for layer, name in names.items():
            choices.addItem(name, layer.value)
        return choices

    def _statuses(self) -> Choices:
        choices = Choices(self, [], empty=False)
        choices.setAccessibleName(self.tr("Show annotations of this status"))
        choices.addItem(self.tr("Not rejected"), OPEN)
        choices.addItem(self.tr("Suggested"), Status.PROPOSED.value)
        choices.addItem(self.tr("Accepted"), Status.ACCEPTED.value)
        choices.addItem(self.tr("Rejected"), Status.REJECTED.value)
        choices.addItem(self.tr("All"), "")
        choices.addItem(self.tr("Attribute missing"), MISSING)
        return choices

    def _list_view(self) -> LongList:
        name = self.tr("Annotations of the article")
        view = LongList(name, self.model, AnnotationRow(self), self)
        view.customContextMenuRequested.connect(self._menu)
        view.selectionModel().currentChanged.connect(self._pick)
        return view

    def _pick(self, index: QModelIndex, _before: QModelIndex) -> None:
        # Only what the editor chose here: a row that the text marked is current there already.
        if index.isValid() and self.view.hasFocus():
            self.picked.emit(self.model.at(index.row()).id)

    def _menu(self, point: QPoint) -> None:
        if self.view.indexAt(point).isValid():
            self.menu_wanted.emit(self.view.viewport().mapToGlobal(point))

    def _filter(self) -> None:
        layer = self._layer.currentData()
        self.model.filter(
            Shown(
                Layer(layer) if layer else None,
                self._status.currentData() or "",
                self._words.text().casefold().strip(),
            )
        )

    def _say_count(self) -> None:
        shown = self.model.rowCount()
        total = len(self._open.annotations) - self._open.below
        if shown == total:
            one, many = self.tr("1 annotation"), self.tr("{0} annotations")
            self._said = counted(total, one, many)
        else:
            self._said = self.tr("{0} of {1} annotations").format(f"{shown:,}", f"{total:,}")
        self._count.setText(self._said)
        self._soon.start()
        self.changed.emit()

    def _say_missing(self) -> None:
        missing = said_missing(len(lacking_in(self._open)))
        below = said_below(self._open.below)
        self._count.setText(" · ".join(part for part in (self._said, below, missing) if part))
