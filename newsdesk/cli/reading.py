"""The verbs that only read: list the library, show an article, list the claims."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.cli.forms import article_form, claim_form
from newsdesk.cli.marked import marked
from newsdesk.cli.options import ArticleId, AsJson, DeskPlace, desk_at
from newsdesk.cli.telling import harmless, line, tell, tell_list, tell_object, tell_table
from newsdesk.model import (
    Annotation,
    ArticleLine,
    ArticleStatus,
    Claim,
    ClaimState,
    Source,
    Status,
)

if TYPE_CHECKING:
    from newsdesk.desk import Desk

PAGE = 500
"""Articles that `list` asks for at a time."""


class Order(StrEnum):
    """In which order articles are listed."""

    DATE = "date"
    UNCERTAINTY = "uncertainty"


def list_articles(
    desk: DeskPlace,
    status: Annotated[
        ArticleStatus | None, typer.Option("--status", help="Only articles of this status.")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Only articles of this outlet.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="The newest N only.")
    ] = None,
    by: Annotated[
        Order, typer.Option("--by", help="In which order; by uncertainty: what to decide next.")
    ] = Order.DATE,
    as_json: AsJson = False,
) -> None:
    """List the articles, newest first, with their progress.

    By uncertainty come those with suggestions that wait, first those of which the pipeline is
    least sure: to decide these teaches it most.
    """
    with desk_at(desk) as opened:
        if by is Order.UNCERTAINTY:
            lines = _uncertain(opened, status, outlet, limit)
        else:
            lines = _lines(opened, status, outlet, limit)
        if as_json:
            tell_list(lines)
        else:
            heads = ("id", "published", "status", "accepted", "proposed", "title")
            tell_table(heads, ([getattr(one, head) for head in heads] for one in lines))


def _lines(
    desk: Desk, status: ArticleStatus | None, outlet: str | None, limit: int | None
) -> Iterator[ArticleLine]:
    last, left = None, limit
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        page = desk.library(
            after=last, limit=size, status=status.value if status else None, outlet=outlet
        )
        yield from page
        if len(page) < size:
            return
        last, left = page[-1], None if left is None else left - size


def _uncertain(
    desk: Desk, status: ArticleStatus | None, outlet: str | None, limit: int | None
) -> Iterator[ArticleLine]:
    from newsdesk.desk.suggesting import uncertain

    ids = [one.article for one in uncertain(desk)]
    left = limit if limit is not None else len(ids)
    for first in range(0, len(ids), PAGE):
        some = ids[first : first + PAGE]
        page = desk.library(
            limit=PAGE, status=status.value if status else None, outlet=outlet, ids=some
        )
        for one in sorted(page, key=lambda line: some.index(line.id))[:left]:
            yield one
            left -= 1


def show(
    desk: DeskPlace,
    article: ArticleId,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="With the annotations that were rejected.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show an article with its annotations."""
    with desk_at(desk) as opened:
        found = opened.article(article)
        labels = {one.id: one for one in opened.codebook(retired=True)}
        annotations = [
            one
            for one in opened.find(Annotation, article=article)
            if rejected or one.status is not Status.REJECTED
        ]
        if as_json:
            outlet = opened.get(Source, found.outlet).description if found.outlet else ""
            ties = opened.attributions_of(article)
            tell_object(article_form(found, outlet, annotations, ties, labels.values()))
            return
    tell(line(found.title))
    tell(line(" · ".join(filter(None, (found.published, found.byline, found.status)))))
    colour = sys.stdout.isatty()
    tell("\n" + marked(harmless(found.text), annotations, labels, colour=colour) + "\n")
    rows = ((one.id, labels[one.label].name, one.status, one.quote[:60]) for one in annotations)
    tell_table(("annotation", "label", "status", "words"), rows)


def claims(
    desk: DeskPlace,
    state: Annotated[
        ClaimState | None, typer.Option("--state", help="Only claims in this state.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the claims, and where they appear."""
    with desk_at(desk) as opened:
        found = opened.find(Claim, state=state) if state else opened.find(Claim)
        places = opened.appearances()
    if as_json:
        tell_list(claim_form(one, places.get(one.id, [])) for one in found)
        return
    rows = ((one.id, one.state, len(places.get(one.id, [])), one.statement) for one in found)
    tell_table(("id", "state", "appearances", "statement"), rows)
