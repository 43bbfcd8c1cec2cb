"""Whether the files of a dataset are those that its manifest lists."""

import hashlib
from pathlib import Path, PurePosixPath

import msgspec

from newsdesk.model import NewsdeskError

MANIFEST = "manifest.json"
MANIFEST_NAME, MANIFEST_VERSION = "newsdesk.manifest", 1
_LARGEST = 64 * 2**20  # bytes of a manifest that is read
_BLOCK = 1 << 20


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with one file of a dataset."""

    path: str
    what: str


def verify_dataset(folder: str | Path) -> tuple[int, list[Fault]]:
    """How many files a dataset's manifest lists, and what is wrong with them; nothing where all
    are as they were written.

    Raises NewsdeskError where there is no manifest, or none that can be understood.
    """
    folder = Path(folder)
    listed = _listed(folder)
    faults = []
    for name, size, sha256 in listed:
        path = folder / name
        if path.is_symlink() or not path.is_file():
            faults.append(Fault(name, "it is missing"))
        elif path.stat().st_size != size or file_hash(path) != sha256:
            faults.append(Fault(name, "it is not what was written"))
    known = {name for name, _, _ in listed} | {MANIFEST}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name not in known and not path.is_dir():
            faults.append(Fault(name, "the manifest does not list it"))
    return len(listed), faults


class _File(msgspec.Struct):
    path: str
    bytes: int
    sha256: str


class _Manifest(msgspec.Struct):
    format: str
    version: int
    files: list[_File]


def _listed(folder: Path) -> list[tuple[str, int, str]]:
    path = folder / MANIFEST
    if not path.is_file():
        raise NewsdeskError(
            f"There is no {MANIFEST} in {folder}. Nothing was checked; name a dataset's folder."
        )
    wrong = f"{path} is no manifest of a dataset, or was changed. Nothing was checked."
    if path.stat().st_size > _LARGEST:
        raise NewsdeskError(wrong)
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
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
    return [(one.path, one.bytes, one.sha256) for one in found.files]
