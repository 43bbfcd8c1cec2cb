"""The verbs of the journal."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import Result

from tests.cli.conftest import state

Call = Callable[..., Result]
Ask = Callable[..., Any]


def test_log_lists_what_was_done_newest_first(place: Path, call: Call, call_json: Ask) -> None:
    revisions = call_json("log", "--desk", place)
    assert [one["seq"] for one in revisions] == list(range(len(revisions), 0, -1))
    assert revisions[0]["title"] == "Suggest"
    assert revisions[0]["author"] == "Ann"
    assert revisions[0]["edits"] >= 2
    assert revisions[0]["prev_hash"] == revisions[1]["hash"]
    assert revisions[0]["undoes"] is None
    assert "intact" not in revisions[0]
    heads, first, *_ = call("log", "--desk", place).stdout.splitlines()
    assert heads.split() == ["seq", "at", "author", "edits", "title"]
    assert first.endswith("Suggest")
    assert len(call_json("log", "--desk", place, "--limit", 1)) == 1


def test_log_verifies_the_chain(place: Path, call: Call, call_json: Ask) -> None:
    result = call("log", "--desk", place, "--verify")
    assert result.stderr == "The journal is intact.\n"
    revisions = call_json("log", "--desk", place, "--verify")
    assert all(one["intact"] and not one["findings"] for one in revisions)


def test_log_verify_finds_a_journal_that_was_altered(
    place: Path, call: Call, call_json: Ask
) -> None:
    with sqlite3.connect(place) as db:
        db.execute("UPDATE revision SET author = 'Eve' WHERE seq = 2")
    db.close()
    result = call("log", "--desk", place, "--verify", code=1)
    assert "altered" in result.stderr
    revisions = call_json("log", "--desk", place, "--verify", code=1)
    assert [one["seq"] for one in revisions if not one["intact"]] == [2]
    call("log", "--desk", place)  # without --verify it lists what is there


def test_log_verify_finds_a_journal_that_can_not_be_read(place: Path, call: Call) -> None:
    with sqlite3.connect(place) as db:
        db.execute("UPDATE birth SET digests = 'no bytes'")
    db.close()
    result = call("log", "--desk", place, "--verify", code=1)
    assert "the journal: chain: can't be read" in result.stderr


def test_log_verify_looks_at_the_journal_and_at_nothing_else(place: Path, call: Call) -> None:
    with sqlite3.connect(place) as db:
        db.execute("UPDATE annotation SET note = 'not by Newsdesk'")
    db.close()
    assert call("log", "--desk", place, "--verify").stderr == "The journal is intact.\n"
    assert "differs from the journal" in call("check", "--desk", place, code=1).output


def test_undo_and_redo(place: Path, call: Call, call_json: Ask) -> None:
    before = state(place)
    done = call_json("undo", "--desk", place)
    assert (done["title"], done["undoes"]) == ("Undo: Suggest", 3)
    assert call_json("list", "--desk", place)[0]["proposed"] == 0
    assert call("redo", "--desk", place).stdout == "Redo: Suggest\n"
    after = state(place)
    assert after.pop("revisions") == before.pop("revisions") + 2  # type: ignore[operator]
    assert after == before


def test_undo_goes_back_to_the_start_and_says_when_nothing_is_left(place: Path, call: Call) -> None:
    for _ in range(3):
        call("undo", "--desk", place)
    result = call("undo", "--desk", place, code=1)
    assert "nothing of Ann's to undo" in result.stderr
    assert set(state(place)) == {"revisions"}


def test_undo_is_of_ones_own_changes(place: Path, call: Call) -> None:
    before = state(place)
    assert "nothing of Bo's" in call("undo", "--desk", place, "--author", "Bo", code=1).stderr
    assert state(place) == before


def test_redo_without_an_undo_says_so(place: Path, call: Call) -> None:
    assert "nothing of Ann's to redo" in call("redo", "--desk", place, code=1).stderr


def test_undo_of_what_a_colleague_changed_since_names_what_stands_in_the_way(
    place: Path, call: Call
) -> None:
    call("accept", "--desk", place, "--author", "Bo")
    before = state(place)
    result = call("undo", "--desk", place, code=1)
    assert "can't be undone" in result.stderr
    assert "Bo" in result.stderr
    assert state(place) == before
