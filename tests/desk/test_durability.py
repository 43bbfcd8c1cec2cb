"""What was acknowledged stays: short runs of the soak tests, in every test run."""

from pathlib import Path

from tests.soak import wear


def test_kills_while_saving_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert wear.kill_while_saving(tmp_path, kills=5, seed=5) >= 5


def test_two_writers_lose_no_change(tmp_path: Path) -> None:
    wear.write_together(tmp_path / "shared.desk", writers=2, changes=50)


def test_a_torn_log_opens_at_a_clean_prefix(tmp_path: Path) -> None:
    assert len(wear.tear_log(tmp_path, places=20, seed=20)) > 5


def test_an_altered_file_crashes_nothing_and_hides_nothing(tmp_path: Path) -> None:
    assert sum(wear.mutate_file(tmp_path, places=20, seed=20).values()) == 20
