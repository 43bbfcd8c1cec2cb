"""File formats: one file each; built-ins in a table, others from the entry points of plug-ins."""

import logging
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import PurePath
from typing import Any, NamedTuple, cast

from newsdesk.formats.folders import dataset_in
from newsdesk.formats.format import Format, Input, Part
from newsdesk.formats.kinds import HEAD, is_desk, not_text
from newsdesk.model import NewsdeskError

__all__ = ["GROUP", "Failure", "choose", "failed", "format_named", "formats", "known_formats"]

GROUP = "newsdesk.formats"
"""The group of entry points by which a plug-in offers a Format."""

BUILT_IN = (
    "newsdesk.formats.dataset_jsonl",
    "newsdesk.formats.dataset_json",
    "newsdesk.formats.brat",
    "newsdesk.formats.cas_xmi",
    "newsdesk.formats.cas_json",
    "newsdesk.formats.conllu",
    "newsdesk.formats.conll",
    "newsdesk.formats.tei",
    "newsdesk.formats.refi_qda",
    "newsdesk.formats.refi_codebook",
    "newsdesk.formats.doccano",
    "newsdesk.formats.prodigy",
    "newsdesk.formats.label_studio",
    "newsdesk.formats.label_studio_setup",
    "newsdesk.formats.docbin",
    "newsdesk.formats.table",
    "newsdesk.formats.claimreview",
    "newsdesk.formats.web_annotation",
    "newsdesk.formats.dataset_csv",
    "newsdesk.formats.parquet",
    "newsdesk.formats.prov",
    "newsdesk.formats.prov_o",
    "newsdesk.formats.docx",
    "newsdesk.formats.pdf",
    "newsdesk.formats.odt",
    "newsdesk.formats.rtf",
    "newsdesk.formats.eml",
    "newsdesk.formats.html",
    "newsdesk.formats.feed",
    "newsdesk.formats.newsml_g2",
    "newsdesk.formats.ninjs",
    "newsdesk.formats.warc",
    "newsdesk.formats.markdown",
    "newsdesk.formats.text",
)
"""The module of each format that Newsdesk ships. Where several recognise a file, the first is
chosen."""

TEXT = "text"
"""Plain text recognises almost anything, so it is asked last."""

_log = logging.getLogger(__name__)

# All that a stranger's module may do to us on import, short of what ends the program.
_FAULTS = (
    *(ImportError, SyntaxError, AttributeError, NameError, TypeError, ValueError),
    *(LookupError, ArithmeticError, AssertionError, RuntimeError, OSError),
)


class Failure(NamedTuple):
    """A plug-in that could not be loaded: its entry point's name, and why not."""

    name: str
    reason: str


def known_formats() -> tuple[Format, ...]:
    """Every format there is, built-ins first."""
    return (*_built_in(), *_plug_ins()[0])


def failed() -> tuple[Failure, ...]:
    """The plug-ins that failed to load, for Help to name."""
    return _plug_ins()[1]


def format_named(name: str) -> Format:
    """The format of this name; raises NewsdeskError, listing them, where there is none."""
    for each in _in_turn():
        if each.name == name:
            return each
    listed = ", ".join(each.name for each in known_formats())
    raise NewsdeskError(f"There is no format “{name}”. Nothing was done. There are: {listed}.")


def formats() -> list[dict[str, Any]]:
    """What `newsdesk formats --json` lists: each format, and what it can hold."""
    own = {each.name for each in _built_in()}
    return [
        {
            "name": each.name,
            "title": each.title,
            "suffixes": list(each.suffixes),
            "reads": each.read is not None,
            "writes": each.write is not None,
            "folder": each.folder,
            "holds": [part.value for part in Part if part not in each.losses],
            "loses": [part.value for part in Part if part in each.losses],
            "plug_in": each.name not in own,
        }
        for each in known_formats()
    ]


def choose(source: Input, name: str | None = None) -> Format:
    """The format to read a file with: the one named, or else by its suffix and first bytes.

    Raises NewsdeskError where the file is empty, a desk, or of a kind that no format reads.
    """
    if name is not None:
        named = format_named(name)
        if named.read is None:
            raise NewsdeskError(f"The format {name} can be written, not read. Nothing was done.")
        return named
    try:
        with source.open() as file:
            head = file.read(HEAD)
    except OSError as error:
        whole = dataset_in(source)
        if whole:
            return format_named(whole)
        raise NewsdeskError(f"it can't be read: {error.strerror}.") from error
    if not head:
        raise NewsdeskError("the file is empty.")
    if is_desk(head):
        raise NewsdeskError("it is a desk of Newsdesk, not an article. Open it instead.")
    found = _recognised(head, PurePath(source.name).suffix.lower())
    if found is None:
        raise NewsdeskError(
            f"it is {not_text(head) or 'no text'}, which this Newsdesk does not read. "
            "Save it as plain text, or copy the text and paste it."
        )
    return found


def _recognised(head: bytes, suffix: str) -> Format | None:
    for each in _in_turn():
        if suffix in each.suffixes and each.name != TEXT and each.read and each.recognises(head):
            return each
    readable = [each for each in known_formats() if each.read is not None]
    text = [each for each in readable if each.name == TEXT]
    others = [each for each in readable if each.name != TEXT]
    expected = [each for each in others if suffix in each.suffixes]
    for each in others:
        if each.recognises(head):
            return each
    if not_text(head) is None and expected:
        return expected[0]  # it will say best what is wrong
    return next((each for each in text if each.recognises(head)), None)


def _in_turn() -> Iterator[Format]:
    """Every format there is, each loaded when its turn comes: a dataset needs no reader of PDFs."""
    for name in BUILT_IN:
        yield cast(Format, import_module(name).FORMAT)
    yield from _plug_ins()[0]


@cache
def _built_in() -> tuple[Format, ...]:
    return tuple(cast(Format, import_module(name).FORMAT) for name in BUILT_IN)


@cache
def _plug_ins() -> tuple[tuple[Format, ...], tuple[Failure, ...]]:
    loaded: list[Format] = []
    failures: list[Failure] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            found = point.load()
            _check(found, taken={each.name for each in (*_built_in(), *loaded)})
        except _FAULTS as error:
            _log.warning("plug-in %s failed to load: %s", point.name, type(error).__name__)
            failures.append(Failure(point.name, f"{type(error).__name__}: {error}"))
        else:
            loaded.append(found)
    return tuple(loaded), tuple(failures)


def _check(found: Any, taken: set[str]) -> None:
    missing = [name for name in _MEMBERS if not hasattr(found, name)]
    if missing:
        raise TypeError(f"it is no format: it has no {', '.join(missing)}")
    if found.name in taken:
        raise ValueError(f"there is a format {found.name} already")


_MEMBERS = ("name", "title", "suffixes", "read", "write", "losses", "folder", "recognises")
