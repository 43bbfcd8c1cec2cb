"""Figures and dates, parsed from statements."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.provenance.figures import as_of, days, figures


def read(text):
    return [(one.value, " ".join(one.unit)) for one in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost £38m.", [(38e6, "£")]),
        ("It cost £110,000 a week", [(110_000, "£")]),
        ("It cost €1.5 billion and $20", [(1.5e9, "€"), (20, "$")]),
        ("It cost £6.5m.", [(6.5e6, "£")]),
        ("Sales rose by 12% or 3.5 per cent", [(12, "%"), (3.5, "%")]),
        ("Seven people died", [(7, "people")]),
        ("twenty-one people died", [(21, "people")]),
        ("three hundred people", [(300, "people")]),
        ("1,204 people", [(1204, "people")]),
        ("Nobody is missing", [(0, "people")]),
        ("about 480 households", [(480, "household")]),
        ("1.8 tonnes of carbon a hectare each year", [(1.8, "tonn carbon hectar year")]),
        ("a median of 2 metres (1 to 3 metres)", [(2, "metr")]),
    ],
)
def test_values_with_their_units(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["on 12 November 2025", "at 2am", "in 1981", "By November 2025", "in 21st place", "none", ""],
)
def test_dates_times_and_ranks_are_no_figures(text):
    assert read(text) == []


def test_the_day_that_a_statement_holds_for():
    assert as_of("By 12 November 2025 two had died.") == date(2025, 11, 12)
    assert as_of("The flood of 12 November 2025 was bad on 3 May 2026.") == date(2026, 5, 3)
    assert as_of("The flood of 12 November 2025 was bad.") is None
    assert as_of("On 31 June 2025 nothing was.") is None


def test_every_day_that_is_named():
    assert days("the night of 11–12 November 2025") == {date(2025, 11, 11), date(2025, 11, 12)}
    assert days("the 3rd of May") == set()


@given(st.integers(13, 10**9))
def test_a_sum_reads_the_same_with_commas_and_without(value):
    assert read(f"It cost £{value:,}.") == read(f"It cost £{value}.") == [(value, "£")]


@given(st.text())
def test_no_text_is_too_strange(text):
    for one in figures(text):
        assert one.unit
    days(text)
    as_of(text)
