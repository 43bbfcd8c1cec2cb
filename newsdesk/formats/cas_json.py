"""UIMA CAS as JSON (0.4): a folder with a .json for each article, each with its own types."""

from collections.abc import Iterator
from typing import Any

import msgspec

from newsdesk.formats.cas_reading import Cas, Fs, read_cas
from newsdesk.formats.cas_types import SOFA, VIEW, Type, types
from newsdesk.formats.cas_writing import Article, Structure, articles
from newsdesk.formats.format import Dataset, FileFormat, Input, Item, Losses, Part, Reading, Target
from newsdesk.formats.objects import BrokenJSON, any_json
from newsdesk.model import NewsdeskError

LONGEST = 50_000_000
"""Bytes that one document may have: it is held in memory."""

_encode = msgspec.json.Encoder().encode


def write_cas_json(dataset: Dataset, target: Target) -> Losses:
    """Write the folder; each article is on the disk before the next is begun."""
    losses = Losses()
    start = b'{"%TYPES":' + _encode(_declared(types(dataset.labels)))
    for article in articles(dataset, target, "cas-json", losses):
        with target.file(f"{article.stem}.json") as file:
            file.write(start + b"," + _encode(_document(article))[1:] + b"\n")
    return losses


def _declared(found: list[Type]) -> dict[str, Any]:
    declared: dict[str, Any] = {}
    for name, above, features in found:
        one: dict[str, Any] = {"%NAME": name, "%SUPER_TYPE": above}
        for feature in features:
            range = f"{feature.element}[]" if feature.element else feature.range
            one[feature.name] = {"%NAME": feature.name, "%RANGE": range}
        declared[name] = one
    return declared


def _document(article: Article) -> dict[str, Any]:
    sofa = {"%ID": 1, "%TYPE": SOFA, "sofaNum": 1, "sofaID": VIEW, "mimeType": "text/plain"}
    found: list[dict[str, Any]] = [{**sofa, "sofaString": article.text}]
    next = 2 + len(article.structures)
    for one in article.structures:
        found.append(_structure(one))
        for key, ids in one.references.items():
            if key == "target":
                found[-1]["@target"] = ids[0]
                continue
            found[-1][f"@{key}"] = next
            found.append({"%ID": next, "%TYPE": "newsdesk.Tie[]", "%ELEMENTS": ids})
            next += 1
    members = [one.id for one in article.structures if one.begin >= 0]
    view = {VIEW: {"%SOFA": 1, "%MEMBERS": members}}
    return {"%FEATURE_STRUCTURES": found, "%VIEWS": view}


def _structure(one: Structure) -> dict[str, Any]:
    found: dict[str, Any] = {"%ID": one.id, "%TYPE": one.type}
    if one.begin >= 0:
        found |= {"@sofa": 1, "begin": one.begin, "end": one.end}
    return found | one.features


def read_cas_json(source: Input, reading: Reading) -> Iterator[Item]:
    """The articles of one .json, of a folder or of a zip archive."""
    return read_cas(source, reading, "cas-json", ".json", _loaded)


def _loaded(source: Input) -> Cas:
    """What one document holds; raises NewsdeskError."""
    with source.open() as file:
        raw = file.read(LONGEST + 1)
    if len(raw) > LONGEST:
        raise NewsdeskError(f"it is longer than {LONGEST:,} bytes.")
    try:
        found = any_json(raw.removeprefix(b"\xef\xbb\xbf"))
    except BrokenJSON as error:
        raise NewsdeskError(f"{error.message}, at byte {error.at:,}") from error
    listed = found.get("%FEATURE_STRUCTURES") if isinstance(found, dict) else None
    if isinstance(listed, dict):  # an older way: by id
        listed = [
            {"%ID": id, **one} if isinstance(one, dict) else one for id, one in listed.items()
        ]
    if not isinstance(listed, list):
        raise NewsdeskError("it is no UIMA CAS in JSON: it has no %FEATURE_STRUCTURES.")
    cas = Cas()
    arrays: dict[str, str] = {}
    for one in listed:
        if not isinstance(one, dict):
            continue
        id, type = str(one.get("%ID", "")), str(one.get("%TYPE", ""))
        if type == SOFA:
            text = one.get("sofaString")
            cas.sofas[id] = (str(one.get("sofaID", "")), text if isinstance(text, str) else None)
        elif isinstance(elements := one.get("%ELEMENTS"), list):
            arrays[id] = " ".join(str(each) for each in elements)
        else:
            features = {str(k).removeprefix("@"): _text(v) for k, v in one.items() if k[:1] != "%"}
            cas.structures[id] = Fs(id, type, features)
    for fs in cas.structures.values():
        for key in ("ties",):
            if fs.features.get(key) in arrays:
                fs.features[key] = arrays[fs.features[key]]
    return cas


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else "" if value is None else str(value)


FORMAT = FileFormat(
    name="cas-json",
    title="UIMA CAS (JSON)",
    suffixes=(".json",),
    looks_like=lambda head: b'"%TYPES"' in head or b'"%FEATURE_STRUCTURES"' in head,
    losses=frozenset({Part.JOURNAL}),
    read=read_cas_json,
    write=write_cas_json,
    folder=True,
)
