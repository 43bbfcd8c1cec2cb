"""The feature structures of an article, for both ways of writing a UIMA CAS."""

from collections.abc import Iterator
from typing import NamedTuple

from newsdesk.formats.cas_types import (
    CONFIDENCE,
    ENTITY,
    LAYERS,
    METADATA,
    TIE,
    TIES,
    feature_name,
    identifier,
    type_system,
    types,
)
from newsdesk.formats.companion import FILE, Companion
from newsdesk.formats.format import Bundle, Dataset, Losses, Part, Target
from newsdesk.formats.naming import file_stem
from newsdesk.formats.xml_reading import storable
from newsdesk.model import Annotation, Attribute, Entity, Label, Layer, Offsets

Value = str | float | bool


class Structure(NamedTuple):
    """A feature structure: its offsets in UTF-16 units (-1 for one without), its features, and
    its references to others by feature."""

    id: int
    type: str
    begin: int
    end: int
    features: dict[str, Value]
    references: dict[str, list[int]] = {}  # noqa: RUF012 - never changed


class Article(NamedTuple):
    """An article as a CAS: the name of its file, its text and its structures."""

    stem: str
    text: str
    structures: list[Structure]


def articles(dataset: Dataset, target: Target, format: str, losses: Losses) -> Iterator[Article]:
    """The articles of a dataset as CAS; type system and companion are written beside them."""
    companion = Companion(dataset, format, losses, xml=format == "cas-xmi")
    with target.file("TypeSystem.xml") as file:
        file.write(type_system(types(dataset.labels)).encode())
    labels = {label.id: label for label in dataset.labels}
    entities = {entity.id: entity for entity in dataset.entities() if entity.kb_id}
    with target.file(FILE) as aside:
        companion.begin(aside, {})
        for number, bundle in enumerate(dataset.articles(), 1):
            stem = file_stem(number, bundle.article)
            yield Article(stem, bundle.article.text, structures(bundle, labels, entities))
            companion.article(aside, stem, bundle)
        companion.end(aside)


def structures(
    bundle: Bundle, labels: dict[str, Label], entities: dict[str, Entity]
) -> list[Structure]:
    """What stands in an article: the document, then its marks in order, then their ties."""
    article = bundle.article
    offsets = Offsets(article.text)
    details: dict[str, Value] = {
        "language": article.language,
        "documentTitle": article.title,
        "documentId": article.id,
        "isLastSegment": False,
    }
    found = [Structure(2, METADATA, 0, offsets.units, details)]
    first: dict[str, Structure] = {}
    for mark in bundle.annotations:
        label = labels[mark.label]
        type = LAYERS[label.layer]
        if label.layer is Layer.ENTITY and len(mark.spans) == 1:
            type = ENTITY
            features: dict[str, Value] = {"value": label.name}
            entity = entities.get(mark.entity or "")
            if entity is not None and entity.kb_id:
                features["identifier"] = identifier(entity.kb_id)
        else:
            features = _features(mark, label)
        for start, end in mark.spans:
            places = offsets.to_utf16(start), offsets.to_utf16(end)
            one = Structure(len(found) + 2, type, *places, features, {})
            first.setdefault(mark.id, one)
            found.append(one)
    return found + _ties(bundle, first, labels, len(found) + 2)


def _features(mark: Annotation, label: Label) -> dict[str, Value]:
    features: dict[str, Value] = {"label": label.name, "status": mark.status.value}
    if mark.author:
        features["author"] = mark.author
    if mark.note:
        features["note"] = mark.note
    if len(mark.spans) > 1:
        features["mark"] = mark.id
    if mark.confidence is not None:
        features[CONFIDENCE] = mark.confidence
    declared: tuple[Attribute, ...] = label.attributes
    for one in declared:
        value = mark.attributes.get(one.name)
        if value is not None and not isinstance(value, list | dict):
            features[feature_name(one.name)] = attribute_text(value)
    return features


def attribute_text(value: object) -> str:
    """The value of an attribute as the text of a feature."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _ties(
    bundle: Bundle, first: dict[str, Structure], labels: dict[str, Label], next: int
) -> list[Structure]:
    """A link from each content to who says it and to the cue; its array is the content's."""
    found = []
    tied = {LAYERS[Layer.QUOTE], LAYERS[Layer.CLAIM]}
    for tie in bundle.attributions:
        content = first.get(tie.content)
        if content is None or content.type not in tied:
            continue
        for role, end in (("source", tie.source_mention), ("cue", tie.cue)):
            if end in first:
                references = {"target": [first[end].id]}
                found.append(Structure(next, TIE, -1, -1, {"role": role}, references))
                content.references.setdefault(TIES, []).append(next)
                next += 1
    return found


def tell_controls(article_id: str, text: str, losses: Losses) -> None:
    """Report signs that XML can't hold: other programs read � in their place."""
    count = storable(text)[1]
    if count:
        what = f"{count} control characters of the text are � to other programs: XML has none"
        losses.add(Part.DETAILS, article_id, what)
