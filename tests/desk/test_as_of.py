"""A claim as the desk knew it then: by the journal's order, whatever the clocks said."""

import pytest

from newsdesk.desk import open_desk
from newsdesk.desk.annotating import annotate, delete
from newsdesk.desk.as_of import claim_as_of, moment_at, moment_of, record_at
from newsdesk.desk.attributing import set_speaker
from newsdesk.desk.claim_merging import merge_claims
from newsdesk.desk.reviewing import cite, review
from newsdesk.desk.source_register import merge_sources
from newsdesk.model import (
    Annotation,
    Article,
    Claim,
    ClaimState,
    NewsdeskError,
    Source,
    SourceKind,
    Stance,
    Verdict,
    new_article,
    replace,
)


@pytest.fixture
def clock(monkeypatch):
    """Sets what the clock says."""

    def at(moment):
        monkeypatch.setattr("newsdesk.desk.desk.now", lambda: moment)

    at("2026-11-01T10:00:00.000Z")
    return at


def newest(desk):
    return desk.log(limit=1)[0].seq


@pytest.fixture
def claim(clock, desk, article):
    return annotate(desk, article, desk.label("CLAIM"), [(0, 12)]).claim


def test_a_claim_goes_through_its_life(clock, desk, article, claim, tmp_path):
    born = newest(desk)
    (mark,) = desk.find(Annotation, claim=claim)
    clock("2026-11-02T10:00:00.000Z")
    hop = set_speaker(desk, mark, (51, 60))
    sourced = newest(desk)
    with desk.change("Statement"):
        desk.put(replace(desk.get(Claim, claim), statement="Ada said so."))
    clock("2026-11-03T10:00:00.000Z")
    evidence = cite(desk, desk.get(Claim, claim), Stance.SUPPORTS, "Ada left", article=article)
    other = open_desk(tmp_path / "a.desk", "Eve")
    review(other, other.get(Claim, claim), ClaimState.IN_REVIEW, "Mine.")
    review(
        other, other.get(Claim, claim), ClaimState.VERIFIED, "So it is.", verdict=Verdict.SUPPORTED
    )
    other.close()
    desk.catch_up()
    signed = newest(desk)
    with desk.change("Drop"):
        desk.drop(evidence)
    delete(desk, [mark])

    first = claim_as_of(desk, claim, moment_at(desk, born))
    assert first.claim.statement == "Ada Lovelace"
    assert [one.hops for one in first.trace.of(claim)] == [()]
    assert (first.evidence, first.reviews) == ((), ())

    second = claim_as_of(desk, claim, moment_at(desk, sourced))
    (appearance,) = second.trace.of(claim)
    assert [one.source for one in appearance.hops] == [hop.source]
    assert second.trace.sources[hop.source].description == "The Times"
    assert appearance.title == "Ada"

    third = claim_as_of(desk, claim, moment_of(desk, "2026-11-03T12:00"))
    assert third.claim.statement == "Ada said so."
    assert third.claim.state is ClaimState.VERIFIED
    # What went since is back, in every kind.
    then = claim_as_of(desk, claim, moment_at(desk, signed))
    assert [one.id for one in then.evidence] == [evidence.id]
    assert [one.to_state for one in then.reviews] == [ClaimState.IN_REVIEW, ClaimState.VERIFIED]
    assert [one.id for one in then.trace.of(claim)] == [mark.id]
    now = claim_as_of(desk, claim, moment_at(desk, newest(desk)))
    assert now.evidence == ()
    assert list(now.trace.of(claim)) == []


def test_appearances_that_moved_to_another_claim_are_where_they_were(desk, article, claim):
    other = annotate(desk, article, desk.label("CLAIM"), [(19, 30)]).claim
    before = moment_at(desk, newest(desk))
    merge_claims(desk, desk.get(Claim, other), [desk.get(Claim, claim)])
    assert len(claim_as_of(desk, claim, before).trace.of(claim)) == 1
    assert len(claim_as_of(desk, other, before).trace.of(other)) == 1
    after = moment_at(desk, newest(desk))
    assert len(claim_as_of(desk, other, after).trace.of(other)) == 2
    with pytest.raises(NewsdeskError, match=f"{claim} was not on the desk"):
        claim_as_of(desk, claim, after)


def test_undone_is_as_if_it_had_not_been_and_redone_as_if_it_had(desk, claim):
    at = newest(desk)
    with desk.change("Topic"):
        desk.put(replace(desk.get(Claim, claim), topic="Ada"))
    desk.undo()
    desk.redo()
    topics = [claim_as_of(desk, claim, moment_at(desk, at + n)).claim.topic for n in range(4)]
    assert topics == ["", "Ada", "", "Ada"]


def test_a_clock_that_was_set_back_ten_years(clock, desk, article, claim):
    first = newest(desk)
    assert moment_of(desk, "2026-11-01").note == ""
    clock("2016-11-02T10:00:00.000Z")
    with desk.change("Topic"):
        desk.put(replace(desk.get(Claim, claim), topic="Later, though it seems earlier"))
    clock("2026-11-05T10:00:00.000Z")
    with desk.change("Topic"):
        desk.put(replace(desk.get(Claim, claim), topic="Last"))
    found = moment_of(desk, "2026-11-03T00:00")
    assert found.seq == first + 1
    assert f"revision {first + 1} says 2016" in found.note
    assert claim_as_of(desk, claim, found).claim.topic.startswith("Later")
    with pytest.raises(NewsdeskError, match="held nothing at 2017"):
        moment_of(desk, "2017-01-01")


def test_times_are_utc_unless_they_say_otherwise_and_days_end_at_midnight(clock, desk, claim):
    clock("2030-11-01T10:00:00.000Z")
    before = newest(desk)
    with desk.change("Topic"):
        desk.put(replace(desk.get(Claim, claim), topic="Later"))
    assert moment_of(desk, "2030-11-01T09:59").seq == before
    assert moment_of(desk, "2030-11-01T10:59+01:00").seq == before
    assert moment_of(desk, "2030-11-01").seq == before + 1
    with pytest.raises(NewsdeskError, match="no time"):
        moment_of(desk, "yesterday")
    with pytest.raises(NewsdeskError, match="no revision 999"):
        moment_at(desk, 999)


def test_an_article_is_as_it_was_titled(desk, article):
    at = newest(desk)
    with desk.change("Retitle"):
        desk.put(replace(article, title="Another"))
    was = record_at(desk, Article, article.id, at)
    assert (was.title, was.text) == ("Ada", article.text)
    assert record_at(desk, Article, article.id, 0) is None
    assert record_at(desk, Article, "no such", at) is None


def test_a_claim_that_came_later_is_said_to_be_missing(desk, article, claim):
    with desk.change("Import"):
        desk.put(new_article("More."))
    with pytest.raises(NewsdeskError, match="not on the desk after revision 1 "):
        claim_as_of(desk, claim, moment_at(desk, 1))


def test_two_sources_are_one_from_the_link_on(desk, article, claim):
    (mark,) = desk.find(Annotation, claim=claim)
    hop = set_speaker(desk, mark, (51, 60))
    other = source_of(desk, "A paper")
    before = newest(desk)
    (link,) = merge_sources(desk, desk.get(Source, hop.source), [other])
    joined = newest(desk)
    with desk.change("Part"):
        desk.drop(link)
    links = [
        claim_as_of(desk, claim, moment_at(desk, seq)).trace.links
        for seq in (before, joined, newest(desk))
    ]
    assert [len(some) for some in links] == [0, 1, 0]


def source_of(desk, description):
    with desk.change("Source"):
        return desk.put(Source(description=description, kind=SourceKind.MEDIA_OUTLET))
