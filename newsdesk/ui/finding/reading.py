"""What the list of found annotations and mentions shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.desk import Desk, finding
from newsdesk.model import AnnotationFilter, AnnotationLine, Label, Status
from newsdesk.ui.finding.found_list import Found, Read
from newsdesk.ui.inspector.annotation_list import status_word

if TYPE_CHECKING:
    from newsdesk.desk.mentions import Mention


def found_annotations(desk: Desk, wanted: AnnotationFilter) -> tuple[list[str], Read]:
    """The ids that a filter finds, and how their rows are read; asked off the window's thread."""
    labels = {one.id: one for one in desk.codebook(retired=True)}

    def read(desk: Desk, ids: list[str]) -> list[Found | None]:
        lines = {one.id: one for one in finding.annotation_lines(desk, ids)}
        return [_found(lines[id], labels) if id in lines else None for id in ids]

    return finding.find_annotations(desk, wanted), read


def _found(line: AnnotationLine, labels: dict[str, Label]) -> Found:
    about = [status_word(line.status)] if line.status != Status.ACCEPTED else []
    if line.confidence is not None and line.status == Status.PROPOSED:
        about.append(f"{line.confidence:.0%}")
    about += [part for part in (line.entity, line.author) if part]
    return Found(
        article=line.article,
        title=line.title,
        context=line.context,
        marks=line.marks,
        label=labels.get(line.label),
        about=" · ".join(about),
        pale=line.status != Status.ACCEPTED,
    )


def found_mentions(label: Label | None) -> Read:
    """How the rows of mentions are made; there is nothing to be read."""

    def read(_desk: Desk, mentions: list[Mention]) -> list[Found | None]:
        return [Found(m.article, m.title, m.context, (m.mark,), label) for m in mentions]

    return read
