"""Hedges: how firm an appearance is, and where a hedge was lost."""

import pytest

from newsdesk.model import Assertion
from newsdesk.provenance.firmness import (
    Firmness,
    firmed_figures,
    firmness,
    lost_hedges,
    unowned_hedges,
)
from tests.provenance.samples import DENIED, appearance, chain, claim, own_voice, tie

CLAIM = claim("Mikkel Holm has agreed terms with Aldermoor City.")


def test_an_appearance_is_as_firm_as_its_weakest_hop():
    assert firmness(appearance("a", "A", *own_voice())) is Firmness.ASSERTED
    assert firmness(appearance("a", "A", tie("x"))) is Firmness.ATTRIBUTED
    assert firmness(appearance("a", "A", tie("x"), hedges=("could",))) is Firmness.HEDGED
    guess = tie("y", 1, assertion=Assertion.SPECULATIVE)
    assert firmness(appearance("a", "A", tie("x"), guess)) is Firmness.HEDGED
    charge = tie("x", assertion=Assertion.ALLEGED)
    assert firmness(appearance("a", "A", charge)) is Firmness.ALLEGED
    assert firmness(appearance("a", "A", tie("x", **DENIED))) is Firmness.DENIED


def hedged(day="2025-07-10", **fields):
    fields = {"hedges": ("reportedly",), "published": day, **fields}
    return appearance("hedged", "Touchline", *chain(None, "Ballon"), **fields)


def test_a_hedge_is_lost_where_a_later_article_states_it_flat():
    flat = appearance("flat", "Argus", *own_voice(), published="2025-07-11")
    (lost,) = lost_hedges(CLAIM, [flat, hedged()])
    assert (lost.hedged, lost.flat, lost.words) == ("hedged", "flat", ("reportedly",))
    assert lost.headline is None


def test_an_earlier_flat_statement_and_one_with_a_source_lose_nothing():
    earlier = appearance("flat", "Argus", *own_voice(), published="2025-07-09")
    sourced = appearance("flat", "Argus", tie("agent"), published="2025-07-11")
    assert lost_hedges(CLAIM, [earlier, hedged()]) == []
    assert lost_hedges(CLAIM, [sourced, hedged()]) == []


def test_within_one_article_the_order_of_the_text_counts():
    one = hedged(article="same", start=10)
    for start, expected in ((100, 1), (1, 0)):
        flat = appearance("flat", "Touchline", *own_voice(), article="same", start=start)
        flat = type(flat)(**{**{f: getattr(flat, f) for f in flat.__struct_fields__},
                             "published": one.published})  # fmt: skip
        assert len(lost_hedges(CLAIM, [one, flat])) == expected


@pytest.mark.parametrize(
    ("headline", "flat"),
    [
        ("Holm agrees terms with City", True),
        ("Holm 'agrees terms' with City", False),
        ("Holm reportedly agrees terms with City", False),
        ("Holm agrees terms with City, agent says", False),
        ("Rain stops play", False),
    ],
)
def test_a_headline_may_lose_the_hedge_of_its_body(headline, flat):
    found = lost_hedges(CLAIM, [hedged(title=headline)])
    assert bool(found) == flat
    if flat:
        assert (found[0].flat, found[0].headline) == (None, "article of hedged")


def test_a_hedge_of_nobody_s():
    mine = appearance("mine", "A", tie("x"), hedges=("could",))
    nobody = tie(None, assertion=Assertion.SPECULATIVE)
    assert unowned_hedges([mine, appearance("nobody", "A", nobody)]) == ["nobody"]


def test_an_offer_becomes_a_price():
    offer = claim("Aldermoor City made a first offer of £38m for Mikkel Holm.", "offer")
    price = claim("Mikkel Holm will join Aldermoor City for £38m.", "price")
    other = claim("Mikkel Holm will join Aldermoor City for £40m.", "other")
    would = claim("At £38m Mikkel Holm would be the dearest at Aldermoor City.", "would")
    told = [appearance("told", "Courier", tie("insider"), published="2025-07-09")]
    flat = [appearance("flat", "Argus", *own_voice(), published="2025-07-11")]
    pairs = [(offer, told), (price, flat), (other, flat), (would, flat)]
    (found,) = firmed_figures(pairs)
    assert (found.earlier, found.later, found.appearance) == ("offer", "price", "flat")
    assert firmed_figures([(offer, told), (price, told)]) == []
