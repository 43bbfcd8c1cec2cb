"""The verbs that mark: annotate, accept, reject."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.cli.conftest import TEXT, state

Call = Callable[..., Result]
Ask = Callable[..., Any]


def test_annotate_tags_code_points(place: Path, article: str, call_json: Ask) -> None:
    made = call_json(
        *("annotate", "--desk", place, "--article", article, "--label", "QUOTE"),
        *("--span", 1, 13, "--note", "on the record"),
    )
    assert made["text"] == ["We 😀 agreed,"]
    assert made["spans"] == [[1, 13]]
    assert (made["label"], made["layer"], made["article"]) == ("QUOTE", "quote", article)
    assert (made["status"], made["origin"], made["author"]) == ("accepted", "human", "Ann")
    assert made["note"] == "on the record"
    shown = call_json("show", "--desk", place, "--article", article)
    assert made["id"] in [one["id"] for one in shown["annotations"]]


def test_annotate_takes_several_fragments(place: Path, article: str, call_json: Ask) -> None:
    made = call_json(
        *("annotate", "--desk", place, "--article", article, "--label", "GPE"),
        *("--span", TEXT.index("Wien"), len(TEXT) - 1, "--span", 35, 39),
    )
    assert made["text"] == ["Oslo", "Wien"]


def test_annotate_can_suggest(place: Path, article: str, call: Call, call_json: Ask) -> None:
    made = call_json(
        *("annotate", "--desk", place, "--article", article, "--label", "GPE"),
        *("--span", 35, 39, "--proposed", "--confidence", 0.5),
    )
    assert (made["status"], made["confidence"]) == ("proposed", 0.5)
    (line,) = call_json("list", "--desk", place)
    assert line["proposed"] == 3


def test_annotate_for_people_names_words_and_id(place: Path, article: str, call: Call) -> None:
    arguments = ("--desk", place, "--article", article, "--label", "GPE", "--span", 35, 39)
    assert call("annotate", *arguments).stdout.startswith("Tagged “Oslo” as GPE: 0")


def test_the_author_is_the_option_then_the_variable_then_the_preferences(
    place: Path, article: str, call: Call, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    def author(*more: str) -> str:
        arguments = ("--desk", place, "--article", article, "--label", "GPE", "--span", 35, 39)
        call("annotate", *arguments, *more)
        return call("log", "--desk", place, "--limit", 1).stdout

    assert " Bo " in author("--author", "Bo")
    assert " Ann " in author()
    monkeypatch.delenv("NEWSDESK_AUTHOR")
    (own_home / "config").mkdir()
    (own_home / "config" / "preferences.json").write_text('{"author": "Cy"}')
    assert " Cy " in author()


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        (("--span", 60, 99), "60–99 lies outside the article"),
        (("--span", -3, 4), "-3–4 lies outside"),
        (("--span", 5, 5), "5–5 lies outside"),
        (("--span", 9, 3), "9–3 lies outside"),
        (("--span", 33, 35), "white space"),
    ],
)
def test_annotate_refuses_spans_that_mark_no_words(
    place: Path, article: str, call: Call, spans: tuple[object, ...], message: str
) -> None:
    before = state(place)
    arguments = ("--desk", place, "--article", article, "--label", "GPE")
    result = call("annotate", *arguments, *spans, "--json", code=1)
    assert message in result.stderr
    assert result.stdout == ""
    assert state(place) == before


def test_annotate_refuses_an_unknown_label_and_names_the_known(
    place: Path, article: str, call: Call
) -> None:
    before = state(place)
    arguments = ("--desk", place, "--article", article, "--span", 35, 39)
    result = call("annotate", *arguments, "--label", "PERSN", code=1)
    assert "no label “PERSN”" in result.stderr
    assert "PERSON" in result.stderr
    assert state(place) == before


def test_annotate_refuses_an_unknown_article(place: Path, call: Call) -> None:
    arguments = ("--desk", place, "--article", "nope", "--label", "GPE", "--span", 35, 39)
    assert "no article nope" in call("annotate", *arguments, code=1).stderr


@pytest.mark.parametrize("spans", [("--span", "3"), ("--span", "3", "x"), ("--span",), ()])
def test_annotate_asks_for_two_numbers(
    place: Path, article: str, call: Call, spans: tuple[str, ...]
) -> None:
    before = state(place)
    arguments = ("--desk", place, "--article", article, "--label", "GPE", *spans)
    assert "--span" in call("annotate", *arguments, code=2).stderr
    assert state(place) == before


def test_accept_takes_all_that_wait_as_one_step(place: Path, call: Call, call_json: Ask) -> None:
    revisions = len(call_json("log", "--desk", place))
    assert call_json("accept", "--desk", place) == {"accepted": 2, "waiting": 0}
    assert len(call_json("log", "--desk", place)) == revisions + 1
    call("undo", "--desk", place)
    assert call_json("list", "--desk", place)[0]["proposed"] == 2


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_a_decision_can_be_narrowed(place: Path, article: str, call_json: Ask, verb: str) -> None:
    def decided(*more: object) -> int:
        done = call_json(verb, "--desk", place, *more)
        return int(done[f"{verb}ed"])

    assert decided("--label", "CUE") == 0
    assert decided("--min-confidence", 0.95) == 0
    assert decided("--min-confidence", 0.9) == 1
    assert decided("--article", article, "--label", "GPE", "--label", "PERSON") == 1
    assert decided() == 0


def test_one_suggestion_can_be_named(place: Path, article: str, call: Call, call_json: Ask) -> None:
    first, second = call_json("show", "--desk", place, "--article", article)["annotations"]
    done = call_json("accept", "--desk", place, "--annotation", second["id"])
    assert done == {"accepted": 1, "waiting": 1}
    again = call("accept", "--desk", place, "--annotation", second["id"], code=1)
    assert "is accepted already" in again.stderr
    assert call("reject", "--desk", place, "--annotation", first["id"]).stdout == (
        "1 rejected; 0 still wait.\n"
    )


def test_nothing_to_accept_is_no_error_and_no_step(place: Path, call: Call, call_json: Ask) -> None:
    call("accept", "--desk", place)
    before = state(place)
    assert call_json("accept", "--desk", place) == {"accepted": 0, "waiting": 0}
    assert state(place) == before


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--article", "nope", "no article nope"),
        ("--label", "NOPE", "no label “NOPE”"),
        ("--annotation", "nope", "no annotation nope"),
    ],
)
def test_a_decision_on_what_is_unknown_is_an_error(
    place: Path, call: Call, option: str, value: str, message: str
) -> None:
    before = state(place)
    assert message in call("reject", "--desk", place, option, value, code=1).stderr
    assert state(place) == before


def test_a_confidence_out_of_range_is_wrong_usage(place: Path, call: Call) -> None:
    assert "min-confidence" in call("accept", "--desk", place, "--min-confidence", 7, code=2).stderr
