"""Suggestions from the command line, and their scores."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsdesk.desk import learning
from newsdesk.model import Annotation, Status
from tests.cli.conftest import Call, state


def test_a_desk_gets_suggestions_that_wait(call: Call, place: Path, article: str) -> None:
    said = call("suggest", "--desk", place, "--article", article).stdout
    assert "new suggestion" in said
    marks = [one for one in state(place).values() if isinstance(one, Annotation)]
    assert {one.status for one in marks} == {Status.PROPOSED}
    assert any(one.quote.startswith("We 😀 agreed") for one in marks)
    assert "0 new suggestions" in call("suggest", "--desk", place).stdout, "the same again"


def test_files_become_a_dataset_that_evaluate_reads(
    call: Call, call_json: Callable[..., Any], tmp_path: Path
) -> None:
    text = tmp_path / "a.txt"
    text.write_text("“It rained,” said Anna Berg, the mayor of Paris.", encoding="utf-8")
    gold = tmp_path / "gold.jsonl"
    words = text.read_text(encoding="utf-8")
    start = words.index("Anna Berg")
    spans = [{"start": start, "end": start + 9, "label": "PERSON"}]
    gold.write_text(json.dumps({"text": words, "spans": spans}) + "\n", encoding="utf-8")
    for file in (text, gold):
        out = tmp_path / f"{file.stem}-predicted.jsonl"
        assert "Wrote 1 article" in call("suggest", file, "--out", out).stdout
        found = call_json("evaluate", gold, out)
        assert found["texts"] == 1
        assert found["entities"]["PERSON"]["f1"] == 1.0
    asked = call_json("evaluate", gold)
    assert asked["entities"]["PERSON"] == found["entities"]["PERSON"]
    assert "PERSON" in call("evaluate", gold, out).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("suggest",), 2, "Give --desk DESK"),
        (("suggest", "a.txt"), 2, "Give --desk DESK"),
        (("suggest", "none.txt", "--out", "x.jsonl"), 1, "none.txt"),
        (("suggest", "broken.jsonl", "--out", "x.jsonl"), 1, "Line 2 of broken.jsonl"),
        (("evaluate", "none.json"), 1, "There is no file"),
        (("evaluate", "broken.jsonl"), 1, "Nothing was scored"),
        (("evaluate", "bare.jsonl"), 1, "In bare.jsonl nobody marked anything"),
    ],
)
def test_what_can_not_be_is_said(
    call: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bare.jsonl").write_text('{"text": "Ada.", "spans": []}\n')
    Path("broken.jsonl").write_text('{"text": "Ada.", "spans": []}\n{"txt": 1}\n')
    assert said in " ".join(call(*arguments, code=code).stderr.split())
    assert not Path("x.jsonl").exists()


def test_train_writes_a_folder_and_switches_only_for_the_better(
    call: Call, call_json: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_HOME", str(tmp_path / "home"))
    rows = []
    for number in range(14):
        text, spans = "", []
        for part in "ABCD":
            name = f"MV Fulmar {number}{part}"
            text += "The crew left the "
            spans.append({"start": len(text), "end": len(text) + len(name), "label": "SHIP"})
            text += f"{name} in the lock. "
        rows.append(json.dumps({"text": text, "spans": spans}))
    data = tmp_path / "ships.jsonl"
    data.write_text("\n".join(rows), encoding="utf-8")
    monkeypatch.setattr("newsdesk.suggest.learning.teaching._MOST_PASSES", 8)
    monkeypatch.setattr("newsdesk.suggest.learning.answers._REHEARSED", 40)
    real, learnt = learning.train_on_files, []
    monkeypatch.setattr(
        "newsdesk.desk.learning.train_on_files",
        lambda *them, **more: learnt.append(real(*them, **more)) or learnt[0],
    )
    first = call("train", "--data", data, "--out", tmp_path / "one")
    assert "held out" in first.stdout
    assert "SHIP" in first.stdout
    assert "from now on" in first.stderr
    found = call_json("evaluate", data)
    assert found["entities"]["SHIP"]["f1"] > 0.8, "the chosen pipeline is asked"
    worse = replace(learnt[0], better=False)
    monkeypatch.setattr("newsdesk.desk.learning.train_on_files", lambda *_, **__: worse)
    assert "no better" in call("train", "--data", data, "--out", tmp_path / "one").stderr
    assert "from now on" in call("train", "--data", data, "--out", tmp_path / "one", "--use").stderr
    assert call_json("train", "--data", data, "--out", tmp_path / "one")["better"] is False


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "Give --desk DESK, or --data PATH"),
        (("--data", "three.jsonl"), 1, "At least 50"),
        (("--full",), 2, "--full takes"),
        (("--full", "--corpora", ".", "--start", "none"), 1, "Nothing was trained"),
    ],
)
def test_train_says_what_it_needs(
    call: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("three.jsonl").write_text('{"text": "Ada.", "label": 1}\n' * 3)
    assert said in " ".join(call("train", "--out", "out", *arguments, code=code).stderr.split())
    assert not Path("out").exists()


def test_the_least_sure_articles_come_first(
    call: Call, call_json: Callable[..., Any], place: Path, article: str
) -> None:
    call("suggest", "--desk", place)
    (line,) = call_json("list", "--desk", place, "--by", "uncertainty")
    assert line["id"] == article
    assert call_json("list", "--desk", place, "--by", "uncertainty", "--limit", "1") == [line]
