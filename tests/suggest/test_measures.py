"""Measures are found with exact offsets and parsed to values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.suggest.measures import measures, number_of


def found(text: str) -> list[tuple[str, str, dict[str, object]]]:
    return [(text[m.start : m.end], m.label, m.value) for m in measures(text)]


@pytest.mark.parametrize(
    ("text", "words", "label", "value"),
    [
        ("He left on 22 July 2017.", "22 July 2017", "DATE", {"iso": "2017-07-22"}),
        ("date 2017-07-22 here", "2017-07-22", "DATE", {"iso": "2017-07-22"}),
        ("On July 4, 1999 they met", "July 4, 1999", "DATE", {"iso": "1999-07-04"}),
        ("the 3rd of March", "the 3rd of March", "DATE", {"iso": "--03-03"}),
        ("It fell in May 2020 again", "May 2020", "DATE", {"iso": "2020-05"}),
        ("It fell in 2019 again", "2019", "DATE", {"iso": "2019"}),
        ("on Tuesday it rained", "Tuesday", "DATE", {}),
        ("she came last week", "last week", "DATE", {}),
        ("two weeks ago it rained", "two weeks ago", "DATE", {"value": 2.0, "unit": "week"}),
        ("a two-year contract", "two-year", "DATE", {"value": 2.0, "unit": "year"}),
        ("on Tuesday night they met", "Tuesday night", "TIME", {}),
        ("shut at 2am sharp", "2am", "TIME", {"iso": "02:00"}),
        ("at 3.30pm on Sunday", "3.30pm", "TIME", {"iso": "15:30"}),
        ("at 12am it began", "12am", "TIME", {"iso": "00:00"}),
        ("at 10:30 GMT it began", "10:30 GMT", "TIME", {"iso": "10:30"}),
        ("after 40 minutes in it", "40 minutes", "TIME", {"value": 40.0, "unit": "minute"}),
        ("for £60m more", "£60m", "MONEY", {"currency": "GBP", "amount": 60_000_000.0}),
        ("for $1.2 billion", "$1.2 billion", "MONEY", {"currency": "USD", "amount": 1.2e9}),
        ("for €1,250.50 then", "€1,250.50", "MONEY", {"currency": "EUR", "amount": 1250.5}),
        ("half a million dollars", "half a million dollars", "MONEY", None),
        ("about 40 pence each", "40 pence", "MONEY", {"currency": "GBP", "amount": 0.4}),
        ("earned €900 a week there", "€900 a week", "MONEY", {"currency": "EUR", "amount": 900.0}),
        ("fell 12% again", "12%", "PERCENT", {"value": 12.0}),
        ("by 3.5 per cent", "3.5 per cent", "PERCENT", {"value": 3.5}),
        ("up two percentage points", "two percentage points", "PERCENT", {"value": 2.0}),
        ("7 metres high", "7 metres", "QUANTITY", {"value": 7.0, "unit": "metres"}),
        ("fell at 20mm an hour", "20mm an hour", "QUANTITY", {"value": 20.0, "unit": "mm"}),
        ("some 300 yards off", "300 yards", "QUANTITY", {"value": 300.0, "unit": "yards"}),
    ],
)
def test_measure(text: str, words: str, label: str, value: dict[str, object] | None) -> None:
    match = [item for item in found(text) if item[0] == words]
    assert match, found(text)
    assert match[0][1] == label
    if value is not None:
        assert match[0][2] == value


@pytest.mark.parametrize(
    "text",
    [
        "The 26-year-old left.",
        "Twelve boats were lost.",
        "She may go.",
        "March on, he said.",
        "Rovers won 2-1.",
    ],
)
def test_what_is_no_measure(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1.2bn", 1.2e9),
        ("60m", 6e7),
        ("12,000", 12_000),
        ("twenty-five thousand", 25_000),
        ("two hundred", 200),
        ("half a million", 500_000),
        ("a million", 1_000_000),
        ("nothing", None),
    ],
)
def test_number_of(words: str, value: float | None) -> None:
    assert number_of(words) == value


@given(st.text(max_size=200))
def test_measures_stay_in_the_text_and_apart(text: str) -> None:
    last = 0
    for item in measures(text):
        assert last <= item.start < item.end <= len(text)
        last = item.end


@given(st.text(alphabet="🙂é\u200d x", max_size=20), st.integers(1, 28), st.integers(1900, 2049))
def test_offsets_after_emoji(before: str, day: int, year: int) -> None:
    text = f"{before} on {day} June {year}."
    match = next(m for m in measures(text) if m.label == "DATE")
    assert text[match.start : match.end] == f"{day} June {year}"
    assert match.value == {"iso": f"{year}-06-{day:02d}"}
