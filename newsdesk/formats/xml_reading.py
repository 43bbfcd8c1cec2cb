"""Guarded reading of XML: no document type, no entities of its own, no network, no huge trees.

Every reader of XML goes through `parse` or `elements`. XML 1.0 can't hold some control
characters at all: writers ask `storable` for a text that it can.
"""

import re
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.parsers import expat

from newsdesk.formats.format import Input
from newsdesk.model import NewsdeskError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LIMIT = 100_000_000
"""Bytes of a document that `parse` takes: a tree needs some ten times as many."""
PROLOGUE = 1 << 20
"""Bytes in which the first element must begin."""

_CHUNK = 1 << 16
# XML 1.0, production 2 (Char): all but these may stand in a document.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "load_dtd": False,
}


class BrokenXML(NewsdeskError):
    """What is no XML that may be read; `line` counts from 1, 0 where none is known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class _Begun(Exception):
    """The first element begins: the prologue is over."""


def parse(source: Input | bytes, *, limit_bytes: int = LIMIT) -> "Element":
    """The root element of a document, read as a whole.

    Comments and processing instructions are left out. Raises BrokenXML, with the line, where it is
    no well-formed XML, declares a document type, nests deeper than 256 elements, has a text or
    attribute of more than ten million bytes, or is longer than `limit_bytes`.
    """
    _need_lxml()
    from lxml import etree

    raw = source if isinstance(source, bytes) else _whole(source, limit_bytes)
    if len(raw) > limit_bytes:
        raise _too_long(limit_bytes)
    check_prologue(BytesIO(raw))
    parser = etree.XMLParser(**_SAFE, remove_comments=True, remove_pis=True)
    try:
        root: Element = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _broken(error) from error
    _check_type(root)
    return root


def elements(
    source: Input,
    tags: tuple[str, ...],
    progress: Callable[[int], None] | None = None,
    *,
    kept: tuple[str, ...] = (),
) -> "Iterator[Element]":
    """Each element of these tags (`{namespace}name`, or `{*}name`), and forgotten after its turn.

    A file of any length: only the element at hand is held. An element of a tag in `kept` comes at
    its end too, but stays with the one that it stands in. `progress` hears numbers of bytes.
    Raises BrokenXML like `parse`, when it gets to the fault.
    """
    _need_lxml()
    from lxml import etree

    with _opened(source) as file:
        check_prologue(file)
    with _opened(source) as file:
        told = _Told(file, progress)
        try:
            events = etree.iterparse(
                told,
                events=("end",),
                tag=(*tags, *kept),
                remove_comments=True,
                remove_pis=True,
                **_SAFE,
            )
            for _, element in events:
                yield element
                if element.tag not in kept:
                    _forget(element)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise _broken(error) from error


def check_prologue(file: BinaryIO) -> None:
    """Raise BrokenXML unless the first element begins without a document type before it."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_type
    parser.StartElementHandler = _begin
    read = 0
    try:
        while chunk := file.read(_CHUNK):
            read += len(chunk)
            parser.Parse(chunk, False)
            if read > PROLOGUE:
                raise BrokenXML("no element begins within its first million bytes.")
        parser.Parse(b"", True)
    except _Begun:
        return
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code) or "it breaks off"
        raise BrokenXML(f"it is no well-formed XML ({what}).", error.lineno) from error
    except (ValueError, LookupError) as error:
        raise BrokenXML(f"its encoding can't be read ({error}). Save it as UTF-8.") from error
    raise BrokenXML("it is no XML: there is no element in it.")


def storable(text: str) -> tuple[str, int]:
    """A text that XML 1.0 can hold, and how many code points had to give way to U+FFFD.

    Offsets stay: it is one code point for one.
    """
    return _UNHOLDABLE.subn("\ufffd", text)


def unholdable(text: str) -> list[tuple[int, int]]:
    """The code points that `storable` replaces: where each stands, and which it is."""
    return [(found.start(), ord(found.group())) for found in _UNHOLDABLE.finditer(text)]


def holds(text: str) -> bool:
    """Whether XML 1.0 can hold every code point of a text."""
    return _UNHOLDABLE.search(text) is None


def _need_lxml() -> None:
    if find_spec("lxml") is None:
        raise NewsdeskError("reading XML needs the extra “interop”: pip install newsdesk[interop].")


def _refuse_type(*_: object) -> None:
    raise BrokenXML(
        "it declares a document type (DTD), through which a file can do harm. Newsdesk reads none; "
        "remove the lines from <!DOCTYPE to its >."
    )


def _begin(*_: object) -> None:
    raise _Begun


def _check_type(root: "Element") -> None:
    if root.getroottree().docinfo.doctype:
        _refuse_type()


def _whole(source: Input, limit: int) -> bytes:
    with _opened(source) as file:
        return file.read(limit + 1)


def _opened(source: Input) -> BinaryIO:
    try:
        return source.open()
    except OSError as error:
        raise BrokenXML(f"it can't be read: {error.strerror}.") from error


def _too_long(limit: int) -> BrokenXML:
    return BrokenXML(f"it is longer than {limit:,} bytes. Split it, and import the parts.")


def _broken(error: Exception) -> BrokenXML:
    line = getattr(error, "lineno", 0) or 0
    what = str(getattr(error, "msg", "") or error).split(", line ")[0]
    return BrokenXML(f"it is no well-formed XML ({what}).", line)


def _forget(element: "Element") -> None:
    element.clear()
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            return
        del parent[0]


class _Told:
    """A file that tells how much of it was read."""

    def __init__(self, file: BinaryIO, progress: Callable[[int], None] | None) -> None:
        self._file, self._progress = file, progress

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        if self._progress:
            self._progress(len(chunk))
        return chunk
