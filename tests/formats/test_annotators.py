"""One article that a file or folder names more than once: the marks of all who marked it."""

from contextlib import closing

import pytest

from newsdesk.formats import format_named, known_formats
from newsdesk.formats.annotators import Copy, copies
from newsdesk.formats.converting import FileDataset
from newsdesk.formats.format import Bundle, Format, Input, Reading
from newsdesk.formats.inputs import BytesInput
from newsdesk.model import new_article, replace
from tests.formats.returning import MemoryFolder, export
from tests.formats.samples import LABELS, Given, mark

TEXT = "Ada said it works. She left Bergen."
ARTICLE = new_article(TEXT, title="Ada")
NAME, QUOTE, PLACE = (
    mark(ARTICLE, "PERSON", (0, 3)),
    mark(ARTICLE, "QUOTE", (9, 17)),
    mark(ARTICLE, "ORG", (28, 34)),
)
TWICE = Given(
    labels=LABELS,
    bundles=[Bundle(article=ARTICLE, annotations=(NAME, one)) for one in (QUOTE, PLACE)],
)
HOLDING = [
    each.name
    for each in known_formats()
    if each.read
    and each.write
    # These have one text for each id (REFI-QDA), no ids of articles, or no marks to read.
    and each.name not in ("refi-qda", "refi-qdc", "conll", "claimreview", "html")
]


def found_in(source: Input, format: Format) -> tuple[list[Bundle], list[str], int]:
    with closing(FileDataset([(source, format)], Reading(labels=LABELS))) as dataset:
        wrong = [str(one) for one in dataset.problems if one.blocks]
        return list(dataset.articles()), wrong, dataset.annotation_count


@pytest.mark.parametrize("name", HOLDING)
def test_an_article_that_stands_in_a_file_twice_is_one_with_the_marks_of_both(name: str) -> None:
    format = format_named(name)
    files, _ = export(format, TWICE)
    content = next(iter(files.values()))
    source = MemoryFolder(files) if len(files) > 1 else BytesInput(content, "f")
    (bundle,), wrong, count = found_in(source, format)
    assert wrong == []
    assert bundle.article.id == ARTICLE.id
    assert [one.id for one in bundle.annotations] == [NAME.id, QUOTE.id, PLACE.id]
    assert count == 3


def test_two_contents_under_one_id_are_a_fault() -> None:
    other = replace(NAME, note="not the same")
    dataset = Given(
        labels=LABELS,
        bundles=[Bundle(article=ARTICLE, annotations=(one,)) for one in (NAME, other)],
    )
    format = format_named("jsonl")
    _, wrong, _ = found_in(BytesInput(export(format, dataset)[0][""], "f"), format)
    assert len(wrong) == 1
    assert "used twice, with different contents" in wrong[0]


BRAT = {
    "ada/1.txt": TEXT.encode(),
    "ada/1.ann": b"T1\tPERSON 0 3\tAda\nT2\tQUOTE 9 17\tit works\n",
    "bea/1.txt": TEXT.encode(),
    "bea/1.ann": b"T1\tPERSON 0 3\tAda\nT2\tORG 28 34\tBergen\n",
}
WORKS = [("ada", "Ada"), ("ada", "it works"), ("bea", "Ada"), ("bea", "Bergen")]


def test_brats_annotators_have_a_folder_each() -> None:
    (bundle,), wrong, _ = found_in(MemoryFolder(BRAT), format_named("brat"))
    assert wrong == []
    assert [(one.author, one.quote) for one in bundle.annotations] == WORKS


def test_a_text_that_only_shares_its_name_is_another_article() -> None:
    files = {**BRAT, "bea/1.txt": TEXT.encode() + b" Really."}
    first, second = found_in(MemoryFolder(files), format_named("brat"))[0]
    assert first.article.id != second.article.id
    assert {one.author for one in (*first.annotations, *second.annotations)} == {""}


CAS = (
    '<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
    'xmlns:cas="http:///uima/cas.ecore" xmlns:c="http:///custom.ecore" xmi:version="2.0">{}'
    f'<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="{TEXT}"/></xmi:XMI>'
)
SPAN = '<c:X xmi:id="{0}" sofa="1" begin="{0}" end="{1}" value="{2}"/>'


@pytest.mark.parametrize("name", ["{}/1.xmi", "annotation/1.txt/{}.xmi"])
def test_inceptions_annotators_have_a_folder_or_a_file_each(name: str) -> None:
    marks = {
        "ada": [(0, 3, "PERSON"), (9, 17, "QUOTE")],
        "bea": [(0, 3, "PERSON"), (28, 34, "ORG")],
    }
    files = {
        name.format(who): CAS.format("".join(SPAN.format(*one) for one in found)).encode()
        for who, found in marks.items()
    }
    (bundle,), wrong, _ = found_in(MemoryFolder(files), format_named("cas-xmi"))
    assert wrong == []
    assert [(one.author, one.quote) for one in bundle.annotations] == WORKS


def test_people_are_told_apart_where_their_paths_part() -> None:
    names = ["set/ada/news/1.txt", "set/bea/news/1.txt", "set/ada/news/2.txt", "set/1.txt"]
    assert copies(names, lambda _: "the same") == {
        "set/ada/news/1.txt": Copy("1", "ada"),
        "set/bea/news/1.txt": Copy("1", "bea"),
        "set/1.txt": Copy("1", ""),
    }
    project = ["annotation/a.txt/INITIAL_CAS.xmi", "annotation/a.txt/bea.xmi"]
    assert [one.person for one in copies(project, len).values()] == []
    assert [one.person for one in copies(project, lambda _: 0).values()] == ["", "bea"]
