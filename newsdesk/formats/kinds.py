"""Telling by the first bytes what a file is that no text can be."""

import re
from collections import Counter

HEAD = 4096
"""Bytes that are looked at to tell what a file is."""

_DESK = b"NDsk"
_SQLITE = b"SQLite format 3\0"

# Only kinds that newsrooms are likely to drop on the window: each is named in the refusal.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls or .ppt)"),
    (b"{\\rtf", "a rich text document (.rtf)"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"ID3", "an MP3 sound file"),
    (b"OggS", "an Ogg sound file"),
    (b"fLaC", "a FLAC sound file"),
    (b"PAR1", "a Parquet table"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film"),
)
_OFFICE = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"oasis.opendocument", "an OpenDocument file (such as .odt)"),
    (b"application/epub", "an e-book (.epub)"),
)
_WEB = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S)
_XML = re.compile(rb"\s*<\?xml\b")
_MARKS = b"\xef\xbb\xbf"


def is_desk(head: bytes) -> bool:
    """Whether a file is a desk of Newsdesk's (by SQLite's `application_id`, bytes 68 to 72)."""
    return head.startswith(_SQLITE) and head[68:72] == _DESK


def not_text(head: bytes) -> str | None:
    """In words, what a file is that is no plain text; None where it may well be text."""
    if is_desk(head):
        return "a desk of Newsdesk"
    if head.startswith(_SQLITE):
        return "an SQLite database"
    if head.startswith(b"PK\x03\x04"):
        return next((words for sign, words in _OFFICE if sign in head), "a zip archive")
    for sign, words in _MAGIC:
        if head.startswith(sign):
            return words
    if head[:4] == b"RIFF":
        return "a WebP picture" if head[8:12] == b"WEBP" else "a sound or film file"
    if head[4:8] == b"ftyp":
        return "a film or a picture of a phone (such as .mp4 or .heic)"
    bare = head.removeprefix(_MARKS)
    if _WEB.match(bare):
        return "a web page"
    if _XML.match(bare):
        return "an XML document"
    return "a binary file" if _is_binary(head) else None


def wide_without_mark(head: bytes) -> str | None:
    """`utf-16-le` or `-be` where the bytes look like UTF-16 without a byte order mark."""
    if len(head) < 4:
        return None
    even, odd = head[0 : len(head) & ~1 : 2], head[1::2]
    if _is_high_half(odd) and even.count(0) <= 0.02 * len(even):
        return "utf-16-le"
    if _is_high_half(even) and odd.count(0) <= 0.02 * len(odd):
        return "utf-16-be"
    return None


def _is_high_half(lane: bytes) -> bool:
    """Whether bytes look like the upper halves of letters: of two alphabets, spaces included."""
    common = Counter(lane).most_common(2)
    blocks = [byte for byte, _ in common]
    return 0 in blocks and max(blocks) < 0x31 and sum(n for _, n in common) >= 0.9 * len(lane)


_CONTROLS = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or wide_without_mark(head):
        return False
    controls = len(head) - len(head.translate(None, delete=_CONTROLS))
    # A text may hold a stray NUL, which the canoniser replaces; a binary file is full of them.
    return controls >= 4 and controls > 0.02 * len(head)
