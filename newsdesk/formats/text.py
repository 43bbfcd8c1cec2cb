"""Plain text: one article a file, with an optional date before the body, and no headline."""

import re
from collections.abc import Iterator
from datetime import date

from newsdesk.formats.encoding import decode
from newsdesk.formats.format import Bundle, FileFormat, Input, Item, Part, Problem, Reading
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.model import NewsdeskError, canonise, new_article

TITLE = 80
"""Code points that a proposed title has at most."""

_DATE = re.compile(r"\s*date[ \t:]+(\d{4}-\d{2}-\d{2})\b\s*", re.I)
_PARAGRAPH = re.compile(r"\S[^\n]*")
# A full stop after an initial or the short form of a title does not end a sentence.
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt|Jr|Sr))(?<!\b(?:Mrs|Rev|Sen|Rep|Gen|Gov|Col|Sgt|Det))"
    r"[.!?…]+[”’\"')\]]*(?=\s|$)"
)
_OPENING = 400


def read_text(source: Input, reading: Reading) -> Iterator[Item]:
    """One bundle: the file's text as an article, with date, title and encoding as proposals."""
    with source.open() as file:
        raw = file.read()
    reading.advance(len(raw))
    kind = not_text(raw[:HEAD])
    if kind and not (reading.encoding and kind == "a binary file"):
        yield Problem(file=source.name, message=f"it is {kind}, not plain text.")
        return
    try:
        decoded = decode(raw, reading.encoding)
    except NewsdeskError as error:
        yield Problem(file=source.name, field="encoding", message=str(error))
        return
    body, published = split_date(canonise(decoded.text))
    if not body.strip():
        yield Problem(file=source.name, message="there is no text in it.")
        return
    article = new_article(
        body,
        title=propose_title(body),
        published=published,
        format="text",
        encoding=decoded.encoding,
        raw=None if body.encode() == raw else raw,
    )
    guessed = {"title"} | ({"encoding"} if decoded.guessed else set())
    yield Bundle(article=article, guessed=frozenset(guessed))


def split_date(text: str) -> tuple[str, str | None]:
    """A text without the `date 2017-07-22` before its body, and that date if there was one."""
    found = _DATE.match(text)
    if found is None:
        return text, None
    try:
        date.fromisoformat(found[1])
    except ValueError:
        return text, None
    return text[found.end() :], found[1]


def propose_title(text: str) -> str:
    """The first sentence of a text, cut at a word where it is longer than 80 code points."""
    found = _PARAGRAPH.search(text)
    first = " ".join(found.group()[:_OPENING].split()) if found else ""
    end = _SENTENCE_END.search(first)
    sentence = first[: end.end()] if end else first
    if len(sentence) <= TITLE:
        return sentence.removesuffix(".") if sentence.count(".") == 1 else sentence
    cut = sentence[: TITLE - 1]
    if " " in cut and sentence[TITLE - 1] != " ":
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:–—-") + "…"


FORMAT = FileFormat(
    name="text",
    title="Plain text",
    suffixes=(".txt", ".text"),
    looks_like=lambda head: bool(head) and not_text(head) is None,
    losses=frozenset(Part) - {Part.RAW},
    read=read_text,
)
