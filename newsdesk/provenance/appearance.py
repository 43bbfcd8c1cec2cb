"""An appearance of a claim with all that is needed to trace it, and who is who among sources."""

from collections.abc import Iterable, Mapping

import msgspec

from newsdesk.model import Attribution, Link, LinkKind, Source

Who = Mapping[str, str]
"""From a source's id to the id that stands for the same person, body or paper."""


class Appearance(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Words of an article that make a claim, with who said so there.

    `id` is the CLAIM annotation's, `outlet` a Source's, `published` an ISO date. `hops` are the
    accepted attributions, answers included; `hedges` the hedging words in or just before the span;
    `start` is in code points.
    """

    id: str
    claim: str
    article: str
    quote: str = ""
    start: int = 0
    title: str = ""
    outlet: str | None = None
    published: str | None = None
    hops: tuple[Attribution, ...] = ()
    hedges: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[Attribution, ...]:
        """Who makes the claim, lowest hop first: without those who answer it."""
        ladder = [one for one in self.hops if not is_answer(one)]
        return tuple(sorted(ladder, key=lambda one: (one.hop, one.id)))

    @property
    def answers(self) -> tuple[Attribution, ...]:
        """Who answers the claim: denies it, or would not comment."""
        return tuple(one for one in self.hops if is_answer(one))

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources who make the claim, the originator first."""
        return tuple(one.source for one in self.said if one.source)

    @property
    def only_denied(self) -> bool:
        """Whether the article prints the claim for nothing but to deny it."""
        return bool(self.hops) and not self.said

    @property
    def order(self) -> tuple[str, int, str]:
        """Sorts by day of publication, undated last, then by place in the text."""
        return (self.published or "9999", self.start, self.id)


def is_answer(attribution: Attribution) -> bool:
    """Whether a hop answers a claim instead of making it (see `Attribution.is_answer`)."""
    return attribution.is_answer


def who_is_who(sources: Iterable[Source], links: Iterable[Link] = ()) -> dict[str, str]:
    """For each source the one that stands for it: sources that share an entity, or that a link
    of kind same_as or coreference joins, are one. The lowest id stands for the rest."""
    stands: dict[str, str] = {}

    def root(id: str) -> str:
        while stands.setdefault(id, id) != id:
            stands[id] = stands[stands[id]]
            id = stands[id]
        return id

    def join(one: str, other: str) -> None:
        low, high = sorted((root(one), root(other)))
        stands[high] = low

    by_entity: dict[str, str] = {}
    known = set()
    for source in sources:
        known.add(source.id)
        root(source.id)
        if source.entity is not None:
            join(source.id, by_entity.setdefault(source.entity, source.id))
    for link in links:
        if link.kind in (LinkKind.SAME_AS, LinkKind.COREFERENCE) and known >= {
            link.from_id,
            link.to_id,
        }:
            join(link.from_id, link.to_id)
    return {id: root(id) for id in known}
