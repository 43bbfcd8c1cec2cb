"""Evidence for a claim: where it stands, the passage, and what it does to the claim."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.desk.evidencing import cite
from newsdesk.model import Claim, Evidence, NewsdeskError, Stance
from newsdesk.provenance.passages import stands
from newsdesk.ui.claims.evidence_ground import Ground, GroundChoice
from newsdesk.ui.claims.fields import dropped
from newsdesk.ui.inspector.form import Choices, Form
from newsdesk.ui.plain import ElidedLabel, plain_label, scaled_font
from newsdesk.ui.workspaces import Shared

SHOWN = 200_000
"""Code points of a copy that are shown; a passage is looked up in all of them."""
PAUSE = 150
"""Milliseconds without a key before a passage is looked up."""
_AROUND = 32  # characters before and after a passage that say which of several is meant


class EvidenceDialog(QDialog):
    """Asks for evidence for a claim and puts it on record, as one step.

    `evidence` is what was saved, None until then. Run it by `shared.ask.run(dialog)`.
    """

    def __init__(self, shared: Shared, claim_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = shared.desk
        self._claim = shared.desk.get(Claim, claim_id)
        self.evidence: Evidence | None = None
        self._ground: Ground | None = None
        self._picked = ("", "", "")
        self.setWindowTitle(self.tr("Add evidence"))
        self.setAcceptDrops(True)
        em = self.fontMetrics().height()
        self.resize(em * 44, em * 38)
        self._head = ElidedLabel(self)
        self._head.setFont(scaled_font(self._head.font(), 1.1, bold=True))
        self._head.show_text(self._claim.statement)
        self.source = GroundChoice(shared, self)
        self.source.found.connect(self._show_ground)
        self.source.lost.connect(lambda: self._show_ground(None))
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("What stands there"))
        self._text.setPlaceholderText(
            self.tr("The words of the copy appear here. Select those that say so.")
        )
        flags = Qt.TextInteractionFlag
        self._text.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
        )
        self._text.selectionChanged.connect(self._pick)
        self._make_fields(em)
        self._make_buttons()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._judge)
        self._lay_out(em)
        self._judge()

    def _make_fields(self, em: int) -> None:
        self._passage = QPlainTextEdit(self)
        self._passage.setTabChangesFocus(True)
        self._passage.setFixedHeight(em * 4)
        self._passage.setPlaceholderText(self.tr("The words that say so, exactly as they stand"))
        self._passage.textChanged.connect(lambda: self._soon.start())
        self._stands = plain_label("", self, wrap=True)
        self._stance = Choices(self, (), empty=False)
        for stance, said in (
            (Stance.SUPPORTS, self.tr("supports the claim")),
            (Stance.REFUTES, self.tr("refutes the claim")),
            (Stance.CONTEXT, self.tr("gives context")),
        ):
            self._stance.addItem(said, stance)
        self._title = QLineEdit(self)
        self._question = QLineEdit(self)
        self._question.setPlaceholderText(self.tr("What does it answer? (may stay empty)"))

    def _make_buttons(self) -> None:
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._go = QPushButton(self.tr("Add evidence"), self)
        self._buttons.addButton(self._go, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self._save)
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self, em: int) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em // 2)
        layout.addWidget(self._head)
        layout.addWidget(self.source)
        layout.addWidget(self._text, 1)
        form = Form(em)
        layout.addLayout(form)
        form.row(0, self.tr("Passage"), self._passage)
        form.addWidget(self._stands, 1, 1)
        form.row(2, self.tr("Stance"), self._stance)
        form.row(3, self.tr("Title"), self._title)
        form.row(4, self.tr("Question"), self._question)
        layout.addWidget(self._buttons)

    # What stands there

    def _show_ground(self, ground: Ground | None) -> None:
        self._ground = ground
        text = ground.text or "" if ground else ""
        self._text.setPlainText(text[:SHOWN] + ("\n…" if len(text) > SHOWN else ""))
        self._title.setText(ground.title if ground else "")
        self._judge()

    def _pick(self) -> None:
        """Take the selected words as the passage, with what stands around them."""
        cursor = self._text.textCursor()
        words = _plain(cursor.selectedText())
        if not words.strip():
            return
        moves = QTextCursor.MoveOperation
        around = []
        for place, way in (
            (cursor.selectionStart(), moves.PreviousCharacter),
            (cursor.selectionEnd(), moves.NextCharacter),
        ):
            beside = QTextCursor(cursor)
            beside.setPosition(place)
            beside.movePosition(way, QTextCursor.MoveMode.KeepAnchor, _AROUND)
            around.append(_plain(beside.selectedText()).removesuffix("\n…"))
        self._picked = (words, around[0], around[1])
        self._passage.setPlainText(words)

    def _judge(self) -> None:
        """Say whether the passage stands there; only then can it be saved."""
        self._go.setEnabled(False)
        words, ground = self._words, self._ground
        if ground is None:
            self._stands.setText(self.tr("Choose where it stands: an address, a file, an article."))
        elif ground.text is None:
            said = self.tr("No passage can be looked up: the copy {0}.").format(ground.why)
            self._stands.setText(said)
        elif not words.strip():
            self._stands.setText(self.tr("Select the words in the text above, or type them."))
        elif stands(ground.text, words, *self._context):
            self._stands.setText(self.tr("✓ The passage stands there."))
            self._go.setEnabled(not self._desk.read_only)
        else:
            self._stands.setText(self.tr("✗ The passage does not stand there. Compare the words."))

    @property
    def said(self) -> str:
        """What is said of the passage."""
        return self._stands.text()

    @property
    def _words(self) -> str:
        return self._passage.toPlainText()

    @property
    def _context(self) -> tuple[str, str]:
        picked, before, after = self._picked
        return (before, after) if picked == self._words else ("", "")

    # Keeping it

    def _save(self) -> None:
        self._judge()
        ground = self._ground
        if ground is None or not self._go.isEnabled():
            return
        prefix, suffix = self._context
        try:
            self.evidence = cite(
                self._desk,
                self._claim,
                Stance(self._stance.currentData()),
                self._words.strip(),
                prefix=prefix,
                suffix=suffix,
                capture=ground.capture,
                article=ground.article,
                title=self._title.text().strip(),
                question=self._question.text().strip(),
            )
        except NewsdeskError as error:
            self._stands.setText(str(error))
            return
        self.accept()

    def done(self, outcome: int) -> None:
        self.source.stop()
        super().done(outcome)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field fetches or does nothing; with Ctrl it saves, from anywhere."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._save()
            elif isinstance(self.focusWidget(), QPushButton):
                super().keyPressEvent(event)
            return
        super().keyPressEvent(event)

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        what = dropped(event.mimeData())
        QTimer.singleShot(0, self, lambda: self.take(what))

    def take(self, what: Path | str | None) -> None:
        """Read a file that was dropped, or put an address into its field."""
        if isinstance(what, Path):
            self.source.take_file(what)
        elif what:
            self.source.take_address(what)


def _plain(text: str) -> str:
    """What Qt gives as selected, with line feeds in place of its paragraph marks."""
    return text.replace("\u2029", "\n").replace("\u2028", "\n").replace("\xa0", " ")
