"""How late the event loop is while articles are opened, scrolled and tagged: nothing may freeze."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from bench import bareqt, desks
from bench.sides import Measured, Room
from bench.windows import WORD, shown
from newsdesk.desk import create_desk
from newsdesk.desk.articles import add_article
from newsdesk.desk.codebooks import put_label
from newsdesk.model import Label, Layer, Span, new_article
from newsdesk.ui.window import Window

BEAT = 2
"""Milliseconds between two beats of the watch."""
PAUSE = 0.4
"""Seconds that are watched after an act: what it put off may be late too."""
SCROLLED, TAGGED = 60, 20
LINE = "The council read the report of the harbour on Tuesday and would answer in June, it said. "


class Watch(QObject):
    """A timer that beats in the event loop; `worst` is by how many seconds a beat came late."""

    def __init__(self) -> None:
        super().__init__()
        self.worst = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.worst = max(self.worst, now - self._last - BEAT / 1000)
        self._last = now

    def during(
        self,
        app: QApplication,
        act: Callable[[], object],
        done: Callable[[], bool] = lambda: True,
    ) -> float:
        """Seconds by which the loop was late until an act was done, and what follows from it."""
        for _ in range(3):
            app.processEvents()
        self.worst, self._last = 0.0, time.perf_counter()
        act()
        until = time.perf_counter() + PAUSE
        while time.perf_counter() < until or not done():
            # As at work: waiting, so that what another thread does is not held up.
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return self.worst


def late(room: Room, name: str) -> Measured:
    """Seconds by which opening, scrolling and tagging made the loop late, at the worst."""
    place = desks.own_copy(room, "long") if name == "long" else _desk(room, name)
    app, window, desk = shown(place)
    (line,) = desk.library()
    watch = Watch()
    opening = watch.during(
        app,
        lambda: window.annotate.open_article(line.id),
        lambda: window.reader.article is not None and window.settled,
    )
    scrolling = [watch.during(app, step) for step in _scrolls(window.reader)]
    tagging = [watch.during(app, step) for step in _tags(app, window)]
    assert len(desk.log(limit=TAGGED)) >= TAGGED, "the key tagged nothing"
    return {"open": opening, "scroll": max(scrolling), "tag": max(tagging)}


def bare_late(room: Room, name: str) -> Measured:
    """The same of a bare view that is given the text, which is in memory already."""
    text = bareqt.text_of(room, "long") if name == "long" else TEXTS[name]()
    app, edit = bareqt.shown()
    watch = Watch()
    opening = watch.during(app, lambda: edit.setPlainText(text))
    scrolling = [watch.during(app, step) for step in _scrolls(edit)]
    return {"open": opening, "scroll": max(scrolling)}


def _desk(room: Room, name: str) -> Path:
    place = room.scratch / f"{name}.desk"
    desk = create_desk(place, desks.AUTHOR)
    put_label(desk, Label(name="PERSON", layer=Layer.ENTITY, shortcut="1"))
    add_article(desk, new_article(TEXTS[name](), title=name))
    desk.close()
    return place


def _scrolls(view: QTextEdit) -> Iterator[Callable[[], object]]:
    bar, chance = view.verticalScrollBar(), random.Random(7)
    for step in range(SCROLLED):
        if step % 2:
            yield lambda: bar.setValue(bar.value() + bar.pageStep())
        else:
            yield lambda: bar.setValue(chance.randint(0, bar.maximum()))


def _tags(app: QApplication, window: Window) -> Iterator[Callable[[], object]]:
    words = list(WORD.finditer(window.reader.words, 0, 900_000))
    for word in random.Random(8).sample(words, TAGGED):
        span = Span(*word.span())
        window.reader.scroll_to(span)
        window.reader.select_span(span)
        bareqt.rest(app)
        yield lambda: QTest.keyClick(window.reader, Qt.Key.Key_1)


TEXTS: dict[str, Callable[[], str]] = {
    "giant": lambda: (LINE * 6 + "\n\n") * (50_000_000 // (6 * len(LINE) + 2)),
    "paragraph": lambda: LINE * (1_000_000 // len(LINE)),
}
"""A text of 50 MB, and one paragraph of a million characters."""
