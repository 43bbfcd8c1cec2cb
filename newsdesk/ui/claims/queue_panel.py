"""The queue's panel: what narrows and orders it, the list, and how many claims there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from newsdesk.model import ClaimState
from newsdesk.model.claim_lines import LACKS, SORTS, ClaimFilter, ClaimLine
from newsdesk.provenance.gate import Missing
from newsdesk.ui.claims.fields import FilterField
from newsdesk.ui.claims.queue_list import Fetch, Find, QueueList
from newsdesk.ui.claims.queue_row import QueueRow
from newsdesk.ui.inspector.form import Choices
from newsdesk.ui.long_list import LongList
from newsdesk.ui.plain import counted, plain_label

_PAUSE = 120  # milliseconds after the last letter before the queue is asked for
_IDLE = 15  # milliseconds between two claims that are asked what they miss
_WEEK = 7


class QueuePanel(QWidget):
    """Shows the queue; `chosen` says that another claim is, `count(filter)` how many there are.

    `gate(id)` gives what one claim is missing: it is asked for the rows that are seen alone.
    """

    chosen = Signal()
    opened = Signal()

    def __init__(
        self,
        fetch: Fetch,
        find: Find,
        count: Callable[[ClaimFilter], int],
        gate: Callable[[str], list[Missing] | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._count_of, self._gate = count, gate
        self._kept = ""
        self.model = QueueList(fetch, find, self)
        em = self.fontMetrics().height()
        self.view = LongList(self.tr("Queue of claims"), self.model, QueueRow(self), self)
        self.view.finds_by_letter = False
        self.view.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        self.view.doubleClicked.connect(self.opened)
        self.view.installEventFilter(self)
        name, hint = self.tr("Filter the queue"), self.tr("Filter by words of the statement")
        self.words = FilterField(name, hint, self)
        self.words.emptied.connect(self._leave_filter)
        self.words.entered.connect(self._enter_list)
        self._make_choices()
        self._nothing = plain_label("", self, wrap=True, muted=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(em * 2, em, em * 2, em)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nothing)
        self._count = plain_label("", self, muted=True, scale=0.92)
        self._count.setContentsMargins(em // 2, em // 6, em // 2, em // 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._top(em))
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._count)
        self._pause = self._timer(_PAUSE, self.narrow)
        self.words.textChanged.connect(lambda _: self._pause.start())
        self._idle = self._timer(_IDLE, self._ask_one)
        self.view.verticalScrollBar().valueChanged.connect(lambda _: self._idle.start())
        self.model.modelAboutToBeReset.connect(self._keep)
        self.model.modelReset.connect(self._come_back)

    # What the workspace asks

    @property
    def current(self) -> ClaimLine | None:
        """The claim that is chosen."""
        row = self.view.currentIndex().row()
        return self.model.line(row) if 0 <= row < self.model.rowCount() else None

    def select(self, id: str) -> None:
        """Choose a claim; one that the filter hides is looked for without it."""
        if self.model.row_of(id) < 0 and self.model.wanted.narrows:
            self.clear()
        row = self.model.bring(id)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
            self.view.scrollTo(self.model.index(row))

    def reload(self) -> None:
        """Read the queue anew; the place in it stays."""
        self._read(self._wanted(), keep=True)

    def narrow(self) -> None:
        """Show what the fields ask for."""
        self._pause.stop()
        wanted = self._wanted()
        if wanted != self.model.wanted or not self.model.rowCount():
            self._read(wanted, keep=False)

    def clear(self) -> None:
        """Show all claims."""
        self.words.clear()
        for choice in self.choices:
            if choice is not self.sort:
                choice.setCurrentIndex(0)
        self.narrow()

    def offer(self, counts: dict[str, dict[str, int]], outlets: Iterable[tuple[str, int]]) -> None:
        """Offer what the queue can be narrowed by, with the numbers of claims."""
        states = [(one.value, counts["state"].get(one.value, 0)) for one in ClaimState]
        self._fill(self.state, self.tr("Any state"), [one for one in states if one[1]])
        named = sorted((one for one in counts["topic"].items() if one[0]), key=_by_name)
        self._fill(self.topic, self.tr("Any topic"), named)
        people = sorted(counts["assignee"].items(), key=_by_name)
        self._fill(self.assignee, self.tr("Anybody"), people, none=self.tr("Nobody"))
        papers = [(name, 0) for name, _ in outlets]
        self._fill(self.outlet, self.tr("Any outlet"), papers)

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.words.come()

    def tint(self, palette: QPalette) -> None:
        """Draw the filter's icon in the palette's colours."""
        self.words.tint(palette)

    def forget_missing(self, ids: Iterable[str] | None = None) -> None:
        """Ask again what claims that are seen are missing."""
        self.model.forget_missing(ids)
        self._idle.start()

    def ask_missing(self) -> None:
        """Ask what those that are seen are missing, where that is not known."""
        self._idle.start()

    def stop(self) -> None:
        """Ask nothing more."""
        self._pause.stop()
        self._idle.stop()

    @property
    def settled(self) -> bool:
        """Whether nothing is still put off."""
        return not self._pause.isActive() and not self._idle.isActive()

    # Inside

    def _make_choices(self) -> None:
        self.state = self._choice(self.tr("Show claims of this state"))
        self.assignee = self._choice(self.tr("Show claims of this person"))
        self.topic = self._choice(self.tr("Show claims of this topic"))
        self.outlet = self._choice(self.tr("Show claims of this outlet"))
        self.lacks = self._choice(self.tr("Show claims that miss this"))
        self.due = self._choice(self.tr("Show claims that are due"))
        self.sort = self._choice(self.tr("Order of the queue"))
        names = (
            self.tr("no appearance"), self.tr("no source"), self.tr("no evidence"),
            self.tr("no review"),
        )  # fmt: skip
        rows = [(self.tr("Complete or not"), None), *zip(names, LACKS, strict=True)]
        _set(self.lacks, rows)
        day = ((self.tr("Due or not"), None), (self.tr("overdue"), -1), (self.tr("due today"), 0))
        _set(self.due, [*day, (self.tr("due in a week"), _WEEK)])
        orders = (
            self.tr("By due date"), self.tr("Newest first"), self.tr("By state"),
            self.tr("By statement"), self.tr("By topic"), self.tr("By assignee"),
            self.tr("Most printed first"),
        )  # fmt: skip
        _set(self.sort, list(zip(orders, SORTS, strict=True)))
        for choice, first in (
            (self.state, self.tr("Any state")),
            (self.assignee, self.tr("Anybody")),
            (self.topic, self.tr("Any topic")),
            (self.outlet, self.tr("Any outlet")),
        ):
            _set(choice, [(first, None)])

    @property
    def choices(self) -> tuple[Choices, ...]:
        """What narrows and orders the queue, in the order of the keyboard."""
        return (
            self.state, self.assignee, self.due, self.topic, self.outlet, self.lacks, self.sort,
        )  # fmt: skip

    def _choice(self, name: str) -> Choices:
        choice = Choices(self, [], empty=False)
        choice.setAccessibleName(name)
        choice.setMinimumContentsLength(6)
        choice.setSizeAdjustPolicy(Choices.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.activated.connect(self.narrow)
        return choice

    def _top(self, em: int) -> QGridLayout:
        top = QGridLayout()
        top.setContentsMargins(em // 2, em // 2, em // 2, em // 3)
        top.setSpacing(em // 4)
        top.addWidget(self.words, 0, 0, 1, 2)
        top.addWidget(self.sort, 0, 2)
        for at, choice in enumerate(one for one in self.choices if one is not self.sort):
            top.addWidget(choice, 1 + at // 3, at % 3)
        for column in range(3):
            top.setColumnStretch(column, 1)
        return top

    def _timer(self, milliseconds: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(do)
        return timer

    def _fill(
        self, choice: Choices, every: str, rows: list[tuple[str, int]], none: str = ""
    ) -> None:
        was = choice.currentData()
        told = [(f"{name or none} ({count:,})" if count else name, name) for name, count in rows]
        _set(choice, [(every, None), *told])
        choice.setCurrentIndex(max(0, choice.findData(was)) if was is not None else 0)

    def _wanted(self) -> ClaimFilter:
        days = self.due.currentData()
        by = "" if days is None else (_today() + timedelta(days=days)).isoformat()
        return ClaimFilter(
            words=" ".join(self.words.text().split()),
            state=self.state.currentData() or "",
            topic=self.topic.currentData() or "",
            assignee=self.assignee.currentData(),
            outlet=self.outlet.currentData() or "",
            lacks=self.lacks.currentData() or "",
            due_by=by,
            sort=self.sort.currentData(),
        )

    def _read(self, wanted: ClaimFilter, *, keep: bool) -> None:
        self.model.load(wanted, keep=keep)

    def _keep(self) -> None:
        current = self.current
        self._kept = current.id if current else ""

    def _come_back(self) -> None:
        """Choose what was chosen before, and say how many claims there are."""
        shown = self.model.rowCount()
        row = self.model.row_of(self._kept)
        if shown:
            self.view.setCurrentIndex(self.model.index(max(0, row)))
        wanted = self.model.wanted
        count = self._count_of(wanted) if shown else 0
        said = counted(count, self.tr("1 claim"), self.tr("{0} claims"))
        if wanted.narrows:
            total = counted(self._count_of(ClaimFilter()), "1", "{0}")
            said = self.tr("{0} of {1}").format(said, total)
        self._count.setText(said)
        self._stack.setCurrentIndex(0 if shown else 1)
        self._nothing.setText(
            self.tr("No claim matches. Press Esc in the filter to see all.")
            if wanted.narrows
            else self.tr("No claim yet. Select words of an article and press C there.")
        )
        self._idle.start()
        self.chosen.emit()

    def _ask_one(self) -> None:
        """Ask what one of the claims that are seen is missing; the next one in a moment."""
        if not self.isVisible() or not self.model.rowCount():
            return
        bottom = self.view.rowAt(self.view.viewport().height() - 1)
        last = bottom if bottom >= 0 else self.model.rowCount() - 1
        for row in range(max(0, self.view.rowAt(0)), last + 1):
            id = self.model.line(row).id
            if self.model.missing_of(id) is None:
                found = self._gate(id)
                if found is not None:  # else the message bar says why it could not be told
                    self.model.tell_missing(id, found)
                    self._idle.start()
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in enter and self.current is not None:
            self.opened.emit()
            return True
        return False

    def _leave_filter(self) -> None:
        self.clear()
        self.view.setFocus()

    def _enter_list(self) -> None:
        self.narrow()
        if self.model.rowCount():
            self.view.setFocus()


def _today() -> date:
    """The day where the editor is."""
    return datetime.now().astimezone().date()


def _set(choice: Choices, rows: Iterable[tuple[str, object]]) -> None:
    choice.clear()
    for text, value in rows:
        choice.addItem(text, value)


def _by_name(row: tuple[str, int]) -> str:
    return row[0].casefold()
