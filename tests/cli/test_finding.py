"""The verbs that find: filters as options, saved searches."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from newsdesk.desk import open_desk
from newsdesk.desk.annotating import annotate
from tests.cli.conftest import TEXT

Call = Callable[..., Result]
Ask = Callable[..., Any]


def test_search_finds_by_words_and_filters_together(
    place: Path, article: str, call: Call, call_json: Ask
) -> None:
    (hit,) = call_json("search", "--desk", place, "colder", "--from", "2024-02", "--to", "2024")
    assert (hit["article"], hit["title"]) == (article, "Colder than Wien")
    assert "*colder*" in call("search", "--desk", place, "colder").stdout
    found = ["--label", "GPE", "--author", "Ann", "--suggestions", "--no-claims", "--complete"]
    assert len(call_json("search", "--desk", place, *found, "--outlet", "The Berth")) == 1
    for narrower in (["--status", "reviewed"], ["--to", "2023"], ["--author", "Bea"], ["--claims"]):
        assert call_json("search", "--desk", place, "colder", *narrower) == []
    assert call("search", "--desk", place, "--claims").stdout == ""
    assert article in call("search", "--desk", place, "--no-claims").stdout


def test_search_needs_something_to_look_for(place: Path, call: Call) -> None:
    assert "words to look for" in call("search", "--desk", place, code=2).stderr


@pytest.mark.parametrize("words", ["C#+D", 'it"s', "column:", "(", "\\", "*"])
def test_odd_words_are_harmless(place: Path, call: Call, words: str) -> None:
    assert call("search", "--desk", place, "--json", "--", words).stdout == "[]\n"


def test_a_word_can_be_left_out(place: Path, call: Call, call_json: Ask) -> None:
    assert call_json("search", "--desk", place, "colder", "NOT", "oslo") == []
    assert call("search", "--desk", place, "--", "colder", "-oslo").stdout == ""
    assert len(call_json("search", "--desk", place, "nowhere", "OR", "oslo")) == 1


def test_annotations_are_listed_with_the_words_around(
    place: Path, article: str, call: Call, call_json: Ask
) -> None:
    wanted = ["--label", "GPE", "--status", "proposed", "--unlinked", "--confidence-below", "0.5"]
    (one,) = call_json("annotations", "--desk", place, *wanted)
    assert (one["label"], one["quote"], one["article"]) == ("GPE", "Oslo", article)
    ((start, end),) = one["marks"]
    assert one["context"][start:end] == "Oslo"
    assert one["entity"] is None
    said = call("annotations", "--desk", place, "--suggested").stdout
    assert "*Oslo* was 3 °C colder" in said
    assert "2 annotations." in said


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ([], 3),
        (["--text", "OSLO"], 1),
        (["--note", "look"], 1),
        (["--by-hand"], 1),
        (["--layer", "entity", "--confidence-from", "0.5"], 1),
        (["--words", "colder"], 3),
        (["--words", "warmer"], 0),
        (["--outlet", "Elsewhere"], 0),
        (["--missing"], 0),
        (["--limit", "2"], 2),
    ],
)
def test_each_option_narrows(place: Path, call_json: Ask, options: list[str], count: int) -> None:
    desk = open_desk(place, "Ann")
    one = desk.library()[0]
    start = TEXT.index("Wien")
    label = desk.label("GPE")
    annotate(desk, desk.article(one.id), label, [(start, start + 4)], note="Look again")
    desk.close()
    assert len(call_json("annotations", "--desk", place, *options)) == count
    assert len(call_json("annotations", "--desk", place, "--article", one.id, *options)) == count
    assert call_json("annotations", "--desk", place, "--article", "none", *options) == []


def test_a_search_is_saved_used_narrowed_listed_and_forgotten(
    place: Path, call: Call, call_json: Ask
) -> None:
    call("search", "--desk", place, "colder", "--save", "Cold")
    call("annotations", "--desk", place, "--label", "GPE", "--save", "Places")
    assert len(call_json("search", "--desk", place, "--saved", "Cold")) == 1
    assert call_json("search", "--desk", place, "--saved", "Cold", "--status", "reviewed") == []
    assert len(call_json("annotations", "--desk", place, "--saved", "Places")) == 1
    kept = call_json("searches", "--desk", place)
    assert [one["name"] for one in kept] == ["Cold", "Places"]
    assert kept[0]["filter"] == {"type": "articles", "words": "colder"}
    assert "annotations  {" in call("searches", "--desk", place).stdout
    wrong = call("search", "--desk", place, "--saved", "Places", code=1).stderr
    assert "newsdesk annotations --saved" in wrong
    call("undo", "--desk", place)
    call("searches", "--desk", place, "--forget", "Cold")
    assert call_json("searches", "--desk", place) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--label", "NOBODY"], "no label “NOBODY”"),
        (["--from", "yesterday"], "is no date"),
        (["--saved", "None"], "keeps no search"),
    ],
)
def test_what_is_wrong_is_said(place: Path, call: Call, options: list[str], said: str) -> None:
    for verb in ("search", "annotations"):
        assert said in call(verb, "--desk", place, *options, code=1).stderr
