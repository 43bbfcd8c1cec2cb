"""The verbs of the register: entities, and the mentions that link to them."""

from collections.abc import Iterable
from typing import Any

from newsdesk.desk.desk import Desk
from newsdesk.model import Annotation, Entity, NewsdeskError, Source, replace


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
    """Entities whose name or alias holds what was typed: whole names first, then beginnings."""
    wanted = typed.casefold().strip()
    ranked: list[tuple[int, str, Entity]] = []
    for entity in desk.each(Entity):
        if entity.merged_into is not None:
            continue
        names = [name.casefold() for name in (entity.name, *entity.aliases)]
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


def merge_entities(desk: Desk, kept: Entity, others: Iterable[Entity]) -> Entity:
    """Make several entries of the register one: mentions, sources and names go to the one kept.

    The others stay, marked as merged, so that old exports still find them. Raises NewsdeskError
    where an entity would be merged into itself or in a circle.
    """
    gone = list(others)
    with desk.change(f"Merge {len(gone)} into {kept.name}"):
        now = desk.get(Entity, kept.id)
        if now.merged_into is not None or any(one.id == kept.id for one in gone):
            raise NewsdeskError(
                f"{kept.name} can't be merged so: it would end up in itself. Nothing was changed."
            )
        ids = [one.id for one in gone]
        for kind in (Annotation, Source):
            tied = desk.find(kind, entity=ids)
            desk.put_all([replace(one, entity=kept.id) for one in tied])
        # Whatever had been merged into them before follows.
        earlier = desk.find(Entity, merged_into=ids)
        merged = [*desk.get_all(Entity, ids).values(), *earlier]
        desk.put_all([replace(one, merged_into=kept.id) for one in merged])
        names = [name for one in merged for name in (one.name, *one.aliases)]
        fresh = dict.fromkeys(name for name in names if name not in (now.name, *now.aliases))
        return desk.put(replace(now, aliases=(*now.aliases, *fresh)))


def split_entity(desk: Desk, entity: Entity, mentions: Iterable[Annotation], name: str) -> Entity:
    """Give some mentions of an entity an entry of their own."""
    with desk.change(f"Split {name} from {entity.name}"):
        made = new_entity(desk, name, entity.kind)
        link_entity(desk, mentions, made)
        return made
