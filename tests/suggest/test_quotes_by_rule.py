"""Direct quotes, cues and sources by rule alone, without the network."""

from __future__ import annotations

import pytest

from newsdesk.suggest.direct import direct_quotes
from newsdesk.suggest.headlines import headline_quotes
from newsdesk.suggest.indirect import nested_reports
from newsdesk.suggest.pipeline import quotes_by_rule


def names_in(text: str, *names: str) -> list[tuple[int, int]]:
    found = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            found.append((at, at + len(name)))
            at = text.find(name, at + 1)
    return sorted(found)


def read(text: str, *names: str) -> list[tuple[list[str], str | None, str | None]]:
    reports, _ = direct_quotes(text, names_in(text, *names), ())
    return [
        (
            [text[s:e] for s, e in r.content],
            text[slice(*r.source)] if r.source else None,
            text[slice(*r.cue)] if r.cue else None,
        )
        for r in reports
    ]


@pytest.mark.parametrize(
    ("text", "content", "source", "cue"),
    [
        ("Una Braddock said: “The lock is shut.”", "The lock is shut.", "Una Braddock", "said"),
        ("“The lock is shut,” she said.", "The lock is shut,", "she", "said"),
        ("“The lock is shut,” said Una Braddock.", "The lock is shut,", "Una Braddock", "said"),
        ("“Is it shut?” asked the mayor.", "Is it shut?", "the mayor", "asked"),
        ('"We are done," the council has said.', "We are done,", "the council", "has said"),
        ("‘I won’t go,’ he told reporters.", "I won’t go,", "he", "told"),
        ("« Nobody asked us, » says Una Braddock.", "Nobody asked us,", "Una Braddock", "says"),
        (
            "“It stays shut,” said Una Braddock, the harbourmaster.",
            "It stays shut,",
            "Una Braddock, the harbourmaster",
            "said",
        ),
        (
            "Una Braddock, the harbourmaster, said: “It stays shut.”",
            "It stays shut.",
            "Una Braddock, the harbourmaster",
            "said",
        ),
        (
            "“The gate was open,” according to a log seen by the court.",
            "The gate was open,",
            "a log seen by the court",
            "according to",
        ),
    ],
)
def test_frames(text: str, content: str, source: str, cue: str) -> None:
    assert read(text, "Una Braddock") == [([content], source, cue)]


def test_split_around_its_cue_is_one() -> None:
    text = "“The lock,” said Una Braddock, “stays shut.”"
    assert read(text, "Una Braddock") == [(["The lock,", "stays shut."], "Una Braddock", "said")]


def test_a_second_sentence_in_the_paragraph_goes_on() -> None:
    text = "“The lock is shut,” she said. “It stays shut.”"
    assert read(text) == [(["The lock is shut,", "It stays shut."], "she", "said")]


def test_paragraphs_with_reopened_marks_are_one_quote() -> None:
    text = "Una Braddock said: “The lock is shut.\n\n“It stays shut.”\n"
    assert read(text, "Una Braddock") == [
        (["The lock is shut.", "It stays shut."], "Una Braddock", "said")
    ]


def test_a_paragraph_of_its_own_keeps_the_speaker() -> None:
    text = "“The lock is shut,” said Una Braddock.\n\n“We have no money for another one.”\n"
    reports, _ = direct_quotes(text, names_in(text, "Una Braddock"), ())
    assert len(reports) == 2
    assert reports[1].follows


def test_nested_quote_has_its_own_source() -> None:
    text = "Una Braddock said: “I had to say: ‘If you don’t feel well, go home.’”"
    assert [r[0] for r in read(text, "Una Braddock")] == [
        ["I had to say: ‘If you don’t feel well, go home.’"],
        ["If you don’t feel well, go home."],
    ]
    assert read(text, "Una Braddock")[1][1:] == ("I", "had to say")


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        (
            "Una Braddock said: “The boy said that he wants to go home.”",
            "he wants to go home",
            "The boy",
        ),
        ("“I was told that the wall would hold,” she said.", "the wall would hold", None),
    ],
)
def test_reports_inside_direct_quotes(text: str, content: str, source: str | None) -> None:
    direct, _ = direct_quotes(text, names_in(text, "Una Braddock"), ())
    (inner,) = nested_reports(text, direct, names_in(text, "Una Braddock"))
    assert text[inner.start : inner.end] == content
    assert (text[slice(*inner.source)] if inner.source else None) == source
    assert nested_reports(text, [*direct, inner], []) == []


def test_unbalanced_mark_survives() -> None:
    text = "Una Braddock said: “The lock is shut\n\nThe town slept."
    ((content, source, _),) = read(text, "Una Braddock")
    assert (content, source) == (["The lock is shut"], "Una Braddock")


@pytest.mark.parametrize(
    "text",
    [
        "The film “The Long Ebb” opened on Friday.",
        "The so-called “deal of the century” fell through.",
        "He had a “plan” for it.",
        "Their motto, “Always forward”, hangs on the wall.",
        "a banner reading “Go home”",
    ],
)
def test_titles_mottos_and_scare_quotes_are_left_out(text: str) -> None:
    assert read(text) == []


def test_other_languages_keep_what_stands_in_marks() -> None:
    text = "”Minä lähden huomenna kotiin”, hän sanoi."
    (report,) = quotes_by_rule(text, [], english=False)
    assert text[report.start : report.end] == "Minä lähden huomenna kotiin"


def test_headline_colon() -> None:
    text = "Braddock: lock will stay shut\n\nThe lock was closed."
    (report,) = headline_quotes(text, names_in(text, "Braddock"), [])
    assert text[report.start : report.end] == "lock will stay shut"
    assert report.source == (0, 8)


def test_headline_says() -> None:
    text = "Bridge is not safe, says engineer\n\nIt was built in a year."
    (report,) = headline_quotes(text, [], [])
    assert text[report.start : report.end] == "Bridge is not safe"


@pytest.mark.parametrize(
    "line", ["Analysis: what comes next", "The lock is shut: a report.", "Una"]
)
def test_what_is_no_headline_quote(line: str) -> None:
    assert headline_quotes(f"{line}\n\nMore.", [(0, 3)], []) == []
