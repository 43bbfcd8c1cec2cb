"""Drives the window as a person would: real keys, real clicks, and eyes for what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QStatusBar,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from newsdesk.model import Annotation, Span
from newsdesk.ui.ask import Ask
from newsdesk.ui.plain import ElidedLabel
from newsdesk.ui.window import Window

PATIENCE = 10_000
"""Milliseconds that a robot waits for what must come; a slow machine is no failure."""


class Answers(Ask):
    """Answers in place of dialogs. What nobody prepared fails the test."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.paths: list[Path | None] = []
        self.yes: list[bool] = []
        self.texts: list[str] = []
        self.dialogs: list[Callable[[QDialog], object]] = []

    def files(self, parent, title, filters="") -> list[Path]:
        found = self._path(title)
        return [found] if found else []

    def file(self, parent, title, filters="") -> Path | None:
        return self._path(title)

    def folder(self, parent, title) -> Path | None:
        return self._path(title)

    def new_file(self, parent, title, suggested, filters="") -> Path | None:
        return self._path(title)

    def sure(self, parent, title, text, act) -> bool:
        return self._next(self.yes, title)

    def text(self, parent, title, prompt, text) -> str:
        return self._next(self.texts, title)

    def run(self, dialog: QDialog) -> bool:
        act = self._next(self.dialogs, dialog.windowTitle())
        dialog.show()
        QTest.qWaitForWindowExposed(dialog)
        dialog.activateWindow()
        act(dialog)
        done = dialog.result() == QDialog.DialogCode.Accepted
        dialog.hide()
        return done

    def _path(self, title: str) -> Path | None:
        return self._next(self.paths, title)

    def _next(self, prepared: list, title: str):
        self.asked.append(title)
        assert prepared, f"nobody prepared an answer to “{title}”"
        return prepared.pop(0)


class Robot:
    """A person at the window."""

    def __init__(self, window: Window) -> None:
        self.window = window
        window.show()
        QTest.qWaitForWindowExposed(window)
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window, PATIENCE), "the window did not become active"
        self.rest()

    # Time

    def rest(self) -> None:
        """Let everything that is due happen."""
        QApplication.processEvents()
        while not self.window.settled:
            QTest.qWait(2)
        for _ in range(3):
            QApplication.processEvents()
            QApplication.sendPostedEvents()

    def wait(self, until: Callable[[], object], what: str = "") -> None:
        """Wait until something is so."""
        left = PATIENCE
        while not until() and left > 0:
            QTest.qWait(10)
            left -= 10
        assert until(), what or "it did not happen"
        self.rest()

    # Hands

    def attend(self) -> None:
        """Turn to this robot's window, where another one or none is in front."""
        front = QApplication.activeWindow()
        if front is None or (isinstance(front, Window) and front is not self.window):
            self.window.activateWindow()
            assert QTest.qWaitForWindowActive(self.window, PATIENCE)
            self.rest()

    def press(self, *keys: str) -> None:
        """Press keys such as `1`, `Ctrl+Z`, `Shift+Tab`, on whatever has the focus."""
        self.attend()
        for key in keys:
            found = QKeySequence(key)
            assert found.count() == 1, f"{key} is no key"
            combined = found[0]
            code = combined.key()
            modifiers = combined.keyboardModifiers()
            if code == Qt.Key.Key_Tab and modifiers & Qt.KeyboardModifier.ShiftModifier:
                code = Qt.Key.Key_Backtab  # what Shift+Tab is to Qt
            QTest.keyClick(self.focus, code, modifiers)
            self.rest()

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self.focus, letter)
            else:  # no key has it: it comes as from an input method
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(self.focus, event)
        self.rest()

    @property
    def focus(self) -> QWidget:
        """What has the focus."""
        found = QApplication.focusWidget()
        return found if found is not None else self.window

    def click(self, what: str, *, double: bool = False, within: QWidget | None = None) -> None:
        """Click on a button, a row of a list, or a label, by what stands on it."""
        widget, place = self._find(what, within)
        press = QTest.mouseDClick if double else QTest.mouseClick
        press(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        self.rest()

    def right_click_row(self, what: str, within: QWidget) -> QMenu:
        """Open the menu of a row of a list."""
        return self._menu_at(*self._find(what, within))

    def right_click_words(self, words: str, nth: int = 0) -> QMenu:
        """Open the menu of words of the text."""
        start = self._span(words, nth).start  # the words may be parted by the end of a line
        box = self._box(Span(start, start + 1))
        return self._menu_at(self.window.reader.viewport(), box.center().toPoint())

    def _menu_at(self, widget: QWidget, place: QPoint) -> QMenu:
        QTest.mouseClick(widget, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, place)
        # Offscreen, no window system makes the event of a menu out of that click.
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, place, widget.mapToGlobal(place))
        QApplication.sendEvent(widget, event)
        self.rest()
        found = QApplication.activePopupWidget()
        assert isinstance(found, QMenu), "no menu opened"
        return found

    def menu(self, *way: str) -> None:
        """Choose from the menu bar, by the texts on the way."""
        bar = self.window.menuBar()
        self._choose(bar, way[0])
        for text in way[1:]:
            found = QApplication.activePopupWidget()
            assert isinstance(found, QMenu), f"no menu is open to choose {text} from"
            self._choose(found, text)

    def choose(self, menu: QMenu, text: str) -> None:
        """Choose from an open menu."""
        self._choose(menu, text)

    def _choose(self, menu, text: str) -> None:
        action = _action(menu.actions(), text)
        assert action.isEnabled(), f"{text} is greyed"
        place = menu.actionGeometry(action).center()
        QTest.mouseMove(menu, place)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        self.rest()

    # The text

    def open(self, title: str) -> None:
        """Open an article by a click in the library."""
        self.click(title, within=self.window.annotate.library.view)
        article = self.window.annotate.open.article
        assert article is not None, "no article opened"
        assert title in article.title, f"“{article.title}” opened"

    def select(self, words: str, nth: int = 0) -> None:
        """Drag the mouse over words of the text."""
        span = self._span(words, nth)
        self.window.reader.scroll_to(span)
        self.rest()
        viewport = self.window.reader.viewport()
        first = self._box(Span(span.start, span.start + 1))
        last = self._box(Span(span.end - 1, span.end))
        start = QPointF(first.left() + 1, first.center().y()).toPoint()
        end = QPointF(last.right() - 1, last.center().y()).toPoint()
        left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(viewport, left, plain, start)
        QTest.mouseMove(viewport, (start + end) / 2)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, left, plain, end)
        self.rest()

    def find(self, words: str) -> None:
        """Select words by the keyboard alone: find them, and leave the bar."""
        self.press("Ctrl+F")
        self.type(words)
        self.press("Esc")

    def point_at(self, words: str, nth: int = 0) -> None:
        """Click on words of the text."""
        span = self._span(words, nth)
        self.window.reader.scroll_to(span)
        self.rest()
        place = self._box(Span(span.start, span.start + 1)).center().toPoint()
        QTest.mouseClick(
            self.window.reader.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            place,
        )
        self.rest()

    def _span(self, words: str, nth: int) -> Span:
        text, start = self.window.reader.words, -1
        for _ in range(nth + 1):
            start = text.find(words, start + 1)
            assert start >= 0, f"the text has no {words!r}"
        return Span(start, start + len(words))

    def _box(self, span: Span):
        return self.window.reader.box_of(span)

    # Eyes

    @property
    def current(self) -> Annotation | None:
        """What is selected in the text."""
        return self.window.reader.current

    @property
    def annotations(self) -> list[Annotation]:
        """What is marked in the text."""
        return self.window.reader.annotations

    def tagged(self, words: str) -> list[str]:
        """The names of the labels under which words are marked."""
        labels = self.window.annotate.open.labels
        return sorted(labels[one.label].name for one in self.annotations if one.quote == words)

    def sees(self, text: str, within: QWidget | None = None) -> bool:
        """Whether a text is on the screen."""
        return any(text in shown for shown in self.shown(within))

    def shown(self, within: QWidget | None = None) -> Iterator[str]:
        """Everything that can be read on the screen."""
        if within is None:
            yield self.window.windowTitle()
        for widget in self._visible(within):
            yield from _texts(widget)

    def _visible(self, within: QWidget | None) -> list[QWidget]:
        if within is not None:
            return [one for one in (within, *within.findChildren(QWidget)) if one.isVisible()]
        tops = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        tops.sort(key=lambda one: not isinstance(one, QDialog))
        return [one for top in tops for one in (top, *top.findChildren(QWidget)) if one.isVisible()]

    def _find(self, what: str, within: QWidget | None) -> tuple[QWidget, QPoint]:
        for widget in self._visible(within):
            if isinstance(widget, QAbstractItemView):
                place = _row(widget, what)
                if place is not None:
                    return widget.viewport(), place
            elif _is_named(widget, what):
                assert widget.isEnabled(), f"{what} is greyed"
                # A box to tick is hit on its words, not on the empty stretch behind them.
                ticked = isinstance(widget, QCheckBox)
                place = widget.rect().center()
                return widget, QPoint(12, place.y()) if ticked else place
        raise AssertionError(f"nothing on the screen says {what!r}")


def _is_named(widget: QWidget, what: str) -> bool:
    if isinstance(widget, QAbstractButton):
        names = {_plain(widget.text()), widget.accessibleName(), widget.toolTip()}
        action = getattr(widget, "defaultAction", lambda: None)()
        if action is not None:
            names.add(_plain(action.text()))
        return what in names
    return isinstance(widget, QLineEdit) and what in (
        widget.placeholderText(),
        widget.accessibleName(),
    )


def _row(view: QAbstractItemView, what: str) -> QPoint | None:
    """Where a row is that says just this or, if none does, that says it among other words."""
    model, shown = view.model(), view.viewport().rect()
    said = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    rows = [row for row, text in enumerate(said) if text == what]
    rows += [row for row, text in enumerate(said) if what in text]
    if not rows:
        return None
    index = model.index(rows[0], 0)
    view.scrollTo(index)
    place: QRect = view.visualRect(index)
    return place.center() if shown.intersects(place) else None


def _texts(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, ElidedLabel):
        yield widget.whole
    elif isinstance(widget, QToolButton) and not widget.icon().isNull():
        return  # only its picture is seen
    elif isinstance(widget, QLabel | QAbstractButton):
        yield _plain(widget.text())
    elif isinstance(widget, QLineEdit):
        yield widget.text() or widget.placeholderText()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText() or widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield widget.currentText()
    elif isinstance(widget, QStatusBar):
        yield widget.currentMessage()
    elif isinstance(widget, QTabBar):
        yield from (_plain(widget.tabText(at)) for at in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield from (_plain(action.text()) for action in widget.actions())
    elif isinstance(widget, QAbstractItemView):
        yield from _rows(widget)


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        if view.viewport().rect().intersects(view.visualRect(index)):
            yield str(index.data(Qt.ItemDataRole.DisplayRole))
            yield str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")


def _action(actions: list[QAction], text: str) -> QAction:
    found = [one for one in actions if _plain(one.text()) == text]
    known = ", ".join(_plain(one.text()) for one in actions)
    assert found, f"there is no {text!r} among {known}"
    return found[0]


def _plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
