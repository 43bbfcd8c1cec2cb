"""An entry of an imported knowledge base: a reference to look names up in, not a record."""

import msgspec


class KnowledgeEntry(msgspec.Struct, frozen=True, gc=False):
    """One entry, as a file has it; `base` names the knowledge base that it was found in."""

    kb_id: str
    label: str
    aliases: tuple[str, ...] = ()
    type: str = ""
    description: str = ""
    base: str = ""
