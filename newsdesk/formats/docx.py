"""Word documents in (python-docx): paragraphs, lists, tables and notes, in their order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import is_zipfile

from newsdesk.formats.archives import open_archive
from newsdesk.formats.blocks import BULLET, CELL, joined_paragraphs
from newsdesk.formats.drafts import AGAIN, Draft, Told, reader
from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.inputs import BytesInput
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.formats.openings import opening_of
from newsdesk.model import NewsdeskError

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element as Element

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_INSERTED, _DELETED, _MOVED = _WORDS + "ins", _WORDS + "del", _WORDS + "moveFrom"
_SIGNS = {
    _WORDS + "tab": "\t",
    _WORDS + "br": "\n",
    _WORDS + "cr": "\n",
    _WORDS + "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}
_BORN = datetime(2013, 12, 23, 23, 15)  # noqa: DTZ001 - when python-docx's own template was made
_OF_TEMPLATES = ("python-docx", "Microsoft Office User", "Unknown", "User")


def parse_docx(file: BinaryIO, told: Told) -> Iterator[Draft]:
    """One article a file."""
    raw = file.read()
    _check(raw, told.name)
    import docx

    document = docx.Document(io.BytesIO(raw))
    walk = _Walk(document)
    text = joined_paragraphs(walk.all())
    known = document.core_properties
    opening = opening_of(text, known.language)
    author = known.author if known.author not in _OF_TEMPLATES else ""
    yield Draft(
        text=text,
        title=walk.title or known.title,
        byline=opening.byline or author,
        published=opening.published or _day(known.created),
        language=known.language,
        guessed=("title", "byline", "published", "language"),
        remarks=walk.remarks,
    )


def _day(created: datetime | None) -> str | None:
    known = created is not None and created.replace(tzinfo=None) != _BORN
    return created.date().isoformat() if created and known else None


def _check(raw: bytes, name: str) -> None:
    if raw.startswith(_OLD):
        if _LOCKED in raw:
            raise NewsdeskError(
                "it is locked with a password. Open it in Word, remove the password "
                "(File, Info, Protect document), save it, and import it again."
            )
        raise NewsdeskError(
            "it is an old Office document (.doc, .xls or .ppt). "
            "Open it in Word or LibreOffice, save it as .docx, and import that."
        )
    if not raw.startswith(_ZIP):
        raise NewsdeskError(f"it is {not_text(raw[:HEAD]) or 'plain text'}, not a Word document.")
    if not is_zipfile(io.BytesIO(raw)):
        raise NewsdeskError("it is a damaged Word document, or the end of it is missing. " + AGAIN)
    names = [each.name for each in open_archive(BytesInput(raw, name))]
    if not any(each.endswith("word/document.xml") for each in names):
        raise NewsdeskError(
            "it is a zip archive, but no Word document. Save it as .docx, and import that."
        )


class _Walk:
    """The text of a document, through everything that can hold text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.title = ""
        self._heading = ""
        self._notes: list[tuple[str, str]] = []
        self._styles = {each.style_id: (each.name or "").lower() for each in document.styles}
        body = document.element.body
        self._changed = next(body.iter(_INSERTED, _DELETED, _MOVED), None) is not None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What an editor should know of the document."""
        said = "it has tracked changes; they were taken as accepted."
        return (said,) if self._changed else ()

    def all(self) -> Iterator[str]:
        """The paragraphs, then the notes that they refer to."""
        body: Any = self._document.element.body
        yield from self._blocks(body)
        self.title = self.title or self._heading
        texts = {kind: self._note_texts(kind) for kind, _ in self._notes}
        for number, (kind, id) in enumerate(self._notes, 1):
            yield f"[{number}] {texts[kind].get(id, '')}".rstrip()

    def _blocks(self, parent: Element) -> Iterator[str]:
        """Also inside content controls and insertions, which python-docx passes over."""
        items: list[str] = []
        for element in parent.iterchildren():
            tag = element.tag
            if tag == _WORDS + "p":
                said = self._paragraph(element).strip("\n")
                if self._is_item(element) and said.strip():
                    items.append(BULLET + said)
                    continue
                yield from self._listed(items)
                yield said
            elif tag == _WORDS + "tbl":
                yield from self._listed(items)
                yield "\n".join(self._rows(element))
            elif tag == _WORDS + "sdt":
                yield from self._listed(items)
                for content in element.iterchildren(_WORDS + "sdtContent"):
                    yield from self._blocks(content)
            elif tag in (_INSERTED, _WORDS + "customXml", _WORDS + "moveTo"):
                yield from self._listed(items)
                yield from self._blocks(element)
        yield from self._listed(items)

    def _listed(self, items: list[str]) -> Iterator[str]:
        if items:
            yield "\n".join(items)
            items.clear()

    def _rows(self, table: Element) -> Iterator[str]:
        for row in table.iter(_WORDS + "tr"):
            if next(row.iterancestors(_WORDS + "tbl"), None) is not table:
                continue  # of a table within this one: its cell has it
            cells = (cell for cell in row.iter(_WORDS + "tc") if _row_of(cell) is row)
            said = [" ".join(" ".join(self._blocks(cell)).split()) for cell in cells]
            if any(said):
                yield CELL.join(said)

    def _paragraph(self, paragraph: Element) -> str:
        said = "".join(self._pieces(paragraph))
        style = self._style(paragraph)
        if said.strip():
            if style == "title" and not self.title:
                self.title = said
            elif style.startswith("heading") and not self._heading:
                self._heading = said
        return said

    def _pieces(self, parent: Element) -> Iterator[str]:
        for element in parent.iterchildren():
            tag = element.tag
            if tag == _WORDS + "t":
                yield element.text or ""
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag in (_WORDS + "footnoteReference", _WORDS + "endnoteReference"):
                kind = "footnotes" if "foot" in tag else "endnotes"
                self._notes.append((kind, element.get(_WORDS + "id") or ""))
                yield f"[{len(self._notes)}]"
            elif tag == _WORDS + "txbxContent":
                yield "\n" + "\n".join(self._blocks(element)) + "\n"
            elif tag not in (_DELETED, _MOVED, _FALLBACK, _WORDS + "pPr", _WORDS + "rPr"):
                yield from self._pieces(element)

    def _style(self, paragraph: Element) -> str:
        found = paragraph.find(f"{_WORDS}pPr/{_WORDS}pStyle")
        return self._styles.get(found.get(_WORDS + "val") or "", "") if found is not None else ""

    def _is_item(self, paragraph: Element) -> bool:
        numbered = paragraph.find(f"{_WORDS}pPr/{_WORDS}numPr") is not None
        style = self._style(paragraph)
        return (numbered and not style.startswith("heading")) or style.startswith("list ")

    def _note_texts(self, kind: str) -> dict[str, str]:
        from newsdesk.formats.xml_reading import parse

        for relation in self._document.part.rels.values():
            if relation.reltype.endswith("/" + kind) and not relation.is_external:
                root = parse(relation.target_part.blob)
                return {
                    note.get(_WORDS + "id") or "": " ".join(" ".join(self._blocks(note)).split())
                    for note in root
                }
        return {}


def _row_of(cell: Element) -> Element | None:
    return next(cell.iterancestors(_WORDS + "tr"), None)


def _looks_like(head: bytes) -> bool:
    if head.startswith(_OLD):
        return True  # to say what to do with it
    return head.startswith(_ZIP) and b"word/" in head


FORMAT = FileFormat(
    name="docx",
    title="Word document",
    suffixes=(".docx", ".docm", ".dotx"),
    looks_like=_looks_like,
    losses=frozenset(Part) - {Part.RAW},
    read=reader("docx", parse_docx),
)
