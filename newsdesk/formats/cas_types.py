"""The type system of Newsdesk's UIMA CAS: DKPro's named entities, and a type for each layer."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsdesk.formats.xml_reading import storable
from newsdesk.formats.xml_writing import content
from newsdesk.model import Label, Layer

ANNOTATION = "uima.tcas.Annotation"
SOFA = "uima.cas.Sofa"
DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
METADATA = DKPRO + "metadata.type.DocumentMetaData"
ENTITY = DKPRO + "ner.type.NamedEntity"
OWN = "newsdesk."
TIE = OWN + "Tie"
VIEW = "_InitialView"

LAYERS = {layer: OWN + layer.value.capitalize() for layer in Layer}
"""The type of each layer; entities of one span are DKPro's named entities instead."""

STRING, FLOAT, ARRAY = "uima.cas.String", "uima.cas.Float", "uima.cas.FSArray"
FEATURES = ("label", "status", "author", "note", "mark")
CONFIDENCE, TIES = "confidence", "ties"

_TAKEN = {*FEATURES, CONFIDENCE, TIES, "begin", "end", "sofa", "id", "value", "identifier"}
_WIKIDATA = "http://www.wikidata.org/entity/"
_QID = re.compile(r"Q[1-9]\d*")


class Feature(NamedTuple):
    """One feature of a type: its name, the type of its values, and of their elements."""

    name: str
    range: str = STRING
    element: str = ""


class Type(NamedTuple):
    """One type: its name, the type above it, and its own features."""

    name: str
    above: str
    features: tuple[Feature, ...]


def feature_name(name: str) -> str:
    """The name of the feature for an attribute of a label: letters, digits and underscores."""
    plain = re.sub(r"\W", "_", name, flags=re.ASCII)
    if not plain or not plain[0].isalpha():
        plain = f"a_{plain}"
    return f"{plain}_" if plain in _TAKEN else plain


def types(labels: Iterable[Label]) -> list[Type]:
    """The types that marks with these labels need."""
    attributes: dict[Layer, dict[str, None]] = {layer: {} for layer in Layer}
    for label in labels:
        for one in label.attributes:
            attributes[label.layer][feature_name(one.name)] = None
    names = ("documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri")
    found = [
        Type(
            METADATA,
            "uima.tcas.DocumentAnnotation",
            (*map(Feature, names), Feature("isLastSegment", "uima.cas.Boolean")),
        ),
        Type(ENTITY, ANNOTATION, (Feature("value"), Feature("identifier"))),
        Type(TIE, "uima.cas.TOP", (Feature("role"), Feature("target", ANNOTATION))),
    ]
    for layer in Layer:
        features = [*map(Feature, FEATURES), Feature(CONFIDENCE, FLOAT)]
        if layer in (Layer.QUOTE, Layer.CLAIM):
            features.append(Feature(TIES, ARRAY, TIE))
        features += map(Feature, attributes[layer])
        found.append(Type(LAYERS[layer], ANNOTATION, tuple(features)))
    return found


def type_system(found: Sequence[Type]) -> str:
    """`TypeSystem.xml`, to be read by UIMA, INCEpTION (as layers) and dkpro-cassis."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">')
    lines.append("<types>")
    for name, above, features in found:
        lines.append(f"<typeDescription><name>{content(name)}</name><description/>")
        lines.append(f"<supertypeName>{content(above)}</supertypeName><features>")
        for feature in features:
            element = f"<elementType>{feature.element}</elementType>" if feature.element else ""
            lines.append(
                f"<featureDescription><name>{content(feature.name)}</name><description/>"
                f"<rangeTypeName>{feature.range}</rangeTypeName>{element}</featureDescription>"
            )
        lines.append("</features></typeDescription>")
    lines += ["</types>", "</typeSystemDescription>", ""]
    return "\n".join(lines)


def identifier(kb_id: str) -> str:
    """An id in a knowledge base as INCEpTION has them: an address, where it is Wikidata's."""
    return _WIKIDATA + kb_id if _QID.fullmatch(kb_id) else storable(kb_id)[0]


def kb_id(identifier: str) -> str:
    """The id in a knowledge base that an identifier stands for."""
    return identifier.removeprefix(_WIKIDATA).removeprefix(_WIKIDATA.replace("http:", "https:"))
