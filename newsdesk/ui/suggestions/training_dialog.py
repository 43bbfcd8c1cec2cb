"""The dialog that trains a pipeline on what was accepted, and offers it with its scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
)

from newsdesk.ui.plain import ElidedLabel, counted, plain_label
from newsdesk.ui.suggestions.score_table import ScoreTable
from newsdesk.ui.suggestions.training import Training

if TYPE_CHECKING:
    from newsdesk.desk.learning_stock import Stock
    from newsdesk.suggest.learning.report import TrainingReport
    from newsdesk.ui.window import Window


class TrainingDialog(QDialog):
    """Stays beside the window; a training goes on while it is closed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._training = Training(window, self)
        self.setWindowTitle(self.tr("Train on this desk"))
        em = self.fontMetrics().height()
        self.resize(em * 40, em * 30)
        self._said = plain_label("", self, wrap=True)
        self.table = ScoreTable(self)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 100)
        self._bar.setAccessibleName(self.tr("Progress of the training"))
        self._doing = ElidedLabel(self, muted=True)
        self._start = self._button(self.tr("Train"), self._training.start)
        self._cancel = self._button(self.tr("Cancel the training"), self._training.cancel)
        self._use = self._button(self.tr("Use this pipeline"), self._use_it)
        self._drop = self._button(self.tr("Don’t use it"), self._drop_it)
        close = self._button(self.tr("Close"), self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self._start, self._cancel, self._use, self._drop, close):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em // 2)
        layout.addWidget(self._said)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._bar)
        layout.addWidget(self._doing)
        layout.addLayout(foot)
        self._training.counted.connect(self._show_stock)
        self._training.moved.connect(self._move)
        self._training.done.connect(self._show_report)
        self._training.failed.connect(self._fail)
        self._training.cancelled.connect(self._stopped)
        self._buttons()
        window.installEventFilter(self)

    def come(self) -> None:
        """Show what there is to learn from; or the training under way, or what came of it."""
        if self._training.report is None and not self._training.running:
            self._said.setText(self.tr("Counting what was accepted…"))
            self.table.show_stock(())
            self._training.count()
        self._buttons()
        self.show()
        self.raise_()
        self.activateWindow()

    # What comes

    def _show_stock(self, stock: Stock) -> None:
        annotations = counted(
            stock.annotations, self.tr("1 accepted annotation"), self.tr("{0} accepted annotations")
        )
        articles = counted(stock.articles, self.tr("1 article"), self.tr("{0} articles"))
        has = self.tr("This desk has {0} in {1} to learn from.").format(annotations, articles)
        marks, texts = stock.lacking
        if marks or texts:
            more = self.tr("That is too little: {0} more annotations in {1} more articles are "
                           "needed. Accept or tag more, then come back.")  # fmt: skip
            self._said.setText(f"{has} {more.format(marks, texts)}")
        else:
            rest = self.tr("A quarter of the articles is held out, to score the pipeline before "
                           "and after. It takes minutes, on this machine alone; the pipeline in "
                           "use is not changed.")  # fmt: skip
            self._said.setText(f"{has} {rest}")
        self.table.show_stock(stock.labels)
        self._buttons(ready=not (marks or texts))

    def _move(self, what: str, share: float) -> None:
        self._bar.setValue(round(share * 100))
        left = self._training.seconds_left
        parts = [what, self.tr("{0} s left").format(f"{left:,.0f}") if left is not None else ""]
        self._doing.show_text(" · ".join(filter(None, parts)))
        self._buttons()

    def _show_report(self, report: TrainingReport) -> None:
        self.table.show_rows(report.rows)
        scored = self.tr("Learnt from {0} articles, scored on {1} that were held out.").format(
            f"{report.learnt:,}", f"{report.held_out:,}"
        )
        verdict = (
            self.tr("The new pipeline does better. It is used only if you say so.")
            if report.better
            else self.tr("The new pipeline does not do better: the one in use should stay.")
        )
        self._said.setText(f"{scored} {verdict}")
        self._buttons()
        if not self.isVisible():
            self._window.messages.say(
                f"{self.tr('The training is over.')} {verdict}",
                error=False,
                act=self.tr("Show…"),
                do=self.come,
            )

    def _fail(self, said: str) -> None:
        self._said.setText(said)
        self._buttons()
        if not self.isVisible():
            self._window.messages.say(said)

    def _stopped(self) -> None:
        self._said.setText(self.tr("The training was stopped; nothing was written or changed."))
        self._buttons(ready=True)

    # What is decided

    def _use_it(self) -> None:
        report = self._training.report
        if report is None:
            return
        if not report.better and not self._window.ask.sure(
            self,
            self.tr("Use a pipeline that does not do better?"),
            self.tr("On the articles held out it scored no higher than the one in use. Preferences "
                    "bring Newsdesk’s own back at any time."),
            self.tr("Use it all the same"),
        ):  # fmt: skip
            return
        self._window.suggesting.use_pipeline(report.folder, report.digest)
        self._training.settle(keep=True)
        self._said.setText(self.tr("The new pipeline is used from the next question on."))
        self._buttons()

    def _drop_it(self) -> None:
        self._training.settle(keep=False)
        self._said.setText(self.tr("It was thrown away; the pipeline in use stays as it was."))
        self._buttons()

    def _buttons(self, *, ready: bool = False) -> None:
        running, over = self._training.running, self._training.report is not None
        self._start.setVisible(not running and not over)
        self._start.setEnabled(ready)
        self._cancel.setVisible(running)
        self._cancel.setEnabled(running and not self._training.stopping)
        self._use.setVisible(over)
        self._drop.setVisible(over)
        self._bar.setVisible(running)
        self._doing.setVisible(running)

    def _button(self, text: str, do) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: do())
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and watched is self._window:
            self.hide()
        return super().eventFilter(watched, event)
