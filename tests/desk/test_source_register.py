"""The register of sources: the ledger, which are one, and that nobody unnamed gets a name."""

import pytest

from newsdesk.desk.annotating import annotate
from newsdesk.desk.attributing import claim_from, set_speaker
from newsdesk.desk.register import new_entity
from newsdesk.desk.reviewing import review
from newsdesk.desk.source_register import change_source, merge_sources, part_source, same_as
from newsdesk.model import (
    ClaimState,
    Link,
    NewsdeskError,
    Source,
    SourceKind,
    SourceRole,
    Span,
)

NAMED, UNNAMED = SourceKind.NAMED_INDIVIDUAL, SourceKind.UNNAMED_INDIVIDUAL


def made(desk, name, kind=NAMED, **fields):
    with desk.change("Source"):
        return desk.put(Source(description=name, kind=kind, **fields))


def test_what_is_said_of_a_source_is_changed_and_undone(desk):
    aide = made(desk, "an aide", UNNAMED)
    change_source(desk, aide, reason="fear", role=SourceRole.WITNESS)
    changed = change_source(desk, aide, approved_by="Ed")
    assert (changed.anonymity.reason, changed.anonymity.approved_by) == ("fear", "Ed")
    assert changed.role is SourceRole.WITNESS
    desk.undo()
    assert desk.get(Source, aide.id).anonymity.approved_by == ""
    with pytest.raises(NewsdeskError, match=f"{aide.id} was kept"):
        change_source(desk, aide, description=" ")


def test_the_journal_s_titles_hold_no_words_of_a_source(desk):
    aide = made(desk, "CANARY the aide", UNNAMED)
    other = made(desk, "CANARY too", UNNAMED)
    change_source(desk, aide, description="CANARY again", position_to_know="CANARY was there")
    merge_sources(desk, aide, [other])
    part_source(desk, other)
    assert not any("CANARY" in one.title for one in desk.log())


def test_one_that_is_made_unnamed_loses_its_name_and_never_gets_one(desk):
    entity = new_entity(desk, "Ada", "PERSON")
    ada = made(desk, "Ada", entity=entity.id)
    hidden = change_source(desk, ada, kind=UNNAMED)
    assert hidden.entity is None
    with pytest.raises(NewsdeskError, match=f"{ada.id} is unnamed"):
        change_source(desk, hidden, entity=entity.id)


def test_sources_are_joined_by_way_of_others_and_parted(desk):
    one, two, three = (made(desk, name) for name in ("A", "B", "C"))
    merge_sources(desk, one, [two])
    merge_sources(desk, two, [three])
    assert set(same_as(desk, one.id)) == {two.id, three.id}
    with pytest.raises(NewsdeskError, match=f"{one.id} is the same as source {three.id} already"):
        merge_sources(desk, three, [one])
    with pytest.raises(NewsdeskError, match=f"{one.id} can't be merged with itself"):
        merge_sources(desk, one, [one])
    assert part_source(desk, two) == 2
    assert same_as(desk, one.id) == []
    desk.undo()
    assert desk.count(Link) == 2


def test_an_unnamed_source_is_never_tied_to_a_name(desk):
    ada, aide, other = made(desk, "Ada"), made(desk, "an aide", UNNAMED), made(desk, "b", UNNAMED)
    for kept, joined in ((ada, aide), (aide, ada)):
        with pytest.raises(NewsdeskError, match=f"{aide.id} is unnamed"):
            merge_sources(desk, kept, [joined])
    merge_sources(desk, aide, [other])
    with pytest.raises(NewsdeskError, match=f"{aide.id} is joined to others"):
        change_source(desk, aide, kind=NAMED)
    assert desk.count(Link) == 1


def test_two_entities_are_not_joined_behind_the_register_s_back(desk):
    one, two = (
        made(desk, name, entity=new_entity(desk, name, "PERSON").id) for name in ("Ada", "Bo")
    )
    with pytest.raises(NewsdeskError, match="two entities"):
        merge_sources(desk, one, [two])


def test_a_source_under_review_is_neither_joined_nor_parted(desk, article):
    mark = annotate(desk, article, desk.label("CLAIM"), [(19, 44)])
    tie = set_speaker(desk, mark, Span(0, 12))
    claim = claim_from(desk, mark)
    ada, bo = desk.get(Source, tie.source), made(desk, "Bo")
    review(desk, claim, ClaimState.IN_REVIEW, "Mine.")
    for kept, joined in ((ada, bo), (bo, ada)):
        with pytest.raises(NewsdeskError, match=f"Claim {claim.id}.* is in review"):
            merge_sources(desk, kept, [joined])
    with pytest.raises(NewsdeskError, match=f"Claim {claim.id}"):
        part_source(desk, ada)
    review(desk, claim, ClaimState.UNVERIFIABLE, "Nobody knows.")
    merge_sources(desk, ada, [bo])
    assert same_as(desk, bo.id) == [ada.id]
