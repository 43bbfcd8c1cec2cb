"""UIMA CAS: there and back, read by dkpro-cassis too, and files that are wrong."""

import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings

from newsdesk.formats import cas_json, cas_xmi, choose
from newsdesk.formats.cas_types import ENTITY, LAYERS, METADATA, TIE, feature_name
from newsdesk.formats.format import Bundle, Format, Item, Part, Reading
from newsdesk.formats.inputs import BytesInput, FileInput
from newsdesk.model import (
    Attribute,
    Label,
    Layer,
    Status,
    new_article,
    quote_of,
    replace,
)
from tests.formats.returning import INTEROP, check_return, datasets, export, reread
from tests.formats.samples import LABELS, Given, mark, problems, records, small

XMI, JSON = cas_xmi.FORMAT, cas_json.FORMAT
BOTH = pytest.mark.parametrize("format", [XMI, JSON], ids=lambda one: one.name)


def bundles(items: list[Item]) -> list[Bundle]:
    return [item for item in items if isinstance(item, Bundle)]


def loaded(format: Format, files: dict[str, bytes], name: str) -> Any:
    """A document as dkpro-cassis reads it."""
    cassis = pytest.importorskip("cassis")
    if format is JSON:
        return cassis.load_cas_from_json(files[name].decode())
    system = cassis.load_typesystem(io.BytesIO(files["TypeSystem.xml"]))
    return cassis.load_cas_from_xmi(io.BytesIO(files[name]), typesystem=system)


def documents(files: dict[str, bytes]) -> list[str]:
    return [name for name in sorted(files) if name[:1].isdigit()]


@BOTH
@given(datasets())
def test_everything_returns(format: Format, dataset: Given) -> None:
    losses = check_return(format, dataset)
    assert {loss.part for loss in losses.listed} <= {Part.DETAILS}


@BOTH
def test_every_kind_of_record_returns(format: Format) -> None:
    assert check_return(format, small()).count == 0


def test_control_characters_return_though_xml_has_none() -> None:
    article = new_article("a\x0bb\x1f\ufffdc\uffff", title="x\x01y")
    dataset = Given(
        labels=LABELS,
        bundles=[Bundle(article=article, annotations=(mark(article, "ORG", (2, 5), note="\x02"),))],
    )
    files, losses = export(XMI, dataset)
    [loss] = losses.listed
    assert (loss.part, loss.record) == (Part.DETAILS, article.id)
    assert "3 control characters" in loss.what
    assert records(reread(XMI, files))[-2:] == [article, *dataset.bundles[0].annotations]


@BOTH
@settings(max_examples=30)
@given(datasets())
def test_cassis_reads_the_same_words(format: Format, dataset: Given) -> None:
    files, _ = export(format, dataset)
    for name, bundle in zip(documents(files), dataset.bundles, strict=True):
        cas = loaded(format, files, name)
        text = bundle.article.text
        if format is JSON:
            assert cas.sofa_string == text
        assert len(cas.sofa_string) == len(text)
        found = sorted(
            (one.begin, one.end, one.value if one.type.name == ENTITY else one.label)
            for one in cas.select("uima.tcas.Annotation")
            if one.type.name != METADATA
        )
        names = {label.id: label.name for label in LABELS}
        expected = sorted(
            (start, end, names[one.label]) for one in bundle.annotations for start, end in one.spans
        )
        assert found == expected


@BOTH
def test_cassis_reads_links_attributes_and_identifiers(format: Format) -> None:
    dataset = small()
    cue_label = replace(
        LABELS[5], attributes=(Attribute(name="polarity of it"), Attribute(name="n"))
    )
    dataset.labels = (*LABELS[:5], cue_label)
    bundle = dataset.bundles[1]
    name, cue, quote, claim = bundle.annotations
    cue = replace(cue, attributes={"polarity of it": "denied", "n": 3, "free": True})
    bundle = Bundle(
        article=bundle.article,
        annotations=(name, cue, quote, claim),
        attributions=bundle.attributions,
        outlet=bundle.outlet,
    )
    dataset.bundles = [dataset.bundles[0], bundle]
    assert check_return(format, dataset).count == 0
    files, _ = export(format, dataset)
    cas = loaded(format, files, documents(files)[1])
    [entity] = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    assert entity.identifier == "http://www.wikidata.org/entity/Q7259"
    [found] = cas.select("newsdesk.Cue")
    assert (found.polarity_of_it, found.n, found.label) == ("denied", "3", "CUE")
    first, second = cas.select("newsdesk.Quote")
    assert (first.status, first.confidence, first.mark) == ("proposed", 0.5, quote.id)
    assert second.mark == quote.id
    ties = first.ties.elements if hasattr(first.ties, "elements") else first.ties
    assert {(tie.role, tie.target.get_covered_text()) for tie in ties} == {
        ("source", "Ada"),
        ("cue", "said"),
    }
    [metadata] = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")
    assert metadata.documentTitle == "Ada"


@BOTH
def test_what_another_tool_changed_counts(format: Format) -> None:
    dataset = small()
    files, _ = export(format, dataset)
    name = documents(files)[1]
    text = files[name].decode()
    for old, new in (
        ('status="proposed"', 'status="rejected"'),
        ('"status":"proposed"', '"status":"rejected"'),
        ("see&#10;the engine", "seen"),
        ("see\\nthe engine", "seen"),
        ('role="cue"', 'role="source"'),
        ('"role":"cue"', '"role":"source"'),
    ):
        text = text.replace(old, new)
    bundle = bundles(reread(format, {**files, name: text.encode()}))[1]
    _, cue, quote, claim = bundle.annotations
    assert quote.status is Status.REJECTED
    assert quote.spans == dataset.bundles[1].annotations[2].spans
    assert claim.note == "seen"
    kept, added = bundle.attributions
    assert (kept.cue, kept.source_mention) == (
        None,
        dataset.bundles[1].attributions[0].source_mention,
    )
    assert added.source_mention == cue.id


def test_features_have_names_that_uima_takes() -> None:
    assert feature_name("polarity") == "polarity"
    assert feature_name("label") == "label_"
    assert feature_name("größe 2") == "gr__e_2"
    assert feature_name("2nd") == "a_2nd"


OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
    'xmlns:cas="http:///uima/cas.ecore" xmlns:c="http:///webanno/custom.ecore" xmi:version="2.0">'
)
SOFA = (
    '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" '
    'sofaString="😀 Ada said"/></xmi:XMI>'
)


def one(body: str) -> list[Item]:
    return reread(XMI, {"a.xmi": (OPEN + body + SOFA).encode()})


def test_a_foreign_document_brings_labels_and_attributes() -> None:
    items = one(
        '<c:Person xmi:id="3" sofa="1" begin="3" end="6" value="PER" Role="poet" ref="12 13"/>'
        '<c:Cue xmi:id="4" sofa="1" begin="7" end="11"/>'
        '<c:Knows xmi:id="5" sofa="1" begin="3" end="6" Governor="3" Dependent="4"/>'
        '<c:Empty xmi:id="6" sofa="1" begin="3" end="3"/>'
        '<c:Person xmi:id="7" sofa="2" begin="3" end="6"/>'
    )
    [bundle] = bundles(items)
    person, cue = bundle.annotations
    labels = {each.id: each for each in records(items) if isinstance(each, Label)}
    assert (labels[person.label].name, labels[person.label].layer) == ("PER", Layer.ENTITY)
    assert (labels[cue.label].name, labels[cue.label].layer) == ("Cue", Layer.CUE)
    assert (person.quote, person.attributes) == ("Ada", {"Role": "poet"})
    assert [problem.blocks for problem in problems(items)] == [False] * 3


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('<c:P xmi:id="3" sofa="1" begin="0" end="99"/>', "outside the text, which has 11 UTF-16"),
        ('<c:P xmi:id="3" sofa="1" begin="1" end="3"/>', "seems to count others"),
        ('<c:P xmi:id="3" sofa="1" begin="-1" end="3"/>', "should be numbers"),
        ('<c:P xmi:id="3" sofa="1" begin="6" end="3"/>', "lies outside"),
    ],
)
def test_wrong_offsets_are_named_with_their_place(body: str, says: str) -> None:
    [problem] = problems(one("\n\n" + body))
    assert says in problem.message
    assert (problem.file, problem.line, problem.record) == ("set/a.xmi", 3, "annotation 3")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xmi", b"", "no element"),
        ("a.xmi", b"<a/>", "no XMI"),
        ("a.xmi", (OPEN + "</xmi:XMI>").encode(), "no text"),
        ("a.xmi", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
        ("b.txt", b"x", "no .xmi in it"),
        ("a.json", b"[]", "no UIMA CAS"),
        ("a.json", b"{", "invalid JSON"),
        ("a.json", b'{"%FEATURE_STRUCTURES":[1,{"%TYPE":"uima.cas.Sofa"}]}', "no text"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
    ],
)
def test_files_of_another_kind_are_refused(name: str, content: bytes, says: str) -> None:
    [problem] = problems(reread(JSON if name.endswith("json") else XMI, {name: content}))
    assert says in problem.message


def test_an_archive_as_inception_exports_it_is_read() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("TypeSystem.xml", "<typeSystemDescription/>")
        document = (OPEN + SOFA).replace('"1.0"', '"1.1"', 1)
        archive.writestr("ada.xmi", document)
    source = BytesInput(held.getvalue(), "ada.zip")
    assert choose(source).name == "cas-xmi"
    assert XMI.read is not None
    [bundle] = bundles(list(XMI.read(source, Reading())))
    assert bundle.article.text == "😀 Ada said"


def test_single_documents_are_recognised() -> None:
    files, _ = export(XMI, small())
    name = documents(files)[0]
    assert choose(BytesInput(files[name], name)).name == "cas-xmi"
    files, _ = export(JSON, small())
    name = documents(files)[0]
    assert choose(BytesInput(files[name], name)).name == "cas-json"
    assert JSON.read is not None
    [bundle] = bundles(list(JSON.read(BytesInput(files[name], name), Reading())))
    assert bundle.article.text == small().bundles[0].article.text


@pytest.mark.skipif(not INTEROP.is_dir(), reason="the official samples are not here")
def test_the_official_samples_are_read() -> None:
    found: dict[str, list[Item]] = {}
    for path in sorted((INTEROP / "uima-cas").iterdir()):
        if path.suffix in (".xmi", ".json"):
            format = JSON if path.suffix == ".json" else XMI
            assert format.read is not None
            found[path.name] = list(format.read(FileInput(path), Reading()))
    assert not [one for items in found.values() for one in problems(items) if one.blocks]
    assert all(len(bundles(items)) == 1 for items in found.values())
    smileys = bundles(found["cas_with_smileys.xmi"])[0]
    assert all(
        one.quote == quote_of(smileys.article.text, one.spans) for one in smileys.annotations
    )
    cassis = pytest.importorskip("cassis")
    folder = INTEROP / "uima-cas"
    with (folder / "inception_typesystem.xml").open("rb") as file:
        system = cassis.load_typesystem(file)
    with (folder / "cas_with_smileys.xmi").open("rb") as file:
        cas = cassis.load_cas_from_xmi(file, typesystem=system)
    theirs = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    ours = [one.quote for one in smileys.annotations]
    assert ours == [one.get_covered_text() for one in theirs]
    assert "PyTorch" in ours
    slots = bundles(found["tsv3-slot-feature.json"])[0]
    assert [one.spans for one in slots.annotations] == [((0, 4),), ((5, 7),), ((8, 9),)]


def test_every_document_of_cas_json_has_its_own_types() -> None:
    files, _ = export(JSON, small())
    declared = json.loads(files[documents(files)[0]])["%TYPES"]
    assert declared["newsdesk.Quote"]["ties"]["%RANGE"] == "newsdesk.Tie[]"


def test_inception_takes_each_type_for_a_layer() -> None:
    """Its rules (TypeSystemAnalysis): a layer of spans stands right below Annotation, and has
    features that are plain, or slots; a slot's links are below TOP, with a role and a target."""
    cassis = pytest.importorskip("cassis")
    files, _ = export(XMI, small())
    system = cassis.load_typesystem(io.BytesIO(files["TypeSystem.xml"]))
    layers = [one for one in system.get_types() if one.name.startswith("newsdesk.")]
    assert {one.name for one in layers} == {*LAYERS.values(), TIE}
    for layer in layers:
        if layer.name == TIE:
            assert layer.supertype.name == "uima.cas.TOP"
            ranges = {one.name: one.rangeType.name for one in layer.features}
            assert ranges == {"role": "uima.cas.String", "target": "uima.tcas.Annotation"}
            continue
        assert layer.supertype.name == "uima.tcas.Annotation"
        for one in layer.features:
            slot = one.rangeType.name == "uima.cas.FSArray" and one.elementType.name == TIE
            assert slot or one.rangeType.name in ("uima.cas.String", "uima.cas.Float")
