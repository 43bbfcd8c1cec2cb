"""The composition root: settings, log, excepthook, desk, window.

What is large is imported inside `Newsroom.open_first`, where nothing is collected meanwhile.
"""

from __future__ import annotations

import gc
import logging
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from newsdesk.settings import (
    Preferences,
    data_folder,
    load_preferences,
    log_folder,
    save_preferences,
)
from newsdesk.ui.collecting import uncollected
from newsdesk.ui.crash import Crashes
from newsdesk.ui.session import Session

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.ui.window import Window

log = logging.getLogger("newsdesk")

SAMPLE = "sample.desk"
SETTLED = 2000
"""Milliseconds after the start in which everything has come to rest."""
LOG_BYTES = 1_000_000
LOG_FILES = 3


def run_window(desk_path: str | None) -> int:
    """Open a window on a desk, or on the last one, or on the sample; returns the exit code."""
    app = QApplication.instance() or QApplication(["newsdesk"])
    assert isinstance(app, QApplication)
    app.setApplicationName("newsdesk")
    app.setApplicationDisplayName("Newsdesk")
    app.setDesktopFileName("newsdesk")
    app.setStyle("fusion")
    start_log()
    sys.excepthook = crashes = Crashes()
    translate(app)
    newsroom = Newsroom(app)
    crashes.say = newsroom.say
    newsroom.open_first(desk_path)
    # What is there now stays: later collections need not walk through it, and pause less.
    QTimer.singleShot(SETTLED, gc.freeze)
    return app.exec()


def start_log() -> None:
    """Write the log to a file that rotates; without one, the work goes on all the same."""
    from logging.handlers import RotatingFileHandler

    log.setLevel(logging.INFO)
    log.propagate = False
    with suppress(OSError):
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "newsdesk.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        log.addHandler(handler)


def translate(app: QApplication) -> None:
    """Take the texts of the editor's language, where there are any."""
    from newsdesk.settings import shipped

    own = QTranslator(app)
    with suppress(FileNotFoundError):
        if own.load(QLocale.system(), "newsdesk", "_", str(shipped("resources", "translations"))):
            app.installTranslator(own)
            qt = QTranslator(app)
            where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if qt.load(QLocale.system(), "qtbase", "_", where):
                app.installTranslator(qt)


class Newsroom(QObject):
    """Keeps one window open on one desk at a time, and changes desks when asked."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._session = Session()
        self._desk: Desk | None = None
        self.window: Window | None = None

    def open_first(self, desk_path: str | None) -> None:
        """Open the desk that was named, or the last one; what is missing blocks nothing."""
        with uncollected():
            self._open_first(desk_path)

    def _open_first(self, desk_path: str | None) -> None:
        from newsdesk.desk import open_desk
        from newsdesk.model import NewsdeskError

        preferences, trouble = load_preferences()
        wanted = desk_path or self._session.last_desk
        troubles = [trouble] if trouble else []
        desk, place = None, wanted
        if wanted:
            try:
                desk = open_desk(wanted, preferences.author)
            except NewsdeskError as error:
                troubles.append(f"{error} The sample desk is open instead.")
        if desk is None:
            place = str(sample_place())
            desk = open_sample(preferences, troubles)
        self._show(desk, place, preferences)
        for said in troubles:
            self.say(said)

    def change_desk(self, place: str) -> None:
        """Open another desk in the window's stead; empty means the sample. Where it can't be
        opened, the window stays as it is."""
        from newsdesk.desk import open_desk
        from newsdesk.model import NewsdeskError

        preferences = self.window.preferences if self.window else load_preferences()[0]
        troubles: list[str] = []
        try:
            if place:
                desk = open_desk(place, preferences.author)
            else:
                place = str(sample_place())
                desk = open_sample(preferences, troubles)
        except NewsdeskError as error:
            self.say(str(error))
            return
        if self.window is not None and not self.window.close():
            desk.close()
            return
        self._show(desk, place, preferences)
        for said in troubles:
            self.say(said)

    def _show(self, desk: Desk, place: str, preferences: Preferences) -> None:
        from newsdesk.ui.window import Window

        place = place if "://" in place else str(Path(place).absolute())
        preferences = self._remembered(preferences, place)
        self._session.keep_desk(place)
        self._desk = desk
        self.window = Window(desk, place, preferences, session=self._session)
        # Queued: the window that asks is about to be closed.
        self.window.desk_wanted.connect(
            lambda wanted: QTimer.singleShot(0, self, lambda: self.change_desk(wanted))
        )
        self.window.closed.connect(self._let_go)
        if not self._session.frame().geometry:
            fit(self.window)
        self.window.show()
        log.info("window open, %d articles", sum(desk.statuses().values()))

    @staticmethod
    def _remembered(preferences: Preferences, place: str) -> Preferences:
        preferences = preferences.with_recent(place)
        with suppress(OSError):
            save_preferences(preferences)
        return preferences

    def _let_go(self) -> None:
        window, self.window = self.window, None
        desk, self._desk = self._desk, None
        if window is not None:
            window.deleteLater()
        if desk is not None:
            desk.close()

    def say(self, text: str) -> None:
        """Show something in the window's message bar, if there is a window."""
        if self.window is not None:
            self.window.messages.say(text)


def fit(window: Window) -> None:
    """Make a window no larger than nine tenths of its screen, and put it in the middle."""
    room = window.screen().availableGeometry()
    window.resize(window.size().boundedTo(room.size() * 0.9))
    window.move(room.center() - window.rect().center())


def sample_place() -> Path:
    """Where the sample desk lies."""
    return data_folder() / SAMPLE


def open_sample(preferences: Preferences, troubles: list[str]) -> Desk:
    """The sample desk, made from the seeds at the first start; a damaged one is set aside.

    What went wrong on the way is added to `troubles`. Raises NewsdeskError where not even a new
    one can be made.
    """
    from newsdesk.desk import open_desk
    from newsdesk.desk.sample import build_sample_desk
    from newsdesk.model import NewsdeskError

    place = sample_place()
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        try:
            return open_desk(place, preferences.author)
        except NewsdeskError as error:
            aside = _free(place)
            for end in ("", "-wal", "-shm"):
                old = place.with_name(place.name + end)
                if old.exists():
                    old.rename(aside.with_name(aside.name + end))
            troubles.append(f"{error} It was kept as {aside.name}, and a new sample was made.")
    # Under another name, so that the editor's first Undo does not take the sample back.
    build_sample_desk(place, "Newsdesk").close()
    return open_desk(place, preferences.author)


def _free(place: Path) -> Path:
    for number in range(1, 10_000):
        aside = place.with_name(f"{place.stem}.damaged-{number}{place.suffix}")
        if not aside.exists():
            return aside
    return place.with_name(f"{place.stem}.damaged{place.suffix}")
