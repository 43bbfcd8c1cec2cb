"""A picture of the window on an article, taken without showing it."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication

from newsdesk.desk import open_desk
from newsdesk.model import NewsdeskError
from newsdesk.settings import Preferences, load_preferences
from newsdesk.ui.checklist import HIDDEN
from newsdesk.ui.window import Window

LARGEST = 16_384
"""Pixels on a side: more is a slip of the fingers."""


def shot(
    desk_path: str | Path,
    article_id: str,
    out: str | Path,
    *,
    dark: bool = False,
    scale: float = 1.0,
    size: tuple[int, int] = (1280, 860),
) -> None:
    """Write a picture (PNG) of the window on an article of a desk.

    `size` is in points, `scale` the pixels of one. Raises NewsdeskError where there is no such
    desk or article, or where the picture can't be written.
    """
    if not 0 < max(size) * scale <= LARGEST:
        raise NewsdeskError(f"A picture may have {LARGEST:,} pixels on a side; choose less.")
    app = application()
    loaded, _ = load_preferences()
    preferences = Preferences(
        author=loaded.author,
        theme="dark" if dark else "light",
        checklist_done=(HIDDEN,),
    )
    desk = open_desk(desk_path, preferences.author)
    try:
        window = Window(desk, str(desk_path), preferences)
        try:
            window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            window.resize(QSize(*size))
            window.show()
            settle(app)
            # Unlike the window, which says so in a bar, a picture of nothing is an error.
            desk.article(article_id)
            window.annotate.open_article(article_id)
            while not window.annotate.asking.idle:
                settle(app)
            settle(app)
            _write(picture(window, scale), Path(out))
        finally:
            window.close()
            window.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    finally:
        desk.close()


def application() -> QApplication:
    """The application, made offscreen where there is none yet."""
    found = QCoreApplication.instance()
    if isinstance(found, QApplication):
        return found
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(["newsdesk"])
    app.setStyle("fusion")
    return app


def settle(app: QApplication) -> None:
    """Let everything that was put off for a moment happen."""
    for _ in range(10):
        app.processEvents()
        app.sendPostedEvents(None, 0)


def picture(window: Window, scale: float) -> QImage:
    """The window as an image, `scale` pixels a point."""
    size = window.size()
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(window.palette().window().color())
    painter = QPainter(image)
    window.render(painter, QPoint(0, 0))
    painter.end()
    return image


def _write(image: QImage, out: Path) -> None:
    if out.suffix.lower() != ".png":
        raise NewsdeskError(f"{out.name} does not end in .png. Nothing was written; name it so.")
    if not out.parent.is_dir():
        raise NewsdeskError(f"There is no folder {out.parent}. Make it first, or choose another.")
    if not QImageWriter(str(out), QByteArray(b"PNG")).write(image):
        raise NewsdeskError(f"{out} can't be written. Choose another place for the picture.")
