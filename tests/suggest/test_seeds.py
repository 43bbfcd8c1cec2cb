"""The shipped pipeline on our own articles: it must not fall far below what the model card says."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk.settings import shipped
from newsdesk.suggest.evaluation import Report, evaluate
from newsdesk.suggest.golds import read_gold
from newsdesk.suggest.scores import Marks
from newsdesk.suggest.suggester import PipelineSuggester


def seeds() -> list[Path]:
    return sorted(shipped("seeds").glob("[0-9]*.json"))


@pytest.fixture(scope="module")
def gold() -> list[Marks]:
    return [marks for path in seeds() for marks in read_gold(path)]


@pytest.fixture(scope="module")
def report(english: PipelineSuggester, gold: list[Marks]) -> Report:
    return evaluate(english, gold)


def test_gold_has_something_to_say(gold: list[Marks]) -> None:
    assert len(gold) >= 10
    assert sum(len(marks.quotes) for marks in gold) > 50


def test_entities(report: Report) -> None:
    assert report.names.f1 >= 0.8
    for label in ("DATE", "MONEY", "PERCENT"):
        assert report.entities[label].f1 >= 0.9


def test_quotes_and_speakers(report: Report) -> None:
    data = report.plain()
    assert data["direct"]["content_exact"]["f1"] >= 0.9
    assert data["direct"]["speaker"] >= 0.85
    assert data["indirect"]["content_token"]["f1"] >= 0.6
    assert data["indirect"]["speaker"] >= 0.8
    assert data["cue"] >= 0.9


def test_claims(report: Report) -> None:
    assert report.claims.recall >= 0.6
    assert report.plain()["claims_average_precision"] >= 0.45
