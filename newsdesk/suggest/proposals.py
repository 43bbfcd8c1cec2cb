"""What a pipeline proposes for one text, as plain frozen values that know no desk and no spaCy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from newsdesk.model import (
    Assertion,
    Attitude,
    Channel,
    Layer,
    Manner,
    SourceKind,
    Span,
    Spans,
    quote_of,
)

if TYPE_CHECKING:
    from newsdesk.suggest.gazetteer import KnownName

QUOTE, CUE, SOURCE, CLAIM, HEDGE = "QUOTE", "CUE", "SOURCE", "CLAIM", "HEDGE"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed annotation: spans in code points of the text that was read.

    `confidence` is calibrated, 0 to 1. `component` names the part of the pipeline, `why` the rule
    or the evidence in words for an editor. `attributes` holds parsed values (a date's ISO form,
    a sum's currency and amount, a claim's reason).
    """

    spans: Spans
    layer: Layer
    label: str
    confidence: float
    component: str
    why: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """First code point."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.spans[-1].end

    def of(self, text: str) -> str:
        """The marked words of ``text``; fragments are parted by ` … `."""
        return quote_of(text, self.spans)


@dataclass(frozen=True, slots=True)
class Tie:
    """One hop of an attribution among the proposals; numbers are places in `Proposals.items`.

    `content` is a quote or a claim, `cue` and `source` its neighbours, `speaker` the entity mention
    that the source comes down to (the full name behind a pronoun or a surname). Hop 0 is the
    originator. `orphan` says that the text names no source.
    """

    content: int
    source: int | None = None
    cue: int | None = None
    speaker: int | None = None
    hop: int = 0
    manner: Manner | None = None
    attitude: Attitude | None = None
    assertion: Assertion | None = None
    channel: Channel | None = None
    kind: SourceKind | None = None
    orphan: bool = False
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Chain:
    """Mentions of one entity in the text: places in `Proposals.items`, and its fullest name."""

    name: str
    kind: str
    mentions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everything proposed for one text, in text order, with the ties among it.

    `origin` is pipeline and version; `notice` is a sentence for the editor, or empty. `worth` has
    start, end and the chance of being worth a check for every sentence, proposed or not: it
    ranks sentences, where a proposal needs a least chance.
    """

    items: tuple[Proposal, ...] = ()
    ties: tuple[Tie, ...] = ()
    chains: tuple[Chain, ...] = ()
    origin: str = ""
    notice: str = ""
    worth: tuple[tuple[int, int, float], ...] = ()

    def layer(self, layer: Layer) -> tuple[Proposal, ...]:
        """The proposals of one layer."""
        return tuple(item for item in self.items if item.layer == layer)


@runtime_checkable
class Suggester(Protocol):
    """Whatever proposes annotations for a text."""

    @property
    def name(self) -> str:
        """Pipeline and version, as kept in an annotation's origin."""
        ...

    def suggest(self, text: str, *, known: Sequence[KnownName] = ()) -> Proposals:
        """Propose annotations for ``text``; offsets are code points of ``text``. ``known`` are
        names that the desk knows and that occur in it."""
        ...


def one(start: int, end: int) -> Spans:
    """A single span from ``start`` to ``end``, in code points."""
    return (Span(start, end),)
