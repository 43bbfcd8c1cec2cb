"""Who marked what, where several people's files tell of one article: a folder or a file each."""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

# INCEpTION's projects have a folder for each document, and in it a file for each person.
_DOCUMENT = re.compile(r"(?:^|/)annotation/([^/]+)/[^/]+$")
_NOBODY = "INITIAL_CAS"


class Copy(NamedTuple):
    """One person's file of an article: the article's name, and the person's."""

    article: str
    person: str


def copies(names: Iterable[str], text_of: Callable[[str], Hashable]) -> dict[str, Copy]:
    """The files of several people, by name: those of one name in several folders, or of one
    document in INCEpTION's. `text_of` is asked for what such files are over; only those with the
    very same text are one article, the others are articles of their own, and are left out here.
    """
    groups: dict[str, list[str]] = {}
    for name in names:
        document = _DOCUMENT.search(name)
        groups.setdefault(document[1] if document else PurePosixPath(name).name, []).append(name)
    found: dict[str, Copy] = {}
    for key, several in groups.items():
        same: dict[Hashable, list[str]] = {}
        for name in several if len(several) > 1 else ():
            same.setdefault(text_of(name), []).append(name)
        for each in same.values():
            if len(each) > 1:
                stem = PurePosixPath(key).stem
                found |= {
                    name: Copy(stem, who)
                    for name, who in zip(each, _people(key, each), strict=True)
                }
    return found


def _people(key: str, names: Sequence[str]) -> list[str]:
    """The person of each file: the first part of the path that tells them apart."""
    paths = [PurePosixPath(name) for name in names]
    if paths[0].name != key:
        return ["" if path.stem == _NOBODY else path.stem for path in paths]
    folders = [path.parts[:-1] for path in paths]
    shared = 0
    while len({parts[shared : shared + 1] for parts in folders}) == 1:
        shared += 1
    return [parts[shared] if shared < len(parts) else "" for parts in folders]
