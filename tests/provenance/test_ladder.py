"""Hop ladders: rungs in order, gaps as gaps, answers left out, other articles below."""

from newsdesk.model import Link, LinkKind
from newsdesk.provenance.appearance import is_answer, who_is_who
from newsdesk.provenance.ladder import ladder_of
from tests.provenance.samples import DECLINED, DENIED, appearance, chain, own_voice, source, tie


def sources_of(ladder):
    return [rung.sources[0] if rung.sources else None for rung in ladder.rungs]


def test_rungs_stand_from_the_originator_to_the_article():
    hops = chain("adviser", "letter", "minister")
    ladder = ladder_of(appearance("a", "Lantern", *reversed(hops)))
    assert sources_of(ladder) == ["adviser", "letter", "minister"]
    assert ladder.originators == ("adviser",)
    assert ladder.distance == 3
    assert ladder.gaps == ()


def test_a_missing_originator_and_a_missing_hop_are_gaps():
    ladder = ladder_of(appearance("a", "Lantern", *chain(None, "relay")))
    assert sources_of(ladder) == [None, "relay"]
    assert (ladder.gaps, ladder.distance, ladder.nearest) == ((0,), None, ("relay",))
    ladder = ladder_of(appearance("a", "Lantern", tie("speaker", 0), tie("paper", 2)))
    assert sources_of(ladder) == ["speaker", None, "paper"]
    assert ladder.gaps == (1,)
    ladder = ladder_of(appearance("a", "Lantern", tie("paper", 1)))
    assert ladder.gaps == (0,)


def test_answers_are_no_rungs():
    declined, denied = tie("firm", **DECLINED), tie("firm", **DENIED)
    assert is_answer(declined) and is_answer(denied)
    assert not is_answer(tie("firm", 1, **DENIED))
    made = appearance("a", "Lantern", tie("critic"), declined, denied)
    ladder = ladder_of(made)
    assert sources_of(ladder) == ["critic"]
    assert set(ladder.answers) == {declined.id, denied.id}
    assert not made.only_denied
    assert appearance("b", "Lantern", denied).only_denied
    assert ladder_of(appearance("b", "Lantern", denied)).rungs == ()


def test_two_who_speak_at_once_are_one_rung():
    ladder = ladder_of(appearance("a", "Lantern", tie("one"), tie("other")))
    assert len(ladder.rungs) == 1
    assert set(ladder.originators) == {"one", "other"}


def test_a_hop_leads_to_the_article_of_the_outlet_that_it_names():
    first = appearance("a", "Courier", tie("insider"), published="2025-07-09")
    second = appearance("b", "Touchline", *chain(None, "Courier"), published="2025-07-10")
    third = appearance("c", "Ballon", *chain(None, "Touchline"), published="2025-07-11")
    ladder = ladder_of(third, [first, second, third])
    assert sources_of(ladder) == ["insider", "Courier", "Touchline"]
    assert [rung.article for rung in ladder.rungs] == [
        one.article for one in (first, second, third)
    ]
    assert ladder.distance == 3
    assert not ladder.circular


def test_a_hop_does_not_lead_to_what_was_printed_later():
    later = appearance("a", "Courier", tie("insider"), published="2025-07-20")
    relay = appearance("b", "Touchline", *chain(None, "Courier"), published="2025-07-10")
    assert sources_of(ladder_of(relay, [later, relay])) == [None, "Courier"]


def test_a_ladder_that_runs_in_a_circle_ends():
    one = appearance("a", "Touchline", *chain(None, "Ballon"))
    other = appearance("b", "Ballon", *chain(None, "Touchline"))
    for each in (one, other):
        ladder = ladder_of(each, [one, other])
        assert ladder.circular
        assert ladder.distance is None


def test_the_paper_s_own_voice_has_no_originator():
    ladder = ladder_of(appearance("a", "Argus", *own_voice()))
    assert sources_of(ladder) == [None]
    assert ladder.distance is None


def test_sources_of_one_entity_or_joined_by_a_link_are_one():
    entity = "01"
    sources = [source("b", entity=entity), source("a", entity=entity), source("c"), source("d")]
    link = Link(kind=LinkKind.SAME_AS, from_id="c", to_id="d")
    strange = Link(kind=LinkKind.SAME_AS, from_id="c", to_id="not a source")
    who = who_is_who(sources, [link, strange])
    assert who == {"a": "a", "b": "a", "c": "c", "d": "c"}
