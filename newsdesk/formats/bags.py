"""The bags of articles as they are written: what Newsdesk notes of each, without its text."""

from collections.abc import Iterable
from typing import Any

import msgspec

from newsdesk.formats.format import Bundle, Dataset, Losses, Part
from newsdesk.formats.objects import keys
from newsdesk.formats.shape import AnnotationShape, ArticleShape, AttributionShape, Shape
from newsdesk.model import Annotation, Label, Record


class ArticleBag(ArticleShape, omit_defaults=True):
    """An article's object, without its text and without what goes without saying."""


class MarkBag(AnnotationShape, omit_defaults=True):
    """An annotation's object, without its words and without what goes without saying."""


class TieBag(AttributionShape, omit_defaults=True):
    """An attribution's object, without what goes without saying."""


class Bags:
    """Makes the bags of articles; extra keys that would hide Newsdesk's own are losses."""

    def __init__(self, labels: Iterable[Label], losses: Losses) -> None:
        self._labels = {label.id: label for label in labels}
        self._losses = losses

    def of(self, bundle: Bundle) -> Any:
        """The bag of an article, ready to be encoded as JSON."""
        article = bundle.article
        values = {name: getattr(article, name) for name in _ARTICLE}
        bag = ArticleBag(**values, outlet=bundle.outlet or None, outlet_source=article.outlet)
        bag.annotations = [self._mark(mark) for mark in bundle.annotations]
        bag.attributions = [self._tie(tie) for tie in bundle.attributions]
        return self._with_extra(bag, article)

    def _mark(self, mark: Annotation) -> Any:
        label = self._labels[mark.label]
        # In the order of the shape's fields: by name it takes twice as long, for each mark.
        bag = MarkBag(
            *(mark.id, label.name, label.layer, mark.spans, None),
            *(mark.status, mark.origin, mark.confidence, mark.author, mark.note),
            *(mark.attributes, mark.entity, mark.claim, mark.label_version),
        )
        return self._with_extra(bag, mark) if mark.extra else bag

    def _tie(self, tie: Record) -> Any:
        return self._with_extra(TieBag(**{n: getattr(tie, n) for n in _TIE}), tie)

    def _with_extra(self, bag: Shape, record: Record) -> Any:
        if not record.extra:
            return bag
        taken = keys(type(bag)) | {"type", "of"}
        for key in sorted(record.extra.keys() & taken):
            what = f"the unknown key “{key}” is one of Newsdesk's"
            self._losses.add(Part.UNKNOWN, record.id, what)
        known = msgspec.to_builtins(bag, builtin_types=(bytes,))
        return known | {key: value for key, value in record.extra.items() if key not in taken}


_ARTICLE = (
    *("id", "title", "sha256", "language", "published", "byline", "url", "status", "supersedes"),
    *("section", "embargo_until", "imported_at", "format", "encoding", "canoniser", "raw"),
)
_TIE = tuple(name for name in AttributionShape.__struct_fields__)


def lose_journal(dataset: Dataset, losses: Losses) -> None:
    """Report the revisions of a dataset that was asked for with its journal."""
    for revision, _ in dataset.journal():
        losses.add(Part.JOURNAL, revision.id, "the journal is written to JSON and JSONL only")
