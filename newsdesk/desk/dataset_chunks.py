"""Articles cut into paragraphs or sentences, and pieces that come back, put onto their article.

A piece is an article of its own whose `extra` says, under `chunk`, of which article it is (`of`),
where it begins and ends there (`start`, `end`, in code points), and what was cut from its
attributions (`apart`). No mark is ever cut: pieces that one reaches across stay one piece.
"""

import re
from collections.abc import Iterator
from typing import Any

from newsdesk.desk.reading import Reading
from newsdesk.formats.format import Bundle, Losses, Part
from newsdesk.formats.tokens import sentences
from newsdesk.model import Article, Attribution, Span, replace, sha256_of
from newsdesk.model.span import joined
from newsdesk.model.splitting import Chunk

CHUNK = "chunk"
"""The key in `extra` that says of what an article is a piece."""

_PARAGRAPH = re.compile(r"[^\s](?:[^\n]*[^\s])?")


def pieces(text: str, by: Chunk, marks: list[Span]) -> tuple[Span, ...]:
    """The paragraphs or sentences of a text, in code points; none ends within a mark.

    White space between them is in none, and a text of nothing else has no piece.
    """
    if by is Chunk.PARAGRAPH:
        found = [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]
    else:
        found = [Span(one.tokens[0].start, one.tokens[-1].end) for one in sentences(text, ())]
    return joined([*found, *marks])


def chunked(bundle: Bundle, by: Chunk, cuts: Losses) -> Iterator[Bundle]:
    """The pieces of an article, each with its marks; ties that lead to another piece are cut."""
    article, marks = bundle.article, bundle.annotations
    found = pieces(article.text, by, [mark.outer for mark in marks])
    at = 0
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.id))
    ties: dict[str, list[Attribution]] = {}
    for tie in bundle.attributions:
        ties.setdefault(tie.content, []).append(tie)
    for number, piece in enumerate(found, 1):
        first = at
        while at < len(ordered) and ordered[at].start < piece.end:
            at += 1
        here = ordered[first:at]
        inside = {mark.id for mark in here}
        made = _piece_of(article, by, piece, number)
        moved = tuple(
            replace(mark, article=made.id, spans=_moved(mark.spans, -piece.start)) for mark in here
        )
        kept = tuple(_apart(tie, inside, cuts) for mark in moved for tie in ties.get(mark.id, ()))
        yield Bundle(article=made, annotations=moved, attributions=kept, outlet=bundle.outlet)


def _piece_of(article: Article, by: Chunk, piece: Span, number: int) -> Article:
    text = piece.of(article.text)
    where: dict[str, Any] = {
        "of": article.id,
        "by": by.value,
        "number": number,
        "start": piece.start,
        "end": piece.end,
    }
    return replace(
        article,
        id=f"{article.id}-{by.value[0]}{number}",
        title=f"{article.title} ({number})",
        text=text,
        sha256=sha256_of(text),
        raw=None,
        supersedes=None,
        extra={CHUNK: where},
    )


def _moved(spans: tuple[Span, ...], by: int) -> tuple[Span, ...]:
    return tuple(Span(start + by, end + by) for start, end in spans)


def _apart(tie: Attribution, inside: set[str], cuts: Losses) -> Attribution:
    names = ("source_mention", "cue")
    cut = {name: getattr(tie, name) for name in names if getattr(tie, name) not in {None, *inside}}
    for name, id in cut.items():
        cuts.add(Part.ATTRIBUTIONS, tie.id, f"its {name} {id} stands in another {CHUNK}")
    if not cut:
        return tie
    return replace(tie, extra={**tie.extra, "apart": cut}, **dict.fromkeys(cut))


def made_whole(desk: Reading, bundle: Bundle) -> Bundle:
    """A piece that came back, with its marks moved onto the article that it was cut from.

    It stays as it is where the desk has no such article, or where its text is not the piece's.
    """
    where = bundle.article.extra.get(CHUNK)
    if not isinstance(where, dict) or not isinstance(where.get("of"), str):
        return bundle
    start, end = where.get("start"), where.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return bundle
    whole = desk.get_all(Article, [where["of"]]).get(where["of"])
    if whole is None or whole.text[start:end] != bundle.article.text:
        return bundle
    marks = tuple(
        replace(mark, article=whole.id, spans=_moved(mark.spans, start))
        for mark in bundle.annotations
    )
    ties = tuple(_tied_again(tie) for tie in bundle.attributions)
    return Bundle(article=whole, annotations=marks, attributions=ties, line=bundle.line)


def _tied_again(tie: Attribution) -> Attribution:
    cut = tie.extra.get("apart")
    if not isinstance(cut, dict):
        return tie
    rest = {key: value for key, value in tie.extra.items() if key != "apart"}
    back = {name: cut[name] for name in ("source_mention", "cue") if isinstance(cut.get(name), str)}
    return replace(tie, extra=rest, **back)
