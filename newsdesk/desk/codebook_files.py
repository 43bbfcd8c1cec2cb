"""Codebooks come in and go out as files: what would change is told before anything does."""

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
    matched = _matched(book.labels, known)
    mine = {before.id for before in matched.values() if before}
    others = [one for one in known if one.id not in mine]
    new, changed, same, order = [], [], 0, []
    for label in book.labels:
        own = matched[label.id]
        difference = _difference(_named(label, own, known), own, others, label.name)
        order.append(difference.after.id)
        if difference.before is None:
            new.append(difference)
        elif difference.fields or difference.kept:
            changed.append(difference)
        else:
            same += 1
    house = house_in(book) if book.checks else None
    other = house if house is not None and house.checks != house_of(desk).checks else None
    in_use = tuple(one for one in others if not one.retired)
    return Comparison(book.name, tuple(new), tuple(changed), same, in_use, other, tuple(order))


def _matched(labels: Iterable[Label], known: list[Label]) -> dict[str, Label | None]:
    """The desk's own label for each of the file's, by the id that the file gives it."""
    by_id = {one.id: one for one in known}
    found: dict[str, Label | None] = {}
    for label in labels:
        own = found[label.id] = by_id.get(label.id)
        if own is not None and own.layer is not label.layer:
            raise NewsdeskError(
                f"The file's {label.name} has the id of {own.name}, which is of the layer "
                f"{own.layer.value}, not {label.layer.value}. Nothing was changed."
            )
    claimed = {own.id for own in found.values() if own}
    by_name = {(one.layer, one.name): one for one in known if one.id not in claimed}
    for label in labels:
        found[label.id] = found[label.id] or by_name.pop((label.layer, label.name), None)
    return found


def _named(label: Label, own: Label | None, known: list[Label]) -> Label:
    """The label under a name that is free: one that another has now is not passed on in the same
    step, which could not be undone then."""
    same = [one for one in known if one.layer is label.layer and one.name == label.name]
    if not same or (own is not None and same[0].id == own.id):
        return label
    if own is not None:
        return replace(label, name=own.name)
    raise NewsdeskError(
        f"The file has a new label {label.name}, and calls the one that has this name otherwise. "
        f"Nothing was changed: rename {label.name} first, then import."
    )


def _difference(
    label: Label, before: Label | None, others: list[Label], wanted: str
) -> Difference:
    """How a label would be taken over beside the labels that the file does not have."""
    kept = []
    if label.name != wanted:
        kept.append(f"another label is called {wanted}")
    in_use = [one for one in others if not one.retired and one.shortcut]
    held = [one.name for one in in_use if one.shortcut == label.shortcut]
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
    before = {one.id: one for one in desk.codebook(retired=True)}
    after = dict(before)
    if change:
        after |= {one.after.id: one.after for one in found.changed}
    if retire:
        after |= {one.id: replace(one, retired=True, shortcut="") for one in found.absent}
    last = max((one.position for one in before.values()), default=-1)
    new = _with_free_keys(found.new, after.values())
    after |= {one.id: replace(one, position=last + n) for n, one in enumerate(new, 1)}
    ordered = _in_order(after.values(), found.order) if change else after.values()
    with desk.change(f"Import the codebook {book.name}".rstrip()):
        desk.put_all(ordered)
        if house and found.house is not None:
            choose_house(desk, found.house)
    return found


def _with_free_keys(new: Iterable[Difference], beside: Iterable[Label]) -> list[Label]:
    """The new labels, without the keys that others have."""
    taken = {one.shortcut for one in beside if one.shortcut and not one.retired}
    labels = [one.after for one in new]
    return [replace(one, shortcut="") if one.shortcut in taken else one for one in labels]


def _in_order(labels: Iterable[Label], order: Iterable[str]) -> list[Label]:
    """The labels, those of `order` first, with their places in the codebook."""
    wanted = {id: at for at, id in enumerate(order)}
    ordered = sorted(labels, key=lambda one: wanted.get(one.id, len(wanted) + one.position))
    return [replace(one, position=at) for at, one in enumerate(ordered)]


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
