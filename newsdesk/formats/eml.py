"""Mails in: the text of a message, its sender as byline, its attachments listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr
from typing import BinaryIO

from newsdesk.formats.blocks import text_of
from newsdesk.formats.drafts import Draft, Told, reader
from newsdesk.formats.format import FileFormat, Part
from newsdesk.formats.html_article import decoded_page
from newsdesk.formats.kinds import HEAD, not_text
from newsdesk.model import NewsdeskError

_LATIN, _CURLY = ("iso-8859-1", "latin1", "latin-1"), re.compile(rb"[\x80-\x9f]")
_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):", re.M)
_KNOWN = frozenset((b"from", b"to", b"subject", b"date"))
_OF_MAIL = frozenset((b"message-id", b"mime-version", b"received", b"return-path", b"x-mailer"))
_DEEPEST = 50
_SHOWN = 10


def parse_eml(file: BinaryIO, told: Told) -> Iterator[Draft]:
    """One article a file."""
    raw = file.read()
    kind = not_text(raw[:HEAD])
    if kind:
        raise NewsdeskError(f"it is {kind}, not a mail.")
    if not _fields(raw[:HEAD]):
        raise NewsdeskError("it is no mail: it does not begin with the fields of one.")
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    _check_depth(mail)
    text, encoding, guessed = _text(mail, told.encoding)
    attached = _attachments(mail)
    if not text.strip():
        with_them = " Import what is attached to it instead." if attached else ""
        raise NewsdeskError(f"there is no text in the mail.{with_them}")
    name, address = parseaddr(_field(mail, "From"))
    yield Draft(
        text=text,
        title=_field(mail, "Subject"),
        byline=name or address,
        published=_field(mail, "Date"),
        outlet=_field(mail, "Organization"),
        language=_field(mail, "Content-Language").split(",")[0],
        encoding=encoding,
        guessed=("title", "byline", "published", "outlet", "language", *guessed),
        remarks=_remark(attached),
    )


def _fields(head: bytes) -> bool:
    """Whether bytes begin with the fields of a mail."""
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    first = re.match(rb"(?:From \S+ [^\n]*\n)?[A-Za-z][A-Za-z0-9-]*:", block)
    names = {name.lower() for name in _FIELD.findall(block)}
    return first is not None and len(names & _KNOWN) >= 2


def _looks_like(head: bytes) -> bool:
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    names = {name.lower() for name in _FIELD.findall(block)}
    return _fields(head) and bool(names & _OF_MAIL)


def _check_depth(mail: EmailMessage) -> None:
    level: list[MIMEPart] = [mail]
    for _ in range(_DEEPEST):
        level = [part for each in level if each.is_multipart() for part in each.iter_parts()]
        if not level:
            return
    raise NewsdeskError(f"its parts are nested more than {_DEEPEST} deep. Save its text alone.")


def _field(mail: EmailMessage, name: str) -> str:
    # The fields of strangers' mails break the parser of fields in ways of their own.
    try:
        return str(mail.get(name, ""))
    except (ValueError, LookupError, AttributeError, TypeError, MessageError):
        return ""


def _text(mail: EmailMessage, chosen: str | None) -> tuple[str, str, tuple[str, ...]]:
    """The text, its encoding, and whether that is a guess."""
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return "", "utf-8", ()
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return "", "utf-8", ()
    declared = chosen or part.get_content_charset()
    if str(declared).lower() in _LATIN and _CURLY.search(payload):
        declared = "windows-1252"  # what programs mean that say Latin 1: it has no quotation marks
    try:
        text, encoding = payload.decode(declared or "utf-8"), declared or "utf-8"
        guessed: tuple[str, ...] = ()
    except (UnicodeDecodeError, LookupError):
        found = decoded_page(payload, chosen)
        text, encoding, guessed = found.text, found.encoding, ("encoding",)
    if part.get_content_subtype() == "html":
        return _of_html(text), encoding, guessed
    return _flowed(text, part) if part.get_param("format") == "flowed" else text, encoding, guessed


def _of_html(text: str) -> str:
    from lxml import html

    if not text.strip():
        return ""
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    return text_of(page, skip=("head",))


def _flowed(text: str, part: MIMEPart) -> str:
    """Paragraphs whose lines were broken on the way (RFC 3676) in one piece again."""
    delete = str(part.get_param("delsp", "")).lower() == "yes"
    lines: list[str] = []
    soft = False
    for line in text.replace("\r\n", "\n").split("\n"):
        said = line.removeprefix(" ")
        if soft and lines and said and not said.startswith(">"):
            lines[-1] = (lines[-1][:-1] if delete else lines[-1]) + said
        else:
            lines.append(said)
        soft = said.endswith(" ") and said != "-- "
    return "\n".join(line.rstrip() for line in lines)


def _attachments(mail: EmailMessage) -> list[str]:
    names = []
    for part in mail.walk():
        if part.is_attachment() or (part.get_filename() and not part.is_multipart()):
            names.append(part.get_filename() or part.get_content_type())
    return names


def _remark(names: list[str]) -> tuple[str, ...]:
    if not names:
        return ()
    shown = ", ".join(f"“{' '.join(name.split())[:80]}”" for name in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return (f"attached to it, and not imported: {shown}{more}.",)


FORMAT = FileFormat(
    name="eml",
    title="Mail",
    suffixes=(".eml",),
    looks_like=_looks_like,
    losses=frozenset(Part) - {Part.RAW},
    read=reader("eml", parse_eml),
)
