"""The verbs that bring in and take out, with every kind of bad input an editor may meet."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from newsdesk.cli.datasets import SAID
from newsdesk.model import sha256_of
from tests.cli.conftest import TEXT, state
from tests.fetch.server import served, whole
from tests.formats import documents

Call = Callable[..., Result]
Ask = Callable[..., Any]

HEADER = {"format": "newsdesk.dataset", "version": 1, "offset_unit": "unicode code point"}


def dataset(articles: list[dict[str, Any]], **more: Any) -> str:
    return json.dumps({**HEADER, "articles": articles, **more}, ensure_ascii=False)


def one_article(body: str = "Ada 😀 spoke.", **annotation: Any) -> dict[str, Any]:
    mark = {"label": "PERSON", "layer": "entity", "spans": [[0, 3]], "text": ["Ada"], **annotation}
    return {"title": "One", "text": body, "sha256": sha256_of(body), "annotations": [mark]}


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file to import."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


Write = Callable[[str, str | bytes], Path]


# Bringing in


def test_a_plain_text_becomes_an_article(
    place: Path, file: Write, call: Call, call_json: Ask
) -> None:
    article = file("story.txt", "date 2017-07-22\n\nThe 😀 ferry sank. Nobody drowned.\n\nMore.")
    said = call("import", "--desk", place, article)
    assert said.stdout == "Imported 1 article, 0 annotations.\n"
    newest = next(one for one in call_json("list", "--desk", place) if "ferry" in one["title"])
    assert newest["published"] == "2017-07-22"


def test_import_as_json_reports_what_came_in(place: Path, file: Write, call_json: Ask) -> None:
    report = call_json("import", "--desk", place, file("d.json", dataset([one_article()])))
    assert (report["articles"], report["annotations"]) == (1, 1)
    assert report["problem_count"] == report["skipped"] == report["conflict_count"] == 0
    (id,) = report["article_ids"]
    shown = call_json("show", "--desk", place, "--article", id)
    assert shown["annotations"][0]["text"] == ["Ada"]


def test_several_files_come_in_as_one_step(place: Path, file: Write, call: Call) -> None:
    before = state(place)
    files = [file(f"{n}.txt", f"Text number {n}. It goes on.") for n in range(3)]
    assert call("import", "--desk", place, *files).stdout.startswith("Imported 3 articles")
    call("undo", "--desk", place)
    after = state(place)
    assert after.pop("revisions") == before.pop("revisions") + 2  # type: ignore[operator]
    assert after == before


def test_a_format_or_an_encoding_can_be_named(place: Path, file: Write, call: Call) -> None:
    path = file("odd.xyz", "Žižka met Łódź.".encode("cp1250"))
    call("import", "--desk", place, path, "--format", "text", "--encoding", "cp1250")
    assert "Žižka met Łódź" in call("list", "--desk", place).stdout
    arguments = ("import", "--desk", place, path, "--format", "docy")
    assert "no format “docy”" in call(*arguments, code=1).stderr


def test_a_guessed_encoding_is_said(place: Path, file: Write, call: Call) -> None:
    text = "Le maire a réélu l’été dernier à Orléans; ça a déjà été prévu. " * 5
    result = call("import", "--desk", place, file("a.txt", text.encode("cp1252")))
    assert "a guess: look at the accents" in result.stderr
    assert "guess" not in result.stdout


BAD: dict[str, tuple[str, str | bytes, str]] = {
    "an empty file": ("a.txt", b"", "empty"),
    "a binary file": ("a.txt", bytes(range(256)) * 40, "a.txt"),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(4_000), "a.png"),
    "no JSON": ("a.json", '{"format": "newsdesk.dataset", "version": 1, "articles": [', "a.json"),
    "offsets outside the text": (
        "a.json",
        dataset([one_article(spans=[[0, 99]], text=None)]),
        "99",
    ),
    "an empty span": ("a.json", dataset([one_article(spans=[[3, 3]], text=None)]), "3"),
    "a quote that is not in the text": ("a.json", dataset([one_article(text=["Eve"])]), "Eve"),
    "offsets that count UTF-16": (
        "a.json",
        dataset([one_article(spans=[[7, 12]], text=["spoke"])]),
        "UTF-16",
    ),
    "an unknown label": ("a.json", dataset([one_article(label="PERSN")]), "PERSN"),
    "a wrong SHA-256": ("a.json", dataset([{**one_article(), "sha256": "0" * 64}]), "sha256"),
    "a wrong type": ("a.json", dataset([{**one_article(), "title": 7}]), "title"),
    "a newer dataset": ("a.json", dataset([one_article()], version=99), "version"),
    "a dataset of another unit": ("a.json", dataset([], offset_unit="byte"), "offset_unit"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_is_said_and_nothing_comes_in(
    place: Path, file: Write, call: Call, what: str
) -> None:
    name, content, message = BAD[what]
    before = state(place)
    result = call("import", "--desk", place, file(name, content), code=1)
    assert name in result.stderr
    assert message in result.stderr
    assert "Nothing was imported" in result.stderr
    assert result.stdout == ""
    assert state(place) == before


def test_a_mistake_on_line_4711_is_named_by_its_line(
    place: Path, file: Write, call: Call, call_json: Ask
) -> None:
    lines = [json.dumps(HEADER)]
    lines += [
        json.dumps({"type": "article", "title": f"{n}", "text": f"No. {n}."}) for n in range(5_000)
    ]
    lines[4_710] = lines[4_710][:-9]
    path = file("big.jsonl", "\n".join(lines) + "\n")
    before = state(place)
    result = call("import", "--desk", place, path, code=1)
    assert "big.jsonl, line 4,711" in result.stderr
    assert state(place) == before
    report = call_json("import", "--desk", place, path, code=1)
    assert [one["line"] for one in report["problems"]] == [4711]
    assert state(place) == before
    report = call_json("import", "--desk", place, path, "--yes", code=3)
    assert (report["articles"], report["problem_count"]) == (4_999, 1)
    assert call_json("check", "--desk", place)["sound"]


def test_with_yes_the_good_part_comes_in_and_the_rest_is_said(
    place: Path, file: Write, call: Call
) -> None:
    good, bad = one_article(), one_article("Ada left.", spans=[[0, 99]], text=None)
    result = call("import", "--desk", place, file("a.json", dataset([good, bad])), "--yes", code=3)
    assert "left out: a.json" in result.stderr
    assert "1 left out" in result.stdout


def test_many_problems_are_counted_not_all_said(place: Path, file: Write, call: Call) -> None:
    articles = [one_article(f"Ada {n}.", spans=[[0, 99]], text=None) for n in range(SAID + 5)]
    result = call("import", "--desk", place, file("a.json", dataset(articles)), code=1)
    assert "… and 5 more" in result.stderr


def test_a_missing_file_is_named(place: Path, tmp_path: Path, call: Call) -> None:
    before = state(place)
    result = call("import", "--desk", place, tmp_path / "gone.txt", code=1)
    assert "gone.txt" in result.stderr
    assert "No such file" in result.stderr
    assert state(place) == before


def test_a_missing_desk_is_named_and_not_made(tmp_path: Path, file: Write, call: Call) -> None:
    result = call("import", "--desk", tmp_path / "no.desk", file("a.txt", "Some text."), code=1)
    assert f"newsdesk new {tmp_path / 'no.desk'}" in result.stderr
    assert not (tmp_path / "no.desk").exists()


def test_a_text_that_is_there_already_is_said_and_skipped_or_added(
    place: Path, article: str, file: Write, call: Call, call_json: Ask
) -> None:
    again = file("again.txt", TEXT)
    before = state(place)
    result = call("import", "--desk", place, again, code=3)
    assert "Colder than Wien" in result.stderr
    assert article in result.stderr
    assert "--duplicates add" in result.stderr
    assert state(place) == before
    assert call_json("import", "--desk", place, again, "--duplicates", "skip")["skipped"] == 1
    assert state(place) == before
    assert call_json("import", "--desk", place, again, "--duplicates", "add")["articles"] == 1
    assert len(call_json("list", "--desk", place)) == 2


def test_one_line_of_a_million_characters_comes_in(
    place: Path, file: Write, call: Call, call_json: Ask
) -> None:
    call("import", "--desk", place, file("line.txt", "word😀 " * 170_000))
    lengths = [one["length"] for one in call_json("list", "--desk", place)]
    assert max(lengths) > 1_000_000


# Taking out


def test_export_writes_a_dataset_that_comes_back_the_same(
    place: Path, tmp_path: Path, call: Call
) -> None:
    for name in ("json", "jsonl"):
        first, second = tmp_path / f"1.{name}", tmp_path / f"2.{name}"
        arguments = ("export", "--desk", place, "--format", name, "--with-proposed")
        said = call(*arguments, "--out", first).stdout
        assert said.startswith("Wrote 1 article and 2 annotations")
        copy = tmp_path / f"{name}.desk"
        call("new", copy, "--empty")
        call("import", "--desk", copy, first)
        call("export", "--desk", copy, *arguments[3:], "--out", second)
        assert first.read_bytes() == second.read_bytes()


def test_export_leaves_out_suggestions_and_says_so(
    place: Path, tmp_path: Path, call: Call, call_json: Ask
) -> None:
    out = tmp_path / "o.json"
    report = call_json("export", "--desk", place, "--format", "json", "--out", out)
    assert (report["articles"], report["annotations"]) == (1, 0)
    assert report["left_out"]["proposed annotations"] == 2
    said = call("export", "--desk", place, "--format", "json", "--out", out).stdout
    assert "Left out: 2 proposed annotations." in said
    (article,) = json.loads(out.read_text(encoding="utf-8"))["articles"]
    assert article["annotations"] == []


def test_export_can_hold_the_journal_and_single_articles(
    place: Path, article: str, tmp_path: Path, call: Call
) -> None:
    out = tmp_path / "o.json"
    arguments = ("export", "--desk", place, "--format", "json", "--out", out)
    call(*arguments, "--with-journal", "--article", article)
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["journal"][0]["title"] == "Codebook"
    result = call(*arguments, "--article", "nope", code=1)
    assert "nope" in result.stderr
    assert json.loads(out.read_text(encoding="utf-8")) == written


def test_export_never_writes_over_a_desk(place: Path, call: Call) -> None:
    before = place.read_bytes()
    result = call("export", "--desk", place, "--format", "json", "--out", place, code=1)
    assert "desk" in result.stderr
    assert place.read_bytes() == before


def test_export_says_what_it_cannot_do(place: Path, tmp_path: Path, call: Call) -> None:
    arguments = ("export", "--desk", place, "--format")
    assert "no format" in call(*arguments, "docy", "--out", tmp_path / "o", code=1).stderr
    assert "not written" in call(*arguments, "text", "--out", tmp_path / "o", code=1).stderr
    lost = tmp_path / "no" / "o.json"
    assert str(lost.parent) in call(*arguments, "json", "--out", lost, code=1).stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.desk"]


def test_formats_are_listed_with_what_they_hold(call: Call, call_json: Ask) -> None:
    listed = {one["name"]: one for one in call_json("formats")}
    assert listed["text"]["reads"]
    assert not listed["text"]["writes"]
    for name in ("json", "jsonl"):
        assert listed[name]["reads"]
        assert listed[name]["writes"]
        assert "annotations" in listed[name]["holds"]
    assert "jsonl" in call("formats").stdout


def test_documents_come_in_and_tables_by_their_columns(
    place: Path, file: Write, call: Call, call_json: Ask
) -> None:
    call("import", "--desk", place, file("story.docx", documents.docx(title="A storm at sea")))
    table = file("rows.csv", "Kop,Stuk,Wanneer\nEbb,The water was low.,03/04/2024\n")
    columns = ("--column", "text=Stuk", "--column", "title=Kop", "--column", "published=Wanneer")
    call("import", "--desk", place, table, *columns, "--date-order", "MDY")
    dates = {one["title"]: one["published"] for one in call_json("list", "--desk", place)}
    assert "A storm at sea" in dates
    assert dates["Ebb"] == "2024-03-04"
    said = call("import", "--desk", place, table, "--column", "Stuk", code=1)
    assert "write it as --column text=body" in said.stderr


def test_a_page_is_imported_by_its_address_when_asked(
    place: Path, call: Call, call_json: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "The harbour board agreed that berth 7 stays open all winter. " * 3
    page = f"<html><title>Berth 7</title><article><p>{words}</p></article></html>"
    with served(monkeypatch) as web:
        web.answers["/a"] = whole(page.encode(), "Content-Type: text/html; charset=utf-8")
        report = call_json("import", "--desk", place, "--url", web.url("/a"))
        assert report["articles"] == 1
        (id,) = report["article_ids"]
        assert call_json("show", "--desk", place, "--article", id)["url"] == web.url("/a")
        web.answers["/gone"] = whole(b"x", status="404 Not Found")
        said = call("import", "--desk", place, "--url", web.url("/gone"), code=1).stderr
        assert "no such page" in said
    assert "give files, or a page" in call("import", "--desk", place, code=2).stderr
    call("import", "--desk", place, "a.txt", "--url", "https://press.example", code=2)


def test_what_is_said_of_articles_holds_for_all_that_come_in(
    place: Path, file: Write, call: Call, call_json: Ask
) -> None:
    paths = file("a.txt", "One text."), file("b.txt", "Another text.")
    said = ("--set", "outlet=The Berth", "--set", "language=nb", "--set", "published=2024-05")
    call("import", "--desk", place, *paths, *said, code=1)  # half a date is none
    call("import", "--desk", place, *paths, *said[:4])
    found = [one for one in call_json("list", "--desk", place) if one["language"] == "nb"]
    assert [one["outlet"] for one in found] == ["The Berth", "The Berth"]
    refused = call("import", "--desk", place, *paths, "--set", "outlet", code=1)
    assert "--set outlet=NAME" in refused.stderr


def test_an_option_that_no_format_has_is_refused_and_the_known_ones_named(
    place: Path, file: Write, call: Call
) -> None:
    path = file("a.jsonl", '{"text": "Ada spoke."}')
    refused = call("import", "--desk", place, path, "--option", "offset=utf-16", code=1)
    assert "“offset”" in refused.stderr and "offsets (of doccano" in refused.stderr
    refused = call("convert", path, "--to", "jsonl", "--out", path, "--option", "x=1", code=1)
    assert "field (of Label Studio" in refused.stderr
