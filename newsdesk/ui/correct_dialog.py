"""Shows a corrected version, chosen or pasted, and what would become of what is marked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from newsdesk.desk.corrections import Fate, carry_over
from newsdesk.desk.import_preview import Preview, preview
from newsdesk.model import Article, NewsdeskError, Span, new_article
from newsdesk.provenance.versions import Outcome, compare
from newsdesk.ui.plain import ElidedLabel, plain_label, scaled_font

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

LISTED = 500
"""Lines of each kind that are shown; the heading says how many there are."""


class CorrectDialog(QDialog):
    """Shows what would become of what is marked; `new` is the corrected version, once there is."""

    def __init__(self, window: Window, old: Article) -> None:
        super().__init__(window)
        self._window, self._old = window, old
        self.new: Article | None = None
        self.setWindowTitle(self.tr("Replace by a corrected version"))
        self.setAcceptDrops(True)
        em = self.fontMetrics().height()
        self.resize(em * 42, em * 32)
        self._make_parts()
        self._lay_out(em)

    def _make_parts(self) -> None:
        self._head = ElidedLabel(self)
        self._head.setFont(scaled_font(self._head.font(), 1.1, bold=True))
        self._head.show_text(self._old.title)
        self._choose = QPushButton(self.tr("Choose the corrected file…"), self)
        self._choose.clicked.connect(self._ask_file)
        self._paste = QPushButton(self.tr("Paste its text"), self)
        self._paste.clicked.connect(self._take_clipboard)
        self._said = plain_label(
            self.tr(
                "The old version stays, with all that is marked in it. Choose or paste the "
                "corrected text, or drop a file here, to see what comes along."
            ),
            self,
            wrap=True,
        )
        self._details = QPlainTextEdit(self)
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setAccessibleName(self.tr("What would change"))
        flags = Qt.TextInteractionFlag
        self._details.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
        )
        self._go = QPushButton(self.tr("Replace"), self)
        self._go.setEnabled(False)

    def _lay_out(self, em: int) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.addButton(self._go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        ways = QHBoxLayout()
        ways.addWidget(self._choose)
        ways.addWidget(self._paste)
        ways.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em * 2 // 3)
        layout.addWidget(self._head)
        layout.addLayout(ways)
        layout.addWidget(self._said)
        layout.addWidget(self._details, 1)
        layout.addWidget(buttons)

    # The corrected version

    def take_file(self, path: Path) -> None:
        """Read a file, on another thread: a PDF may take its time."""
        self._refuse(self.tr("Reading {0}…").format(path.name))
        self._window.jobs.run(
            self.tr("Reading the corrected version"),
            lambda report: preview(path, articles=2),
            self._take_preview,
            self._failed,
        )

    def take_text(self, text: str) -> None:
        """Take a text that was copied."""
        self._take(new_article(text.strip(), format="paste"))

    def _ask_file(self) -> None:
        path = self._window.ask.file(self, self.tr("Choose the corrected version"))
        if path is not None:
            self.take_file(path)

    def _take_clipboard(self) -> None:
        text = QApplication.clipboard().text()
        if text.strip():
            self.take_text(text)
        else:
            self._refuse(self.tr("There is no text in the clipboard. Copy the corrected article."))

    def _take_preview(self, found: Preview) -> None:
        if len(found.articles) == 1:
            self._take(found.articles[0].article)
            return
        said = self.tr("“{0}” does not hold just one article, and a correction is one.")
        why = f" {found.problems[0].message}" if found.problems else ""
        self._refuse(said.format(found.name) + why)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, NewsdeskError):
            sys.excepthook(type(error), error, error.__traceback__)
            return
        self._refuse(str(error))

    def _take(self, new: Article) -> None:
        if new.text == self._old.text:
            self._refuse(self.tr("This is the very text of the article: nothing is corrected."))
            return
        self.new = new
        fates = carry_over(self._window.desk, self._old, new)
        counts = {one: sum(fate.outcome is one for fate in fates) for one in Outcome}
        self._said.setText(
            self.tr("{0} annotations stay as they are, {1} wait to be confirmed, {2} stay behind.")
            .format(*(f"{counts[one]:,}" for one in Outcome))
        )
        self._details.setPlainText("\n".join(self._report(new, fates)))
        self._go.setEnabled(True)
        self._go.setDefault(True)
        self._go.setFocus()

    def _refuse(self, said: str) -> None:
        self.new = None
        self._said.setText(said)
        self._details.clear()
        self._go.setEnabled(False)

    # What is shown of it

    def _report(self, new: Article, fates: list[Fate]) -> list[str]:
        lines: list[str] = []
        for outcome, head in (
            (Outcome.ORPHAN, self.tr("Not found in the corrected text; these stay behind:")),
            (Outcome.MOVED, self.tr("Moved, or in other words around; these are to be confirmed:")),
        ):
            quotes = [one.annotation.quote for one in fates if one.outcome is outcome]
            if quotes:
                lines += [head, *self._cut([f"    “{_line(one)}”" for one in quotes]), ""]
        changes = compare(self._old.text, new.text).changes
        if changes:
            pairs = [
                line
                for one in changes
                for line in (_cut_out("−", self._old, one.before), _cut_out("+", new, one.after))
                if line
            ]
            lines += [self.tr("What changed:"), *self._cut(pairs)]
        return lines

    def _cut(self, lines: list[str]) -> list[str]:
        if len(lines) <= LISTED:
            return lines
        return [*lines[:LISTED], self.tr("    … and {0} more").format(f"{len(lines) - LISTED:,}")]

    # Files that are dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what holds a file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the first file."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take_file(paths[0])


def _line(text: str) -> str:
    return " ".join(text.split())


def _cut_out(sign: str, article: Article, span: Span) -> str:
    words = _line(article.text[span.start : span.end])
    return f"    {sign} {words}" if words else ""
