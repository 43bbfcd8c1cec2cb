"""The verbs of corrections, and of the same claim elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.cli.options import ArticleId, AsJson, Author, ClaimId, DeskPlace, desk_at
from newsdesk.cli.telling import counted, harmless, line, say, tell, tell_list, tell_object
from newsdesk.model import Article, NewsdeskError

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.desk.corrections import Superseding
    from newsdesk.desk.same_claims import Candidate


def correct(
    desk: DeskPlace,
    article: ArticleId,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The corrected version.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="ID", help="Instead: an article that the desk has already."),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only say what would be carried over.")
    ] = False,
    author: Author = None,
    as_json: AsJson = False,
) -> None:
    """Replace an article by its corrected version.

    What stands there word for word stays marked, what moved waits to be confirmed, what is gone is
    listed. Claims that were closed and whose words changed are reopened. One step.
    """
    from newsdesk.desk.corrections import Superseding, carry_over, supersede

    if (file is None) == (by is None):
        raise typer.BadParameter("give a file, or an article of the desk by --by.")
    with desk_at(desk, author) as opened:
        old = opened.get(Article, article)
        new = opened.get(Article, by) if by else _read(opened, file)
        if preview:
            made = Superseding(old=old, new=new, fates=carry_over(opened, old, new))
        else:
            made = supersede(opened, old, new)
    if as_json:
        tell_object(_form(made, preview))
    else:
        _tell(made, preview)


def _read(desk: Desk, file: Path | None) -> Article:
    from newsdesk.desk.import_preview import preview

    assert file is not None
    found = preview(file, desk=desk, articles=2)
    if len(found.articles) != 1:
        said = f" {found.problems[0].message}" if found.problems else ""
        raise NewsdeskError(
            f"{file.name} holds {counted(len(found.articles), 'article')}, and a correction is "
            f"one.{said} Nothing was changed."
        )
    return found.articles[0].article


def _form(made: Superseding, preview: bool) -> dict[str, Any]:
    outcomes = [
        {
            "annotation": one.annotation.id,
            "quote": one.annotation.quote,
            "outcome": one.outcome,
            "spans": one.carried.spans,
        }
        for one in made.fates
    ]
    new = None if preview else made.new.id
    return {"old": made.old.id, "new": new, "carried": outcomes, "reopened": list(made.reopened)}


def _tell(made: Superseding, preview: bool) -> None:
    from newsdesk.provenance.versions import Outcome

    if not preview:
        tell(f"Article {made.old.id} is replaced by article {made.new.id}.")
    for outcome in Outcome:
        tell(f"{outcome}: {len(made.of(outcome))}")
        if outcome is not Outcome.EXACT:
            for one in made.of(outcome):
                tell(f"    {one.annotation.id}  {line(one.annotation.quote)}")
    for id in made.reopened:
        tell(f"reopened: claim {id}")


def versions(desk: DeskPlace, article: ArticleId, as_json: AsJson = False) -> None:
    """List an article's versions, and what changed in each.

    With the quotes and claims that are different.
    """
    from newsdesk.desk.corrections import compare_versions
    from newsdesk.desk.corrections import versions as versions_of

    with desk_at(desk) as opened:
        found = versions_of(opened, article)
        steps = [compare_versions(opened, old, new) for old, new in pairwise(found)]
    if as_json:
        shown = [{"id": x.id, "title": x.title, "published": x.published} for x in found]
        tell_object({"versions": shown, "steps": steps})
        return
    texts = {one.id: one.text for one in found}
    for at, one in enumerate(found):
        tell(f"{one.id}  {line(one.published)}  {line(one.title)}")
        for step in steps[at : at + 1]:
            for change in step.changes:
                was = texts[step.old][slice(*change.before)]
                now = texts[step.new][slice(*change.after)]
                tell(f"    - {line(was)}\n    + {line(now)}")
            for mark in step.marks:
                became = line(mark.now) or "(gone)"
                tell(f"    {mark.layer} {mark.annotation}: {line(mark.was)} → {became}")


def correction_note(desk: DeskPlace, article: ArticleId, as_json: AsJson = False) -> None:
    """Draft the note that a corrected article ends with.

    What was wrong, what is right and when, from the records; to be edited.
    """
    from newsdesk.desk.correction_notes import correction_note as drafted

    with desk_at(desk) as opened:
        note = drafted(opened, article)
    if as_json:
        tell_object({"article": article, "note": note})
    else:
        tell(harmless(note).rstrip("\n"))


def same_claims(
    desk: DeskPlace,
    claim: ClaimId,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="How many at most.")
    ] = 20,
    by_words: Annotated[
        bool, typer.Option("--by-words", help="Compare words and figures only.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List where else a claim may be made, the likeliest first.

    By words, figures and meaning. A person decides: nothing is changed.
    """
    from newsdesk.desk.same_claims import candidates

    with desk_at(desk) as opened:
        vectors = None if by_words else _vectors(opened, desk)
        found: list[Candidate] = candidates(opened, claim, limit, vectors=vectors)
    if as_json:
        tell_list(found)
        return
    for one in found:
        tell(f"{one.score:.2f}  {one.annotation or one.article}  {line(one.words)}")
        tell(f"      {one.why}")


def _vectors(desk: Desk, place: str) -> Any:
    from newsdesk.cli.telling import progress
    from newsdesk.desk.claim_vectors import open_vectors

    beside = None if "://" in place or desk.read_only else Path(place)
    try:
        vectors = open_vectors(beside)
    except NewsdeskError as error:
        say(str(error))
        return None
    with progress("Reading claims") as moved:
        vectors.refresh(desk, moved)
    return vectors


VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "correct": (correct, "newsdesk correct --desk sample.desk --article ID corrected.txt"),
    "versions": (versions, "newsdesk versions --desk sample.desk --article ID --json"),
    "correction-note": (
        correction_note,
        "newsdesk correction-note --desk sample.desk --article ID",
    ),
    "same-claims": (same_claims, "newsdesk same-claims --desk sample.desk --claim ID"),
}
"""Each verb, and an example for its help."""
