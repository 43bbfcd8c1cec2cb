"""The readers of articles for the tests: parsing here, where it can be watched, or confined."""

import io
from typing import Any

from newsdesk.formats import format_named
from newsdesk.formats.docx import parse_docx
from newsdesk.formats.drafts import Told, items
from newsdesk.formats.eml import parse_eml
from newsdesk.formats.feed import parse_feed
from newsdesk.formats.format import Bundle, Item, Problem, Reading
from newsdesk.formats.html_article import parse_page
from newsdesk.formats.inputs import BytesInput
from newsdesk.formats.markdown import parse_markdown
from newsdesk.formats.newsml_g2 import parse_newsml
from newsdesk.formats.ninjs import parse_ninjs
from newsdesk.formats.odt import parse_odt
from newsdesk.formats.pdf import parse_pdf
from newsdesk.formats.rtf import parse_rtf
from newsdesk.formats.warc import parse_warc

PARSERS: dict[str, Any] = {
    "docx": parse_docx,
    "eml": parse_eml,
    "feed": parse_feed,
    "html": parse_page,
    "markdown": parse_markdown,
    "newsml-g2": parse_newsml,
    "ninjs": parse_ninjs,
    "odt": parse_odt,
    "pdf": parse_pdf,
    "rtf": parse_rtf,
    "warc": parse_warc,
}
OF_MANY = {"feed", "newsml-g2", "ninjs", "warc"}


def read_here(name: str, raw: bytes, file: str = "a.file", **told: Any) -> list[Item]:
    """What a format gives of these bytes, parsed in this very process."""
    source = BytesInput(raw, file)
    found = PARSERS[name](io.BufferedReader(io.BytesIO(raw)), Told(name=file, **told))
    return [
        item for draft in found for item in items(draft, source, name, whole=name not in OF_MANY)
    ]


def read(name: str, raw: bytes, file: str = "a.file", **told: Any) -> list[Item]:
    """What a format gives of these bytes, as an import reads them."""
    reader = format_named(name).read
    assert reader is not None
    return list(reader(BytesInput(raw, file), Reading(**told)))


def only(found: list[Item]) -> Bundle:
    """The one article, where there is nothing else but remarks."""
    (bundle,) = [item for item in found if isinstance(item, Bundle)]
    assert not any(item.blocks for item in found if isinstance(item, Problem)), found
    return bundle


def said(found: list[Item]) -> str:
    """All that is wrong or worth knowing, as it is said."""
    return "\n".join(str(item) for item in found if isinstance(item, Problem))


def refused(name: str, raw: bytes, **told: Any) -> str:
    """What is said of a file of which nothing can be read."""
    found = read(name, raw, **told)
    assert found
    assert all(isinstance(item, Problem) and item.blocks for item in found), found
    assert all(item.file == "a.file" for item in found if isinstance(item, Problem))
    return said(found)
