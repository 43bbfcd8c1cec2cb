"""How firmly each article says a claim, and the hedges that are lost on the way."""

import re
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from newsdesk.model import Assertion, Claim
from newsdesk.provenance.appearance import Appearance
from newsdesk.provenance.figures import figures
from newsdesk.provenance.wording import content

_GUARD = re.compile(
    r"[‘’“”'\"«»?:]|\b(?:says?|said|claims?|claimed|told|tells?|hears?|heard|could|may|might|would"
    r"|reportedly|allege[ds]?|allegedly|apparently|reports?|reported|reveals?|finds?|shows?|hints?"
    r"|warns?|warned|set to|expected|likely|according to|denies|denied|sources?)\b",
    re.IGNORECASE,
)
_TENTATIVE = frozenset(
    "offer bid propos estimat forecast target plan talk draft interest approach expect".split()
)


class Firmness(StrEnum):
    """How an article says a claim, from weakest to firmest."""

    DENIED = "denied"
    HEDGED = "hedged"
    ALLEGED = "alleged"
    ATTRIBUTED = "attributed"
    ASSERTED = "asserted"


class LostHedge(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An appearance that is hedged, and a later one, or a headline, that says the same flat out.

    `hedged` and `flat` are appearances; `headline` is the article whose headline says it flat
    (`flat` is None where only the headline does). `words` are the hedges that went.
    """

    claim: str
    hedged: str
    flat: str | None = None
    headline: str | None = None
    words: tuple[str, ...] = ()


class FirmedFigure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A figure that was an offer or an estimate once, and is a fact in a later article."""

    earlier: str
    later: str
    figure: str
    appearance: str


def firmness(appearance: Appearance) -> Firmness:
    """How firmly an appearance says its claim: as firmly as its weakest hop (SCHEME, Assertion)."""
    if appearance.only_denied:
        return Firmness.DENIED
    said = {one.assertion for one in appearance.said}
    if appearance.hedges or Assertion.SPECULATIVE in said:
        return Firmness.ALLEGED if Assertion.ALLEGED in said else Firmness.HEDGED
    if Assertion.ALLEGED in said:
        return Firmness.ALLEGED
    if appearance.sources or Assertion.ATTRIBUTED in said:
        return Firmness.ATTRIBUTED
    return Firmness.ASSERTED


def lost_hedges(claim: Claim, appearances: Sequence[Appearance]) -> list[LostHedge]:
    """Where a hedge went: between articles, and between a body and a headline (provenance 3).

    A later appearance in the paper's own voice loses it; one that names its source does not.
    """
    weak = (Firmness.HEDGED, Firmness.ALLEGED)
    ordered = sorted(appearances, key=lambda one: one.order)
    hedged = [one for one in ordered if firmness(one) in weak]
    found = []
    for flat in ordered:
        before = [one for one in hedged if _before(one, flat)]
        if firmness(flat) is Firmness.ASSERTED and before:
            found.append(_lost(claim, before[-1], flat, _flat_headline(claim, flat)))
    told = {one.headline for one in found}
    for one in hedged:
        if one.article not in told and _flat_headline(claim, one):
            told.add(one.article)
            found.append(_lost(claim, one, None, True))
    return found


def unowned_hedges(appearances: Sequence[Appearance]) -> list[str]:
    """Appearances that are hedged though nobody is named who says or expects it (provenance 3)."""
    weak = (Firmness.HEDGED, Firmness.ALLEGED)
    return [one.id for one in appearances if firmness(one) in weak and not one.sources]


def firmed_figures(
    claims: Sequence[tuple[Claim, Sequence[Appearance]]],
) -> list[FirmedFigure]:
    """Sums that were offered or estimated in one claim and are stated as fact in a later one.

    Both name the same sum and share two more words; the later claim is printed in the paper's own
    voice, without “would” or “could” (provenance 3: a hedge may be a noun).
    """
    offers: dict[_Sum, list[_Priced]] = {}
    facts: dict[_Sum, list[_Priced]] = {}
    for claim, those in claims:
        told = set(content(claim.statement))
        for figure in figures(claim.statement):
            if figure.unit[0] in "£$€¥₹":
                side = offers if _TENTATIVE & told else facts
                side.setdefault((figure.value, figure.unit[0]), []).append((claim, those, told))
    found: dict[tuple[str, str], FirmedFigure] = {}
    for price, later in facts.items():
        flat = [one for one in later if _is_flat(one)]
        for earlier in offers.get(price, ()):
            for one in flat:
                where = _firmed(earlier, one)
                if where is not None:
                    made = FirmedFigure(
                        earlier=earlier[0].id,
                        later=one[0].id,
                        figure=f"{price[1]}{price[0]:,.0f}",
                        appearance=where,
                    )
                    found[made.earlier, made.later] = made
    return list(found.values())


_Sum = tuple[float, str]
_Priced = tuple[Claim, Sequence[Appearance], set[str]]


def _is_flat(priced: _Priced) -> bool:
    claim, those, _ = priced
    if re.search(r"\b(?:would|could|may|might)\b", claim.statement):
        return False
    return any(firmness(one) is Firmness.ASSERTED for one in those)


def _firmed(earlier: _Priced, later: _Priced) -> str | None:
    if len(earlier[2] & later[2]) < 2:
        return None
    for one in later[1]:
        if firmness(one) is Firmness.ASSERTED and any(_before(two, one) for two in earlier[1]):
            return one.id
    return None


def _before(one: Appearance, other: Appearance) -> bool:
    if one.article == other.article:
        return one.start < other.start
    return (one.published or "") <= (other.published or "9999")


def _lost(claim: Claim, hedged: Appearance, flat: Appearance | None, headline: bool) -> LostHedge:
    where = (flat or hedged).article if headline else None
    return LostHedge(
        claim=claim.id,
        hedged=hedged.id,
        flat=flat.id if flat else None,
        headline=where,
        words=hedged.hedges,
    )


def _flat_headline(claim: Claim, one: Appearance) -> bool:
    """Whether an article's headline tells the claim without a hedge, a source or a quote mark."""
    if _GUARD.search(one.title):
        return False
    told = set(content(one.title))
    shared = told & set(content(claim.statement))
    return len(shared) >= 3 and 2 * len(shared) >= len(told)
