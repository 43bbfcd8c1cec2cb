"""The panel of what was found, annotations or mentions, with the acts on all that is ticked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model import Annotation, AnnotationFilter, Revision, Setting, replace
from newsdesk.ui.finding.bulk import Bulk
from newsdesk.ui.finding.filter_bar import FilterBar
from newsdesk.ui.finding.flow import Flow
from newsdesk.ui.finding.found_list import FoundList
from newsdesk.ui.finding.found_row import FoundRow, tick_width
from newsdesk.ui.finding.reading import found_annotations, found_mentions
from newsdesk.ui.icons import icon
from newsdesk.ui.inspector.form import Choices
from newsdesk.ui.long_list import LongList
from newsdesk.ui.plain import counted, plain_label, plain_tip, shortened

if TYPE_CHECKING:
    from newsdesk.desk.mentions import Mention
    from newsdesk.ui.annotate import Annotate
    from newsdesk.ui.window import Window

_PAUSE = 200  # milliseconds after the last letter or change before the desk is asked again
HERE, ALL = "here", "all"


class FindingPanel(QFrame):
    """`wanted` asks for an article at an annotation (its id), `place_wanted` at a Span."""

    said = Signal(str)
    failed = Signal(str)
    wanted = Signal(str, str)
    place_wanted = Signal(str, object)
    closed = Signal()

    def __init__(self, window: Window, parent: Annotate) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self._window = window
        self._asking = parent.asking
        self.like: Annotation | None = None
        self._current = ""
        self._looking = False
        self.model = FoundList(self._asking, self)
        self.bulk = Bulk(window, self)
        self.filters = FilterBar(
            AnnotationFilter, window.desk, self._asking, window.ask, self
        )
        self._make_fields()
        self.view = LongList(self.tr("What was found"), self.model, FoundRow(self), self)
        self._make_buttons()
        self._lay_out(self.fontMetrics().height())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.look)
        self._connect()
        self._tint()
        self.hide()

    # Composition

    def _make_fields(self) -> None:
        self._title = plain_label("", self, bold=True)
        self._words = QLineEdit(self)
        self._words.setPlaceholderText(self.tr("Words tagged"))
        self._words.setAccessibleName(self.tr("Words that the annotation holds"))
        self._words.setClearButtonEnabled(True)
        self._scope = Choices(self, [], empty=False)
        self._scope.setAccessibleName(self.tr("Where to look"))
        self._scope.addItem(self.tr("All articles"), ALL)
        self._scope.addItem(self.tr("This article"), HERE)
        self._case = QCheckBox(self.tr("Match case"), self)
        self._whole = QCheckBox(self.tr("Whole words"), self)
        for box in (self._case, self._whole):
            box.setChecked(True)
        self._count = plain_label("", self, muted=True)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Close the list of what was found"))
        self._close.setToolTip(plain_tip(self.tr("Close (Esc)")))

    def _make_buttons(self) -> None:
        bulk = self.bulk
        self._acts: dict[str, tuple[QPushButton, Callable[[], None]]] = {}
        for name, text, key, do in (
            ("accept", self.tr("Accept"), "Shift+A", bulk.accept),
            ("reject", self.tr("Reject"), "Shift+X", bulk.reject),
            ("relabel", self.tr("Relabel…"), "Shift+L", bulk.relabel),
            ("link", self.tr("Link…"), "Shift+E", bulk.link),
            ("delete", self.tr("Delete"), "Shift+D", bulk.delete),
            ("tag", self.tr("Tag them"), "Shift+T", bulk.tag),
        ):
            button = QPushButton(text, self)
            tip = self.tr("{0} all that are ticked, as one step ({1} in the list)")
            button.setToolTip(plain_tip(tip.format(text.rstrip("…"), key)))
            button.setAutoDefault(False)
            button.clicked.connect(do)
            self._acts[name] = (button, do)

    def _lay_out(self, em: int) -> None:
        top = QHBoxLayout()
        top.setSpacing(em // 2)
        for widget, stretch in (
            (self._title, 0), (self._words, 2), (self._scope, 0), (self._case, 0),
            (self._whole, 0), (self._count, 1), (self._close, 0),
        ):  # fmt: skip
            top.addWidget(widget, stretch)
        acts = QWidget(self)
        flow = Flow(acts, em // 3)
        for button, _ in self._acts.values():
            flow.addWidget(button)
        self._nothing = plain_label("", self, muted=True, wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em // 2, em // 3, em // 2, 0)
        layout.setSpacing(em // 3)
        layout.addLayout(top)
        layout.addWidget(self.filters)
        layout.addWidget(acts)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._nothing, 1)
        self.setMinimumHeight(em * 10)

    def _connect(self) -> None:
        self._close.clicked.connect(self.leave)
        self._words.textEdited.connect(lambda _: self._pause.start())
        self._scope.activated.connect(lambda _: self.look())
        for box in (self._case, self._whole):
            box.toggled.connect(lambda _: self.look())
        self.filters.changed.connect(lambda _: self._narrowed())
        for part in (self.filters, self.model):
            part.failed.connect(self.failed)
        self.bulk.said.connect(self.said)
        self.model.counted.connect(self._say)
        self.view.activated.connect(lambda index: self.open_row(index.row()))
        for watched in (self.view, self.view.viewport(), self._words):
            watched.installEventFilter(self)
        self._window.news.revised.connect(self._follow)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        palette = QApplication.palette()
        self._close.setIcon(icon("close", palette))
        self.filters.tint(palette)

    # Looking

    def look_for(self, *, here: bool = False) -> None:
        """Show annotations, of the open article or of all; the filter stays as it was."""
        self.like = None
        self._scope.setCurrentIndex(self._scope.findData(HERE if here else ALL))
        self._open()
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()

    def find_mentions(self, like: Annotation) -> None:
        """Show where the words of an annotation stand untagged, in all articles."""
        self.like = like
        self._scope.setCurrentIndex(self._scope.findData(ALL))
        self._title.setText(self.tr("Mentions of “{0}”").format(shortened(like.quote, 32)))
        self._open()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open(self) -> None:
        mentions = self.like is not None
        for widget in (self._title, self._case, self._whole):
            widget.setVisible(mentions)
        self._words.setVisible(not mentions)
        self.filters.show_tools(not mentions)
        for name, (button, _) in self._acts.items():
            button.setVisible((name == "tag") is mentions)
        self.show()
        self.look(anew=True)

    @property
    def here(self) -> bool:
        """Whether only the open article is looked at."""
        return self._scope.currentData() == HERE

    @property
    def filter(self) -> AnnotationFilter:
        """What is looked for: what the filter says, within the open article where asked."""
        wanted = self.filters.filter
        article = self._window.annotate.open.article
        return wanted.within(article.id if article else "") if self.here else wanted

    def look(self, *, anew: bool = False) -> None:
        """Ask the desk again; what was taken out stays out, unless it is looked for `anew`."""
        self._pause.stop()
        if self.isHidden():
            return
        self._looking = True
        if self.like is None:
            # The words belong to the filter too: a search is saved with them.
            text = self._words.text().strip()
            self.filters.set_filter(replace(self.filters.filter, text=text), tell=False)
            wanted = self.filter
            self._asking.ask(
                "found", lambda desk: found_annotations(desk, wanted),
                lambda found: self._show(*found, keep=not anew), self._refused,
            )  # fmt: skip
        else:
            self._look_for_mentions(self.like)

    def _look_for_mentions(self, like: Annotation) -> None:
        self._asking.drop("found")
        options = {
            "everywhere": not self.here,
            "match_case": self._case.isChecked(),
            "whole_words": self._whole.isChecked(),
        }
        self.model.show([], lambda desk, keys: [])
        self.bulk.look_for_mentions(like, options, self._show_mentions, self._refused)

    def _show_mentions(self, like: Annotation, found: list[Mention]) -> None:
        if self.like is like:
            labels = self._window.annotate.open.labels
            self._show(found, found_mentions(labels.get(like.label)), keep=False)

    def _show(self, keys, read, *, keep: bool) -> None:
        self._looking = False
        row = self.view.currentIndex().row()
        current = self.model.key(row) if 0 <= row < len(self.model.keys) else None
        self.model.show(keys, read, keep_out=keep)
        at = next((n for n, key in enumerate(keys) if key == current), row if keep else 0)
        if keys:
            index = self.model.index(min(max(at, 0), len(keys) - 1))
            self.view.setCurrentIndex(index)

    def _refused(self, said: str) -> None:
        self._looking = False
        self._say()
        if said:
            self.failed.emit(said)

    def _narrowed(self) -> None:
        if self.filters.filter.text != self._words.text().strip():
            self._words.setText(self.filters.filter.text)
        self.look(anew=True)

    def _say(self) -> None:
        found, chosen = len(self.model.keys), self.model.chosen_count
        one, many = self.tr("1 found"), self.tr("{0} found")
        said = counted(found, one, many)
        if chosen != found:
            said = self.tr("{0} of {1} ticked").format(f"{chosen:,}", f"{found:,}")
        self._count.setText(said)
        writable = not self._window.desk.read_only
        for button, _ in self._acts.values():
            button.setEnabled(chosen > 0 and writable)
        self.view.setVisible(found > 0)
        self._nothing.setVisible(found == 0)
        self._nothing.setText(
            self.tr("Looking…")
            if self._looking
            else self.tr("Nothing was found. Take a filter away, or look in all articles.")
        )

    # Going there

    def open_row(self, row: int) -> None:
        """Open what stands on a row, in its article."""
        if not 0 <= row < len(self.model.keys):
            return
        self.view.setCurrentIndex(self.model.index(row))
        key = self.model.key(row)
        if self.like is not None:
            self.place_wanted.emit(key.article, key.span)
            return
        found = self.model.need(row)
        if found is not None:
            self.wanted.emit(found.article, key)

    def step(self, by: int) -> None:
        """Open the next of what was found, or with -1 the one before."""
        if self.isVisible() and self.model.keys:
            self.open_row((self.view.currentIndex().row() + by) % len(self.model.keys))

    def leave(self) -> None:
        """Close the panel."""
        if self.isVisible():
            self.hide()
            self.model.show([], lambda desk, keys: [])
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if watched is self.view and _is_ours(event):
                event.accept()
            return False
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            return watched is self.view.viewport() and self._click(event.position().toPoint())
        return False

    def _press(self, watched: QObject, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.leave()
            return True
        if watched is self._words:
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._pause.isActive():
                    self.look()
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            return False
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        act = _KEYS.get(key) if shift else None
        if act is not None:
            button, do = self._acts[act]
            if button.isVisible() and button.isEnabled():
                do()
        elif key == Qt.Key.Key_Space and not event.modifiers():
            self.model.toggle(self.view.currentIndex().row())
        elif key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.model.toggle_all()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_row(self.view.currentIndex().row())
        else:
            return False
        return True

    def _click(self, point: QPoint) -> bool:
        index: QModelIndex = self.view.indexAt(point)
        if not index.isValid():
            return False
        line = self.fontMetrics().lineSpacing()
        if point.x() < line // 2 + tick_width(line):
            self.model.toggle(index.row())
        else:
            self.open_row(index.row())
        return False

    # What the desk announces

    def _follow(self, revision: Revision) -> None:
        if self.isHidden() or self.like is not None:
            return
        if revision.edits is None or any(
            not isinstance(edit.record, Setting) for edit in revision.edits
        ):
            self._pause.start()
        self.filters.follow(revision)

    def article_changed(self) -> None:
        """Look again, where only the open article is looked at and it is another one."""
        article = self._window.annotate.open.article
        id = article.id if article else ""
        if id != self._current:
            self._current = id
            if self.here and self.like is None:
                self.look(anew=True)


def _is_ours(event: QKeyEvent) -> bool:
    """Whether a key belongs to the list, whatever it would mean elsewhere in the window."""
    shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    key = Qt.Key(event.key())
    return (shift and key in _KEYS) or (control and key == Qt.Key.Key_A) or key in _PLAIN


_PLAIN = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
_KEYS = {
    Qt.Key.Key_A: "accept",
    Qt.Key.Key_X: "reject",
    Qt.Key.Key_L: "relabel",
    Qt.Key.Key_E: "link",
    Qt.Key.Key_D: "delete",
    Qt.Key.Key_T: "tag",
}
