"""What another desk would bring, and each conflict with both versions side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListView,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.ui.importing.files import FileRow
from newsdesk.ui.merging.lists import Conflicts, Offers
from newsdesk.ui.plain import counted, plain_label

if TYPE_CHECKING:
    from newsdesk.desk.merge_report import Conflict, MergeReport, Side, Version
    from newsdesk.ui.window import Window


class MergeDialog(QDialog):
    """Shows a merge before it is done; `choices` and `entities` are what the editor decided."""

    def __init__(self, report: MergeReport, window: Window) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Merge another desk"))
        em = self.fontMetrics().height()
        self._report = report
        self.conflicts = Conflicts(report.conflicts, self)
        self.offers = Offers(report.offers, self)
        self._head = plain_label(self._summary(), self, bold=True, wrap=True)
        self._open = plain_label("", self, wrap=True, muted=True)
        self._list = QListView(self)
        self._list.setModel(self.conflicts)
        self._list.setItemDelegate(FileRow(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName(self.tr("What both desks have changed"))
        self._list.selectionModel().currentChanged.connect(lambda *_: self._show())
        self._mine, self._mine_head = self._side(self.tr("This desk's version"))
        self._theirs, self._theirs_head = self._side(self.tr("The other desk's version"))
        self._keep = self._button(self.tr("Keep mine (M)"), lambda: self._choose(mine=True))
        self._take = self._button(self.tr("Take theirs (T)"), lambda: self._choose(mine=False))
        self._rules = QPushButton(self.tr("Decide all that are open"), self)
        self._rules.setAutoDefault(False)
        self._rules.setMenu(self._rule_menu())
        for key, mine in (("M", True), ("T", False)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(lambda mine=mine: self._choose(mine=mine))
        boxes = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(boxes.Cancel, self)
        go = QPushButton(self.tr("Merge"), self)
        go.setDefault(True)
        go.setEnabled(not report.nothing or bool(report.conflicts))
        self._buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.resize(em * 50, em * (30 if report.conflicts else 14 if report.offers else 7))
        self._lay_out(em)
        if report.conflicts:
            self._list.setCurrentIndex(self.conflicts.index(0))
            self._list.setFocus()
        self._judge()

    @property
    def choices(self) -> dict[str, Side]:
        """The side taken of each conflict that was decided."""
        return dict(self.conflicts.choices)

    @property
    def entities(self) -> set[str]:
        """The other desk's entities that are to be merged."""
        return set(self.offers.ticked)

    def _side(self, name: str) -> tuple[QPlainTextEdit, QWidget]:
        text = QPlainTextEdit(self)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(name)
        return text, plain_label("", self, wrap=True)

    def _button(self, words: str, act) -> QPushButton:
        made = QPushButton(words, self)
        made.setAutoDefault(False)
        made.clicked.connect(act)
        return made

    def _rule_menu(self) -> QMenu:
        from newsdesk.desk.merge_comparing import later
        from newsdesk.desk.merge_report import Side

        menu = QMenu(self)
        for words, rule in (
            (self.tr("The newer one of each"), later),
            (self.tr("Mine of each"), lambda _: Side.MINE),
            (self.tr("Theirs of each"), lambda _: Side.THEIRS),
        ):
            menu.addAction(words).triggered.connect(lambda _, rule=rule: self._decide(rule))
        return menu

    def _lay_out(self, em: int) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em * 2 // 3)
        layout.addWidget(self._head)
        self._area = QWidget(self)
        area = QHBoxLayout(self._area)
        area.setContentsMargins(0, 0, 0, 0)
        area.addWidget(self._list, 2)
        for head, text in ((self._mine_head, self._mine), (self._theirs_head, self._theirs)):
            column = QVBoxLayout()
            column.addWidget(head)
            column.addWidget(text, 1)
            area.addLayout(column, 3)
        layout.addWidget(self._area, 1)
        row = QHBoxLayout()
        for button in (self._keep, self._take, self._rules):
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self._open)
        self._same = plain_label(
            self.tr("Perhaps the same on both desks. Those ticked are merged:"), self, wrap=True
        )
        self._ticks = QListView(self)
        self._ticks.setModel(self.offers)
        self._ticks.setAccessibleName(self.tr("Entities that may be the same"))
        self._ticks.setMaximumHeight(em * 7)
        layout.addWidget(self._same)
        layout.addWidget(self._ticks)
        layout.addWidget(self._buttons)
        for widget in (self._area, self._keep, self._take, self._rules):
            widget.setVisible(bool(self._report.conflicts))
        for widget in (self._same, self._ticks):
            widget.setVisible(bool(self._report.offers))

    def _summary(self) -> str:
        report = self._report
        parts = [
            said.format(f"{sum(counts.values()):,}")
            for said, counts in (
                (self.tr("{0} new"), report.added),
                (self.tr("{0} changed"), report.changed),
                (self.tr("{0} deleted"), report.removed),
            )
            if counts
        ]
        if not parts and not report.conflicts:
            return self.tr("“{0}” has nothing that is new here.").format(report.desk)
        if report.conflicts:
            one, many = self.tr("1 conflict"), self.tr("{0} conflicts")
            parts.append(counted(len(report.conflicts), one, many))
        return self.tr("From “{0}”: {1}.").format(report.desk, ", ".join(parts))

    def _show(self) -> None:
        row = self._list.currentIndex().row()
        if not 0 <= row < len(self.conflicts.conflicts):
            return
        one = self.conflicts.conflicts[row]
        self._fill(self._mine_head, self._mine, self.tr("Mine"), one.mine)
        self._fill(self._theirs_head, self._theirs, self.tr("Theirs"), one.theirs)

    def _fill(self, head, text: QPlainTextEdit, name: str, version: Version) -> None:
        head.setText(f"{name} · {version.author} · {version.at[:16].replace('T', ' ')}")
        if version.fields is None:
            text.setPlainText(self.tr("Deleted"))
            return
        text.setPlainText("\n\n".join(f"{key}\n{said}" for key, said in version.fields.items()))

    def _choose(self, *, mine: bool) -> None:
        from newsdesk.desk.merge_report import Side

        row = self._list.currentIndex().row()
        if row < 0:
            return
        self.conflicts.choose([row], [Side.MINE if mine else Side.THEIRS])
        waiting = self.conflicts.open
        if waiting:
            following = next((at for at in waiting if at > row), waiting[0])
            self._list.setCurrentIndex(self.conflicts.index(following))
        self._judge()

    def _decide(self, rule: Callable[[Conflict], Side]) -> None:
        """Decide every open conflict by a rule."""
        rows = self.conflicts.open
        self.conflicts.choose(rows, [rule(self.conflicts.conflicts[row]) for row in rows])
        self._judge()

    def _judge(self) -> None:
        waiting = len(self.conflicts.open)
        self._rules.setEnabled(waiting > 0)
        one = self.tr("1 is open: it stays as it is here.")
        many = self.tr("{0} are open: they stay as they are here.")
        said = [counted(waiting, one, many)] if waiting else []
        self._open.setText("\n".join([*said, *self._report.kept[:3]]))
        self._open.setVisible(bool(self._open.text()))
