"""What knowledge bases offer to be linked to, beside the register's own."""

from __future__ import annotations

from newsdesk.desk import Desk, register
from newsdesk.model import Annotation, Entity
from newsdesk.model.knowledge import KnowledgeEntry
from newsdesk.model.naming import name_key
from newsdesk.ui.choices import Choice


def knowledge_choice(entry: KnowledgeEntry) -> Choice:
    """An entry of a knowledge base as it is offered."""
    about = " · ".join(part for part in (entry.type, entry.description) if part)
    return Choice(entry, entry.label, about, entry.kb_id)


def candidates(
    desk: Desk, typed: str, kind: str, known: list[Entity]
) -> tuple[list[Choice], list[Choice]]:
    """What the desk's knowledge bases offer besides the register's own `known`: entries of just
    this name, and others."""
    from newsdesk.desk.knowledge import search_knowledge

    held = {one.kb_id for one in known}
    key = name_key(typed)
    exact: list[Choice] = []
    others: list[Choice] = []
    for entry in search_knowledge(desk, typed, kind, limit=12):
        if entry.kb_id not in held:
            names = (entry.label, *entry.aliases)
            same = any(name_key(name) == key for name in names)
            (exact if same else others).append(knowledge_choice(entry))
    return exact, others


def link_to_candidate(desk: Desk, annotation: Annotation, entry: KnowledgeEntry, kind: str) -> None:
    """Link a mention to an entry's entity, which is made where the register has none, as one
    step."""
    from newsdesk.desk.knowledge import entity_of

    with desk.change(f"Link to {entry.label} ({entry.kb_id})"):
        entity = entity_of(desk, entry, kind, " ".join(annotation.quote.split()))
        register.link_entity(desk, [annotation], entity)
