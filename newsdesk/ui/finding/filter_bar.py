"""A button that opens the form of a filter, the saved searches, and a chip for each narrowing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from newsdesk.desk import Desk, finding
from newsdesk.model import AnnotationFilter, Label, NewsdeskError, Revision, Setting
from newsdesk.model.filters import Filter
from newsdesk.ui.ask import Ask
from newsdesk.ui.finding.asking import Asker
from newsdesk.ui.finding.criteria import Criterion, criteria_of
from newsdesk.ui.finding.filter_form import FilterForm, Values
from newsdesk.ui.finding.flow import Flow
from newsdesk.ui.icons import icon
from newsdesk.ui.plain import plain_tip, shortened

_WIDEST = 28  # code points of a chip


class FilterBar(QWidget):
    """Shows and changes a filter; `changed` gives it. `failed` is for the message bar."""

    changed = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        kind: type[Filter],
        desk: Desk,
        asking: Asker,
        ask: Ask | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.filter: Any = kind()
        self._kind, self._desk, self._asking, self._ask = kind, desk, asking, ask
        self._criteria = criteria_of(kind)
        self._form: FilterForm | None = None
        self._offered: dict[str, Values] = {}
        self._button = self._tool(self.tr("Filter"), self.tr("Narrow the list"), self.open)
        self._saved = self._tool(self.tr("Saved"), self.tr("Saved searches"), self.open_saved)
        em = self.fontMetrics().height()
        top = QHBoxLayout()
        top.setSpacing(em // 3)
        for tool in (self._button, self._saved):
            top.addWidget(tool)
        top.addStretch(1)
        self.corner = top
        self._chips = QWidget(self)
        self._flow = Flow(self._chips, em // 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em // 4)
        layout.addLayout(top)
        layout.addWidget(self._chips)
        self._show_chips()

    def _tool(self, text: str, tip: str, do: Callable[[], None]) -> QToolButton:
        tool = QToolButton(self)
        tool.setText(text)
        tool.setAccessibleName(tip)
        tool.setToolTip(plain_tip(tip))
        tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tool.clicked.connect(do)
        return tool

    def tint(self, palette: QPalette) -> None:
        """Draw icons in the palette's colours."""
        arrow = icon("menu-down", palette)
        for tool in (self._button, self._saved):
            tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            tool.setIcon(arrow)

    def show_tools(self, shown: bool) -> None:
        """Show the buttons and chips, or nothing but what stands in the corner."""
        for tool in (self._button, self._saved):
            tool.setVisible(shown)
        self._chips.setVisible(shown and self.narrowed)

    def set_filter(self, filter: Filter, *, tell: bool = True) -> None:
        """Show another filter."""
        if filter == self.filter:
            return
        self.filter = filter
        self._show_chips()
        if self._form is not None and self._form.isVisible():
            self._form.show_filter(filter)
            self._offer()
        if tell:
            self.changed.emit(filter)

    @property
    def narrowed(self) -> bool:
        """Whether any criterion is given."""
        return any(one.given(self.filter) for one in self._criteria)

    # The form

    def open(self) -> None:
        """Open the form, with how many each choice would give."""
        if self._form is None:
            self._form = FilterForm(self.window(), self._criteria)
            self._form.changed.connect(self.set_filter)
        self._form.show_values(lambda one: self._offered.get(one.field, []))
        self._form.open(self.filter, self._button)
        self._offer()

    def _offer(self) -> None:
        self._asking.ask(f"values {self._kind.__name__}", self._values, self._take, self._refused)

    def _refused(self, said: str) -> None:
        self.failed.emit(said)

    def _values(self, desk: Desk) -> tuple[Any, list[str], list[Label]]:
        """What the choices are, with their counts: asked off the window's thread."""
        articles = self.filter.articles if self._kind is AnnotationFilter else self.filter
        counts = finding.article_counts(desk, articles)
        return counts, finding.annotators(desk), desk.codebook()

    def _take(self, answer: tuple[Any, list[str], list[Label]]) -> None:
        counts, authors, labels = answer
        prefix = "articles." if self._kind is AnnotationFilter else ""
        self._offered = {
            f"{prefix}outlets": _counted(counts.outlets),
            f"{prefix}languages": _counted(counts.languages),
            "labels": [(name, name) for name in dict.fromkeys(one.name for one in labels)],
            "authors": [(name, name) for name in authors],
        }
        for one in self._criteria:
            if one.names and one.field not in self._offered:
                self._offered[one.field] = list(one.names.items())
        if not prefix:
            self._offered["statuses"] = [
                (one, f"{text} ({counts.statuses.get(one, 0):,})")
                for one, text in self._offered["statuses"]
            ]
        if self._form is not None and self._form.isVisible():
            self._form.show_values(lambda one: self._offered.get(one.field, []))

    # Chips

    def _show_chips(self) -> None:
        while item := self._flow.takeAt(0):
            if chip := item.widget():
                chip.hide()
                chip.deleteLater()
        given = [one for one in self._criteria if one.given(self.filter)]
        for one in given:
            self._flow.addWidget(self._chip(one))
        self._chips.setVisible(bool(given))
        self._flow.invalidate()

    def _chip(self, criterion: Criterion) -> QToolButton:
        said = criterion.said(self.filter)
        chip = QToolButton(self._chips)
        chip.setObjectName("chip")
        chip.setText(f"{shortened(said, _WIDEST)} ×".replace("&", "&&"))
        tip = self.tr("Filter “{0}”: press to take it away").format(said)
        chip.setAccessibleName(tip)
        chip.setToolTip(plain_tip(tip))
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(lambda: self._take_away(criterion))
        chip.show()
        return chip

    def _take_away(self, criterion: Criterion) -> None:
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.set_filter(criterion.cleared(self.filter))

    # Saved searches

    def open_saved(self) -> None:
        """Offer the searches that the desk keeps, to keep this one, and to forget one."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        kept = [one for one in finding.saved_searches(self._desk) if type(one.filter) is self._kind]
        for one in kept:
            act = menu.addAction(_mnemonic_free(one.name))
            act.triggered.connect(lambda _=False, found=one.filter: self.set_filter(found))
        if not kept:
            menu.addAction(self.tr("No search is saved yet")).setEnabled(False)
        menu.addSeparator()
        keep = menu.addAction(self.tr("Save this search…"), self._save)
        keep.setEnabled(self.filter != self._kind() and not self._desk.read_only)
        if kept and not self._desk.read_only:
            forget = menu.addMenu(self.tr("Forget"))
            for one in kept:
                act = forget.addAction(_mnemonic_free(one.name))
                act.triggered.connect(lambda _=False, name=one.name: self._forget(name))
        menu.popup(self._saved.mapToGlobal(self._saved.rect().bottomLeft()))

    def _save(self) -> None:
        title, prompt = self.tr("Save this search"), self.tr("Its name:")
        name = self._ask.text(self, title, prompt, "") if self._ask is not None else ""
        if name:
            self._do(lambda: finding.save_search(self._desk, name, self.filter))

    def _forget(self, name: str) -> None:
        self._do(lambda: finding.forget_search(self._desk, name))

    def _do(self, work: Callable[[], object]) -> None:
        try:
            work()
        except NewsdeskError as error:
            self.failed.emit(str(error))

    def follow(self, revision: Revision) -> None:
        """Count anew, where the form shows counts."""
        if self._form is None or not self._form.isVisible():
            return
        if revision.edits is None or not all(isinstance(e.record, Setting) for e in revision.edits):
            self._offer()


def _counted(counts: dict[str, int]) -> Values:
    return [(name, f"{name} ({count:,})") for name, count in counts.items()]


def _mnemonic_free(text: str) -> str:
    return text.replace("&", "&&")
