"""Writing REFI-QDA: a project (.qdpx) with codes, users, texts, codings; or a codebook (.qdc)."""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, BinaryIO

from newsdesk.formats.companion import FILE, Companion
from newsdesk.formats.derived import derived_id
from newsdesk.formats.flat import lose_records
from newsdesk.formats.format import Bundle, Dataset, Losses, Part, Target
from newsdesk.formats.xml_writing import content, quoted
from newsdesk.model import Annotation, Label

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
NOBODY = "Newsdesk"
"""The user of codings whose author is not known: some readers need one."""

_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_EPOCH = "2000-01-01T00:00:00Z"
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})")
_SPOOLED = 1 << 22
_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def guid(id: str) -> str:
    """An id as a GUID: itself where it is one."""
    return id if _GUID.fullmatch(id) else derived_id("guid", id)


def selection_guid(mark: str, fragment: int) -> str:
    """The GUID of the selection that is a mark's fragment with this number."""
    return derived_id("selection", mark, str(fragment))


def code_names(labels: tuple[Label, ...]) -> dict[str, str]:
    """A name for each label's code: its own, with the layer where two have the same."""
    names = [label.name for label in labels]
    return {
        label.id: f"{label.name} ({label.layer.value})"
        if names.count(label.name) > 1
        else label.name
        for label in labels
    }


def write_project(dataset: Dataset, target: Target) -> Losses:
    """Write the archive; its time stamps are fixed, so that the same desk gives the same bytes."""
    losses = Losses()
    companion = Companion(dataset, "refi-qda", losses)
    names = {label.id: guid(label.id) for label in dataset.labels}
    users: dict[str, str] = {}
    with (
        target.file() as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        tempfile.SpooledTemporaryFile(_SPOOLED) as sources,
        tempfile.SpooledTemporaryFile(_SPOOLED) as aside,
    ):
        companion.begin(aside, names)
        count = 0
        for bundle in dataset.articles():
            count += 1
            key = guid(bundle.article.id)
            with archive.open(_entry(f"sources/{key}.txt"), "w") as text:
                text.write(bundle.article.text.encode())
            sources.write("".join(_source(bundle, key, names, users)).encode())
            companion.article(aside, key, bundle)
        companion.end(aside)
        with archive.open(_entry("project.qde"), "w", force_zip64=True) as project:
            project.write(_opening(dataset.labels, users).encode())
            project.write(b"<Sources>\n" if count else b"")
            _copy(sources, project)
            project.write(b"</Sources>\n</Project>\n" if count else b"</Project>\n")
        with archive.open(_entry(FILE), "w", force_zip64=True) as kept:
            _copy(aside, kept)
    return losses


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _copy(spooled: IO[bytes], into: IO[bytes]) -> None:
    spooled.seek(0)
    while chunk := spooled.read(1 << 20):
        into.write(chunk)


def _opening(labels: tuple[Label, ...], users: dict[str, str]) -> str:
    lines = ['<?xml version="1.0" encoding="utf-8"?>\n']
    lines.append(f'<Project xmlns="{PROJECT}" name="Newsdesk" origin="Newsdesk">\n<Users>\n')
    for name, key in sorted({NOBODY: user_guid(NOBODY), **users}.items()):
        lines.append(f'<User guid="{key}" name={quoted(name)}/>\n')
    lines.append("</Users>\n")
    if labels:
        lines += ["<CodeBook>\n", *_codes(labels), "</CodeBook>\n"]
    return "".join(lines)


def user_guid(name: str) -> str:
    """The GUID of a person."""
    return derived_id("user", name)


def _codes(labels: tuple[Label, ...]) -> Iterator[str]:
    names = code_names(labels)
    yield "<Codes>\n"
    for label in labels:
        said = f'<Code guid="{guid(label.id)}" name={quoted(names[label.id])} '
        said += f'isCodable="true" color="{label.colour}"'
        if label.guideline:
            said += f"><Description>{content(label.guideline)}</Description></Code>\n"
        yield said if label.guideline else f"{said}/>\n"
    yield "</Codes>\n"


def _source(
    bundle: Bundle, key: str, names: dict[str, str], users: dict[str, str]
) -> Iterator[str]:
    article = bundle.article
    name = _UNFIT.sub(" ", article.title).strip(" .")[:80] or key
    at = _MOMENT.match(article.imported_at)
    when = f'creatingUser="{user_guid(NOBODY)}" creationDateTime="{at[1] + "Z" if at else _EPOCH}"'
    path = f"internal://{key}.txt"
    yield f'<TextSource guid="{key}" name={quoted(name)} plainTextPath="{path}" {when}>\n'
    for mark in bundle.annotations:
        yield from _selections(mark, article.text, names, users, when)
    yield "</TextSource>\n"


def _selections(
    mark: Annotation, text: str, names: dict[str, str], users: dict[str, str], when: str
) -> Iterator[str]:
    if mark.author:
        users.setdefault(mark.author, user_guid(mark.author))
        when = when.replace(user_guid(NOBODY), users[mark.author])
    note = f"<Description>{content(mark.note)}</Description>" if mark.note else ""
    for number, (start, end) in enumerate(mark.spans):
        key = selection_guid(mark.id, number)
        yield (
            f'<PlainTextSelection guid="{key}" name={quoted(text[start:end])} '
            f'startPosition="{start}" endPosition="{end}" {when}>{note}'
            f'<Coding guid="{derived_id("coding", key)}" {when}>'
            f'<CodeRef targetGUID="{names[mark.label]}"/></Coding></PlainTextSelection>\n'
        )


def write_codebook(dataset: Dataset, target: Target) -> Losses:
    """Write the codebook alone; all else is a loss."""
    losses = Losses()
    lose_records(dataset, losses, codebook="layer, pattern, key and attributes are not written")
    for bundle in dataset.articles():
        what = "a codebook holds no articles, nor what is marked in them"
        losses.add(Part.ANNOTATIONS, bundle.article.id, what)
    with target.file() as file:
        _write_codebook(dataset.labels, file)
    return losses


def _write_codebook(labels: tuple[Label, ...], file: BinaryIO) -> None:
    codes = "".join(_codes(labels)) if labels else "<Codes/>\n"
    file.write(
        f'<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="{CODEBOOK}" '
        f'origin="Newsdesk">\n{codes}</CodeBook>\n'.encode()
    )
