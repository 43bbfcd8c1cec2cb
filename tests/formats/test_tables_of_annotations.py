"""CSV and Parquet: as spreadsheets and data frames see them, and as they come back."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsdesk.formats.dataset_csv import COLUMNS, defused, fused
from newsdesk.formats.format import Bundle
from newsdesk.model import ArticleStatus, Label, Layer, Status, new_article, replace
from tests.formats.foreign_samples import bundles_in, labels_in, read, written
from tests.formats.samples import LABELS, Given, mark, problems, records, small

pyarrow = pytest.importorskip("pyarrow")


def rows(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def table(*lines: str, header: str = "text,label,start,end") -> bytes:
    return "\r\n".join([header, *lines]).encode()


# CSV


@given(cell=st.text(st.sampled_from("'=+-@\t\r a1\n"), max_size=6) | st.text(max_size=8))
@example(cell="'=1")
@example(cell="''''@x")
def test_no_cell_is_a_formula_and_each_comes_back(cell: str) -> None:
    out = defused(cell)
    assert fused(out) == cell
    assert not out.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_text_full_of_formulas_is_exact_when_it_returns() -> None:
    article = new_article('=1+1 said "@me", \n-2', title="+title", byline="@by")
    one = mark(article, "QUOTE", (0, 4), note='=HYPERLINK("x")', author="-Bea")
    given = Given(labels=LABELS, bundles=[Bundle(article=article, annotations=(one,))])
    content, _ = written(given, "csv")
    for row in rows(content):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    (back,) = bundles_in(read(content, "csv", labels=LABELS))
    assert (back.article, back.annotations) == (article, (one,))


def test_a_row_for_each_annotation_with_its_articles_fields() -> None:
    dataset = small()
    content, _ = written(dataset, "csv")
    assert content.startswith(b"\xef\xbb\xbfarticle_id,")
    found = rows(content)
    assert tuple(found[0]) == COLUMNS
    assert len(found) == 1 + len(dataset.bundles[1].annotations)
    assert [row["quote"] for row in found[1:4]] == ["Ada", "said", "It can do … atever we know."]
    assert found[3]["spans"] == "13-22;25-40"
    assert {row["outlet"] for row in found[1:]} == {"The Times"}
    assert [bool(row["text"]) for row in found] == [True, True, False, False, False]
    assert (found[1]["entity"], found[1]["kb_id"]) == ("Ada Lovelace", "Q7259")


def test_what_is_changed_in_the_spreadsheet_counts() -> None:
    found = rows(written(small(), "csv")[0])
    found[1] |= {"label": "ORG", "title": "Countess"}
    found[2] |= {"note": "the cue", "status": "proposed"}
    del found[4]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, delimiter=";")
    writer.writeheader()
    writer.writerows(found)
    items = read(out.getvalue().encode(), "csv", labels=small().labels)
    assert problems(items) == []
    bundle = bundles_in(items)[1]
    names = {label.id: label.name for label in [*LABELS, *labels_in(items)]}
    assert [names[one.label] for one in bundle.annotations] == ["ORG", "CUE", "QUOTE"]
    assert bundle.article.title == "Countess"
    assert (bundle.annotations[1].note, bundle.annotations[1].status) == ("the cue", "proposed")


def test_a_table_by_hand_is_enough() -> None:
    header = "text,label,start,end,quote,entity,claim,page"
    lines = (
        "Ada left.,PERSON,0,3,Ada,Ada Lovelace,,7",
        ",CLAIM,0,8,,,Ada went away,",
        "Next.,,,,,,,",
    )
    items = read(table(*lines, header=header), "csv", labels=LABELS)
    assert problems(items) == []
    first, second = bundles_in(items)
    assert [one.quote for one in first.annotations] == ["Ada", "Ada left"]
    assert first.annotations[0].extra == {"csv": {"page": "7"}}
    assert second.annotations == ()
    named = {getattr(one, "name", None) or getattr(one, "statement", "") for one in records(items)}
    assert {"Ada Lovelace", "Ada went away"} <= named
    assert first.annotations[1].claim is not None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (table("Ada 😀 left.,X,6,10,left", header="text,label,start,end,quote"), ""),
        (table("Ada 😀 left.,X,7,11,left", header="text,label,start,end,quote"), "UTF-16 units"),
        (table("Ada.,X,one,3"), "whole numbers"),
        (table("Ada.,X,0,900"), "outside the text"),
        (table("Ada.,X,0,3,4"), "has 5 cells"),
        (table('"Ada.,X,0,3'), "quotation mark"),
        (table("Ada.,X,0,3", header="text,label,begin,end"), "no column start"),
        (table("Ada.,X,0,3,q", header="text,label,start,end,confidence"), "is no number"),
        (table("Ada.,X,0,3,9", header="text,label,start,end,confidence"), "confidence"),
        (table("Ada.,X,0,3,{", header="text,label,start,end,attributes"), "invalid JSON"),
        (table("caf\xe9,X,0,3").decode().encode("latin-1"), "encoding"),
        (table(",X,0,3"), "no text"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_line(content: bytes, words: str) -> None:
    found = problems(read(content, "csv"))
    assert len(found) == bool(words)
    assert all(words in str(one) and one.blocks for one in found)


def test_an_encoding_may_be_named() -> None:
    content = "text,label,start,end\r\ncafé,X,0,4".encode("cp1252")
    (bundle,) = bundles_in(read(content, "csv", encoding="cp1252"))
    assert bundle.annotations[0].quote == "café"
    assert "no encoding" in problems(read(content, "csv", encoding="cp9"))[0].message


# Parquet


def test_pyarrow_reads_what_newsdesk_writes() -> None:
    import pyarrow.parquet as pq

    dataset = small()
    found = pq.read_table(io.BytesIO(written(dataset, "parquet")[0]))
    assert found.schema.metadata[b"newsdesk.offset_unit"] == b"unicode code point"
    codebook = json.loads(found.schema.metadata[b"newsdesk.codebook"])
    assert [label["name"] for label in codebook] == [label.name for label in dataset.labels]
    row = found.to_pylist()[1]
    assert row["text"] == dataset.bundles[1].article.text
    for one in row["annotations"]:
        words = [row["text"][span["start"] : span["end"]] for span in one["spans"]]
        assert words == one["text"]
    assert row["attributions"][0]["manner"] == "direct"


def test_the_codebook_comes_with_a_parquet() -> None:
    dataset = small()
    own = Label(name="PERSON", layer=Layer.ENTITY, guideline="A **person**.", colour="#123456")
    labels = (own, *(label for label in dataset.labels if label.name != "PERSON"))
    marks = tuple(
        replace(one, label=own.id) if one.quote == "Ada" else one
        for one in dataset.bundles[1].annotations
    )
    bundle = Bundle(article=dataset.bundles[1].article, annotations=marks)
    content, _ = written(Given(labels=labels, bundles=[bundle]), "parquet")
    found = labels_in(read(content, "parquet"))
    assert found[0].guideline == "A **person**."
    assert {label.id for label in found} == {label.id for label in labels}


def parquet(columns: dict[str, Any]) -> bytes:
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pyarrow.table(columns), out)
    return out.getvalue()


def test_a_data_frame_of_another_is_read_by_text_and_annotations() -> None:
    marks = [{"label": "X", "spans": [{"start": 0, "end": 3}], "status": "proposed"}]
    columns = {"text": ["Ada left."], "annotations": [marks], "page": [3]}
    items = read(parquet(columns), "parquet")
    assert problems(items) == []
    (bundle,) = bundles_in(items)
    assert bundle.annotations[0].status is Status.PROPOSED
    assert bundle.article.extra == {"parquet": {"page": 3}}
    assert bundle.article.status is ArticleStatus.NEW


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"body": ["a"]}, "no column text: it has body"),
        ({"text": ["a"]}, "no column annotations"),
        ({"text": ["a"], "annotations": ["x"]}, "a list of structs"),
        ({"text": [7], "annotations": [[{"label": "X"}]]}, "the text is no text"),
        ({"text": ["a"], "annotations": [[{"label": "X"}]]}, "it is missing"),
        ({"text": ["a"], "annotations": [[None, {"label": "X"}]]}, "an annotation is empty"),
        ({"text": [None], "annotations": [[{"label": "X"}]]}, "there is no text"),
    ],
)
def test_what_is_wrong_with_a_data_frame_is_said(columns: dict[str, Any], words: str) -> None:
    found = problems(read(parquet(columns), "parquet"))
    assert words in str(found[0])
