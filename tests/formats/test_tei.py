"""TEI P5: there and back, what others see, the Guidelines' samples, and files that are wrong."""

import pytest
from hypothesis import given
from lxml import etree

from newsdesk.formats import choose, tei_writing
from newsdesk.formats.format import Bundle, Item, Part, Reading
from newsdesk.formats.inputs import FileInput
from newsdesk.formats.tei import FORMAT
from newsdesk.model import Entity, Label, Layer, Status
from tests.formats.returning import INTEROP, check_return, datasets, export, reread
from tests.formats.samples import Given, problems, records, small

T = "{http://www.tei-c.org/ns/1.0}"


def bundles(items: list[Item]) -> list[Bundle]:
    return [item for item in items if isinstance(item, Bundle)]


def read(text: str | bytes) -> list[Item]:
    return reread(FORMAT, {"": text.encode() if isinstance(text, str) else text})


@given(datasets())
def test_everything_returns(dataset: Given) -> None:
    losses = check_return(FORMAT, dataset)
    assert {loss.part for loss in losses.listed} <= {Part.DETAILS}


def test_every_kind_of_record_returns() -> None:
    assert check_return(FORMAT, small()).count == 0
    assert not check_return(FORMAT, Given()).count


def test_pointers_lead_to_the_words() -> None:
    files, _ = export(FORMAT, small())
    root = etree.fromstring(files[""])
    [_, article] = root.findall(f"{T}TEI")
    text = article.findtext(f".//{T}ab") or ""
    quote = article.find(f".//{T}annotation[3]")
    assert quote is not None
    assert quote.get("target") == "#string-range(a2-t,13,9,25,15)"
    assert text[13:22] == "It can do"
    assert quote.get("ana") == "#l-QUOTE"
    assert root.find(f".//{T}category[@n='QUOTE']") is not None
    person = article.find(f".//{T}annotation[1]")
    assert person is not None
    assert person.get("corresp") == "#e1"
    assert root.find(f"{T}standOff/{T}listPerson/{T}person/{T}persName[@key='Q7259']") is not None
    assert [one.get("type") for one in article.iter(f"{T}link")] == ["source", "cue"]
    ids = [one.get("{http://www.w3.org/XML/1998/namespace}id") for one in root.iter()]
    named = [one for one in ids if one]
    assert len(named) == len(set(named))


def test_what_was_changed_outside_counts() -> None:
    dataset = small()
    files, _ = export(FORMAT, dataset)
    text = files[""].decode().replace('n="proposed"', 'n="rejected"')
    text = text.replace("see\nthe engine", "seen").replace('<link type="cue"', '<link type="other"')
    bundle = bundles(read(text))[1]
    assert bundle.annotations[2].status is Status.REJECTED
    assert bundle.annotations[3].note == "seen"
    assert bundle.attributions[0].cue is None
    assert bundle.attributions[0].source_mention == bundle.annotations[0].id


def test_what_xml_readers_refuse_for_its_length_is_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tei_writing, "LONGEST", 700)
    dataset = small()
    _, losses = export(FORMAT, dataset)
    assert (Part.RAW, dataset.bundles[1].article.id) in {
        (loss.part, loss.record) for loss in losses.listed
    }


FOREIGN = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>A  title</title><author>Bea</author></titleStmt><publicationStmt><p/></publicationStmt>
<sourceDesc><bibl><date when="1843-09-01"/></bibl></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson><person xml:id="ada"><persName key="Q7259">Ada</persName></person>
</listPerson>
<spanGrp><span target="#w1 #w3" ana="#Gapped"/><span from="#w1" to="#w2" ana="#Whole"/>
<span target="#nowhere" ana="#x"/></spanGrp></standOff>
<text><body><head>Head</head><p>Then <persName ref="#ada">Ada</persName> said:
  <said>It <w xml:id="w1">can</w> <w xml:id="w2">do</w> <w xml:id="w3">it</w></said>.<note>n</note>
</p>
<p>End.</p></body></text></TEI>"""


def test_foreign_texts_with_inline_names_and_speech() -> None:
    items = read(FOREIGN)
    [bundle] = bundles(items)
    article = bundle.article
    assert article.text == "Head\nThen Ada said: It can do it.\nEnd."
    assert (article.title, article.byline, article.published) == ("A title", "Bea", "1843-09-01")
    labels = {one.id: one for one in records(items) if isinstance(one, Label)}
    found = {(labels[one.label].name, one.quote) for one in bundle.annotations}
    assert found == {
        ("PERSON", "Ada"),
        ("QUOTE", "It can do it"),
        ("Gapped", "can … it"),
        ("Whole", "can do"),
    }
    assert {one.name: one.layer for one in labels.values()}["QUOTE"] is Layer.QUOTE
    [entity] = [one for one in records(items) if isinstance(one, Entity)]
    assert (entity.name, entity.kb_id, entity.kind) == ("Ada", "Q7259", "PERSON")
    [person] = [one for one in bundle.annotations if one.quote == "Ada"]
    assert person.entity == entity.id
    assert [problem.blocks for problem in problems(items)] == [False]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no element"),
        (b"<a/>", "no TEI element"),
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>", "no text in it"),
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text>", "no well-formed XML"),
        (b"<!DOCTYPE TEI SYSTEM 'x'><TEI/>", "document type"),
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'>" + b"<p>" * 5_000, "no well-formed XML"),
    ],
)
def test_files_that_are_wrong_are_named(content: bytes, says: str) -> None:
    [problem] = problems(read(content))
    assert says in problem.message
    assert problem.file == "set.file"


def test_ranges_outside_the_text_are_named() -> None:
    text = FOREIGN.replace("<p>End", '<ab xml:id="t">End</ab><p>End').replace(
        'target="#w1 #w3"', 'target="#string-range(t,1,99)"'
    )
    [problem] = [one for one in problems(read(text)) if one.blocks]
    assert "lies outside the text" in problem.message


@pytest.mark.skipif(not INTEROP.is_dir(), reason="the official samples are not here")
def test_the_official_samples_are_read() -> None:
    found = {}
    for path in sorted((INTEROP / "tei").iterdir()):
        source = FileInput(path)
        assert choose(source).name == "tei"
        assert FORMAT.read is not None
        items = list(FORMAT.read(source, Reading()))
        assert not [one for one in problems(items) if one.blocks], path.name
        [found[path.name]] = bundles(items)
    nested = found["said-nested.xml"]
    assert len(nested.annotations) == 3
    assert any("Take Saralinda" in one.quote for one in nested.annotations)
    assert {one.quote for one in found["standoff-places.xml"].annotations} >= {"Atlanta"}
    words = found["standoff-morphosyntax.xml"]
    assert "put up" in {one.quote for one in words.annotations}
