"""The figures are counted as their definitions say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsdesk.model import NewsdeskError
from newsdesk.suggest.evaluation import compare, compare_texts, evaluate
from newsdesk.suggest.golds import read_gold
from newsdesk.suggest.proposals import Proposals
from newsdesk.suggest.scores import (
    Calibration,
    ClaimMark,
    Count,
    EntityMark,
    Marks,
    QuoteMark,
    average_precision,
)

LAYERS = frozenset({"entities", "quotes", "claims"})
TEXT = "Una Braddock said the lock was shut. “It stays shut,” she added."


class Silent:
    """Proposes nothing."""

    name = "silent 1"

    def suggest(self, text: str) -> Proposals:
        return Proposals()


def gold() -> Marks:
    return Marks(
        TEXT,
        (EntityMark(0, 12, "PERSON"),),
        (
            QuoteMark(((18, 35),), "indirect", (0, 12), (13, 17), "Una Braddock"),
            QuoteMark(((38, 52),), "direct", (54, 57), (58, 63), "Una Braddock"),
        ),
        (ClaimMark(18, 35),),
        LAYERS,
    )


def test_perfect_marks_score_one() -> None:
    data = compare([gold()], [gold()]).plain()
    assert data["names"]["f1"] == 1
    for kind in ("direct", "indirect"):
        assert data[kind]["content_exact"]["f1"] == 1
        assert data[kind]["content_token"]["f1"] == 1
        assert data[kind]["speaker"] == 1
    assert data["claims"]["f1"] == data["claims_average_precision"] == 1
    assert data["cue"] == 1


def test_nothing_proposed_scores_zero() -> None:
    report = evaluate(Silent(), [gold()])
    assert report.names.f1 == report.direct.f1 == report.claims.f1 == 0
    assert "PERSON" in report.table()


def test_wrong_range_is_no_exact_hit_but_overlaps() -> None:
    found = Marks(TEXT, (EntityMark(0, 3, "PERSON"),), layers=LAYERS)
    report = compare([gold()], [found])
    assert (report.entities["PERSON"].f1, report.overlaps["PERSON"].f1) == (0, 1)


def test_speaker_by_resolved_name() -> None:
    other = QuoteMark(((38, 52),), "direct", None, None, "Braddock")
    found = Marks(TEXT, quotes=(other,), layers=LAYERS)
    wanted = Marks(TEXT, quotes=(QuoteMark(((38, 52),), "direct", (0, 12)),), layers=LAYERS)
    assert compare([wanted], [found]).speakers["direct"] == [True]


def test_count() -> None:
    count = Count(6, 2, 4)
    assert (count.precision, count.recall) == (0.75, 0.6)
    assert count.f1 == pytest.approx(2 / 3)
    assert Count().f1 == 0


def test_average_precision() -> None:
    ranked = [(0.9, True), (0.8, False), (0.7, True), (0.1, False)]
    assert average_precision(ranked) == pytest.approx((1 + 2 / 3) / 2)


def test_calibration_error() -> None:
    assert Calibration([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]).error() == 0
    assert Calibration([(0.9, False)]).error() == pytest.approx(0.9)
    assert Calibration().error() == 0


def test_open_corpora_are_read(tmp_path: Path) -> None:
    rows = [
        {"text": "In Leeds", "spans": [{"start": 3, "end": 8, "label": "GPE"}]},
        {"text": "Turnout fell.", "label": 1},
        {
            "text": "“I go,” he said. He thinks so.",
            "quotes": [
                {"content": [[0, 7]], "speaker": [8, 10], "cue": [11, 15], "type": "direct"},
                {"content": [[27, 29]], "speaker": [17, 19], "cue": [20, 26], "type": "indirect"},
            ],
        },
    ]
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    places, worthy, said = read_gold(file)
    assert places.entities[0].label == "LOC"
    assert worthy.worthy is True
    assert [q.manner for q in said.quotes] == ["direct"]  # what is only thought is left out


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    for name, content in (("a.jsonl", '{"text": "x"}'), ("b.json", "[]"), ("c.jsonl", "{")):
        (tmp_path / name).write_text(content, encoding="utf-8")
        with pytest.raises(NewsdeskError, match="can't be read"):
            list(read_gold(tmp_path / name))


def test_files_without_a_common_text_are_refused(tmp_path: Path) -> None:
    for name, text in (("a.jsonl", "One"), ("b.jsonl", "Two")):
        (tmp_path / name).write_text(json.dumps({"text": text, "label": 0}), encoding="utf-8")
    with pytest.raises(NewsdeskError, match="nothing to score"):
        compare_texts(read_gold(tmp_path / "a.jsonl"), read_gold(tmp_path / "b.jsonl"))


def test_every_sentence_is_ranked_also_where_nothing_is_proposed() -> None:
    gold = [Marks(text, layers=frozenset({"worthy"}), worthy=text == "b") for text in "abc"]
    found = [
        Marks(text, judged=(ClaimMark(0, 1, sure),))
        for text, sure in zip("abc", (0.1, 0.2, 0.05), strict=True)
    ]
    report = compare(gold, found)
    assert report.plain()["claims_average_precision"] == 1.0
    assert (report.claims.hit, report.claims.missed) == (0, 1), "none was proposed"
