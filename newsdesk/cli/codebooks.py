"""The verbs of the codebook: show it, check the house's rules, export and import it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.cli.options import IN_PART, AsJson, Author, DeskPlace, desk_at
from newsdesk.cli.telling import counted, line, say, tell, tell_list, tell_object, tell_table

if TYPE_CHECKING:
    from newsdesk.desk.codebook_files import Comparison


def show(desk: DeskPlace, as_json: AsJson = False) -> None:
    """List the labels, with how much each tags, and the house's checks."""
    from newsdesk.desk.house.chosen import house_of

    with desk_at(desk) as opened:
        labels, use = opened.codebook(retired=True), opened.label_use()
        house = house_of(opened)
    if as_json:
        rows = [{**_form(one), "used": use.get(one.id, 0)} for one in labels]
        tell_object({"house": house.name, "checks": house.checks, "labels": rows})
        return
    heads = ("label", "layer", "key", "version", "used", "")
    table = (
        (one.name, one.layer.value, one.shortcut, one.version, use.get(one.id, 0),
         "retired" if one.retired else "")
        for one in labels
    )  # fmt: skip
    tell_table(heads, table)
    tell(f"House rules: {line(house.name)}, {counted(len(house.checks), 'check')}")


def _form(label: Any) -> dict[str, Any]:
    import msgspec

    form: dict[str, Any] = msgspec.to_builtins(label)
    form.pop("extra")
    return form


def check(
    desk: DeskPlace,
    article: Annotated[
        list[str] | None,
        typer.Option("--article", metavar="ID", help="Only this article; may be repeated."),
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option("--check", metavar="NAME", help="Only this check; may be repeated."),
    ] = None,
    house: Annotated[
        Path | None,
        typer.Option("--codebook", metavar="FILE", help="The rules of this codebook instead."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the accepted annotations that break the house's rules.

    Exit code 3 where there are any. Suggestions are not checked: they are not the house's yet.
    """
    from newsdesk.desk.house.checking import check_articles
    from newsdesk.desk.house.chosen import house_in, house_of
    from newsdesk.formats.codebook_file import read_codebook_file

    with desk_at(desk) as opened:
        for id in article or ():
            opened.article(id)
        rules = house_in(read_codebook_file(house)) if house else house_of(opened)
        checks = rule or rules.all_checks
        found = list(check_articles(opened, checks, article or None))
    if as_json:
        tell_list(found)
    else:
        heads = ("check", "article", "at", "words", "what")
        rows = ((one.check, one.title[:24], one.start, one.words[:40], one.what) for one in found)
        if found:
            tell_table(heads, rows)
        said = counted(len(found), "finding") if found else "Nothing found"
        say(f"{said}, by the rules of {rules.name or 'this desk'}.")
    if found:
        raise typer.Exit(IN_PART)


def export(
    desk: DeskPlace,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write it, as JSON.")],
) -> None:
    """Write the codebook, with its guidelines and the house's checks."""
    from newsdesk.desk.codebook_files import export_codebook

    with desk_at(desk) as opened:
        count = export_codebook(opened, out)
    tell(f"Wrote {counted(count, 'label')} to {line(out)}.")


def bring_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A codebook, as JSON.")],
    desk: DeskPlace,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it; else it is only said what would change.")
    ] = False,
    only_new: Annotated[
        bool, typer.Option("--only-new", help="Leave the labels that the desk has as they are.")
    ] = False,
    retire: Annotated[
        bool, typer.Option("--retire", help="Retire the labels that the file does not have.")
    ] = False,
    author: Author = None,
) -> None:
    """Say what a codebook would change; --yes takes it over.

    It is one step. Every annotation keeps its label, also where that is renamed or retired.
    """
    from newsdesk.desk.codebook_files import compare_codebook, import_codebook
    from newsdesk.formats.codebook_file import read_codebook_file

    book = read_codebook_file(file)
    with desk_at(desk, author) as opened:
        if yes:
            found = import_codebook(opened, book, change=not only_new, retire=retire)
        else:
            found = compare_codebook(opened, book)
    _tell_comparison(found, only_new=only_new, retire=retire)
    if not yes:
        say("Nothing was changed yet: do it again with --yes.")


def _tell_comparison(found: "Comparison", *, only_new: bool, retire: bool) -> None:
    rows = [("new", one.after.name, ", ".join(one.kept)) for one in found.new]
    if not only_new:
        rows += [
            ("changed", one.after.name, ", ".join((*one.fields, *one.kept)))
            for one in found.changed
        ]
    if retire:
        rows += [("retired", one.name, "") for one in found.absent]
    if found.house is not None:
        rows.append(("house", found.house.name, counted(len(found.house.checks), "check")))
    if rows:
        tell_table(("", "label", "what"), rows)
    tell(f"{counted(found.same, 'label')} stay as they are.")


VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "show": (show, "newsdesk codebook show --desk sample.desk"),
    "check": (check, "newsdesk codebook check --desk sample.desk --json"),
    "export": (export, "newsdesk codebook export --desk sample.desk --out codebook.json"),
    "import": (bring_in, "newsdesk codebook import codebook.json --desk sample.desk --yes"),
}


def group() -> typer.Typer:
    """The verb `codebook`, with verbs of its own."""
    made = typer.Typer(
        name="codebook",
        help="Show, check, export and import the codebook.",
        rich_markup_mode=None,
        no_args_is_help=True,
        epilog="\b\nExample:\n  newsdesk codebook check --desk sample.desk --json",
    )
    for name, (function, example) in VERBS.items():
        made.command(name, epilog=f"\b\nExample:\n  {example}")(function)
    return made
