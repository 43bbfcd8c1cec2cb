"""The export with its options, and the check of a dataset's files."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from newsdesk.desk import open_desk
from newsdesk.desk.finding import save_search
from newsdesk.desk.sample import build_sample_desk
from newsdesk.model import AnnotationFilter, ArticleFilter
from tests.cli.conftest import Call


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("sample") / "s.desk"
    build_sample_desk(found, "Ann").close()
    return found


def export(call: Call, place: Path, out: Path, *options: str, code: int = 0) -> Any:
    arguments = ("export", "--desk", place, "--format", "jsonl", "--redact", "none", "--out", out)
    return call(*arguments, *options, code=code)


def articles(path: Path) -> list[Any]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]
    return [line for line in lines if line["type"] == "article"]


def test_a_split_makes_a_folder_that_can_be_checked(
    place: Path, tmp_path: Path, call: Call, call_json: Call
) -> None:
    out = tmp_path / "set"
    options = ("--label", "PERSON", "--split", "80/10/10", "--split-by", "outlet", "--seed", "7")
    report = export(call_json, place, out, *options)
    assert report["annotations"] == 82 and set(report["sides"]) == {"train", "dev", "test"}
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["query"]["labels"] == ["PERSON"]
    assert (manifest["options"]["split_by"], manifest["options"]["seed"]) == ("outlet", 7)
    assert call_json("verify-dataset", out) == {"files": 5, "whole": True, "faults": []}
    assert "set is whole: 5 files." in call("verify-dataset", out).stdout
    export(call_json, place, tmp_path / "set.zip", *options)
    assert call_json("verify-dataset", tmp_path / "set.zip")["whole"]
    (out / "dev.jsonl").unlink()
    found = call("verify-dataset", out, code=1)
    assert "dev.jsonl: it is missing" in found.stderr and found.stdout == ""
    assert (
        "choose one that is empty"
        in call(
            *("export", "--desk", place, "--format", "jsonl", "--dataset", "--out", out), code=1
        ).stderr
    )


@pytest.mark.parametrize(
    ("options", "count", "code"),
    [
        (("--outlet", "Albion Wire"), 2, 3),  # a link to another outlet's claim is cut
        (("--from", "2026"), 5, 0),
        (("--to", "2025-12-31", "--status", "annotated"), 7, 0),
        (("--label", "GPE", "--language", "en", "--marked"), 11, 0),
        (("--chunk", "paragraph", "--outlet", "Albion Wire"), 18, 3),
        (("--words", "strike OR council", "--label", "GPE"), 4, 0),
    ],
)
def test_a_file_holds_what_the_options_choose(
    place: Path, tmp_path: Path, call: Call, options: tuple[str, ...], count: int, code: int
) -> None:
    export(call, place, tmp_path / "a.jsonl", *options, code=code)
    assert len(articles(tmp_path / "a.jsonl")) == count


def test_saved_searches_are_narrowed_by_the_options(
    place: Path, tmp_path: Path, call: Call, call_json: Call
) -> None:
    desk = open_desk(place, "Ada")
    save_search(desk, "wire", ArticleFilter(outlets=("Albion Wire",)))
    save_search(desk, "people", AnnotationFilter(labels=("PERSON",)))
    desk.close()
    of_articles = export(call_json, place, tmp_path / "a", "--saved", "wire", "--label", "ORG")
    of_marks = export(
        call_json, place, tmp_path / "b", "--saved", "people", "--outlet", "Albion Wire"
    )
    labels = {
        mark["label"]
        for name in "ab"
        for one in articles(tmp_path / name)
        for mark in one["annotations"]
    }
    assert labels == {"ORG", "PERSON"} and of_articles["articles"] == of_marks["articles"] == 2
    missing = (
        "export",
        "--desk",
        place,
        "--format",
        "csv",
        "--out",
        tmp_path / "c",
        "--saved",
        "x",
    )
    assert "keeps no search" in call(*missing, code=1).stderr


def test_what_does_not_go_together_is_said(place: Path, tmp_path: Path, call: Call) -> None:
    arguments = ("export", "--desk", place, "--format", "jsonl", "--out", tmp_path / "a")
    for options, said in (
        (("--split", "many"), "80/10/10"),
        (("--dataset", "--with-journal"), "--with-journal"),
        (("--label", "NOBODY"), "has no label"),
        (("--from", "soon"), "is no date"),
        (("--status", "reviewed", "--marked"), "nothing was written"),
    ):
        assert said in call(*arguments, *options, code=1).stderr
    assert not (tmp_path / "a").exists()


def test_an_archive_is_written_where_the_name_says_so(
    place: Path, tmp_path: Path, call: Call
) -> None:
    import zipfile

    export(call, place, tmp_path / "set.zip", "--dataset")
    assert "manifest.json" in zipfile.ZipFile(tmp_path / "set.zip").namelist()
    # What only tells of the data is no article, in the archive as in the folder.
    export(call, place, tmp_path / "set", "--dataset")
    for name in ("set.zip", "set"):
        out = tmp_path / f"{name}.json"
        said = call("convert", tmp_path / name, "--to", "json", "--out", out).stdout
        assert "Wrote 12 articles" in said


def test_what_many_records_lose_alike_is_said_once(call: Any, place: Path, tmp_path: Path) -> None:
    said = call("export", "--desk", place, "--format", "doccano", "--out", tmp_path / "a", code=3)
    (line,) = [one for one in said.stderr.splitlines() if "of the label, only name" in one]
    assert re.fullmatch(r"not in the file: codebook, \d+ records: of the label, .*", line)
