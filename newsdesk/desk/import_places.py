"""Records on their way in: where they stand in a file, and how they compare with what is there."""

from collections.abc import Sequence
from typing import NamedTuple

from newsdesk.formats.format import Bundle
from newsdesk.model import Annotation, Record

Absent = dict[str, set[str]]
"""Ids that lead nowhere, by the field that holds them."""

# What an article says of its own way here is no difference between two copies of it.
_ASIDE = {"imported_at", "format", "encoding", "canoniser", "raw", "label_version", "position"}


class Place(NamedTuple):
    """Where a record stands: the file's number in this import, its name, and the line."""

    number: int
    file: str
    line: int


class Waiting(NamedTuple):
    """A record that refers to one that has not come yet."""

    record: Record
    place: Place


class PlacesWithin:
    """Where the annotations and attributions of a batch stand, by id.

    Made out only if somebody asks, which is where something is wrong.
    """

    def __init__(self, bundles: list[tuple[Bundle, Place]]) -> None:
        self._bundles = bundles
        self._places: dict[str, Place] = {}

    def __call__(self, id: str) -> Place:
        """The place of the record of this id."""
        if not self._places:
            for bundle, place in self._bundles:
                for one in (*bundle.annotations, *bundle.attributions):
                    self._places[one.id] = place
        return self._places[id]


def refers_to(record: Record, absent: Absent, own: set[str]) -> bool:
    """Whether a record refers to something absent that is not among its own company."""
    wanted = ((getattr(record, name), ids) for name, ids in absent.items())
    return any(id in ids and id not in own for id, ids in wanted)


def differing_fields(theirs: Record, ours: Record) -> list[str]:
    """The fields in which two records of one id differ; what a file does not say is no field."""
    unsaid = {"claim"} if isinstance(theirs, Annotation) and theirs.claim is None else set()
    return [
        name
        for name in theirs.__struct_fields__
        if name not in _ASIDE | unsaid and getattr(theirs, name) != getattr(ours, name, None)
    ]


def in_circles(records: Sequence[Record], field: str) -> set[str]:
    """The ids of records that lead back to themselves by a field, such as `supersedes`.

    New records only can make a circle: what is there already does not refer to them.
    """
    to = {record.id: id for record in records if (id := getattr(record, field)) is not None}
    found: set[str] = set()
    looked_at: set[str] = set()
    for start in to:
        path: dict[str, int] = {}
        id = start
        while id in to and id not in looked_at:
            looked_at.add(id)
            path[id] = len(path)
            id = to[id]
        if id in path:
            found |= {each for each, at in path.items() if at >= path[id]}
    return found
