"""The long runs of what a desk must withstand (the figures of the specification)."""

from pathlib import Path

import pytest

from tests.soak import wear

pytestmark = pytest.mark.soak


def test_500_kills_while_saving_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert wear.kill_while_saving(tmp_path, kills=500, seed=500) >= 500


def test_4_writers_of_1000_changes_lose_none(tmp_path: Path) -> None:
    wear.write_together(tmp_path / "shared.desk", writers=4, changes=1_000)


def test_a_log_torn_at_1000_places_opens_at_a_clean_prefix(tmp_path: Path) -> None:
    assert len(wear.tear_log(tmp_path, places=1_000, seed=1_000)) > 20


def test_1000_alterations_of_the_file_crash_nothing_and_hide_nothing(tmp_path: Path) -> None:
    outcomes = wear.mutate_file(tmp_path, places=1_000, seed=1_000)
    assert outcomes["found by the check"] > 0
