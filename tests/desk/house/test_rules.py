"""Each check flags what breaks it, and passes over what only looks like it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsdesk.desk.house.checking import ALWAYS, CHECKS, ON_REQUEST, breaches, described
from newsdesk.desk.house.marked import Marked
from newsdesk.model import Assertion, Attribute, AttributeType, Channel, Manner, Status, replace
from newsdesk.settings import shipped
from tests.desk.house.marking import LABELS, mark

INDIRECT = Manner.INDIRECT
TWO = ({"content": "q1"}, {"content": "q2"})
LINKED = {"p": {"entity": "e"}}

BREAKS = {
    "quote-excludes-marks": [
        mark("{q|“It is shut,”} {s|she} {c|said}."),
        mark("“{q|It is shut,}” {s|she} {c|said}. {q|“It stays shut.”}"),
    ],
    "quote-includes-marks": [
        mark("“{q|It is shut,}” {s|she} {c|said}."),
        mark("«\xa0{q|It is shut,}\xa0» {c|says} {s|she}."),
    ],
    "no-paraphrase": [
        mark("{s|She} {c|said} {q|it was shut}.", manner=INDIRECT),
        mark("{s|She} {c|said} {q|it was “shut for good”}.", manner=Manner.MIXED),
    ],
    "split-quote-is-one": [
        mark("“{q1|It is shut,}” {s|she} {c|said}. “{q2|It stays shut.}”", *TWO),
    ],
    "split-quote-is-several": [
        mark("“{q|It is shut,}” {s|she} {c|said}. “{q|It stays shut.}”"),
    ],
    "paragraphs-are-one-quote": [
        mark("{s|She} {c|said}: “{q1|It is shut.}\n\n“{q2|It stays shut.}”", *TWO),
        mark("{s|She} {c|said}: {q1|“It is shut.}\n\n{q2|“It stays shut.”}", *TWO),
    ],
    "outermost-quotes-only": [
        mark("“{q1|The note read, ‘{q2|Do not open.}’}” {s|he} {c|said}.", *TWO),
    ],
    "scare-quotes-excluded": [mark("The “{q|green tax}” is back.", manner=None)],
    "one-source-a-quote": [
        mark(
            "{s1|The board} and {s2|the harbourmaster} {c|said} {q|it was shut}.",
            {"content": "q", "source_mention": "s1"},
            {"content": "q", "source_mention": "s2"},
        ),
    ],
    "source-not-cut-short": [
        mark("{s|Una Braddock}, the harbourmaster, {c|said} {q|so}.", manner=INDIRECT),
        mark("{s|Una Braddock}, who keeps the lock, {c|said} {q|so}.", manner=INDIRECT),
        mark("{s|The harbourmaster}, Una Braddock, {c|said} {q|so}.", manner=INDIRECT),
    ],
    "source-without-description": [
        mark("{s|Una Braddock, who keeps the lock}, {c|said}: “{q|It is.}”"),
        mark("{s|Una Braddock, the harbourmaster}, {c|said}: “{q|It is.}”"),
        mark("{s|The harbourmaster, Una Braddock}, {c|said}: “{q|It is.}”"),
    ],
    "source-nearest-mention": [
        mark("“{q|It stays shut,}” she {c|added}. {s|Una Braddock} left."),
        mark(
            "“{q1|It is,}” {s1|the keeper} {c1|said}. {s2|Una Braddock} left.",
            {"content": "q1", "source_mention": "s2", "cue": "c1", "source": "una"},
            {"content": "q1", "source_mention": "s1", "cue": None, "source": "una", "hop": 1},
        ),
    ],
    "cue-whole-verb-group": [
        mark("{s|She} has {c|confirmed} {q|the sale}.", manner=INDIRECT),
        mark("{s|The board} did not {c|say} {q|who had shut it}.", manner=INDIRECT),
        mark("{s|She} has reluctantly {c|confirmed} {q|the sale}.", manner=INDIRECT),
        mark("{s|She} hadn't {c|said} {q|so}.", manner=INDIRECT),
    ],
    "cue-without-auxiliaries": [
        mark("{s|She} {c|has confirmed}: “{q|It is sold.}”"),
        mark("{s|He} {c|would not say} {q|whether}.", manner=INDIRECT),
    ],
    "cue-phrasal-verb-whole": [
        mark("“{q|It is sold,}” {s|he} {c|blurted} out."),
        mark("“{q|It is sold,}” {s|he} {c|pointed} out."),
        mark("“{q|It is sold,}” {s|she} {c|hit} back."),
    ],
    "cue-in-one-piece": [mark("{s|She} {c|has}, alas, {c|confirmed} {q|it}.", manner=INDIRECT)],
    "cue-polarity-given": [mark("{s|She} {c|said} {q|so}.", manner=INDIRECT)],
    "orphan-has-no-source": [
        mark(
            "{q|The gate was open}, {s|the log} {c|showed}.",
            {"content": "q", "cue": "c", "orphan": True},
        ),
    ],
    "mention-linked": [mark("{p|Una Braddock} closed the lock.")],
    "person-without-title": [
        mark("{p|Sir Piers Wintle} rode.", fields=LINKED),
        mark("{p|Dr. Una Braddock} read.", fields=LINKED),
        mark("{p|Chief Inspector Oyelaran} spoke.", fields=LINKED),
        mark("{p|Piers Wintle’s} horse.", fields=LINKED),
    ],
    "claim-has-record": [mark("{k|Turnout fell to 31%}, the board said.")],
    "claim-without-cue": [
        mark(
            "{k|{s|The board} {c|said} that turnout fell to 31%}.",
            {"content": "k"},
            fields={"k": {"claim": "x"}},
        ),
    ],
}
"""For each check, articles of which it flags something. `quote-has-attribution` stands below."""

KEEPS = {
    "quote-excludes-marks": [
        mark("“{q|It is shut,}” {s|she} {c|said}."),
        mark("“{q|He told me, ‘It is shut,’}” {s|she} {c|said}."),  # the inner marks are its words
        mark("“{q|‘Shut’ is what he wrote,}” {s|she} {c|said}."),
        mark("{s|She} {c|said} {q|“shut” was the word}.", manner=INDIRECT),
        mark("“{q|It was the players’,}” {s|she} {c|said}."),
    ],
    "quote-includes-marks": [
        mark("{q|“It is shut,”} {s|she} {c|said}."),
        mark("{s|She} {c|said} {q|it was shut}.", manner=INDIRECT),
    ],
    "no-paraphrase": [mark("“{q|It is shut,}” {s|she} {c|said}.")],
    "split-quote-is-one": [
        mark("“{q|It is shut,}” {s|she} {c|said}. “{q|It stays shut.}”"),
        mark(
            "“{q1|It is shut,}” {s|she} {c1|said}. It was late. “{q2|It stays,}” she {c2|added}.",
            {"content": "q1", "cue": "c1"},
            {"content": "q2", "cue": "c2"},
        ),
        mark("{s|She} {c|said} {q1|it was shut}, and that {q2|it stayed so}.", *TWO),
    ],
    "split-quote-is-several": [
        mark("{s|She} {c|said}: “{q|It is shut.}\n\n“{q|It stays shut.}”"),
    ],
    "paragraphs-are-one-quote": [
        mark("{s|She} {c|said}: “{q|It is shut.}\n\n“{q|It stays shut.}”"),
        mark("“{q1|It is shut,}” {s|she} {c|said}. “{q1|So.}”\n\n“{q2|And so on,}” he said.", *TWO),
    ],
    "outermost-quotes-only": [
        mark("“{q1|It is,}” {s|she} {c|said}. Later: “{q2|It was.}”", *TWO),
        mark("“{q1|It is,}” {s|she} {c|said} of “{q2|the lock}” there. “{q1|It stays.}”", *TWO),
    ],
    "scare-quotes-excluded": [
        mark("There were {c|shouts} of “{q|Withdraw!}” from {s|the benches}."),
        mark("The “{q|tax on everything that is green}” is back.", manner=None),
    ],
    "one-source-a-quote": [
        mark(
            "{s1|She} {c|said} {q|it was shut}, and {s2|the firm} denied it.",
            {"content": "q", "source_mention": "s1"},
            {"content": "q", "source_mention": "s2", "assertion": Assertion.DENIED},
        ),
        mark(
            "{s1|She} {c|said} {q|it was shut}; {s2|the firm} declined to comment.",
            {"content": "q", "source_mention": "s1"},
            {"content": "q", "source_mention": "s2", "channel": Channel.DECLINED_TO_COMMENT},
        ),
        mark(
            "{s1|She} {c|said} {q|it was shut}, {s2|the Echo} reports.",
            {"content": "q", "source_mention": "s1"},
            {"content": "q", "source_mention": "s2", "hop": 1},
        ),
    ],
    "source-not-cut-short": [
        mark("{s|Una Braddock, the harbourmaster}, {c|said} {q|so}.", manner=INDIRECT),
        mark("{s|A porter}, who asked not to be named, {c|said} {q|so}.", manner=INDIRECT),
        mark("{s|Una Braddock}, in a rage, {c|said} {q|so}.", manner=INDIRECT),
        mark("{s|The board}, which {c|says} {q|so}, met.", manner=INDIRECT),
    ],
    "source-without-description": [
        mark("{s|Captain Una Braddock}, who keeps the lock, {c|said}: “{q|It is.}”"),
        mark("{s|Braddock, Birtle and Pascoe} {c|said}: “{q|It is.}”"),
    ],
    "source-nearest-mention": [
        mark("“{q|It stays shut,}” {s|she} {c|added}. Una Braddock left."),
        mark(
            "“{q1|I,}” {s1|she} {c1|told} {s2|the radio}.",
            {"content": "q1", "source_mention": "s1", "cue": "c1"},
            {"content": "q1", "source_mention": "s2", "cue": "c1", "hop": 1},
        ),
        mark("“{q|She {c|said} so,}” according to {s|Birtle}."),
    ],
    "cue-whole-verb-group": [
        mark("{s|She} {c|has confirmed} {q|the sale}.", manner=INDIRECT),
        mark("That is {c|according to} {s|the log}: {q|it was}.", manner=INDIRECT),
        mark("{s|The Will} {c|said} {q|so}.", manner=INDIRECT),
    ],
    "cue-without-auxiliaries": [
        mark("{s|She} has {c|confirmed}: “{q|It is.}”"),
        mark("{s|She} {c|does}: “{q|It is.}”"),
    ],
    "cue-phrasal-verb-whole": [
        mark("“{q|It is sold,}” {s|he} {c|blurted out}."),
        mark("“{q|It is sold,}” {s|he} {c|said} on Tuesday."),
        mark("“{q|It is sold,}” {s|he} {c|called} from the car."),
    ],
    "cue-in-one-piece": [mark("{s|She} {c|has confirmed} {q|it}.", manner=INDIRECT)],
    "cue-polarity-given": [
        mark("{s|She} {c|said} {q|so}.", fields={"c": {"attributes": {"polarity": "affirmed"}}}),
    ],
    "orphan-has-no-source": [
        mark("{q|The gate was open}, it {c|is claimed}. {s|The log} is lost.",
             {"content": "q", "cue": "c", "orphan": True}),
        mark("{q|The gate was open}, {s|the Echo} {c|reports}.",
             {"content": "q", "cue": None, "orphan": True},
             {"content": "q", "hop": 1}),
    ],
    "mention-linked": [
        mark("{p|Una Braddock} closed the lock.", fields=LINKED),
        mark("It closed on {d|Tuesday}."),
    ],
    "person-without-title": [
        mark("Sir {p|Piers Wintle}’s horse.", fields=LINKED),
        mark("{p|Major} won.", fields=LINKED),
        mark("{p|Mrinal Sen} won.", fields=LINKED),
    ],
    "claim-has-record": [mark("{k|It fell}, the board said.", fields={"k": {"claim": "x"}})],
    "claim-without-cue": [
        mark("{s|The board} {c|said} that {k|turnout fell to 31%}.", {"content": "k"}),
    ],
}  # fmt: skip
"""For each check, articles of which it flags nothing."""


def flagged(article: Marked, check: str) -> list[str]:
    return [one.words for one in breaches(article, [check])]


@pytest.mark.parametrize(
    ("check", "article"), [(name, one) for name, many in BREAKS.items() for one in many]
)
def test_what_breaks_a_rule_is_flagged(check: str, article: Marked) -> None:
    found = breaches(article, [check])
    assert found, article.text
    assert all(one.check == check and one.what.endswith((".", "?", "”.")) for one in found)


@pytest.mark.parametrize(
    ("check", "article"), [(name, one) for name, many in KEEPS.items() for one in many]
)
def test_what_only_looks_like_it_is_passed_over(check: str, article: Marked) -> None:
    assert flagged(article, check) == [], article.text


def test_a_quote_that_nobody_is_said_to_have_said() -> None:
    spoken = mark("“{q|It is shut,}” {s|she} {c|said}.")
    assert flagged(spoken, "quote-has-attribution") == []
    silent = Marked(spoken.article, spoken.annotations, (), spoken.labels)
    assert flagged(silent, "quote-has-attribution") == ["It is shut,"]
    orphan = mark("It {c|is said} that {q|it is shut}.", {"content": "q", "orphan": True})
    assert flagged(orphan, "quote-has-attribution") == []


def test_every_check_of_the_rule_books_is_there_and_tested() -> None:
    told = set(re.findall(r"^\| `([\w-]+)` \|", _seeds_guide(), re.M))
    assert told == set(CHECKS) | set(ALWAYS) | set(ON_REQUEST), "docs/seeds.md tells other checks"
    assert set(BREAKS) | {"quote-has-attribution"} == set(CHECKS)
    assert set(KEEPS) | {"quote-has-attribution"} == set(CHECKS)


def test_the_guide_says_what_each_check_says_of_itself() -> None:
    told = dict(re.findall(r"^\| `([\w-]+)` \| (.+?) \|", _seeds_guide(), re.M))
    assert {name: described(name) for name in told} == told


def _seeds_guide() -> str:
    guide = Path(__file__).resolve().parents[3] / "docs" / "seeds.md"
    return guide.read_text("utf-8").split("## The codebooks and their checks")[1]


def test_suggestions_are_not_the_house_s_yet() -> None:
    article = mark("{p|Una Braddock} left.", fields={"p": {"status": Status.PROPOSED}})
    assert flagged(article, "mention-linked") == []


def asking(attribute: Attribute, version: int = 1) -> dict:
    label = replace(LABELS["p"], attributes=(attribute,), version=version)
    return {**{one.id: one for one in LABELS.values()}, label.id: label}


@pytest.mark.parametrize(
    ("attribute", "answer", "lacks", "misfits"),
    [
        (Attribute(name="a", required=True), None, True, False),
        (Attribute(name="a", required=True), "", True, False),
        (Attribute(name="a", required=True), "x", False, False),
        (Attribute(name="a"), None, False, False),
        (Attribute(name="a"), 3, False, True),
        (Attribute(name="a", type=AttributeType.CHOICE, values=("x",)), "y", False, True),
        (Attribute(name="a", type=AttributeType.CHOICE, values=("x",)), "x", False, False),
        (Attribute(name="a", type=AttributeType.FLAG, required=True), False, False, False),
        (Attribute(name="a", type=AttributeType.FLAG), "no", False, True),
        (Attribute(name="a", type=AttributeType.NUMBER), True, False, True),
        (Attribute(name="a", type=AttributeType.NUMBER, required=True), 0, False, False),
        (Attribute(name="a", type=AttributeType.DATE), "2017-07-22", False, False),
        (Attribute(name="a", type=AttributeType.DATE), "22 July", False, True),
        (Attribute(name="a", type=AttributeType.DATE), "2017-02-30", False, True),
    ],
)
def test_attributes_are_given_and_fit(attribute, answer, lacks, misfits) -> None:
    given = {} if answer is None else {"a": answer}
    plain = mark("{p|Una} left.", fields={"p": {"attributes": given}})
    article = Marked(plain.article, plain.annotations, (), asking(attribute))
    assert bool(flagged(article, "attribute-given")) is lacks
    assert bool(flagged(article, "attribute-fits")) is misfits


def test_a_tag_of_an_earlier_version_is_listed_on_request() -> None:
    plain = mark("{p|Una} left.")
    older = Marked(plain.article, plain.annotations, (), asking(Attribute(name="a"), version=3))
    assert flagged(older, "label-in-force") == ["Una"]
    assert flagged(plain, "label-in-force") == []


def test_the_shipped_houses_turn_on_checks_that_there_are() -> None:
    from newsdesk.desk.house.chosen import shipped_houses
    from newsdesk.formats.codebook_file import read_codebook_file

    for house in shipped_houses():
        assert house.checks, house.name
    for path in shipped("resources", "codebooks").glob("*.json"):
        assert set(read_codebook_file(path).checks) <= set(CHECKS), path.name
