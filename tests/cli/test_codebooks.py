"""The verbs of the codebook: show, check, export, import."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from newsdesk.cli.codebooks import VERBS
from newsdesk.desk import open_desk
from newsdesk.desk.sample import build_sample_desk
from newsdesk.settings import shipped

Call = Callable[..., Result]
POLNEAR = shipped("resources", "codebooks", "polnear.json")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("codebook") / "sample.desk"
    build_sample_desk(place, "Ann").close()
    return place


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_told_with_an_example(call: Call, verb: str) -> None:
    assert verb in call("codebook", "--help").stdout
    shown = call("codebook", verb, "--help").stdout
    assert f"newsdesk codebook {verb}" in shown.split("Example:")[1]
    guide = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text("utf-8")
    assert f"`codebook {verb}" in guide


def test_show_lists_labels_and_the_house(call: Call, sample: Path) -> None:
    shown = call("codebook", "show", "--desk", sample).stdout
    assert "PERSON" in shown
    assert "House rules: Newsroom, 14 checks" in shown
    found = json.loads(call("codebook", "show", "--desk", sample, "--json").stdout)
    assert {one["name"]: one["used"] for one in found["labels"]}["QUOTE"] == 128


def test_check_by_the_desk_s_house_finds_nothing_in_the_gold(call: Call, sample: Path) -> None:
    result = call("codebook", "check", "--desk", sample)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing found, by the rules of Newsroom" in result.stderr


def test_check_by_another_house_ends_with_3(call: Call, sample: Path) -> None:
    by_polnear = ("codebook", "check", "--desk", sample, "--codebook", POLNEAR, "--json")
    result = call(*by_polnear, code=3)
    found = json.loads(result.stdout)
    assert {one["check"] for one in found} == {"quote-includes-marks", "outermost-quotes-only"}
    article = found[0]["article"]
    nested = ("--check", "outermost-quotes-only", "--json")
    one = call("codebook", "check", "--desk", sample, "--article", article, *nested, code=3)
    assert {each["article"] for each in json.loads(one.stdout)} == {article}
    wrong = call("codebook", "check", "--desk", sample, "--check", "nonsense", code=1)
    assert "There are: quote-excludes-marks" in wrong.stderr
    call("codebook", "check", "--desk", sample, "--article", "none", code=1)


def test_what_an_import_would_change_is_said_before(call: Call, place: Path) -> None:
    before = steps(place)
    said = call("codebook", "import", POLNEAR, "--desk", place)
    assert said.exit_code == 0
    assert "PolNeAR" in said.stdout
    assert "do it again with --yes" in said.stderr
    assert steps(place) == before
    assert call("codebook", "import", POLNEAR, "--desk", place, "--yes").exit_code == 0
    assert steps(place) == before + 1
    again = call("codebook", "import", POLNEAR, "--desk", place)
    assert "changed" not in again.stdout
    assert call("undo", "--desk", place).exit_code == 0


def test_an_export_can_be_imported(call: Call, place: Path, tmp_path: Path) -> None:
    out = tmp_path / "book.json"
    assert "labels to" in call("codebook", "export", "--desk", place, "--out", out).stdout
    said = call("codebook", "import", out, "--desk", place, "--retire")
    assert "stay as they are" in said.stdout
    assert not {"new", "changed", "retired"} & set(said.stdout.split())


def test_only_what_is_new(call: Call, place: Path) -> None:
    said = call("codebook", "import", POLNEAR, "--desk", place, "--only-new").stdout
    assert "changed" not in said


def test_a_bad_file_changes_nothing(call: Call, place: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{}")
    before = steps(place)
    result = call("codebook", "import", bad, "--desk", place, "--yes", code=1)
    assert "bad.json can't be read" in result.stderr
    assert steps(place) == before


def steps(place: Path) -> int:
    desk = open_desk(place, "Ann")
    try:
        return len(desk.log())
    finally:
        desk.close()
