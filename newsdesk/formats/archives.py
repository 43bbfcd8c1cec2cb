"""Guarded reading of zip archives: names, sizes and ratios are checked before a byte is unpacked.

Nothing is ever unpacked to the disk. A reader asks for `members(source)` and gets the files of a
folder or of an archive, whichever it was given.
"""

import io
import re
import stat
import weakref
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO, cast

from newsdesk.formats.format import Input
from newsdesk.model import NewsdeskError

LIMIT = 100_000_000
"""Bytes that the files of an archive may have together once unpacked: some 20,000 articles."""
MAX_RATIO = 100
"""Prose packs at 2 to 4 to one, tables at 20; deflate itself ends at about 1,030 to one."""
MAX_ENTRIES = 2_000
DATASET_LIMIT = 4_000_000_000
"""The same for a dataset that is read one member after the other, and long ones piece by piece."""
DATASET_ENTRIES = 250_000

_SIGNS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_SMALL = 1 << 20  # a short text may repeat itself a thousand times and harm nobody
_HELD = 1 << 23
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?[ .]*", re.I)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError),
    *(ValueError, OverflowError),
)


def is_archive(source: Input) -> bool:
    """Whether an input begins as a zip archive does; False for a folder."""
    try:
        with source.open() as file:
            return file.read(4) in _SIGNS
    except OSError:
        return False


def members(
    source: Input,
    *,
    limit_bytes: int = LIMIT,
    max_ratio: int = MAX_RATIO,
    max_entries: int = MAX_ENTRIES,
) -> Iterator[Input]:
    """The files of a folder or of a zip archive, by name; none where the input is neither.

    The limits are those of `open_archive` and concern archives only. Raises NewsdeskError.
    """
    if is_archive(source):
        yield from open_archive(
            source, limit_bytes=limit_bytes, max_ratio=max_ratio, max_entries=max_entries
        )
    else:
        yield from source.members()


def open_archive(
    source: Input,
    *,
    limit_bytes: int = LIMIT,
    max_ratio: int = MAX_RATIO,
    max_entries: int = MAX_ENTRIES,
) -> Iterator[Input]:
    """The files of a zip archive as inputs, by name; each can be opened as often as needed.

    `limit_bytes` bounds what all files have together once unpacked, and each of them at a quarter
    of that, or at `LIMIT` if that is more;
    `max_ratio` what one file, or all, may grow by; `max_entries` how many there may be. Folders,
    links, and what systems leave behind (`__MACOSX`, `.DS_Store`, hidden files) are left out.
    Members are called `archive.zip/inner/name.txt`.

    Raises NewsdeskError, before anything is unpacked, where the file is no zip archive, is
    locked with a password, breaks a limit, has a name that leads elsewhere (`../`, absolute, a
    drive) or that Windows reserves, or has two files of one name. A member that turns out to be
    damaged raises it when it is read. OSErrors of the archive itself become NewsdeskErrors too.
    """
    archive = _Archive(source)
    infos = archive.files
    if len(infos) > max_entries:
        raise NewsdeskError(
            f"the archive has {len(infos):,} files, and at most {max_entries:,} are read. "
            "Unpack it, and import the folder or a part of it."
        )
    _check_sizes(infos, limit_bytes, max_ratio)
    checked = [(_safe_name(info), info) for info in infos]
    seen: set[str] = set()
    for name, info in sorted(checked, key=lambda pair: pair[0]):
        if name in seen:
            raise NewsdeskError(f"the archive has two files called “{_shown(name)}”. Pack it anew.")
        seen.add(name)
        if info.flag_bits & 1:
            raise NewsdeskError(
                f"“{_shown(name)}” is locked with a password. Unpack the archive first."
            )
    for name, info in sorted(checked, key=lambda pair: pair[0]):
        if _is_content(name, info):
            yield _Member(archive, info, name)


def _check_sizes(infos: list[zipfile.ZipInfo], limit: int, ratio: int) -> None:
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    largest = max((info.file_size for info in infos), default=0)
    longest = max(LIMIT, limit // 4)
    if total > limit or largest > longest:
        most = limit if total > limit else longest
        raise NewsdeskError(
            f"the archive would unpack to {max(total, largest):,} bytes, and at most {most:,} are "
            "read at once. Unpack it, and import a part of it."
        )
    for size, held in ((total, packed), *((info.file_size, info.compress_size) for info in infos)):
        if size > _SMALL and size > ratio * max(held, 1):
            raise NewsdeskError(
                f"the archive unpacks to more than {ratio} times its size, as no text does: it may "
                "be made to do harm. Nothing was unpacked."
            )


def _safe_name(info: zipfile.ZipInfo) -> str:
    name = info.filename.replace("\\", "/")
    path = PurePosixPath(name)
    if path.is_absolute() or _DRIVE.match(name) or ".." in path.parts:
        raise NewsdeskError(
            f"“{_shown(name)}” leads out of the archive. Nothing was read; don't trust its sender."
        )
    if not path.parts or _CONTROL.search(name):
        raise NewsdeskError(f"“{_shown(name)}” is no name for a file. Pack the archive anew.")
    for part in path.parts:
        if _RESERVED.fullmatch(part):
            raise NewsdeskError(
                f"“{_shown(name)}” is a name that Windows keeps for itself. Rename the file."
            )
    return str(path)


def _is_content(name: str, info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(name).parts
    if info.is_dir() or any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return False
    mode = info.external_attr >> 16
    return not mode or not stat.S_IFMT(mode) or stat.S_ISREG(mode)


def _shown(name: str) -> str:
    plain = "".join(sign if sign.isprintable() else "�" for sign in name)
    return plain if len(plain) <= 80 else plain[:79] + "…"


class _Archive:
    """An open zip archive, shared by its members, and closed when the last of them is gone."""

    def __init__(self, source: Input) -> None:
        self.name = source.name
        try:
            file = source.open()
        except OSError as error:
            raise NewsdeskError(f"it can't be read: {error.strerror}.") from error
        try:
            self.zip = zipfile.ZipFile(file)
        except _BROKEN as error:
            file.close()
            raise NewsdeskError(
                "it is no zip archive, or a damaged one. Ask for it again, or pack it anew."
            ) from error
        weakref.finalize(self, file.close)

    @property
    def files(self) -> list[zipfile.ZipInfo]:
        """The entries that are no folders."""
        return [info for info in self.zip.infolist() if not info.is_dir()]


class _Member:
    """One file of an archive."""

    def __init__(self, archive: _Archive, info: zipfile.ZipInfo, name: str) -> None:
        self._archive, self._info = archive, info
        self.name, self.size = f"{archive.name}/{name}", info.file_size

    def open(self) -> BinaryIO:
        """The member's bytes; raises NewsdeskError where it is damaged."""
        try:
            inner = self._archive.zip.open(self._info)
        except _BROKEN as error:
            raise _damaged(self.name) from error
        raw = _Unpacked(inner, self.name)
        if self.size > _HELD:
            return cast(BinaryIO, io.BufferedReader(raw, 1 << 18))
        with raw:
            return io.BytesIO(raw.readall())

    def members(self) -> Iterator[Input]:
        """None: an archive within an archive stays shut."""
        return iter(())


class _Unpacked(io.RawIOBase):
    """The stream of a member, in which every kind of damage is a NewsdeskError."""

    def __init__(self, inner: IO[bytes], name: str) -> None:
        self._inner, self._name = inner, name

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any, /) -> int:
        try:
            found = self._inner.read(len(into))
        except _BROKEN as error:
            raise _damaged(self._name) from error
        into[: len(found)] = found
        return len(found)

    def readall(self) -> bytes:
        try:
            return self._inner.read()
        except _BROKEN as error:
            raise _damaged(self._name) from error

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()


def _damaged(name: str) -> NewsdeskError:
    inner = name.partition("/")[2]
    return NewsdeskError(f"“{_shown(inner)}” in the archive is damaged. Ask for the archive again.")
