"""Circular reporting, and circles of any kind: found, and named as the cycle that they are."""

from hypothesis import given
from hypothesis import strategies as st

from newsdesk.provenance.circles import circles, circular_reporting
from tests.provenance.samples import appearance, chain, tie

NODES = "abcdef"
EDGES = st.dictionaries(st.sampled_from(NODES), st.sets(st.sampled_from(NODES), max_size=3))


def reachable(edges, start):
    seen, waiting = set(), list(edges.get(start, ()))
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += edges.get(one, ())
    return seen


def test_two_outlets_that_cite_each_other_are_a_circle():
    those = [
        appearance("a", "Touchline", *chain(None, "Ballon")),
        appearance("b", "Ballon", *chain(None, "Touchline")),
    ]
    (circle,) = circular_reporting(those)
    assert circle.sources == ("Ballon", "Touchline")
    assert set(circle.appearances) == {"a", "b"}


def test_a_circle_of_three_is_named_in_its_order():
    those = [
        appearance("a", "A", *chain(None, "B")),
        appearance("b", "B", *chain(None, "C")),
        appearance("c", "C", *chain(None, "A")),
    ]
    (circle,) = circular_reporting(those)
    assert circle.sources == ("A", "B", "C")


def test_one_s_own_reporting_is_no_circle():
    assert circular_reporting([appearance("a", "Argus", tie("Argus"))]) == []
    assert circular_reporting([appearance("a", "A", *chain("speaker", "B"))]) == []


def test_a_long_chain_is_no_deep_recursion():
    assert circles({f"{n:06}": [f"{n + 1:06}"] for n in range(20_000)}) == []


@given(EDGES)
def test_a_node_lies_on_some_circle_just_when_it_reaches_itself(edges):
    found = circles(edges)
    for circle in found:
        assert len(set(circle)) == len(circle)
        following = [*circle[1:], circle[0]]
        assert all(to in edges[at] for at, to in zip(circle, following, strict=True))
        assert circle[0] == min(circle) or circle[0] in reachable(edges, circle[0])
    for node in NODES:
        if node in reachable(edges, node):
            mates = {one for one in reachable(edges, node) if node in reachable(edges, one)}
            assert any(mates & set(circle) for circle in found)
