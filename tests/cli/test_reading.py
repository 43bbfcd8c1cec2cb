"""The verbs that only read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import Result

from newsdesk.desk import open_desk
from newsdesk.desk.articles import add_article
from newsdesk.desk.attributing import mark_quote
from newsdesk.model import new_article
from tests.cli.conftest import TEXT, state

Call = Callable[..., Result]
Ask = Callable[..., Any]


def test_list_gives_each_article_with_its_progress(place: Path, call_json: Ask) -> None:
    (line,) = call_json("list", "--desk", place)
    assert line["title"] == "Colder than Wien"
    assert line["outlet"] == "The Berth"
    assert line["published"] == "2024-02-03"
    assert (line["accepted"], line["proposed"]) == (0, 2)
    assert line["length"] == len(TEXT)
    assert "text" not in line


def test_list_pages_through_more_articles_than_one_query_gives(
    place: Path, call_json: Ask, monkeypatch: Any
) -> None:
    monkeypatch.setattr("newsdesk.cli.reading.PAGE", 3)
    desk = open_desk(place, "Ann")
    for n in range(7):
        add_article(desk, new_article(f"Text {n}", title=f"No. {n}"))
    desk.close()
    assert len(call_json("list", "--desk", place)) == 8
    assert len(call_json("list", "--desk", place, "--limit", 5)) == 5
    assert len({one["id"] for one in call_json("list", "--desk", place)}) == 8


def test_list_filters(place: Path, call_json: Ask) -> None:
    assert len(call_json("list", "--desk", place, "--outlet", "The Berth")) == 1
    assert call_json("list", "--desk", place, "--outlet", "Elsewhere") == []
    assert call_json("list", "--desk", place, "--status", "reviewed") == []


def test_list_for_people_is_a_table(place: Path, article: str, call: Call) -> None:
    heads, row = call("list", "--desk", place).stdout.splitlines()
    assert heads.split()[:2] == ["id", "published"]
    assert row.startswith(article)
    assert row.endswith("Colder than Wien")


def test_show_marks_the_text(place: Path, article: str, call: Call) -> None:
    shown = call("show", "--desk", place, "--article", article).stdout
    assert "“We 😀 agreed,” said [PERSON? Zoë Ångström].\n\n[GPE? Oslo] was" in shown


def test_show_as_json_is_the_article_of_the_dataset(
    place: Path, article: str, call_json: Ask
) -> None:
    desk = open_desk(place, "Ann")
    text = desk.article(article)
    start = TEXT.index("Zoë")
    mark_quote(desk, text, [(1, 13)], speaker=(start, start + 3), cue=(16, 20))
    desk.close()
    shown = call_json("show", "--desk", place, "--article", article)
    assert shown["text"] == TEXT
    assert shown["outlet"] == "The Berth"
    quote = next(one for one in shown["annotations"] if one["label"] == "QUOTE")
    assert quote["spans"] == [[1, 13]]
    assert quote["text"] == ["We 😀 agreed,"]
    assert quote["status"] == "accepted"
    (tie,) = shown["attributions"]
    assert tie["content"] == quote["id"]
    assert tie["hop"] == 0
    for one in shown["annotations"]:
        assert one["text"] == [TEXT[start:end] for start, end in one["spans"]]


def test_show_hides_what_was_rejected_unless_asked(
    place: Path, article: str, call: Call, call_json: Ask
) -> None:
    call("reject", "--desk", place, "--label", "GPE")
    assert len(call_json("show", "--desk", place, "--article", article)["annotations"]) == 1
    shown = call_json("show", "--desk", place, "--article", article, "--rejected")
    assert [one["status"] for one in shown["annotations"]] == ["proposed", "rejected"]


def test_show_does_not_obey_what_a_text_tells_the_terminal(place: Path, call: Call) -> None:
    desk = open_desk(place, "Ann")
    evil = "Read \x1b]0;this\x07 and \x1b[2J that, \x9b31m or that."
    made = add_article(desk, new_article(evil, title="\x1b[1mloud"))
    desk.close()
    for shown in (
        call("show", "--desk", place, "--article", made.id),
        call("list", "--desk", place),
    ):
        assert not set(shown.stdout) & {"\x1b", "\x07", "\x9b"}


def test_search_gives_snippets_with_the_places_of_the_words(place: Path, call_json: Ask) -> None:
    (hit,) = call_json("search", "--desk", place, "colder", "wien")
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["colder", "Wien"]


def test_search_leaves_words_out_after_two_dashes(place: Path, call: Call) -> None:
    assert call("search", "--desk", place, "--json", "--", "colder", "-wien").stdout == "[]\n"
    assert call("search", "--desk", place, "--json", "--", "colder", "-paris").stdout != "[]\n"


def test_search_for_people_stars_the_words(place: Path, call: Call) -> None:
    assert "*Oslo* was" in call("search", "--desk", place, "oslo").stdout


def test_claims_are_listed_with_their_appearances(
    place: Path, article: str, call: Call, call_json: Ask
) -> None:
    assert call_json("claims", "--desk", place) == []
    start, end = TEXT.index("Oslo was"), len(TEXT) - 1
    made = call_json(
        *("annotate", "--desk", place, "--article", article, "--label", "CLAIM"),
        *("--span", start, end),
    )
    (claim,) = call_json("claims", "--desk", place)
    assert claim["statement"] == TEXT[start:end]
    assert claim["appearances"] == [made["id"]]
    assert claim["state"] == "unreviewed"
    assert call_json("claims", "--desk", place, "--state", "verified") == []
    assert claim["id"] in call("claims", "--desk", place).stdout


def test_reading_changes_nothing(place: Path, article: str, call: Call) -> None:
    before, bytes_before = state(place), place.read_bytes()
    for verb in (("list",), ("claims",), ("log", "--verify"), ("check",), ("search", "oslo")):
        call(verb[0], "--desk", place, *verb[1:])
    call("show", "--desk", place, "--article", article)
    assert state(place) == before
    assert place.read_bytes() == bytes_before
