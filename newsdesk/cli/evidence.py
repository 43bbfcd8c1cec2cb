"""The verbs of evidence: add it, list it, look its passages up again, write the copies out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.cli.options import AsJson, Author, ClaimId, DeskPlace, Redact, desk_at
from newsdesk.cli.telling import (
    counted,
    line,
    progress,
    say,
    tell,
    tell_list,
    tell_object,
    tell_table,
)
from newsdesk.model import Claim, Evidence, NewsdeskError, Stance
from newsdesk.provenance.redaction import Redaction

if TYPE_CHECKING:
    from newsdesk.desk.capturing import Capture

OneClaim = Annotated[
    str | None, typer.Option("--claim", metavar="ID", help="Only this claim's.")
]


def add(
    desk: DeskPlace,
    claim: ClaimId,
    passage: Annotated[
        str, typer.Option("--passage", metavar="TEXT", help="The words that say so.")
    ],
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="Fetch this page; with --file, where it was."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="A saved page, document or web archive."),
    ] = None,
    article: Annotated[
        str | None, typer.Option("--article", metavar="ID", help="An article of the desk.")
    ] = None,
    annotation: Annotated[
        str | None, typer.Option("--annotation", metavar="ID", help="An annotation of the desk.")
    ] = None,
    stance: Annotated[
        Stance, typer.Option("--stance", help="What it does to the claim.")
    ] = Stance.SUPPORTS,
    before: Annotated[
        str, typer.Option("--before", metavar="TEXT", help="What stands before the passage.")
    ] = "",
    after: Annotated[
        str, typer.Option("--after", metavar="TEXT", help="What stands after it.")
    ] = "",
    question: Annotated[
        str, typer.Option("--question", metavar="TEXT", help="What it answers.")
    ] = "",
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="Else as the page says.")
    ] = "",
    publisher: Annotated[
        str, typer.Option("--publisher", metavar="TEXT", help="Else as the page says.")
    ] = "",
    author: Author = None,
    as_json: AsJson = False,
) -> None:
    """Put evidence on record: a passage, and a copy of the page or file in which it stands.

    The passage must stand there. Only --url without --file uses the network, once.
    """
    from newsdesk.desk.evidencing import cite

    places = [one for one in (file or url, article, annotation) if one is not None]
    if len(places) != 1:
        raise typer.BadParameter("give one of --url, --file, --article and --annotation.")
    with desk_at(desk, author) as opened:
        about = opened.get(Claim, claim)
        made = cite(
            opened,
            about,
            stance,
            passage,
            prefix=before,
            suffix=after,
            capture=_capture(url, file),
            article=article,
            annotation=annotation,
            title=title,
            publisher=publisher,
            question=question,
        )
    if as_json:
        tell_object(made)
    else:
        kept = f", with copy {made.snapshot}" if made.snapshot else ""
        tell(f"Kept evidence {made.id} ({made.stance}) for claim {made.claim}{kept}.")


def _capture(url: str | None, file: Path | None) -> Capture | None:
    from newsdesk.desk import capturing

    if file is None and url is None:
        return None
    if file is None:
        assert url is not None
        with progress("Fetching") as moved:
            return capturing.capture_page(url, report=moved or (lambda done, total: None))
    if not capturing.is_archive(file):
        return capturing.capture_file(file, url=url)
    pages = capturing.pages_in(file)
    if url is None and len(pages) != 1:
        listed = "".join(f"\n  {line(one)}" for one in pages[:20])
        raise NewsdeskError(
            f"{file.name} holds {counted(len(pages), 'page')}. Nothing was kept; say which one is "
            f"meant by --url.{listed}"
        )
    return capturing.capture_from_archive(file, url or pages[0])


def list_evidence(desk: DeskPlace, claim: OneClaim = None, as_json: AsJson = False) -> None:
    """List the evidence, by claim."""
    with desk_at(desk) as opened:
        if claim is not None:
            opened.get(Claim, claim)
        found = opened.find(Evidence, claim=claim) if claim else opened.find(Evidence)
    found.sort(key=lambda one: (one.claim, one.id))
    if as_json:
        tell_list(found)
        return
    rows = (
        (one.id, one.claim, one.stance, "yes" if one.snapshot else "", one.title, one.exact[:60])
        for one in found
    )
    tell_table(("evidence", "claim", "stance", "copy", "title", "passage"), rows)


def check(desk: DeskPlace, claim: OneClaim = None, as_json: AsJson = False) -> None:
    """Look every passage up again, offline.

    Lists what does not stand any more, and ends with 1 then.
    """
    from newsdesk.desk.evidencing import recheck

    with desk_at(desk) as opened:
        if claim is not None:
            opened.get(Claim, claim)
        fallen = list(recheck(opened, claim))
        count = opened.count(Evidence, claim=claim) if claim else opened.count(Evidence)
    if as_json:
        tell_object({"checked": count, "stands": not fallen, "fallen": fallen})
    elif not count:
        tell(f"There is no evidence on {'claim ' + claim if claim else 'this desk'}.")
    elif not fallen:
        tell(f"{counted(count, 'piece')} of evidence looked up: every passage stands.")
    else:
        rows = ((one.claim, one.evidence, one.why, one.statement[:60]) for one in fallen)
        tell_table(("claim", "evidence", "what fell", "statement"), rows)
    if fallen:
        raise typer.Exit(1)


def warc(
    desk: DeskPlace,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Ends with .warc, or .warc.gz to pack it.")
    ],
    claim: OneClaim = None,
    redact: Redact = Redaction.STANDARD,
) -> None:
    """Write the copies of pages and files as a web archive (WARC 1.1).

    Those that a link ties to a confidential source stay here, unless --redact none lets them out.
    The same desk gives the same bytes.
    """
    from newsdesk.desk.evidencing import archive

    with desk_at(desk) as opened:
        made = archive(opened, out, claim, redact=redact)
    if made.withheld:
        say(f"Withheld: {_copies(made.withheld)} that a link ties to a confidential source.")
    tell(f"Wrote {_copies(made.copies)} to {line(out)}.")


def _copies(count: int) -> str:
    return f"{count:,} {'copy' if count == 1 else 'copies'}"


VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "add": (
        add,
        'newsdesk evidence add --desk sample.desk --claim ID --file minutes.pdf --passage "agreed"',
    ),
    "list": (list_evidence, "newsdesk evidence list --desk sample.desk --claim ID"),
    "check": (check, "newsdesk evidence check --desk sample.desk --json"),
    "warc": (warc, "newsdesk evidence warc --desk sample.desk --out evidence.warc.gz"),
}


def group() -> typer.Typer:
    """The verb `evidence`, with verbs of its own."""
    made = typer.Typer(
        name="evidence",
        help="Add, list and re-check evidence; write its copies out.",
        rich_markup_mode=None,
        no_args_is_help=True,
        epilog="\b\nExample:\n  newsdesk evidence check --desk sample.desk",
    )
    for name, (function, example) in VERBS.items():
        made.command(name, epilog=f"\b\nExample:\n  {example}")(function)
    return made
