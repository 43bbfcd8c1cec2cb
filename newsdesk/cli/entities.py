"""The verbs of the register and of knowledge bases."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from newsdesk.cli.options import IN_PART, AsJson, Author, DeskPlace, desk_at
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
from newsdesk.model import Annotation, Entity, NewsdeskError

if TYPE_CHECKING:
    from newsdesk.desk import Desk

_SAID = 10  # broken lines that are said one by one


class EntityVerb(StrEnum):
    """What `newsdesk entities` does."""

    LIST = "list"
    SHOW = "show"
    MERGE = "merge"
    SPLIT = "split"
    LINK = "link"


class BaseVerb(StrEnum):
    """What `newsdesk kb` does."""

    IMPORT = "import"
    LIST = "list"
    SEARCH = "search"
    DROP = "drop"


def entities(
    desk: DeskPlace,
    verb: Annotated[
        EntityVerb, typer.Argument(metavar="VERB", help="list, show, merge, split or link.")
    ] = EntityVerb.LIST,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Entities' ids; of merge, the first one stays."),
    ] = None,
    mention: Annotated[
        list[str] | None,
        typer.Option("--mention", metavar="ID", help="An annotation to split off or to link."),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="The new entity's name, to split.")
    ] = None,
    kb_id: Annotated[
        str | None, typer.Option("--kb-id", metavar="ID", help="An entry of a knowledge base.")
    ] = None,
    unlinked: Annotated[
        bool, typer.Option("--unlinked", help="To link: every unlinked mention of its names.")
    ] = False,
    author: Author = None,
    as_json: AsJson = False,
) -> None:
    """List the register; show, merge, split or link.

    Each change is one step, which `undo` takes back.
    """
    given = ids or []
    with desk_at(desk, author) as opened:
        if verb is EntityVerb.LIST:
            _list(opened, given, as_json)
            return
        if not given:
            raise typer.BadParameter(f"{verb} needs the id of an entity, as `entities` lists it.")
        if verb is EntityVerb.MERGE:
            done = _merge(opened, given)
        elif verb is EntityVerb.SPLIT:
            done = _split(opened, _only(given, verb), mention or [], name)
        elif verb is EntityVerb.LINK:
            done = _link(opened, _only(given, verb), mention or [], kb_id, unlinked)
        else:
            done = opened.get(Entity, _only(given, verb))
        _tell_entity(opened, done, as_json)


def _only(ids: list[str], verb: EntityVerb) -> str:
    if len(ids) > 1:
        raise typer.BadParameter(f"{verb} takes one entity.")
    return ids[0]


def _list(desk: Desk, ids: list[str], as_json: bool) -> None:
    from newsdesk.desk.register import register

    found = register(desk, ids or None)
    if as_json:
        tell_list(found)
        return
    rows = (
        (one.id, one.kind, one.mentions, one.articles, one.kb_id, one.name, ", ".join(one.aliases))
        for one in found
    )
    tell_table(("id", "kind", "mentions", "articles", "kb id", "name", "aliases"), rows)


def _merge(desk: Desk, ids: list[str]) -> Entity:
    from newsdesk.desk.register import merge_entities

    if len(ids) < 2:
        raise typer.BadParameter("merge needs two entities at least: the first one stays.")
    return merge_entities(desk, desk.get(Entity, ids[0]), [desk.get(Entity, id) for id in ids[1:]])


def _split(desk: Desk, id: str, mentions: list[str], name: str | None) -> Entity:
    from newsdesk.desk.register import split_entity

    if not mentions:
        raise typer.BadParameter("split needs a --mention, as `entities show` lists them.")
    wanted = [desk.get(Annotation, one) for one in mentions]
    return split_entity(desk, desk.get(Entity, id), wanted, name or wanted[0].quote)


def _link(
    desk: Desk, id: str, mentions: list[str], kb_id: str | None, unlinked: bool
) -> Entity:
    from newsdesk.desk.knowledge import entry_with, link_to_entry
    from newsdesk.desk.register import link_entity, link_mentions, unlinked_mentions

    if not (mentions or kb_id or unlinked):
        raise typer.BadParameter("link needs --kb-id, --mention or --unlinked.")
    entity = desk.get(Entity, id)
    with desk.change(f"Link {entity.name}"):
        if kb_id is not None:
            entry = entry_with(desk, kb_id)
            if entry is None:
                raise NewsdeskError(
                    f"No knowledge base of this desk has {kb_id}. Nothing was changed. "
                    "Import one that has it with `newsdesk kb import`."
                )
            entity = link_to_entry(desk, entity, entry)
        link_entity(desk, [desk.get(Annotation, one) for one in mentions], entity)
        if unlinked:
            link_mentions(desk, unlinked_mentions(desk, entity), entity)
    return entity


def _tell_entity(desk: Desk, entity: Entity, as_json: bool) -> None:
    from newsdesk.desk.register import mentions_of, unlinked_mentions

    form: dict[str, Any] = msgspec.to_builtins(entity)
    form.pop("extra")
    form["mentions"] = mentions_of(desk, entity.id, limit=10_000)
    form["unlinked"] = unlinked_mentions(desk, entity)
    if as_json:
        tell_object(form)
        return
    tell(line(f"{entity.name} ({entity.kind})  {entity.kb_id or ''}"))
    for text in (", ".join(entity.aliases), entity.description):
        if text:
            tell(line(text))
    for title, found in (("", form["mentions"]), ("not linked:", form["unlinked"])):
        if found:
            tell(f"\n{title}".rstrip(" "))
        for one in found:
            tell(f"{one.annotation}  {line(one.title)}")
            tell("    " + line(f"{one.before}{one.words}{one.after}"))


def kb(
    desk: DeskPlace,
    verb: Annotated[
        BaseVerb, typer.Argument(metavar="VERB", help="import, list, search or drop.")
    ],
    what: Annotated[
        str | None,
        typer.Argument(metavar="FILE|NAME|WORDS", help="A file, a base's name, or a name."),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="What an imported base is called."),
    ] = None,
    purge: Annotated[
        bool,
        typer.Option("--purge", help="To drop: give the room on the disk back, past undoing."),
    ] = False,
    author: Author = None,
    as_json: AsJson = False,
) -> None:
    """Import, list, search or drop knowledge bases.

    A broken line is named and left out; then the exit code is 3. Nothing is asked of the network.
    """
    with desk_at(desk, author) as opened:
        if verb is BaseVerb.LIST:
            _list_bases(opened, as_json)
            return
        if not what:
            raise typer.BadParameter(f"{verb} needs to be told what: a file, a name, or words.")
        if verb is BaseVerb.IMPORT:
            _import(opened, Path(what), name or "", as_json)
        elif verb is BaseVerb.SEARCH:
            _search(opened, what, as_json)
        else:
            _drop(opened, what, purge, as_json)


def _list_bases(desk: Desk, as_json: bool) -> None:
    from newsdesk.desk.knowledge import bases

    found = bases(desk)
    if as_json:
        tell_list(found)
        return
    tell_table(("entries", "imported", "name"), ((b.entries, b.imported, b.name) for b in found))


def _import(desk: Desk, path: Path, name: str, as_json: bool) -> None:
    from newsdesk.desk.knowledge import import_knowledge

    with progress("Importing") as bar:
        report = import_knowledge(desk, path, name, bar)
    if as_json:
        form = msgspec.to_builtins(report)
        form["problems"] = [{"line": p.line, "message": p.message} for p in report.problems]
        tell_object(form)
    else:
        also = f"; {counted(report.repeated, 'repeated id')} left out" if report.repeated else ""
        tell(f"{line(report.name)}: {report.entries:,} entries{also}")
    for one in report.problems[:_SAID]:
        say(str(one))
    if report.problem_count > _SAID:
        say(f"… and {report.problem_count - _SAID:,} more broken lines.")
    if report.problem_count:
        raise typer.Exit(IN_PART)


def _search(desk: Desk, words: str, as_json: bool) -> None:
    from newsdesk.desk.knowledge import search_knowledge

    found = search_knowledge(desk, words)
    if as_json:
        tell_list(found)
        return
    rows = ((one.kb_id, one.type, one.label, one.description) for one in found)
    tell_table(("id", "type", "label", "description"), rows)


def _drop(desk: Desk, name: str, purge: bool, as_json: bool) -> None:
    from newsdesk.desk.knowledge import base_named, drop_base, give_back_room

    base = base_named(desk, name)
    drop_base(desk, base)
    deleted = give_back_room(desk) if purge else 0
    if as_json:
        tell_object({"dropped": base.name, "deleted": deleted})
    else:
        also = f"; entries deleted: {deleted:,}" if purge else ""
        tell(f"{line(base.name)} was dropped{also}.")


VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "entities": (entities, "newsdesk entities --desk sample.desk --json"),
    "kb": (kb, "newsdesk kb import places.tsv --desk sample.desk"),
}
"""Each verb, and an example for its help."""
