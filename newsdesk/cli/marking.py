"""The verbs that mark articles: tag words, and decide on suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand

from newsdesk.cli.forms import annotation_form
from newsdesk.cli.options import ArticleId, AsJson, Author, DeskPlace, desk_at
from newsdesk.cli.telling import line, tell, tell_object
from newsdesk.model import Annotation, Article, Layer, NewsdeskError, Status

if TYPE_CHECKING:
    from newsdesk.desk import Desk

ManyArticles = Annotated[
    list[str] | None, typer.Option("--article", metavar="ID", help="Only in these articles.")
]
ManyLabels = Annotated[
    list[str] | None, typer.Option("--label", metavar="NAME", help="Only under these labels.")
]
Confidence = Annotated[
    float,
    typer.Option(
        "--min-confidence", metavar="X", min=0, max=1, help="Only those at least as sure."
    ),
]
Annotations = Annotated[
    list[str] | None, typer.Option("--annotation", metavar="ID", help="Just these suggestions.")
]


class SpanPairs(TyperCommand):
    """Lets `--span` take two numbers, and be given several times."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Write each `--span START END` as two options of one number."""
        paired: list[str] = []
        rest = iter(args)
        for one in rest:
            paired.append(one)
            if one == "--span":
                ends = [next(rest, None), next(rest, None)]
                if None in ends:
                    raise typer.BadParameter("--span takes two numbers: --span START END.")
                paired += [str(ends[0]), "--span", str(ends[1])]
        return super().parse_args(ctx, paired)


def annotate(
    desk: DeskPlace,
    article: ArticleId,
    label: Annotated[str, typer.Option("--label", metavar="NAME", help="A label's name.")],
    span: Annotated[
        list[int],
        typer.Option(
            "--span",
            metavar="START END",
            help="Code points of the text, END not included; once for each fragment.",
        ),
    ],
    layer: Annotated[
        Layer | None, typer.Option("--layer", help="The label's layer, where two share a name.")
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="A note to keep.")] = "",
    proposed: Annotated[
        bool, typer.Option("--proposed", help="As a suggestion that waits for a decision.")
    ] = False,
    confidence: Annotated[
        float | None,
        typer.Option("--confidence", metavar="X", min=0, max=1, help="How sure, from 0 to 1."),
    ] = None,
    author: Author = None,
    as_json: AsJson = False,
) -> None:
    """Tag words of an article with a label."""
    if len(span) % 2:
        raise typer.BadParameter("--span takes two numbers: --span START END.")
    from newsdesk.desk.annotating import annotate as tag

    with desk_at(desk, author) as opened:
        text = opened.article(article)
        under = opened.label(label, layer)
        status = Status.PROPOSED if proposed else Status.ACCEPTED
        spans = list(zip(span[::2], span[1::2], strict=True))
        made = tag(opened, text, under, spans, status=status, confidence=confidence, note=note)
    if as_json:
        tell_object(annotation_form(made, text, under))
    else:
        tell(f"Tagged “{line(made.quote)}” as {line(under.name)}: {made.id}")


def accept(
    desk: DeskPlace,
    article: ManyArticles = None,
    label: ManyLabels = None,
    min_confidence: Confidence = 0.0,
    annotation: Annotations = None,
    author: Author = None,
    as_json: AsJson = False,
) -> None:
    """Accept suggestions, as one step.

    All that wait, or those of them that the options pick.
    """
    from newsdesk.desk.annotating import accept as decide

    with desk_at(desk, author) as opened:
        picked = _picked(opened, article, label, min_confidence, annotation)
        _decide(opened, decide, picked, "accepted", as_json)


def reject(
    desk: DeskPlace,
    article: ManyArticles = None,
    label: ManyLabels = None,
    min_confidence: Confidence = 0.0,
    annotation: Annotations = None,
    author: Author = None,
    as_json: AsJson = False,
) -> None:
    """Reject suggestions, as one step.

    All that wait, or those of them that the options pick.
    """
    from newsdesk.desk.annotating import reject as decide

    with desk_at(desk, author) as opened:
        picked = _picked(opened, article, label, min_confidence, annotation)
        _decide(opened, decide, picked, "rejected", as_json)


def _picked(
    desk: Desk,
    articles: list[str] | None,
    labels: list[str] | None,
    min_confidence: float,
    annotations: list[str] | None,
) -> list[Annotation]:
    """The suggestions that the options pick; raises NewsdeskError for an id or name unknown."""
    for name in labels or ():
        desk.label(name)
    for id in articles or ():
        desk.get(Article, id)
    found = [
        one
        for article in _each_or_any(articles)
        for label in _each_or_any(labels)
        for one in desk.proposed(article=article, label=label, min_confidence=min_confidence)
    ]
    if not annotations:
        return found
    for id in annotations:
        status = desk.get(Annotation, id).status
        if status is not Status.PROPOSED:
            raise NewsdeskError(f"Annotation {id} is {status} already. Nothing was changed.")
    return [one for one in found if one.id in annotations]


def _each_or_any(given: list[str] | None) -> list[str | None]:
    return [*given] if given else [None]


def _decide(
    desk: Desk,
    decide: Callable[[Desk, Iterable[Annotation]], int],
    picked: list[Annotation],
    outcome: str,
    as_json: bool,
) -> None:
    count = decide(desk, picked) if picked else 0
    waiting = desk.count(Annotation, status=Status.PROPOSED)
    if as_json:
        tell_object({outcome: count, "waiting": waiting})
    else:
        tell(f"{count:,} {outcome}; {waiting:,} still wait.")
