"""The verbs of evidence: add, list, check and warc, with the network only where it is asked for."""

import gzip
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from newsdesk.cli.evidence import VERBS
from newsdesk.desk import open_desk
from newsdesk.model import Annotation, Claim, Snapshot
from tests.cli.conftest import state
from tests.fetch.server import Server, redirect, served, whole

Call = Callable[..., Result]
Ask = Callable[..., Any]

PAGE = b"<title>The board</title><p>Zo\xc3\xab: the board <b>agreed</b> on 3 May.</p>"
HTML = "Content-Type: text/html; charset=utf-8"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with served(monkeypatch) as found:
        yield found


@pytest.fixture
def claim(place: Path) -> str:
    """A claim on the desk."""
    desk = open_desk(place, "Ann")
    try:
        with desk.change("Claim"):
            return desk.put(Claim(statement="The board agreed.")).id
    finally:
        desk.close()


@pytest.fixture
def add(call_json: Ask, place: Path, claim: str) -> Ask:
    """Add evidence for the claim."""
    start = ("evidence", "add", "--desk", place, "--claim", claim, "--passage")
    return lambda *rest, **options: call_json(*start, *rest, **options)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_s_help_shows_an_example_that_it_understands(call: Call, verb: str) -> None:
    shown = call("evidence", verb, "--help").stdout
    example = shown.split("Example:\n")[1].strip()
    assert example == VERBS[verb][1]
    program, *arguments = shlex.split(example)
    assert program == "newsdesk"
    call(*arguments, "--help")
    guide = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text("utf-8")
    assert f"`evidence {verb}" in guide


def test_a_page_by_its_address_is_fetched_once_and_kept(
    place: Path, add: Ask, call: Call, web: Server
) -> None:
    web.answers["/a"] = redirect("/b")
    web.answers["/b"] = whole(PAGE, HTML)
    made = add("board agreed on 3 May", "--url", web.url("/a"), "--question", "When?")
    assert made["url"] == web.url("/b") and made["title"] == "The board"
    assert (made["stance"], made["question"]) == ("supports", "When?")
    assert len(web.asked) == 2
    call("evidence", "list", "--desk", place)
    call("evidence", "check", "--desk", place)
    assert len(web.asked) == 2, "what is on record needs no network"
    shot = state(place)[f"Snapshot {made['snapshot']}"]
    assert isinstance(shot, Snapshot)
    assert shot.bytes == PAGE and shot.extra["http"]["asked"] == web.url("/a")


def test_a_passage_that_does_not_stand_leaves_nothing_behind(
    place: Path, claim: str, call: Call, web: Server
) -> None:
    web.answers["/a"] = whole(PAGE, HTML)
    before = state(place)
    result = call(
        *("evidence", "add", "--desk", place, "--claim", claim, "--url", web.url("/a")),
        *("--passage", "the board refused"),
        code=1,
    )
    assert "does not stand in snapshot" in result.stderr and "not saved" in result.stderr
    assert state(place) == before


def test_a_refused_address_is_said_and_leaves_nothing_behind(
    place: Path, claim: str, call: Call
) -> None:
    before = state(place)
    result = call(
        *("evidence", "add", "--desk", place, "--claim", claim, "--passage", "x"),
        *("--url", "http://192.168.0.1/"),
        code=1,
    )
    assert "no server in public" in result.stderr
    assert state(place) == before


def test_a_file_with_the_address_it_was_saved_from_is_not_fetched(
    add: Ask, tmp_path: Path
) -> None:
    file = tmp_path / "saved.html"
    file.write_bytes(PAGE)
    made = add("Zoë: the board", "--file", file, "--url", "https://press.example/a")
    assert made["url"] == "https://press.example/a" and made["snapshot"]
    again = add("on 3 May", "--file", file, "--stance", "refutes")
    assert again["snapshot"] == made["snapshot"], "the same bytes are kept once"


def test_articles_and_annotations_of_the_desk_are_evidence(
    place: Path, article: str, add: Ask
) -> None:
    made = add("3 °C colder", "--article", article, "--stance", "context")
    assert (made["article"], made["stance"]) == (article, "context")
    desk = open_desk(place, "Ann")
    mark = next(one for one in desk.find(Annotation) if one.quote == "Oslo")
    desk.close()
    assert add("Oslo", "--annotation", mark.id)["annotation"] == mark.id


def test_one_place_must_be_named(place: Path, claim: str, article: str, call: Call) -> None:
    start = ("evidence", "add", "--desk", place, "--claim", claim, "--passage", "x")
    for rest in ((), ("--article", article, "--file", "a.html")):
        assert "one of --url" in call(*start, *rest, code=2).stderr.replace("\n", " ")


def test_check_lists_claim_evidence_and_what_fell(
    place: Path, article: str, claim: str, add: Ask, call: Call, call_json: Ask
) -> None:
    assert call_json("evidence", "check", "--desk", place) == {
        "checked": 0,
        "stands": True,
        "fallen": [],
    }
    made = add("3 °C colder", "--article", article)
    assert "1 piece of evidence" in call("evidence", "check", "--desk", place).stdout
    desk = open_desk(place, "Ann")
    with desk.change("Damage"):
        from newsdesk.model import Evidence, replace

        desk.put(replace(desk.get(Evidence, made["id"]), exact="4 °C colder"))
    desk.close()
    said = call_json("evidence", "check", "--desk", place, code=1)
    assert said["stands"] is False and said["checked"] == 1
    (fallen,) = said["fallen"]
    assert (fallen["claim"], fallen["evidence"]) == (claim, made["id"])
    assert f"does not stand in article {article}" in fallen["why"]
    shown = call("evidence", "check", "--desk", place, "--claim", claim, code=1).stdout
    assert made["id"] in shown and "The board agreed." in shown


def test_list_shows_what_is_on_record(
    place: Path, article: str, claim: str, add: Ask, call: Call, call_json: Ask
) -> None:
    made = add("3 °C colder", "--article", article, "--title", "Weather", "--publisher", "Yr")
    (listed,) = call_json("evidence", "list", "--desk", place, "--claim", claim)
    assert listed == made and listed["publisher"] == "Yr"
    assert "3 °C colder" in call("evidence", "list", "--desk", place).stdout
    assert "no claim x" in call(
        "evidence", "list", "--desk", place, "--claim", "x", code=1
    ).stderr


def test_the_copies_go_out_as_a_web_archive_and_come_back_as_evidence(
    place: Path, claim: str, add: Ask, call: Call, web: Server, tmp_path: Path
) -> None:
    web.answers["/a"] = whole(PAGE, HTML)
    add("on 3 May", "--url", web.url("/a"))
    out = tmp_path / "out.warc.gz"
    assert "Wrote 1 copy" in call("evidence", "warc", "--desk", place, "--out", out).stdout
    first = out.read_bytes()
    assert gzip.decompress(first).startswith(b"WARC/1.1\r\n")
    call("evidence", "warc", "--desk", place, "--claim", claim, "--out", out)
    assert out.read_bytes() == first
    other = tmp_path / "b.desk"
    call("new", other)
    desk = open_desk(other, "Ann")
    with desk.change("Claim"):
        there = desk.put(Claim(statement="The board met.")).id
    desk.close()
    add_there = ("evidence", "add", "--desk", other, "--claim", there)
    call(*add_there, "--file", out, "--passage", "the board agreed")
    (kept,) = (one for one in state(other).values() if isinstance(one, Snapshot))
    assert kept.bytes == PAGE and kept.url == web.url("/a")


def test_a_desk_without_copies_writes_no_archive(place: Path, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "out.warc"
    assert "no copies" in call("evidence", "warc", "--desk", place, "--out", out, code=1).stderr
    assert not out.exists()


def test_an_archive_of_several_pages_asks_which(
    place: Path, claim: str, add: Ask, call: Call, web: Server, tmp_path: Path
) -> None:
    out = tmp_path / "out.warc"
    for name in ("/a", "/b"):
        web.answers[name] = whole(PAGE + name.encode(), HTML)
        add("on 3 May", "--url", web.url(name))
    call("evidence", "warc", "--desk", place, "--out", out)
    start = ("evidence", "add", "--desk", place, "--claim", claim, "--passage", "3 May")
    said = call(*start, "--file", out, code=1).stderr
    assert "2 pages" in said and web.url("/b") in said
    call(*start, "--file", out, "--url", web.url("/b"))
    missing = call(*start, "--file", out, "--url", "https://press.example/c", code=1).stderr
    assert "no copy of https://press.example/c" in missing
