"""Telling whether a folder is one dataset of many files, rather than many files in a folder."""

from pathlib import PurePosixPath

from newsdesk.formats.companion import FILE, companion_of
from newsdesk.formats.format import Input

_SUFFIXES = {".ann": "brat", ".xmi": "cas-xmi"}
_LOOKED_AT = 1_000


def dataset_in(source: Input) -> str:
    """The name of the format of a folder's files together; empty where they stand alone.

    A companion of Newsdesk's says it; without one, a file that only such a format has.
    """
    found = ""
    for count, file in enumerate(source.members()):
        if PurePosixPath(file.name).name == FILE:
            return companion_of(file)
        if count < _LOOKED_AT:
            found = found or _SUFFIXES.get(PurePosixPath(file.name).suffix.lower(), "")
    return found
