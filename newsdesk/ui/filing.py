"""What goes in and out: desks, imports, exports, copies; and what is dropped on the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from newsdesk.desk import articles, create_desk

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

DESK = ".desk"
"""How the names of desks end."""


class Filing(QObject):
    """The acts of the File menu, on one window."""

    said = Signal(str)
    failed = Signal(str)
    desk_wanted = Signal(str)
    busy_changed = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._busy = False

    @property
    def busy(self) -> bool:
        """Whether an import writes to the desk, so that nothing else can."""
        return self._busy

    def set_busy(self, busy: bool) -> None:
        """Say that an import begins or has ended."""
        self._busy = busy
        self.busy_changed.emit()

    # Desks

    def new_desk(self) -> None:
        """Make an empty desk and open it."""
        title = self.tr("New desk")
        path = self._window.ask.new_file(self._window, title, "newsroom.desk", self._desks)
        if path is None:
            return
        from newsdesk.desk.codebooks import use_codebook

        path = path if path.suffix else path.with_suffix(DESK)
        desk = create_desk(path, self._window.desk.author)
        try:
            use_codebook(desk)
        finally:
            desk.close()
        self.desk_wanted.emit(str(path))

    def open_desk(self) -> None:
        """Open another desk in this window's stead."""
        path = self._window.ask.file(self._window, self.tr("Open desk"), self._desks)
        if path is not None:
            self.desk_wanted.emit(str(path))

    def open_sample(self) -> None:
        """Open the sample desk."""
        self.desk_wanted.emit("")

    @property
    def _desks(self) -> str:
        return self.tr("Desks") + f" (*{DESK});;" + self.tr("All files") + " (*)"

    def back_up(self) -> None:
        """Write a checked copy of the desk's file."""
        from newsdesk.desk.keeping import back_up

        place = self._window.place
        if "://" in place:
            self.failed.emit(
                self.tr("This desk is on a server: whoever runs the server makes its copies.")
            )
            return
        suggested = str(Path(place).with_suffix(f".copy{DESK}"))
        path = self._window.ask.new_file(
            self._window, self.tr("Back up desk"), suggested, self._desks
        )
        if path is not None:
            kept = back_up(Path(place), path)
            self.said.emit(self.tr("Copied and checked: {0}").format(kept.name))

    def delete_article(self) -> None:
        """Take the open article out of the library."""
        window = self._window
        article = window.annotate.open.article
        if article is None:
            return
        count = len(window.annotate.open.annotations)
        sure = window.ask.sure(
            window,
            self.tr("Delete “{0}”?").format(article.title),
            self.tr("It goes with its {0} annotations. Undo brings everything back.").format(count),
            self.tr("Delete"),
        )
        if sure:
            articles.delete_articles(window.desk, [article.id])

    # Import

    def import_files(self) -> None:
        """Choose files to import."""
        self.take_files(self._window.ask.files(self._window, self.tr("Import files")))

    def import_folder(self) -> None:
        """Choose a folder to import."""
        folder = self._window.ask.folder(self._window, self.tr("Import folder"))
        if folder is not None:
            self.take_files([folder])

    def import_address(self) -> None:
        """Ask for the address of a page, and import the article in it."""
        from newsdesk.ui.importing.by_address import ask_address

        ask_address(self._window)

    def paste(self) -> None:
        """Import what is in the clipboard."""
        mime = QApplication.clipboard().mimeData()
        if not self.takes(mime):
            self.said.emit(self.tr("There is neither text nor a file in the clipboard"))
            return
        self._take(_paths(mime), mime.text())

    def takes(self, mime: QMimeData) -> bool:
        """Whether something that is dropped or pasted can be imported."""
        return bool(_paths(mime)) or (mime.hasText() and bool(mime.text().strip()))

    def take_soon(self, mime: QMimeData) -> None:
        """Take what was dropped, once the drop itself is over."""
        paths, text = _paths(mime), mime.text()
        QTimer.singleShot(0, self, lambda: self._take(paths, text))

    def _take(self, paths: list[Path], text: str) -> None:
        if len(paths) == 1 and paths[0].suffix == DESK:
            self.desk_wanted.emit(str(paths[0]))
        elif self._window.desk.read_only or self._busy:
            self.take_nothing()
        elif paths:
            self.take_files(paths)
        else:
            self.take_text(text)

    def take_nothing(self) -> None:
        """Say that nothing can be imported at present."""
        self.failed.emit(
            self.tr("Nothing can be imported now: the desk is read-only or takes an import.")
        )

    def take_files(self, paths: Sequence[Path]) -> None:
        """Show what files would bring, and import them if the editor says so."""
        if not paths:
            return
        from newsdesk.ui.importing import offer_files

        offer_files(self._window, list(paths))

    def take_text(self, text: str) -> None:
        """Show what a text would be as an article, and import it if the editor says so.

        A text that is an address and nothing else stands for the page that is there.
        """
        from newsdesk.ui.importing import offer_text
        from newsdesk.ui.importing.by_address import is_address, offer_address

        if is_address(text):
            offer_address(self._window, text.strip())
            return
        offer_text(self._window, text)

    def merge(self) -> None:
        """Choose another desk, and merge it into this one."""
        from newsdesk.ui.merging import offer_merge

        offer_merge(self._window)

    def may_stop(self) -> bool:
        """Whether the work under way may be given up, since the window is to be closed."""
        window = self._window
        return window.ask.sure(
            window,
            self.tr("Stop the work under way?"),
            self.tr("What it has not finished is not kept. Everything else is saved."),
            self.tr("Stop and close"),
        )

    # Export

    def export(self) -> None:
        """Choose a format and a place, and write the dataset."""
        from newsdesk.ui.exporting import offer_export

        offer_export(self._window)


def _paths(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
