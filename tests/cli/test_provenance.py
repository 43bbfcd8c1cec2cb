"""The verbs of provenance: the gate and its exit code, reviews, and the alarms."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from newsdesk.desk import open_desk
from newsdesk.desk.claim_merging import merge_claims
from newsdesk.desk.reviewing import cite, review
from newsdesk.desk.sample import build_sample_desk
from newsdesk.model import Annotation, Article, Claim, ClaimState, Review, Source, Stance
from newsdesk.provenance.gate import Item
from newsdesk.settings import shipped
from tests.cli.conftest import state

Call = Callable[..., Result]
Ask = Callable[..., Any]

RAIN = "Halden Bridge had 94mm of rain in 18 hours"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    place = tmp_path / "sample.desk"
    build_sample_desk(place, "Ann").close()
    return place


def claim_of(place: Path, beginning: str) -> str:
    desk = open_desk(place, "Looker")
    try:
        (found,) = [one for one in desk.find(Claim) if one.statement.startswith(beginning)]
        return found.id
    finally:
        desk.close()


def prove(place: Path, claim: str) -> None:
    desk = open_desk(place, "Ann")
    (mark,) = desk.find(Annotation, claim=claim)
    cite(desk, desk.get(Claim, claim), Stance.SUPPORTS, mark.quote, article=mark.article)
    desk.close()


def step(call: Call, place: Path, claim: str, to: str, **options: Any) -> Result:
    return call(
        "review", "--desk", place, "--claim", claim, "--to", to, "--comment", "Read.", **options
    )


def test_the_gate_ends_with_1_until_nothing_is_missing(
    sample: Path, call: Call, call_json: Ask
) -> None:
    claim = claim_of(sample, RAIN)
    said = call_json("gate", "--desk", sample, "--claim", claim, code=1)
    assert said["passes"] is False
    assert [one["item"] for one in said["missing"]] == ["evidence", "review"]
    assert all(one["claim"] == claim and one["record"] and one["what"] for one in said["missing"])
    prove(sample, claim)
    step(call, sample, claim, "in review")
    step(call, sample, claim, "verified")
    assert call_json("gate", "--desk", sample, "--claim", claim) == {"passes": True, "missing": []}
    assert call("gate", "--desk", sample, "--claim", claim).stdout == "Nothing is missing.\n"


def test_the_gate_of_an_article_and_of_the_desk(sample: Path, call: Call, call_json: Ask) -> None:
    case = next(
        one
        for one in json.loads((shipped("seeds") / "planted.json").read_text(encoding="utf-8"))[
            "cases"
        ]
        if one["name"] == "officials, plural"
    )
    said = call_json("gate", "--desk", sample, "--article", case["articles"][0], code=1)
    assert "plural" in [one["item"] for one in said["missing"] if one["claim"] is None]
    whole = call_json("gate", "--desk", sample, code=1)["missing"]
    assert {one["item"] for one in whole} <= set(Item)
    claims = {one["claim"] for one in whole}
    assert len(claims) == len(call_json("claims", "--desk", sample))
    # One claim alone is told the same as among all.
    claim = claim_of(sample, "Mikkel Sørvaag and Aldermoor City have agreed")
    alone = call_json("gate", "--desk", sample, "--claim", claim, code=1)["missing"]
    assert alone == [one for one in whole if one["claim"] == claim]
    table = call("gate", "--desk", sample, "--claim", claim, code=1).stdout
    assert "the outlets have it from one another" in table


def test_the_gate_of_what_is_not_there(sample: Path, call: Call) -> None:
    for option in ("--claim", "--article"):
        result = call("gate", "--desk", sample, option, "gone", code=1)
        assert result.stdout == ""
        assert "gone" in result.stderr
    call("gate", "--desk", sample, "--claim", "a", "--article", "b", code=2)


def test_claim_show(sample: Path, call: Call, call_json: Ask) -> None:
    claim = claim_of(sample, "The sea wall at Port Wenlock will not hold another winter")
    shown = call_json("claim", "show", claim, "--desk", sample)
    assert shown["id"] == claim
    first, second = shown["ladders"]
    assert first["distance"] == second["distance"] == 3
    assert first["rungs"][0]["names"] == ["our engineering adviser, Sir Anselm Thackray"]
    assert [one["item"] for one in shown["missing"]].count("evidence") == 1
    told = call("claim", "show", claim, "--desk", sample).stdout
    assert "Thackray → a letter written by" in told
    assert told.splitlines()[1].startswith("unreviewed")
    assert "gone" in call("claim", "show", "gone", "--desk", sample, code=1).stderr


def test_claim_show_tells_evidence_and_reviews(sample: Path, call: Call) -> None:
    claim = claim_of(sample, RAIN)
    prove(sample, claim)
    step(call, sample, claim, "in review")
    told = call("claim", "show", claim, "--desk", sample).stdout
    assert "supports: The town had 94mm" in told
    assert "in review. Read." in told


def test_review_is_one_step_that_undo_takes_back(sample: Path, call: Call, call_json: Ask) -> None:
    claim = claim_of(sample, RAIN)
    before = state(sample)
    arguments = ("--claim", claim, "--to", "in review", "--comment", "Mine.")
    made = call_json("review", "--desk", sample, *arguments)
    assert (made["claim"], made["to_state"], made["reviewer"]) == (claim, "in review", "Ann")
    after = state(sample)
    assert after["revisions"] == before["revisions"] + 1
    call("undo", "--desk", sample)
    undone = state(sample)
    assert undone.pop("revisions") and before.pop("revisions")
    assert undone == before


@pytest.mark.parametrize(
    ("author", "to", "message"),
    [
        ("gold", "verified", "second person"),
        ("Ben", "corrected", "can't become corrected"),
        ("Ben", "verified", "no evidence"),
    ],
)
def test_review_refuses_what_does_not_hold(
    sample: Path, call: Call, author: str, to: str, message: str
) -> None:
    claim = claim_of(sample, RAIN)
    step(call, sample, claim, "in review")
    before = state(sample)
    arguments = ("--claim", claim, "--to", to, "--comment", "So.", "--author", author)
    result = call("review", "--desk", sample, *arguments, code=1)
    assert message in result.stderr
    assert claim in result.stderr
    assert state(sample) == before


def test_drift(sample: Path, call: Call, call_json: Ask) -> None:
    said = call_json("drift", "--desk", sample)
    assert set(said) == {"quotes", "hedges", "figures", "unowned"}
    assert {one["changes"][0] for one in said["quotes"]} >= {
        "bracket",
        "ellipsis",
        "words",
        "mixed",
    }
    told = call("drift", "--desk", sample).stdout
    assert "hedge lost (reportedly)" in told
    assert "£38,000,000: from an offer to a fact" in told


def test_contradictions(sample: Path, call: Call, call_json: Ask) -> None:
    said = call_json("contradictions", "--desk", sample)
    assert {one["kind"] for one in said} == {"conflict", "development"}
    assert any(one["confirmed"] for one in said)
    told = call("contradictions", "--desk", sample).stdout
    assert "£40m more than" in told and "(confirmed)" in told


def test_replies(sample: Path, call: Call, call_json: Ask) -> None:
    said = call_json("replies", "--desk", sample)
    assert {one["answer"] for one in said} == {None, "denied", "declined to comment"}
    due = call_json("replies", "--desk", sample, "--missing", code=1)
    assert due == [one for one in said if one["answer"] is None] and len(due) == 2
    told = call("replies", "--desk", sample, "--missing", code=1).stdout
    assert told.splitlines()[1].startswith("none") and due[0]["claim"] in told


def test_a_claim_that_was_merged_away_leads_on(sample: Path, call: Call, call_json: Ask) -> None:
    desk = open_desk(sample, "Ann")
    kept, gone = desk.find(Claim)[:2]
    review(desk, gone, ClaimState.IN_REVIEW, "Mine.")
    review(desk, gone, ClaimState.UNVERIFIABLE, "Nobody knows.")
    merge_claims(desk, kept, [desk.get(Claim, gone.id)])
    desk.close()
    assert f"merged into claim {kept.id}" in call("claim", "show", gone.id, "--desk", sample).stdout
    assert call_json("claim", "show", gone.id, "--desk", sample)["merged_into"] == kept.id
    assert call_json("claim", "show", kept.id, "--desk", sample)["merged_into"] is None


def test_sources(sample: Path, call_json: Ask, call: Call) -> None:
    desk = open_desk(sample, "Looker")
    everyone = desk.count(Source)
    assert desk.count(Review) == 0 and desk.count(Article) == 12
    desk.close()
    assert len(call_json("sources", "--desk", sample)) == everyone
    ledger = call_json("sources", "--desk", sample, "--unnamed")
    assert all(one["kind"].startswith("unnamed") for one in ledger)
    officials = next(one for one in ledger if one["description"] == "officials")
    assert officials["missing"] == ["position_to_know", "approved_by", "plural"]
    assert "approved_by, plural" in call("sources", "--desk", sample, "--unnamed").stdout
