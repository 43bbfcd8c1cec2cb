"""The bare limits of a window: a QTextEdit that shows a text and nothing else."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit

from bench import bare
from bench.sides import Measured, Room

SIZE = (1280, 860)
OPENED = 150
PLACES = 40
STEPS = 150
_KEPT: list[QMainWindow] = []

START = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit
app = QApplication([])
window = QMainWindow()
window.resize(1280, 860)
window.setCentralWidget(QTextEdit())
window.menuBar().addMenu("File")
window.show()
app.processEvents()
window.repaint()
app.processEvents()
print(time.monotonic(), flush=True)
"""


def shown() -> tuple[QApplication, QTextEdit]:
    """A window with an empty, read-only text in it, on the screen."""
    app = QApplication([])
    window = QMainWindow()
    window.resize(*SIZE)
    edit = QTextEdit()
    edit.setReadOnly(True)
    edit.setUndoRedoEnabled(False)
    window.setCentralWidget(edit)
    window.show()
    app.processEvents()
    _KEPT.append(window)
    return app, edit


def paint(app: QApplication, edit: QTextEdit) -> None:
    """Paint the whole view, now."""
    edit.viewport().repaint()
    app.processEvents()


def rest(app: QApplication) -> None:
    """Let everything that was put off for a moment happen, and the caches cool as at work."""
    for _ in range(5):
        app.processEvents()
    QTest.qWait(30)


def text_of(room: Room, name: str) -> str:
    """The text of a corpus of one article."""
    db = bare.connect(bare.ready(room, name))
    return str(db.execute("SELECT text FROM article").fetchone()[0])


def open_article(room: Room, name: str) -> Measured:
    """Read an article's text from the database and show it."""
    app, edit = shown()
    db = bare.connect(bare.ready(room, name))
    (count,) = db.execute("SELECT count(*) FROM article").fetchone()
    chance = random.Random(3)
    samples = []
    for _ in range(OPENED):
        number = chance.randint(1, count)
        start = time.perf_counter()
        (text,) = db.execute("SELECT text FROM article WHERE id = ?", (number,)).fetchone()
        edit.setPlainText(text)
        paint(app, edit)
        samples.append(time.perf_counter() - start)
        rest(app)
    return {"seconds": samples}


def open_long(room: Room) -> Measured:
    """Show a text of a million characters."""
    app, edit = shown()
    db = bare.connect(bare.ready(room, "long"))
    start = time.perf_counter()
    (text,) = db.execute("SELECT text FROM article").fetchone()
    edit.setPlainText(text)
    paint(app, edit)
    return {"seconds": time.perf_counter() - start}


def repaint(room: Room) -> Measured:
    """Repaint the view at places all over a long text."""
    app, edit = shown()
    edit.setPlainText(text_of(room, "long"))
    bar = edit.verticalScrollBar()
    chance = random.Random(4)
    samples = []
    for _ in range(PLACES):
        bar.setValue(chance.randint(0, bar.maximum()))
        paint(app, edit)
        rest(app)
        start = time.perf_counter()
        paint(app, edit)
        samples.append(time.perf_counter() - start)
    return {"seconds": samples}


def scroll(room: Room) -> Measured:
    """Jump and page through a long text."""
    app, edit = shown()
    edit.setPlainText(text_of(room, "long"))
    paint(app, edit)
    return {"seconds": scrolled(app, edit)}


def scrolled(app: QApplication, edit: Any) -> list[float]:
    """Seconds for each of many jumps, and for each of many pages down."""
    bar = edit.verticalScrollBar()
    chance = random.Random(5)
    samples = []
    for step in range(2 * STEPS):
        if step == STEPS:
            bar.setValue(bar.maximum() // 3)
            paint(app, edit)
        value = chance.randint(0, bar.maximum()) if step < STEPS else bar.value() + bar.pageStep()
        start = time.perf_counter()
        bar.setValue(value)
        paint(app, edit)
        samples.append(time.perf_counter() - start)
    return samples


def start(room: Room) -> Measured:
    """From the start of a process to a window that was painted."""
    return {"seconds": started(room, START)}


def started(room: Room, program: str, *arguments: str) -> float:
    """Seconds from the start of a process to the moment that it prints.

    It runs twice, and the second time counts: an installed program finds its modules compiled.
    """
    surroundings = {**os.environ, "PYTHONPYCACHEPREFIX": str(room.cache / "bytecode")}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    _run(program, arguments, surroundings)
    return _run(program, arguments, surroundings)


def _run(program: str, arguments: tuple[str, ...], surroundings: dict[str, str]) -> float:
    before = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=surroundings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return float(done.stdout.split()[-1]) - before
