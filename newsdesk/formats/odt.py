"""OpenDocument texts in: paragraphs, lists, tables and notes, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO
from zipfile import is_zipfile

from newsdesk.formats.archives import open_archive
from newsdesk.formats.blocks import BULLET, CELL, joined_paragraphs
from newsdesk.formats.drafts import AGAIN, Draft, Told, reader
from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.inputs import BytesInput
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.formats.openings import opening_of
from newsdesk.formats.xml_reading import parse
from newsdesk.model import NewsdeskError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SIGNS = {_TEXT + "tab": "\t", _TEXT + "line-break": "\n"}
_LEFT_OUT = (
    *(_TEXT + "tracked-changes", _OFFICE + "annotation", _OFFICE + "annotation-end"),
    *(_OFFICE + "forms", _TEXT + "sequence-decls", _TEXT + "variable-decls"),
)
_MOST_SPACES = 100


def parse_odt(file: BinaryIO, told: Told) -> Iterator[Draft]:
    """One article a file."""
    raw = file.read()
    parts = _parts(raw, told.name)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise NewsdeskError(
            "it is locked with a password. Open it in LibreOffice, save it without one, and "
            "import it again."
        )
    content = parts.get("content.xml")
    if content is None or b"opendocument.text" not in parts.get("mimetype", b"opendocument.text"):
        raise NewsdeskError("it is a zip archive, but no OpenDocument text (.odt).")
    body = parse(content).find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise NewsdeskError("it is an OpenDocument file, but no text. Save it as .odt.")
    walk = _Walk()
    text = joined_paragraphs(walk.all(body))
    known = parse(parts["meta.xml"]) if "meta.xml" in parts else None
    language = _said(known, _DC + "language")
    opening = opening_of(text, language)
    yield Draft(
        text=text,
        title=walk.title or _said(known, _DC + "title"),
        byline=opening.byline
        or _said(known, _META + "initial-creator")
        or _said(known, _DC + "creator"),
        published=opening.published or _said(known, _META + "creation-date")[:10],
        language=language,
        guessed=("title", "byline", "published", "language"),
        remarks=("it has tracked changes; they were taken as accepted.",) if walk.changed else (),
    )


def _parts(raw: bytes, name: str) -> dict[str, bytes]:
    if not raw.startswith(b"PK"):
        raise NewsdeskError(
            f"it is {not_text(raw[:HEAD]) or 'plain text'}, not an OpenDocument text (.odt)."
        )
    if not is_zipfile(BytesIO(raw)):
        raise NewsdeskError("it is a damaged document, or the end of it is missing. " + AGAIN)
    wanted = ("mimetype", "content.xml", "meta.xml", "META-INF/manifest.xml")
    found = {}
    for member in open_archive(BytesInput(raw, name)):
        inner = member.name[len(name) + 1 :]
        if inner in wanted:
            with member.open() as file:
                found[inner] = file.read()
    return found


def _said(known: Element | None, tag: str) -> str:
    found = next(known.iter(tag), None) if known is not None else None
    return (found.text or "").strip() if found is not None else ""


class _Walk:
    """The text of a document."""

    def __init__(self) -> None:
        self.title = ""
        self.changed = False
        self._notes: list[str] = []

    def all(self, body: Element) -> Iterator[str]:
        """The paragraphs, then the notes."""
        yield from self._blocks(body)
        yield from self._notes

    def _blocks(self, parent: Element) -> Iterator[str]:
        for element in parent:
            tag = element.tag
            if tag in (_TEXT + "p", _TEXT + "h"):
                said = "".join(self._pieces(element))
                if not self.title and (tag == _TEXT + "h" or _style(element) == "Title"):
                    self.title = said.strip()
                yield said
            elif tag == _TEXT + "list":
                yield "\n".join(self._items(element))
            elif tag == _TABLE + "table":
                yield "\n".join(self._rows(element))
            elif tag == _TEXT + "tracked-changes":
                self.changed = True
            elif tag not in _LEFT_OUT:
                yield from self._blocks(element)  # sections, indexes, frames

    def _items(self, parent: Element) -> Iterator[str]:
        for item in parent.iterchildren(_TEXT + "list-item", _TEXT + "list-header"):
            for number, said in enumerate(self._blocks(item)):
                if said.strip():
                    yield said if number or said.startswith(BULLET) else BULLET + said

    def _rows(self, table: Element) -> Iterator[str]:
        for row in table.iter(_TABLE + "table-row"):
            if next(row.iterancestors(_TABLE + "table"), None) is not table:
                continue  # of a table within this one: its cell has it
            cells = row.iterchildren(_TABLE + "table-cell")
            said = [" ".join(" ".join(self._blocks(cell)).split()) for cell in cells]
            if any(said):
                yield CELL.join(said)

    def _pieces(self, parent: Element) -> Iterator[str]:
        yield _spaced(parent.text)
        for element in parent:
            tag = element.tag
            if tag == _TEXT + "s":
                yield " " * min(int(element.get(_TEXT + "c") or 1), _MOST_SPACES)
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag == _TEXT + "note":
                body = element.find(_TEXT + "note-body")
                number = len(self._notes) + 1
                self._notes.append("")
                said = " ".join(self._blocks(body)) if body is not None else ""
                self._notes[number - 1] = f"[{number}] {said}".rstrip()
                yield f"[{number}]"
            elif tag in (_TEXT + "p", _TEXT + "h", _TABLE + "table"):
                yield "\n" + "".join(self._pieces(element)) + "\n"  # in a text box
            elif tag not in _LEFT_OUT:
                yield from self._pieces(element)
            yield _spaced(element.tail)


def _spaced(text: str | None) -> str:
    """White space as OpenDocument counts it (1.2, 6.1.2): any run of it is one space."""
    if not text or (not any(sign in text for sign in "\n\t\r") and "  " not in text):
        return text or ""
    inner = " ".join(text.split())
    return f"{' ' * text[0].isspace()}{inner}{' ' * (text[-1].isspace() and bool(inner))}"


def _style(element: Element) -> str:
    return element.get(_TEXT + "style-name") or ""


FORMAT = FileFormat(
    name="odt",
    title="OpenDocument text",
    suffixes=(".odt", ".ott"),
    looks_like=lambda head: head.startswith(b"PK") and b"opendocument.text" in head,
    losses=frozenset(Part) - {Part.RAW},
    read=reader("odt", parse_odt),
)
