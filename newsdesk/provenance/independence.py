"""How many originators stand behind a claim: three outlets with one source count once."""

from collections.abc import Sequence

import msgspec

from newsdesk.provenance.appearance import Appearance, Who
from newsdesk.provenance.ladder import Ladder, ladder_of

ALARM = 3
"""Outlets that lead back to one source before that is worth an alarm."""


class Convergence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The appearances and outlets that lead back to one source.

    `known` is false where that source only relays: the originator behind it is not named.
    """

    origin: str
    known: bool
    appearances: tuple[str, ...]
    outlets: tuple[str, ...]


class Independence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What stands behind a claim. `unsourced` are appearances for which nobody is named at all,
    `circular` those whose outlets have it from one another."""

    claim: str
    appearances: int
    outlets: tuple[str, ...]
    origins: tuple[Convergence, ...] = ()
    unsourced: tuple[str, ...] = ()
    circular: tuple[str, ...] = ()

    @property
    def originators(self) -> int:
        """Sources that are known to have said so first."""
        return sum(one.known for one in self.origins)

    @property
    def alarm(self) -> bool:
        """Whether three or more outlets have no more than one source between them."""
        return len(self.origins) == 1 and len(self.origins[0].outlets) >= ALARM


def independence(appearances: Sequence[Appearance], who: Who | None = None) -> Independence:
    """How many sources the appearances of one claim lead back to (SCHEME, provenance 2).

    Appearances that only deny the claim are left out. A source that is known by several records
    counts once (see `who_is_who`).
    """
    who = who or {}
    made = [one for one in sorted(appearances, key=lambda one: one.order) if not one.only_denied]
    behind: dict[tuple[str, bool], list[Appearance]] = {}
    unsourced, circular = [], []
    for one in made:
        ladder = ladder_of(one, made, who)
        if ladder.circular:
            circular.append(one.id)
            continue
        found = _origins(ladder, who)
        for key in found:
            behind.setdefault(key, []).append(one)
        if not found:
            unsourced.append(one.id)
    return Independence(
        claim=made[0].claim if made else "",
        appearances=len(made),
        outlets=_outlets(made, who),
        origins=tuple(
            Convergence(
                origin=origin,
                known=known,
                appearances=tuple(one.id for one in those),
                outlets=_outlets(those, who),
            )
            for (origin, known), those in behind.items()
        ),
        unsourced=tuple(unsourced),
        circular=tuple(circular),
    )


def _origins(ladder: Ladder, who: Who) -> list[tuple[str, bool]]:
    known = bool(ladder.originators)
    found = ladder.originators or ladder.nearest
    return list(dict.fromkeys((who.get(one, one), known) for one in found))


def _outlets(appearances: Sequence[Appearance], who: Who) -> tuple[str, ...]:
    # An article without an outlet is one of its own: it can't be told from any other.
    named = (one.outlet or one.article for one in appearances)
    return tuple(dict.fromkeys(who.get(one, one) for one in named))
