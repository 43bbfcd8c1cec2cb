"""The verbs that find: articles and annotations by a filter, and the searches that a desk keeps."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from newsdesk.cli.forms import hit_form
from newsdesk.cli.options import AsJson, DeskPlace, author_named, desk_at, one_of
from newsdesk.cli.telling import counted, line, tell, tell_list, tell_table
from newsdesk.model import (
    AnnotationFilter,
    AnnotationLine,
    ArticleFilter,
    ArticleStatus,
    Hit,
    Layer,
    NewsdeskError,
    Status,
)

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.model.filters import Filter

PAGE = 500
"""Annotations that are read at a time."""


def _many(flag: str, what: str, shown: str = "NAME") -> Any:
    return typer.Option(flag, metavar=shown, help=what)


Labels = Annotated[list[str] | None, _many("--label", "Under this label; may be repeated.")]
Authors = Annotated[list[str] | None, _many("--author", "Tagged by this person.")]
Outlets = Annotated[list[str] | None, _many("--outlet", "In articles of this outlet.")]
Languages = Annotated[list[str] | None, _many("--language", "In articles of this one.", "CODE")]
Since = Annotated[str | None, _many("--from", "Published on this day or later.", "DATE")]
Until = Annotated[str | None, _many("--to", "Published on this day or before.", "DATE")]
Save = Annotated[str | None, _many("--save", "Keep the search on the desk under this name.")]
Saved = Annotated[str | None, _many("--saved", "Begin with the search of this name.")]
Missing = Annotated[
    bool | None,
    typer.Option("--missing/--complete", help="With (without) required answers still open."),
]


def search(
    desk: DeskPlace,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="What to look for.")
    ] = None,
    label: Labels = None,
    status: Annotated[
        list[ArticleStatus] | None,
        _many("--status", "Only articles of this status.", one_of(ArticleStatus)),
    ] = None,
    author: Authors = None,
    byline: Annotated[str | None, _many("--byline", "With this in the byline.", "TEXT")] = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlets = None,
    language: Languages = None,
    claims: Annotated[
        bool | None, typer.Option("--claims/--no-claims", help="With (without) claims.")
    ] = None,
    suggestions: Annotated[
        bool | None,
        typer.Option("--suggestions/--no-suggestions", help="With (without) waiting suggestions."),
    ] = None,
    missing: Missing = None,
    save: Save = None,
    saved: Saved = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="N hits at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Find articles by words and filters, best first.

    "Words in quotes" are a phrase, a final * is any ending, OR parts alternatives; a word to leave
    out is written NOT so, or -so after a -- that ends the options.
    """
    given: dict[str, Any] = {
        "words": " ".join(words or ()),
        "labels": label,
        "statuses": status,
        "authors": author,
        "byline": byline,
        "since": since,
        "until": until,
        "outlets": outlet,
        "languages": language,
        "claims": claims,
        "suggestions": suggestions,
        "missing": missing,
    }
    from newsdesk.desk.finding import search_articles

    with _opened(desk) as opened:
        wanted = _filter(opened, ArticleFilter, saved, given)
        if wanted.empty and saved is None:
            raise typer.BadParameter("Give words to look for, or an option that narrows.")
        _keep(opened, save, wanted)
        hits = search_articles(opened, wanted, limit)
    if as_json:
        tell_list(map(hit_form, hits))
        return
    for one in hits:
        tell(f"{one.article}  {line(one.title)}")
        if one.snippet:
            tell(f"    {_emphasised(one)}")


def list_annotations(
    desk: DeskPlace,
    label: Labels = None,
    layer: Annotated[
        list[Layer] | None, _many("--layer", "Of this layer; may be repeated.", one_of(Layer))
    ] = None,
    status: Annotated[
        list[Status] | None, _many("--status", "Proposed, accepted or rejected.", one_of(Status))
    ] = None,
    author: Authors = None,
    text: Annotated[str | None, _many("--text", "With this in the words tagged.", "TEXT")] = None,
    note: Annotated[str | None, _many("--note", "With this in the note.", "TEXT")] = None,
    linked: Annotated[
        bool | None, typer.Option("--linked/--unlinked", help="Linked to an entity or not.")
    ] = None,
    suggested: Annotated[
        bool | None, typer.Option("--suggested/--by-hand", help="By a pipeline or a person.")
    ] = None,
    missing: Missing = None,
    below: Annotated[
        float | None, _many("--confidence-below", "Less sure than this, from 0 to 1.", "X")
    ] = None,
    least: Annotated[
        float | None, _many("--confidence-from", "At least as sure, from 0 to 1.", "X")
    ] = None,
    article: Annotated[list[str] | None, _many("--article", "In these articles.", "ID")] = None,
    words: Annotated[str | None, _many("--words", "In articles with these.", "WORDS")] = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlets = None,
    language: Languages = None,
    save: Save = None,
    saved: Saved = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="The first N only.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find annotations in all articles."""
    given: dict[str, Any] = {
        "labels": label,
        "layers": layer,
        "statuses": status,
        "authors": author,
        "text": text,
        "note": note,
        "linked": linked,
        "suggested": suggested,
        "missing": missing,
        "confidence_below": below,
        "confidence_from": least,
    }
    inside: dict[str, Any] = {
        "words": words,
        "since": since,
        "until": until,
        "outlets": outlet,
        "languages": language,
        "ids": article,
    }
    from newsdesk.desk.finding import find_annotations

    with _opened(desk) as opened:
        wanted = _filter(opened, AnnotationFilter, saved, given)
        articles = _narrowed(wanted.articles, inside)
        wanted = msgspec.structs.replace(wanted, articles=articles)
        _keep(opened, save, wanted)
        _list(opened, find_annotations(opened, wanted)[:limit], as_json)


def searches(
    desk: DeskPlace,
    forget: Annotated[
        str | None, _many("--forget", "Keep the search of this name no longer.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the searches that the desk keeps."""
    from newsdesk.desk.finding import forget_search, saved_searches

    with _opened(desk) as opened:
        if forget is not None:
            forget_search(opened, forget)
        found = saved_searches(opened)
    if as_json:
        tell_list(found)
    else:
        heads = ("name", "finds", "filter")
        tell_table(heads, ((one.name, *_said(one.filter)) for one in found))


def _opened(place: str) -> Any:
    """An open desk; here `--author` says who tagged, so only the environment says who asks."""
    return desk_at(place, author_named(os.environ.get("NEWSDESK_AUTHOR")))


def _filter(desk: Desk, kind: Any, saved: str | None, given: dict[str, Any]) -> Any:
    """The saved search, or all, narrowed by the options given."""
    from newsdesk.desk.finding import saved_search

    base = kind()
    if saved is not None:
        base = saved_search(desk, saved).filter
        if not isinstance(base, kind):
            other = "annotations" if kind is ArticleFilter else "search"
            raise NewsdeskError(
                f"The search “{saved}” is for the other kind of record. Nothing was looked for; "
                f"use it with: newsdesk {other} --saved"
            )
    known = {one.name for one in desk.codebook(retired=True)}
    for name in given.get("labels") or ():
        if name not in known:
            desk.label(name)
    return _narrowed(base, given)


def _narrowed(base: Any, given: dict[str, Any]) -> Any:
    fields = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in given.items()
        if value is not None and value != []
        if value != ""
    }
    return msgspec.structs.replace(base, **fields)


def _keep(desk: Desk, name: str | None, wanted: Filter) -> None:
    from newsdesk.desk.finding import save_search

    if name is not None:
        save_search(desk, name, wanted)


def _list(desk: Desk, ids: list[str], as_json: bool) -> None:
    labels = {one.id: one.name for one in desk.codebook(retired=True)}
    if as_json:
        tell_list(_form(one, labels) for one in _lines(desk, ids))
        return
    for one in _lines(desk, ids):
        tell(f"{one.id}  {labels[one.label]}  {one.status}  {line(one.title)}")
        tell(f"    {_emphasised(one)}")
    tell(f"{counted(len(ids), 'annotation')}.")


def _lines(desk: Desk, ids: list[str]) -> Iterator[AnnotationLine]:
    from newsdesk.desk.finding import annotation_lines

    for at in range(0, len(ids), PAGE):
        yield from annotation_lines(desk, ids[at : at + PAGE])


def _form(one: AnnotationLine, labels: dict[str, str]) -> dict[str, Any]:
    form: dict[str, Any] = msgspec.to_builtins(one)
    return {**form, "label": labels[one.label], "entity": one.entity or None}


def _said(filter: Filter) -> Iterable[str]:
    form = msgspec.to_builtins(filter)
    return form.pop("type"), msgspec.json.encode(form).decode()


def _emphasised(one: Hit | AnnotationLine) -> str:
    """Words with those that were found between asterisks."""
    text = one.snippet if isinstance(one, Hit) else one.context
    out, at = [], 0
    for start, end in one.marks:
        out += [text[at:start], "*", text[start:end], "*"]
        at = end
    return line("".join([*out, text[at:]]))
