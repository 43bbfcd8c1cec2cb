"""The verbs of the codebook: load one, and change its labels."""

from pathlib import Path
from typing import Any

import msgspec

from newsdesk.desk.desk import Desk
from newsdesk.model import Annotation, Label, NewsdeskError, replace
from newsdesk.settings import shipped

DEFAULT = ("resources", "codebooks", "newsroom.json")


class _File(msgspec.Struct):
    format: str
    version: int
    labels: list[Label]
    name: str = ""


def read_codebook(path: Path) -> list[Label]:
    """The labels of a codebook's file, in its order.

    Raises NewsdeskError, naming the field, for what is no codebook.
    """
    try:
        book = msgspec.json.decode(path.read_bytes(), type=_File)
        if book.format != "newsdesk.codebook":
            raise NewsdeskError(f"{path.name} is no codebook but {book.format!r}.")
        return [replace(label, position=at) for at, label in enumerate(book.labels)]
    except (OSError, ValueError) as error:
        raise NewsdeskError(
            f"The codebook {path.name} can't be read: {error}. The labels are as they were."
        ) from error


def use_codebook(desk: Desk, path: Path | None = None) -> int:
    """Bring a codebook's labels to the desk; those it has by id or name are kept as they are.

    `path` None means the newsroom's default. Gives how many labels came in.
    """
    labels = read_codebook(path or shipped(*DEFAULT))
    known = desk.codebook(retired=True)
    ids, names = {one.id for one in known}, {(one.layer, one.name) for one in known}
    new = [one for one in labels if one.id not in ids and (one.layer, one.name) not in names]
    with desk.change("Load a codebook"):
        after = max((one.position for one in known), default=-1) + 1
        return desk.put_all([replace(one, position=after + n) for n, one in enumerate(new)])


def put_label(desk: Desk, label: Label) -> Label:
    """Write a label, new or changed; a change of what it means gives it a new version.

    Raises NewsdeskError where another label of its layer has its name, or any has its key.
    """
    others = [one for one in desk.codebook() if one.id != label.id]
    if any(one.name == label.name and one.layer is label.layer for one in others):
        raise NewsdeskError(f"There is a label {label.name} already. Choose another name.")
    taken = [one.name for one in others if label.shortcut and one.shortcut == label.shortcut]
    if taken:
        raise NewsdeskError(
            f"The key {label.shortcut} tags {taken[0]}. Nothing was changed; choose another."
        )
    with desk.change(f"Label {label.name}"):
        before = desk.find(Label, id=label.id)
        if before and _meaning(before[0]) != _meaning(label):
            label = replace(label, version=before[0].version + 1)
        return desk.put(label)


def retire_label(desk: Desk, label: Label) -> Label:
    """Take a label out of use: what it tagged keeps it, nothing new can get it."""
    with desk.change(f"Retire {label.name}"):
        return desk.put(replace(desk.get(Label, label.id), retired=True, shortcut=""))


def merge_labels(desk: Desk, kept: Label, gone: Label) -> int:
    """Put everything that one label tagged under another, and retire the first; give how many.

    Raises NewsdeskError where they are of different layers.
    """
    if kept.layer is not gone.layer or kept.id == gone.id:
        raise NewsdeskError(
            f"{gone.name} can't be merged into {kept.name}: they must be two labels of one layer. "
            "Nothing was changed."
        )
    with desk.change(f"Merge {gone.name} into {kept.name}"):
        tagged = desk.find(Annotation, label=gone.id)
        moved = [replace(one, label=kept.id, label_version=kept.version) for one in tagged]
        desk.put_all(moved)
        retire_label(desk, gone)
        return len(moved)


def _meaning(label: Label) -> tuple[Any, ...]:
    return label.name, label.layer, label.guideline, label.attributes
