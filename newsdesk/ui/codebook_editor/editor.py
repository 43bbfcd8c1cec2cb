"""The window in which a codebook is edited: its labels, and the house's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout

from newsdesk.model import Annotation, Label, NewsdeskError, Revision, Setting
from newsdesk.ui.codebook_editor.house_page import HousePage
from newsdesk.ui.codebook_editor.labels_page import LabelsPage
from newsdesk.ui.message_bar import MessageBar
from newsdesk.ui.plain import ElidedLabel, plain_tip

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

_COUNTED = 250  # milliseconds after a tag before it is counted: many come in a row


class CodebookEditor(QDialog):
    """Stays open beside the window: whatever is done there or here is seen in both."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.setWindowTitle(self.tr("Codebook"))
        self.setWindowFlag(Qt.WindowType.WindowMinMaxButtonsHint)
        em = self.fontMetrics().height()
        screen = window.screen().availableGeometry()
        self.resize(min(em * 62, screen.width()), min(em * 46, screen.height() - em * 2))
        self._messages = MessageBar(self)
        self.labels = LabelsPage(window.desk, window.ask, window.bindings, self._writable, self)
        self.house = HousePage(
            window.desk, window.place, window.jobs, self._article, self._writable, self
        )
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(self.tr("Pages of the codebook"))
        self.tabs.addTab(self.labels, self.tr("&Labels"))
        self.tabs.addTab(self.house, self.tr("&House rules"))
        self._lay_out(em)
        for page in (self.labels, self.house):
            page.failed.connect(self._messages.say)
        self.labels.said.connect(self._said.show_text)
        self.house.wanted.connect(self._open)
        window.news.revised.connect(self._follow)
        window.filing.busy_changed.connect(self._refresh)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_COUNTED)
        self._soon.timeout.connect(self.labels.refresh)
        window.installEventFilter(self)
        self._show_steps()

    def _lay_out(self, em: int) -> None:
        self._said = ElidedLabel(self, muted=True)
        self._undo = self._button(self.tr("Undo"), lambda: self._step(back=True), "Ctrl+Z")
        self._redo = self._button(self.tr("Redo"), lambda: self._step(back=False), "Ctrl+Shift+Z")
        close = self._button(self.tr("Close"), self.reject, "")
        foot = QHBoxLayout()
        foot.setContentsMargins(em // 2, 0, em // 2, em // 2)
        foot.setSpacing(em // 2)
        foot.addWidget(self._said, 1)
        for button in (self._undo, self._redo, close):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._messages)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(foot)

    def _button(self, text: str, do, keys: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: do())
        if keys:
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        return button

    def come(self, page: str) -> None:
        """Show the `labels`, or the `house` rules, with the keyboard in it."""
        self.tabs.setCurrentWidget(self.house if page == "house" else self.labels)
        self._refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        first = self.house.check if page == "house" else self.labels.view
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is asked of the window

    def _writable(self) -> bool:
        return not self._window.desk.read_only and not self._window.filing.busy

    def _article(self) -> str:
        article = self._window.annotate.open.article
        return article.id if article else ""

    def _open(self, article: str, annotation: str) -> None:
        self._window.annotate.read(article, annotation)
        self._window.activateWindow()

    def _step(self, *, back: bool) -> None:
        desk = self._window.desk
        try:
            done = desk.undo() if back else desk.redo()
        except NewsdeskError as error:
            self._messages.say(str(error))
            return
        if done is not None:
            self._said.show_text(done.title)

    # What the desk announces

    def _follow(self, revision: Revision) -> None:
        if not self.isVisible():
            return
        self._show_steps()
        edits = revision.edits
        if edits is None or any(isinstance(one.record, Label | Setting) for one in edits):
            self._refresh()
        elif any(isinstance(one.record, Annotation) for one in edits):
            self._soon.start()

    def _refresh(self) -> None:
        self.labels.refresh()
        self.house.refresh()
        self._show_steps()

    def _show_steps(self) -> None:
        desk = self._window.desk
        for button, title in ((self._undo, desk.undoable), (self._redo, desk.redoable)):
            button.setEnabled(bool(title) and self._writable())
            button.setToolTip(plain_tip(title or ""))
            button.setAccessibleDescription(title or "")

    def reject(self) -> None:
        """Esc leaves it like its cross and its button: what was typed is kept."""
        self.labels.form.commit()
        self._soon.stop()
        super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # It goes before the window does: what is being typed needs the desk.
        if event.type() == QEvent.Type.Close and watched is self._window and self.isVisible():
            self.reject()
        return super().eventFilter(watched, event)
