"""What one file would be as an article: title, encoding, paragraphs, text, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from newsdesk.ui.importing.columns import Columns
from newsdesk.ui.inspector.form import Form
from newsdesk.ui.plain import ElidedLabel, counted, plain_label

if TYPE_CHECKING:
    from newsdesk.desk.importing import Preview, Previewed

ENCODINGS = (
    *("utf-8", "cp1252", "latin-1", "iso8859-15", "utf-16", "cp1250", "cp1251", "koi8-r"),
    *("cp1253", "cp1254", "cp1255", "cp1256", "gb18030", "big5", "shift_jis", "euc-kr"),
)
"""What an editor can choose from; the one proposed comes first."""
RECODABLE = ("text", "markdown", "html", "table", "eml", "rtf", "json", "jsonl")
"""Formats of letters: in the others, the file itself says how they are encoded."""
SHOWN = 3_000
"""Code points of a text that are shown."""


class Detail(QWidget):
    """Shows a preview; `recoded` asks for another encoding, "" for the proposed one.

    `mapped` says which column of a table is what.
    """

    recoded = Signal(str)
    retitled = Signal(str)
    mapped = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        em = self.fontMetrics().height()
        self._title = QLineEdit(self)
        self._title.textEdited.connect(self.retitled)
        self._encoding = QComboBox(self)
        self._encoding.activated.connect(self._recode)
        self._where = ElidedLabel(self)
        self._whence = ElidedLabel(self)
        self._proposed = ElidedLabel(self)
        self._what = ElidedLabel(self)
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
        self._form.row(0, self.tr("Title"), self._title)
        self._encoding_row = self._form.row(1, self.tr("Encoding"), self._encoding)
        self._form.row(2, self.tr("Published"), self._where)
        self._whence_row = self._form.row(3, self.tr("From"), self._whence)
        self._proposed_row = self._form.row(4, self.tr("Proposed"), self._proposed)
        self._form.row(5, self.tr("Holds"), self._what)
        self._columns = Columns(self)
        self._columns.chosen.connect(self.mapped)
        layout.addWidget(self._columns)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._said)

    def show_preview(self, preview: Preview | None, *, file: bool, alone: bool) -> None:
        """Show what a look showed; the title can be changed where the article is `alone`."""
        article = preview.articles[0] if preview and preview.articles else None
        letters = preview is not None and preview.format in RECODABLE
        self._form.show_row(self._encoding_row, file and article is not None and letters)
        self._columns.show_columns(*((preview.columns, preview.mapping) if preview else ((), {})))
        self._show_origin(article)
        self._title.setReadOnly(not alone)
        if preview is None or article is None:
            self._title.setText("")
            self._where.show_text("")
            self._what.show_text("")
            self._text.setPlainText("")
            self._say(preview)
            return
        self._title.setText(article.article.title)
        self._show_encodings(preview)
        parts = (article.article.published or self.tr("no date"), article.outlet)
        self._where.show_text(" · ".join(part for part in parts if part))
        self._what.show_text(self._holds(preview, article))
        text = article.article.text
        self._text.setPlainText(text[:SHOWN] + ("\n…" if len(text) > SHOWN else ""))
        self._say(preview)

    def _show_origin(self, found: Previewed | None) -> None:
        """Show who wrote it, in what language and where it stood, and what of it is a guess."""
        if found is None:
            parts, guessed = [], []
        else:
            article, names = found.article, self._field_names()
            parts = [part for part in (article.byline, article.language, article.url) if part]
            guessed = [said for name, said in names.items() if name in found.guessed]
        self._whence.show_text(" · ".join(parts))
        self._proposed.show_text(", ".join(guessed))
        self._form.show_row(self._whence_row, bool(parts))
        self._form.show_row(self._proposed_row, bool(guessed))

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
            lines = [str(problem) for problem in (*preview.problems, *preview.remarks)[:4]]
            more = preview.problem_count + len(preview.remarks) - len(lines)
            if more > 0:
                lines.append(self.tr("… and {0} more").format(f"{more:,}"))
            known = [one for one in preview.articles if one.known]
            if known:
                text = self.tr("The library has this very text already, as “{0}”.")
                lines.append(text.format(known[0].known))
            said = "\n".join(lines)
        self._said.setText(said)
        self._said.setVisible(bool(said))
