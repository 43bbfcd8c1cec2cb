"""The shipped pipeline from text to proposals."""

from __future__ import annotations

from itertools import pairwise

import pytest

from newsdesk.model import Layer
from newsdesk.suggest.proposals import Proposals, Suggester, Tie
from newsdesk.suggest.suggester import PipelineSuggester, _blocks

STORY = (
    "Harbour wall will fail, says engineer\n\n"
    "PELLMOUTH, May 3 (Reuters) – The harbour wall at Pellmouth needs £4m of repairs, according to "
    "a report by the Royal Society.\n\n"
    "“The lock is shut,” said Una Braddock, the harbourmaster. “It stays shut.”\n\n"
    "Braddock told the BBC that the council had known about the crack since 2019. She said: “He "
    "told me, ‘Nobody will ever notice.’”\n\n"
    "It is claimed that the repairs will not begin before Christmas. Is that too late? 🙂\n"
)


@pytest.fixture(scope="module")
def result(english: PipelineSuggester) -> Proposals:
    return english.suggest(STORY)


def words(result: Proposals, layer: Layer) -> list[str]:
    return [item.of(STORY) for item in result.layer(layer)]


def ties_of(result: Proposals, content: str) -> list[Tie]:
    return [t for t in result.ties if result.items[t.content].of(STORY) == content]


def of(result: Proposals, place: int | None) -> str | None:
    return None if place is None else result.items[place].of(STORY)


def test_it_is_a_suggester(english: PipelineSuggester) -> None:
    assert isinstance(english, Suggester)
    assert english.name.startswith("en_newsdesk ")


def test_entities_have_labels_and_values(result: Proposals) -> None:
    found = {(item.of(STORY), item.label) for item in result.layer(Layer.ENTITY)}
    assert {
        ("Una Braddock", "PERSON"),
        ("BBC", "OUTLET"),
        ("Reuters", "OUTLET"),
        ("£4m", "MONEY"),
        ("2019", "DATE"),
        ("Christmas", "DATE"),
    } <= found
    (money,) = (i for i in result.items if i.label == "MONEY")
    assert money.attributes == {"currency": "GBP", "amount": 4_000_000.0}


def test_every_span_is_in_the_text_and_every_place_exists(result: Proposals) -> None:
    for item in result.items:
        assert 0 <= item.confidence <= 1
        for start, end in item.spans:
            assert 0 <= start < end <= len(STORY)
            assert STORY[start:end] == STORY[start:end].strip()
        assert item.component
    for tie in result.ties:
        for place in (tie.content, tie.source, tie.cue, tie.speaker):
            assert place is None or 0 <= place < len(result.items)
    assert [i.start for i in result.items] == sorted(i.start for i in result.items)


def test_a_split_quote_is_one_with_its_speaker(result: Proposals) -> None:
    (tie,) = ties_of(result, "The lock is shut, … It stays shut.")
    assert of(result, tie.source) == "Una Braddock, the harbourmaster"
    assert of(result, tie.cue) == "said"
    assert of(result, tie.speaker) == "Una Braddock"
    assert tie.hop == 0


def test_indirect_quote_with_surname_tied_to_the_full_name(result: Proposals) -> None:
    (tie,) = ties_of(result, "the council had known about the crack since 2019")[:1]
    assert of(result, tie.source) == "Braddock"
    assert str(tie.manner) == "indirect"
    (chain,) = (c for c in result.chains if c.name == "Una Braddock")
    assert len(chain.mentions) == 2


def test_second_hand_words_have_two_hops(result: Proposals) -> None:
    ties = ties_of(result, "Nobody will ever notice.")
    assert [(of(result, t.source), t.hop) for t in ties] == [("He", 0), ("She", 1)]


def test_pronoun_comes_down_to_a_name(result: Proposals) -> None:
    ties = ties_of(result, "He told me, ‘Nobody will ever notice.’")
    assert of(result, ties[0].speaker) in ("Braddock", "Una Braddock")


def test_claims_hedges_and_orphans(result: Proposals) -> None:
    claims = words(result, Layer.CLAIM)
    assert any("£4m" in claim for claim in claims)
    assert not any("too late" in claim for claim in claims)
    assert "It is claimed that" in words(result, Layer.HEDGE)
    orphans = [t for t in result.ties if t.orphan]
    assert any("repairs will not begin" in (of(result, t.content) or "") for t in orphans)


def test_spacy_types_carry_the_same(english: PipelineSuggester) -> None:
    doc = english._nlp(STORY)
    assert {"Una Braddock"} <= {ent.text for ent in doc.ents}
    assert all(0 <= ent._.confidence <= 1 for ent in doc.ents)
    assert {"quotes", "cues", "sources", "claims", "hedges"} <= set(doc.spans)
    assert len(doc.spans["quotes"].attrs["confidence"]) == len(doc.spans["quotes"])
    assert doc.text == STORY
    assert doc.to_bytes()


@pytest.mark.parametrize("text", ["", " \n\n ", "🙂", "x" * 5000, "“" * 50, "\u200d\u0301" * 20])
def test_odd_texts(english: PipelineSuggester, text: str) -> None:
    for item in english.suggest(text).items:
        assert item.end <= len(text)


def test_finnish_gets_a_notice_and_its_quotes(english: PipelineSuggester) -> None:
    text = (
        "Satama suljettiin maanantaina, ja kaupunki aikoo korjata muurin ennen talvea, kertoo "
        "lehti. ”Muuri ei kestä enää yhtään talvea”, sanoi satamakapteeni Aino Virtanen. Työ "
        "maksaa 12 % enemmän kuin luvattiin, ja se alkaa aikaisintaan 3.5.2021 satamassa."
    )
    result = english.suggest(text)
    assert "English" in result.notice
    assert [i.of(text) for i in result.layer(Layer.QUOTE)] == ["Muuri ei kestä enää yhtään talvea"]


def test_long_texts_go_by_paragraphs(
    english: PipelineSuggester, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = english.suggest(STORY)
    monkeypatch.setattr("newsdesk.suggest.suggester.LONGEST", 300)
    parts = english.suggest(STORY)
    names = [i.of(STORY) for i in whole.layer(Layer.ENTITY)]
    assert set(names) & {i.of(STORY) for i in parts.layer(Layer.ENTITY)} >= {"Una Braddock", "£4m"}
    for tie in parts.ties:
        assert parts.items[tie.content].layer in (Layer.QUOTE, Layer.CLAIM)


def test_blocks_cover_the_text() -> None:
    text = "\n".join(["word " * 30, "x" * 700, "", "end"])
    blocks = list(_blocks(text, 200))
    assert blocks[0][0] == 0
    assert blocks[-1][1] == len(text)
    for (_, end), (start, _) in pairwise(blocks):
        assert end == start
    assert all(end - start <= 200 for start, end in blocks[:-1])
