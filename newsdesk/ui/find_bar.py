"""The bar that finds words in the open article, as they are typed: n of m."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from newsdesk.model import Span
from newsdesk.model.matching import MOST, Sought, matches, matches_by_parts
from newsdesk.ui.finding.matcher import Matcher
from newsdesk.ui.icons import icon
from newsdesk.ui.plain import ElidedLabel, plain_tip

AT_ONCE = 400_000
"""Code points that are searched within a key press; a longer text is searched part by part."""
PART = 150_000
"""Code points of a long text that are searched before the window may do something else."""
_PAUSE = 60  # milliseconds after the last letter before a long text is searched


class FindBar(QFrame):
    """Searches the text that it is given; `found` gives the span to be shown, None for none."""

    found = Signal(object)
    closed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self._text = ""
        self._start = 0
        self._matches: Sequence[Span] = []
        self._at = -1
        self._wrong = ""
        self._show_first = True
        self._parts: Iterator[list[Span]] | None = None
        self._waits = False
        self._matcher = Matcher(self)
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(self.tr("Find in this article"))
        self._field.setAccessibleName(self.tr("Find in this article"))
        self._field.setClearButtonEnabled(True)
        self._count = ElidedLabel(self, muted=True)
        self._options: dict[str, QToolButton] = {}
        self._buttons: dict[str, QToolButton] = {}
        self._lay_out(self.fontMetrics().height())
        self._pause = self._timer(_PAUSE, self._search)
        self._next_part = self._timer(0, self._search_part)
        self._field.textEdited.connect(lambda _: self._pause.start())
        self._field.installEventFilter(self)
        self._matcher.found.connect(self._take)
        self._matcher.failed.connect(self._fail)
        self.hide()

    def _lay_out(self, em: int) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._count.setSizePolicy(policy)
        self._count.setMinimumWidth(self.fontMetrics().averageCharWidth() * 12)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(em, em // 3, em // 2, em // 3)
        layout.addWidget(self._field, 3)
        for name, text, tip in (
            ("case", self.tr("Aa"), self.tr("Match case (Alt+C)")),
            ("whole", self.tr("“W”"), self.tr("Whole words (Alt+W)")),
            ("expression", self.tr(".*"), self.tr("Regular expression (Alt+R)")),
        ):
            option = self._tool(tip)
            option.setText(text)
            option.setCheckable(True)
            option.toggled.connect(lambda _: self._search())
            layout.addWidget(option)
            self._options[name] = option
        layout.addWidget(self._count, 2)
        for name, tip, do in (
            ("previous", self.tr("Previous match"), lambda: self.step(-1)),
            ("next", self.tr("Next match"), lambda: self.step(1)),
            ("close", self.tr("Close the find bar"), self.close_bar),
        ):
            button = self._tool(tip)
            button.clicked.connect(do)
            layout.addWidget(button)
            self._buttons[name] = button

    def _tool(self, tip: str) -> QToolButton:
        tool = QToolButton(self)
        tool.setAccessibleName(tip.partition(" (")[0])
        tool.setToolTip(plain_tip(tip))
        return tool

    def _timer(self, milliseconds: int, do) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(do)
        return timer

    @property
    def has_matches(self) -> bool:
        """Whether there is anything to step through."""
        return bool(self._matches)

    @property
    def searching(self) -> bool:
        """Whether more matches may come."""
        return self._parts is not None or self._waits

    @property
    def sought(self) -> Sought:
        """What is looked for."""
        case, whole, expression = (one.isChecked() for one in self._options.values())
        return Sought(self._field.text(), case, whole, expression)

    def tint(self, palette: QPalette) -> None:
        """Draw the buttons in the palette's colours."""
        for name, button in self._buttons.items():
            button.setIcon(icon(name, palette))

    def set_text(self, text: str) -> None:
        """Search this text from now on."""
        self._text = text
        self._begin()
        if self.isVisible() and self._field.text():
            self._search(show=False)
        else:
            self._say()

    def open(self, words: str = "", start: int = 0) -> None:
        """Show the bar, with these words if there are any, searching from code point `start`."""
        self._start = start
        if words:
            self._field.setText(words)
            self._options["expression"].setChecked(False)
        self.show()
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._field.text():
            self._search(show=False)

    def close_bar(self) -> None:
        """Hide the bar; what was found stays selected."""
        self.hide()
        self.closed.emit()

    def stop(self) -> None:
        """Look for nothing more."""
        self._begin()
        self._pause.stop()
        self._matcher.stop()

    def step(self, by: int) -> None:
        """Go to the next match, or with -1 to the one before; around the ends."""
        self._flush()
        if not self._matches:
            return
        self._at = (self._at + by) % len(self._matches)
        self._say()
        self.found.emit(self._matches[self._at])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        option = self._options.get(_OPTIONS.get(Qt.Key(event.key()), ""))
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.type() == QEvent.Type.ShortcutOverride and alt and option is not None:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            if alt and option is not None:
                option.toggle()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._flush()
                self.close_bar()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.step(-1 if back else 1)
                return True
        return False

    def _flush(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._search()

    # Searching: at once, part by part, or elsewhere

    def _begin(self) -> None:
        self._matches, self._at, self._wrong = [], -1, ""
        self._parts, self._waits = None, False
        self._next_part.stop()
        self._matcher.drop()

    def _search(self, show: bool = True) -> None:
        self._begin()
        self._show_first = show
        sought = self.sought
        if not sought.words or not self._text:
            self._say()
        elif sought.expression:
            self._waits = True
            self._matcher.ask(self._text, sought)
            self._say()
        elif len(self._text) <= AT_ONCE:
            self._take(matches(self._text, sought))
        else:
            self._so_far: list[Span] = []
            self._parts = matches_by_parts(self._text, sought, PART)
            self._search_part()

    def _search_part(self) -> None:
        if self._parts is None:
            return
        more = next(self._parts, None)
        if more is not None:
            self._so_far += more
            self._matches = self._so_far
            if len(self._matches) < MOST:
                self._say()
                self._next_part.start()
                return
        self._take(self._matches[:MOST])

    def _take(self, found: Sequence[Span]) -> None:
        self._matches, self._parts, self._waits = found, None, False
        if self._matches and self._at < 0:
            self._at = bisect_left(self._matches, Span(self._start, 0)) % len(self._matches)
            if self._show_first:
                self.found.emit(self._matches[self._at])
            else:
                self._at -= 1
        self._say()

    def _fail(self, said: str) -> None:
        self._waits = False
        self._wrong = said
        self._say()

    def _say(self) -> None:
        total = f"{len(self._matches):,}"
        if not self._field.text():
            said = ""
        elif self._wrong:
            said = self._wrong
        elif self.searching:
            said = self.tr("{0} so far…").format(total) if self._matches else self.tr("Searching…")
        elif not self._matches:
            said = self.tr("Not found")
        elif self._at < 0:
            said = self.tr("{0} found").format(total)
        else:
            said = self.tr("{0} of {1}").format(f"{self._at + 1:,}", total)
        self._count.show_text(said)
        self.changed.emit()


_OPTIONS = {Qt.Key.Key_C: "case", Qt.Key.Key_W: "whole", Qt.Key.Key_R: "expression"}
