"""The verbs of the register: entities, and the mentions that link to them."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from newsdesk.desk.desk import Desk
from newsdesk.model import Annotation, Entity, Label, NewsdeskError, Source, replace
from newsdesk.model.naming import name_key
from newsdesk.model.register import EntityLine, LooseName, MentionLine
from newsdesk.store import register_queries

VALUES = frozenset({"DATE", "TIME", "MONEY", "QUANTITY", "PERCENT"})
"""Labels of the entity layer whose words are values, not names: nobody links them."""


def new_entity(desk: Desk, name: str, kind: str, **fields: Any) -> Entity:
    """Enter a person, organisation, place … in the register; `kind` is a label's name.

    Raises NewsdeskError for an empty name.
    """
    if not name.strip():
        raise NewsdeskError("An entity needs a name. Nothing was changed; type one.")
    with desk.change(f"New entity {name.strip()}"):
        return desk.put(Entity(name=name.strip(), kind=kind, **fields))


def link_entity(desk: Desk, annotations: Iterable[Annotation], entity: Entity | None) -> int:
    """Link mentions to an entity, or to none; give how many changed."""
    wanted = [one.id for one in annotations]
    with desk.change(f"Link to {entity.name}" if entity else "Unlink"):
        target = entity.id if entity else None
        found = desk.get_all(Annotation, wanted).values()
        return desk.put_all([replace(one, entity=target) for one in found if one.entity != target])


def find_entities(desk: Desk, typed: str, limit: int = 20) -> list[Entity]:
    """Entities whose name or alias holds what was typed, case and accents aside: whole names
    first, then beginnings."""
    wanted = name_key(typed)
    if typed.strip() and not wanted:
        return []
    ranked: list[tuple[int, str, Entity]] = []
    for entity in desk.each(Entity):
        if entity.merged_into is not None:
            continue
        names = [_key(name) for name in (entity.name, *entity.aliases)]
        if wanted in names:
            rank = 0
        elif any(name.startswith(wanted) for name in names):
            rank = 1
        elif any(f" {wanted}" in name for name in names):
            rank = 2
        elif any(wanted in name for name in names):
            rank = 3
        else:
            continue
        ranked.append((rank, entity.name, entity))
    ranked.sort(key=lambda found: found[:2])
    return [entity for _, _, entity in ranked[:limit]]


# Typed letter by letter, a search compares the same names again and again.
_key = lru_cache(maxsize=60_000)(name_key)


def merge_entities(desk: Desk, kept: Entity, others: Iterable[Entity]) -> Entity:
    """Make several entries of the register one: mentions, sources and names go to the one kept.

    The others stay, marked as merged, so that old exports still find them. A link to a knowledge
    base and a description are taken over where the one kept has none. Raises NewsdeskError, naming
    them, where an entity would be merged into itself or in a circle.
    """
    ids = list(dict.fromkeys(one.id for one in others))
    now = desk.get(Entity, kept.id)
    found = desk.get_all(Entity, ids)
    _refuse_circle(desk, now, [found[id] for id in ids if id in found])
    gone = [found[id] for id in ids if id in found]
    with desk.change(f"Merge {_listed(gone)} into {now.name}"):
        for kind in (Annotation, Source):
            tied = desk.find(kind, entity=ids)
            desk.put_all([replace(one, entity=now.id) for one in tied])
        # Whatever had been merged into them before follows.
        merged = [*gone, *desk.find(Entity, merged_into=ids)]
        desk.put_all([replace(one, merged_into=now.id) for one in merged])
        names = ((one.name, *one.aliases) for one in merged)
        return desk.put(
            replace(
                now,
                aliases=joined_aliases(now.name, now.aliases, *names),
                kb_id=now.kb_id or next((one.kb_id for one in gone if one.kb_id), None),
                description=now.description
                or next((one.description for one in gone if one.description), ""),
            )
        )


def _refuse_circle(desk: Desk, kept: Entity, gone: list[Entity]) -> None:
    if not gone:
        raise NewsdeskError(
            f"Nothing was given to be merged into {kept.name}. Nothing was changed."
        )
    if any(one.id == kept.id for one in gone):
        raise NewsdeskError(
            f"{kept.name} can't be merged into itself. Nothing was changed. "
            "Choose two different entities."
        )
    if kept.merged_into is not None:
        target = desk.get_all(Entity, [kept.merged_into]).get(kept.merged_into)
        into = target.name if target else kept.merged_into
        if any(one.id == kept.merged_into for one in gone):
            raise NewsdeskError(
                f"{into} can't be merged into {kept.name}: {kept.name} was merged into {into} "
                "already, and would end up in itself, in a circle. Nothing was changed."
            )
        raise NewsdeskError(
            f"{kept.name} was merged into {into}. Nothing was changed. "
            f"Merge into {into} instead."
        )
    for one in gone:
        if one.merged_into is not None:
            raise NewsdeskError(
                f"{one.name} was merged into another entity before. Nothing was changed. "
                "Undo that first, or merge the other one."
            )


def _listed(entities: list[Entity]) -> str:
    return entities[0].name if len(entities) == 1 else f"{len(entities):,} entities"


def joined_aliases(name: str, *others: Iterable[str]) -> tuple[str, ...]:
    """Names as the aliases of `name`: each once, without the name itself and empty ones."""
    plain = (" ".join(one.split()) for names in others for one in names)
    return tuple(dict.fromkeys(one for one in plain if one and one != name))


def split_entity(desk: Desk, entity: Entity, mentions: Iterable[Annotation], name: str) -> Entity:
    """Give some mentions of an entity an entry of their own, of the same kind.

    An alias of just that name goes along. Raises NewsdeskError where no mention is of the entity.
    """
    now = desk.get(Entity, entity.id)
    wanted = desk.get_all(Annotation, [one.id for one in mentions]).values()
    mine = [one for one in wanted if one.entity == now.id]
    if not mine:
        raise NewsdeskError(
            f"None of these are mentions of {now.name}. Nothing was changed. "
            "Choose mentions of it, then split."
        )
    with desk.change(f"Split {name.strip()} from {now.name}"):
        made = new_entity(desk, name, now.kind)
        link_entity(desk, mine, made)
        if made.name in now.aliases:
            rest = tuple(one for one in now.aliases if one != made.name)
            desk.put(replace(now, aliases=rest))
        return made


def change_entity(desk: Desk, entity: Entity, **fields: Any) -> Entity:
    """Change what the register says of an entity: name, kind, aliases, description.

    Raises NewsdeskError for an empty name.
    """
    if not str(fields.get("name", entity.name)).strip():
        raise NewsdeskError(f"An entity needs a name. {entity.name} was kept as it is.")
    now = desk.get(Entity, entity.id)
    if "aliases" in fields or "name" in fields:
        name = " ".join(str(fields.get("name", now.name)).split())
        aliases = joined_aliases(name, fields.get("aliases", now.aliases))
        fields = {**fields, "name": name, "aliases": aliases}
    with desk.change(f"Change {now.name} in the register"):
        return desk.put(replace(now, **fields))


def delete_entity(desk: Desk, entity: Entity) -> int:
    """Take an entity out of the register; give how many mentions and sources were unlinked.

    What had been merged into it before goes too.
    """
    merged = desk.find(Entity, merged_into=entity.id)
    ids = [entity.id, *(one.id for one in merged)]
    count = 0
    with desk.change(f"Delete {entity.name} from the register"):
        for kind in (Annotation, Source):
            tied = desk.find(kind, entity=ids)
            count += desk.put_all([replace(one, entity=None) for one in tied])
        desk.drop_all([*merged, entity])
    return count


# What is asked


def register(desk: Desk, ids: Iterable[str] | None = None) -> list[EntityLine]:
    """The register with the number of mentions and articles of each entity, by name."""
    return register_queries.register(desk._store, ids)


def mentions_of(
    desk: Desk, entity: str, *, offset: int = 0, limit: int = 200
) -> list[MentionLine]:
    """Where an entity is mentioned, with the sentences, the newest article first."""
    return register_queries.mentions_of(desk._store, entity, offset=offset, limit=limit)


def loose_names(desk: Desk, labels: Iterable[str] | None = None) -> list[LooseName]:
    """Words that are tagged as names and linked to no entity; values such as dates left out."""
    found = register_queries.loose_names(desk._store, labels)
    return [one for one in found if one.label not in VALUES]


def unlinked_mentions(
    desk: Desk, entity: Entity, *, article: str | None = None
) -> list[MentionLine]:
    """Mentions that carry the entity's kind and one of its names, and are linked to nothing.

    Names are compared without case and accents; `article` asks for one article only.
    """
    keys = {name_key(name) for name in (entity.name, *entity.aliases)} - {""}
    words = [
        one.words for one in loose_names(desk, [entity.kind]) if name_key(one.words) in keys
    ]
    if not words:
        return []
    return register_queries.loose_mentions(desk._store, words, [entity.kind], article_id=article)


def same_name(
    desk: Desk, annotation: Annotation, *, everywhere: bool = False
) -> list[MentionLine]:
    """Unlinked mentions of the very name that an annotation marks, under the same label: in its
    article, or in all of them."""
    label = desk.get(Label, annotation.label)
    key = name_key(annotation.quote)
    words = {one.words for one in loose_names(desk, [label.name]) if name_key(one.words) == key}
    if not words:
        return []
    found = register_queries.loose_mentions(
        desk._store,
        sorted(words),
        [label.name],
        article_id=None if everywhere else annotation.article,
    )
    return [one for one in found if one.annotation != annotation.id]


def link_mentions(desk: Desk, mentions: Iterable[MentionLine], entity: Entity) -> int:
    """Link mentions to an entity as one step; those that got a link since are left alone."""
    found = desk.get_all(Annotation, [one.annotation for one in mentions]).values()
    loose = [one for one in found if one.entity is None]
    with desk.change(f"Link {len(loose):,} mentions to {entity.name}"):
        return link_entity(desk, loose, entity)
