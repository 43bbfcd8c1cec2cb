"""An article's text with its annotations marked in it, for a terminal."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from newsdesk.model import Annotation, Label, Span, Status


class _Mark(NamedTuple):
    span: Span
    name: str
    colour: str


def marked(
    text: str, annotations: Iterable[Annotation], labels: Mapping[str, Label], *, colour: bool
) -> str:
    """The text with brackets around what is annotated: `[PERSON Ada Lovelace]`.

    A suggestion's label has a question mark, a rejected one's an x; a later fragment of the same
    annotation begins with dots. Where annotations cross, the closing bracket says which it is:
    `[QUOTE one [CLAIM two QUOTE] three]`. `colour` tints the labels as the codebook does.
    """
    marks = sorted(_marks(annotations, labels), key=lambda one: (one.span.start, -one.span.end))
    ends = sorted({edge for one in marks for edge in one.span})
    out: list[str] = []
    opened: list[_Mark] = []
    waiting = iter(marks)
    following = next(waiting, None)
    at = 0
    for edge in ends:
        out.append(text[at:edge])
        at = edge
        _close(edge, opened, out, colour)
        while following is not None and following.span.start == edge:
            opened.append(following)
            out.append(f"[{_tinted(following.name, following.colour, colour)} ")
            following = next(waiting, None)
    return "".join([*out, text[at:]])


def _marks(annotations: Iterable[Annotation], labels: Mapping[str, Label]) -> Iterable[_Mark]:
    signs = {Status.PROPOSED: "?", Status.REJECTED: "x"}
    for one in annotations:
        label = labels[one.label]
        for nth, span in enumerate(one.spans):
            name = ("…" if nth else "") + label.name + signs.get(one.status, "")
            yield _Mark(span, name, label.colour)


def _close(edge: int, opened: list[_Mark], out: list[str], colour: bool) -> None:
    """Close what ends here, the innermost first; take it from what is open."""
    for one in reversed(list(opened)):
        if one.span.end == edge:
            innermost = opened[-1] is one
            out.append("]" if innermost else f" {_tinted(one.name, one.colour, colour)}]")
            opened.remove(one)


def _tinted(name: str, colour: str, on: bool) -> str:
    if not on:
        return name
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"\x1b[38;2;{red};{green};{blue}m{name}\x1b[0m"
