"""The options of a dataset as a form."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from newsdesk.desk.dataset_options import DatasetOptions, read_split
from newsdesk.desk.taking_out import ZIP
from newsdesk.formats import known_formats
from newsdesk.formats.format import Part
from newsdesk.model import AnnotationFilter, ArticleFilter, Label, replace
from newsdesk.model.filters import Filter
from newsdesk.model.splitting import Chunk, SplitBy
from newsdesk.provenance.redaction import Redaction
from newsdesk.ui.ask import typed_path
from newsdesk.ui.inspector.form import Choices, Form
from newsdesk.ui.plain import counted, plain_label, plain_tip
from newsdesk.ui.session import fingerprint

_SPLITS = ("80/10/10", "70/15/15", "80/20")
_LARGEST_SEED = 999_999


class Picked(QPushButton):
    """Names of which any number can be ticked; none means all of them."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.names: tuple[str, ...] = ()
        self._say()

    def offer(self, names: Iterable[str]) -> None:
        """Offer these; what is ticked stays so."""
        self._menu.clear()
        known = list(dict.fromkeys(names))
        self.names = tuple(name for name in self.names if name in known)
        for name in known:
            act = self._menu.addAction(name.replace("&", "&&"))
            act.setCheckable(True)
            act.setChecked(name in self.names)
            act.toggled.connect(lambda on, name=name: self._tick(name, on))
        self._say()

    def tick(self, names: Iterable[str]) -> None:
        """Tick these of the names that are offered, and no others."""
        wanted = {name.replace("&", "&&") for name in names}
        for act in self._menu.actions():
            act.setChecked(act.text() in wanted)

    @property
    def offered(self) -> list[str]:
        """All names."""
        return [act.text().replace("&&", "&") for act in self._menu.actions()]

    def _tick(self, name: str, on: bool) -> None:
        ticked = {*self.names, name} if on else set(self.names) - {name}
        self.names = tuple(one for one in self.offered if one in ticked)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        few = len(self.names) <= 2
        text = ", ".join(self.names).replace("&", "&&") if few else ""
        count = counted(len(self.names), self.tr("1 label"), self.tr("{0} labels"))
        self.setText((text or count) if self.names else self.tr("All labels"))


class ChoicesForm(QWidget):
    """Asks how a dataset is to be made; `changed` says that it would be made of something else."""

    changed = Signal()
    ahead_changed = Signal()
    browse_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = sorted(
            (one for one in known_formats() if one.write is not None),
            key=lambda one: (not one.name.startswith("json"), one.title.lower()),
        )
        em = self.fontMetrics().height()
        self.labels = Picked(self)
        self.proposed = QCheckBox(self.tr("With suggestions that nobody has decided on"), self)
        self.unmarked = QCheckBox(self.tr("With articles in which nothing is marked"), self)
        self.kind = self._choice([(True, self.tr("A dataset folder")), (False, self.tr("A file"))])
        self.format = self._choice([(one.name, one.title) for one in self._formats])
        self._make_split()
        self.zipped = QCheckBox(self.tr("Packed as a zip archive"), self)
        self.chunk = self._choice(
            [
                ("", self.tr("Whole articles")),
                (Chunk.PARAGRAPH, self.tr("Paragraphs")),
                (Chunk.SENTENCE, self.tr("Sentences")),
            ]
        )
        self.redact = self._choice(
            [
                (Redaction.STANDARD, self.tr("Confidential ones withheld")),
                (Redaction.FULL, self.tr("Their descriptions, too")),
                (Redaction.NONE, self.tr("Nothing withheld: house use")),
            ]
        )
        self.path = QLineEdit(self)
        self.path.setAccessibleName(self.tr("Where to"))
        self._browse = QPushButton(self.tr("Browse…"), self)
        self._browse.setAccessibleName(self.tr("Choose where to write"))
        self._browse.clicked.connect(self.browse_wanted)
        self.held = plain_label("", self, wrap=True, muted=True)
        self._lay_out(em)
        self._connect()
        self._show_enabled()

    def _make_split(self) -> None:
        self.split = self._choice([("", self.tr("No split")), *((one, one) for one in _SPLITS)])
        self.split.setEditable(True)
        typed = QLineEdit(self.split)
        typed.setAccessibleName(self.tr("Split"))
        self.split.setLineEdit(typed)
        self.split.setToolTip(plain_tip(self.tr("Shares of train, dev and test, such as 80/10/10")))
        self.by = self._choice(
            [
                (SplitBy.ARTICLE, self.tr("Article")),
                (SplitBy.OUTLET, self.tr("Outlet: none on two sides")),
                (SplitBy.DATE, self.tr("Date: the newest are tested on")),
            ]
        )
        self.stratified = QCheckBox(self.tr("Like shares of each label"), self)
        self.seed = QSpinBox(self)
        self.seed.setMaximum(_LARGEST_SEED)

    def _choice(self, values: Iterable[tuple[Any, str]]) -> Choices:
        choice = Choices(self, [], empty=False)
        for value, text in values:
            choice.addItem(text, value)
        choice.setSizeAdjustPolicy(choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(16)
        return choice

    def _lay_out(self, em: int) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em // 3)
        form = Form(em)
        layout.addLayout(form)
        where = QWidget(self)
        row = QHBoxLayout(where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.path, 1)
        row.addWidget(self._browse)
        where.setFocusProxy(self.path)
        rows = (
            (self.tr("Annotations"), self.labels),
            ("", self.proposed),
            ("", self.unmarked),
            (self.tr("Format"), self.format),
            (self.tr("Make"), self.kind),
            ("", self.zipped),
            (self.tr("Split"), self.split),
            (self.tr("Split by"), self.by),
            ("", self.stratified),
            (self.tr("Seed"), self.seed),
            (self.tr("Pieces"), self.chunk),
            (self.tr("Sources"), self.redact),
            (self.tr("Where to"), where),
        )
        self._rows = form
        self._heads: dict[QWidget, QLabel] = {}
        for at, (name, field) in enumerate(rows):
            if name:
                self._heads[field] = form.row(at, name, field)
            else:
                form.addWidget(field, at, 1)
        self.labels.setAccessibleName(self.tr("Labels of the annotations"))
        self.redact.setAccessibleName(self.tr("Confidential sources"))
        layout.addWidget(self.held)

    def _connect(self) -> None:
        for choice in (self.kind, self.by, self.chunk):
            choice.currentIndexChanged.connect(self._change)
        for choice in (self.format, self.redact):
            choice.currentIndexChanged.connect(self._change_ahead)
        self.zipped.toggled.connect(self.fit_suffix)
        self.kind.currentIndexChanged.connect(self.fit_suffix)
        self.format.currentIndexChanged.connect(self.fit_suffix)
        self.path.editingFinished.connect(self._follow_path)
        self.split.currentTextChanged.connect(self._change)
        for box in (self.proposed, self.unmarked, self.stratified):
            box.toggled.connect(self._change)
        self.seed.valueChanged.connect(self._change)
        self.labels.changed.connect(self._change)

    def _change(self) -> None:
        self._show_enabled()
        self.changed.emit()

    def _change_ahead(self) -> None:
        """Another format, or another rule: the same articles, but other things are left out."""
        self._show_enabled()
        self.ahead_changed.emit()

    def _show_enabled(self) -> None:
        whole, split = self.whole, bool(self._typed_split)
        self._show(self.split, whole)
        for field in (self.by, self.seed):
            self._show(field, whole and split)
        dated = self.by.currentData() == SplitBy.DATE
        self.stratified.setVisible(whole and split and not dated)
        kind = self.tr("A folder") if self._chosen.folder else self.tr("A file")
        self.kind.setItemText(1, kind)
        lost = sorted(part.value for part in self._chosen.losses)
        said = self.tr("This format can't hold: {0}. The report will say what was left out.")
        self.held.setText(
            said.format(", ".join(lost)) if lost else self.tr("This format holds everything.")
        )

    def _show(self, field: QWidget, shown: bool) -> None:
        self._rows.show_row(self._heads[field], shown)

    @property
    def names_width(self) -> int:
        """Pixels that the widest name of a row takes."""
        return max(head.sizeHint().width() for head in self._heads.values())

    @property
    def _chosen(self) -> Any:
        return self._formats[max(0, self.format.currentIndex())]

    @property
    def _typed_split(self) -> str:
        """What is typed or chosen; the words for no split are none."""
        text = self.split.currentText().strip()
        return "" if text == self.split.itemText(0) else text

    # What was chosen

    @property
    def whole(self) -> bool:
        """Whether a dataset's folder is wanted, rather than a file alone."""
        return bool(self.kind.currentData())

    @property
    def place(self) -> Path:
        """Where to write."""
        return typed_path(self.path.text())

    @property
    def picks(self) -> bool:
        """Whether it is not the articles just as they are: labels, pieces, a dataset's folder."""
        cut = self.labels.names or self.chunk.currentData() or self.whole
        return bool(cut) or not self.unmarked.isChecked()

    @property
    def holds_journal(self) -> bool:
        """Whether the format can hold the journal."""
        return Part.JOURNAL not in self._chosen.losses

    def options(self, wanted: Filter) -> DatasetOptions:
        """The options, of these articles; raises NewsdeskError for what is no split."""
        names, split = self.labels.names, self._typed_split if self.whole else ""
        if names and isinstance(wanted, AnnotationFilter):
            wanted = replace(wanted, labels=names)
        elif names and isinstance(wanted, ArticleFilter):
            wanted = AnnotationFilter(labels=names, articles=wanted)
        return DatasetOptions(
            wanted=wanted,
            with_proposed=self.proposed.isChecked(),
            with_unmarked=self.unmarked.isChecked(),
            split=read_split(split) if split else (),
            split_by=self.by.currentData(),
            stratified=self.stratified.isChecked(),
            seed=self.seed.value(),
            chunk=self.chunk.currentData() or None,
            redact=self.redact.currentData(),
        )

    # What is remembered

    @property
    def choices(self) -> dict[str, Any]:
        """What to remember: nothing in words; of labels their fingerprints, of places none."""
        return {
            **{name: str(choice.currentData() or "") for name, choice in self._named.items()},
            **{name: box.isChecked() for name, box in self._boxes.items()},
            "whole": self.whole,
            "split": "/".join(map(str, self._shares)),
            "seed": self.seed.value(),
            "labels": [fingerprint(name) for name in self.labels.names],
        }

    def recall(self, kept: dict[str, Any]) -> None:
        """Choose what was remembered, as far as it is still there."""
        for name, choice in self._named.items():
            choice.setCurrentIndex(max(0, choice.findData(kept.get(name, ""))))
        for name, box in self._boxes.items():
            box.setChecked(kept.get(name, name == "stratified") is True)
        self.kind.setCurrentIndex(1 if kept.get("whole") is False else 0)
        split = kept.get("split")
        self.split.setCurrentText(str(split) if split else self.split.itemText(0))
        seed = kept.get("seed")
        self.seed.setValue(seed if isinstance(seed, int) else 0)
        known = kept.get("labels")
        marked = set(known) if isinstance(known, list) else set()
        self.labels.tick(name for name in self.labels.offered if fingerprint(name) in marked)

    @property
    def _named(self) -> dict[str, Choices]:
        return {"format": self.format, "by": self.by, "chunk": self.chunk, "redact": self.redact}

    @property
    def _boxes(self) -> dict[str, QCheckBox]:
        return {
            "proposed": self.proposed,
            "unmarked": self.unmarked,
            "zipped": self.zipped,
            "stratified": self.stratified,
        }

    @property
    def _shares(self) -> tuple[int, ...]:
        typed = self._typed_split.replace(" ", "").split("/")
        return tuple(int(one) for one in typed) if all(map(str.isdecimal, typed)) else ()

    def offer_labels(self, labels: Iterable[Label]) -> None:
        """Offer the labels of the codebook."""
        self.labels.offer(label.name for label in labels)

    def fit_suffix(self) -> None:
        """End the place's name as the format's files do, as a folder or as an archive."""
        place = self.place
        if not place.name:
            return
        ends = {ZIP, *(suffix for one in self._formats for suffix in one.suffixes)}
        stem = place.with_suffix("") if place.suffix in ends else place
        plain = self.whole or self._chosen.folder or not self._chosen.suffixes
        suffix = ZIP if self.zipped.isChecked() else "" if plain else self._chosen.suffixes[0]
        self.path.setText(str(stem.with_name(stem.name + suffix)))

    def _follow_path(self) -> None:
        """A name that is typed says, too, whether it is an archive."""
        with QSignalBlocker(self.zipped):
            self.zipped.setChecked(self.place.suffix.lower() == ZIP)
