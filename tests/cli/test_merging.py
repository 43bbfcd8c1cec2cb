"""Merging desks at the command line."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from newsdesk.desk import open_desk
from newsdesk.desk.articles import retitle
from newsdesk.desk.register import new_entity
from tests.cli.conftest import state

Call = Callable[..., Result]
Ask = Callable[..., Any]


@pytest.fixture
def other(place: Path, article: str) -> Path:
    """A copy of the desk: each was given another title since, and the copy an entity."""
    copy = place.with_name("b.desk")
    shutil.copy(place, copy)
    for path, title in ((place, "Mine"), (copy, "Theirs")):
        desk = open_desk(path, title)
        retitle(desk, article, title)
        if path == copy:
            new_entity(desk, "Oslo", "GPE")
        desk.close()
    return copy


def title(place: Path) -> str:
    desk = open_desk(place, "Looker")
    try:
        return desk.library()[0].title
    finally:
        desk.close()


def test_conflicts_are_listed_and_left_open(place: Path, other: Path, call: Call) -> None:
    said = call("merge", "--desk", place, other, code=3)
    assert "Brought 1 new from b.desk" in said.stdout
    assert "1 conflict, 1 of them open." in said.stdout
    assert "title = Mine" in said.stderr and "title = Theirs" in said.stderr
    assert title(place) == "Mine"


@pytest.mark.parametrize(("rule", "stands"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_a_rule_decides_them(
    place: Path, other: Path, rule: str, stands: str, call_json: Ask
) -> None:
    report = call_json("merge", "--desk", place, other, "--rule", rule)
    assert (report["added"], report["conflict_count"], report["open"]) == ({"entity": 1}, 1, 0)
    assert report["conflicts"][0]["taken"] == rule
    assert title(place) == stands


def test_a_dry_run_changes_nothing(place: Path, other: Path, call: Call) -> None:
    before = state(place)
    said = call("merge", "--desk", place, other, "--dry-run", "--rule", "newer")
    assert said.stdout.startswith("Would bring 1 new, 1 changed from b.desk")
    assert state(place) == before


def test_a_terminal_is_asked_about_each_conflict(
    place: Path, other: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    import newsdesk.cli.merging as verb

    monkeypatch.setattr(verb, "asked", lambda question: True)
    monkeypatch.setattr(verb, "_at_a_terminal", lambda: True)
    assert "1 conflict, 0 of them open." in call("merge", "--desk", place, other).stdout
    assert title(place) == "Theirs"


def test_it_is_one_step_and_a_second_time_there_is_nothing(
    place: Path, other: Path, call: Call
) -> None:
    before = state(place)
    call("merge", "--desk", place, other, "--rule", "theirs")
    assert "Brought nothing new" in call("merge", "--desk", place, other).stdout
    call("undo", "--desk", place)
    assert {k: v for k, v in state(place).items() if k != "revisions"} == {
        k: v for k, v in before.items() if k != "revisions"
    }


def test_what_is_no_other_desk_is_refused(place: Path, tmp_path: Path, call: Call) -> None:
    (tmp_path / "a.txt").write_text("A text, and no desk at all.")
    for wrong, says in ((place, "very desk"), (tmp_path / "a.txt", "no desk of Newsdesk")):
        assert says in call("merge", "--desk", place, wrong, code=1).stderr
