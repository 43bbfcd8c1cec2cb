"""Known names weighed against what the network read."""

from __future__ import annotations

import pytest

from newsdesk.model import Layer
from newsdesk.suggest.gazetteer import KnownName, with_known
from newsdesk.suggest.names import Name
from newsdesk.suggest.suggester import PipelineSuggester

CITY = KnownName("Manchester", "GPE")
TEXT = "He left Manchester United for Manchester. MANCHESTER wept; Manchesterish, no."


def read(text: str, words: str, label: str, confidence: float = 0.6, after: int = 0) -> Name:
    start = text.index(words, after)
    return Name(start, start + len(words), label, confidence, "read from the sentence")


def marked(text: str, names: list[Name]) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.label) for one in names]


def test_the_longer_name_stays() -> None:
    found = with_known(TEXT, [read(TEXT, "Manchester United", "ORG")], [CITY])
    assert marked(TEXT, found) == [
        ("Manchester United", "ORG"),
        ("Manchester", "GPE"),
        ("MANCHESTER", "GPE"),
    ]
    assert found[0].why == "read from the sentence"
    assert {one.why for one in found[1:]} == {"in the register"}
    assert found[1].confidence > found[2].confidence, "a sentence may begin with any word"


def test_the_register_settles_a_label_and_a_list_only_a_doubt() -> None:
    text = "Then Halden spoke."
    for confidence, source, label in [
        (0.99, "register", "GPE"),
        (0.99, "Towns", "PERSON"),
        (0.5, "Towns", "GPE"),
    ]:
        wrong = read(text, "Halden", "PERSON", confidence)
        (one,) = with_known(text, [wrong], [KnownName("Halden", "GPE", source)])
        assert one.label == label
    (agreed,) = with_known(text, [read(text, "Halden", "GPE", 0.4)], [KnownName("Halden", "GPE")])
    assert (agreed.confidence, agreed.why) == (0.95, "in the register")


def test_a_known_name_takes_in_its_parts() -> None:
    text = "The Bank of New Holm closed."
    parts = [read(text, "Bank", "ORG", 0.9), read(text, "New Holm", "GPE", 0.9)]
    known = KnownName("Bank of New Holm", "ORG")
    assert marked(text, with_known(text, parts, [known])) == [("Bank of New Holm", "ORG")]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("It may rain.", KnownName("May", "PERSON")),
        ("Come in.", KnownName("In", "ORG", "Bands")),
        ("At will, then.", KnownName("Will", "PERSON")),
        ("Hope fell.", KnownName("Hope", "PERSON", "People")),
        ("See @Halden and #Halden.", KnownName("Halden", "GPE")),
    ],
)
def test_a_common_word_is_no_name(text: str, known: KnownName) -> None:
    assert with_known(text, [], [known]) == []


def test_a_date_is_no_person() -> None:
    text = "It was May again."
    date = Name(7, 10, "DATE", 0.93, "rule for measures")
    assert with_known(text, [date], [KnownName("May", "PERSON")]) == [date]


def test_marks_and_spaces_of_a_name_may_differ() -> None:
    text = "Ask Niall O’Dowd\nJunior’s aide."
    known = KnownName("Niall O'Dowd Junior", "PERSON")
    assert marked(text, with_known(text, [], [known])) == [("Niall O’Dowd\nJunior", "PERSON")]


def test_the_pipeline_uses_what_it_is_told(english: PipelineSuggester) -> None:
    text = "The tender for quayfolk went to Brindlewick and its partners, the council said."
    known = [KnownName("Brindlewick", "ORG"), KnownName("quayfolk", "ORG")]
    items = english.suggest(text, known=known).layer(Layer.ENTITY)
    (one,) = [item for item in items if item.of(text) == "Brindlewick"]
    assert (one.label, one.why) == ("ORG", "in the register")
    finnish = "Tänään on maanantai ja hallitus kertoi, että Brindlewick ostaa sataman."
    assert "Brindlewick" in {i.of(finnish) for i in english.suggest(finnish, known=known).items}
