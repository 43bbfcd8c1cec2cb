"""Two claims made one: what goes along, what is refused, and that it can be undone."""

import pytest

from newsdesk.desk.annotating import annotate
from newsdesk.desk.attributing import claim_from
from newsdesk.desk.claim_merging import merge_claims, merged_into
from newsdesk.desk.claim_queue import queue
from newsdesk.desk.gating import desk_gate
from newsdesk.desk.reviewing import cite, confirm_contradiction, review
from newsdesk.model import (
    Annotation,
    Claim,
    ClaimState,
    Evidence,
    Link,
    LinkKind,
    NewsdeskError,
    Review,
    Stance,
)
from newsdesk.model.claim_lines import ClaimFilter


@pytest.fixture
def two(desk, article):
    label = desk.label("CLAIM")
    return tuple(
        claim_from(desk, annotate(desk, article, label, [span])) for span in ((0, 12), (19, 44))
    )


def state(desk):
    kinds = (Claim, Annotation, Evidence, Link, Review)
    return {one.id: one for kind in kinds for one in desk.find(kind)}


def closed(desk, claim):
    """Take a claim to *unverifiable*, as somebody else, so that it has reviews."""
    desk.author = "Zoë"
    review(desk, claim, ClaimState.IN_REVIEW, "Mine.")
    review(desk, claim, ClaimState.UNVERIFIABLE, "Nobody knows.")


def test_appearances_evidence_and_links_go_along_and_undo_brings_all_back(desk, article, two):
    kept, gone = two
    third = claim_from(desk, annotate(desk, article, desk.label("CLAIM"), [(46, 55)]))
    cite(desk, gone, Stance.SUPPORTS, "Ada left.", article=article)
    confirm_contradiction(desk, gone, third)
    confirm_contradiction(desk, kept, gone)
    before = state(desk)
    merge_claims(desk, kept, [gone])
    assert len(desk.find(Annotation, claim=kept.id)) == 2
    assert len(desk.find(Evidence, claim=kept.id)) == 1
    assert [(one.from_id, one.to_id) for one in desk.find(Link)] == [(kept.id, third.id)]
    assert desk.find(Claim, id=gone.id) == []
    desk.undo()
    assert state(desk) == before


def test_a_link_that_both_have_is_kept_once(desk, article, two):
    third = claim_from(desk, annotate(desk, article, desk.label("CLAIM"), [(46, 55)]))
    for one in two:
        with desk.change("Link"):
            desk.put(Link(kind=LinkKind.SUPPORTS, from_id=one.id, to_id=third.id))
    merge_claims(desk, two[0], [two[1]])
    assert [(one.from_id, one.to_id) for one in desk.find(Link)] == [(two[0].id, third.id)]


def test_a_reviewed_claim_stays_as_a_record_that_leads_on(desk, two):
    kept, gone = two
    closed(desk, gone)
    merge_claims(desk, kept, [desk.get(Claim, gone.id)])
    assert merged_into(desk, gone.id) == kept.id
    assert desk.count(Review, claim=gone.id) == 2
    assert [line.id for line in queue(desk, ClaimFilter())] == [kept.id]
    assert {one.claim for one in desk_gate(desk)} == {kept.id}, "it misses nothing any more"


def test_a_link_alone_merges_nothing(desk, two):
    with desk.change("Link"):
        desk.put(Link(kind=LinkKind.SAME_CLAIM, from_id=two[1].id, to_id=two[0].id))
    assert merged_into(desk, two[1].id) is None
    assert len(queue(desk, ClaimFilter())) == 2
    assert {one.claim for one in desk_gate(desk)} == {two[0].id, two[1].id}


def test_a_circle_is_refused_and_names_the_claims(desk, two):
    kept, gone = two
    closed(desk, gone)
    merge_claims(desk, kept, [gone])
    before = state(desk)
    with pytest.raises(NewsdeskError, match=f"{gone.id} was merged .*{kept.id}.*circle"):
        merge_claims(desk, gone, [kept])
    with pytest.raises(NewsdeskError, match=f"{kept.id} can't be merged into itself"):
        merge_claims(desk, kept, [kept])
    with pytest.raises(NewsdeskError, match="merged into claim"):
        merge_claims(desk, kept, [gone])
    with pytest.raises(NewsdeskError, match=f"Nothing was given .*{kept.id}"):
        merge_claims(desk, kept, [])
    assert state(desk) == before


def test_an_open_review_is_not_taken_its_claim(desk, two):
    kept, gone = two
    review(desk, gone, ClaimState.IN_REVIEW, "Mine.")
    with pytest.raises(NewsdeskError, match=f"{gone.id} is in review"):
        merge_claims(desk, kept, [gone])
    merge_claims(desk, desk.get(Claim, gone.id), [kept])
    assert len(desk.find(Annotation, claim=gone.id)) == 2
