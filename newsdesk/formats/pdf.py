"""PDFs in (PDFium): the pages as paragraphs, without running heads, page numbers and hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from newsdesk.formats.drafts import Draft, Told, reader
from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.formats.openings import opening_of
from newsdesk.formats.pdf_lines import Line, headline_of, paragraphs_of, without_margins
from newsdesk.model import NewsdeskError

_SIGN = b"%PDF-"
_SECURITY = 4  # FPDF_ERR_PASSWORD
_PICTURE = (
    "there is no text in it: its pages are pictures. Run text recognition (OCR) over it first, "
    "such as OCRmyPDF, and import the result."
)
_JUNK = re.compile(
    r"untitled|microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|odt|indd|qxp|qxd|pdf|rtf|txt)",
    re.I,
)
_GARBLED = re.compile("[\ufffd\ue000-\uf8ff\x01\x03-\x08\x0e-\x1f]")


def parse_pdf(file: BinaryIO, told: Told) -> Iterator[Draft]:
    """One article a file."""
    raw = file.read()
    if _SIGN not in raw[:1024]:
        raise NewsdeskError(f"it is {not_text(raw[:HEAD]) or 'plain text'}, not a PDF.")
    document = _opened(raw)
    try:
        pages = [_lines(document[number]) for number in range(len(document))]
        known = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    if not any(pages):
        raise NewsdeskError(_PICTURE)
    kept, margins = without_margins(pages)
    text = "\n\n".join(paragraphs_of(kept))
    opening = opening_of(text)
    title = known.get("Title", "").strip()
    yield Draft(
        text=text,
        title=headline_of(kept) if not title or _JUNK.fullmatch(title) else title,
        byline=opening.byline or known.get("Author"),
        published=opening.published or known.get("CreationDate"),
        guessed=("title", "byline", "published"),
        remarks=tuple(_remarks(pages, margins, text)),
    )


def _opened(raw: bytes) -> Any:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        return pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _SECURITY or "password" in str(error).lower():
            raise NewsdeskError(
                "it is locked with a password. Open it in a PDF viewer, print it into a new PDF "
                "without one, and import that."
            ) from error
        raise NewsdeskError(
            "it is damaged or cut off: no page of it can be read. Ask for it again."
        ) from error


def _remarks(pages: list[list[Line]], margins: int, text: str) -> Iterator[str]:
    empty = [number for number, page in enumerate(pages, 1) if not page]
    if empty:
        shown = ", ".join(f"{number:,}" for number in empty[:10]) + (", …" if empty[10:] else "")
        yield f"no text on page {shown}: pictures, perhaps; text recognition (OCR) would read them."
    if margins:
        yield f"{margins:,} lines that stand on most pages were left out (heads, page numbers)."
    if len(_GARBLED.findall(text)) > len(text) // 50:
        yield "many letters can't be told: its fonts don't say what they are. Look at the text."


def _lines(page: Any) -> list[Line]:
    from pypdfium2 import raw as pdfium

    text = page.get_textpage()
    try:
        handle, count = text.raw, text.count_chars()
        lines: list[Line] = []
        signs: list[str] = []
        first = last = -1
        for at in range(count):
            code = pdfium.FPDFText_GetUnicode(handle, at)
            # PDFium marks a hyphen at a line's end by one of these, and leaves the break out.
            divided = code in (2, 0xFFFE)
            sign = "-" if divided else chr(code) if code else "\ufffd"
            signs.append(sign)
            if not sign.isspace():
                first, last = (at if first < 0 else first), at
            if divided or code in (10, 13):
                lines += _line(text, signs, first, last)
                signs, first, last = [], -1, -1
        lines += _line(text, signs, first, last)
        return lines
    finally:
        text.close()
        page.close()


def _line(text: Any, signs: list[str], first: int, last: int) -> list[Line]:
    said = " ".join("".join(signs).split())
    if not said:
        return []
    left, bottom, _, top = text.get_charbox(first, loose=True)
    _, _, right, _ = text.get_charbox(last, loose=True)
    return [Line(_joined(said), left, right, bottom, top)]


def _joined(text: str) -> str:
    """A text whose astral characters are whole: PDFium gives their halves one by one."""
    if not re.search("[\ud800-\udfff]", text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


FORMAT = FileFormat(
    name="pdf",
    title="PDF",
    suffixes=(".pdf",),
    looks_like=lambda head: _SIGN in head[:1024],
    losses=frozenset(Part) - {Part.RAW},
    read=reader("pdf", parse_pdf),
)
