"""The desk's alarms on one page, the right of reply, a claim's past, and one file of a dossier."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.desk import Desk
from newsdesk.desk.alarms import claim_replies, desk_alarms
from newsdesk.desk.as_of import claim_as_of, moment_at
from newsdesk.desk.claim_file import claim_view, past_view
from newsdesk.desk.claim_queue import ratings
from newsdesk.desk.dossier import MADE, write_claim, write_dossier
from newsdesk.desk.gating import desk_contradictions, desk_replies
from newsdesk.desk.reviewing import review
from newsdesk.desk.sample import build_sample_desk
from newsdesk.desk.tracing import trace
from newsdesk.model import Claim, ClaimState, NewsdeskError, Verdict, replace


@pytest.fixture
def desk(tmp_path: Path):
    made = build_sample_desk(tmp_path / "a.desk", "Ann")
    yield made
    made.close()


def test_every_alarm_is_there_with_the_words_that_it_needs(desk: Desk) -> None:
    found = desk_alarms(desk)
    assert len(found.replies) == found.counts["replies"] == len(desk_replies(desk, trace(desk)))
    assert found.contradictions == desk_contradictions(desk)
    for name in ("replies", "contradictions", "converging", "circles", "hedges", "quotes"):
        assert getattr(found, name), f"the sample has no {name}"
    for one in found.contradictions:
        assert found.claims.keys() >= set(one.claims)
    for drift in found.quotes:
        assert {drift.first, drift.variant} <= found.marks.keys()
    assert {mark.article for mark in found.marks.values()} <= found.titles.keys()


def test_whom_to_ask_is_named_but_not_who_says_so(desk: Desk) -> None:
    by_words = {one.statement: one for one in desk_alarms(desk).replies if one.answer is None}
    accused = next(one for words, one in by_words.items() if "without a tender" in words)
    assert accused.whom == ("Tidewrack Marine",)
    desk_wide = {one.appearance: one for one in desk_alarms(desk).replies}
    for one in claim_replies(desk, accused.claim):
        assert desk_wide[one.appearance] == one


def test_the_past_of_a_claim_has_what_was_there_and_nothing_else(desk: Desk) -> None:
    claim = next(one for one in desk.find(Claim) if len(trace(desk, [one.id]).of(one.id)) > 1)
    before = claim_view(desk, claim.id)
    seq = desk.log(limit=1)[0].seq
    review(desk, claim, ClaimState.IN_REVIEW, "Mine.")
    with desk.change("Rate"):
        desk.put(replace(desk.get(Claim, claim.id), rating="Half true"))
    assert ratings(desk) == ["Half true"]
    then = past_view(desk, claim_as_of(desk, claim.id, moment_at(desk, seq)))
    assert then == before


def test_one_file_of_a_dossier_is_written_alone(desk: Desk, tmp_path: Path) -> None:
    claim = desk.find(Claim)[0]
    with pytest.raises(NewsdeskError, match="no verdict yet"):
        write_claim(desk, claim.id, tmp_path / "none", "claimreview.jsonld")
    with desk.change("Verdict"):
        verdict = {"state": ClaimState.UNVERIFIABLE, "verdict": Verdict.NOT_ENOUGH_EVIDENCE}
        claim = desk.put(replace(claim, **verdict))
    told: list[tuple[int, int]] = []
    write_dossier(
        desk, claim.id, tmp_path / "all", progress=lambda done, of: told.append((done, of))
    )
    assert told[0][0] == 0
    assert [done for done, _ in told] == list(range(len(told)))
    assert len({of for _, of in told}) == 1
    for name in MADE:
        alone = write_claim(desk, claim.id, tmp_path / name, name)
        assert alone.read_bytes() == (tmp_path / "all" / name).read_bytes()
    with pytest.raises(NewsdeskError):
        write_claim(desk, "none", tmp_path / "b", "prov.json")
    assert not (tmp_path / "b").exists()
