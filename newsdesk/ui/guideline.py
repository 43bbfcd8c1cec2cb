"""A label's guideline as text with headings, bold words and lists; no HTML, no pictures, no links.

Guidelines come with codebooks from outside, so only the little Markdown that is needed is read,
and everything else stays the characters that it is.
"""

from __future__ import annotations

import re

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

_PIECE = re.compile(r"(\*\*[^*\n]+\*\*|\*[^*\n]+\*)")


def write_guideline(document: QTextDocument, markdown: str) -> None:
    """Fill a document with a guideline."""
    document.clear()
    cursor = QTextCursor(document)
    first = True
    for line in _lines(markdown):
        block = QTextBlockFormat()
        text, bullet = line, False
        if line.startswith("- "):
            text, bullet = line[2:], True
            block.setLeftMargin(18)
            block.setTextIndent(-12)
        block.setBottomMargin(3 if bullet else 7)
        if first:
            cursor.setBlockFormat(block)
            first = False
        else:
            cursor.insertBlock(block)
        heading = text.startswith("#")
        _write(cursor, ("•  " if bullet else "") + text.lstrip("# "), heading)


def _lines(markdown: str) -> list[str]:
    """Paragraphs and list items, each on one line."""
    found: list[str] = []
    joins = False
    for raw in markdown.splitlines():
        line = raw.strip()
        if not line:
            joins = False
        elif joins and not line.startswith(("- ", "#")):
            found[-1] += " " + line
        else:
            found.append(line)
            joins = not line.startswith("#")
    return found


def _write(cursor: QTextCursor, text: str, heading: bool) -> None:
    for piece in _PIECE.split(text):
        form = QTextCharFormat()
        if piece.startswith("**") and piece.endswith("**") and len(piece) > 4:
            piece = piece[2:-2]
            form.setFontWeight(QFont.Weight.Bold)
        elif piece.startswith("*") and piece.endswith("*") and len(piece) > 2:
            piece = piece[1:-1]
            form.setFontItalic(True)
        if heading:
            form.setFontWeight(QFont.Weight.Bold)
        cursor.insertText(piece, form)
