"""The options that several verbs share, and what they open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.cli.telling import say
from newsdesk.model import NewsdeskError
from newsdesk.provenance.redaction import Redaction

if TYPE_CHECKING:
    from newsdesk.desk import Desk

IN_PART = 3
"""The exit code of what was done in part; the report says what was left."""

DeskPlace = Annotated[
    str, typer.Option("--desk", metavar="DESK", help="The desk: a file or a postgresql:// address.")
]
ArticleId = Annotated[
    str, typer.Option("--article", metavar="ID", help="The article's id, as `list` shows it.")
]
ClaimId = Annotated[
    str, typer.Option("--claim", metavar="ID", help="The claim's id, as `claims` shows it.")
]
Redact = Annotated[
    Redaction, typer.Option("--redact", help="What is withheld of confidential sources.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON to stdout, and nothing else.")]
Author = Annotated[
    str | None,
    typer.Option(
        "--author",
        metavar="NAME",
        envvar="NEWSDESK_AUTHOR",
        help="Who does it, for the journal; else the name in the preferences.",
    ),
]


def one_of(kind: type[StrEnum]) -> str:
    """The values of an option that may be repeated, as its help lists them."""
    return "|".join(kind)


OPTIONS = {
    "offsets": "of doccano: utf-16 or code points",
    "field": "of Label Studio: the key of its text",
}
"""What `--option` may say, and to whom."""

FormatOptions = Annotated[
    list[str] | None,
    typer.Option("--option", metavar="KEY=VALUE", help="Of the format, such as offsets=utf-16."),
]


def options_of(said: list[str] | None) -> dict[str, str]:
    """Options of a format, as `--option offsets=utf-16` says them; raises NewsdeskError."""
    found = {}
    for one in said or ():
        key, sign, value = one.partition("=")
        if not sign or not key.strip():
            raise NewsdeskError(
                f"--option {one} has no value. Nothing was done; write it as --option "
                "offsets=utf-16."
            )
        found[key.strip()] = value.strip()
    unknown = sorted(set(found) - set(OPTIONS))
    if unknown and not _has_plug_ins():
        raise NewsdeskError(
            f"No format has an option “{unknown[0]}”. Nothing was done; there are: "
            + "; ".join(f"{name} ({what})" for name, what in OPTIONS.items())
            + "."
        )
    return found


def _has_plug_ins() -> bool:
    """Whether formats of others are installed, which may have options of their own."""
    from newsdesk.formats import formats

    return any(one["plug_in"] for one in formats())


@contextmanager
def desk_at(place: str, author: str | None = None) -> Iterator[Desk]:
    """An open desk, closed at the end; raises NewsdeskError where it can't be opened."""
    from newsdesk.desk import open_desk

    desk = open_desk(place, author_named(author))
    try:
        yield desk
    finally:
        desk.close()


def author_named(author: str | None) -> str:
    """Who does the work: the name given, or the one in the preferences."""
    if author is not None and author.strip():
        return author.strip()
    from newsdesk.settings import load_preferences

    preferences, message = load_preferences()
    if message:
        say(message)
    return preferences.author
