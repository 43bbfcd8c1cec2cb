"""The verbs of the register: entities, and the mentions that link to them."""

from collections.abc import Iterable
from typing import Any

from newsdesk.desk.desk import Desk
from newsdesk.model import Annotation, Entity, NewsdeskError, replace


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
