"""Which column of a table is what of an article: as chosen, or proposed by names and contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from newsdesk.formats.dates import ORDERS
from newsdesk.model import NewsdeskError

FIELDS = ("text", "title", "published", "byline", "outlet", "language", "url", "section")
"""What a column can be of an article."""
ORDER = "date_order"
"""The option that says in which order the dates of a table are written."""

_NAMES: dict[str, str] = {
    "text": "text body content article articletext articlebody fulltext bodytext maintext story "
    "document contents texte inhalt artikel texto testo tekst",
    "title": "title headline head heading articletitle titre titel titulo titolo kop schlagzeile "
    "name",
    "published": "published date publicationdate publisheddate pubdate datepublished publishedat "
    "datetime timestamp time datum fecha data day",
    "byline": "byline author authors writer journalist reporter by autor auteur autore",
    "outlet": "outlet publication publisher newspaper medium media source sitename site domain "
    "zeitung journal quelle",
    "language": "language lang langcode locale sprache langue",
    "url": "url link address permalink uri href articleurl webaddress",
    "section": "section category desk rubric ressort topic department",
}
_KNOWN = {name: field for field, names in _NAMES.items() for name in names.split()}
# Columns by which a table holds annotations, each row one, and not articles.
_OF_ANNOTATIONS = frozenset(
    "start end startoffset endoffset begin span spans label labels layer entities entity tag "
    "annotation annotations relations relation tokens token cats accept answer quote "
    "annotationid labelid inputhash taskhash predictions completions".split()
)
_FIGURES = re.compile(r"\s*(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})\b")
_LONG, _LONGER = 80, 3


class Columns(msgspec.Struct, kw_only=True):
    """The columns of a table, which of them is what (by field), and which were only proposed."""

    names: tuple[str, ...]
    mapping: dict[str, str]
    proposed: frozenset[str] = frozenset()
    order: str = ""


def has_annotations(names: Iterable[str]) -> bool:
    """Whether columns are those of a table of annotations."""
    return any(_plain(name) in _OF_ANNOTATIONS for name in names)


def has_text(names: Iterable[str]) -> bool:
    """Whether a column is named as the text of articles is."""
    return any(_KNOWN.get(_plain(name)) == "text" for name in names)


def mapped(
    names: Sequence[str], rows: Sequence[Mapping[str, Any]], options: Mapping[str, str]
) -> Columns:
    """The columns by the editor's `options` ({field: column}, "" for none), the rest proposed.

    `rows` are a sample. Raises NewsdeskError where an option names no field or column of the
    table, or where no column can be the text.
    """
    listed = ", ".join(f"“{name}”" for name in names[:20]) + (", …" if names[20:] else "")
    chosen = {field: name for field, name in options.items() if field != ORDER}
    for field, name in chosen.items():
        if field not in FIELDS:
            raise NewsdeskError(
                f"“{field}” is nothing that a column can be. Choose among {', '.join(FIELDS)}."
            )
        if name and name not in names:
            raise NewsdeskError(f"the table has no column “{name}”. It has {listed}.")
    found = {field: name for field, name in chosen.items() if name}
    free = [name for name in names if name not in found.values()]
    proposals: dict[str, str] = {}
    for field in FIELDS:
        if field not in chosen:
            best = _named(field, free) or (_longest(free, rows) if field == "text" else None)
            if best is not None:
                proposals[field] = best
                free.remove(best)
    both = {**found, **proposals}
    if "text" not in both:
        raise NewsdeskError(
            f"no column looks like the text of an article. The table has {listed}. Choose one "
            "(--column text=NAME)."
        )
    return Columns(
        names=tuple(names),
        mapping={field: both[field] for field in FIELDS if field in both},
        proposed=frozenset(proposals),
        order=_order(both.get("published"), rows, options.get(ORDER, "")),
    )


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _named(field: str, names: Iterable[str]) -> str | None:
    ranks = {name: rank for rank, name in enumerate(_NAMES[field].split())}
    known = [(ranks[plain], name) for name in names if (plain := _plain(name)) in ranks]
    return min(known, default=(0, None))[1]


def _longest(names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str | None:
    """The column whose cells are by far the longest, as those of texts are."""
    if not rows:
        return None
    lengths = sorted(
        (sum(len(str(row.get(name) or "")) for row in rows) / len(rows), name) for name in names
    )
    if not lengths or lengths[-1][0] < _LONG:
        return None
    second = lengths[-2][0] if len(lengths) > 1 else 0.0
    return lengths[-1][1] if lengths[-1][0] >= _LONGER * second else None


def _order(column: str | None, rows: Sequence[Mapping[str, Any]], chosen: str) -> str:
    if chosen:
        if chosen.upper() not in ORDERS:
            raise NewsdeskError(
                f"“{chosen}” is no order of a date. Choose among {', '.join(ORDERS)}."
            )
        return chosen.upper()
    if column is None:
        return ""
    found = [match for row in rows if (match := _FIGURES.match(str(row.get(column) or "")))]
    if any(len(match[1]) > 2 for match in found):
        return "YMD"
    days_first = any(int(match[1]) > 12 for match in found)
    months_first = any(int(match[2]) > 12 for match in found)
    return "" if days_first == months_first else "DMY" if days_first else "MDY"
