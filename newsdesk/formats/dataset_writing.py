"""Records as the objects of a Newsdesk dataset, streamed as JSON: always the same bytes."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from newsdesk.formats.format import Bundle, Dataset, JournalEdit, Losses, Part, Target
from newsdesk.formats.objects import keys, kind_of
from newsdesk.formats.shape import (
    KINDS,
    NAME,
    OFFSET_UNIT,
    VERSION,
    AnnotationShape,
    ArticleShape,
    ClaimShape,
    Kind,
    Shape,
)
from newsdesk.formats.spans import words_of
from newsdesk.model import Annotation, Label, Record, Revision

encode = msgspec.json.Encoder().encode

_HEADER = {"format": NAME, "version": VERSION, "offset_unit": OFFSET_UNIT}


class Objects:
    """Turns records into objects of the dataset; what they can't hold goes to the loss report."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._labels = {label.id: label for label in labels}
        self.losses = Losses()

    def article(self, bundle: Bundle) -> Any:
        """An article with its marks inside."""
        article = bundle.article
        shape = ArticleShape(
            id=article.id,
            title=article.title,
            text=article.text,
            sha256=article.sha256,
            language=article.language,
            published=article.published,
            outlet=bundle.outlet or None,
            byline=article.byline,
            url=article.url,
            status=article.status,
            supersedes=article.supersedes,
            outlet_source=article.outlet,
            section=article.section,
            embargo_until=article.embargo_until,
            imported_at=article.imported_at,
            format=article.format,
            encoding=article.encoding,
            canoniser=article.canoniser,
            raw=article.raw,
        )
        text = article.text
        shape.annotations = [self._mark(mark, text) for mark in bundle.annotations]
        shape.attributions = [self.record(tie) for tie in bundle.attributions]
        return self._with_extra(shape, article)

    def _mark(self, mark: Annotation, text: str) -> Any:
        label, spans = self._labels[mark.label], mark.spans
        shape = AnnotationShape(
            mark.id,
            label.name,
            label.layer,
            spans,
            (mark.quote,) if len(spans) == 1 else words_of(text, spans),
            mark.status,
            mark.origin,
            mark.confidence,
            mark.author,
            mark.note,
            mark.attributes,
            mark.entity,
            mark.claim,
            mark.label_version,
        )
        return self._with_extra(shape, mark) if mark.extra else shape

    def record(self, record: Record, appearances: tuple[str, ...] = ()) -> Any:
        """Any other record."""
        kind = KINDS[kind_of(record)]
        values = {
            name: getattr(record, name)
            for name in kind.shape.__struct_fields__
            if name != "appearances"
        }
        shape = kind.shape(**values)
        if isinstance(shape, ClaimShape):
            shape.appearances = appearances
        return self._with_extra(shape, record)

    def _with_extra(self, shape: Shape, record: Record) -> Any:
        if not record.extra:
            return shape
        taken = keys(type(shape)) | {"type"}
        for key in sorted(record.extra.keys() & taken):
            self.losses.add(
                Part.UNKNOWN, record.id, f"the unknown key “{key}” is one of Newsdesk's"
            )
        own = msgspec.structs.asdict(shape)
        renamed = {field.name: field.encode_name for field in msgspec.structs.fields(shape)}
        known = {renamed[name]: value for name, value in own.items()}
        return known | {key: value for key, value in record.extra.items() if key not in taken}


def write_json(dataset: Dataset, target: Target) -> Losses:
    """Write one JSON object, a record a line."""
    objects = Objects(dataset.labels)
    with target.file() as file:
        file.write(encode(_HEADER)[:-1])
        for kind in KINDS.values():
            if kind.key in ("annotations", "attributions"):
                continue
            file.write(b',\n"%s":[' % kind.key.encode())
            before = b"\n"
            for found in _stream(dataset, objects, kind):
                file.write(before + encode(found))
                before = b",\n"
            file.write(b"]")
        file.write(b',\n"journal":[')
        before = b"\n"
        for revision, edits in dataset.journal():
            file.write(before)
            _write_revision(file, b"{", revision, edits)
            before = b",\n"
        file.write(b"]}\n")
    return objects.losses


def write_jsonl(dataset: Dataset, target: Target) -> Losses:
    """Write the header, then one line a record, so that references lead backwards."""
    objects = Objects(dataset.labels)
    with target.file() as file:
        file.write(encode(_HEADER) + b"\n")
        for name in LINES:
            start = b'{"type":"%s",' % name.encode()
            for found in _stream(dataset, objects, KINDS[name]):
                file.writelines((start, memoryview(encode(found))[1:], b"\n"))
        for revision, edits in dataset.journal():
            _write_revision(file, b'{"type":"revision",', revision, edits)
            file.write(b"\n")
    return objects.losses


LINES = (
    *("label", "entity", "source", "claim", "article"),
    *("evidence", "snapshot", "review", "link"),
)
"""The kinds of lines in JSONL, in their order."""


def _stream(dataset: Dataset, objects: Objects, kind: Kind) -> Iterator[Any]:
    if kind.key == "articles":
        yield from map(objects.article, dataset.articles())
    elif kind.key == "claims":
        for claim, appearances in dataset.claims():
            yield objects.record(claim, appearances)
    else:
        found = {
            "codebook": lambda: dataset.labels,
            "entities": dataset.entities,
            "sources": dataset.sources,
            "evidence": dataset.evidence,
            "snapshots": dataset.snapshots,
            "reviews": dataset.reviews,
            "links": dataset.links,
        }[kind.key]
        yield from map(objects.record, found())


def _write_revision(
    file: BinaryIO, start: bytes, revision: Revision, edits: Iterable[JournalEdit]
) -> None:
    values = {name: getattr(revision, name) for name in _REVISION}
    file.write(start + encode(values)[1:-1] + b',"edits":[')
    before = b""
    for edit in edits:
        found = {
            "kind": edit.kind,
            "record": edit.record,
            "before": msgspec.Raw(edit.before.encode()) if edit.before else None,
            "after": msgspec.Raw(edit.after.encode()) if edit.after else None,
            "digest": edit.digest.hex(),
        }
        file.write(before + encode(found))
        before = b","
    file.write(b"]}")


_REVISION = ("seq", "id", "title", "author", "at", "undoes", "prev_hash", "hash", "count")
