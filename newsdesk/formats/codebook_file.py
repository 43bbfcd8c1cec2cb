"""A codebook as a file of its own: labels, and the checks that the house turns on, as JSON."""

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from newsdesk.formats.objects import BrokenJSON, any_json
from newsdesk.formats.targets import target_at
from newsdesk.model import Label, NewsdeskError, replace

FORMAT = "newsdesk.codebook"
VERSION = 1
LARGEST = 32 * 1024 * 1024
"""Bytes that a codebook's file may have: a thousand labels with long guidelines take 2 MB."""


class CodebookFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a codebook's file says; labels stand in the codebook's order. `extra` holds keys that
    Newsdesk does not know, which are written back."""

    labels: tuple[Label, ...]
    name: str = ""
    description: str = ""
    checks: tuple[str, ...] = ()
    extra: dict[str, Any] = msgspec.field(default_factory=dict)


class _Head(msgspec.Struct):
    format: str
    version: int
    labels: list[Any]
    name: str = ""
    description: str = ""
    checks: list[str] = msgspec.field(default_factory=list)


def read_codebook_file(path: Path) -> CodebookFile:
    """A codebook's file (resources/schemas/newsdesk.codebook-1.schema.json).

    Raises NewsdeskError, naming the field, for what is no codebook, or contradicts itself.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise NewsdeskError(f"it is larger than {LARGEST // 1024 // 1024} MB")
        raw = any_json(path.read_bytes())
        head = msgspec.convert(raw, _Head)
        if head.format != FORMAT:
            raise NewsdeskError(f"it is no codebook but {head.format!r}")
        if head.version != VERSION:
            raise NewsdeskError(f"it is of version {head.version}, and this reads {VERSION}")
        labels = tuple(_label(at, one) for at, one in enumerate(head.labels))
        _check_apart(labels)
    except (OSError, ValueError, BrokenJSON, NewsdeskError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise NewsdeskError(
            f"The codebook {path.name} can't be read: {why}. The labels are as they were."
        ) from error
    return CodebookFile(
        labels=labels,
        name=head.name,
        description=head.description,
        checks=tuple(dict.fromkeys(head.checks)),
        extra={key: value for key, value in raw.items() if key not in _Head.__struct_fields__},
    )


def _label(at: int, raw: Any) -> Label:
    try:
        label = msgspec.convert(raw, Label)
    except ValueError as error:
        said = str(error)
        inside = said.replace("`$", f"`labels[{at}]") if "`$" in said else f"labels[{at}]: {said}"
        raise NewsdeskError(inside) from error
    unknown = {key: raw[key] for key in raw.keys() - set(Label.__struct_fields__)}
    return replace(label, position=at, extra={**label.extra, **unknown})


def _check_apart(labels: tuple[Label, ...]) -> None:
    """Raise NewsdeskError where two labels have one id, or one name or key at the same time."""
    in_use = [one for one in labels if not one.retired]
    for what, values in (
        ("the id", [one.id for one in labels]),
        ("the name", [f"{one.layer.value} {one.name}" for one in labels]),
        ("the key", [one.shortcut.casefold() for one in in_use if one.shortcut]),
    ):
        for value, count in Counter(values).items():
            if count > 1:
                raise NewsdeskError(f"{count} of its labels have {what} {value}")


def write_codebook_file(path: Path, book: CodebookFile) -> None:
    """Write a codebook, so that reading it gives the same. Raises NewsdeskError where it can't."""
    labels = [_written(one) for one in book.labels]
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "name": book.name,
        "description": book.description,
        "checks": list(book.checks),
        **book.extra,
        "labels": labels,
    }
    with target_at(path) as target, target.file() as file:
        file.write(msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n")


def _written(label: Label) -> dict[str, Any]:
    form: dict[str, Any] = msgspec.to_builtins(label)
    extra = form.pop("extra")
    return {**extra, **form}
