"""The verbs of the codebook: add, change, move, merge, retire and bring back its labels."""

from collections.abc import Iterable, Mapping
from typing import Any

from newsdesk.desk.codebook_files import DEFAULT, MEANING, read_codebook, use_codebook
from newsdesk.desk.desk import Desk
from newsdesk.model import Annotation, Attribute, Label, NewsdeskError, replace

__all__ = [
    "DEFAULT",
    "add_label",
    "bring_back_label",
    "change_attributes",
    "change_label",
    "delete_label",
    "merge_labels",
    "move_label",
    "put_label",
    "read_codebook",
    "retire_label",
    "review_annotations",
    "use_codebook",
]


def put_label(desk: Desk, label: Label, title: str = "") -> Label:
    """Write a label, new or changed; a change of what it means gives it a new version.

    Raises NewsdeskError where another label of its layer has its name, or any has its key, and
    where a label that tags something would change its layer.
    """
    _check_free(desk, label)
    with desk.change(title or f"Label {label.name}"):
        before = desk.find(Label, id=label.id)
        if before and before[0].layer is not label.layer and desk.count(Annotation, label=label.id):
            raise NewsdeskError(
                f"{before[0].name} tags something: it stays of the layer {before[0].layer.value}. "
                "Make a new label, and relabel."
            )
        if before and _meaning(before[0]) != _meaning(label):
            label = replace(label, version=before[0].version + 1)
        return desk.put(label)


def add_label(desk: Desk, label: Label) -> Label:
    """Put a new label at the codebook's end. Raises NewsdeskError as `put_label` does."""
    last = max((one.position for one in desk.codebook(retired=True)), default=-1)
    return put_label(desk, replace(label, position=last + 1), f"Add the label {label.name}")


def change_label(desk: Desk, label: Label, **fields: Any) -> Label:
    """Change fields of a label as it is now, as one step that names them; what it tagged keeps it.

    Raises NewsdeskError as `put_label` does, and for a value that a label can't have.
    """
    now = desk.get(Label, label.id)
    try:
        changed = replace(now, **fields)
    except ValueError as error:
        raise NewsdeskError(f"{str(error).capitalize()}. {now.name} is as it was.") from error
    if "name" in fields:
        return put_label(desk, changed, f"Rename {now.name} to {changed.name}")
    what = {"shortcut": "Key", "colour": "Colour"}.get(one := next(iter(fields)), one.capitalize())
    return put_label(desk, changed, f"{what} of {now.name}")


def change_attributes(
    desk: Desk,
    label: Label,
    attributes: Iterable[Attribute],
    renamed: Mapping[str, str] | None = None,
) -> Label:
    """Change what a label asks. An answer follows its attribute to the name that `renamed` gives
    for the old one; answers that are no longer asked for stay with their annotations.

    Raises NewsdeskError where two attributes have one name.
    """
    asked = tuple(attributes)
    names = [one.name for one in asked]
    if len(names) != len(set(names)):
        raise NewsdeskError(
            f"Two attributes of {label.name} have one name. Nothing was changed; choose another."
        )
    moved = {old: new for old, new in (renamed or {}).items() if old != new and new in names}
    with desk.change(f"Attributes of {label.name}"):
        changed = put_label(desk, replace(desk.get(Label, label.id), attributes=asked))
        if moved:
            tagged = desk.find(Annotation, label=label.id)
            answered = [one for one in tagged if moved.keys() & one.attributes.keys()]
            desk.put_all([_renamed(one, moved) for one in answered])
        return changed


def _renamed(annotation: Annotation, names: Mapping[str, str]) -> Annotation:
    answers = {names.get(name, name): value for name, value in annotation.attributes.items()}
    return replace(annotation, attributes=answers)


def move_label(desk: Desk, label: Label, by: int) -> bool:
    """Move a label by so many places among those of its layer; whether it could."""
    whole = desk.codebook(retired=True)
    beside = [one for one in whole if one.layer is label.layer and not one.retired]
    at = next((n for n, one in enumerate(beside) if one.id == label.id), -1)
    if at < 0 or not 0 <= at + by < len(beside):
        return False
    now, target = beside[at], beside[at + by]
    rest = [one for one in whole if one.id != now.id]
    place = rest.index(target) + (by > 0)
    ordered = [*rest[:place], now, *rest[place:]]
    with desk.change(f"Move {now.name}"):
        desk.put_all([replace(one, position=n) for n, one in enumerate(ordered)])
    return True


def retire_label(desk: Desk, label: Label) -> Label:
    """Take a label out of use: what it tagged keeps it, nothing new can get it."""
    with desk.change(f"Retire {label.name}"):
        return desk.put(replace(desk.get(Label, label.id), retired=True, shortcut=""))


def bring_back_label(desk: Desk, label: Label) -> Label:
    """Take a retired label into use again, without the key that it had."""
    now = replace(desk.get(Label, label.id), retired=False)
    return put_label(desk, now, f"Bring back {now.name}")


def delete_label(desk: Desk, label: Label) -> None:
    """Delete a label that tags nothing; raises NewsdeskError for one that does."""
    used = desk.count(Annotation, label=label.id)
    if used:
        raise NewsdeskError(
            f"{label.name} tags {used:,} place{'s' if used > 1 else ''}. Nothing was deleted: "
            "retire it, or merge it into another."
        )
    with desk.change(f"Delete the label {label.name}"):
        desk.drop(label)


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


def review_annotations(desk: Desk, annotations: Iterable[Annotation]) -> int:
    """Say of annotations that they hold under the present version of their labels too; give how
    many were made under an earlier one."""
    versions = {one.id: one.version for one in desk.codebook(retired=True)}
    with desk.change("Review under the present version"):
        found = desk.get_all(Annotation, [one.id for one in annotations]).values()
        older = [one for one in found if one.label_version < versions.get(one.label, 0)]
        return desk.put_all([replace(one, label_version=versions[one.label]) for one in older])


def _check_free(desk: Desk, label: Label) -> None:
    """Raise NewsdeskError where a label's name or key is another's."""
    others = [one for one in desk.codebook(retired=True) if one.id != label.id]
    same = [one for one in others if one.name == label.name and one.layer is label.layer]
    if same and same[0].retired:
        raise NewsdeskError(
            f"There is a retired label {label.name} already. Choose another name, or bring it back."
        )
    if same:
        raise NewsdeskError(
            f"There is a label {label.name} already. Choose another name, or merge the two."
        )
    keyed = [one for one in others if not one.retired and one.shortcut]
    taken = [one.name for one in keyed if one.shortcut == label.shortcut and not label.retired]
    if taken:
        raise NewsdeskError(
            f"The key {label.shortcut} tags {taken[0]}. Nothing was changed; choose another."
        )


def _meaning(label: Label) -> tuple[Any, ...]:
    return tuple(getattr(label, name) for name in MEANING)
