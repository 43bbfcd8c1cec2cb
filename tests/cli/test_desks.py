"""The verbs for a desk as a whole."""

import json
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from newsdesk.desk import open_desk
from tests.cli.conftest import state

Call = Callable[..., Result]
Ask = Callable[..., Any]


def test_new_makes_a_desk_with_the_newsroom_codebook(tmp_path: Path, call: Call) -> None:
    place = tmp_path / "n.desk"
    said = call("new", place).stdout
    desk = open_desk(place, "Ann")
    names = {one.name for one in desk.codebook()}
    desk.close()
    assert {"PERSON", "ORG", "QUOTE", "CLAIM", "SOURCE", "CUE"} <= names
    assert f"with {len(names)} labels" in said


def test_new_can_start_empty_or_with_a_codebook_of_ones_own(tmp_path: Path, call: Call) -> None:
    call("new", tmp_path / "empty.desk", "--empty")
    assert set(state(tmp_path / "empty.desk")) == {"revisions"}
    book = tmp_path / "book.json"
    labels = [{"name": "SHIP", "layer": "entity"}]
    book.write_text(json.dumps({"format": "newsdesk.codebook", "version": 1, "labels": labels}))
    call("new", tmp_path / "own.desk", "--codebook", book)
    desk = open_desk(tmp_path / "own.desk", "Ann")
    assert [one.name for one in desk.codebook()] == ["SHIP"]
    desk.close()


def test_a_bad_codebook_leaves_no_desk_behind(tmp_path: Path, call: Call) -> None:
    book = tmp_path / "book.json"
    book.write_text("{")
    result = call("new", tmp_path / "own.desk", "--codebook", book, code=1)
    assert "book.json" in result.stderr
    assert not (tmp_path / "own.desk").exists()
    call("new", tmp_path / "own.desk", "--codebook", book, "--empty", code=2)


def test_new_refuses_to_write_over_anything(place: Path, tmp_path: Path, call: Call) -> None:
    before = place.read_bytes()
    assert "exists already" in call("new", place, code=1).stderr
    assert place.read_bytes() == before
    assert "no folder" in call("new", tmp_path / "no" / "where.desk", code=1).stderr


def test_sample_builds_the_sample_desk(tmp_path: Path, call: Call, call_json: Ask) -> None:
    place = tmp_path / "s.desk"
    assert "articles" in call("sample", place).stdout
    articles = call_json("list", "--desk", place)
    assert len(articles) >= 6
    assert sum(one["accepted"] for one in articles) > 100
    assert call_json("check", "--desk", place)["sound"]
    assert "exists already" in call("sample", place, code=1).stderr


def test_check_of_a_sound_desk(place: Path, call: Call, call_json: Ask) -> None:
    assert call("check", "--desk", place).stdout.endswith("is sound.\n")
    assert call_json("check", "--desk", place) == {"sound": True, "findings": []}


def test_check_finds_what_was_altered_behind_the_desk(
    place: Path, article: str, call: Call, call_json: Ask
) -> None:
    with sqlite3.connect(place) as db:
        db.execute("UPDATE annotation SET quote = 'Anne' WHERE quote = 'Oslo'")
    db.close()
    before = place.read_bytes()
    found = call_json("check", "--desk", place, code=1)
    assert found["sound"] is False
    assert any("quote" in one["what"] for one in found["findings"])
    result = call("check", "--desk", place, code=1)
    assert "not sound" in result.stderr
    assert place.read_bytes() == before


def test_a_damaged_text_is_not_shown(place: Path, article: str, call: Call) -> None:
    with sqlite3.connect(place) as db:
        db.execute("DROP TRIGGER article_text_is_fixed")
        db.execute("UPDATE article_text SET text = replace(text, 'Oslo', 'Rome')")
    db.close()
    result = call("show", "--desk", place, "--article", article, code=1)
    assert "damaged" in result.stderr
    assert "Rome" not in result.output
    call("check", "--desk", place, code=1)


def test_backup_is_complete_while_the_desk_is_open(place: Path, tmp_path: Path, call: Call) -> None:
    desk = open_desk(place, "Ann")
    with desk.change("Late"):
        desk.put(desk.codebook()[0].__class__(name="LATE", layer=desk.codebook()[0].layer))
    call("backup", "--desk", place, "--to", tmp_path / "copy.desk")
    desk.close()
    assert state(tmp_path / "copy.desk") == state(place)


def test_backup_says_what_it_cannot_do(place: Path, tmp_path: Path, call: Call) -> None:
    assert "exists already" in call("backup", "--desk", place, "--to", place, code=1).stderr
    there = tmp_path / "no" / "copy.desk"
    assert "as it was" in call("backup", "--desk", place, "--to", there, code=1).stderr
    stranger = tmp_path / "notes.txt"
    stranger.write_text("no desk")
    within = stranger / "copy.desk"
    assert "as it was" in call("backup", "--desk", place, "--to", within, code=1).stderr
    arguments = ("backup", "--desk", stranger, "--to", tmp_path / "copy.desk")
    assert "no desk of Newsdesk" in call(*arguments, code=1).stderr
    assert not (tmp_path / "copy.desk").exists()
    address = "postgresql://localhost/desk"
    assert "pg_dump" in call("backup", "--desk", address, "--to", there, code=1).stderr


@pytest.mark.parametrize(
    "verb",
    [
        ("list",),
        ("check",),
        ("log",),
        ("undo",),
        ("redo",),
        ("claims",),
        ("search", "x"),
        ("show", "--article", "x"),
        ("accept",),
        ("reject",),
        ("annotate", "--article", "x", "--label", "x", "--span", "0", "1"),
    ],
)
def test_no_verb_takes_what_is_no_desk(tmp_path: Path, call: Call, verb: tuple[str, ...]) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").touch()
    (tmp_path / "text").write_text("SQLite format 3 is not what this is")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE a (b)").connection.close()
    for name, message in (
        ("missing", "There is no"),
        ("folder", "is a folder"),
        ("empty", "is empty"),
        ("text", "no desk of Newsdesk"),
        ("other.db", "no desk of Newsdesk"),
    ):
        result = call(verb[0], "--desk", tmp_path / name, *verb[1:], code=1)
        assert message in result.stderr
        assert result.stdout == ""
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == [
        "empty",
        "other.db",
        "text",
    ]


def test_a_desk_of_a_newer_version_is_refused_and_left_alone(place: Path, call: Call) -> None:
    with sqlite3.connect(place) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    before = place.read_bytes()
    result = call("list", "--desk", place, code=1)
    assert "newer Newsdesk" in result.stderr
    assert "Install the newer version" in result.stderr
    assert place.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit of a file's size")
def test_a_copy_that_does_not_fit_is_not_left_behind(
    place: Path, tmp_path: Path, call: Call
) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        said = call("backup", "--desk", place, "--to", tmp_path / "copy.desk", code=1).stderr
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "No copy" in said and not (tmp_path / "copy.desk").exists()
