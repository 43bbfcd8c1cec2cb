"""Fixtures of the tests that look at the window: a sample desk, a window on it, and a robot."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication

from newsdesk.desk import open_desk
from newsdesk.desk.sample import build_sample_desk
from newsdesk.settings import Preferences
from newsdesk.ui.session import Session
from newsdesk.ui.window import Window
from tests.ui.robot import Answers, Robot
from tests.ui.small_desk import make_desk

Opener = Callable[..., Robot]


class Look(QObject):
    """A desktop whose taste can be changed: offscreen there is none to ask."""

    changed = Signal()
    dark = False

    def turn(self, dark: bool) -> None:
        """Be dark from now on, or light."""
        self.dark = dark
        self.changed.emit()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample desk, built once; tests work on copies."""
    place = tmp_path_factory.mktemp("sample") / "sample.desk"
    build_sample_desk(place, "Newsdesk").close()
    return place


@pytest.fixture
def desk_file(sample_file: Path, tmp_path: Path) -> Path:
    """A sample desk of one's own."""
    return Path(shutil.copy(sample_file, tmp_path / "sample.desk"))


@pytest.fixture
def open_window(qapp: QApplication, desk_file: Path) -> Iterator[Opener]:
    """Opens windows on a desk, and closes them and their desks when the test is over."""
    opened: list[Window] = []

    def opener(place: Path | None = None, *, remember: bool = False, **preferences) -> Robot:
        where = place or desk_file
        preferences = {"author": "Ada", "checklist_done": ("hidden",), **preferences}
        desk = open_desk(where, preferences["author"])
        window = Window(
            desk,
            str(where),
            Preferences(**preferences),
            session=Session() if remember else None,
            system=Look(),  # type: ignore[arg-type]
            ask=Answers(),
        )
        opened.append(window)
        return Robot(window)

    yield opener
    for window in opened:
        close(window)


@pytest.fixture
def robot(open_window: Opener) -> Robot:
    """A person at a window on the sample desk."""
    return open_window()


def close(window: Window) -> None:
    """Close a window and its desk, once."""
    if getattr(window, "is_over", False):
        return
    window.is_over = True  # type: ignore[attr-defined]
    assert window.close(), "the window would not close"
    window.desk.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@pytest.fixture
def small(open_window: Opener, tmp_path: Path) -> Robot:
    """A person at a window on a small desk, with its first article open."""
    place = tmp_path / "small.desk"
    make_desk(place, articles=3).close()
    found = open_window(place)
    found.open("Title 000")
    return found
