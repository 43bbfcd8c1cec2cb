"""The article that is open: what the screens hold of it, patched by each revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject

from newsdesk.desk import Desk
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Edit,
    Label,
    Layer,
    Record,
    Revision,
    Span,
    Spans,
    Status,
)
from newsdesk.ui.suggestions.thresholds import Thresholds


class Held(NamedTuple):
    """An article with what stands in it, the annotations in the order of the text, by their ids
    and by their words; `attributions` is None where they are still to be read."""

    article: Article
    annotations: dict[str, Annotation]
    attributions: dict[str, Attribution] | None
    claims: dict[str, Claim]
    by_words: dict[Spans, set[str]]


def read_article(desk: Desk, id: str, *, wholly: bool = False) -> Held:
    """Read an article, `wholly` with its attributions. Raises NewsdeskError for none, or a
    damaged text."""
    article = desk.article(id)
    annotations = in_order(desk.find(Annotation, article=id))
    claims = desk.claims_of(id) if any(one.claim for one in annotations) else {}
    by_words: dict[Spans, set[str]] = {}
    for one in annotations:
        by_words.setdefault(one.spans, set()).add(one.id)
    said = {one.id: one for one in desk.attributions_of(id)} if wholly else None
    return Held(article, {one.id: one for one in annotations}, said, dict(claims), by_words)


CONTENT = (Layer.QUOTE, Layer.CLAIM)
"""The layers of what is attributed to somebody."""


class OpenArticle(QObject):
    """One article with its annotations, attributions and claims, and the desk's labels, as values.

    Reader, list and inspector show what this holds; it changes by what the desk announces only.
    `waiting` counts the suggestions that are shown, `below` those that a threshold hides.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.article: Article | None = None
        self.annotations: dict[str, Annotation] = {}
        self._attributions: dict[str, Attribution] | None = {}
        self.claims: dict[str, Claim] = {}
        self.labels: dict[str, Label] = {}
        self.waiting = self.below = 0
        self.thresholds = Thresholds()
        self._by_words: dict[Spans, set[str]] = {}
        self.read_labels()

    # Reading

    def loaded(self, id: str) -> Article:
        """Read an article and hold it. Raises NewsdeskError for none, or a damaged text."""
        held = read_article(self._desk, id)
        self.take(held)
        return held.article

    def take(self, held: Held) -> None:
        """Hold an article that was read."""
        self.article, self.annotations, self._attributions, self.claims, self._by_words = held
        self._count()

    def close(self) -> None:
        """Hold no article."""
        self.article = None
        self.annotations, self._attributions, self.claims = {}, {}, {}
        self._count()
        self._by_words = {}

    def _count(self) -> None:
        waiting = [one for one in self.annotations.values() if one.status == Status.PROPOSED]
        self.below = sum(map(self.thresholds.hides, waiting))
        self.waiting = len(waiting) - self.below

    def set_thresholds(self, thresholds: Thresholds) -> None:
        """Hide suggestions that are not sure enough."""
        self.thresholds = thresholds
        self._count()

    def read_labels(self) -> None:
        """Read the codebook, retired labels included: old annotations may carry them."""
        self.labels = {label.id: label for label in self._desk.codebook(retired=True)}

    @property
    def attributions(self) -> dict[str, Attribution]:
        """Who said what in it: read when first asked for, since the text is painted without.

        Raises NewsdeskError, once, where they can't be read.
        """
        if self._attributions is None:
            self._attributions = {}
            assert self.article is not None
            found = self._desk.attributions_of(self.article.id)
            self._attributions = {one.id: one for one in found}
        return self._attributions

    def each_attribution(self) -> Iterator[Attribution]:
        """The attributions, read no sooner than the first is taken."""
        yield from self.attributions.values()

    # Asking

    @property
    def is_open(self) -> bool:
        """Whether there is an article."""
        return self.article is not None

    @property
    def codebook(self) -> list[Label]:
        """The labels that can be tagged with, in order."""
        return [label for label in self.labels.values() if not label.retired]

    def layer_of(self, annotation: Annotation) -> Layer | None:
        """The layer of an annotation; None where its label is gone."""
        label = self.labels.get(annotation.label)
        return label.layer if label else None

    def is_content(self, annotation: Annotation | None) -> bool:
        """Whether it is a quote or a claim: something that somebody said."""
        return annotation is not None and self.layer_of(annotation) in CONTENT

    def first_label(self, layer: Layer, key: str = "") -> Label | None:
        """The codebook's first label of a layer; the one with this key, if there is one."""
        found = [label for label in self.codebook if label.layer is layer]
        return next((one for one in found if one.shortcut == key), found[0] if found else None)

    def same(self, label: Label, spans: Sequence[Span]) -> Annotation | None:
        """An annotation of these very words under this label, rejected ones left aside."""
        for id in self._by_words.get(tuple(spans), ()):
            one = self.annotations[id]
            if one.label == label.id and one.status != Status.REJECTED:
                return one
        return None

    def hops_of(self, content: str) -> list[Attribution]:
        """The attributions of a quote or claim, the originator first."""
        found = [one for one in self.attributions.values() if one.content == content]
        return sorted(found, key=lambda one: (one.hop, one.id))

    def ties_of(self, annotation: Annotation) -> list[str]:
        """The annotations that one is tied to by attributions: its speaker and cue, or back."""
        found: list[str] = []
        for one in self.attributions.values():
            ends = (one.content, one.source_mention, one.cue)
            if annotation.id in ends:
                found += [end for end in ends if end and end != annotation.id]
        kept = dict.fromkeys(id for id in found if id in self.annotations)
        return sorted(kept, key=lambda id: self.annotations[id].start)

    # Hearing

    def follow(self, revision: Revision) -> tuple[Edit, ...] | None:
        """Take over what a revision changed; give the edits, or None where the article is gone.

        What was known already is left out: an article may have been read when a part of a change
        had yet to be announced. Where the revision does not list them, they are found by
        comparing. Raises NewsdeskError where the article must be read again and can't be.
        """
        if revision.edits is None:
            return self._compared()
        if any(isinstance(edit.record, Label) for edit in revision.edits):
            self.read_labels()
        if self.article is None:
            return revision.edits
        edits = tuple(new for edit in revision.edits if (new := self._patch(edit)) is not None)
        return edits if self.is_open else None

    def _compared(self) -> tuple[Edit, ...] | None:
        """Read everything again; give what is different."""
        before = self._records()
        self.read_labels()
        if self.article is not None:
            if not self._desk.count(Article, id=self.article.id):
                self.close()
                return None
            self.loaded(self.article.id)
        pairs = zip(before, self._records(), strict=True)
        return tuple(edit for old, new in pairs for edit in _edits(old, new))

    def _records(self) -> tuple[Mapping[str, Record], ...]:
        return self.labels, self.annotations, self.attributions, self.claims

    def _patch(self, edit: Edit) -> Edit | None:
        """Take over one edit; give it as seen from here, or None where it was known."""
        record = edit.record
        if self.article is None:
            return edit
        if isinstance(record, Annotation):
            if record.article == self.article.id:
                edit = Edit(self.annotations.get(record.id), edit.after)
                if edit.before == edit.after:
                    return None
                self._put_annotation(edit)
        elif isinstance(record, Attribution):
            if record.content in self.annotations or record.id in self.attributions:
                _put(self.attributions, record.id, edit.after)
        elif isinstance(record, Claim):
            _put(self.claims, record.id, edit.after)
        elif isinstance(record, Article) and record.id == self.article.id:
            if isinstance(edit.after, Article):
                self.article = edit.after
            else:
                self.close()
        return edit

    def _put_annotation(self, edit: Edit) -> None:
        """Keep an annotation as it is now, and what is counted and found by it."""
        for record, by in ((edit.before, -1), (edit.after, 1)):
            if not isinstance(record, Annotation):
                continue
            if self.thresholds.hides(record):
                self.below += by
            else:
                self.waiting += by * (record.status == Status.PROPOSED)
            same = self._by_words.setdefault(record.spans, set())
            same.add(record.id) if by > 0 else same.discard(record.id)
            if not same:
                del self._by_words[record.spans]
        _put(self.annotations, edit.record.id, edit.after)


def _edits(before: Mapping[str, Record], after: Mapping[str, Record]) -> Iterator[Edit]:
    """What makes one set of records out of another."""
    for id, old in before.items():
        new = after.get(id)
        if new is None or new != old:
            yield Edit(old, new)
    for id, new in after.items():
        if id not in before:
            yield Edit(None, new)


def _put(records: dict, id: str, after: object) -> None:
    if after is None:
        records.pop(id, None)
    else:
        records[id] = after


def in_order(annotations: Iterable[Annotation]) -> list[Annotation]:
    """Annotations in order of the text."""
    return sorted(annotations, key=place)


def place(annotation: Annotation) -> tuple[int, int, str]:
    """Where an annotation stands among the others of its article."""
    return annotation.start, annotation.end, annotation.id
