"""W3C PROV as PROV-JSON (W3C Member Submission, 2013): one file, written section by section."""

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from newsdesk.formats.dataset_writing import encode
from newsdesk.formats.format import Dataset, FileFormat, Losses, Target
from newsdesk.formats.prov_statements import LOST, Told
from newsdesk.formats.prov_terms import Element, Relation, Term, Typed, Value

RECORDS = "urn:newsdesk:record:"
"""The namespace of the desk's records: `record:claim/ID`."""

WORDS = "urn:newsdesk:vocabulary:"
"""The namespace of what PROV has no word for: `newsdesk:Claim`."""

_SECTIONS = (
    *("entity", "activity", "agent", "wasGeneratedBy", "used", "wasInvalidatedBy"),
    *("wasAttributedTo", "wasAssociatedWith", "wasDerivedFrom", "wasInfluencedBy", "alternateOf"),
)
_ENDS = {
    "wasGeneratedBy": ("prov:entity", "prov:activity"),
    "used": ("prov:activity", "prov:entity"),
    "wasInvalidatedBy": ("prov:entity", "prov:activity"),
    "wasAttributedTo": ("prov:entity", "prov:agent"),
    "wasAssociatedWith": ("prov:activity", "prov:agent"),
    "wasDerivedFrom": ("prov:generatedEntity", "prov:usedEntity"),
    "wasInfluencedBy": ("prov:influencee", "prov:influencer"),
    "alternateOf": ("prov:alternate1", "prov:alternate2"),
}
_IN_MEMORY = 4_000_000


def write_prov(dataset: Dataset, target: Target) -> Losses:
    """Write PROV-JSON. It is an object for each kind of element and relation, so these are
    gathered in nameless temporary files while the dataset is gone through once."""
    told = Told(dataset)
    sections: dict[str, IO[bytes]] = {
        name: SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed below, all of them
        for name in _SECTIONS
    }
    try:
        for number, one in enumerate(told.statements(), 1):
            key = f"record:{one.id}" if isinstance(one, Element) else f"_:r{number}"
            file = sections[one.kind]
            file.write(b",\n" if file.tell() else b"\n")
            file.write(encode(key) + b":" + encode(_object(one)))
        with target.file() as out:
            out.write(b'{"prefix":' + encode({"record": RECORDS, "newsdesk": WORDS}))
            for name, file in sections.items():
                if file.tell():
                    file.seek(0)
                    out.write(b',\n"%s":{' % name.encode())
                    while piece := file.read(1 << 18):
                        out.write(piece)
                    out.write(b"}")
            out.write(b"}\n")
    finally:
        for file in sections.values():
            file.close()
    return told.losses


def _object(one: Element | Relation) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(one, Element):
        if one.ended:
            found["prov:endTime"] = one.ended
    else:
        start, end = _ENDS[one.kind]
        found |= {start: f"record:{one.start}", end: f"record:{one.end}"}
        if one.time:
            found["prov:time"] = one.time
        if one.type:
            found["prov:type"] = _value(Term(one.type))
    return found | _values(one.values)


def _values(pairs: Iterable[tuple[str, Value]]) -> dict[str, Any]:
    return {name: _value(value) for name, value in pairs}


def _value(value: Value) -> Any:
    if isinstance(value, Term):
        return {"$": value.name, "type": "prov:QUALIFIED_NAME"}
    if isinstance(value, Typed):
        return {"$": value.value, "type": value.type}
    return value


FORMAT = FileFormat(
    name="prov",
    title="W3C PROV (PROV-JSON)",
    suffixes=(".json",),
    looks_like=lambda head: False,
    losses=LOST,
    write=write_prov,
)
