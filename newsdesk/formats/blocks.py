"""From marked-up text to readable paragraphs: HTML, NITF, and what trafilatura gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BULLET = "• "
"""Stands before an item of a list that has no numbers."""
CELL = " | "
"""Stands between two cells of a table's row."""

_SKIPPED = frozenset(
    "script style noscript template svg math iframe object video audio canvas map select button "
    "input textarea title meta link base del graphic media-reference media-metadata "
    "tobject docdata".split()
)
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table tr caption section article "
    "aside header footer main nav figure figcaption address hr form fieldset details summary body "
    "list item quote row head hl1 hl2 hedline byline distributor dateline block bq note media "
    "media-caption nitf-table abstract body.head body.content body.end tagline".split()
)
_BREAKS = frozenset(("br", "lb"))
_ITEMS = frozenset(("li", "item"))
_CELLS = frozenset(("td", "th", "cell"))
_SPACE = re.compile(r"[ \t\r\n\f\v\u200b]+")
_EDGES = re.compile(r" *\n *")


def text_of(root: Element, *, skip: Iterable[str] = ()) -> str:
    """The paragraphs of an element, one blank line between two; lists and tables line by line.

    `skip` names elements to leave out, besides scripts, controls and the like.
    """
    from lxml import etree

    page = _Page()
    without = _SKIPPED.union(skip)
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = _tag(element)
        inner = event == "start" and tag not in without
        if inner:
            page.begin(element, tag)
            page.add(element.text)
        elif event == "start":
            walk.skip_subtree()
        if event != "start":
            if event == "end" and tag not in without:
                page.end(element, tag)
            if element is not root:
                page.add(element.tail)
    page.flush()
    return "\n\n".join(page.paragraphs)


def joined_paragraphs(paragraphs: Iterable[str]) -> str:
    """Paragraphs as one text, without the empty ones, one blank line between two."""
    return "\n\n".join(said for each in paragraphs if (said := each.strip()))


def _tag(element: Element) -> str:
    name = element.tag
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


class _Page:
    """Paragraphs in the making."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._pieces: list[str] = []
        self._before = ""
        self._kept = 0
        self._lists: list[int | None] = []
        self._tight = False

    def begin(self, element: Element, tag: str) -> None:
        if tag in _BREAKS:
            self._pieces.append("\n")
        elif tag in _CELLS and _is_plain(element):
            if any(_tag(each) in _CELLS for each in element.itersiblings(preceding=True)):
                self._pieces.append(CELL)
        elif tag in _BLOCKS or tag in _CELLS:
            self.flush()
        if tag in ("ul", "ol", "list"):
            numbered = tag == "ol" or element.get("rend") == "ol"
            self._lists.append(0 if numbered else None)
        elif tag in _ITEMS:
            self._before = self._mark()
        elif tag == "pre":
            self._kept += 1

    def end(self, element: Element, tag: str) -> None:
        if tag in _CELLS and _is_plain(element):
            return
        if tag in _BLOCKS or tag in _CELLS:
            self.flush(tight=tag in _ITEMS or tag in ("tr", "row"))
        if tag in ("ul", "ol", "list"):
            if self._lists:
                self._lists.pop()
            self._tight = False
        elif tag in ("table", "nitf-table"):
            self._tight = False
        elif tag in _ITEMS:
            self._before = ""
        elif tag == "pre":
            self._kept -= 1

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text if self._kept else _SPACE.sub(" ", text))

    def flush(self, *, tight: bool = False) -> None:
        """End the paragraph at hand; lines of lists and tables stand close to each other."""
        said = "".join(self._pieces)
        self._pieces = []
        said = said.strip("\n") if self._kept else _EDGES.sub("\n", _SPACES.sub(" ", said)).strip()
        if not said.strip(" |\n"):
            return
        said = self._before + said
        self._before = ""
        if self._tight and tight and self.paragraphs:
            self.paragraphs[-1] += "\n" + said
        else:
            self.paragraphs.append(said)
        self._tight = tight

    def _mark(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return BULLET
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "


_SPACES = re.compile(r" {2,}")


def _is_plain(cell: Element) -> bool:
    """Whether a cell holds words alone: tables that lay out a page hold paragraphs."""
    return not any(_tag(each) in _BLOCKS for each in cell.iterdescendants())
