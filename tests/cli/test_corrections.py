"""The verbs of corrections, of what the desk knew then, and of the same claim elsewhere."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from newsdesk.desk import open_desk
from newsdesk.desk.sample import build_sample_desk
from newsdesk.model import Article, Claim, replace

Call = Callable[..., Result]
Ask = Callable[..., Any]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    place = tmp_path / "sample.desk"
    build_sample_desk(place, "Ann").close()
    return place


def article(place: Path, beginning: str) -> Article:
    desk = open_desk(place, "Looker")
    try:
        (found,) = [one for one in desk.find(Article) if one.title.startswith(beginning)]
        return found
    finally:
        desk.close()


def test_an_article_is_corrected(sample: Path, tmp_path: Path, call: Call, call_json: Ask) -> None:
    old = article(sample, "Two dead")
    file = tmp_path / "mended.txt"
    file.write_text(old.text.replace("Two people", "Seven people", 1), encoding="utf-8")
    before = call_json("correct", "--desk", sample, "--article", old.id, file, "--preview")
    assert before["new"] is None
    outcomes = [one["outcome"] for one in before["carried"]]
    assert {"exact", "orphan"} <= set(outcomes) <= {"exact", "moved", "orphan"}
    told = call("correct", "--desk", sample, "--article", old.id, file)
    assert f"Article {old.id} is replaced by article" in told.stdout
    assert f"exact: {outcomes.count('exact')}" in told.stdout

    listed = call_json("versions", "--desk", sample, "--article", old.id)
    assert listed["versions"][0]["id"] == old.id
    (step,) = listed["steps"]
    assert step["marks"][0]["was"].startswith("Two people have died")
    assert step["marks"][0]["now"].startswith("Seven people have died")
    shown = call("versions", "--desk", sample, "--article", old.id).stdout
    assert "- Two\n    + Seven" in shown

    new = listed["versions"][1]["id"]
    assert (
        "should have said “Seven people"
        in call("correction-note", "--desk", sample, "--article", new).stdout
    )
    note = call_json("correction-note", "--desk", sample, "--article", new)
    assert note["note"].startswith("Correction, ")
    again = call("correct", "--desk", sample, "--article", old.id, file, code=1)
    assert new in again.stderr


def test_a_correction_is_one_article(sample: Path, tmp_path: Path, call: Call) -> None:
    old = article(sample, "Two dead")
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    said = call("correct", "--desk", sample, "--article", old.id, empty, code=1)
    assert "holds 0 articles" in said.stderr
    call("correct", "--desk", sample, "--article", old.id, code=2)
    other = article(sample, "Five dead").id
    call("correct", "--desk", sample, "--article", old.id, "--by", other)


def test_a_claim_as_of_then(sample: Path, call: Call, call_json: Ask) -> None:
    desk = open_desk(sample, "Ann")
    claim = desk.find(Claim)[0]
    seq = desk.log(limit=1)[0].seq
    with desk.change("Statement"):
        desk.put(replace(claim, statement="Something else."))
    desk.close()
    now = call_json("claim", "show", claim.id, "--desk", sample)
    assert now["statement"] == "Something else."
    then = call_json("claim", "show", claim.id, "--desk", sample, "--as-of-seq", seq)
    assert then["statement"] == claim.statement
    assert then["as_of"]["seq"] == seq
    assert then["ladders"] == now["ladders"]
    told = call("claim", "show", claim.id, "--desk", sample, "--as-of", "2999-01-01").stdout
    assert told.startswith(f"After revision {seq + 1} (")
    early = call("claim", "show", claim.id, "--desk", sample, "--as-of", "1999-01-01", code=1)
    assert "held nothing" in early.stderr
    both = ("--as-of", "2026-01-01", "--as-of-seq", "1")
    call("claim", "show", claim.id, "--desk", sample, *both, code=2)


def test_where_else_a_claim_is_made(sample: Path, call: Call, call_json: Ask) -> None:
    desk = open_desk(sample, "Ann")
    claim = next(one.id for one in desk.find(Claim) if "£38m" in one.statement)
    desk.close()
    words = call_json("same-claims", "--desk", sample, "--claim", claim, "--by-words")
    found = call_json("same-claims", "--desk", sample, "--claim", claim, "--limit", 3)
    assert len(found) == 3
    assert len(found) != len(words) or found != words
    assert found[0]["score"] >= found[1]["score"]
    shown = call("same-claims", "--desk", sample, "--claim", claim).stdout
    assert found[0]["annotation"] in shown
    assert "words in common: " in shown
    assert json.dumps(found)
