"""Dates as files write them."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.formats.dates import read_date
from newsdesk.formats.openings import opening_of


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-03-12", "2024-03-12"),
        (" 2024-03-12T10:30:00Z ", "2024-03-12T10:30:00+00:00"),
        ("2024-03-12 10:30:00 +01:00", "2024-03-12T10:30:00+01:00"),
        ("2024-03-12T10:30:00.123456-05:00", "2024-03-12T10:30:00.123456-05:00"),
        ("20240312T103000Z", "2024-03-12T10:30:00+00:00"),
        ("20240312", "2024-03-12"),
        ("D:20240312103000+01'00'", "2024-03-12T10:30:00+01:00"),
        ("D:20240312103000Z", "2024-03-12T10:30:00+00:00"),
        ("D:20240312", "2024-03-12"),
        ("Tue, 12 Mar 2024 10:30:00 +0100", "2024-03-12T10:30:00+01:00"),
        ("12 March 2024", "2024-03-12"),
        ("March 12, 2024", "2024-03-12"),
        ("12. März 2024", "2024-03-12"),
        ("12 mars 2024", "2024-03-12"),
        ("12.03.2024", "2024-03-12"),
        ("13/03/2024", "2024-03-13"),
    ],
)
def test_dates_are_read(text: str, iso: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Monday", "March 2024", "x" * 100, "2024-02-30", "D:20241399", "soon"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


def test_which_way_figures_stand() -> None:
    def read(text: str, **how: str) -> tuple[str, bool]:
        found = read_date(text, **how)  # type: ignore[arg-type]
        assert found is not None
        return tuple(found)

    assert read("03/04/2024") == ("2024-04-03", False)
    assert read("03/04/2024", language="en-US") == ("2024-03-04", False)
    assert read("03/04/2024", order="MDY") == ("2024-03-04", True)
    assert read("13/04/2024") == ("2024-04-13", True)
    assert read("04/04/2024") == ("2024-04-04", True)


def test_words_need_a_day_to_count_from() -> None:
    found = read_date("yesterday", base=datetime(2024, 3, 12))  # noqa: DTZ001 - a day has no zone
    assert found is not None
    assert found.iso == "2024-03-11"


@settings(max_examples=50)
@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = read_date(text)
    assert found is None or datetime.fromisoformat(found.iso)


@pytest.mark.parametrize(
    ("text", "byline", "published"),
    [
        ("Head\n\nBy Ada Brandt\n\n12 March 2024\n\nBody.", "Ada Brandt", "12 March 2024"),
        ("BY ADA BRANDT AND BO EK\nPublished: 2024-03-12\n", "ADA BRANDT AND BO EK", "2024-03-12"),
        ("Von Bea Holm\n\nBody", "Bea Holm", ""),
        ("by the sea\n\nIn 2024 it rained a lot in the north.", "", ""),
        ("", "", ""),
    ],
)
def test_what_the_first_lines_tell(text: str, byline: str, published: str) -> None:
    assert opening_of(text) == (byline, published)
