"""A text with its marks as HTML: nested, overlapping and discontinuous ones, each piece by piece.

HTML elements can't overlap, so the text is cut wherever a mark begins or ends, and each piece
stands within an element for every mark on it. The text itself is not changed: codes, brackets and
ellipses are drawn by the style sheet, and are no part of what is copied or searched.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from newsdesk.model import Annotation, Label, Span, Status

LANES = 9
"""Lines below each other that marks are drawn on; deeper nesting shares the last."""


class _Piece(NamedTuple):
    """One fragment of a mark: which, its span, its place among the fragments, and its lane."""

    mark: int
    span: Span
    first: bool
    last: bool
    lane: int


def marked_up(
    text: str, marks: Sequence[Annotation], labels: Mapping[str, Label], titles: Sequence[str]
) -> Iterator[str]:
    """The text as HTML, in parts; `titles` says what a pointer on each mark tells."""
    pieces = _in_lanes(marks)
    events: dict[int, tuple[list[_Piece], list[_Piece]]] = {}
    for piece in pieces:
        events.setdefault(piece.span.start, ([], []))[1].append(piece)
        events.setdefault(piece.span.end, ([], []))[0].append(piece)
    open_now: list[_Piece] = []
    at = 0
    for place in sorted(events):
        yield from _run(text, Span(at, place), open_now, marks, labels, titles)
        ends, starts = events[place]
        gone = set(ends)
        open_now = sorted(
            [piece for piece in open_now if piece not in gone] + starts,
            key=lambda piece: (-piece.lane, piece.span, piece.mark),
        )
        at = place
    yield escape(text[at:], quote=False)


def _run(
    text: str,
    run: Span,
    pieces: Sequence[_Piece],
    marks: Sequence[Annotation],
    labels: Mapping[str, Label],
    titles: Sequence[str],
) -> Iterator[str]:
    if run.start == run.end:
        return
    for piece in pieces:
        yield _opened(piece, run, marks[piece.mark], labels, titles[piece.mark])
    yield escape(run.of(text), quote=False)
    yield "</mark>" * len(pieces)


def _opened(
    piece: _Piece, run: Span, mark: Annotation, labels: Mapping[str, Label], title: str
) -> str:
    label = labels[mark.label]
    names = [class_of(label), f"n{piece.lane}"]
    if mark.status is Status.PROPOSED:
        names.append("proposed")
    code = ""
    if run.start == piece.span.start:
        names.append("start")
        before = "" if piece.first else "…"
        after = "?" if mark.status is Status.PROPOSED else ""
        code = f' data-code="{escape(before + label.code + after)}"'
    if run.end == piece.span.end:
        names.append("end" if piece.last else "cut")
    return f'<mark class="{" ".join(names)}"{code} title="{escape(title)}">'


def class_of(label: Label) -> str:
    """The class of a label's marks: its place in the codebook, which is no word of anybody's."""
    return f"l{label.position}"


def _in_lanes(marks: Sequence[Annotation]) -> list[_Piece]:
    """The fragments of all marks, long ones first, each on the first line that is free for it."""
    order = sorted(
        range(len(marks)), key=lambda n: (marks[n].start, -marks[n].end, marks[n].label, n)
    )
    lane_of: dict[int, int] = {}
    busy: list[tuple[int, int]] = []  # the end of each mark that is under way, and its lane
    for number in order:
        start, end = marks[number].outer
        busy = [one for one in busy if one[0] > start]
        taken = {lane for _, lane in busy}
        lane = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        busy.append((end, lane))
        lane_of[number] = lane
    return [
        _Piece(
            number,
            span,
            first=at == 0,
            last=at == len(marks[number].spans) - 1,
            lane=min(lane_of[number], LANES - 1),
        )
        for number in order
        for at, span in enumerate(marks[number].spans)
    ]
