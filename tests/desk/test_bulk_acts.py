"""Acts on all that was found: one step, undone as one; of one that was stopped nothing is kept."""

import pytest

from newsdesk.desk import bulk_acts, open_desk
from newsdesk.desk.annotating import annotate
from newsdesk.desk.articles import add_article
from newsdesk.desk.mentions import mentions_like, tag_mentions
from newsdesk.desk.register import new_entity
from newsdesk.model import (
    Annotation,
    Article,
    ArticleStatus,
    Attribute,
    Claim,
    ClaimState,
    Evidence,
    Stance,
    Status,
    new_article,
    replace,
)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(bulk_acts, "PART", 2)


@pytest.fixture
def marks(desk, article):
    label = desk.label("PERSON")
    with desk.change("Suggest"):
        return [
            annotate(desk, article, label, [(at, at + 3)], status=Status.PROPOSED).id
            for at in range(0, 25, 5)
        ]


def statuses(desk, ids):
    return [one.status for one in desk.get_all(Annotation, ids).values()]


def records(desk):
    kinds = (Annotation, Claim, Article)
    return {one.id: one for kind in kinds for one in desk.find(kind)}


@pytest.mark.parametrize(
    ("act", "status"),
    [(bulk_acts.accept_all, Status.ACCEPTED), (bulk_acts.reject_all, Status.REJECTED)],
)
def test_a_decision_on_many_is_one_step(desk, marks, act, status):
    before, steps = records(desk), len(desk.log())
    told = []
    assert act(desk, marks, lambda *at: told.append(at)) == 5
    assert statuses(desk, marks) == [status] * 5
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert len(desk.log()) == steps + 1
    assert desk.undoable in ("Accept 5 annotations", "Reject 5 annotations")
    desk.undo()
    assert records(desk) == before


def test_what_is_stopped_leaves_nothing(desk, marks):
    before, steps = records(desk), len(desk.log())

    def stop(done, total):
        if done > 2:
            raise InterruptedError

    for act in (bulk_acts.accept_all, bulk_acts.delete_all):
        with pytest.raises(InterruptedError):
            act(desk, marks, stop)
    assert (records(desk), len(desk.log())) == (before, steps)


def test_relabelling_makes_claims_and_leaves_them(desk, marks):
    with desk.change("Ask"):
        asked = desk.label("ORG")
        desk.put(replace(asked, attributes=(Attribute(name="kind"),)))
        one = desk.get(Annotation, marks[0])
        desk.put(replace(one, attributes={"kind": "a", "old": "b"}))
    bulk_acts.accept_all(desk, marks[:4])
    before = records(desk)
    assert bulk_acts.relabel_all(desk, marks, desk.label("CLAIM")) == 5
    assert desk.count(Claim) == 4, "a suggestion becomes a claim when it is accepted"
    seen, proved = desk.find(Claim)[:2]
    with desk.change("Look"):
        desk.put(replace(seen, state=ClaimState.IN_REVIEW))
        desk.put(Evidence(claim=proved.id, stance=Stance.SUPPORTS, title="Minutes", exact="x"))
    assert bulk_acts.relabel_all(desk, marks, desk.label("ORG")) == 5
    assert {one.id for one in desk.find(Claim)} == {seen.id, proved.id}
    assert all(one.claim is None for one in desk.get_all(Annotation, marks).values())
    assert bulk_acts.relabel_all(desk, marks, desk.label("ORG")) == 0
    for _ in range(3):
        desk.undo()
    assert records(desk) == before
    bulk_acts.relabel_all(desk, marks, desk.label("ORG"))
    assert desk.get(Annotation, marks[0]).attributes == {"kind": "a"}


def test_many_are_linked_unlinked_and_deleted(desk, marks):
    ada = new_entity(desk, "Ada", "PERSON")
    assert bulk_acts.link_all(desk, marks, ada) == 5
    assert desk.mention_counts() == {ada.id: 5}
    assert bulk_acts.link_all(desk, marks, ada) == 0
    assert bulk_acts.link_all(desk, marks[:2], None) == 2
    assert bulk_acts.delete_all(desk, [*marks, "gone"]) == 5
    assert desk.count(Annotation) == 0
    desk.undo()
    assert desk.mention_counts() == {ada.id: 3}


def test_mentions_are_looked_for_with_progress_and_leave_other_tags_alone(desk, article):
    ada = annotate(desk, article, desk.label("PERSON"), [(0, 3)])
    more = [
        add_article(desk, new_article(f"Ada {n}, ADA, adapter; Ada's.", title=f"More {n}"))
        for n in range(3)
    ]
    annotate(desk, more[0], desk.label("ORG"), [(0, 3)])
    annotate(desk, more[1], desk.label("CUE"), [(0, 3)])
    told = []
    found = mentions_like(desk, ada, everywhere=True, progress=lambda *at: told.append(at))
    assert told[-1] == (4, 4)
    per = [sum(one.article == each.id for one in found) for each in (article, *more)]
    assert per == [1, 1, 2, 2], "what another entity label marks is left alone, a cue is not"
    assert all(one.mark.of(one.context) == "Ada" == one.quote for one in found)
    loose = mentions_like(desk, ada, everywhere=True, match_case=False, whole_words=False)
    assert {one.quote for one in loose} == {"Ada", "ADA", "ada"}
    steps = len(desk.log())
    assert tag_mentions(desk, ada, loose) == len(loose)
    assert len(desk.log()) == steps + 1
    assert {one.status for one in desk.find(Article)} == {ArticleStatus.IN_PROGRESS}
    quotes = {one.quote for one in desk.find(Annotation, label=ada.label)}
    assert quotes == {"Ada", "ADA", "ada"}


def test_mentions_of_a_claim_are_its_appearances(desk, article):
    claim = annotate(desk, article, desk.label("CLAIM"), [(0, 3)])
    tag_mentions(desk, claim, mentions_like(desk, claim))
    assert desk.count(Annotation, claim=claim.claim) == 2
    assert desk.count(Claim) == 1


def test_what_another_connection_did_is_heard_with_its_edits(desk, marks, tmp_path):
    other = open_desk(tmp_path / "a.desk", "Ann")
    made, heard = [], []
    other.listeners.append(made.append)
    desk.listeners.append(heard.append)
    bulk_acts.accept_all(other, marks)
    first = replace(made[0], edits=made[0].edits[:3])
    assert desk.hear(first)
    assert desk.hear(replace(made[0], edits=made[0].edits[3:]), further=True)
    assert sum(len(one.edits) for one in heard) == len(made[0].edits)
    assert desk.catch_up() == 0, "it was heard already"
    heard.clear()
    other.undo()
    other.redo()
    assert not desk.hear(made[2]), "the undo before it is not known here"
    assert [one.edits for one in heard] == [None], "once for all that came"
    assert desk.undoable == "Accept 5 annotations"
    other.close()
