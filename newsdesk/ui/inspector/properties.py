"""The properties of the selected annotation, each of which can be changed where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from newsdesk.desk import Desk
from newsdesk.model import HUMAN, Annotation, Entity, Layer
from newsdesk.ui.editing import Editing
from newsdesk.ui.inspector.asked_rows import AskedRows, VersionRow
from newsdesk.ui.inspector.claim_rows import ClaimRows
from newsdesk.ui.inspector.form import Form, Way
from newsdesk.ui.inspector.heading import Heading
from newsdesk.ui.inspector.hop_rows import HopRows
from newsdesk.ui.inspector.why_row import WhyRow
from newsdesk.ui.note_box import NoteField
from newsdesk.ui.open_article import OpenArticle
from newsdesk.ui.plain import plain_label, shortened

_WHY = 1
_ENTITY, _HOPS, _CLAIM, _ATTRIBUTES, _VERSION, _NOTE, _FOOT = 2, 10, 60, 80, 199, 200, 201
MENTIONS = (Layer.ENTITY, Layer.SOURCE)
"""The layers whose words name somebody or something of the register."""


class Properties(QScrollArea):
    """Shows one annotation; `jump` asks for another to be shown, by its id."""

    jump = Signal(str)
    left = Signal()

    def __init__(
        self,
        desk: Desk,
        open_article: OpenArticle,
        editing: Editing,
        heading: Heading,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._open = open_article
        self._editing = editing
        self._annotation: Annotation | None = None
        self.setObjectName("plain")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        em = self.fontMetrics().height()
        self._inside = QWidget(self)
        self._inside.setEnabled(not desk.read_only)
        outer = QVBoxLayout(self._inside)
        outer.setContentsMargins(em * 2 // 3, em // 2, em * 2 // 3, em // 2)
        self._heading = heading
        self._form = Form(em)
        outer.addWidget(heading)
        outer.addLayout(self._form)
        outer.addStretch(1)
        self._rows(em)
        self.setWidget(self._inside)
        self.show_annotation(None)

    def _rows(self, em: int) -> None:
        self._quote = plain_label("", self._inside, wrap=True)
        self._form.addWidget(self._quote, 0, 0, 1, 2)
        self._why = WhyRow(self._form, _WHY, self._inside)
        self._entity = Way(self._inside)
        self._entity.clicked.connect(self._editing.link)
        self._entity_row = self._form.row(_ENTITY, self.tr("Entity"), self._entity)
        self._hops = HopRows(self._form, _HOPS, self._open, self._editing, self._inside)
        self._hops.jump.connect(self.jump)
        self._claim = ClaimRows(self._form, _CLAIM, self._editing, self._inside)
        self._asked = AskedRows(self._form, _ATTRIBUTES, self._editing, self._inside)
        self._asked.left.connect(self.left)
        self._version = VersionRow(self._form, _VERSION, self._review, self._inside)
        self._note = NoteField(2, self._inside)
        self._note.committed.connect(self._write_note)
        self._note.left.connect(self.left)
        self._claim.statement.left.connect(self.left)
        self._note_row = self._form.row(_NOTE, self.tr("Note"), self._note)
        self._foot = plain_label("", self._inside, wrap=True, muted=True, scale=0.92)
        self._form.addWidget(self._foot, _FOOT, 0, 1, 2)

    def show_annotation(self, annotation: Annotation | None) -> None:
        """Show an annotation; None says how to get one."""
        self._commit_before(annotation)
        self._annotation = annotation
        shown = annotation is not None
        self._heading.show_annotation(annotation)
        self._form.show_row(self._note_row, shown)
        self._why.show_annotation(annotation)
        label = self._open.labels.get(annotation.label) if annotation else None
        mention = label is not None and label.layer in MENTIONS
        self._form.show_row(self._entity_row, mention)
        self._hops.show_annotation(annotation, self._desk)
        claim = self._open.claims.get(annotation.claim or "") if annotation else None
        self._claim.show_claim(claim)
        self._asked.show_annotation(annotation, label)
        self._version.show_annotation(annotation, label)
        self._order_tabs()
        if annotation is None:
            self._quote.setText(
                self.tr("Select words and press a key of the codebook to tag them. "
                        "Tab goes to the next annotation.")
            )
            self._foot.setText("")
            return
        self._quote.setText(f"“{shortened(annotation.quote, 220)}”")
        if mention:
            self._entity.show_words(self._entity_name(annotation) or self.tr("Link to an entity…"))
        self._note.show_text(annotation.note)
        self._foot.setText(self._origin(annotation))

    def first_field(self) -> QWidget | None:
        """The field that is most likely wanted: a claim's statement, what the codebook asks, or
        the note; None where nothing is selected."""
        if self._annotation is None or not self._inside.isEnabled():
            return None
        if self._claim.statement.isVisibleTo(self._inside):
            return self._claim.statement
        return self._asked.first_missing or next(iter(self._asked.fields), self._note)

    def edit_missing(self) -> None:
        """Put the keyboard into the first field that must be answered and is not."""
        field = self._asked.first_missing
        if field is not None:
            self.ensureWidgetVisible(field)
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _order_tabs(self) -> None:
        """Tab goes down the fields, also through those that came later than the note."""
        before: QWidget = self._claim.last_field
        for field in (*self._asked.fields, self._version.field, self._note):
            self.setTabOrder(before, field)
            before = field

    def commit(self) -> None:
        """Keep what is being typed."""
        self._commit_before(None)

    def set_held(self, held: bool) -> None:
        """Grey the fields, or let them be changed again."""
        self._inside.setEnabled(not held and not self._desk.read_only)

    def _commit_before(self, annotation: Annotation | None) -> None:
        """What is being typed belongs to the annotation that is left."""
        left = self._annotation
        if left is not None and (annotation is None or annotation.id != left.id):
            self._note.commit()
            self._claim.commit()
            self._asked.commit()

    def _review(self) -> None:
        self._editing.review()
        self.left.emit()  # the button goes, and the keyboard must not go astray with it

    def _write_note(self, text: str) -> None:
        if self._annotation is not None:
            self._editing.write_note(self._annotation, text)

    def _entity_name(self, annotation: Annotation) -> str:
        if annotation.entity is None:
            return ""
        found = self._desk.get_all(Entity, [annotation.entity])
        return found[annotation.entity].name if annotation.entity in found else ""

    def _origin(self, annotation: Annotation) -> str:
        where = ", ".join(f"{start:,}–{end:,}" for start, end in annotation.spans)
        parts = [self.tr("Characters {0}").format(where)]
        if annotation.origin == HUMAN:
            parts.append(self.tr("tagged by {0}").format(annotation.author or self.tr("unknown")))
        elif annotation.author:
            parts.append(self.tr("decided by {0}").format(annotation.author))
        label = self._open.labels.get(annotation.label)
        if label is not None and label.version != annotation.label_version:
            parts.append(self.tr("codebook version {0}").format(annotation.label_version))
        return "  ·  ".join(parts)
