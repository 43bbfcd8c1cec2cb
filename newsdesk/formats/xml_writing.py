"""Texts as XML has them: the content of an element, and the value of an attribute."""

# Not xml.sax.saxutils, which loads an HTTP client at each start of the command line.
from html import escape

from newsdesk.formats.xml_reading import storable


def content(text: str) -> str:
    """A text as the content of an element; controls that XML forbids become U+FFFD."""
    return escape(storable(text)[0], quote=False).replace("\r", "&#13;")


def quoted(text: str) -> str:
    """A text as the value of an attribute, with quotation marks around it, likewise."""
    if '"' in text and "'" not in text:
        return f"'{_value(text)}'"
    return f'"{in_quotes(text)}"'


def in_quotes(text: str) -> str:
    """The same for an attribute whose quotation marks (") stand already."""
    return _value(text).replace('"', "&quot;")


def _value(text: str) -> str:
    return content(text).replace("\n", "&#10;").replace("\t", "&#9;")
