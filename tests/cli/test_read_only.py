"""A desk that can only be read: shown, and never written."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.conftest import state

Call = Callable[..., Result]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="file rights are POSIX here")


@pytest.fixture
def archived(place: Path, article: str, tmp_path: Path, call: Call) -> Iterator[Path]:
    """A desk's file in a folder of which nothing may be written, seen by nobody in particular."""
    # What is imported late is imported now: another user may not be able to read it.
    call("show", "--desk", place, "--article", article)
    call("accept", "--desk", place, "--label", "CUE")
    call("backup", "--desk", place, "--to", tmp_path / "warm.desk")
    call("new", tmp_path / "new.desk", "--empty")
    tmp_path.chmod(0o777)
    folder = place.parent / "archive"
    folder.mkdir()
    moved = place.rename(folder / place.name)
    moved.chmod(0o444)
    folder.chmod(0o555)
    for parent in folder.parents:
        if parent.stat().st_uid == os.geteuid():
            parent.chmod(parent.stat().st_mode | 0o011)
    root = os.geteuid() == 0  # who may write anywhere, and so looks as another user
    if root:
        os.seteuid(65534)
    try:
        yield moved
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_it_is_read_but_not_written(article: str, archived: Path, call: Call) -> None:
    before, bytes_before = state(archived), archived.read_bytes()
    assert "Zoë" in call("show", "--desk", archived, "--article", article).stdout
    assert call("check", "--desk", archived).stdout.endswith("is sound.\n")
    annotate = ("annotate", "--article", article, "--label", "GPE", "--span", 35, 39)
    for verb, *more in (annotate, ("accept",), ("reject",), ("undo",)):
        result = call(verb, "--desk", archived, *more, code=1)
        assert "only be read" in result.stderr
        assert "Copy the file" in result.stderr
        assert result.stdout == ""
    assert state(archived) == before
    assert archived.read_bytes() == bytes_before
    assert [one.name for one in archived.parent.iterdir()] == [archived.name]


def test_a_new_desk_can_t_be_made_beside_it(archived: Path, call: Call) -> None:
    result = call("new", archived.with_name("b.desk"), "--empty", code=1)
    assert "can't be made" in result.stderr


def test_a_copy_of_it_can_be_made_elsewhere(archived: Path, tmp_path: Path, call: Call) -> None:
    call("backup", "--desk", archived, "--to", tmp_path / "copy.desk")
    assert state(tmp_path / "copy.desk") == state(archived)
