"""The line above the text: title, outlet, date, byline, and how far the work has come."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model import Article, ArticleStatus
from newsdesk.ui.plain import ElidedLabel, counted, plain_tip, scaled_font

_STATUSES = {
    ArticleStatus.NEW: "New",
    ArticleStatus.IN_PROGRESS: "In progress",
    ArticleStatus.ANNOTATED: "Annotated",
    ArticleStatus.REVIEWED: "Reviewed",
}


def status_name(status: str) -> str:
    """An article's status in the editor's language."""
    return QCoreApplication.translate("statuses", _STATUSES[ArticleStatus(status)])


class Header(QFrame):
    """Shows an article's particulars; title and status can be changed in place."""

    retitled = Signal(str)
    status_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        em = self.fontMetrics().height()
        self._article: Article | None = None
        self._title = _Title(self)
        self._title.committed.connect(self.retitled)
        self._particulars = ElidedLabel(self, muted=True)
        self._status = QComboBox(self)
        for status in ArticleStatus:
            self._status.addItem(status_name(status), status)
        self._status.setAccessibleName(self.tr("Status of the article"))
        self._status.setToolTip(plain_tip(self.tr("How far the work on this article has come")))
        self._status.activated.connect(
            lambda row: self.status_chosen.emit(self._status.itemData(row))
        )
        words = QVBoxLayout()
        words.setSpacing(em // 8)
        words.addWidget(self._title)
        words.addWidget(self._particulars)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(em, em // 2, em, em // 2)
        layout.setSpacing(em)
        layout.addLayout(words, 1)
        layout.addWidget(self._status, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_article(None, "", writable=False)

    def show_article(self, article: Article | None, outlet: str, *, writable: bool) -> None:
        """Show an article's line; None says that none is open."""
        self._article = article
        self._status.setEnabled(writable)
        self._title.set_writable(writable and article is not None)
        if article is None:
            return
        self._title.show_text(article.title or self.tr("Untitled"))
        when = (article.published or "")[:10]
        parts = (outlet, when, article.byline or "", article.section or "")
        one, many = self.tr("1 character"), self.tr("{0} characters")
        count = counted(len(article.text), one, many)
        self._particulars.show_text("  ·  ".join(part for part in (*parts, count) if part))
        self._status.setCurrentIndex(self._status.findData(article.status))


class _Title(QWidget):
    """A title that becomes a field when it is double-clicked or when Enter is pressed on it."""

    committed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text, self._writable = "", False
        self._label = ElidedLabel(self)
        self._label.setFont(scaled_font(self._label.font(), 1.25, bold=True))
        self._field = QLineEdit(self)
        self._field.setFont(scaled_font(self._field.font(), 1.25, bold=True))
        self._field.setAccessibleName(self.tr("Title of the article"))
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._label)
        self._stack.addWidget(self._field)
        self._field.editingFinished.connect(self._finish)
        self._field.installEventFilter(self)
        self.setAccessibleName(self.tr("Title of the article"))

    def set_writable(self, writable: bool) -> None:
        self._writable = writable
        policy = Qt.FocusPolicy.TabFocus if writable else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)

    def show_text(self, text: str) -> None:
        self._text = text
        self._stack.setCurrentWidget(self._label)
        self._label.show_text(text)

    def mouseDoubleClickEvent(self, event) -> None:
        self._edit()

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._edit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched, event) -> bool:
        if event.type() == event.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.show_text(self._text)
            self.setFocus()
            return True
        return False

    def _edit(self) -> None:
        if self._writable:
            self._field.setText(self._text)
            self._stack.setCurrentWidget(self._field)
            self._field.selectAll()
            self._field.setFocus()

    def _finish(self) -> None:
        if self._stack.currentWidget() is not self._field:
            return
        typed = self._field.text().strip()
        self._stack.setCurrentWidget(self._label)
        if typed != self._text:
            self.committed.emit(typed)
