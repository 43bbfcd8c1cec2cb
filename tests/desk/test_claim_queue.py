"""The queue of claims, one claim's file, and the sources: what the Claims workspace asks."""

import pytest

from newsdesk.desk import create_desk
from newsdesk.desk.annotating import annotate, reject
from newsdesk.desk.articles import add_article
from newsdesk.desk.attributing import claim_from, set_speaker, state_claim
from newsdesk.desk.claim_file import claim_history, claim_view
from newsdesk.desk.claim_queue import (
    queue,
    queue_counts,
    queue_length,
    queued,
    relying_on,
    sentences,
    source_names,
    source_register,
)
from newsdesk.desk.reviewing import cite, review
from newsdesk.desk.sample import build_sample_desk
from newsdesk.model import (
    Annotation,
    Anonymity,
    Article,
    Claim,
    ClaimState,
    Label,
    Layer,
    NewsdeskError,
    Source,
    SourceKind,
    Stance,
    new_article,
    replace,
)
from newsdesk.model.claim_lines import SORTS, ClaimFilter

TEXT = "Ada said the bridge fell. Nobody was there. The élan of the crew was noted."


@pytest.fixture
def desk(tmp_path):
    made = create_desk(tmp_path / "a.desk", "Ann")
    with made.change("Set up"):
        for name, layer in (("CLAIM", Layer.CLAIM), ("SOURCE", Layer.SOURCE)):
            made.put(Label(name=name, layer=layer))
        for at, paper in enumerate(("The Argus", "The Mercury")):
            day = f"2026-01-0{at + 1}"
            article = new_article(TEXT, title=f"Story {at}", published=day)
            add_article(made, article, outlet=paper)
    yield made
    made.close()


def mark(desk, words, story=0):
    article = desk.find(Article, title=f"Story {story}")[0]
    start = article.text.index(words)
    return annotate(desk, article, desk.label("CLAIM"), [(start, start + len(words))])


def claim_of(desk, annotation):
    return desk.get(Claim, desk.get(Annotation, annotation.id).claim)


@pytest.fixture
def three(desk):
    """Claims of the bridge (two outlets, a speaker), of nobody, and of the crew."""
    first = mark(desk, "the bridge fell")
    claim = claim_from(desk, first)
    second = mark(desk, "the bridge fell", 1)
    with desk.change("Same"):
        other = desk.get(Claim, second.claim)
        second = desk.put(replace(desk.get(Annotation, second.id), claim=claim.id))
        desk.drop(other)
    for one in (first, second):
        set_speaker(desk, one, (0, 3))
    nobody = claim_of(desk, mark(desk, "Nobody was there"))
    crew = claim_of(desk, mark(desk, "élan of the crew", 1))
    state_claim(desk, claim, topic="bridge", due="2026-03-01", assignee="Bea")
    state_claim(desk, nobody, topic="bridge", due="2026-02-01")
    return claim, nobody, crew


def found(desk, **wanted):
    return [line.id for line in queue(desk, ClaimFilter(**wanted))]


def test_a_line_counts_accepted_appearances_and_their_papers(desk, three):
    line = queued(desk, [three[0].id])[0]
    assert (line.appearances, line.outlets) == (2, 2)
    assert (line.topic, line.due, line.assignee, line.state) == (
        "bridge", "2026-03-01", "Bea", "unreviewed",
    )  # fmt: skip
    reject(desk, desk.find(Annotation, claim=three[0].id)[:1])
    line = queued(desk, [three[0].id])[0]
    assert (line.appearances, line.outlets) == (1, 1)


def test_the_queue_is_narrowed(desk, three):
    bridge, nobody, crew = (one.id for one in three)
    assert found(desk) == [nobody, bridge, crew], "by due date, those without one last"
    assert found(desk, topic="bridge") == [nobody, bridge]
    assert found(desk, assignee="Bea") == [bridge]
    assert set(found(desk, assignee="")) == {nobody, crew}
    assert found(desk, outlet="The Mercury") == [bridge, crew]
    assert found(desk, words="ÉLAN") == [crew]
    assert found(desk, words="100%_") == []
    assert found(desk, due_by="2026-02-15") == [nobody]
    assert found(desk, state="in review") == []
    assert set(found(desk, lacks="source")) == {nobody, crew}
    assert found(desk, lacks="appearance") == []
    assert len(found(desk, lacks="evidence")) == len(found(desk, lacks="review")) == 3
    assert queue_length(desk, ClaimFilter(topic="bridge")) == 2
    assert not ClaimFilter(sort="state").narrows
    assert ClaimFilter(topic="x").narrows


def test_evidence_and_reviews_take_claims_off_the_lists_of_what_is_missing(desk, three):
    bridge = three[0]
    cite(desk, bridge, Stance.SUPPORTS, "the bridge fell", article=desk.find(Article)[0])
    desk.author = "Zoë"
    review(desk, bridge, ClaimState.IN_REVIEW, "Mine.")
    review(desk, bridge, ClaimState.VERIFIED, "It fell.")
    assert bridge.id not in found(desk, lacks="evidence")
    assert bridge.id not in found(desk, lacks="review")
    assert found(desk, state="verified") == [bridge.id]


def test_every_order_holds_every_claim_once_page_by_page(desk, three):
    for sort in SORTS:
        pages = [
            line.id
            for at in range(3)
            for line in queue(desk, ClaimFilter(sort=sort), offset=at, limit=1)
        ]
        assert sorted(pages) == sorted(one.id for one in three), sort
    assert found(desk, sort="appearances")[0] == three[0].id
    assert found(desk, sort="newest")[0] == three[2].id
    state_claim(desk, three[2], topic="aa")
    assert found(desk, sort="topic")[0] == three[2].id


def test_counts_are_those_of_the_lists(desk, three):
    counts = queue_counts(desk)
    assert counts["state"] == {"unreviewed": 3}
    assert counts["topic"] == {"bridge": 2, "": 1}
    assert counts["assignee"] == {"Bea": 1, "": 2}


def test_a_file_holds_all_that_is_on_record(desk, three):
    bridge = three[0]
    made = cite(desk, bridge, Stance.SUPPORTS, "the bridge fell", article=desk.find(Article)[0])
    desk.author = "Zoë"
    step = review(desk, bridge, ClaimState.IN_REVIEW, "Mine.")
    view = claim_view(desk, bridge.id)
    assert [one.title for one in view.appearances] == ["Story 0", "Story 1"]
    assert [one.distance for one in view.ladders] == [1, 1]
    assert (view.evidence, view.reviews) == ([made], [step])
    assert len(view.independence.origins) == 1
    line = view.sentences[view.appearances[0].id]
    assert (line.before, line.words, line.after) == ("Ada said ", "the bridge fell", ".")
    assert view.name(view.independence.origins[0].origin) == "Ada"
    history = claim_history(desk, view)
    assert [one.seq for one in history] == sorted((one.seq for one in history), reverse=True)
    assert history[0].author == "Zoë"
    with pytest.raises(NewsdeskError, match="no claim nowhere"):
        claim_view(desk, "nowhere")


def test_the_sample_s_quotes_that_drift_stand_in_the_files_of_their_claims(tmp_path):
    sample = build_sample_desk(tmp_path / "sample.desk", "Ann")
    views = [claim_view(sample, one.id) for one in sample.find(Claim)]
    drifts = [(view, drift) for view in views for drift in view.drifts]
    assert drifts
    for view, drift in drifts:
        assert {drift.first, drift.variant} <= view.sentences.keys()
    sample.close()


def test_sources_tell_what_relies_on_them_and_what_they_lack(desk, three):
    known = {line.description: line for line in source_register(desk)}
    assert known["Ada"].uses == 2
    assert known["Ada"].articles == 2
    assert known["The Argus"].uses == 0
    with desk.change("Unnamed"):
        made = desk.put(
            Source(
                description="an aide",
                kind=SourceKind.UNNAMED_INDIVIDUAL,
                anonymity=Anonymity(reason="fear", approved_by=" "),
            )
        )
    assert source_register(desk, [made.id])[0].missing == ("position_to_know", "approved_by")
    assert [row[1] for row in source_names(desk)] == ["Ada", "The Argus", "The Mercury", "an aide"]
    told = relying_on(desk, [known["Ada"].id])
    assert [line.title for line in told] == ["Story 1", "Story 0"], "the newest first"
    assert sentences(desk, []) == {}
