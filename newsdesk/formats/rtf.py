"""Rich text documents in (striprtf): paragraphs, and what the file says of itself."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from newsdesk.formats.blocks import joined_paragraphs
from newsdesk.formats.drafts import Draft, Told, reader
from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.formats.openings import opening_of
from newsdesk.model import NewsdeskError

_SIGN = b"{\\rtf"
_INFO = re.compile(r"\{\\(title|author) ((?:[^{}\\]|\\'[0-9a-fA-F]{2}|\\u-?\d+ ?\??|\\[{}\\])*)\}")
_CREATED = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})\b")
_PAGE = re.compile(r"\\ansicpg(\d{3,5})")


def parse_rtf(file: BinaryIO, told: Told) -> Iterator[Draft]:
    """One article a file."""
    from striprtf.striprtf import rtf_to_text

    raw = file.read()
    if not raw.startswith(_SIGN):
        raise NewsdeskError(
            f"it is {not_text(raw[:HEAD]) or 'plain text'}, not a rich text document (.rtf)."
        )
    if not raw.rstrip(b"\0 \r\n\t").endswith(b"}"):
        raise NewsdeskError("it is cut off: its last bracket is missing. Ask for it again.")
    # Pictures and objects are most of a large file; their figures say nothing.
    source = raw.decode("latin-1")
    page = _PAGE.search(source)
    encoding = told.encoding or (f"cp{page[1]}" if page else "cp1252")

    def plain(part: str) -> str:
        return str(rtf_to_text(part, encoding, errors="replace"))  # type: ignore[no-untyped-call]

    text = joined_paragraphs(plain(source).split("\n"))
    head = source[: 1 << 16]
    info = {name: plain(f"{{\\rtf1 {said}}}").strip() for name, said in _INFO.findall(head)}
    created = _CREATED.search(head)
    opening = opening_of(text)
    written = f"{int(created[1]):04}-{int(created[2]):02}-{int(created[3]):02}" if created else None
    yield Draft(
        text=text,
        title=info.get("title", ""),
        byline=opening.byline or info.get("author"),
        published=opening.published or written,
        guessed=("title", "byline", "published"),
    )


FORMAT = FileFormat(
    name="rtf",
    title="Rich text document",
    suffixes=(".rtf",),
    looks_like=lambda head: head.startswith(_SIGN),
    losses=frozenset(Part) - {Part.RAW},
    read=reader("rtf", parse_rtf),
)
