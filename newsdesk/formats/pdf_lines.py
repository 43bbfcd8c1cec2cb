"""From the lines of printed pages to paragraphs: by gaps, indents, short lines and hyphens."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

SOFT = "\u00ad"
"""Stands where a word was divided at the end of a line."""

_DIGITS = re.compile(r"\d+")
_END = re.compile(r"[.!?…:][”’\"')\]]*$")
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s*[-–]?\s*\d{1,4}\s*(?:[-–]|(?:of|/|von)\s*\d{1,4})?", re.I
)
_DIVIDED = re.compile(rf"(\w+)[-{SOFT}\N{{HYPHEN}}]$")
_WORD = re.compile(r"\w+(?:-\w+)*")
_EDGE = 2
_LARGE = 1.2
_NEAR = 20.0
_LONGEST_WORD = 80


class Line(NamedTuple):
    """A line of print, with its box in points; y grows upwards."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def size(self) -> float:
        """Its height in points."""
        return self.top - self.bottom


def without_margins(pages: list[list[Line]]) -> tuple[list[list[Line]], int]:
    """The pages without the lines at their edges that most pages have, and how many those were.

    Figures don't count in the comparison: page numbers grow.
    """
    if len(pages) < 2:
        return pages, 0
    said = [{_key(line) for line in _edges(page)} for page in pages]
    counts = Counter(key for keys in said for key in keys)
    most = max(2, (len([page for page in pages if page]) + 1) // 2)
    common = {key for key, count in counts.items() if count >= most}
    kept: list[list[Line]] = []
    gone = 0
    for page in pages:
        edges = _edges(page)
        left = [line for line in page if not (line in edges and _is_margin(line, common))]
        gone += len(page) - len(left)
        kept.append(left)
    return kept, gone


def _edges(page: list[Line]) -> list[Line]:
    """The outermost lines, as printed: the order in the file may be another."""
    down = sorted(page, key=lambda line: -line.top)
    return down[:_EDGE] + down[_EDGE:][-_EDGE:]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text).casefold()


def _is_margin(line: Line, common: set[str]) -> bool:
    return _key(line) in common or _PAGE_NUMBER.fullmatch(line.text) is not None


def headline_of(pages: list[list[Line]]) -> str:
    """The lines of the first page that are set in the largest letters; "" where none stand out."""
    first = next((page for page in pages if page), [])
    if not first:
        return ""
    usual = median(line.size for page in pages for line in page)
    largest = max(line.size for line in first)
    if largest < _LARGE * usual:
        return ""
    found = []
    for line in first:
        if line.size >= 0.95 * largest:
            found.append(line.text)
        elif found:
            break
    return " ".join(found) if len(found) <= 4 else ""


def paragraphs_of(pages: list[list[Line]]) -> list[str]:
    """The paragraphs of the pages; one that runs on over a page's or column's end stays whole."""
    words = Counter(
        word.casefold() for page in pages for line in page for word in _WORD.findall(line.text)
    )
    found: list[list[Line]] = []
    for line, begins in _with_breaks(pages):
        if begins or not found:
            found.append([line])
        else:
            found[-1].append(line)
    return [_joined([line.text for line in lines], words) for lines in found]


def _with_breaks(pages: list[list[Line]]) -> Iterator[tuple[Line, bool]]:
    """Each line, and whether a paragraph begins with it."""
    sizes = [line.size for page in pages for line in page]
    usual = median(sizes) if sizes else 0.0
    last: Line | None = None
    for page in pages:
        pitch, right = _pitch(page), _right(page)
        for number, line in enumerate(page):
            if last is None or number == 0:
                yield line, last is None or not _runs_on(last, line)
            else:
                edge = right.get(round(last.left / _NEAR), 0.0)
                yield line, _breaks(last, line, pitch, edge, usual)
            last = line


def _pitch(page: list[Line]) -> float:
    """The usual distance from one line's foot to the next one's."""
    steps = [
        above.bottom - below.bottom
        for above, below in pairwise(page)
        if 0 < above.bottom - below.bottom < 4 * max(above.size, 1.0)
    ]
    return median(steps) if steps else 0.0


def _right(page: list[Line]) -> dict[int, float]:
    """How far lines that begin at about the same place go, by that place."""
    found: dict[int, float] = {}
    for line in page:
        for near in (-1, 0, 1):
            place = round(line.left / _NEAR) + near
            found[place] = max(found.get(place, 0.0), line.right)
    return found


def _breaks(before: Line, line: Line, pitch: float, right: float, usual: float) -> bool:
    step = before.bottom - line.bottom
    if abs(step) < 0.3 * line.size:
        return False  # one line of print, in two pieces
    if step < 0:
        return not _runs_on(before, line)  # the top of another column
    if max(line.size, before.size) > 1.15 * max(0.1, min(line.size, before.size)):
        return True  # a headline
    if pitch and step > 1.35 * pitch:
        return True
    if step > 1.6 * max(line.size, 1.0) and _would_fit(before, line, right):
        return True  # the usual distance may be that of paragraphs, where each is one line
    ended = _END.search(before.text) is not None
    if ended and 0.6 * usual < line.left - before.left < 6 * usual:
        return True  # indented
    return ended and before.right < right - 0.12 * max(1.0, right - before.left)


def _would_fit(before: Line, line: Line, right: float) -> bool:
    """Whether the first word of a line would have had room at the end of the one before."""
    word = len(line.text.partition(" ")[0]) + 1
    return before.right + word * (line.right - line.left) / max(len(line.text), 1) < right


def _runs_on(before: Line, line: Line) -> bool:
    if abs(before.size - line.size) > 0.15 * max(before.size, line.size):
        return False
    divided = before.text[-1:] in ("-", SOFT, ",")
    return divided or (not _END.search(before.text) and line.text[:1].islower())


def _joined(lines: list[str], words: Counter[str]) -> str:
    said = [lines[0]]
    for line in lines[1:]:
        last = said[-1]
        divided = _DIVIDED.search(last[-_LONGEST_WORD:])
        if divided is None or not line[:1].isalnum():
            said.append(" ")
        elif last[-1] == SOFT or _is_one_word(divided[1], line, words):
            said[-1] = last[:-1]
        said.append(line)
    return "".join(said).replace(SOFT, "")


def _is_one_word(start: str, line: str, words: Counter[str]) -> bool:
    """Whether a hyphen at a line's end is only there because the line ends.

    A word that stands elsewhere with its hyphen keeps it; so does one that goes on with a capital.
    """
    rest = _WORD.match(line)
    if rest is None or not line[0].islower() or not start[-1].isalpha():
        return False
    whole, hyphened = (start + rest[0]).casefold(), f"{start}-{rest[0]}".casefold()
    return words[whole] > 0 or words[hyphened] == 0
