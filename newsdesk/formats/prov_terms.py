"""What a PROV document is made of: elements, relations, and the values that they have."""

from typing import NamedTuple

import msgspec


class Term(NamedTuple):
    """A name of a vocabulary: `prov:Quotation`, `newsdesk:Claim`."""

    name: str


class Typed(NamedTuple):
    """A value of a type of XML Schema: `xsd:dateTime`, `xsd:anyURI`."""

    value: str
    type: str


Value = str | int | float | Term | Typed
Values = tuple[tuple[str, Value], ...]


class Element(msgspec.Struct, frozen=True, gc=False):
    """An entity, agent or activity. `id` stands in the namespace of records; of an activity,
    `ended` is the moment at which it ended."""

    kind: str
    id: str
    values: Values = ()
    ended: str | None = None


class Relation(msgspec.Struct, frozen=True, gc=False):
    """A relation of PROV-DM by its PROV-JSON name, from one element to another.

    `type` tells a derivation that is a quotation, a revision, or from a primary source.
    """

    kind: str
    start: str
    end: str
    values: Values = ()
    type: str = ""
    time: str | None = None


Statement = Element | Relation
