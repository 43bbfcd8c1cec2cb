"""W3C PROV as PROV-O in Turtle (W3C, 2013 and 2014): streamed, statement by statement."""

import re
from collections.abc import Iterator

from newsdesk.formats.format import Dataset, FileFormat, Losses, Target
from newsdesk.formats.prov import RECORDS, WORDS
from newsdesk.formats.prov_statements import LOST, Told
from newsdesk.formats.prov_terms import Element, Relation, Term, Typed, Value

_PREFIXES = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "newsdesk": WORDS,
}
_CLASSES = {"entity": "prov:Entity", "agent": "prov:Agent", "activity": "prov:Activity"}
_SHORT = {"prov:type": "a", "prov:label": "rdfs:label"}
_KINDS = {
    "wasGeneratedBy": ("wasGeneratedBy", "Generation", "activity"),
    "used": ("used", "Usage", "entity"),
    "wasInvalidatedBy": ("wasInvalidatedBy", "Invalidation", "activity"),
    "wasAttributedTo": ("wasAttributedTo", "Attribution", "agent"),
    "wasAssociatedWith": ("wasAssociatedWith", "Association", "agent"),
    "wasDerivedFrom": ("wasDerivedFrom", "Derivation", "entity"),
    "prov:Quotation": ("wasQuotedFrom", "Quotation", "entity"),
    "prov:Revision": ("wasRevisionOf", "Revision", "entity"),
    "prov:PrimarySource": ("hadPrimarySource", "PrimarySource", "entity"),
    "wasInfluencedBy": ("wasInfluencedBy", "Influence", "influencer"),
    "alternateOf": ("alternateOf", "", ""),
}
"""Of each relation: its property, the class that qualifies it, and that class's other end."""

_ESCAPED = re.compile("[\"\\\\\x00-\x1f\x7f]")
_NO_IRI = re.compile("[\x00-\x20<>\"{}|^`\\\\]")


def write_prov_o(dataset: Dataset, target: Target) -> Losses:
    """Write Turtle: what PROV-O qualifies (a moment, a hop) stands beside the plain property."""
    told = Told(dataset)
    with target.file() as file:
        for prefix, namespace in _PREFIXES.items():
            file.write(f"@prefix {prefix}: <{namespace}> .\n".encode())
        for one in told.statements():
            parts = _element(one) if isinstance(one, Element) else _relation(one)
            file.write(" ;\n    ".join(parts).encode() + b" .\n")
    return told.losses


def _element(one: Element) -> Iterator[str]:
    yield f"{_iri(one.id)} a {_CLASSES[one.kind]}"
    if one.ended:
        yield f"prov:endedAtTime {_moment(one.ended)}"
    for name, value in one.values:
        yield f"{_SHORT.get(name, name)} {_term(value)}"


def _relation(one: Relation) -> Iterator[str]:
    name, kind, other = _KINDS[one.type or one.kind]
    yield f"{_iri(one.start)} prov:{name} {_iri(one.end)}"
    inner = [f"prov:atTime {_moment(one.time)}"] if one.time else []
    inner += [f"{name} {_term(value)}" for name, value in one.values]
    if inner and kind:
        end = f"prov:{other} {_iri(one.end)}"
        yield f"prov:qualified{kind} [ {' ; '.join([f'a prov:{kind}', end, *inner])} ]"


def _iri(local: str) -> str:
    return f"<{RECORDS}{local}>"


def _moment(text: str) -> str:
    return f'"{text}"^^xsd:dateTime'


def _term(value: Value) -> str:
    if isinstance(value, Term):
        return value.name
    if isinstance(value, Typed):
        if _NO_IRI.search(value.value):
            return _literal(value.value)
        return f"{_literal(value.value)}^^{value.type}"
    if isinstance(value, str):
        return _literal(value)
    return f'"{value}"^^xsd:{"integer" if isinstance(value, int) else "double"}'


def _literal(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04X}", text) + '"'


FORMAT = FileFormat(
    name="prov-o",
    title="W3C PROV (PROV-O, Turtle)",
    suffixes=(".ttl",),
    looks_like=lambda head: False,
    losses=LOST,
    write=write_prov_o,
)
