"""The bare limit of converting: JSON lines to UIMA CAS by dkpro-cassis alone.

Both sides write where files are in memory, if there is such a place: a disk would measure itself.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from bench.bare import lines
from bench.sides import Measured, Room

DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
ENTITY, METADATA = DKPRO + "ner.type.NamedEntity", DKPRO + "metadata.type.DocumentMetaData"


def doccano(room: Room, name: str) -> Path:
    """A corpus as doccano exports it, made once."""
    path = room.cache / f"{room.corpus(name).stem}-doccano.jsonl"
    if not path.exists():
        draft = path.with_suffix(".draft")
        with draft.open("wb") as file:
            for number, one in enumerate(lines(room.corpus(name)), 1):
                marks = [[*mark["spans"][0], mark["label"]] for mark in one["annotations"]]
                found = {"id": number, "text": one["text"], "label": marks}
                file.write(orjson.dumps(found) + b"\n")
        draft.rename(path)
    return path


@contextmanager
def fast_place() -> Iterator[Path]:
    """A folder for files that nobody keeps."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        prefix="newsdesk-bench-", dir=memory if memory.is_dir() else None
    ) as folder:
        yield Path(folder)


def convert(room: Room, name: str) -> Measured:
    """doccano's lines to a folder of XMI."""
    given = doccano(room, name)
    return _written(orjson.loads(line) for line in given.read_bytes().splitlines())


def export(room: Room, name: str) -> Measured:
    """The same of Newsdesk's JSON lines."""
    return _written(
        {**one, "label": [[*mark["spans"][0], mark["label"]] for mark in one["annotations"]]}
        for one in lines(room.corpus(name))
    )


def _written(articles: Iterator[dict[str, Any]]) -> Measured:
    import cassis  # type: ignore[import-untyped]

    system = cassis.TypeSystem(add_document_annotation_type=True)
    entity = system.create_type(ENTITY, supertypeName="uima.tcas.Annotation")
    metadata = system.create_type(METADATA, supertypeName="uima.tcas.Annotation")
    system.create_feature(entity, "value", "uima.cas.String")
    for name in ("documentTitle", "documentId"):
        system.create_feature(metadata, name, "uima.cas.String")
    with fast_place() as folder:
        start = time.perf_counter()
        for number, one in enumerate(articles):
            cas = cassis.Cas(typesystem=system)
            cas.sofa_string, cas.sofa_mime = one["text"], "text/plain"
            about = {"documentTitle": one.get("title", ""), "documentId": str(one["id"])}
            cas.add(metadata(begin=0, end=len(one["text"]), **about))
            cas.add_all([entity(begin=b, end=e, value=label) for b, e, label in one["label"]])
            cas.to_xmi(folder / f"{number}.xmi")
        return {"seconds": time.perf_counter() - start}
