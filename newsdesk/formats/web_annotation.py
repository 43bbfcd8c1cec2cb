"""W3C Web Annotation: JSON-LD with positions and quotes, read by any tool of that model.

A file is one AnnotationPage. Each article comes as an annotation that describes it, with its text
as the body; what is marked in it follows. Newsdesk's own records stand beside, under names of
Newsdesk's, which the model lets others pass over.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from newsdesk.formats.carried import Block
from newsdesk.formats.dataset_writing import Objects
from newsdesk.formats.format import Bundle, Dataset, FileFormat, Losses, Part, Target
from newsdesk.formats.json_stream import BOM
from newsdesk.formats.web_annotation_reading import iri_of, read_web_annotation
from newsdesk.formats.web_annotation_words import (
    AFTER,
    ANNOTATION,
    ARTICLE,
    ATTRIBUTION,
    BEFORE,
    CONTEXT,
    NAME,
)
from newsdesk.model import HUMAN, Annotation, Layer, Span

QUOTED = 32
"""Code points before and after the marked words that their selector quotes."""

encode = msgspec.json.Encoder().encode


def write_web_annotation(dataset: Dataset, target: Target) -> Losses:
    """One AnnotationPage, an annotation a line."""
    objects = Objects(dataset.labels)
    losses = objects.losses
    labels = {label.id: label for label in dataset.labels}
    kb_ids = {entity.id: entity.kb_id for entity in dataset.entities() if entity.kb_id}
    for revision, _ in dataset.journal():
        losses.add(Part.JOURNAL, revision.id, "the journal is not written")
    with target.file() as file:
        head = {"@context": CONTEXT, "id": "urn:newsdesk:dataset", "type": "AnnotationPage"}
        file.write(encode(head)[:-1])
        _write_list(file, BEFORE, _records_before(dataset, objects))
        _write_list(file, "items", _items(dataset, objects, labels, kb_ids))
        _write_list(file, AFTER, _records_after(dataset, objects))
        file.write(b"}\n")
    return losses


def _write_list(file: Any, key: str, found: Iterable[Any]) -> None:
    file.write(b",\n" + encode(key) + b":[")
    before = b"\n"
    for one in found:
        file.write(before + encode(one))
        before = b",\n"
    file.write(b"]")


def _typed(name: str, found: Any) -> Block:
    return {"type": name, **msgspec.to_builtins(found)}


def _records_before(dataset: Dataset, objects: Objects) -> Iterator[Block]:
    for label in dataset.labels:
        yield _typed("label", objects.record(label))
    for entity in dataset.entities():
        yield _typed("entity", objects.record(entity))
    for source in dataset.sources():
        yield _typed("source", objects.record(source))
    for claim, appearances in dataset.claims():
        yield _typed("claim", objects.record(claim, appearances))


def _records_after(dataset: Dataset, objects: Objects) -> Iterator[Block]:
    for name, records in (
        ("snapshot", dataset.snapshots()),
        ("evidence", dataset.evidence()),
        ("review", dataset.reviews()),
        ("link", dataset.links()),
    ):
        for record in records:
            yield _typed(name, objects.record(record))


def _items(
    dataset: Dataset, objects: Objects, labels: Block, kb_ids: dict[str, str]
) -> Iterator[Block]:
    for bundle in dataset.articles():
        whole = msgspec.to_builtins(objects.article(bundle))
        del whole["text"]
        marks, ties = whole.pop("annotations"), whole.pop("attributions")
        yield _article(bundle, whole)
        for mark, found in zip(bundle.annotations, marks, strict=True):
            del found["text"]
            yield _annotation(mark, found, bundle.article.text, labels[mark.label].layer, kb_ids)
        for found in ties:
            yield _attribution(found)


def _article(bundle: Bundle, whole: Block) -> Block:
    article = bundle.article
    return {
        "id": iri_of(f"text:{article.id}"),
        "type": "Annotation",
        "motivation": "describing",
        "body": {
            "type": "TextualBody",
            "value": article.text,
            "format": "text/plain",
            "language": article.language,
        },
        "target": iri_of(article.id),
        ARTICLE: whole,
    }


def _annotation(
    mark: Annotation, found: Block, text: str, layer: Layer, kb_ids: dict[str, str]
) -> Block:
    body: list[Block] = [{"type": "TextualBody", "purpose": "tagging", "value": found["label"]}]
    if mark.note:
        body.append({"type": "TextualBody", "purpose": "commenting", "value": mark.note})
    kb_id = kb_ids.get(mark.entity or "")
    if kb_id:
        wikidata = kb_id[:1] == "Q" and kb_id[1:].isdecimal()
        iri = f"http://www.wikidata.org/entity/{kb_id}" if wikidata else iri_of(f"kb:{kb_id}")
        body.append({"type": "SpecificResource", "purpose": "identifying", "source": iri})
    made: Block = {
        "id": iri_of(mark.id),
        "type": "Annotation",
        "motivation": "tagging" if layer is Layer.ENTITY else "classifying",
        "body": body,
    }
    if mark.origin != HUMAN:
        made["generator"] = {"type": "Software", "name": mark.origin}
    elif mark.author:
        made["creator"] = {"type": "Person", "name": mark.author}
    targets = [_target(mark.article, text, span) for span in mark.spans]
    made["target"] = targets[0] if len(targets) == 1 else targets
    kept = mark.extra.get(NAME)
    return {**(kept if isinstance(kept, dict) else {}), **made, ANNOTATION: found}


def _target(article: str, text: str, span: Span) -> Block:
    return {
        "type": "SpecificResource",
        "source": iri_of(article),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(span.start - QUOTED, 0) : span.start],
                "suffix": text[span.end : span.end + QUOTED],
            },
        ],
    }


def _attribution(found: Block) -> Block:
    """The content with what ties it to its source: the mention and the cue are linked to it."""
    ends = [found[role] for role in ("source_mention", "cue", "source") if found[role]]
    made = {
        "id": iri_of(found["id"]),
        "type": "Annotation",
        "motivation": "linking",
        "body": [iri_of(end) for end in ends],
        "target": iri_of(found["content"]),
        ATTRIBUTION: found,
    }
    if not ends:
        del made["body"]
    return made


def looks_like(head: bytes) -> bool:
    """Whether it is JSON with the context of Web Annotation."""
    bare = head.removeprefix(BOM).lstrip()
    return bare[:1] in (b"{", b"[") and b"www.w3.org/ns/anno.jsonld" in bare


FORMAT = FileFormat(
    name=NAME,
    title="W3C Web Annotation (JSON-LD)",
    suffixes=(".jsonld",),
    looks_like=looks_like,
    losses=frozenset({Part.JOURNAL}),
    read=read_web_annotation,
    write=write_web_annotation,
)
