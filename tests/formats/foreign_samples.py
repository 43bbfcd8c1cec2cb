"""Datasets in other tools' formats, for the tests: written, read, and what may come back."""

from typing import Any

from newsdesk.formats.dataset_csv import FORMAT as CSV
from newsdesk.formats.docbin import FORMAT as DOCBIN
from newsdesk.formats.doccano import FORMAT as DOCCANO
from newsdesk.formats.format import Bundle, Filed, FileFormat, Item, Losses, Reading
from newsdesk.formats.inputs import BytesInput
from newsdesk.formats.label_studio import FORMAT as LABEL_STUDIO
from newsdesk.formats.parquet import FORMAT as PARQUET
from newsdesk.formats.prodigy import FORMAT as PRODIGY
from newsdesk.formats.web_annotation import FORMAT as WEB_ANNOTATION
from newsdesk.model import Evidence, Label, Review, Snapshot, replace
from tests.formats.samples import Given, Memory, given_records, records

FORMATS: dict[str, FileFormat] = {
    each.name: each
    for each in (CSV, DOCBIN, DOCCANO, LABEL_STUDIO, PARQUET, PRODIGY, WEB_ANNOTATION)
}


def written(dataset: Any, name: str) -> tuple[bytes, Losses]:
    """A dataset's bytes in a format (of the first file, if there are several), and its losses."""
    write = FORMATS[name].write
    assert write is not None
    target = Memory()
    losses = write(dataset, target)
    return next((file.kept for file in target.files.values()), b""), losses


def read(content: bytes, name: str, file: str = "f", **told: Any) -> list[Item]:
    """What the reader of a format gives of these bytes."""
    reader = FORMATS[name].read
    assert reader is not None
    return list(reader(BytesInput(content, file), Reading(**told)))


def comparable(found: list[Any]) -> dict[str, Any]:
    """Records by id as they should come back: without what no such format holds."""
    kept = [one for one in found if not isinstance(one, Label | Evidence | Snapshot | Review)]
    return {one.id: replace(one, raw=None) if hasattr(one, "raw") else one for one in kept}


def expected(dataset: Given) -> dict[str, Any]:
    """The records of a dataset that a format with Newsdesk's objects gives back."""
    return comparable(given_records(dataset))


def returned(items: list[Item]) -> dict[str, Any]:
    """The records among the items, to be held against the expected ones."""
    return comparable(records(items))


def bundles_in(items: list[Item]) -> list[Bundle]:
    """The articles among the items."""
    return [item for item in items if isinstance(item, Bundle)]


def labels_in(items: list[Item]) -> list[Label]:
    """The labels among the items."""
    found = [item.record for item in items if isinstance(item, Filed)]
    return [record for record in found if isinstance(record, Label)]
