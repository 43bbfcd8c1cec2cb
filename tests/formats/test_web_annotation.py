"""Web Annotation against the official schemas and context, and against a reader of JSON-LD."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from newsdesk.model import Entity
from tests.formats.foreign_samples import bundles_in, labels_in, read, written
from tests.formats.samples import problems, records, small

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "interop" / "web-annotation"
official = pytest.mark.skipif(not SHARED.exists(), reason="the official samples are not here")


def page() -> Any:
    return json.loads(written(small(), "web-annotation")[0])


def definitions() -> Any:
    found = {
        path.name: DRAFT4.create_resource(json.loads(path.read_text(encoding="utf-8")))
        for path in (SHARED / "definitions").glob("*.json")
    }
    return Registry().with_resources(found.items())


@official
def test_each_annotation_satisfies_every_must_of_the_test_suite() -> None:
    whole = page()
    items = [{"@context": whole["@context"], **item} for item in whole["items"]]
    assert len(items) == 7
    found = [*sorted((SHARED / "musts").glob("*.json"))]
    assert len(found) == 54
    registry = definitions()
    for path in found:
        schema = json.loads(path.read_text(encoding="utf-8"))
        validator = Draft4Validator(schema, registry=registry)
        for item in items:
            assert schema["expectedResult"] == "valid"
            assert [fault.message for fault in validator.iter_errors(item)] == [], path.name


@official
@pytest.mark.parametrize("path", sorted(SHARED.glob("examples/*.json")), ids=lambda p: p.stem)
def test_the_models_own_examples_are_understood(path: Path) -> None:
    """They are about texts that are not in the file: that is what the message says."""
    items = read(path.read_bytes(), "web-annotation")
    assert bundles_in(items) == []
    assert [one.message for one in problems(items)]
    assert all(one.message.startswith("the text that 1 annot") for one in problems(items))


@official
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_a_reader_of_json_ld_sees_the_same() -> None:
    from rdflib import Graph, Namespace
    from rdflib.namespace import RDF

    whole = page()
    context = json.loads((SHARED / "anno.jsonld").read_text(encoding="utf-8"))["@context"]
    whole["@context"][0] = context
    graph = Graph().parse(data=json.dumps(whole), format="json-ld")
    oa = Namespace("http://www.w3.org/ns/oa#")
    text = small().bundles[1].article.text
    assert len(set(graph.subjects(RDF.type, oa.Annotation))) == 7
    places = set()
    for selector in graph.subjects(RDF.type, oa.TextPositionSelector):
        start, end = (int(str(graph.value(selector, oa[name]))) for name in ("start", "end"))
        places.add(text[start:end])
    quotes = {str(words) for words in graph.objects(None, oa.exact)}
    assert places == quotes == {"Ada", "said", "It can do", "atever we know.", text[13:40]}
    assert {str(graph.value(s, oa.prefix)) for s in graph.subjects(oa.exact)} >= {"", "Ada 😀 "}
    texts = {str(value) for value in graph.objects(None, RDF.value)}
    assert {text, "PERSON", "see\nthe engine"} <= texts


TEXT = "Ada 😀 said: “It works.” Ada left."


def foreign(*items: Any, text: str = TEXT) -> bytes:
    described = {
        "type": "Annotation",
        "motivation": "describing",
        "body": {"type": "TextualBody", "value": text, "language": "is"},
        "target": "http://example.org/a",
    }
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage"}
    return json.dumps({**page, "items": [*items, described]}).encode()


def about(*selectors: Any, **fields: Any) -> Any:
    target = {"source": "http://example.org/a", "selector": list(selectors)}
    return {"id": "http://example.org/1", "type": "Annotation", "target": target, **fields}


def quote(exact: str, **around: str) -> Any:
    return {"type": "TextQuoteSelector", "exact": exact, **around}


def position(start: int, end: int) -> Any:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def test_annotations_of_other_tools_come_in_with_tag_note_person_and_identity() -> None:
    body = [
        {"type": "TextualBody", "purpose": "tagging", "value": "PERSON"},
        {"type": "TextualBody", "purpose": "commenting", "value": "the countess"},
        {
            "type": "SpecificResource",
            "purpose": "identifying",
            "source": "http://www.wikidata.org/entity/Q7259",
        },
    ]
    made = about(position(0, 3), body=body, creator={"name": "Bea"}, created="2020-01-01T00:00:00Z")
    items = read(foreign(made), "web-annotation")
    assert problems(items) == []
    (bundle,) = bundles_in(items)
    (mark,) = bundle.annotations
    assert (mark.quote, mark.note, mark.author) == ("Ada", "the countess", "Bea")
    assert bundle.article.language == "is"
    assert [label.name for label in labels_in(items)] == ["PERSON"]
    assert mark.extra == {"web-annotation": {"created": "2020-01-01T00:00:00Z"}}
    (entity,) = [one for one in records(items) if isinstance(one, Entity)]
    assert (entity.kb_id, entity.name, mark.entity) == ("Q7259", "Ada", entity.id)


@pytest.mark.parametrize(
    ("selectors", "span"),
    [
        ([quote("said")], (6, 10)),
        ([quote("Ada", prefix="” ")], (24, 27)),
        ([position(7, 11), quote("said")], (6, 10)),  # UTF-16 units
        ([position(2, 5), quote("Ada", suffix=" left")], (24, 27)),
        ([{**position(0, 12), "refinedBy": quote("said")}], (6, 10)),
    ],
)
def test_the_quotation_finds_what_the_position_does_not(
    selectors: list[Any], span: tuple[int, int]
) -> None:
    items = read(foreign(about(*selectors, bodyValue="hm")), "web-annotation")
    assert problems(items) == []
    (mark,) = bundles_in(items)[0].annotations
    assert (mark.spans, mark.note) == ((span,), "hm")


@pytest.mark.parametrize(
    ("selectors", "words"),
    [
        ([quote("Ada")], "in several places"),
        ([quote("nowhere")], "nowhere in the text"),
        ([position(2, 900)], "outside the text"),
        ([position(2, 5), quote("Ada")], "the text reads"),
        ([{"type": "XPathSelector", "value": "/p"}], "XPathSelector can't be followed"),
    ],
)
def test_a_place_that_is_not_there_is_named(selectors: list[Any], words: str) -> None:
    items = read(foreign(about(*selectors)), "web-annotation")
    (problem,) = problems(items)
    assert words in problem.message
    assert "annotation" in problem.record or "mark" in problem.record
    assert bundles_in(items)[0].annotations == ()


def test_a_collection_a_list_and_a_single_annotation_are_read_too() -> None:
    items = json.loads(foreign(about(position(0, 3))))["items"]
    context = {"@context": "http://www.w3.org/ns/anno.jsonld"}
    for whole in ({"type": "AnnotationCollection", "first": {"items": items}}, items):
        found = read(json.dumps(whole).encode(), "web-annotation")
        assert [len(bundle.annotations) for bundle in bundles_in(found)] == [1]
    (found,) = problems(read(json.dumps({**context, **items[0]}).encode(), "web-annotation"))
    assert "the text that 1 annotations are about is not in the file" in found.message
