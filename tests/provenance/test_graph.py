"""The provenance graph, its layers, and the timeline, as values."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.model import (
    Assertion,
    Attribution,
    Claim,
    ClaimState,
    Evidence,
    Review,
    Source,
    SourceKind,
    Stance,
)
from newsdesk.provenance.appearance import Appearance
from newsdesk.provenance.graph import Graph, NodeKind, graph_of
from newsdesk.provenance.layering import layered
from newsdesk.provenance.timeline import EventKind, timeline

PAPER = Source(id="paper", description="The Argus", kind=SourceKind.MEDIA_OUTLET)
WIRE = Source(id="wire", description="The Wire", kind=SourceKind.MEDIA_OUTLET)
AIDE = Source(id="aide", description="an aide", kind=SourceKind.UNNAMED_INDIVIDUAL)
SOURCES = {one.id: one for one in (PAPER, WIRE, AIDE)}
CLAIM = Claim(id="claim", statement="The wall will fall.")


def hop(source: str | None, number: int, content: str, **fields: object) -> Attribution:
    return Attribution(content=content, source=source, hop=number, orphan=not source, **fields)


def appearance(id: str, outlet: str, day: str, *hops: Attribution) -> Appearance:
    return Appearance(
        id=id,
        claim="claim",
        article=f"article {id}",
        title=f"Title {id}",
        outlet=outlet,
        published=day,
        hops=hops,
    )


def drawn(*appearances: Appearance, evidence: tuple[Evidence, ...] = ()) -> Graph:
    return graph_of(appearances, {"claim": CLAIM}, SOURCES, {}, evidence)


def test_the_way_goes_from_the_originator_to_the_claim() -> None:
    one = appearance("a", "paper", "2026-01-02", hop("aide", 0, "a", assertion=Assertion.ALLEGED))
    graph = drawn(one)
    kinds = {node.id: node.kind for node in graph.nodes}
    assert kinds == {
        "aide": NodeKind.UNNAMED,
        "article a": NodeKind.ARTICLE,
        "claim": NodeKind.CLAIM,
    }
    assert [(tie.start, tie.end, tie.hedged) for tie in graph.ties] == [
        ("aide", "article a", True),
        ("article a", "claim", False),
    ]


def test_a_hop_into_another_article_of_the_desk_is_that_article() -> None:
    first = appearance("a", "wire", "2026-01-01", hop("aide", 0, "a"))
    second = appearance("b", "paper", "2026-01-02", hop("wire", 0, "b"))
    graph = drawn(second, first)
    assert ("article a", "article b") in {(tie.start, tie.end) for tie in graph.ties}
    assert "wire" not in {node.id for node in graph.nodes}


def test_a_missing_hop_is_a_gap_of_its_own() -> None:
    graph = drawn(appearance("a", "paper", "2026-01-02", hop("wire", 1, "a")))
    (gap,) = [node for node in graph.nodes if node.kind is NodeKind.GAP]
    assert gap.detail == "nobody is named"
    assert (gap.id, "wire") in {(tie.start, tie.end) for tie in graph.ties}


def test_evidence_stands_beyond_its_claim_and_points_back() -> None:
    piece = Evidence(id="e", claim="claim", stance=Stance.REFUTES, title="The survey")
    stranger = Evidence(id="x", claim="another", stance=Stance.SUPPORTS)
    graph = drawn(appearance("a", "paper", "2026-01-02"), evidence=(stranger, piece))
    (tie,) = [tie for tie in graph.ties if tie.end == "e"]
    assert (tie.start, tie.back, tie.against) == ("claim", True, True)
    assert "x" not in {node.id for node in graph.nodes}


def test_reporting_in_a_circle_is_drawn_as_one() -> None:
    one = appearance("a", "wire", "2026-01-01", hop("paper", 0, "a"))
    other = appearance("b", "paper", "2026-01-01", hop("wire", 0, "b"))
    ties = {(tie.start, tie.end) for tie in drawn(one, other).ties}
    assert {("article a", "article b"), ("article b", "article a")} <= ties


pairs = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40)


@given(pairs)
@settings(max_examples=60, deadline=None)
def test_every_tie_goes_on_unless_it_closes_a_circle(raw: list[tuple[int, int]]) -> None:
    nodes = [str(n) for n in range(13)]
    ties = [(str(a), str(b)) for a, b in raw if a != b]
    places = layered(nodes, ties)
    assert set(places.columns) == set(places.rows) == set(nodes)
    back = {tie for tie in ties if places.columns[tie[0]] >= places.columns[tie[1]]}
    assert not any(places.columns[a] == places.columns[b] for a, b in ties)
    # Without the ties that go back nothing leads in a circle; with none of them, none went back.
    if not _circular(ties):
        assert not back
    for column in set(places.columns.values()):
        rows = sorted(places.rows[node] for node in nodes if places.columns[node] == column)
        assert all(b - a > 0.999 for a, b in pairwise(rows))


def _circular(ties: list[tuple[str, str]]) -> bool:
    left = set(ties)
    while left:
        ends = {end for _, end in left}
        free = {tie for tie in left if tie[0] not in ends}
        if not free:
            return True
        left -= free
    return False


def test_a_long_tie_passes_the_columns_between() -> None:
    places = layered(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")])
    assert [places.columns[one] for one in "abc"] == [0, 1, 2]
    ((column, row),) = places.bends[2]
    assert column == 1
    assert row != places.rows["b"]


def test_the_timeline_goes_by_day_and_ends_with_what_has_none() -> None:
    review = Review(
        id="r",
        claim="claim",
        from_state=ClaimState.UNREVIEWED,
        to_state=ClaimState.IN_REVIEW,
        reviewer="Ada",
        at="2026-01-03T10:00:00Z",
        comment="Looking.",
    )
    piece = Evidence(id="e", claim="claim", stance=Stance.SUPPORTS, title="The survey")
    one = appearance("a", "paper", "2026-01-02", hop("aide", 0, "a"), hop("wire", 1, "a"))
    events = timeline([one], [(piece, "")], [review], SOURCES)
    assert [event.kind for event in events] == [
        EventKind.APPEARANCE,
        EventKind.REVIEW,
        EventKind.EVIDENCE,
    ]
    assert events[0].detail == "The Argus · an aide → The Wire"
    assert events[1].detail == "Ada: Looking."
