"""The hop ladder: from the originator, rung by rung, to the article that prints the claim."""

from collections.abc import Iterable

import msgspec

from newsdesk.model import Assertion, Attribution, Channel, Manner
from newsdesk.provenance.appearance import Appearance, Who


class Rung(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One hop. Without `sources` it is a gap: somebody stood there whom the text does not name.

    `attributions`, `mentions` and `cues` are ids of the records and words that show it, in
    `article`. `leads_to` is another appearance of the claim: that of the outlet named here.
    """

    hop: int
    article: str
    sources: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    manner: Manner | None = None
    assertion: Assertion | None = None
    channel: Channel | None = None
    leads_to: str | None = None

    @property
    def is_gap(self) -> bool:
        """Whether nobody is named for this hop."""
        return not self.sources


class Ladder(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The rungs of one appearance, the originator first.

    Where the lowest rung that is known is an outlet whose own article makes the claim, that
    article's rungs stand below. `circular` says that doing so would never end: then the ladder has
    only the article's own rungs.
    `answers` are ids of attributions that answer the claim.
    """

    appearance: str
    rungs: tuple[Rung, ...]
    answers: tuple[str, ...] = ()
    circular: bool = False

    @property
    def originators(self) -> tuple[str, ...]:
        """The sources of the lowest rung; none where that is a gap."""
        return self.rungs[0].sources if self.rungs else ()

    @property
    def gaps(self) -> tuple[int, ...]:
        """Which rungs nobody is named for, counted from 0."""
        return tuple(at for at, rung in enumerate(self.rungs) if rung.is_gap)

    @property
    def distance(self) -> int | None:
        """Hands that the words went through: 1 where the originator spoke to this paper itself;
        None where the originator is not known."""
        return len(self.rungs) if self.originators else None

    @property
    def nearest(self) -> tuple[str, ...]:
        """The sources of the lowest rung that is known."""
        return next((rung.sources for rung in self.rungs if rung.sources), ())


def ladder_of(
    appearance: Appearance, others: Iterable[Appearance] = (), who: Who | None = None
) -> Ladder:
    """The ladder of an appearance (SCHEME, provenance 1; hop 0 as in nested PARC3 attributions).

    `others` are appearances of the same claim, into whose articles a hop may lead.
    """
    return _climb(appearance, tuple(others), who or {}, frozenset({appearance.id}))


def _climb(
    appearance: Appearance, others: tuple[Appearance, ...], who: Who, seen: frozenset[str]
) -> Ladder:
    rungs = own_rungs(appearance)
    rungs = [
        msgspec.structs.replace(rung, leads_to=printed_by(rung, appearance, others, who))
        for rung in rungs
    ]
    answers = tuple(one.id for one in appearance.answers)
    made = Ladder(appearance=appearance.id, rungs=tuple(rungs), answers=answers)
    at = next((at for at, rung in enumerate(rungs) if not rung.is_gap), None)
    if at is None or rungs[at].leads_to is None:
        return made
    beyond = next(one for one in others if one.id == rungs[at].leads_to)
    if beyond.id in seen:
        return msgspec.structs.replace(made, circular=True)
    below = _climb(beyond, others, who, seen | {beyond.id})
    if below.circular:
        return msgspec.structs.replace(made, circular=True)
    if not below.rungs:
        return made
    return msgspec.structs.replace(made, rungs=below.rungs + tuple(rungs[at:]))


def own_rungs(appearance: Appearance) -> list[Rung]:
    """The rungs that the article itself shows, the originator first; a missing hop is a gap."""
    by_hop: dict[int, list[Attribution]] = {}
    for one in appearance.said:
        by_hop.setdefault(one.hop, []).append(one)
    top = max(by_hop, default=-1)
    return [_rung(hop, appearance.article, by_hop.get(hop, [])) for hop in range(top + 1)]


def _rung(hop: int, article: str, ties: list[Attribution]) -> Rung:
    first = ties[0] if ties else None
    return Rung(
        hop=hop,
        article=article,
        sources=tuple(dict.fromkeys(one.source for one in ties if one.source)),
        attributions=tuple(one.id for one in ties),
        mentions=tuple(one.source_mention for one in ties if one.source_mention),
        cues=tuple(one.cue for one in ties if one.cue),
        manner=first.manner if first else None,
        assertion=first.assertion if first else None,
        channel=first.channel if first else None,
    )


def printed_by(
    rung: Rung, appearance: Appearance, others: tuple[Appearance, ...], who: Who
) -> str | None:
    """The id of the first appearance by the outlet that a rung names, printed no later than this
    one; None where there is none."""
    named = {who.get(source, source) for source in rung.sources}
    if not named:
        return None
    found = [
        one
        for one in others
        if one.article != appearance.article
        and one.outlet is not None
        and who.get(one.outlet, one.outlet) in named
        and not one.only_denied
        and (one.published or "") <= (appearance.published or "9999")
    ]
    return min(found, key=lambda one: one.order).id if found else None
