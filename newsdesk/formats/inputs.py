"""Files and bytes as inputs of a reader."""

import io
import stat
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, BinaryIO

from newsdesk.formats.format import Input
from newsdesk.model import NewsdeskError


class FileInput:
    """A file on the disk, or a folder of files.

    Raises NewsdeskError where there is none, or where it is a device or a pipe.
    """

    def __init__(self, path: Path, name: str = "") -> None:
        self.path, self.name = path, name or path.name
        try:
            found = path.stat()
        except OSError as error:
            raise NewsdeskError(f"{path} can't be read: {error.strerror}.") from error
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            raise NewsdeskError(f"{path} is no ordinary file. Choose a file with a text.")
        self.size = found.st_size if stat.S_ISREG(found.st_mode) else 0

    def open(self) -> BinaryIO:
        """The file's bytes from the beginning."""
        return self.path.open("rb", buffering=1 << 18)  # lines are long

    def members(self) -> Iterator[Input]:
        """The folder's files, also of folders within it; hidden ones and links are left out."""
        if not self.path.is_dir():
            return
        try:
            paths = sorted(self.path.iterdir())
        except OSError as error:
            raise NewsdeskError(f"{self.name} can't be read: {error.strerror}.") from error
        for path in paths:
            if path.name.startswith(".") or path.is_symlink():
                continue
            if not (path.is_file() or path.is_dir()):
                continue  # a pipe or a device would hold the import up for ever
            inner = FileInput(path, f"{self.name}/{path.name}")
            if path.is_dir():
                yield from inner.members()
            else:
                yield inner


class BytesInput:
    """Bytes that came without a file, such as a paste."""

    def __init__(self, content: bytes, name: str = "") -> None:
        self._content, self.name, self.size = content, name, len(content)

    def open(self) -> BinaryIO:
        """The bytes from the beginning."""
        return io.BytesIO(self._content)

    def members(self) -> Iterator[Input]:
        """None: these are no folder."""
        return iter(())


def seekable(source: Input) -> IO[bytes]:
    """An input's bytes in any order: a large one in an archive is unpacked beside it first."""
    file = source.open()
    if file.seekable():
        return file
    unpacked = TemporaryFile()  # noqa: SIM115 - closed with what reads it
    with file:
        copyfileobj(file, unpacked)
    unpacked.seek(0)
    return unpacked
