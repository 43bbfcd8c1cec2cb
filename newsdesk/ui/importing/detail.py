"""What one file would be as an article: what is said of it, its text, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from newsdesk.desk.import_amending import EVERY, amended
from newsdesk.formats.format import Bundle, Problem
from newsdesk.model import NewsdeskError
from newsdesk.ui.importing.columns import Columns
from newsdesk.ui.inspector.form import Form
from newsdesk.ui.plain import ElidedLabel, counted, plain_label

if TYPE_CHECKING:
    from newsdesk.desk.importing import Preview, Previewed
    from newsdesk.ui.importing.files import Candidate

ENCODINGS = (
    *("utf-8", "cp1252", "latin-1", "iso8859-15", "utf-16", "cp1250", "cp1251", "koi8-r"),
    *("cp1253", "cp1254", "cp1255", "cp1256", "gb18030", "big5", "shift_jis", "euc-kr"),
)
"""What an editor can choose from; the one proposed comes first."""
RECODABLE = ("text", "markdown", "html", "table", "eml", "rtf", "json", "jsonl")
"""Formats of letters: in the others, the file itself says how they are encoded."""
SHOWN = 3_000
"""Code points of a text that are shown."""
SAID = 3
"""Problems, and remarks, that are said; the report has them all."""


class Detail(QWidget):
    """Shows a preview; `recoded` asks for another encoding, "" for the proposed one.

    `mapped` says which column of a table is what, `amended` what the editor said of the articles
    instead of what was proposed, by field.
    """

    recoded = Signal(str)
    amended = Signal(dict)
    mapped = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        em = self.fontMetrics().height()
        self._candidate: Candidate | None = None
        self._fields: dict[str, QLineEdit] = {}
        self._encoding = QComboBox(self)
        self._encoding.activated.connect(self._recode)
        self._proposed = ElidedLabel(self)
        self._what = ElidedLabel(self)
        self._labels = ElidedLabel(self)
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("How the text will be stored"))
        self._said = plain_label("", self, wrap=True)
        self._form = Form(em)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em * 2 // 3, 0, 0, 0)
        layout.setSpacing(em // 2)
        layout.addLayout(self._form)
        self._rows = self._make_fields()
        self._title = self._fields["title"]
        at = len(self._rows)
        self._encoding_row = self._form.row(at, self.tr("Encoding"), self._encoding)
        self._proposed_row = self._form.row(at + 1, self.tr("Proposed"), self._proposed)
        self._form.row(at + 2, self.tr("Holds"), self._what)
        self._labels_row = self._form.row(at + 3, self.tr("New labels"), self._labels)
        self._columns = Columns(self)
        self._columns.chosen.connect(self.mapped)
        layout.addWidget(self._columns)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._said)

    def _make_fields(self) -> dict[str, QLabel]:
        rows = {}
        for at, (name, said) in enumerate(
            (
                ("title", self.tr("Title")),
                ("published", self.tr("Published")),
                ("byline", self.tr("Byline")),
                ("outlet", self.tr("Outlet")),
                ("language", self.tr("Language")),
                ("url", self.tr("Address")),
            )
        ):
            field = self._fields[name] = QLineEdit(self)
            field.textEdited.connect(lambda text, name=name: self._amend(name, text))
            rows[name] = self._form.row(at, said, field)
        self._fields["published"].setPlaceholderText(self.tr("such as 2017-07-22"))
        return rows

    def show_preview(self, candidate: Candidate, *, file: bool, address: str = "") -> None:
        """Show what a look showed. Where there are several articles, what is said of outlet and
        language holds for all of them, and the rest can only be read."""
        self._candidate = candidate
        preview = candidate.preview
        article = preview.articles[0] if preview and preview.articles else None
        letters = preview is not None and preview.format in RECODABLE
        self._form.show_row(self._encoding_row, file and article is not None and letters)
        self._columns.show_columns(*((preview.columns, preview.mapping) if preview else ((), {})))
        self._show_fields(candidate, article, address)
        new = bool(preview and article and preview.labels)
        self._form.show_row(self._labels_row, new)
        if preview is None or article is None:
            self._what.show_text("")
            self._text.setPlainText("")
            self._say(preview)
            return
        self._show_encodings(preview)
        self._what.show_text(self._holds(preview, article))
        self._labels.show_text(", ".join(one.name for one in preview.labels))
        text = article.article.text
        self._text.setPlainText(text[:SHOWN] + ("\n…" if len(text) > SHOWN else ""))
        self._say(preview)

    def _show_fields(self, candidate: Candidate, found: Previewed | None, address: str) -> None:
        """Show what is known of the article, and what of it is a guess."""
        article = found.article if found else None
        several = self.tr("for all articles of this file")
        for name, field in self._fields.items():
            known = found.outlet if found and name == "outlet" else getattr(article, name, "")
            known = known or (address if name == "url" and found else "")
            every = name in EVERY and not candidate.alone
            field.setText(candidate.fields.get(name, "" if every else known or ""))
            field.setReadOnly(found is None or not (candidate.alone or every))
            field.setCursorPosition(0)
            if every:
                field.setPlaceholderText(several if found else "")
            elif name != "published":
                field.setPlaceholderText("")
            table = bool(candidate.preview and candidate.preview.columns)
            self._form.show_row(self._rows[name], candidate.alone or every or not table)
        names = self._field_names()
        guessed = [said for name, said in names.items() if found and name in found.guessed]
        self._proposed.show_text(", ".join(guessed))
        self._form.show_row(self._proposed_row, bool(guessed))

    def _amend(self, name: str, text: str) -> None:
        if self._candidate is not None:
            fields = {**self._candidate.fields, name: text}
            if name in EVERY and not self._candidate.alone and not text.strip():
                del fields[name]
            self.amended.emit(fields)
            self._say(self._candidate.preview)

    def _field_names(self) -> dict[str, str]:
        return {
            "text": self.tr("text"),
            "title": self.tr("title"),
            "published": self.tr("date"),
            "byline": self.tr("byline"),
            "outlet": self.tr("outlet"),
            "language": self.tr("language"),
            "url": self.tr("address"),
            "section": self.tr("section"),
        }

    def _holds(self, preview: Preview, article: Previewed) -> str:
        parts = [
            counted(article.paragraphs, self.tr("1 paragraph"), self.tr("{0} paragraphs")),
            counted(
                len(article.article.text), self.tr("1 character"), self.tr("{0} characters")
            ),
        ]
        if preview.annotations:
            one, many = self.tr("1 annotation"), self.tr("{0} annotations")
            parts.append(counted(preview.annotations, one, many))
        if len(preview.articles) > 1:
            parts.append(self.tr("first of {0} articles").format(len(preview.articles)))
        return " · ".join(parts)

    def _show_encodings(self, preview: Preview) -> None:
        self._encoding.clear()
        proposed = self.tr("{0} (a guess: look at the accents)")
        now = preview.encoding
        said = proposed.format(now) if preview.encoding_guessed else now
        self._encoding.addItem(said, now)
        for name in ENCODINGS:
            if name != now:
                self._encoding.addItem(name, name)

    def _recode(self, row: int) -> None:
        self.recoded.emit(self._encoding.itemData(row))

    def _say(self, preview: Preview | None) -> None:
        if preview is None:
            said = self.tr("Looking at the file…")
        else:
            wrong = self._first(self.tr("Problems"), preview.problems, preview.problem_count)
            remarks = self._first(self.tr("Worth a look"), preview.remarks, len(preview.remarks))
            lines = [*wrong, *remarks]
            known = [one for one in preview.articles if one.known]
            if known:
                text = self.tr("The library has this very text already, as “{0}”.")
                lines.append(text.format(known[0].known))
            amiss = wrong_in(self._candidate) if self._candidate else ""
            said = "\n".join([amiss, *lines] if amiss else lines)
        self._said.setText(said)
        self._said.setVisible(bool(said))


    def _first(self, head: str, found: list[Problem], count: int) -> list[str]:
        """The first of what was found, under a head."""
        lines = [head, *(str(one) for one in found[:SAID])] if found else []
        more = count - len(found[:SAID])
        return [*lines, self.tr("… and {0} more").format(f"{more:,}")] if more > 0 else lines


def wrong_in(candidate: Candidate) -> str:
    """What is wrong with what was said of a file's articles; empty where nothing is."""
    if not candidate.fields or candidate.preview is None or not candidate.preview.articles:
        return ""
    try:
        amended(Bundle(article=candidate.preview.articles[0].article), candidate.fields)
    except NewsdeskError as error:
        return str(error)
    return ""
