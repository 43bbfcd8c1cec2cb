"""The library's filter as the settings of this machine keep it: known again, but not readable.

Names of outlets, labels and people stay in the desk; outside it stand fingerprints of them.
"""

from __future__ import annotations

import msgspec

from newsdesk.desk import Desk, finding
from newsdesk.model import ArticleFilter, NewsdeskError, replace
from newsdesk.model.filters import read_filter, written
from newsdesk.ui.session import fingerprint

_NAMED = ("outlets", "labels", "authors")


def kept_filter(filter: ArticleFilter) -> str:
    """A filter for the settings: without words and byline, with fingerprints for names."""
    named = {name: tuple(map(fingerprint, getattr(filter, name))) for name in _NAMED}
    kept = replace(filter, words="", byline="", ids=None, **named)
    return "" if kept.empty else written(kept)


def recalled_filter(desk: Desk, kept: str) -> ArticleFilter:
    """The filter that was kept, of what the desk still has."""
    try:
        found = read_filter(kept)
    except (NewsdeskError, msgspec.MsgspecError):
        return ArticleFilter()
    if not isinstance(found, ArticleFilter):
        return ArticleFilter()
    known = {
        "outlets": lambda: [name for name, _ in desk.outlets()],
        "labels": lambda: [one.name for one in desk.codebook(retired=True)],
        "authors": lambda: finding.annotators(desk),
    }
    named = {}
    for name, names in known.items():
        wanted = getattr(found, name)
        marked = {fingerprint(one): one for one in names()} if wanted else {}
        named[name] = tuple(marked[one] for one in wanted if one in marked)
    return replace(found, **named)
