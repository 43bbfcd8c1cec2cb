"""Reasons, clauses and hedges by rule."""

from __future__ import annotations

import pytest

from newsdesk.suggest.claims import hedges, reason_of
from newsdesk.suggest.clauses import clauses
from newsdesk.suggest.names import Name


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("the firm had been paid twice and lied about it", "allegation"),
        ("it was the highest toll since the war", "comparison"),
        ("the wall fell because nobody mended it", "causation"),
        ("the ferry will run again in spring", "prediction"),
        ("12 boats were lost", "figure"),
        ("the ferry stopped running", "event"),
    ],
)
def test_reason(words: str, reason: str) -> None:
    assert reason_of(words, []) == reason


def test_a_sum_is_a_figure() -> None:
    assert reason_of("it will cost £4m", [Name(13, 16, "MONEY", 0.9, "")]) == "figure"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Two people have died and five are missing.",
            ["Two people have died", "five are missing."],
        ),
        ("The mill burned down, according to the police.", ["The mill burned down"]),
        ("Una Braddock said on Monday that the lock was shut.", ["the lock was shut."]),
        ("Bread and butter rose by 3%.", ["Bread and butter rose by 3%."]),
    ],
)
def test_clauses(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in clauses(text, 0, len(text))] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The club has reportedly agreed a fee.", ["reportedly"]),
        ("It is claimed that he has seen the house.", ["It is claimed that"]),
        ("it’s claimed that he will go", ["it’s claimed that"]),
        ("The wall may not last.", ["may"]),
        ("It opened in May.", []),
        ("He seems to agree.", ["seems to"]),
        ("It is expected to rise.", ["is expected to"]),
        ("The boat could carry forty.", []),
    ],
)
def test_hedges(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in hedges(text)] == found
