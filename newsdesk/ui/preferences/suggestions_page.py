"""The page of where suggestions come from, and whether they come unasked."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from newsdesk.model import NewsdeskError
from newsdesk.settings import shipped
from newsdesk.ui.jobs import Job, Report
from newsdesk.ui.plain import ElidedLabel, plain_label

if TYPE_CHECKING:
    from newsdesk.suggest.loading import Checked
    from newsdesk.ui.window import Window

OWN = "en_newsdesk"
_MEGABYTE = 1_000_000


class SuggestionsPage(QWidget):
    """Shows the pipeline in use; another is looked through, in a process of its own, before it is
    taken, and pinned by the SHA-256 of its files."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self._shown: str | None = None
        self._job: Job | None = None
        em = self.fontMetrics().height()
        self._name = ElidedLabel(self)
        self._version, self._size = ElidedLabel(self), ElidedLabel(self)
        self._folder, self._digest = ElidedLabel(self), ElidedLabel(self)
        self._said = plain_label("", self, wrap=True)
        self._choose = self._button(self.tr("Choose a pipeline’s folder…"), self.choose)
        self._own = self._button(self.tr("Newsdesk’s own"), self.go_back)
        self._open = QCheckBox(self.tr("Suggest when an article is opened"), self)
        self._open.clicked.connect(lambda on: window.viewing.prefer(suggest_on_opening=on))
        about = plain_label(
            self.tr("Once for each article that has no suggestions yet. They wait for your "
                    "decision, and Undo takes them back."), self, wrap=True, muted=True,
        )  # fmt: skip
        form = QFormLayout()
        form.setVerticalSpacing(em // 3)
        for name, field in (
            (self.tr("Pipeline"), self._name),
            (self.tr("Version"), self._version),
            (self.tr("Size"), self._size),
            (self.tr("Folder"), self._folder),
            (self.tr("SHA-256"), self._digest),
        ):
            form.addRow(plain_label(name, self, muted=True), field)
        buttons = QHBoxLayout()
        buttons.addWidget(self._choose)
        buttons.addWidget(self._own)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em * 2 // 3)
        layout.addLayout(form)
        layout.addLayout(buttons)
        layout.addWidget(self._said)
        layout.addWidget(self._open)
        layout.addWidget(about)
        layout.addStretch(1)

    def show_values(self) -> None:
        """Show what holds now; the pipeline is looked through when it is another than before."""
        held = self._window.preferences
        self._open.setChecked(held.suggest_on_opening)
        self._own.setEnabled(bool(held.pipeline))
        if held.pipeline != self._shown and self._job is None:
            self._shown = held.pipeline
            self._look(held.pipeline, held.pipeline_sha256 or None, chosen=False)

    def choose(self) -> None:
        """Ask for a folder, look through it, and take it where it may be loaded."""
        folder = self._window.ask.folder(self, self.tr("Folder of a spaCy pipeline"))
        if folder is not None:
            self._look(str(folder.absolute()), None, chosen=True)

    def go_back(self) -> None:
        """Take Newsdesk's own pipeline again."""
        self._window.suggesting.use_pipeline("", "")
        self.show_values()

    def _look(self, folder: str, pinned: str | None, *, chosen: bool) -> None:
        self._say(self.tr("Looking through the folder…"), busy=True)
        self._job = self._window.jobs.run(
            self.tr("Looking through a pipeline"),
            lambda report: _checked(folder, pinned, report),
            lambda found: self._found(*found, chosen=chosen),
            lambda error: self._refused(error, chosen=chosen),
            lambda: self._say(""),
        )

    def _found(self, checked: Checked, size: int, *, chosen: bool) -> None:
        if chosen:
            self._shown = str(checked.folder)
            self._window.suggesting.use_pipeline(str(checked.folder), checked.digest)
        self._say(self.tr("It is used from the next question on.") if chosen else "")
        self._name.show_text(checked.name)
        self._version.show_text(checked.version)
        self._size.show_text(self.tr("{0} MB").format(f"{size / _MEGABYTE:,.1f}"))
        own = not self._window.preferences.pipeline
        self._folder.show_text(self.tr("Newsdesk’s own") if own else str(checked.folder))
        self._digest.show_text(checked.digest)

    def _refused(self, error: Exception, *, chosen: bool) -> None:
        if not isinstance(error, NewsdeskError):
            sys.excepthook(type(error), error, error.__traceback__)
            self._say(self.tr("It could not be looked through; the choice stays as it was."))
            return
        self._say(str(error))
        if not chosen:
            self._name.show_text(Path(self._window.preferences.pipeline).name)
            self._folder.show_text(self._window.preferences.pipeline)

    def _say(self, text: str, *, busy: bool = False) -> None:
        if not busy:
            self._job = None
        self._said.setText(text)
        self._choose.setEnabled(not busy)
        self._own.setEnabled(not busy and bool(self._window.preferences.pipeline))

    def _button(self, text: str, do) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: do())
        return button


def _checked(folder: str, pinned: str | None, report: Report) -> tuple[Checked, int]:
    """What is known of a folder, and its size in bytes; spaCy is needed for it, which this process
    does not load."""
    from newsdesk.suggest.apart import apart

    if not folder:
        return _own()
    checked = apart(
        "newsdesk.suggest.loading:check_folder", (Path(folder), pinned), lambda *_: report(0, 0)
    )
    return checked, _size(Path(folder))


def _own() -> tuple[Checked, int]:
    """Newsdesk's own pipeline needs no looking through."""
    from newsdesk.suggest.loading import Checked, digest_of

    folder = shipped("resources", "models", OWN)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    found = Checked(folder, OWN, str(meta["version"]), "en", digest_of(folder), ())
    return found, _size(folder)


def _size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
