"""REFI-QDA: there and back, the official schemas, and projects that are wrong."""

import io
import zipfile

import pytest
from hypothesis import given
from lxml import etree

from newsdesk.formats import choose
from newsdesk.formats.format import Bundle, Filed, Item, Part
from newsdesk.formats.inputs import BytesInput
from newsdesk.formats.refi_codebook import FORMAT as BOOK
from newsdesk.formats.refi_qda import FORMAT
from newsdesk.formats.refi_writing import selection_guid
from newsdesk.model import Label, Layer, new_article, replace
from tests.formats.returning import INTEROP, check_return, datasets, export, reread
from tests.formats.samples import LABELS, Given, mark, problems, records, small

P = "{urn:QDA-XML:project:1.0}"


def bundles(items: list[Item]) -> list[Bundle]:
    return [item for item in items if isinstance(item, Bundle)]


def unpacked(files: dict[str, bytes]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(files[""])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(inner: dict[str, bytes]) -> dict[str, bytes]:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inner.items():
            archive.writestr(name, content)
    return {"": held.getvalue()}


@given(datasets())
def test_everything_returns(dataset: Given) -> None:
    assert check_return(FORMAT, dataset).count == 0


def test_every_kind_of_record_returns() -> None:
    assert check_return(FORMAT, small()).count == 0
    assert check_return(FORMAT, Given()).count == 0


def test_a_companion_too_large_to_be_held_is_read_from_the_archive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("newsdesk.formats.archives._HELD", 100)
    assert check_return(FORMAT, small()).count == 0


def test_the_same_desk_gives_the_same_bytes() -> None:
    dataset = small()
    assert export(FORMAT, dataset)[0] == export(FORMAT, dataset)[0]


def test_a_selection_is_what_qualcoder_slices() -> None:
    dataset = small()
    inner = unpacked(export(FORMAT, dataset)[0])
    root = etree.fromstring(inner["project.qde"])
    quote = dataset.bundles[1].annotations[2]
    for number, (start, end) in enumerate(quote.spans):
        path = f".//{P}PlainTextSelection[@guid='{selection_guid(quote.id, number)}']"
        found = root.find(path)
        assert found is not None
        source = found.getparent()
        assert source is not None
        name = (source.get("plainTextPath") or "").removeprefix("internal://")
        text = inner[f"sources/{name}"].decode()
        begin, stop = int(found.get("startPosition", "")), int(found.get("endPosition", ""))
        assert text[begin:stop] == text[start:end] == found.get("name")
        assert found.get("creationDateTime")


@pytest.mark.skipif(not INTEROP.is_dir(), reason="the official schemas are not here")
@given(datasets())
def test_projects_and_codebooks_are_valid(dataset: Given) -> None:
    schema = etree.XMLSchema(etree.parse(str(INTEROP / "refi-qda" / "Project.xsd")))
    book = etree.XMLSchema(etree.parse(str(INTEROP / "refi-qda" / "Codebook.xsd")))
    for one in (dataset, small()):
        schema.assertValid(etree.fromstring(unpacked(export(FORMAT, one)[0])["project.qde"]))
        book.assertValid(etree.fromstring(export(BOOK, one)[0][""]))


def test_codebooks_carry_names_layers_colours_and_guidelines() -> None:
    labels = (
        replace(LABELS[0], colour="#123456", guideline="Who\nis named"),
        Label(name="PERSON", layer=Layer.SOURCE, position=1),
    )
    files, losses = export(BOOK, Given(labels=labels, bundles=small().bundles))
    assert {loss.part for loss in losses.listed} == {Part.CODEBOOK, Part.ANNOTATIONS}
    items = reread(BOOK, files)
    back = [item.record for item in items if isinstance(item, Filed)]
    assert [(one.name, one.layer, one.colour) for one in back if isinstance(one, Label)] == [
        ("PERSON", Layer.ENTITY, "#123456"),
        ("PERSON", Layer.SOURCE, "#999999"),
    ]
    assert isinstance(back[0], Label)
    assert back[0].guideline == "Who\nis named"
    assert choose(BytesInput(files[""], "x.qdc")).name == "refi-qdc"
    assert not reread(BOOK, files, labels=labels)


PROJECT = """<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0"
name="x" origin="{origin}"><Users>
<User guid="5c94bc9e-db8c-4f1d-9cd6-e900c7440860" name="Bea"/></Users>
<CodeBook><Codes><Code guid="AAAAAAAA-0000-0000-0000-000000000001" name="People" isCodable="true">
<Code guid="AAAAAAAA-0000-0000-0000-000000000002" name="Poet" isCodable="true" color="#FF0000"/>
</Code>
<Code guid="AAAAAAAA-0000-0000-0000-000000000003" name="Poet" isCodable="true"/></Codes></CodeBook>
<Sources><TextSource guid="AAAAAAAA-0000-0000-0000-000000000004" name="Ada" {text}>
{selections}</TextSource><PictureSource guid="AAAAAAAA-0000-0000-0000-000000000005"/></Sources>
</Project>"""


def project(
    selections: str,
    text: bytes | None = "😀 Ada\r\nsaid".encode(),
    path: str = "internal://T.txt",
    origin: str = "NVivo",
) -> list[Item]:
    said = PROJECT.format(text=f'plainTextPath="{path}"', selections=selections, origin=origin)
    inner = {"project.qde": said.encode()}
    if text is not None:
        inner["Sources/t.txt"] = text
    return reread(FORMAT, packed(inner))


def selection(start: object, end: object, name: str = "", code: int = 2) -> str:
    return (
        f'<PlainTextSelection guid="BBBBBBBB-0000-0000-0000-00000000000{code}" name="{name}" '
        f'startPosition="{start}" endPosition="{end}" '
        'creatingUser="5C94BC9E-DB8C-4F1D-9CD6-E900C7440860"><Description>memo</Description>'
        '<Coding guid="BBBBBBBB-0000-0000-0000-000000000009"><CodeRef '
        f'targetGUID="{{aaaaaaaa-0000-0000-0000-00000000000{code}}}"/></Coding></PlainTextSelection>'
    )


def test_a_foreign_project_brings_codes_users_memos_and_texts() -> None:
    items = project(selection(2, 5, "Ada") + selection(7, 11, code=3))
    [bundle] = bundles(items)
    assert bundle.article.text == "😀 Ada\nsaid"
    ada, said = bundle.annotations
    assert (ada.quote, ada.author, ada.note) == ("Ada", "Bea", "memo")
    assert said.quote == "said"
    labels = {one.id: one for one in records(items) if isinstance(one, Label)}
    assert (labels[ada.label].name, labels[ada.label].colour) == ("Poet", "#FF0000")
    assert {one.name for one in labels.values()} >= {"People", "Poet"}
    assert [problem.blocks for problem in problems(items)] == [False]


def test_atlas_counts_windows_line_breaks_as_one() -> None:
    [bundle] = bundles(project(selection(6, 10), origin="ATLAS.ti"))
    assert bundle.annotations[0].quote == "said"


@pytest.mark.parametrize(
    ("selections", "says"),
    [
        (selection(3, 6, "Ada"), "count UTF-16 units"),
        (selection(3, 99), "lies outside"),
        (selection("x", 5), "should be numbers"),
        (selection(9, 3), "lies outside"),
    ],
)
def test_wrong_positions_are_named_with_their_place(selections: str, says: str) -> None:
    [problem] = [one for one in problems(project(selections)) if one.blocks]
    assert says in problem.message
    assert problem.file == "set.file/project.qde"
    assert problem.line


def test_texts_that_are_not_there_or_not_text_are_named() -> None:
    said = [
        problems(project("", text=None)),
        problems(project("", path="absolute:///etc/passwd")),
        problems(project("", path="internal://../../etc/passwd")),
        problems(project("", text=b"\xff\xfe\x00")),
        problems(project("", text=b" ")),
    ]
    words = ["not in the project"] * 3 + ["not UTF-8", "no text in it"]
    assert all(word in one[0].message for word, one in zip(words, said, strict=True))


@pytest.mark.parametrize(
    ("inner", "says"),
    [
        ({"a.txt": b"x"}, "no project.qde"),
        ({"project.qde": b""}, "no element"),
        ({"project.qde": b"<!DOCTYPE a><a/>"}, "document type"),
        ({"project.qde": b"<Project/>"}, "no texts and no codes"),
    ],
)
def test_projects_of_another_kind_are_refused(inner: dict[str, bytes], says: str) -> None:
    [problem] = problems(reread(FORMAT, packed(inner)))
    assert says in problem.message
    for content, word in ((b"<a/>", "another"), (b"", "no element"), (b"PK\x03\x04", "archive")):
        [problem] = problems(reread(BOOK, {"": content}))
        assert word in problem.message


def test_a_project_is_recognised() -> None:
    content = export(FORMAT, small())[0][""]
    assert choose(BytesInput(content, "x.qdpx")).name == "refi-qda"
    assert choose(BytesInput(content, "x.bin")).name == "refi-qda"


def test_a_fragment_that_was_removed_outside_is_gone() -> None:
    article = new_article("one two three")
    whole = mark(article, "QUOTE", (0, 3), (8, 13), note="n")
    dataset = Given(labels=LABELS, bundles=[Bundle(article=article, annotations=(whole,))])
    inner = unpacked(export(FORMAT, dataset)[0])
    root = etree.fromstring(inner["project.qde"])
    found = root.find(f".//{P}PlainTextSelection[@guid='{selection_guid(whole.id, 1)}']")
    assert found is not None
    found.getparent().remove(found)  # type: ignore[union-attr]
    inner["project.qde"] = etree.tostring(root)
    [bundle] = bundles(reread(FORMAT, packed(inner)))
    assert [one.spans for one in bundle.annotations] == [((0, 3),)]
