"""The verbs of the journal: what was done, and taking it back."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from newsdesk.cli.options import AsJson, Author, DeskPlace, desk_at
from newsdesk.cli.telling import line, say, tell, tell_list, tell_object, tell_table
from newsdesk.model import Finding, NewsdeskError, Revision

_ABOUT = "revision "


def log(
    desk: DeskPlace,
    verify: Annotated[
        bool, typer.Option("--verify", help="Check each revision against its hash.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="The newest N only.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what was done, newest first: the journal."""
    with desk_at(desk) as opened:
        revisions = opened.log(limit=limit)
        found = _findings(opened.check_journal()) if verify else None
    if as_json:
        tell_list(revision_form(one, found) for one in revisions)
    else:
        tell_table(("seq", "at", "author", "edits", "title"), map(_row, revisions))
    if found:
        for seq, wrong in sorted(found.items()):
            say(f"{f'revision {seq}' if seq else 'the journal'}: {'; '.join(wrong)}")
        raise NewsdeskError(
            f"The journal of {desk} was altered or damaged. Nothing was changed in it. Keep the "
            "file, and compare it with a backup."
        )
    if verify:
        say("The journal is intact.")


def undo(desk: DeskPlace, author: Author = None, as_json: AsJson = False) -> None:
    """Take back your latest change."""
    with desk_at(desk, author) as opened:
        done = opened.undo()
        if done is None:
            raise NewsdeskError(
                f"There is nothing of {opened.author}'s to undo on {opened.name}. Nothing was "
                "changed. (Another author's changes are undone under their name: --author.)"
            )
    _tell_done(done, as_json)


def redo(desk: DeskPlace, author: Author = None, as_json: AsJson = False) -> None:
    """Do again what you undid last."""
    with desk_at(desk, author) as opened:
        done = opened.redo()
        if done is None:
            raise NewsdeskError(
                f"There is nothing of {opened.author}'s to redo on {opened.name}: nothing was "
                "undone, or a change came after it. Nothing was changed."
            )
    _tell_done(done, as_json)


def revision_form(one: Revision, found: dict[int, list[str]] | None = None) -> dict[str, Any]:
    """A revision as the command line's JSON has it, without its edits."""
    form: dict[str, Any] = {
        "seq": one.seq,
        "id": one.id,
        "title": one.title,
        "author": one.author,
        "at": one.at,
        "undoes": one.undoes,
        "edits": one.count,
        "prev_hash": one.prev_hash,
        "hash": one.hash,
    }
    if found is not None:
        form["intact"] = one.seq not in found
        form["findings"] = found.get(one.seq, [])
    return form


def _findings(findings: Iterable[Finding]) -> dict[int, list[str]]:
    """What a check found wrong with revisions, by their seq; 0 for what is wrong with no one."""
    found: dict[int, list[str]] = {}
    for one in findings:
        seq = int(one.where.removeprefix(_ABOUT)) if one.where.startswith(_ABOUT) else 0
        found.setdefault(seq, []).append(one.what)
    return found


def _row(one: Revision) -> tuple[object, ...]:
    at = one.at[:16].replace("T", " ")
    undoes = f" (takes back {one.undoes})" if one.undoes else ""
    return one.seq, at, one.author, one.count, one.title + undoes


def _tell_done(done: Revision, as_json: bool) -> None:
    if as_json:
        tell_object(revision_form(done))
    else:
        tell(line(done.title))
