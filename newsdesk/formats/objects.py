"""From an object of the file to its shape, with unknown keys kept aside and errors made plain."""

import json
import re
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from newsdesk.formats.shape import KINDS, Kind, Shape
from newsdesk.model import Anonymity, Attribute

_AT = re.compile(r"^(?P<what>.*?)(?: - at `(?:\$\.?)?(?P<path>.*)`)?$", re.S)
_BYTE = re.compile(r"^(?:JSON is malformed: )?(?P<what>.*?)(?: \(byte (?P<at>\d+)\))?$", re.S)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NESTED: dict[str, type[Struct]] = {"anonymity": Anonymity, "attributes": Attribute}


class Misfit(Exception):
    """What is wrong with one object: which field, and in which way."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message, self.field = message, field


class BrokenJSON(Exception):
    """What is no JSON: why, and at which byte (from 0) it was noticed."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message, self.at = message, at


def any_json(raw: bytes) -> Any:
    """JSON of any shape. Raises BrokenJSON.

    Halves of surrogate pairs, as some programs write them, are let through and replaced, like
    NULs, by U+FFFD: no database keeps them.
    """
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if b"\\u" in raw and isinstance(error, msgspec.DecodeError):
            try:
                return _storable(json.loads(raw, parse_constant=_no_number))
            except (ValueError, RecursionError):
                pass
        raise broken(raw, error) from error
    # A false alarm costs time only.
    return _storable(found) if b"\\u0000" in raw else found


def broken(raw: bytes, error: Exception) -> BrokenJSON:
    """What a decoder's error says of a file, in plain words and with the byte."""
    if isinstance(error, RecursionError):
        return BrokenJSON("it is nested too deeply", 0)
    if isinstance(error, UnicodeDecodeError):
        return BrokenJSON("it is not in UTF-8", _first_bad_byte(raw))
    found = _BYTE.match(str(error))
    assert found is not None, "the pattern matches any text"
    at = int(found["at"]) if found["at"] else len(raw)
    what = found["what"].replace("`", "").lower()
    return BrokenJSON(f"invalid JSON ({what})", min(at, len(raw)))


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _first_bad_byte(raw: bytes) -> int:
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        joined = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return _UNSTORABLE.sub("\ufffd", joined)
    if isinstance(value, list):
        return [_storable(each) for each in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(each) for key, each in value.items()}
    return value


def split(kind: Kind, found: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """An object's keys that Newsdesk knows, and the others. Raises Misfit for no object."""
    if not isinstance(found, dict):
        raise Misfit(f"an object was expected, not {_in_words(found)}")
    for key in kind.needs:
        if key not in found:
            raise Misfit("it is missing", key)
    names = keys(kind.shape)
    known = {key: value for key, value in found.items() if key in names}
    return known, {key: value for key, value in found.items() if key not in names}


def converted(kind: Kind, known: dict[str, Any]) -> Shape:
    """The shape of an object with known keys only. Raises Misfit, naming the field."""
    try:
        return msgspec.convert(known, kind.shape)
    except RecursionError:
        raise Misfit("it is nested too deeply") from None
    except msgspec.ValidationError as error:
        raise misfit(kind, error) from error


def misfit(kind: Kind, error: msgspec.ValidationError) -> Misfit:
    """A validation error in plain words, with the values that would have been right."""
    found = _AT.match(str(error))
    assert found is not None, "the pattern matches any text"
    what, path = found["what"].replace("`", ""), found["path"] or ""
    last = re.split(r"[.\[]", path)[0]
    if what.startswith("Invalid enum value"):
        allowed = ", ".join(choices(kind.shape).get(last, ()))
        what = f"{what.removeprefix('Invalid enum value ')} is none of: {allowed}"
    return Misfit(what[:1].lower() + what[1:], path)


def lost_inside(known: dict[str, Any]) -> list[str]:
    """Unknown keys of objects within an object, which have no place to be kept."""
    lost = []
    for key, shape in _NESTED.items():
        inner = known.get(key)
        for each in inner if isinstance(inner, list) else [inner]:
            if isinstance(each, dict):
                lost += [f"{key}.{k}" for k in each if k not in shape.__struct_fields__]
    return lost


@cache
def keys(shape: type[Shape]) -> frozenset[str]:
    """The keys of an object as the file writes them."""
    return frozenset(field.encode_name for field in msgspec.structs.fields(shape))


@cache
def choices(shape: type[Shape]) -> dict[str, tuple[str, ...]]:
    """The words that each field with a closed list may hold."""
    found = {}
    for field in msgspec.structs.fields(shape):
        declared = field.type
        options = get_args(declared) if get_origin(declared) in (Union, UnionType) else (declared,)
        for option in options:
            if isinstance(option, type) and issubclass(option, StrEnum):
                found[field.encode_name] = tuple(word.value for word in option)
    return found


def _in_words(value: Any) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def kind_of(record: object) -> str:
    """The `type` of a record in JSONL."""
    return _TYPES[type(record)]


_TYPES: dict[type, str] = {kind.record: name for name, kind in KINDS.items()}
