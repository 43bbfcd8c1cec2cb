"""Pages that lie over the window until Esc: the sheet of all keys, and a label's guideline."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model import Label
from newsdesk.ui.actions import ACTS, MENUS
from newsdesk.ui.bindings import TAG, Bindings
from newsdesk.ui.guideline import write_guideline
from newsdesk.ui.icons import icon
from newsdesk.ui.plain import plain_label, plain_tip

Group = tuple[str, list[tuple[str, str]]]
_COLUMNS = 4
_TITLE = 3  # rows that a group's title takes up, with the space around it


class Sheet(QFrame):
    """A titled page over the middle of the window; Esc, its cross or a click elsewhere ends it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self.setObjectName("popup")
        self.setAutoFillBackground(True)
        em = self.fontMetrics().height()
        self._title = plain_label("", self, scale=1.2, bold=True)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(plain_tip(self.tr("Close (Esc)")))
        self._close.clicked.connect(self.leave)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._close)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("plain")
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(self.tr("Page"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em * 2 // 3, em * 2 // 3, em)
        layout.setSpacing(em // 2)
        layout.addLayout(top)
        layout.addWidget(self._scroll, 1)
        self._scroll.installEventFilter(self)
        self.hide()

    def show_page(self, title: str, page: QWidget, wide: int, high: int) -> None:
        """Lay a page over the window, at most so many pixels wide and high."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._close.setIcon(icon("close", QApplication.palette()))
        self._title.setText(title)
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()
        width = min(wide, self._window.width() - 40)
        needed = page.sizeHint().height() + self.fontMetrics().height() * 5
        self._scroll.setWidget(page)
        height = min(high, needed, self._window.height() - 60)
        self.setGeometry((self._window.width() - width) // 2, 40, width, height)
        self.show()
        self.raise_()
        self._scroll.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Take the page away, and give the focus back."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            now = QApplication.focusWidget()
            if now is not None and not self.isAncestorOf(now):
                self._before = None
                self.leave()
        return False


def key_page(bindings: Bindings, parent: QWidget) -> QWidget:
    """All acts that have a key, by menu, in columns; and the keys of the labels."""
    page = QWidget(parent)
    em = page.fontMetrics().height()
    columns = QHBoxLayout(page)
    columns.setContentsMargins(0, 0, em // 2, 0)
    columns.setSpacing(em * 2)
    for groups in _in_columns(_groups(bindings)):
        column = QVBoxLayout()
        column.setSpacing(em // 4)
        for title, rows in groups:
            _add_group(column, page, title, rows, em)
        column.addStretch(1)
        columns.addLayout(column, 1)
    return page


def _in_columns(groups: list[Group]) -> list[list[Group]]:
    """The groups in `_COLUMNS` columns of about the same height, in their order."""
    total = sum(len(rows) + _TITLE for _, rows in groups)
    columns: list[list[Group]] = [[]]
    filled = 0
    for group in groups:
        height = len(group[1]) + _TITLE
        if columns[-1] and filled + height / 2 > total / _COLUMNS:
            columns.append([])
            filled = 0
        columns[-1].append(group)
        filled += height
    return columns


def _groups(bindings: Bindings) -> list[Group]:
    found = []
    for menu, text in MENUS:
        rows = [
            (_keys(bindings, act.name), act.plain_text.rstrip("…"))
            for act in ACTS
            if act.menu == menu and bindings.keys_of(act.name)
        ]
        if rows:
            title = QCoreApplication.translate("menus", text).replace("&", "")
            found.append((title, rows))
    tags = [
        (bindings.shown_keys(TAG + label.id), label.name)
        for label in bindings.labels
        if bindings.shown_keys(TAG + label.id)
    ]
    title = QCoreApplication.translate("menus", "Tag with")
    return [*found, (title, tags)] if tags else found


def _keys(bindings: Bindings, name: str) -> str:
    native = [one.toString(one.SequenceFormat.NativeText) for one in bindings.keys_of(name)]
    return "  ".join(native[:2])


def _add_group(
    column: QVBoxLayout, page: QWidget, title: str, rows: list[tuple[str, str]], em: int
) -> None:
    head = plain_label(title, page, bold=True)
    head.setSizePolicy(head.sizePolicy().Policy.Preferred, head.sizePolicy().Policy.Fixed)
    column.addWidget(head)
    grid = QGridLayout()
    grid.setHorizontalSpacing(em)
    grid.setVerticalSpacing(em // 6)
    grid.setContentsMargins(0, 0, 0, em * 2 // 3)
    grid.setColumnStretch(1, 1)
    for row, (keys, text) in enumerate(rows):
        grid.addWidget(plain_label(keys, page), row, 0)
        grid.addWidget(plain_label(text, page, muted=True), row, 1)
    column.addLayout(grid)


class _Guideline(QTextBrowser):
    """A label's guideline; it asks for the height that its text takes."""

    def __init__(self, label: Label, wide: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(label.name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        said = label.guideline.strip() or QCoreApplication.translate(
            "guideline", "The codebook says nothing of this label yet."
        )
        write_guideline(self.document(), said)
        self.document().setTextWidth(wide - self.fontMetrics().height() * 3)

    def sizeHint(self) -> QSize:
        return self.document().size().toSize()


def guideline_page(label: Label, wide: int, parent: QWidget) -> QWidget:
    """What the codebook says of a label, for a page so many pixels wide."""
    return _Guideline(label, wide, parent)
