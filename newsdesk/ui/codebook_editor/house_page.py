"""The house's rules: which checks are on, and the annotations that break them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from newsdesk.desk import Desk, open_desk
from newsdesk.desk.codebooks import review_annotations
from newsdesk.desk.house.checking import CHECKS, ON_REQUEST, Breach, check_articles, described
from newsdesk.desk.house.chosen import House, choose_house, house_of, shipped_houses, turn
from newsdesk.model import Annotation, NewsdeskError
from newsdesk.ui.choices import ROOT, Index
from newsdesk.ui.codebook_editor.breach_rows import BreachCell, BreachRows
from newsdesk.ui.inspector.form import Choices
from newsdesk.ui.jobs import Jobs, Report
from newsdesk.ui.long_list import LongList
from newsdesk.ui.plain import counted, plain_label, plain_tip


class CheckRows(QAbstractListModel):
    """Every check with a tick; `ticked` gives one that was turned on or off."""

    ticked = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = list(CHECKS)
        self._on: frozenset[str] = frozenset()
        self.writable = True

    def show(self, house: House) -> None:
        """Tick the checks of a house."""
        self._on = frozenset(house.checks)
        self.dataChanged.emit(self.index(0), self.index(len(self._names) - 1))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._names)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self.writable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        name = self._names[index.row()]
        on = name in self._on
        if role == Qt.ItemDataRole.DisplayRole:
            return described(name).replace("*", "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(name)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.ticked.emit(self._names[index.row()], Qt.CheckState(value) is Qt.CheckState.Checked)
        return True


class HousePage(QWidget):
    """Turns checks on and off, and lists what breaks them; `wanted` asks for an article to be
    opened at an annotation."""

    wanted = Signal(str, str)
    failed = Signal(str)

    def __init__(
        self,
        desk: Desk,
        place: str,
        jobs: Jobs,
        article: Callable[[], str],
        writable: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._place, self._jobs = desk, place, jobs
        self._article, self._writable = article, writable
        self._running = False
        self._houses = shipped_houses()
        self.checks = CheckRows(self)
        self.breaches = BreachRows(self)
        self.checks.ticked.connect(self._tick)
        em = self.fontMetrics().height()
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self._rules(em))
        split.addWidget(self._findings(em))
        split.setSizes([em * 26, em * 34])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        layout.addWidget(split)
        self.refresh()

    def _rules(self, em: int) -> QWidget:
        left = QWidget(self)
        self._house = Choices(left, (), empty=False)
        self._house.setAccessibleName(self.tr("House rules"))
        self._house.activated.connect(self._choose)
        self._list = QListView(left)
        self._list.setModel(self.checks)
        self._list.setWordWrap(True)
        self._list.setAccessibleName(self.tr("Checks"))
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setSpacing(em // 8)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em // 2)
        column.addWidget(self._house)
        column.addWidget(self._list, 1)
        return left

    def _findings(self, em: int) -> QWidget:
        right = QWidget(self)
        self._where = Choices(right, (), empty=False)
        self._where.setAccessibleName(self.tr("Where to look"))
        self._where.addItem(self.tr("All articles"), "all")
        self._where.addItem(self.tr("The open article"), "open")
        self._older = QCheckBox(self.tr("And tags of an earlier version"), right)
        self._older.setAccessibleName(self.tr("List tags made under an earlier version too"))
        self.check = QPushButton(self.tr("Check"), right)
        self.check.setAccessibleName(self.tr("Check the annotations"))
        self.check.setAutoDefault(False)
        self.check.clicked.connect(self.run)
        top = QHBoxLayout()
        top.setSpacing(em // 2)
        top.addWidget(self._where)
        top.addWidget(self._older)
        top.addStretch(1)
        top.addWidget(self.check)
        name = self.tr("What breaks the rules")
        self.view = LongList(name, self.breaches, BreachCell(self), right)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.view.activated.connect(self._open)
        self.view.doubleClicked.connect(self._open)
        self._said = plain_label("", right, wrap=True, muted=True)
        self.review = QPushButton(self.tr("Hold under the present version"), right)
        self.review.setAccessibleName(self.tr("All listed hold under the present version"))
        self.review.setAutoDefault(False)
        self.review.clicked.connect(self._review)
        self.review.hide()
        column = QVBoxLayout(right)
        column.setContentsMargins(em // 2, 0, 0, 0)
        column.setSpacing(em // 2)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self._said)
        column.addWidget(self.review, 0, Qt.AlignmentFlag.AlignLeft)
        return right

    # Rules

    def refresh(self) -> None:
        """Show the house that the desk goes by."""
        house = house_of(self._desk)
        self.checks.writable = self._writable()
        self.checks.show(house)
        self._house.setEnabled(self._writable())
        known = next((at for at, one in enumerate(self._houses) if _same(one, house)), -1)
        self._house.clear()
        for one in self._houses:
            self._house.addItem(one.name, one.name)
        if known < 0:
            self._house.addItem(self.tr("Own rules"), "")
            known = len(self._houses)
        self._house.setCurrentIndex(known)
        self.check.setEnabled(not self._running)
        if not self.breaches.rows and not self._running and not self._said.text():
            self._said.setText(self.tr("Nothing was checked yet."))

    def _choose(self, row: int) -> None:
        if row < len(self._houses):
            house = self._houses[row]
            self._do(lambda: choose_house(self._desk, house))

    def _tick(self, name: str, on: bool) -> None:
        self._do(lambda: turn(self._desk, name, on))

    def _do(self, work: Callable[[], object]) -> None:
        try:
            work()
        except NewsdeskError as error:
            self.failed.emit(str(error))
        self.refresh()

    # Findings

    def run(self) -> None:
        """Check, on another thread; the list fills when it is done."""
        if self._running:
            return
        checks = list(house_of(self._desk).all_checks)
        checks += list(ON_REQUEST) if self._older.isChecked() else []
        only = [self._article()] if self._where.currentData() == "open" else None
        if only == [""]:
            self._said.setText(self.tr("No article is open."))
            return
        place, author = self._place, self._desk.author

        def work(report: Report) -> list[Breach]:
            desk = open_desk(place, author)
            try:
                return list(check_articles(desk, checks, only, report))
            finally:
                desk.close()

        self._running = True
        self.check.setEnabled(False)
        self._said.setText(self.tr("Checking…"))
        self._jobs.run(self.tr("House rules"), work, self._show, self._fail, self._stopped)

    def _show(self, found: list[Breach]) -> None:
        self._running = False
        self.check.setEnabled(True)
        self.breaches.show(found)
        one = self.tr("1 finding. Enter opens the article there.")
        many = self.tr("{0} findings. Enter opens the article there.")
        none = self.tr("Nothing breaks the rules.")
        self._said.setText(counted(len(found), one, many) if found else none)
        older = any(one.check in ON_REQUEST for one in found)
        self.review.setVisible(older and self._writable())

    def _fail(self, error: Exception) -> None:
        self._stopped()
        self.failed.emit(str(error))

    def _stopped(self) -> None:
        self._running = False
        self.check.setEnabled(True)
        self._said.setText(self.tr("Nothing was checked yet."))

    def _open(self, index: Index) -> None:
        if index.isValid():
            found = self.breaches.rows[index.row()]
            self.wanted.emit(found.article, found.annotation)

    def _review(self) -> None:
        ids = [one.annotation for one in self.breaches.rows if one.check in ON_REQUEST]
        found = list(self._desk.get_all(Annotation, ids).values())
        self._do(lambda: review_annotations(self._desk, found))
        self._show([one for one in self.breaches.rows if one.check not in ON_REQUEST])


def _same(one: House, other: House) -> bool:
    return one.name == other.name and set(one.checks) == set(other.checks)
