"""The counts that charts are drawn from."""

import pytest

from newsdesk.desk.annotating import annotate, reject
from newsdesk.desk.articles import add_article, set_status
from newsdesk.desk.codebooks import put_label
from newsdesk.desk.counting import tallies
from newsdesk.model import ArticleFilter, ArticleStatus, Layer, Status, new_article, replace
from newsdesk.model.tallies import Tally


@pytest.fixture
def filled(desk, article):
    wire = add_article(desk, new_article("Ada left.", published="2024-05-06T10:00"), "Wire")
    add_article(desk, new_article("Bo left.", published="2024-01-02"), "Wire")
    person = desk.label("PERSON")
    annotate(desk, article, person, [(0, 3)])
    reject(desk, [annotate(desk, article, person, [(4, 12)], status=Status.PROPOSED)])
    put_label(desk, replace(person, guideline="Only the living."))
    person = desk.label("PERSON")
    annotate(desk, wire, person, [(0, 3)], status=Status.PROPOSED, origin="rules/1")
    set_status(desk, wire.id, ArticleStatus.REVIEWED)
    return desk, person


def test_everything_is_counted(filled):
    desk, person = filled
    found = tallies(desk)
    assert found.articles == 3
    assert found.statuses[ArticleStatus.REVIEWED] == 1
    assert sum(found.statuses.values()) == 3
    one = next(each for each in found.labels if each.name == "PERSON")
    assert one.statuses == {Status.ACCEPTED: 1, Status.PROPOSED: 1, Status.REJECTED: 1}
    assert one.version == person.version == 2 and one.versions == {1: 1, 2: 1}
    assert one.layer is Layer.ENTITY
    assert found.annotations == {Status.ACCEPTED: 1, Status.PROPOSED: 1, Status.REJECTED: 1}
    assert found.outlets == (
        Tally(name="Wire", articles=2, proposed=1),
        Tally(name="", articles=1, accepted=1),
    )
    assert [(one.name, one.articles) for one in found.months] == [
        *(("", 1), ("2024-01", 1), ("2024-05", 1)),
    ]
    assert found.authors == (Tally(name="Ann", articles=1, accepted=1),)
    assert found.pipelines == (Tally(name="rules/1", articles=1, proposed=1),)


def test_a_filter_narrows_every_count(filled):
    desk, _ = filled
    found = tallies(desk, ArticleFilter(statuses=(ArticleStatus.REVIEWED,)))
    assert found.articles == 1 and found.authors == ()
    assert [one.name for one in found.months] == ["2024-05"]
    assert found.annotations == {Status.ACCEPTED: 0, Status.PROPOSED: 1, Status.REJECTED: 0}
    assert tallies(desk, ArticleFilter(words="-x")).articles == 0
    tagged = tallies(desk, ArticleFilter(labels=("PERSON",), authors=("Ann",), claims=False))
    assert tagged.articles == 2 and [one.name for one in tagged.outlets] == ["", "Wire"]
    waiting = tallies(desk, ArticleFilter(suggestions=True, missing=False, outlets=("Wire",)))
    assert waiting.outlets == (Tally(name="Wire", articles=1, proposed=1),)
    assert waiting.pipelines == found.pipelines
