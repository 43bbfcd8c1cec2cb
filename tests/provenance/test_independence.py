"""Independence: what converges on one originator counts once."""

from hypothesis import given
from hypothesis import strategies as st

from newsdesk.provenance.independence import independence
from tests.provenance.samples import DENIED, appearance, chain, own_voice, tie


def test_three_outlets_with_one_source_are_an_alarm():
    those = [
        appearance("a", "Courier", tie("insider"), published="2025-07-09"),
        appearance("b", "Touchline", *chain(None, "Courier"), published="2025-07-10"),
        appearance("c", "Ballon", *chain(None, "Courier"), published="2025-07-10"),
    ]
    found = independence(those)
    assert (found.appearances, found.originators) == (3, 1)
    assert found.origins[0].origin == "insider"
    assert found.alarm
    assert not independence(those[:2]).alarm


def test_three_outlets_of_their_own_are_none():
    those = [appearance(name, name, tie(f"witness of {name}")) for name in "abc"]
    assert independence(those).originators == 3
    assert not independence(those).alarm


def test_one_outlet_three_times_is_one_outlet():
    those = [appearance(name, "Courier", tie("insider")) for name in "abc"]
    found = independence(those)
    assert found.outlets == ("Courier",)
    assert not found.alarm


def test_who_only_relays_is_an_origin_that_is_not_known():
    those = [appearance(name, name, *chain(None, "Agency")) for name in "abc"]
    found = independence(those)
    assert found.originators == 0
    assert found.origins[0].origin == "Agency" and not found.origins[0].known
    assert found.alarm


def test_a_second_record_of_the_same_person_is_no_second_source():
    those = [appearance(name, name, tie(f"minister {name}")) for name in "abc"]
    who = {f"minister {name}": "minister a" for name in "abc"}
    assert independence(those, who).alarm


def test_denials_and_the_paper_s_own_voice_are_no_sources():
    those = [
        appearance("a", "Courier", tie("insider")),
        appearance("b", "Argus", *own_voice()),
        appearance("c", "Wire", tie("Wire", **DENIED)),
    ]
    found = independence(those)
    assert (found.appearances, found.originators, found.unsourced) == (2, 1, ("b",))


def test_circles_have_no_origin():
    those = [
        appearance("a", "Touchline", *chain(None, "Ballon")),
        appearance("b", "Ballon", *chain(None, "Touchline")),
    ]
    found = independence(those)
    assert found.origins == ()
    assert set(found.circular) == {"a", "b"}


def test_nothing_comes_of_nothing():
    assert independence([]).appearances == 0
    assert not independence([]).alarm


@given(st.lists(st.sampled_from("pqr"), min_size=1, max_size=8))
def test_there_are_as_many_originators_as_people_who_said_it(speakers):
    those = [appearance(f"{n}", f"outlet {n}", tie(who)) for n, who in enumerate(speakers)]
    found = independence(those)
    assert found.originators == len(set(speakers))
    assert sum(len(one.appearances) for one in found.origins) == len(speakers)
    assert found.alarm == (len(set(speakers)) == 1 and len(speakers) >= 3)
