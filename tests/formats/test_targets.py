"""Exports are there when they are whole, or not at all; nothing else is ever written over."""

import errno
import os
from pathlib import Path

import pytest

from newsdesk.desk import create_desk
from newsdesk.formats.targets import target_at
from newsdesk.model import NewsdeskError


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    with target_at(path) as target:
        with target.file() as file:
            file.write(b"new")
        assert not path.exists()
    assert path.read_bytes() == b"new"
    assert left(tmp_path) == ["out.json"]


def test_an_older_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), target_at(path) as target, target.file() as file:
        file.write(b"half")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert left(tmp_path) == ["out.json"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_full_disk_leaves_no_half_file(tmp_path: Path, number: int) -> None:
    with pytest.raises(NewsdeskError) as refusal, target_at(tmp_path / "out.json") as target:
        with target.file() as file:
            file.write(b"half")
        raise OSError(number, os.strerror(number))
    full = number != errno.EIO
    assert ("The disk is full: out.json was not written" in str(refusal.value)) is full
    assert left(tmp_path) == []


def test_a_folder_a_desk_or_a_device_is_never_replaced(tmp_path: Path) -> None:
    create_desk(tmp_path / "a.desk", "Ann").close()
    before = (tmp_path / "a.desk").read_bytes()
    (tmp_path / "folder").mkdir()
    for path, words in {
        tmp_path / "folder": "is a folder",
        tmp_path / "a.desk": "is a desk. It was left alone",
        Path("/dev/null"): "is no ordinary file",
        tmp_path / "none" / "a.json": "There is no folder",
    }.items():
        with pytest.raises(NewsdeskError, match=words), target_at(path):
            pytest.fail("nothing may be written there")
    assert (tmp_path / "a.desk").read_bytes() == before


def test_a_link_is_followed_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "there.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to("there.json")
    with target_at(tmp_path / "link.json") as target, target.file() as file:
        file.write(b"new")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "there.json").read_bytes() == b"new"


def test_a_folder_of_files_appears_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.mkdir()  # an empty one may be filled
    with target_at(path, folder=True) as target:
        for name in ("a.ann", "deep/b.ann"):
            with target.file(name) as file:
                file.write(name.encode())
        assert left(path) == []
    assert (path / "deep" / "b.ann").read_bytes() == b"deep/b.ann"
    with pytest.raises(NewsdeskError, match="choose one that is empty"):
        with target_at(path, folder=True):
            pytest.fail("nothing may be written there")
    with pytest.raises(NewsdeskError, match="is a file"):
        with target_at(path / "a.ann", folder=True):
            pytest.fail("nothing may be written there")


def test_a_folder_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), target_at(tmp_path / "out", folder=True) as target:
        target.file("deep/a.ann").close()
        raise ZeroDivisionError
    assert left(tmp_path) == []


@pytest.mark.parametrize("name", ["", "/etc/x", "../x", "a/../../x", "C:x", "a\\b"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name for a file"):
        with target_at(tmp_path / "out", folder=True) as target:
            target.file(name)
    assert left(tmp_path) == []


def test_a_format_of_one_file_has_one(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one file"):
        with target_at(tmp_path / "out.json") as target:
            target.file("other")
