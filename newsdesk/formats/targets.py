"""Where exports go: written beside their place under another name, and moved there when whole."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from newsdesk.formats.format import Target
from newsdesk.formats.kinds import is_desk
from newsdesk.model import NewsdeskError, new_id


class _OneFile:
    def __init__(self, draft: Path) -> None:
        self._draft = draft

    def file(self, name: str = "") -> BinaryIO:
        if name:
            raise ValueError("this format writes one file: it has no other name")
        return self._draft.open("wb", buffering=1 << 18)


class _Folder:
    def __init__(self, draft: Path) -> None:
        self._draft = draft

    def file(self, name: str = "") -> BinaryIO:
        path = PurePosixPath(name)
        if not name or path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise ValueError(f"{name!r} is no name for a file in a folder")
        if len(path.parts) > 1:
            (self._draft / path).parent.mkdir(parents=True, exist_ok=True)
        return (self._draft / path).open("xb")


@contextmanager
def target_at(path: Path, *, folder: bool = False) -> Iterator[Target]:
    """A target that becomes `path` when the block ends well, and leaves nothing when it does not.

    A file that stands there is replaced, never a folder, a desk or a device. Raises NewsdeskError
    where it can't be written, also when the disk is full.
    """
    path = Path(os.path.realpath(path))
    draft = path.with_name(f".{path.name[:20]}.{new_id()}.part")
    try:
        _check_place(path, folder)
        try:
            if folder:
                draft.mkdir()
            yield _Folder(draft) if folder else _OneFile(draft)
            _settle(draft, path, folder)
        finally:
            _clear(draft)
    except OSError as error:
        raise NewsdeskError(_why(path, error)) from error


def _check_place(path: Path, folder: bool) -> None:
    if path.is_dir():
        if not folder or any(path.iterdir()):
            raise NewsdeskError(
                f"{path} is a folder. Nothing was written; choose "
                + ("one that is empty or new." if folder else "the name of a file.")
            )
        return
    if not path.parent.is_dir():
        raise NewsdeskError(f"There is no folder {path.parent}. Make it first, or choose another.")
    if not path.exists():
        return
    if folder or not path.is_file():
        what = "a file" if path.is_file() else "no ordinary file"
        raise NewsdeskError(f"{path} is {what}. Nothing was written; choose another name.")
    with path.open("rb") as file:
        if is_desk(file.read(100)):
            raise NewsdeskError(f"{path} is a desk. It was left alone; choose another name.")


def _settle(draft: Path, path: Path, folder: bool) -> None:
    if folder:
        if path.is_dir():
            path.rmdir()
        draft.rename(path)
        return
    if not draft.exists():
        draft.touch()
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(draft, path)


def _clear(draft: Path) -> None:
    if draft.is_dir():
        for path in sorted(draft.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        draft.rmdir()
    else:
        draft.unlink(missing_ok=True)


def _why(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"The disk is full: {path.name} was not written, and no half of it is left. "
            "Free some space, or choose another disk."
        )
    return f"{path} can't be written: {error.strerror or error}. Nothing is left of it."
