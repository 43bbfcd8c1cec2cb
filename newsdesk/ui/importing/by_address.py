"""An article by its address: fetched when an editor asks for it, then shown as any import."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from newsdesk.desk.import_pages import FetchedPage, fetched_page
from newsdesk.ui.importing import offer_page
from newsdesk.ui.jobs import tell_failure

if TYPE_CHECKING:
    from newsdesk.ui.window import Window

_ADDRESS = re.compile(r"https?://\S{3,4000}", re.I)


def is_address(text: str) -> bool:
    """Whether a text is one address of the web, and nothing else."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def ask_address(window: Window) -> None:
    """Ask for an address, and fetch what is there."""
    copied = QApplication.clipboard().text().strip()
    title = window.tr("Import by address")
    prompt = window.tr("The page is fetched once, and shown before anything is stored. Address:")
    address = window.ask.text(window, title, prompt, copied if is_address(copied) else "")
    if address.strip():
        AddressFetch(window, address.strip()).start()


def offer_address(window: Window, address: str) -> None:
    """Fetch a pasted or dropped address, if the editor says so: nothing is fetched unasked."""
    sure = window.ask.sure(
        window,
        window.tr("Fetch this page?"),
        window.tr("{0}\n\nIt is fetched once, and shown before anything is stored.").format(
            address if len(address) < 200 else address[:199] + "…"
        ),
        window.tr("Fetch"),
    )
    if sure:
        AddressFetch(window, address).start()


class AddressFetch(QObject):
    """Fetches one page, and offers it as an import."""

    def __init__(self, window: Window, address: str) -> None:
        super().__init__(window)
        self._window, self._address = window, address

    def start(self) -> None:
        """Begin."""
        address = self._address
        self._window.jobs.run(
            self.tr("Fetching the page"),
            lambda report: fetched_page(address, report=report),
            self._done,
            self._failed,
            self._cancelled,
        )

    def _done(self, page: FetchedPage) -> None:
        self.deleteLater()
        offer_page(self._window, page)

    def _failed(self, error: Exception) -> None:
        self.deleteLater()
        tell_failure(error, self._window.messages.say)

    def _cancelled(self) -> None:
        self.deleteLater()
        self._window.status_line.say(self.tr("Fetching was stopped; nothing was kept"))
