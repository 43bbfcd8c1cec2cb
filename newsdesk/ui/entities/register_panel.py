"""The register's panel: a quick filter, the kinds, and the table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model.naming import name_key
from newsdesk.model.register import EntityLine
from newsdesk.ui.entities.register_list import (
    ALIASES,
    ARTICLES,
    KB,
    KIND,
    MENTIONS,
    NAME,
    RegisterList,
)
from newsdesk.ui.entities.register_row import RegisterCell
from newsdesk.ui.icons import icon
from newsdesk.ui.inspector.form import Choices
from newsdesk.ui.plain import counted, plain_label

_PAUSE = 60  # milliseconds after the last letter before the table is narrowed
_WIDE = {KIND: 5, MENTIONS: 5, ARTICLES: 4, KB: 5}  # widths in heights of a line
_ROOM = 36  # heights of a line that the table needs for its aliases to be seen beside the names


class RegisterPanel(QWidget):
    """Shows the register; `chosen` says that other entities are selected."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RegisterList(self)
        self._kept: list[str] = []
        em = self.fontMetrics().height()
        self._words = self._field()
        self._kind = Choices(self, [], empty=False)
        self._kind.setAccessibleName(self.tr("Show entities of this kind"))
        self._kind.setMinimumContentsLength(8)
        self._kind.activated.connect(self._narrow)
        self.view = self._table(em)
        self._nothing = plain_label("", self, wrap=True, muted=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(em * 2, em, em * 2, em)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nothing)
        self._count = plain_label("", self, muted=True, scale=0.92)
        self._count.setContentsMargins(em // 2, em // 6, em // 2, em // 4)
        top = QHBoxLayout()
        top.setContentsMargins(em // 2, em // 2, em // 2, em // 3)
        top.setSpacing(em // 3)
        top.addWidget(self._words, 1)
        top.addWidget(self._kind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._count)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._narrow)
        self.model.modelAboutToBeReset.connect(self._keep)
        self.model.modelReset.connect(self._come_back)

    # What the workspace asks

    @property
    def selected(self) -> list[EntityLine]:
        """The entities that are selected, in the table's order."""
        rows = {index.row() for index in self.view.selectionModel().selectedRows()}
        return [self.model.line(row) for row in sorted(rows)]

    def select(self, id: str) -> None:
        """Select one entity, and show it; a filter that hides it is cleared."""
        if self.model.row_of(id) < 0 and self.model.line_of(id) is not None:
            self._words.clear()
            self._kind.setCurrentIndex(0)
            self._narrow()
        row = self.model.row_of(id)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row, NAME))
            self.view.scrollTo(self.model.index(row, NAME))

    def load(
        self, lines: list[EntityLine], keys: dict[str, str], colours: dict[str, str]
    ) -> None:
        """Show these entities, with their keys by their ids."""
        self.model.colours = colours
        self.model.load(lines, keys)
        self.fill_kinds()

    def say(self, words: str) -> None:
        """Say something in the place of the table, where that is empty."""
        if not self.model.total:
            self._stack.setCurrentIndex(1)
            self._nothing.setText(words)

    def fill_kinds(self) -> None:
        """Offer the kinds that there are, with their numbers."""
        was = self._kind.currentData()
        self._kind.clear()
        self._kind.addItem(self.tr("All kinds"), None)
        for kind, count in self.model.kinds.items():
            self._kind.addItem(f"{kind} ({count:,})", kind)
        self._kind.setCurrentIndex(max(0, self._kind.findData(was)))

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()

    def tint(self, palette: QPalette) -> None:
        """Draw the filter's icon in the palette's colours."""
        self._magnifier.setIcon(icon("search", palette))

    def stop(self) -> None:
        """Narrow nothing more."""
        self._pause.stop()

    # Inside

    def _field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(self.tr("Filter the register"))
        field.setAccessibleName(self.tr("Filter the register"))
        field.setClearButtonEnabled(True)
        self._magnifier = QAction(field)
        field.addAction(self._magnifier, QLineEdit.ActionPosition.LeadingPosition)
        field.textChanged.connect(lambda _: self._pause.start())
        field.installEventFilter(self)
        return field

    def _table(self, em: int) -> QTableView:
        view = _Table(self)
        view.setObjectName("plain")
        view.setAccessibleName(self.tr("Register of entities"))
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setCornerButtonEnabled(False)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setItemDelegate(RegisterCell(view))
        view.setMouseTracking(True)
        view.setModel(self.model)
        rows = view.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(int(em * 1.6))
        heads = view.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setAccessibleName(self.tr("Columns of the register"))
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column in (NAME, ALIASES):
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, wide in _WIDE.items():
            view.setColumnWidth(column, em * wide)
        heads.setSortIndicator(MENTIONS, Qt.SortOrder.DescendingOrder)
        view.setSortingEnabled(True)
        view.selectionModel().selectionChanged.connect(self._choose)
        return view

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow window names come first: aliases stand in the entity's own pane too.
        self.view.setColumnHidden(ALIASES, self.width() < _ROOM * self.fontMetrics().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self._words.text():
                self._words.clear()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._narrow()
                if self.model.rowCount():
                    self.view.setCurrentIndex(self.model.index(0, NAME))
                    self.view.setFocus()
                return True
        return False

    def _narrow(self) -> None:
        self._pause.stop()
        self.model.narrow(name_key(self._words.text()), self._kind.currentData() or "")

    def _choose(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.chosen.emit()

    def _keep(self) -> None:
        self._kept = [line.id for line in self.selected]

    def _come_back(self) -> None:
        """Select what was selected before the table was read anew, and say how many there are."""
        flags = QItemSelectionModel.SelectionFlag
        chosen = [self.model.row_of(id) for id in self._kept]
        for at, row in enumerate(row for row in chosen if row >= 0):
            index = self.model.index(row, NAME)
            how = flags.Rows | (flags.Select if at else flags.ClearAndSelect)
            self.view.selectionModel().setCurrentIndex(index, how)
        shown, total = self.model.rowCount(), self.model.total
        one, many = self.tr("1 entity"), self.tr("{0} entities")
        said = counted(total, one, many)
        if shown != total:
            said = self.tr("{0} of {1}").format(f"{shown:,}", said)
        self._count.setText(said)
        self._stack.setCurrentIndex(0 if shown else 1)
        self._nothing.setText(
            self.tr("No entity matches. Clear the filter to see all.")
            if self.model.narrowed
            else self.tr(
                "Nobody is in the register yet. Tag names in an article and press E there to link "
                "them, or press N here."
            )
        )
        self.chosen.emit()


class _Table(QTableView):
    def keyboardSearch(self, typed: str) -> None:
        """Letters are acts here, and lead nowhere: see `LongList.finds_by_letter`."""
