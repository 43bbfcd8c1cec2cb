"""What a filter can be narrowed by, in the editor's words: form and chips are made of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication

from newsdesk.model import ArticleStatus, Layer, Status, replace
from newsdesk.model.filters import AnnotationFilter, Filter
from newsdesk.ui.header import status_name
from newsdesk.ui.inspector.annotation_list import status_word


class Kind(StrEnum):
    """How a criterion is answered."""

    ANY_OF = "any of"
    FLAG = "flag"
    TEXT = "text"
    DATE = "date"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One field of a filter; `articles.since` is a field of the filter inside it.

    `names` are the words for its values, where they are not shown as they are.
    """

    field: str
    title: str
    kind: Kind
    names: dict[Any, str] = dataclasses.field(default_factory=dict)

    def of(self, filter: Filter) -> Any:
        """What a filter says of it."""
        found: Any = filter
        for name in self.field.split("."):
            found = getattr(found, name)
        return found

    def put(self, filter: Any, value: Any) -> Any:
        """The filter with another value; raises NewsdeskError for one that can't be."""
        outer, _, inner = self.field.partition(".")
        if inner:
            value = replace(getattr(filter, outer), **{inner: value})
        return replace(filter, **{outer: value})

    def cleared(self, filter: Any) -> Any:
        """The filter without it."""
        return self.put(filter, () if self.kind is Kind.ANY_OF else _NOTHING.get(self.kind))

    def given(self, filter: Filter) -> bool:
        """Whether a filter narrows by it."""
        return self.of(filter) not in ((), None, "")

    def said(self, filter: Filter) -> str:
        """What a filter says of it, in words for a chip."""
        value = self.of(filter)
        if self.kind is Kind.FLAG:
            return self.names[value]
        if self.kind is Kind.ANY_OF:
            return ", ".join(self.names.get(one, str(one)) for one in value)
        return f"{self.title} {value:.0%}" if self.kind is Kind.SHARE else f"{self.title} {value}"


_NOTHING: dict[Kind, Any] = {Kind.TEXT: "", Kind.DATE: ""}


def _tr(text: str) -> str:
    return QCoreApplication.translate("criteria", text)


def article_criteria() -> list[Criterion]:
    """What the library can be narrowed by."""
    statuses = {one: status_name(one) for one in ArticleStatus}
    return [
        Criterion("statuses", _tr("Status"), Kind.ANY_OF, statuses),
        Criterion("outlets", _tr("Outlet"), Kind.ANY_OF),
        Criterion("languages", _tr("Language"), Kind.ANY_OF),
        Criterion("labels", _tr("Has the label"), Kind.ANY_OF),
        Criterion("authors", _tr("Tagged by"), Kind.ANY_OF),
        Criterion("since", _tr("From"), Kind.DATE),
        Criterion("until", _tr("To"), Kind.DATE),
        Criterion("byline", _tr("Byline"), Kind.TEXT),
        Criterion(
            "claims", _tr("Claims"), Kind.FLAG,
            {True: _tr("With claims"), False: _tr("Without claims")},
        ),
        Criterion(
            "suggestions", _tr("Suggestions"), Kind.FLAG,
            {True: _tr("With suggestions"), False: _tr("Without suggestions")},
        ),
        Criterion(
            "missing", _tr("Required answers"), Kind.FLAG,
            {True: _tr("Answers missing"), False: _tr("Answers complete")},
        ),
    ]  # fmt: skip


def annotation_criteria() -> list[Criterion]:
    """What the list of found annotations can be narrowed by."""
    layers = {
        Layer.ENTITY: _tr("Entities"),
        Layer.QUOTE: _tr("Quotes"),
        Layer.CLAIM: _tr("Claims"),
        Layer.SOURCE: _tr("Sources"),
        Layer.CUE: _tr("Cues"),
        Layer.HEDGE: _tr("Hedges"),
    }
    words = {one: status_word(one).capitalize() for one in Status}
    return [
        Criterion("labels", _tr("Label"), Kind.ANY_OF),
        Criterion("layers", _tr("Layer"), Kind.ANY_OF, layers),
        Criterion("statuses", _tr("Status"), Kind.ANY_OF, words),
        Criterion(
            "linked", _tr("Entity"), Kind.FLAG, {True: _tr("Linked"), False: _tr("Not linked")}
        ),
        Criterion("authors", _tr("Tagged by"), Kind.ANY_OF),
        Criterion(
            "suggested", _tr("Origin"), Kind.FLAG,
            {True: _tr("By a pipeline"), False: _tr("By hand")},
        ),
        Criterion("note", _tr("Note has"), Kind.TEXT),
        Criterion("confidence_below", _tr("Confidence below"), Kind.SHARE),
        Criterion(
            "missing", _tr("Required answers"), Kind.FLAG,
            {True: _tr("Answers missing"), False: _tr("Answers complete")},
        ),
        Criterion("articles.outlets", _tr("Outlet"), Kind.ANY_OF),
        Criterion("articles.since", _tr("From"), Kind.DATE),
        Criterion("articles.until", _tr("To"), Kind.DATE),
    ]  # fmt: skip


def criteria_of(kind: type[Filter]) -> list[Criterion]:
    """What a filter of this kind can be narrowed by."""
    return annotation_criteria() if kind is AnnotationFilter else article_criteria()
