"""Newsdesk's own side of the cases with a window: the real one, offscreen."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit

from bench import bareqt, desks
from bench.bareqt import OPENED, PLACES, SIZE, rest
from bench.sides import Measured, Room
from newsdesk.desk import Desk, open_desk
from newsdesk.model import Span
from newsdesk.settings import Preferences
from newsdesk.ui.checklist import HIDDEN
from newsdesk.ui.window import Window

START = """
import sys, time
from PySide6.QtWidgets import QApplication
from newsdesk.app import Newsroom
app = QApplication(["newsdesk"])
app.setStyle("fusion")
newsroom = Newsroom(app)
newsroom.open_first(sys.argv[1])
app.processEvents()
newsroom.window.repaint()
app.processEvents()
visible = time.monotonic()
assert newsroom.window.isVisible() and newsroom.window.annotate.library.model.rowCount() > 0
loaded = {"spacy", "alembic", "jsonschema"} & set(sys.modules)
assert not loaded, loaded
print(visible, flush=True)
import os
os._exit(0)
"""
PATIENCE = 20
"""Seconds after which what should have been painted never will be."""
WORD = re.compile(r"\w{4,}")


class Paints(QObject):
    """Counts what is painted in the viewport of a view; `at` is when the last paint was done."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__()
        self.count, self.at = 0, 0.0
        self._view = view
        view.viewport().installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Hear of each event; have a paint done at once, to know when it was."""
        if event.type() != QEvent.Type.Paint:
            return False
        self._view.viewportEvent(event)
        self.count, self.at = self.count + 1, time.perf_counter()
        return True

    def leave(self) -> None:
        """Count no more."""
        self._view.viewport().removeEventFilter(self)


def shown(place: Path) -> tuple[QApplication, Window, Desk]:
    """The window on the desk at a place, on the screen and at rest."""
    desk = open_desk(place, desks.AUTHOR)
    app = QApplication(["newsdesk"])
    app.setStyle("fusion")
    preferences = Preferences(author=desk.author, theme="light", checklist_done=(HIDDEN,))
    window = Window(desk, str(place), preferences)
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    window.reader.setFocus()
    rest(app)
    return app, window, desk


def to_pixels(
    app: QApplication,
    window: Window,
    act: Callable[[], object],
    done: Callable[[], bool] = lambda: True,
) -> float:
    """Seconds that an act takes until it is done and what it changed in the reader painted."""
    paints = Paints(window.reader)
    start = time.perf_counter()
    act()
    while not (paints.count and done()):
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        assert time.perf_counter() - start < PATIENCE, "nothing was painted"
    paints.leave()
    return paints.at - start


def opened(app: QApplication, window: Window, id: str) -> None:
    """Open an article, however long that takes, and let the window come to rest."""
    window.annotate.open_article(id)
    while window.reader.article is None:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    rest(app)


def open_article(room: Room, name: str) -> Measured:
    """Open articles from the library: database to pixels, all panels included."""
    app, window, desk = shown(desks.ready(room, name))
    ids = [one.id for one in desk.library(limit=1_000)]
    chance = random.Random(3)
    samples = []
    for id in chance.sample(ids, OPENED):
        samples.append(to_pixels(app, window, partial(window.annotate.open_article, id)))
        rest(app)
    return {"seconds": samples}


def open_long(room: Room) -> Measured:
    """Open a text of a million characters with 20,000 annotations."""
    app, window, desk = shown(desks.ready(room, "long"))
    (line,) = desk.library()
    taken = to_pixels(
        app,
        window,
        lambda: window.annotate.open_article(line.id),
        lambda: window.reader.article is not None,
    )
    rest(app)
    return {"seconds": taken}


def press(room: Room, name: str) -> Measured:
    """Tag words by a key: pressed, committed, painted."""
    app, window, desk = shown(desks.own_copy(room, name))
    (line,) = desk.library()
    opened(app, window, line.id)
    words = list(WORD.finditer(desk.article(line.id).text))
    samples = []
    for word in random.Random(6).sample(words, PLACES):
        span = Span(*word.span())
        window.reader.scroll_to(span)
        window.reader.select_span(span)
        rest(app)
        before = len(window.annotate.open.annotations)
        samples.append(to_pixels(app, window, lambda: QTest.keyClick(window.reader, Qt.Key.Key_1)))
        assert len(window.annotate.open.annotations) == before + 1, "the key tagged nothing"
    assert len(desk.log(limit=PLACES)) == PLACES
    return {"seconds": samples}


def scroll(room: Room, name: str) -> Measured:
    """Jump and page through a long text with its annotations."""
    app, window, desk = shown(desks.ready(room, name))
    (line,) = desk.library()
    opened(app, window, line.id)
    return {"seconds": bareqt.scrolled(app, window.reader)}


def search(room: Room, name: str) -> Measured:
    """From the key that searches to the first hits on the screen."""
    app, window, _ = shown(desks.ready(room, name))
    library = window.annotate.library
    field = library.findChild(QLineEdit)
    assert field is not None
    samples = []
    for asked in ("ferry timetable", "harbours", "observ*", "Łódź") * 3:
        library.focus_search()
        field.setText(asked)
        paints = Paints(library.view)
        start = time.perf_counter()
        QTest.keyClick(field, Qt.Key.Key_Down)
        while not paints.count:
            app.processEvents()
            assert time.perf_counter() - start < PATIENCE, "nothing was painted"
        samples.append(paints.at - start)
        paints.leave()
        assert library.model.searching
        assert library.model.rowCount() > 0
        rest(app)
    return {"seconds": samples}


def start(room: Room, name: str) -> Measured:
    """From the start of a process to the window on a desk, painted."""
    place = desks.ready(room, name)
    return {"seconds": bareqt.started(room, START, str(place))}
