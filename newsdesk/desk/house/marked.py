"""An article with all that is marked in it, laid out for the rules to ask of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Channel,
    Label,
    Layer,
    Manner,
    Span,
    Status,
    replace,
)
from newsdesk.model.values import Assertion
from newsdesk.suggest.marks import Quoted, quoted
from newsdesk.suggest.sentences import paragraphs, sentences


class Found(NamedTuple):
    """What breaks a rule: the annotation, and a sentence that says how and what would mend it."""

    annotation: Annotation
    what: str


Finding = Iterator[Found]


@dataclass(frozen=True)
class Marked:
    """One article as its accepted annotations and attributions leave it.

    `voices` gives for each Source the entity that it names, where it names one. Offsets are code
    points of the text.
    """

    article: Article
    annotations: tuple[Annotation, ...]
    attributions: tuple[Attribution, ...]
    labels: Mapping[str, Label]
    voices: Mapping[str, str] = field(default_factory=dict)

    # What is marked

    @cached_property
    def by_layer(self) -> dict[Layer, list[Annotation]]:
        """The annotations of each layer, in order of the text."""
        found: dict[Layer, list[Annotation]] = defaultdict(list)
        for one in sorted(self.annotations, key=lambda one: (one.start, -one.end, one.id)):
            label = self.labels.get(one.label)
            if label is not None:
                found[label.layer].append(one)
        return found

    @cached_property
    def by_id(self) -> dict[str, Annotation]:
        """The annotations by id."""
        return {one.id: one for one in self.annotations}

    @cached_property
    def _ties(self) -> dict[str, list[Attribution]]:
        found: dict[str, list[Attribution]] = defaultdict(list)
        for one in sorted(self.attributions, key=lambda one: (one.hop, one.id)):
            found[one.content].append(one)
        return found

    def ties(self, content: Annotation) -> list[Attribution]:
        """The attributions of a quote or claim, the originator's first."""
        return self._ties.get(content.id, [])

    @property
    def quotes(self) -> list[Annotation]:
        """The annotations of the layer *quote*."""
        return self.by_layer.get(Layer.QUOTE, [])

    @property
    def cues(self) -> list[Annotation]:
        """The annotations of the layer *cue*."""
        return self.by_layer.get(Layer.CUE, [])

    @property
    def sources(self) -> list[Annotation]:
        """The annotations of the layer *source*."""
        return self.by_layer.get(Layer.SOURCE, [])

    def name(self, annotation: Annotation) -> str:
        """The name of an annotation's label."""
        label = self.labels.get(annotation.label)
        return label.name if label else ""

    def cues_of(self, mention: Annotation) -> list[tuple[Attribution, Annotation]]:
        """The cues that tie a source mention to what it says."""
        return [
            (tie, self.by_id[tie.cue])
            for tie in self.attributions
            if tie.source_mention == mention.id and tie.cue in self.by_id
        ]

    # The text

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """The paragraphs, as half-open ranges."""
        return paragraphs(self.text)

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return sentences(self.text)

    def paragraph(self, at: int) -> int:
        """The number of the paragraph in which a code point stands."""
        return next((n for n, (_, end) in enumerate(self.paragraphs) if at < end), -1)

    def sentence(self, at: int) -> Span:
        """The sentence in which a code point stands."""
        return next((Span(*one) for one in self._sentences if at < one[1]), Span(at, at))

    # Quotation marks

    @cached_property
    def pairs(self) -> list[Quoted]:
        """What stands between quotation marks."""
        return quoted(self.text)

    @cached_property
    def opening(self) -> frozenset[int]:
        """Where marks open, those that open again in a further paragraph among them."""
        return frozenset(
            at
            for pair in self.pairs
            for start, _ in pair.fragments
            if (at := self.before(start)) >= 0 and self.text[at] == pair.mark
        )

    @cached_property
    def closing(self) -> frozenset[int]:
        """Where marks close."""
        return frozenset(pair.outer[1] - 1 for pair in self.pairs if pair.closed)

    def before(self, at: int) -> int:
        """The last code point before `at` that is no space on the same line; -1 for none."""
        at -= 1
        while at >= 0 and self.text[at].isspace() and self.text[at] != "\n":
            at -= 1
        return at

    def after(self, at: int) -> int:
        """The first code point from `at` that is no space on the same line."""
        while at < len(self.text) and self.text[at].isspace() and self.text[at] != "\n":
            at += 1
        return at

    def is_direct(self, quote: Annotation) -> bool:
        """Whether a quote is direct: as its attribution says, or else as its marks show."""
        manners = [tie.manner for tie in self.ties(quote) if tie.manner]
        if manners:
            return manners[0] is Manner.DIRECT
        first = quote.spans[0].start
        return first in self.opening or self.before(first) in self.opening


def is_answer(tie: Attribution) -> bool:
    """Whether it says that somebody denied or would not comment: an answer is no originator."""
    return tie.channel is Channel.DECLINED_TO_COMMENT or tie.assertion is Assertion.DENIED


def marked(
    article: Article,
    annotations: Iterable[Annotation],
    attributions: Iterable[Attribution],
    labels: Mapping[str, Label],
    voices: Mapping[str, str] | None = None,
) -> Marked:
    """An article for the rules, without what is not, or not yet, accepted."""
    kept = tuple(one for one in annotations if one.status is Status.ACCEPTED)
    ids = {one.id for one in kept}
    ties = tuple(
        replace(
            tie,
            cue=tie.cue if tie.cue in ids else None,
            source_mention=tie.source_mention if tie.source_mention in ids else None,
        )
        for tie in attributions
        if tie.status is Status.ACCEPTED and tie.content in ids
    )
    return Marked(article, kept, ties, labels, voices or {})
