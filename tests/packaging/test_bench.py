"""The bench's corpora are the same everywhere and true, and its table says what was measured."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bench import corpus
from bench.cases import CASES
from bench.measuring import Result, _result, measured
from bench.sides import Case, Figure, Room
from bench.table import markdown, table

ROOT = Path(__file__).resolve().parents[2]


def test_an_article_is_the_same_each_time_and_has_the_shape_of_news() -> None:
    one, again = corpus.article(7), corpus.article(7)
    assert one == again
    articles = [corpus.article(number) for number in range(1, 31)]
    words = sum(len(each["text"].split()) for each in articles) / len(articles)
    marks = sum(len(each["annotations"]) for each in articles) / len(articles)
    assert 500 < words < 600
    assert 28 <= marks <= 30
    texts = "".join(each["text"] for each in articles)
    assert re.search("[\U00010000-\U0010ffff]", texts)
    assert re.search("[\u0100-\u024f]", texts)


def test_every_mark_quotes_its_text_and_every_id_is_an_id() -> None:
    articles = [*map(corpus.article, range(1, 21)), corpus.long_article(500, 30_000)]
    ids = [each["id"] for each in articles]
    for each in articles:
        for mark in each["annotations"]:
            ((start, end),) = mark["spans"]
            assert [each["text"][start:end]] == mark["text"]
            ids.append(mark["id"])
    assert len(set(ids)) == len(ids)
    form = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    assert all(re.fullmatch(form, id) for id in ids)


def test_the_long_text_is_as_long_as_asked_and_its_marks_overlap() -> None:
    one = corpus.long_article(2_000, 100_000)
    assert len(one["text"]) == 100_000
    spans = [mark["spans"][0] for mark in one["annotations"]]
    assert len(spans) == 2_000
    assert sum(end - start for start, end in spans) > 100_000


def test_both_sides_take_the_corpora_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bench import bare, desks

    from newsdesk.desk import open_desk
    from newsdesk.model import Annotation, Article

    few = [corpus.article(number, status="proposed") for number in range(1, 4)]
    file = corpus.path_of(tmp_path, "few")
    file.write_text("\n".join(corpus.dataset(iter(few))) + "\n", encoding="utf-8")
    room = Room(tmp_path, tmp_path)
    db = bare.connect(bare.ready(room, "few"))
    marks = sum(len(each["annotations"]) for each in few)
    assert db.execute("SELECT count(*) FROM annotation").fetchone() == (marks,)
    db.close()
    desk = open_desk(desks.own_copy(room, "few"), "Bench")
    assert (desk.count(Article), desk.count(Annotation)) == (3, marks)
    assert desk.search("ferry")
    desk.close()


def test_each_case_has_a_figure_with_a_budget() -> None:
    for case in CASES.values():
        assert case.figures
        for figure in case.figures:
            assert figure.ratio or figure.seconds or figure.mebibytes
            assert figure.ratio is None or case.limit is not None


def case(**budget: float) -> Result:
    limits, ours = [{"seconds": [1.0, 2.0, 9.0]}] * 3, [{"seconds": [3.0, 4.0, 5.0]}] * 3
    return _result("tea", Figure("make tea", **budget), limits, ours)  # type: ignore[arg-type]


def test_a_result_is_a_ratio_of_medians_and_held_or_not() -> None:
    held, over, both = case(ratio=2.0), case(ratio=1.9), case(ratio=2.0, seconds=3.9)
    assert (held.limit, held.newsdesk, held.ratio, held.held) == (2.0, 4.0, 2.0, True)
    assert not over.held
    assert not both.held
    assert both.budget == "≤ 2.0 ×, ≤ 3900 ms"


def test_the_table_shows_limit_newsdesk_ratio_budget_and_verdict() -> None:
    shown = table([case(ratio=2.0), case(ratio=1.9)])
    assert shown.splitlines()[0].split() == ["work", "limit", "Newsdesk", "ratio", "budget"]
    assert shown.splitlines()[2].split() == "make tea 2.00 s 4.00 s 2.00 × ≤ 2.0 × ok".split()
    assert shown.endswith("OVER")
    assert markdown([case(ratio=2.0)]).splitlines()[-1] == (
        "| make tea | 2.00 s | 4.00 s | 2.00 × | ≤ 2.0 × | ok |"
    )


def test_an_unknown_case_is_wrong_usage() -> None:
    command = [sys.executable, "packaging/bench", "--only", "tea"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "There is no such case" in done.stderr


def test_the_docs_show_every_figure() -> None:
    shown = (ROOT / "docs" / "measurements.md").read_text(encoding="utf-8")
    missing = [f.name for case in CASES.values() for f in case.figures if f.name not in shown]
    assert missing == []


def test_a_case_is_measured_in_turn_in_processes_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def in_fresh_process(_: str, side: str, cache: Path) -> dict[str, list[float]]:
        asked.append(side)
        return {"seconds": [1.0 if side == "limit" else 2.0]}

    monkeypatch.setattr("bench.measuring.in_fresh_process", in_fresh_process)
    tea = Case("tea", lambda _: {}, lambda _: {}, (Figure("make tea", ratio=3.0),))
    (result,) = measured(tea, tmp_path, 2, lambda _: None)
    assert asked == ["ready", "limit", "newsdesk", "limit", "newsdesk"]
    assert (result.ratio, result.held) == (2.0, True)
