"""The row that says why a pipeline proposed an annotation, how sure it is, and which part of it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from newsdesk.model import Annotation
from newsdesk.ui.inspector.form import Form
from newsdesk.ui.plain import plain_label, plain_tip
from newsdesk.ui.suggestions.words import made_by, said_rate, said_sure, why_of


class WhyRow(QObject):
    """Shown for what a pipeline proposed, also once it is decided."""

    def __init__(self, form: Form, at: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = form
        self._said = plain_label("", parent, wrap=True)
        self._row = form.row(at, self.tr("Why"), self._said)

    def show_annotation(self, annotation: Annotation | None) -> None:
        """Show it for an annotation; None, or a person's, hides the row."""
        by = made_by(annotation) if annotation is not None else None
        self._form.show_row(self._row, by is not None)
        if annotation is None or by is None:
            return
        pipeline, part = by
        lines = [why_of(annotation)]
        said = self.tr("{0}, by {1}").format(part, pipeline) if part else pipeline
        sure = annotation.confidence
        lines.append(f"{said_sure(sure)} · {said}" if sure is not None else said)
        self._said.setText("\n".join(filter(None, lines)))
        self._said.setToolTip(plain_tip(said_rate(sure) if sure is not None else ""))
