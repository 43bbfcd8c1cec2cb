"""Whether the files of a dataset are those that its manifest lists."""

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

import msgspec

from newsdesk.model import NewsdeskError

MANIFEST = "manifest.json"
MANIFEST_NAME, MANIFEST_VERSION = "newsdesk.manifest", 1
_LARGEST = 64 * 2**20  # bytes of a manifest that is read
_BLOCK = 1 << 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with one file of a dataset."""

    path: str
    what: str


class _Stored(NamedTuple):
    """A file of the dataset: its bytes in number, and how to read them."""

    size: int
    open: Callable[[], IO[bytes]]


def verify_dataset(place: str | Path) -> tuple[int, list[Fault]]:
    """How many files a dataset's manifest lists, and what is wrong with them; nothing where all
    are as they were written.

    `place` is the dataset's folder, or the zip archive of one. Raises NewsdeskError where there
    is no manifest, or none that can be understood.
    """
    place = Path(place)
    with _files_of(place) as there:
        listed = _listed(place, there.get(MANIFEST))
        faults = []
        for one in listed:
            stored = there.get(one.path)
            if stored is None or stored.size < 0:
                faults.append(Fault(one.path, "it is missing"))
            elif stored.size != one.bytes or _hash_of(stored) != one.sha256:
                faults.append(Fault(one.path, "it is not what was written"))
        known = {one.path for one in listed} | {MANIFEST}
        added = sorted(set(there) - known)
        return len(listed), faults + [Fault(one, "the manifest does not list it") for one in added]


@contextmanager
def _files_of(place: Path) -> Iterator[dict[str, _Stored]]:
    """The files of a folder, or of a zip archive, which is read in place; a link's size is -1."""
    if not place.is_file():
        found = (path for path in place.rglob("*") if path.is_symlink() or not path.is_dir())
        yield {
            path.relative_to(place).as_posix(): _Stored(
                path.stat().st_size if path.is_file() and not path.is_symlink() else -1,
                lambda path=path: path.open("rb"),  # type: ignore[misc]
            )
            for path in found
        }
        return
    try:
        archive = zipfile.ZipFile(place)
    except zipfile.BadZipFile as error:
        raise NewsdeskError(
            f"{place} is no zip archive, or a damaged one. Nothing was checked; name a dataset's "
            "folder, or the archive that it was packed into."
        ) from error
    with archive:
        infos = [one for one in archive.infolist() if not one.is_dir()]
        stored = {one.filename: _Stored(one.file_size, partial(archive.open, one)) for one in infos}
        if len(stored) < len(infos):
            raise NewsdeskError(f"{place} has two files of one name. Nothing was checked.")
        yield stored


def _hash_of(stored: _Stored) -> str:
    """The SHA-256 of a file; empty where the archive is damaged there."""
    try:
        with stored.open() as file:
            return _digest(file)
    except _DAMAGED:
        return ""


class _File(msgspec.Struct):
    path: str
    bytes: int
    sha256: str


class _Manifest(msgspec.Struct):
    format: str
    version: int
    files: list[_File]


def _listed(place: Path, manifest: _Stored | None) -> list[_File]:
    if manifest is None or manifest.size < 0:
        raise NewsdeskError(
            f"There is no {MANIFEST} in {place}. Nothing was checked; name a dataset's folder, or "
            "the zip archive of one."
        )
    path = place / MANIFEST
    wrong = f"{path} is no manifest of a dataset, or was changed. Nothing was checked."
    if manifest.size > _LARGEST:
        raise NewsdeskError(wrong)
    try:
        with manifest.open() as file:
            found = msgspec.json.decode(file.read(), type=_Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, *_DAMAGED) as error:
        raise NewsdeskError(wrong) from error
    if (found.format, found.version) != (MANIFEST_NAME, MANIFEST_VERSION):
        raise NewsdeskError(wrong)
    for one in found.files:
        inside = PurePosixPath(one.path)
        # The file comes from outside: it may name what is not in the folder.
        if inside.is_absolute() or ".." in inside.parts or "\\" in one.path or ":" in one.path:
            raise NewsdeskError(
                f"{path} names “{one.path}”, which is outside. Nothing was checked."
            )
    return found.files
