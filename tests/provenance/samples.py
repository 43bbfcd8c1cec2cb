"""Small values for the tests of provenance: appearances and sources in a line each."""

from __future__ import annotations

from typing import Any

from newsdesk.model import (
    Assertion,
    Attribution,
    Channel,
    Claim,
    Manner,
    Source,
    SourceKind,
)
from newsdesk.provenance.appearance import Appearance
from newsdesk.provenance.quoting import Quoted

DECLINED = {"channel": Channel.DECLINED_TO_COMMENT, "assertion": None}
DENIED = {"assertion": Assertion.DENIED}


def tie(source: str | None, hop: int = 0, **fields: Any) -> Attribution:
    """One hop; without a source it is an orphan."""
    values = {"assertion": Assertion.ATTRIBUTED, "manner": Manner.INDIRECT, **fields}
    return Attribution(content="x", source=source, hop=hop, orphan=source is None, **values)


def chain(*sources: str | None) -> tuple[Attribution, ...]:
    """Hops from the originator upwards."""
    return tuple(tie(source, hop) for hop, source in enumerate(sources))


def own_voice() -> tuple[Attribution, ...]:
    return (tie(None, assertion=Assertion.ASSERTED, manner=None),)


def appearance(id: str, outlet: str | None, *hops: Attribution, **fields: Any) -> Appearance:
    """An appearance in an article of its own, named after it."""
    values = {"claim": "claim", "article": f"article of {id}", **fields}
    return Appearance(id=id, outlet=outlet, hops=hops, **values)


def claim(statement: str, id: str = "claim", **fields: Any) -> Claim:
    return Claim(id=id, statement=statement, **fields)


def source(id: str, kind: SourceKind = SourceKind.NAMED_INDIVIDUAL, **fields: Any) -> Source:
    values = {"description": id, **fields}
    return Source(id=id, kind=kind, **values)


def quoted(id: str, speaker: str, *pieces: str, **fields: Any) -> Quoted:
    """A direct quote in an article of its own."""
    hops = fields.pop("hops", (tie(speaker, manner=fields.pop("manner", Manner.DIRECT)),))
    values = {"article": f"article of {id}", "start": 0, "end": 10_000, **fields}
    return Quoted(id=id, pieces=pieces, hops=hops, **values)
