"""The rows of who said it: speaker, cue and hops of a quote or claim, or what a speaker said."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolButton, QWidget

from newsdesk.desk import Desk
from newsdesk.model import (
    Annotation,
    Assertion,
    Attitude,
    Attribution,
    Channel,
    Layer,
    Manner,
    Source,
)
from newsdesk.ui.editing import Editing
from newsdesk.ui.icons import icon
from newsdesk.ui.inspector.form import Choices, Form, Way
from newsdesk.ui.open_article import OpenArticle
from newsdesk.ui.plain import plain_label, plain_tip, shortened

_HOW = (("manner", Manner), ("attitude", Attitude), ("assertion", Assertion), ("channel", Channel))


class HopRows(QObject):
    """Shows the attributions of the selected annotation; `jump` gives the annotation to go to."""

    jump = Signal(str)

    def __init__(
        self, form: Form, first: int, open_article: OpenArticle, editing: Editing, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._form, self._first = form, first
        self._open, self._editing, self._parent = open_article, editing, parent
        self._rows: list[QLabel] = []
        self._shown: object = None

    def show_annotation(self, annotation: Annotation | None, desk: Desk) -> None:
        """Show who said an annotation's words, or what its words say of others."""
        shown = self._to_show(annotation)
        if shown == self._shown:
            return
        self._shown = shown
        for row in self._rows:
            self._form.drop_row(row)
        self._rows = []
        if annotation is None:
            return
        if self._open.is_content(annotation):
            self._show_hops(self._open.hops_of(annotation.id), desk)
        else:
            for content in self._contents(annotation):
                self._add(self._role(annotation, content), self._way(content.id, content.quote))

    def _to_show(self, annotation: Annotation | None) -> object:
        """A value that changes when the rows must."""
        if annotation is None:
            return None
        if self._open.is_content(annotation):
            hops = self._open.hops_of(annotation.id)
            marks = [
                self._open.annotations.get(id or "") for hop in hops for id in _marks_of(hop)
            ]
            return annotation.id, hops, marks
        return annotation.id, self._contents(annotation)

    def _contents(self, annotation: Annotation) -> list[Annotation]:
        found = (self._open.annotations.get(id) for id in self._open.ties_of(annotation))
        return [one for one in found if one is not None and self._open.is_content(one)]

    def _role(self, annotation: Annotation, content: Annotation) -> str:
        if self._open.layer_of(annotation) is Layer.CUE:
            return self.tr("Cue of")
        hops = self._open.hops_of(content.id)
        origin = any(hop.source_mention == annotation.id and hop.hop == 0 for hop in hops)
        return self.tr("Says") if origin else self.tr("Passes on")

    def _show_hops(self, hops: list[Attribution], desk: Desk) -> None:
        sources = desk.get_all(Source, [hop.source for hop in hops if hop.source])
        first = next((hop for hop in hops if hop.hop == 0), None)
        self._part(self.tr("Speaker"), "S", first, "source_mention", sources)
        self._part(self.tr("Cue"), "U", first, "cue", sources)
        for hop in hops:
            if hop.hop > 0:
                self._part(self.tr("Via"), "V", hop, "source_mention", sources)
        if first is not None:
            names = (
                self.tr("Manner"),
                self.tr("Attitude"),
                self.tr("Firmness"),
                self.tr("Channel"),
            )
            for name, (field, kind) in zip(names, _HOW, strict=True):
                self._add(name, self._how(first, field, kind))

    def _part(
        self,
        name: str,
        key: str,
        hop: Attribution | None,
        part: str,
        sources: dict[str, Source],
    ) -> None:
        """One part of a hop: words to jump to, or how to mark them."""
        mark = self._open.annotations.get(getattr(hop, part) or "") if hop else None
        if mark is not None and hop is not None:
            self._add(name, self._way(mark.id, mark.quote, self._remover(hop, part, name)))
            return
        source = sources.get(hop.source or "") if hop and part == "source_mention" else None
        if source is not None:
            said = shortened(source.description, 60)
        elif hop is not None and hop.orphan and part == "source_mention":
            said = self.tr("the text names none")
        else:
            said = self.tr("select it and press {0}").format(key)
        self._add(name, plain_label(said, self._parent, muted=source is None))

    def _remover(self, hop: Attribution, part: str, name: str) -> QToolButton | None:
        if part != "source_mention":
            return None
        button = QToolButton(self._parent)
        button.setIcon(icon("close", QApplication.palette()))
        button.setAutoRaise(True)
        button.setAccessibleName(self.tr("Remove: {0}").format(name))
        button.setToolTip(plain_tip(self.tr("Remove this attribution")))
        button.clicked.connect(lambda: self._editing.remove_hop(hop))
        return button

    def _way(self, id: str, words: str, remover: QToolButton | None = None) -> QWidget:
        way = Way(self._parent)
        way.show_words(words)
        way.clicked.connect(lambda: self.jump.emit(id))
        if remover is None:
            return way
        both = QWidget(self._parent)
        layout = QHBoxLayout(both)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(way, 1)
        layout.addWidget(remover)
        return both

    def _how(self, hop: Attribution, field: str, kind: type[StrEnum]) -> Choices:
        choice = Choices(self._parent, [value.value for value in kind], empty=True)
        now = getattr(hop, field)
        choice.show_value(now.value if now else None)
        choice.activated.connect(self._setter(hop, field, kind, choice))
        return choice

    def _setter(
        self, hop: Attribution, field: str, kind: type[StrEnum], choice: Choices
    ) -> Callable[[int], None]:
        def write(row: int) -> None:
            chosen = choice.itemData(row)
            value = kind(chosen) if chosen else None
            if value != getattr(hop, field):
                self._editing.set_hop(hop, **{field: value})

        return write

    def _add(self, name: str, field: QWidget) -> None:
        row = self._form.row(self._first + len(self._rows), name, field)
        field.show()
        row.show()
        self._rows.append(row)


def _marks_of(hop: Attribution) -> tuple[str | None, str | None]:
    return hop.source_mention, hop.cue
