"""Qt's binding keeps the count of None and True right; 6.12.0 on CPython 3.11 did not, and aborted.

From CPython 3.12 on these objects are immortal and the counts stand still.
"""

from __future__ import annotations

import importlib.metadata
import sys

from packaging.version import Version
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage, QPainter

CALLS = 1_000
# Other code makes and drops a few references meanwhile; the fault drops one in every call.
SWAY = CALLS // 10


def test_the_binding_is_below_the_version_that_aborts() -> None:
    for name in ("PySide6-Essentials", "shiboken6"):
        assert Version(importlib.metadata.version(name)) < Version("6.12")


def test_calls_that_return_none_leave_its_count_alone() -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    colour = QColor("black")
    painter.fillRect(0, 0, 4, 4, colour)  # the first call of a kind loads what it needs
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.fillRect(0, 0, 4, 4, colour)
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < SWAY


class Bell(QObject):
    rung = Signal(object)


def test_signals_leave_the_counts_alone() -> None:
    bell = Bell()
    heard: list[int] = []
    bell.rung.connect(heard.append)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(CALLS):
        bell.rung.emit(number)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert len(heard) == CALLS
    assert abs(after[0] - before[0]) < SWAY
    assert abs(after[1] - before[1]) < SWAY
