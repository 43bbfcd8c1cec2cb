"""The JSON that the command line writes: records as the dataset has them (docs/cli.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from newsdesk.model import Annotation, Article, Attribution, Claim, Hit, Label

if TYPE_CHECKING:
    from newsdesk.formats.dataset_writing import Objects


def article_form(
    article: Article,
    outlet: str,
    annotations: Iterable[Annotation],
    attributions: Iterable[Attribution],
    labels: Iterable[Label],
) -> dict[str, Any]:
    """An article with its text, its annotations and who said what in it."""
    from newsdesk.formats.format import Bundle

    bundle = Bundle(
        article=article,
        annotations=tuple(annotations),
        attributions=tuple(attributions),
        outlet=outlet,
    )
    form: dict[str, Any] = msgspec.to_builtins(_objects(labels).article(bundle))
    return form


def annotation_form(one: Annotation, article: Article, label: Label) -> dict[str, Any]:
    """An annotation with its article's id."""
    (form,) = article_form(article, "", [one], [], [label])["annotations"]
    return {"article": article.id, **form}


def claim_form(one: Claim, appearances: Iterable[str]) -> dict[str, Any]:
    """A claim with the annotations in which it appears."""
    form: dict[str, Any] = msgspec.to_builtins(_objects([]).record(one, tuple(appearances)))
    return form


def hit_form(one: Hit) -> dict[str, Any]:
    """An article that a search found; `marks` are code points of the snippet."""
    return {"article": one.article, "title": one.title, "snippet": one.snippet, "marks": one.marks}


def _objects(labels: Iterable[Label]) -> Objects:
    from newsdesk.formats.dataset_writing import Objects

    return Objects(labels)
