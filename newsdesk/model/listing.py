"""Light values that lists and searches show, without an article's text."""

import msgspec

from newsdesk.model.span import Span


class ArticleLine(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One line of the library: an article without its text, with the progress of its work."""

    id: str
    seq: int
    title: str
    outlet: str
    byline: str
    published: str
    language: str
    status: str
    length: int
    accepted: int = 0
    proposed: int = 0


class Hit(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One article that a search found, with a few words around the best match.

    `marks` are the matched words' spans in `snippet`, in code points.
    """

    article: str
    title: str
    snippet: str
    marks: tuple[Span, ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a check of the desk found wrong: what, where, and what to do."""

    where: str
    what: str
