"""Light values of the register: entities with their counts, and mentions with their sentence."""

import msgspec


class EntityLine(msgspec.Struct, frozen=True, gc=False):
    """One entity of the register; rejected annotations don't count as mentions."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    kb_id: str
    mentions: int
    articles: int


class MentionLine(msgspec.Struct, frozen=True, gc=False):
    """One mention with the sentence around it: `before`, the `words` marked, `after`."""

    annotation: str
    article: str
    title: str
    published: str
    label: str
    status: str
    entity: str | None
    before: str
    words: str
    after: str


class LooseName(msgspec.Struct, frozen=True, gc=False):
    """Words that are tagged as a name and linked to no entity, and how often."""

    label: str
    words: str
    mentions: int
    articles: int
