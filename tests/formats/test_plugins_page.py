"""The format of docs/plugins.md, installed as a package from the page, works as the page says."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from newsdesk import formats
from newsdesk.cli.program import build

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "plugins.md").read_text(encoding="utf-8")
(MODULE,) = re.findall(r"```python\n(.*?)```", PAGE, re.S)
(PROJECT,) = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
SHOWN = "\n".join(re.findall(r"^    ((?:slug|ferry).*)$", PAGE, re.M))
NAME = "newsroom-archive"

Call = Callable[..., Any]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    """The command line with the plug-in installed as `pip` would lay it down."""
    place = tmp_path / "site"
    (place / "newsroom_archive-1.0.dist-info").mkdir(parents=True)
    (place / "newsroom_archive.py").write_text(MODULE, encoding="utf-8")
    (group,) = (points := tomllib.loads(PROJECT)["project"]["entry-points"])
    offered = "".join(f"{name} = {value}\n" for name, value in points[group].items())
    info = place / "newsroom_archive-1.0.dist-info"
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: newsroom-archive\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{group}]\n{offered}")
    monkeypatch.syspath_prepend(str(place))
    monkeypatch.setenv("NEWSDESK_AUTHOR", "Ann")
    formats._plug_ins.cache_clear()

    def run(*arguments: object, code: int = 0) -> Any:
        result = CliRunner().invoke(build(), [str(one) for one in (*arguments, "--json")])
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)

    yield run
    formats._plug_ins.cache_clear()


def test_it_is_listed_as_a_plug_in(call: Call) -> None:
    (found,) = (one for one in call("formats") if one["plug_in"])
    assert (found["name"], found["reads"], found["writes"]) == (NAME, True, True)


def test_what_the_page_shows_is_imported_and_given_back(call: Call, tmp_path: Path) -> None:
    (tmp_path / "archive.csv").write_text(SHOWN + "\n", encoding="utf-8")
    desk = tmp_path / "a.desk"
    CliRunner().invoke(build(), ["new", str(desk)])
    told = ("import", "--desk", desk, tmp_path / "archive.csv", "--format", NAME)
    report = call(*told)
    assert (report["articles"], report["annotations"], report["problem_count"]) == (1, 4, 0)
    assert call(*told)["articles"] == 0
    call("accept", "--desk", desk)
    out = ("export", "--desk", desk, "--format", NAME, "--out", tmp_path / "out.csv")
    call(*out, code=0)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines() == SHOWN.splitlines()


def test_it_converts_and_names_what_is_wrong(call: Call, tmp_path: Path) -> None:
    (tmp_path / "archive.csv").write_text(SHOWN + "\nb,2024-13-99,B,Text,,\nc,,C,,,\n")
    way = ("convert", tmp_path / "archive.csv", "--from", NAME, "--to", "jsonl")
    report = call(*way, "--out", tmp_path / "out.jsonl", "--yes", code=3)
    assert (report["articles"], report["annotations"]) == (1, 4)
    assert [one["line"] for one in report["problems"]] == [3, 4]


@pytest.mark.allow_warnings
def test_that_it_breaks_down_is_said_and_stops_nothing_else(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(SHOWN.encode("utf-16"))
    (tmp_path / "b.csv").write_text(SHOWN + "\n", encoding="utf-8")
    desk = tmp_path / "a.desk"
    CliRunner().invoke(build(), ["new", str(desk)])
    told = ("import", "--desk", desk, tmp_path / "a.csv", tmp_path / "b.csv", "--format", NAME)
    report = call(*told, "--yes", code=3)
    assert report["articles"] == 1
    assert f"the reader of {NAME} broke down" in report["problems"][0]["message"]
