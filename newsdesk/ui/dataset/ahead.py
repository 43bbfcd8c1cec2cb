"""What an export would withhold and lose, shown before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from newsdesk.ui.jobs import Cancelled
from newsdesk.ui.plain import counted, plain_label

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.desk.exporting import ExportReport
    from newsdesk.desk.taking_out import Order
    from newsdesk.ui.finding.asking import Asker


class Ahead(QWidget):
    """Looks ahead when it is told to; what was seen holds until `forget`."""

    _moved = Signal(int, int, int)

    def __init__(self, asking: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asking = asking
        self._looks = 0
        self.said = plain_label("", self, wrap=True)
        self._list = QPlainTextEdit(self)
        self._list.setReadOnly(True)
        self._list.setTabChangesFocus(True)
        self._list.setAccessibleName(self.tr("What would be left out"))
        self._list.setFixedHeight(self.fontMetrics().lineSpacing() * 7)
        self._list.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.said)
        layout.addWidget(self._list)
        self._moved.connect(self._move)

    def forget(self, said: str = "") -> None:
        """Show nothing of what was seen; a look under way is given up."""
        self._looks += 1
        self._asking.drop("ahead")
        self._say(said)

    def look(self, order: Order) -> None:
        """Look at what an order would give, on another thread."""
        from newsdesk.desk.taking_out import look_ahead

        self.forget(self.tr("Looking ahead…"))
        number = self._looks

        def still(done: int, total: int) -> None:
            if self._looks != number:
                raise Cancelled
            self._moved.emit(number, done, total)

        def work(desk: Desk) -> ExportReport:
            return look_ahead(desk, order, still)

        self._asking.ask("ahead", work, self._show, self._say)

    def _move(self, number: int, done: int, total: int) -> None:
        if number == self._looks and total:
            self.said.setText(self.tr("Looking ahead: {0} %").format(done * 100 // total))

    def _say(self, said: str, details: str = "") -> None:
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self._list.setPlainText(details)
        self._list.setVisible(bool(details))

    def _show(self, report: ExportReport) -> None:
        self._looks += 1
        self._say(in_short(report), in_full(report))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ahead", text)


def in_short(report: ExportReport) -> str:
    """How much is written, lost and withheld, in one line."""
    parts = [
        counted(report.articles, _tr("1 article"), _tr("{0} articles")),
        counted(report.annotations, _tr("1 annotation"), _tr("{0} annotations")),
    ]
    if report.loss_count:
        one, many = _tr("1 thing can't be held"), _tr("{0} things can't be held")
        parts.append(counted(report.loss_count, one, many))
    if report.withheld_count:
        one, many = _tr("1 detail withheld by rule"), _tr("{0} details withheld by rule")
        parts.append(counted(report.withheld_count, one, many))
    if not report.loss_count and not report.withheld_count:
        parts.append(_tr("nothing is lost or withheld"))
    return " · ".join(parts)


def in_full(report: ExportReport) -> str:
    """What is lost, withheld and not asked for, one after the other."""
    groups = (
        (_tr("The format can't hold"), report.losses, report.loss_count),
        (_tr("Withheld, to protect sources"), report.withheld, report.withheld_count),
    )
    paragraphs = []
    for title, listed, count in groups:
        rows = [f"{one.part.value}: {one.record}: {one.what}" for one in listed]
        rows += [f"… +{count - len(rows):,}"] if count > len(rows) else []
        paragraphs += ["\n".join([f"{title} ({count:,})", *rows])] if rows else []
    left = [f"{what}: {count:,}" for what, count in report.left_out.items()]
    paragraphs += ["\n".join([_tr("Not asked for"), *left])] if left else []
    return "\n\n".join(paragraphs)
