"""Annotations: what an editor or a pipeline marked in an article, and the entities they mention."""

from typing import Any

from msgspec import field

from newsdesk.model.record import Record
from newsdesk.model.span import Span, Spans, check_spans
from newsdesk.model.values import Status

HUMAN = "human"
"""The origin of everything that a person marked; a pipeline writes its name, version, component."""


class Annotation(Record, frozen=True, kw_only=True, gc=False):
    """Marked words of an article, under a label.

    `spans` are in code points over the stored text; `quote` repeats the exact words as a check on
    them. `label` is a Label's id, `label_version` the version in force. `entity` ties a mention to
    the register, `claim` makes a CLAIM annotation an appearance of a claim. A suggestion is an
    annotation whose status is *proposed*.
    """

    article: str
    spans: Spans
    label: str
    label_version: int = 1
    quote: str
    status: Status = Status.ACCEPTED
    origin: str = HUMAN
    confidence: float | None = None
    author: str = ""
    note: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    entity: str | None = None
    claim: str | None = None

    def __post_init__(self) -> None:
        spans = self.spans
        # One span, as nearly all have, is checked here: annotations are born by the million.
        if len(spans) != 1 or not 0 <= spans[0][0] < spans[0][1]:
            check_spans(spans)
        if not self.quote:
            raise ValueError("an annotation keeps the exact words that it marks")
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence {self.confidence} is not between 0 and 1")

    @property
    def start(self) -> int:
        """First code point of the first fragment."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """One past the last code point of the last fragment."""
        return self.spans[-1].end

    @property
    def outer(self) -> Span:
        """From the first fragment's start to the last one's end."""
        return Span(self.start, self.end)


class Entity(Record, frozen=True, kw_only=True, gc=False):
    """A person, organisation, place … of the desk's register; mentions link to it."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    kb_id: str | None = None
    merged_into: str | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("an entity needs a name")
        if self.merged_into == self.id:
            raise ValueError(f"{self.name} can't be merged into itself")
