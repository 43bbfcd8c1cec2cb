"""The files of an import: a folder's, a zip archive's, or the one that was named."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePath

from newsdesk.desk.dataset_checking import MANIFEST, MANIFEST_NAME
from newsdesk.desk.datasets import ARTICLES, DATASHEET
from newsdesk.formats import choose, format_named
from newsdesk.formats.archives import DATASET_ENTRIES, DATASET_LIMIT, is_archive, open_archive
from newsdesk.formats.folders import dataset_in
from newsdesk.formats.format import Input
from newsdesk.formats.inputs import FileInput
from newsdesk.formats.kinds import HEAD
from newsdesk.model import NewsdeskError


def files_in(source: Input, format: str | None = None) -> Iterator[Input]:
    """The files that an input stands for.

    A zip archive is taken as the folder that was packed into it, unless it is itself a document
    or a dataset that a format reads (`format` is the one asked for, if any). Archives within
    folders are opened too, archives within archives are not. A folder that is one dataset is
    given as it is. Raises NewsdeskError where an
    archive is damaged, locked, or made to do harm.
    """
    if format is not None and format_named(format).folder:
        yield source
    elif isinstance(source, FileInput) and source.path.is_dir():
        if format is None and dataset_in(source):
            yield source
            return
        about = about_data(source.path)
        for member in source.members():
            if PurePath(member.name).name not in about:
                yield from _opened(member, format, within=True)
    else:
        yield from _opened(source, format)


def about_data(path: Path) -> frozenset[str]:
    """The names of the files that only tell of the data, where a folder or a zip archive is a
    dataset that Newsdesk made; none elsewhere."""
    try:
        if path.is_dir():
            with (path / MANIFEST).open("rb") as file:
                head = file.read(HEAD)
        else:
            with zipfile.ZipFile(path) as archive, archive.open(MANIFEST) as packed:
                head = packed.read(HEAD)
    except (OSError, KeyError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error):
        return frozenset()
    known = MANIFEST_NAME.encode() in head
    return frozenset((MANIFEST, DATASHEET, ARTICLES)) if known else frozenset()


def _opened(source: Input, format: str | None, *, within: bool = False) -> Iterator[Input]:
    """The files of an archive, or the file itself. One of a folder that is damaged is given as it
    is: whoever reads it refuses it under its own name, and goes on with the others."""
    if not is_archive(source) or _is_read_whole(source, format):
        yield source
        return
    # Each member is read alone and then forgotten: only the longest is ever held.
    about = about_data(source.path) if isinstance(source, FileInput) else frozenset()
    try:
        for one in open_archive(source, limit_bytes=DATASET_LIMIT, max_entries=DATASET_ENTRIES):
            if PurePath(one.name).name not in about:
                yield one
    except NewsdeskError:
        if not within:
            raise
        yield source


def _is_read_whole(source: Input, format: str | None) -> bool:
    if format is not None:
        with source.open() as file:
            return format_named(format).recognises(file.read(HEAD))
    try:
        choose(source)
    except NewsdeskError:
        return False
    return True
