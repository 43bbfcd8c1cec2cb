"""Converting files at the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Call = Callable[..., Result]
Ask = Callable[..., Any]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """A file of doccano's, whose offsets count UTF-16 units."""
    path = tmp_path / "admin.jsonl"
    path.write_text(
        json.dumps({"id": 1, "text": "😀 Ada left.", "label": [[3, 6, "PERSON"]]}) + "\n"
        + json.dumps({"id": 2, "text": "Nobody did.", "label": []}) + "\n"
    )
    return path


def test_a_dataset_becomes_another_and_options_reach_its_reader(
    lines: Path, tmp_path: Path, call: Call
) -> None:
    out = tmp_path / "out.jsonl"
    said = call("convert", lines, "--to", "jsonl", "--out", out, "--option", "offsets=utf-16")
    assert said.stdout == f"Wrote 2 articles and 1 annotation to {out}.\n"
    articles = [json.loads(each) for each in out.read_text().splitlines()[1:]]
    (mark,) = next(one for one in articles if one["type"] == "article")["annotations"]
    assert (mark["spans"], mark["text"]) == ([[2, 5]], ["Ada"])


def test_losses_are_said_and_end_with_three(lines: Path, tmp_path: Path, call_json: Ask) -> None:
    way = ("convert", lines, "--from", "doccano", "--to", "conll", "--out", tmp_path / "a.conll")
    report = call_json(*way, "--option", "offsets=utf-16", code=3)
    assert (report["articles"], report["annotations"]) == (2, 1)
    assert report["loss_count"] == len(report["losses"]) > 0
    assert {"part", "record", "what"} == report["losses"][0].keys()


def test_what_is_wrong_keeps_everything_back_unless_the_rest_is_asked_for(
    lines: Path, tmp_path: Path, call: Call, call_json: Ask
) -> None:
    with lines.open("a") as file:
        file.write('{"text": "Bo.", "label": [[0, 99, "PERSON"]]}\n')
    way = ("convert", lines, "--to", "jsonl", "--out", tmp_path / "out.jsonl")
    assert "line 3" in call(*way, code=1).stderr
    assert not (tmp_path / "out.jsonl").exists()
    report = call_json(*way, "--yes", code=3)
    assert (report["articles"], report["problem_count"]) == (3, 1)


def test_a_folder_of_articles_becomes_a_dataset(tmp_path: Path, call: Call) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"The harbour of {name} closed.")
    said = call("convert", folder, "--to", "jsonl", "--out", tmp_path / "out.jsonl")
    assert said.stdout.startswith("Wrote 2 articles and 0 annotations")


def test_no_such_file_format_or_option_is_an_error(
    lines: Path, place: Path, tmp_path: Path, call: Call
) -> None:
    out = ("--out", tmp_path / "x")
    assert "no format" in call("convert", lines, "--to", "nothing", *out, code=1).stderr
    assert "not written" in call("convert", lines, "--to", "text", *out, code=1).stderr
    assert "desk of Newsdesk" in call("convert", place, "--to", "json", *out, code=1).stderr
    assert "nowhere" in call("convert", tmp_path / "nowhere", "--to", "json", *out, code=1).stderr
    wrong = ("convert", lines, "--to", "json", *out, "--option", "offsets")
    assert "has no value" in call(*wrong, code=1).stderr


def test_import_takes_options_of_the_format(lines: Path, place: Path, call_json: Ask) -> None:
    way = ("import", "--desk", place, lines, "--option", "offsets=utf-16")
    assert call_json(*way)["annotations"] == 1
    found = call_json("annotations", "--desk", place)
    assert "'Ada'" in str(found)
