"""Codebooks come in and go out as files: what would change is told before anything does."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from newsdesk.desk.desk import Desk
from newsdesk.desk.house.chosen import House, choose_house, house_in, house_of
from newsdesk.desk.reading import Reading
from newsdesk.formats.codebook_file import CodebookFile, read_codebook_file, write_codebook_file
from newsdesk.model import Label, NewsdeskError, Setting, replace
from newsdesk.settings import shipped

DEFAULT = ("resources", "codebooks", "newsroom.json")
MEANING = ("name", "layer", "guideline", "attributes")
"""The fields of a label whose change gives it a new version."""
_COMPARED = ("name", "colour", "pattern", "shortcut", "guideline", "attributes", "retired")


@dataclass(frozen=True, slots=True)
class Difference:
    """One label of a file beside the desk's: `before` None is a new one; `fields` differ; `kept`
    says what can't be taken over as the file has it."""

    before: Label | None
    after: Label
    fields: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a codebook's file would change: labels new and changed, how many are the same, those
    of the desk that it does not have, and the house's rules where they are others."""

    name: str
    new: tuple[Difference, ...]
    changed: tuple[Difference, ...]
    same: int
    absent: tuple[Label, ...]
    house: House | None
    order: tuple[str, ...]


def read_codebook(path: Path) -> list[Label]:
    """The labels of a codebook's file, in its order. Raises NewsdeskError for what is none."""
    return list(read_codebook_file(path).labels)


def use_codebook(desk: Desk, path: Path | None = None) -> int:
    """Bring a codebook's labels to the desk; those it has by id or name are kept as they are.

    `path` None means the newsroom's default. Where no house was chosen yet, the file's is. Gives
    how many labels came in.
    """
    book = read_codebook_file(path or shipped(*DEFAULT))
    known = desk.codebook(retired=True)
    ids, names = {one.id for one in known}, {(one.layer, one.name) for one in known}
    new = [one for one in book.labels if one.id not in ids and (one.layer, one.name) not in names]
    with desk.change("Load a codebook"):
        after = max((one.position for one in known), default=-1) + 1
        if path is not None and book.checks and not desk.count(Setting, name="house"):
            choose_house(desk, house_in(book))
        return desk.put_all([replace(one, position=after + n) for n, one in enumerate(new)])


def compare_codebook(desk: Reading, book: CodebookFile) -> Comparison:
    """What importing a codebook would change.

    A label is the desk's own by its id, or else by its layer and name, so that one that was
    retired comes together with its annotations again. Raises NewsdeskError where an id means a
    label of another layer.
    """
    known = desk.codebook(retired=True)
    matched = {one.id: _match(one, known) for one in book.labels}
    mine = {before.id for before in matched.values() if before}
    absent = tuple(one for one in known if one.id not in mine)
    others = [one for one in absent if not one.retired]
    new, changed, same, order = [], [], 0, []
    for label in book.labels:
        difference = _difference(label, matched[label.id], others)
        order.append(difference.after.id)
        if difference.before is None:
            new.append(difference)
        elif difference.fields or difference.kept:
            changed.append(difference)
        else:
            same += 1
    house = house_in(book) if book.checks else None
    other = house if house is not None and house.checks != house_of(desk).checks else None
    in_use = tuple(others)
    return Comparison(book.name, tuple(new), tuple(changed), same, in_use, other, tuple(order))


def _match(label: Label, known: list[Label]) -> Label | None:
    found = next((one for one in known if one.id == label.id), None)
    if found is not None and found.layer is not label.layer:
        raise NewsdeskError(
            f"The file's {label.name} has the id of {found.name}, which is of the layer "
            f"{found.layer.value}, not {label.layer.value}. Nothing was changed."
        )
    named = [one for one in known if one.layer is label.layer and one.name == label.name]
    return found or next((one for one in named if not one.retired), named[0] if named else None)


def _difference(label: Label, before: Label | None, others: list[Label]) -> Difference:
    """How a label would be taken over beside the labels that the file does not have."""
    kept = []
    if any(one.layer is label.layer and one.name == label.name for one in others):
        if before is None:
            raise NewsdeskError(f"Two labels would be called {label.name}. Nothing was changed.")
        kept.append(f"another label is called {label.name}")
        label = replace(label, name=before.name)
    held = [one.name for one in others if label.shortcut and one.shortcut == label.shortcut]
    if held and not label.retired:
        kept.append(f"the key {label.shortcut} tags {held[0]}")
        label = replace(label, shortcut=before.shortcut if before else "")
    if before is None:
        return Difference(None, label, kept=tuple(kept))
    fields = tuple(one for one in _COMPARED if getattr(before, one) != getattr(label, one))
    version = before.version
    if set(fields) & set(MEANING):
        version = max(version + 1, label.version)
    after = replace(
        label,
        id=before.id,
        position=before.position,
        version=version,
        extra={**before.extra, **label.extra},
    )
    return Difference(before, after, fields, tuple(kept))


def import_codebook(
    desk: Desk,
    book: CodebookFile,
    *,
    change: bool = True,
    retire: bool = False,
    house: bool = True,
) -> Comparison:
    """Bring a codebook in, as one step; gives what was compared.

    New labels come in any case. `change` takes over what differs in those that the desk has, and
    their order; `retire` takes those out of use that the file does not have; `house` goes by its
    checks. Every annotation keeps its label. Raises NewsdeskError as `compare_codebook` does.
    """
    found = compare_codebook(desk, book)
    with desk.change(f"Import the codebook {book.name}".rstrip()):
        at = max((one.position for one in desk.codebook(retired=True)), default=-1) + 1
        new = [replace(one.after, position=at + n) for n, one in enumerate(found.new)]
        # Keys go round: what is freed is freed before it is given to another.
        if change:
            desk.put_all([one.after for one in found.changed])
        if retire:
            desk.put_all([replace(one, retired=True, shortcut="") for one in found.absent])
        desk.put_all(_with_free_keys(desk, new))
        if change:
            desk.put_all(_in_order(desk.codebook(retired=True), found.order))
        if house and found.house is not None:
            choose_house(desk, found.house)
        _check_names(desk.codebook())
    return found


def _check_names(labels: list[Label]) -> None:
    """Raise NewsdeskError where two labels in use have one name: nothing of the import stands."""
    for (layer, name), count in Counter((one.layer, one.name) for one in labels).items():
        if count > 1:
            raise NewsdeskError(
                f"{count} labels of the layer {layer.value} would be called {name}. Nothing was "
                "changed: rename one of them first, or take the file's changes over too."
            )


def _with_free_keys(desk: Desk, new: list[Label]) -> list[Label]:
    """The labels, without the keys that labels of the desk still have."""
    taken = {one.shortcut for one in desk.codebook() if one.shortcut}
    return [replace(one, shortcut="") if one.shortcut in taken else one for one in new]


def _in_order(labels: list[Label], order: Iterable[str]) -> list[Label]:
    """The labels that must move for these to come first, in this order."""
    wanted = {id: at for at, id in enumerate(order)}
    sorted_ = sorted(labels, key=lambda one: wanted.get(one.id, len(wanted) + one.position))
    moved = [replace(one, position=at) for at, one in enumerate(sorted_)]
    return [one for one, was in zip(moved, sorted_, strict=True) if one != was]


def export_codebook(desk: Reading, path: Path) -> int:
    """Write the desk's codebook with its house; give how many labels. Retired ones are in it."""
    labels, house = desk.codebook(retired=True), house_of(desk)
    write_codebook_file(
        path,
        CodebookFile(
            labels=tuple(replace(one, position=at) for at, one in enumerate(labels)),
            name=house.name,
            description=house.description,
            checks=house.checks,
        ),
    )
    return len(labels)
