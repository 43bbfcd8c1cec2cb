"""Tables in: columns proposed and chosen, rows that are wrong, every dialect and encoding."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.desk import create_desk
from newsdesk.desk.importing import import_files, preview
from newsdesk.formats import choose
from newsdesk.formats.format import Bundle, Item, Problem, Reading
from newsdesk.formats.inputs import BytesInput
from newsdesk.formats.table import columns_of, read_table
from newsdesk.model import Article, NewsdeskError

LONG = "The harbour was closed on Friday, and nobody on the pier could say when it would be open."


def read(raw: bytes, name: str = "a.csv", **told: Any) -> list[Item]:
    return list(read_table(BytesInput(raw, name), Reading(**told)))


def articles(found: list[Item]) -> list[Article]:
    return [item.article for item in found if isinstance(item, Bundle)]


def said(found: list[Item]) -> str:
    return "\n".join(str(item) for item in found if isinstance(item, Problem))


def test_each_row_is_an_article() -> None:
    raw = b'headline,Body,author,date,url,pages\nStorm,"Closed, ""now"".\nAll of it.",By Bea,'
    raw += b"2024-03-12,https://x.example/1,4\r\n"
    (bundle,) = read(raw)
    assert isinstance(bundle, Bundle)
    article = bundle.article
    assert article.text == 'Closed, "now".\nAll of it.'
    assert (article.title, article.byline) == ("Storm", "Bea")
    assert (article.published, article.url) == ("2024-03-12", "https://x.example/1")
    assert article.extra == {"columns": {"pages": "4"}}
    assert article.raw is not None
    assert article.raw.startswith(b'Storm,"Closed')
    assert bundle.guessed == {"title", "byline", "published", "url"}
    assert bundle.line == 2


def test_columns_are_chosen() -> None:
    raw = f"a;b;c\nOne;{LONG};13/03/2024\n".encode()
    (proposed,) = articles(read(raw))
    assert (proposed.text, proposed.published) == (LONG, None)
    found = read(raw, options={"text": "a", "published": "c", "title": ""})
    (article,) = articles(found)
    assert (article.text, article.published) == ("One", "2024-03-13")
    assert "no column “d”. It has “a”, “b”, “c”" in said(read(raw, options={"text": "d"}))
    assert "nothing that a column can be" in said(read(raw, options={"body": "a"}))
    assert "no order of a date" in said(read(raw, options={"date_order": "DDD"}))
    assert "no column looks like the text" in said(read(b"a,b\n1,2\n"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_dialects_and_encodings(delimiter: str, encoding: str) -> None:
    said = f"{LONG} “It’s the café’s façade,” they said – déjà vu."
    rows = [("title", "text"), ("Café “Só”", said), ("Déjà vu", said + " That’s “it”.")]
    raw = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows).encode(encoding)
    chosen = {"encoding": encoding} if encoding == "cp1252" else {}
    assert [(one.title, one.text) for one in articles(read(raw, **chosen))] == rows[1:]
    guessed = [item.guessed for item in read(raw) if isinstance(item, Bundle)]
    assert all(("encoding" in each) == (encoding == "cp1252") for each in guessed)


def test_json_lines() -> None:
    raw = b'{"text":"One.","meta":{"by":"Bea","n":1}}\n\n{"text":"Two.","tags":["a"]}\n'
    found = read(raw, "a.jsonl", options={"byline": "meta.by"})
    assert [(one.text, one.byline) for one in articles(found)] == [("One.", "Bea"), ("Two.", None)]
    assert articles(found)[0].extra == {"columns": {"meta.n": 1}}


def test_the_order_of_dates_is_told_by_the_others() -> None:
    raw = b"text,date\nOne.,03/04/2024\nTwo.,03/14/2024\n"
    assert [one.published for one in articles(read(raw))] == ["2024-03-04", "2024-03-14"]
    found = read(b"text,date\nOne.,03/04/2024\n")
    assert articles(found)[0].published == "2024-04-03"
    assert "day and month may be the other way" in said(found)
    found = read(b"text,date\nOne.,03/04/2024\n", options={"date_order": "mdy"})
    assert (articles(found)[0].published, said(found)) == ("2024-03-04", "")
    assert "can't be read" in said(read(b"text,date\nOne.,soon\n"))


def test_rows_that_are_wrong_are_named() -> None:
    found = read(b'text,title\nOne.,A\n,B\nx,y,z\n"open,C\nTwo.,D\n')
    assert [one.text for one in articles(found)] == ["One."]
    assert "line 3: left out: there is no text in its column “text”" in said(found)
    assert "line 4: the row has 3 cells, and the table 2 columns" in said(found)
    assert "line 5: the row can't be read" in said(found)
    found = read(b'{"text":"One."}\n{"text":\n[1]\n', "a.jsonl")
    assert "line 2: the line is no well-formed JSON" in said(found)
    assert "line 3: the line is no JSON object" in said(found)
    assert "it is a PDF, not a table" in said(read(b"%PDF-1.4"))
    assert "no row" in said(read(b"text,title\n"))
    assert "it is not in ascii" in said(read("text,a\nSó,c\n".encode(), encoding="ascii"))
    assert "no encoding “klingon”" in said(read(b"text,a\nb,c\n", encoding="klingon"))


@pytest.mark.parametrize(
    ("name", "raw", "chosen"),
    [
        ("a.csv", b"title,text\nA,B\n", "table"),
        ("a.txt", b"title;text\nA;B\n", "table"),
        ("a.jsonl", b'{"id":1,"body":"B"}\n', "table"),
        ("a.jsonl", b'{"id":1,"body":"' + b"B" * 9_000, "table"),
        ("a.txt", b"Text, as it was sent.\nMore of it.\n", "text"),
    ],
)
def test_a_table_of_articles_is_told_by_its_columns(name: str, raw: bytes, chosen: str) -> None:
    assert choose(BytesInput(raw, name)).name == chosen


@pytest.mark.parametrize(
    "raw", [b"text,start,end,label\nA,0,1,X\n", b'{"text":"A","label":[[0,1,"X"]]}\n']
)
def test_a_table_of_annotations_is_another_thing(raw: bytes) -> None:
    from newsdesk.formats.table import FORMAT

    assert not FORMAT.recognises(raw)


def test_a_preview_shows_the_columns_and_an_import_takes_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"a,b\nOne,{LONG}\n".replace(", ", " "), encoding="utf-8")
    seen = preview(path)
    assert (seen.format, seen.columns, seen.mapping) == ("table", ("a", "b"), {"text": "b"})
    seen = preview(path, options={"text": "a"})
    assert [one.article.text for one in seen.articles] == ["One"]
    desk = create_desk(tmp_path / "a.desk", "Ann")
    import_files(desk, [path], options={"text": "b", "title": "a"})
    assert [one.title for one in desk.each(Article)] == ["One"]
    desk.close()
    path.write_text("a,b\n1,2\n")
    seen = preview(path)
    assert (seen.columns, seen.mapping, seen.problem_count) == (("a", "b"), {}, 1)


def test_a_zip_of_articles_is_a_folder(tmp_path: Path) -> None:
    from tests.formats import documents

    path = tmp_path / "wire.zip"
    inner = documents.zipped({"deep.txt": "Unread."})
    files = {"a.docx": documents.docx(), "in/b.txt": "Words.", "c.csv": "text,x\nRow.,1\n"}
    path.write_bytes(documents.zipped({**files, ".hidden": "x"}))
    assert preview(path).articles[0].article.format == "docx"
    desk = create_desk(tmp_path / "a.desk", "Ann")
    assert import_files(desk, [path]).articles == 3
    path.write_bytes(documents.zipped({"b.txt": "More.", "inner.zip": inner}))
    found = import_files(desk, [path], partial=True)
    assert [one.file for one in found.problems] == ["wire.zip/inner.zip"]
    path.write_bytes(documents.zipped({"../b.txt": "More."}))
    found = import_files(desk, [path], partial=True)
    assert "leads out of the archive" in str(found.problems[0])
    assert preview(path).problem_count == 1
    desk.close()


def test_the_columns_of_no_table() -> None:
    with pytest.raises(NewsdeskError, match="no row"):
        columns_of(BytesInput(b"\n"), Reading())


@settings(max_examples=30)
@given(st.lists(st.text(min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=5))
def test_any_text_comes_through_a_csv(texts: list[str]) -> None:
    import csv
    import io

    from newsdesk.model import canonise

    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(("text", "id"))
    writer.writerows((text, number) for number, text in enumerate(texts))
    raw = file.getvalue().encode("utf-8", "replace")
    wanted = [text.encode("utf-8", "replace").decode() for text in texts]
    found = articles(read(raw, encoding="utf-8"))
    assert [one.text for one in found] == [canonise(text) for text in wanted if text.strip()]
