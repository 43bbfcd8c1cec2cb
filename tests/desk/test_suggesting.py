"""Suggestions beside what people decided: proposed once, decided with what hangs on them."""

import pytest

from newsdesk.desk.annotating import accept, annotate, reject
from newsdesk.desk.library_suggesting import Tally, suggest_many
from newsdesk.desk.register import new_entity
from newsdesk.desk.suggesting import take_proposals
from newsdesk.model import (
    Annotation,
    Attribution,
    Claim,
    Layer,
    Manner,
    Source,
    SourceKind,
    Span,
    Status,
)
from newsdesk.suggest import Chain, Proposals, Tie
from newsdesk.suggest.proposals import Proposal


def at(article, words):
    start = article.text.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def proposals(article):
    def one(words, layer, label):
        return Proposal((at(article, words),), layer, label, 0.8, "rule", why="a rule")

    return Proposals(
        items=(
            one("Ada Lovelace", Layer.ENTITY, "PERSON"),
            one("It can do 😀 whatever we know.", Layer.QUOTE, "QUOTE"),
            one("said", Layer.CUE, "CUE"),
            one("Ada Lovelace", Layer.SOURCE, "SOURCE"),
            one("Ada left.", Layer.CLAIM, "CLAIM"),
            one("The Times", Layer.ENTITY, "UNHEARD OF"),
        ),
        ties=(
            Tie(
                content=1,
                source=3,
                cue=2,
                manner=Manner.DIRECT,
                kind=SourceKind.NAMED_INDIVIDUAL,
                confidence=0.7,
            ),
            Tie(content=4, orphan=True),
        ),
        chains=(Chain("Ada Lovelace", "PERSON", (0,)),),
        origin="en_test 1",
    )


def by_status(desk):
    counts = {}
    for one in desk.find(Annotation):
        counts[one.status] = counts.get(one.status, 0) + 1
    return counts


def test_proposals_wait_with_origin_confidence_and_reason(desk, article, proposals):
    ada = new_entity(desk, "Ada Lovelace", "PERSON")
    assert take_proposals(desk, article, proposals) == 5, "an unknown label is passed over"
    (name,) = desk.find(Annotation, label=desk.label("PERSON").id)
    assert (name.status, name.origin, name.confidence) == (Status.PROPOSED, "en_test 1/rule", 0.8)
    assert (name.entity, name.extra) == (ada.id, {"why": "a rule"})
    assert desk.count(Claim) == desk.count(Source) == 0, "a suggestion makes neither"
    assert {one.status for one in desk.find(Attribution)} == {Status.PROPOSED}
    assert take_proposals(desk, article, proposals) == 0, "the same again is nothing new"
    assert desk.count(Attribution) == 2


def test_a_quote_is_decided_with_its_speaker_cue_and_attribution(desk, article, proposals):
    take_proposals(desk, article, proposals)
    (quote,) = desk.find(Annotation, label=desk.label("QUOTE").id)
    assert accept(desk, [quote]) == 3
    assert by_status(desk) == {Status.ACCEPTED: 3, Status.PROPOSED: 2}
    (hop,) = desk.find(Attribution, content=quote.id)
    source = desk.get(Source, hop.source)
    assert (hop.status, source.description) == (Status.ACCEPTED, "Ada Lovelace")
    assert hop.extra == {}
    desk.undo()
    assert by_status(desk) == {Status.PROPOSED: 5}
    assert desk.count(Source) == 0
    reject(desk, [quote])
    assert by_status(desk) == {Status.REJECTED: 3, Status.PROPOSED: 2}
    assert list(desk.check()) == []


def test_what_people_decided_is_not_proposed_again(desk, article, proposals):
    annotate(desk, article, desk.label("ORG"), [at(article, "Ada Lovelace said")])
    take_proposals(desk, article, proposals)
    assert desk.find(Annotation, label=desk.label("PERSON").id) == [], "a person marked it"
    reject(desk, desk.find(Annotation, label=desk.label("CLAIM").id))
    assert take_proposals(desk, article, proposals) == 0
    claims = desk.find(Annotation, label=desk.label("CLAIM").id)
    assert [one.status for one in claims] == [Status.REJECTED]


def test_a_later_run_takes_back_what_it_no_longer_proposes(desk, article, proposals):
    take_proposals(desk, article, proposals)
    accept(desk, desk.find(Annotation, label=desk.label("CLAIM").id))
    assert take_proposals(desk, article, Proposals(origin="en_test 2")) == 0
    assert by_status(desk) == {Status.ACCEPTED: 1}
    desk.undo()
    assert by_status(desk) == {Status.ACCEPTED: 1, Status.PROPOSED: 4}


def test_the_shipped_pipeline_proposes_on_a_desk(desk, article):
    from newsdesk.suggest.suggester import own_suggester

    outcome = suggest_many(desk, [article.id], own_suggester(), Tally(), lambda: None)
    assert (outcome.articles, outcome.found > 2, outcome.notices) == (1, True, {})
    quotes = desk.find(Annotation, label=desk.label("QUOTE").id)
    assert "It can do 😀 whatever we know." in {one.quote for one in quotes}
    assert all(one.quote == one.outer.of(article.text) for one in desk.find(Annotation))
    assert list(desk.check()) == []


def test_what_is_least_sure_comes_first(desk, article, proposals):
    from dataclasses import replace

    from newsdesk.desk.suggesting import entropy, uncertain

    assert uncertain(desk) == []
    items = [replace(one, confidence=0.1 * (at + 1)) for at, one in enumerate(proposals.items)]
    take_proposals(desk, article, replace(proposals, items=tuple(items)))
    with desk.change("Add"):
        other = desk.put(replace_text(article))
    take_proposals(desk, other, Proposals(items=(replace(items[0], confidence=0.5),)))
    first, second = uncertain(desk)
    assert (first.article, first.mean, first.suggestions) == (other.id, 1.0, 1)
    assert second.article == article.id
    assert second.highest == 1.0 > second.mean
    assert uncertain(desk, 1) == [first]
    assert entropy(None) == 1.0
    assert entropy(1.0) == entropy(0.0) == 0.0


def replace_text(article):
    from newsdesk.model import new_article

    return new_article(article.text + " More.", title="another")
