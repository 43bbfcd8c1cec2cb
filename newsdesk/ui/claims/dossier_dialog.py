"""What is to be written about a claim, where to, and what is withheld of confidential sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from newsdesk.model import Claim
from newsdesk.provenance.redaction import Redaction
from newsdesk.ui.ask import Ask, typed_path
from newsdesk.ui.exporting import documents, may_replace
from newsdesk.ui.inspector.form import Choices, Form
from newsdesk.ui.plain import ElidedLabel, plain_label, scaled_font

ZIP, FOLDER = "zip", "folder"
SUFFIXES = {ZIP: ".zip", FOLDER: "", "claimreview.jsonld": ".jsonld", "prov.json": ".prov.json",
            "prov.ttl": ".ttl"}  # fmt: skip
"""What can be written: a dossier, packed or not, or one of the files in it; and its suffix."""

_WORDS = 6  # of a statement, in the name of a file


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: a key of `SUFFIXES`, where, what is withheld, whether to compare."""

    what: str
    path: Path
    redact: Redaction
    compare: bool


class DossierDialog(QDialog):
    """Asks for it; `wish` is what was asked for. Run it by `shared.ask.run(dialog)`."""

    def __init__(
        self, ask: Ask, claim: Claim, kept: dict[str, Any], *, compared: bool, parent: QWidget
    ) -> None:
        """`kept` are the last time's choices; `compared` says that contradictions are known."""
        super().__init__(parent)
        self._ask, self._compared = ask, compared
        self.setWindowTitle(self.tr("Write the dossier"))
        em = self.fontMetrics().height()
        self.setMinimumWidth(em * 36)
        self._head = ElidedLabel(self)
        self._head.setFont(scaled_font(self._head.font(), 1.1, bold=True))
        self._head.show_text(claim.statement)
        self._make_fields()
        self._make_buttons()
        self._lay_out(em)
        self._path.setText(str(documents() / _stem(claim)))
        self._recall(kept)
        self._fit()

    def _make_fields(self) -> None:
        self._what = Choices(self, (), empty=False)
        for text, value in (
            (self.tr("Dossier, packed (.zip)"), ZIP),
            (self.tr("Dossier, a folder"), FOLDER),
            (self.tr("ClaimReview alone (JSON-LD)"), "claimreview.jsonld"),
            (self.tr("PROV alone (PROV-JSON)"), "prov.json"),
            (self.tr("PROV alone (PROV-O, Turtle)"), "prov.ttl"),
        ):
            self._what.addItem(text, value)
        self._what.currentIndexChanged.connect(lambda _: self._fit())
        self._path = QLineEdit(self)
        self._path.setAccessibleName(self.tr("Where to"))
        self._path.textChanged.connect(lambda _: self._judge())
        self._browse = QPushButton(self.tr("Browse…"), self)
        self._browse.setAutoDefault(False)
        self._browse.setAccessibleName(self.tr("Choose where to write"))
        self._browse.clicked.connect(self._choose_path)
        self._redact = Choices(self, (), empty=False)
        for text, level in (
            (self.tr("who they are, and why and how they know"), Redaction.STANDARD),
            (self.tr("everything"), Redaction.FULL),
            (self.tr("nothing: it stays in the house"), Redaction.NONE),
        ):
            self._redact.addItem(text, level)
        self._redact.currentIndexChanged.connect(lambda _: self._warn())
        self._compare = QCheckBox(self.tr("Compare all claims for contradictions anew"), self)
        self._said = plain_label("", self, wrap=True, muted=True)

    def _make_buttons(self) -> None:
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._go = QPushButton(self.tr("Write"), self)
        self._go.setDefault(True)
        self._buttons.addButton(self._go, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self, em: int) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, em, em, em)
        layout.setSpacing(em * 2 // 3)
        layout.addWidget(self._head)
        form = Form(em)
        layout.addLayout(form)
        where = QWidget(self)
        row = QHBoxLayout(where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._path, 1)
        row.addWidget(self._browse)
        where.setFocusProxy(self._path)
        form.row(0, self.tr("What"), self._what)
        form.row(1, self.tr("Where to"), where)
        form.row(2, self.tr("Withhold of confidential sources"), self._redact)
        layout.addWidget(self._compare)
        layout.addWidget(self._said)
        layout.addStretch(1)
        layout.addWidget(self._buttons)

    @property
    def wish(self) -> Wish:
        """What is asked for."""
        return Wish(
            what=self._what.currentData(),
            path=typed_path(self._path.text()),
            redact=Redaction(self._redact.currentData()),
            compare=self._is_dossier and self._compare.isChecked(),
        )

    @property
    def choices(self) -> dict[str, object]:
        """What is offered again the next time: no place, and nothing of the claim."""
        wish = self.wish
        return {
            "what": wish.what, "redact": wish.redact.value, "compare": self._compare.isChecked(),
        }  # fmt: skip

    @property
    def _is_dossier(self) -> bool:
        return self._what.currentData() in (ZIP, FOLDER)

    def _recall(self, kept: dict[str, Any]) -> None:
        self._what.setCurrentIndex(max(0, self._what.findData(kept.get("what"))))
        levels = [one.value for one in Redaction]
        if kept.get("redact") in levels:
            self._redact.setCurrentIndex(self._redact.findData(Redaction(kept["redact"])))
        self._compare.setChecked(not self._compared or kept.get("compare") is not False)

    def _fit(self) -> None:
        """Give the path the suffix of what is chosen."""
        path = self._path.text().strip()
        for suffix in sorted(filter(None, SUFFIXES.values()), key=len, reverse=True):
            path = path.removesuffix(suffix)
        if path:
            self._path.setText(path + SUFFIXES[self._what.currentData()])
        # Where they were not compared yet, there is nothing else to go by.
        self._compare.setEnabled(self._is_dossier and self._compared)
        self._warn()

    def _warn(self) -> None:
        said = {
            Redaction.STANDARD: self.tr("Confidential sources are called as they were printed."),
            Redaction.FULL: self.tr("Of confidential sources it is only told that there is one."),
            Redaction.NONE: self.tr("▲ It may tell who a confidential source is: keep it."),
        }
        self._said.setText(said[Redaction(self._redact.currentData())])

    def _choose_path(self) -> None:
        found = self._ask.new_file(self, self.windowTitle(), self._path.text())
        if found is not None:
            self._path.setText(str(found))
            self._fit()

    def _judge(self) -> None:
        self._go.setEnabled(bool(Path(self._path.text().strip()).name))

    def _accept(self) -> None:
        if may_replace(self._ask, self, self.wish.path):
            self.accept()


def _stem(claim: Claim) -> str:
    """The beginning of a name for the file: the first words of the statement."""
    words = re.findall(r"\w+", claim.statement.casefold())[:_WORDS]
    return "-".join(words)[:60] or "claim"
