"""The verbs of review: steps, four eyes, evidence that stands, corrections, and undo of it all."""

import hashlib
from itertools import product

import pytest

from newsdesk.desk import capturing, open_desk
from newsdesk.desk.annotating import accept, annotate
from newsdesk.desk.attributing import claim_from
from newsdesk.desk.reviewing import (
    all_reviews,
    authors_of,
    cite,
    confirm_contradiction,
    correct,
    dismiss_contradiction,
    dismissed,
    fallen_passages,
    read_copies,
    retract,
    review,
    reviews_of,
    sign_off,
)
from newsdesk.model import (
    Annotation,
    Claim,
    ClaimState,
    Evidence,
    Link,
    LinkKind,
    NewsdeskError,
    Review,
    Setting,
    Snapshot,
    Stance,
    Status,
    Verdict,
)
from newsdesk.model.reviewing import (
    SIGNED,
    STEPS,
    VERDICTS,
    is_second_pair,
    needs_evidence,
    needs_four_eyes,
    steps_from,
    verdict_for,
)

S = ClaimState


@pytest.fixture
def claim(desk, article):
    """A claim that Ann marked; the desk's author is Ben from then on."""
    mark = annotate(desk, article, desk.label("CLAIM"), [(19, 44)])
    made = claim_from(desk, mark)
    desk.author = "Ben"
    return made


def now(desk, claim):
    return desk.get(Claim, claim.id)


def in_review(desk, claim):
    review(desk, claim, S.IN_REVIEW, "I take it.")


def ready(desk, claim, article):
    in_review(desk, claim)
    return cite(desk, claim, Stance.SUPPORTS, "The Times reported it.", article=article)


# The machine


def test_every_state_can_be_reached_left_and_reopened():
    reached = {after for steps in STEPS.values() for after in steps}
    assert reached == set(ClaimState) - {S.UNREVIEWED}
    assert set(STEPS) == set(ClaimState)
    assert all(steps for steps in STEPS.values())
    for state in set(ClaimState) - {S.UNREVIEWED, S.IN_REVIEW}:
        assert S.IN_REVIEW in steps_from(state)


def test_what_is_signed_needs_four_eyes_and_evidence():
    assert {S.VERIFIED, S.DISPUTED, S.CORRECTED, S.RETRACTED} == SIGNED
    for state in ClaimState:
        assert needs_four_eyes(state) == needs_evidence(state) == (state in SIGNED)


def test_a_verdict_belongs_to_its_state():
    for state, verdict in product(ClaimState, Verdict):
        if verdict in VERDICTS.get(state, ()):
            assert verdict_for(state, verdict, None) is verdict
        else:
            with pytest.raises(ValueError, match="can't have the verdict"):
                verdict_for(state, verdict, None)
    assert verdict_for(S.VERIFIED, None, None) is Verdict.SUPPORTED
    assert verdict_for(S.IN_REVIEW, None, Verdict.SUPPORTED) is None
    assert verdict_for(S.RETRACTED, None, Verdict.SUPPORTED) is Verdict.SUPPORTED
    with pytest.raises(ValueError, match="needs a verdict"):
        verdict_for(S.DISPUTED, None, None)


@pytest.mark.parametrize("reviewer", ["ann", " Ann ", "ANN", "Ａnn"])
def test_another_spelling_is_no_second_person(reviewer):
    assert not is_second_pair(reviewer, ["Ann"])
    assert is_second_pair("Anna", ["Ann"])
    assert is_second_pair("Ann", [])


# Steps


def test_a_step_is_one_undoable_revision_with_a_review(desk, claim):
    before = len(desk.log())
    made = review(desk, claim, S.IN_REVIEW, "  I take it.  ")
    assert len(desk.log()) == before + 1
    assert (made.reviewer, made.comment, made.from_state) == ("Ben", "I take it.", S.UNREVIEWED)
    assert now(desk, claim).state is S.IN_REVIEW
    desk.undo()
    assert now(desk, claim).state is S.UNREVIEWED
    assert reviews_of(desk, claim.id) == []
    desk.redo()
    assert now(desk, claim).state is S.IN_REVIEW
    assert reviews_of(desk, claim.id) == [made]


@pytest.mark.parametrize(
    ("state", "comment", "message"),
    [
        (S.IN_REVIEW, " ", "needs a comment"),
        (S.VERIFIED, "Surely.", "can't become verified"),
        (S.UNREVIEWED, "Back.", "can't become unreviewed"),
    ],
)
def test_what_is_no_step_is_refused_by_name(desk, claim, state, comment, message):
    before = len(desk.log())
    with pytest.raises(NewsdeskError, match=message) as refused:
        review(desk, claim, state, comment)
    assert claim.id in str(refused.value)
    assert len(desk.log()) == before
    assert now(desk, claim).state is S.UNREVIEWED


def test_a_reviewer_without_a_name_is_refused(desk, claim):
    desk.author = " "
    with pytest.raises(NewsdeskError, match="reviewer's name"):
        review(desk, claim, S.IN_REVIEW, "I take it.")


def test_the_state_that_counts_is_the_desk_s_and_not_the_caller_s(desk, claim):
    in_review(desk, claim)
    with pytest.raises(NewsdeskError, match="is in review and can't become in review"):
        review(desk, claim, S.IN_REVIEW, "Again, from an old copy.")


def test_sign_off_with_evidence_by_a_second_person(desk, claim, article):
    ready(desk, claim, article)
    made = sign_off(desk, claim, "It stands in the text.", rating="True")
    assert (made.to_state, made.verdict) == (S.VERIFIED, Verdict.SUPPORTED)
    after = now(desk, claim)
    assert (after.state, after.verdict, after.rating) == (S.VERIFIED, Verdict.SUPPORTED, "True")
    review(desk, claim, S.IN_REVIEW, "New facts.")
    assert now(desk, claim).verdict is None


def test_the_verdict_leads_to_the_state(desk, claim, article):
    ready(desk, claim, article)
    for verdict, state in (
        (Verdict.REFUTED, S.DISPUTED),
        (Verdict.CONFLICTING_EVIDENCE, S.DISPUTED),
        (Verdict.NOT_ENOUGH_EVIDENCE, S.UNVERIFIABLE),
    ):
        sign_off(desk, claim, "So it is.", verdict=verdict)
        assert (now(desk, claim).state, now(desk, claim).verdict) == (state, verdict)
        review(desk, claim, S.IN_REVIEW, "Once more.")
    with pytest.raises(NewsdeskError, match="needs a verdict"):
        review(desk, claim, S.DISPUTED, "No verdict.")


def test_the_author_of_an_appearance_can_t_sign(desk, claim, article):
    ready(desk, claim, article)
    for name in ("Ann", "ann "):
        desk.author = name
        with pytest.raises(NewsdeskError, match="second person") as refused:
            sign_off(desk, claim, "Trust me.")
        assert claim.id in str(refused.value)
    assert now(desk, claim).state is S.IN_REVIEW
    desk.author = "Ann"
    sign_off(desk, claim, "Nobody can tell.", verdict=Verdict.NOT_ENOUGH_EVIDENCE)


def test_whoever_accepted_a_suggestion_is_its_author(desk, article):
    desk.author = "pipeline"
    label = desk.label("CLAIM")
    mark = annotate(desk, article, label, [(0, 12)], status=Status.PROPOSED, origin="rules 1.0")
    desk.author = "Ann"
    accept(desk, [mark])
    claim = claim_from(desk, desk.get(Annotation, mark.id))
    assert set(authors_of(desk, claim.id)) == {"pipeline", "Ann"}
    ready(desk, claim, article)
    with pytest.raises(NewsdeskError, match="second person"):
        sign_off(desk, claim, "I accepted it, so it is true.")
    desk.author = "Ben"
    sign_off(desk, claim, "Read.")


# Evidence


def page(desk, data=b"<p>The gates were <b>opened</b> at 2am.</p>", kind="text/html"):
    digest = hashlib.sha256(data).hexdigest()
    with desk.change("Snapshot"):
        return desk.put(Snapshot(sha256=digest, media_type=kind, bytes=data, captured_at="2026"))


def test_sign_off_needs_evidence(desk, claim):
    in_review(desk, claim)
    with pytest.raises(NewsdeskError, match="no evidence on record") as refused:
        sign_off(desk, claim, "I know it.")
    assert claim.id in str(refused.value)


def test_a_passage_stands_in_its_snapshot_or_is_refused(desk, claim):
    copy = page(desk)
    made = cite(desk, claim, Stance.SUPPORTS, "gates were opened", snapshot=copy, url="x:y")
    assert desk.get(Evidence, made.id).snapshot == copy.id
    with pytest.raises(NewsdeskError, match="does not stand") as refused:
        cite(desk, claim, Stance.SUPPORTS, "gates were shut", snapshot=copy)
    assert copy.id in str(refused.value)
    assert desk.count(Evidence) == 1
    desk.undo()
    assert desk.count(Evidence) == 0


def test_a_passage_in_an_article_or_annotation(desk, claim, article):
    (mark,) = desk.find(Annotation, claim=claim.id)
    cite(desk, claim, Stance.CONTEXT, mark.quote, annotation=mark, article=article)
    with pytest.raises(NewsdeskError, match=f"annotation {mark.id}"):
        cite(desk, claim, Stance.CONTEXT, "Ada left.", annotation=mark, article=article)
    with pytest.raises(NewsdeskError, match=f"article {article.id}"):
        cite(desk, claim, Stance.CONTEXT, "Ada stayed.", article=article)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({}, "no copy"),
        ({"url": "https://example.org/"}, "no copy"),
        ({"article": "gone"}, "article gone"),
        ({"snapshot": "gone"}, "snapshot gone"),
        ({"annotation": "gone"}, "annotation gone"),
    ],
)
def test_evidence_without_a_place_to_look_is_refused(desk, claim, place, message):
    with pytest.raises(NewsdeskError, match=message):
        cite(desk, claim, Stance.SUPPORTS, "words", **place)
    assert desk.count(Evidence) == 0


def test_evidence_without_a_passage_or_in_a_picture_is_refused(desk, claim):
    with pytest.raises(NewsdeskError, match="no passage"):
        cite(desk, claim, Stance.SUPPORTS, " ", snapshot=page(desk))
    with pytest.raises(NewsdeskError, match="image/png"):
        cite(desk, claim, Stance.SUPPORTS, "x", snapshot=page(desk, b"x", "image/png"))


def test_a_passage_that_fell_stops_the_sign_off_and_is_named(desk, claim, article):
    ready(desk, claim, article)
    with desk.change("A dataset brought it"):
        bad = desk.put(
            Evidence(claim=claim.id, stance=Stance.SUPPORTS, exact="gone", article=article.id)
        )
    assert list(fallen_passages(desk, desk.find(Evidence))) == [bad.id]
    with pytest.raises(NewsdeskError, match=bad.id):
        sign_off(desk, claim, "Fine.")
    assert now(desk, claim).state is S.IN_REVIEW


def test_a_snapshot_that_differs_from_its_hash_is_refused_by_name(desk, claim, tmp_path):
    copy = page(desk)
    cite(desk, claim, Stance.SUPPORTS, "gates were opened", snapshot=copy)
    in_review(desk, claim)
    store = desk._store  # tampering is what no verb can do
    store.db.exec_driver_sql("UPDATE snapshot SET bytes = x'00' WHERE id = ?", (copy.id,))
    with pytest.raises(NewsdeskError, match=f"snapshot {copy.id} is damaged"):
        sign_off(desk, claim, "Fine.")


@pytest.mark.parametrize("broken", [False, True])
def test_copies_read_in_a_job_are_not_read_again_by_the_verb(desk, claim, monkeypatch, broken):
    copy = page(desk)
    cite(desk, claim, Stance.SUPPORTS, "gates were opened", snapshot=copy)
    in_review(desk, claim)
    opened = []

    def slowly(snapshot):
        opened.append(snapshot.id)
        text = "Nothing of it." if broken else "The gates were opened at two."
        return capturing.Words(text=text)

    monkeypatch.setattr(capturing, "_words", slowly)
    capturing._read.clear()
    read = read_copies(desk, desk.find(Evidence))
    assert opened == [copy.id]
    capturing._read.clear()
    if broken:  # what stands there is looked up by the verb, in the words it was given
        with pytest.raises(NewsdeskError, match="does not stand in snapshot"):
            review(desk, claim, S.VERIFIED, "Read.", read=read)
    else:
        review(desk, claim, S.VERIFIED, "Read.", read=read)
    assert fallen_passages(desk, desk.find(Evidence), read).keys() == (
        {one.id for one in desk.find(Evidence)} if broken else set()
    )
    assert opened == [copy.id]
    # What was read of other copies serves nothing: this one is opened.
    fallen_passages(desk, desk.find(Evidence), {("0" * 64, "text/html"): capturing.Words()})
    assert opened == [copy.id] * 2
    capturing._read.clear()


def test_what_can_t_be_read_in_a_job_is_not_tried_again_by_the_verb(desk, claim, monkeypatch):
    copy = page(desk)
    cite(desk, claim, Stance.SUPPORTS, "gates were opened", snapshot=copy)
    in_review(desk, claim)
    capturing._read.clear()
    why = "can't be read: it took too long"
    monkeypatch.setattr(capturing, "_words", lambda snapshot: capturing.Words(why=why))
    read = read_copies(desk, desk.find(Evidence))
    monkeypatch.setattr(capturing, "_words", lambda snapshot: pytest.fail("read again"))
    with pytest.raises(NewsdeskError, match=f"{copy.id} {why}"):
        review(desk, claim, S.VERIFIED, "Read.", read=read)
    assert now(desk, claim).state is S.IN_REVIEW


# Corrections, retractions, contradictions


def other_claim(desk, statement="The Times reported nothing."):
    with desk.change("Claim"):
        return desk.put(Claim(statement=statement))


def test_a_correction_links_what_corrects_it_in_one_step(desk, claim, article):
    ready(desk, claim, article)
    sign_off(desk, claim, "Read.")
    other = other_claim(desk)
    before = len(desk.log())
    made = correct(desk, claim, "It was another log.", by=other)
    assert len(desk.log()) == before + 1
    assert (made.to_state, made.verdict) == (S.CORRECTED, Verdict.SUPPORTED)
    (link,) = desk.find(Link)
    assert (link.kind, link.from_id, link.to_id) == (LinkKind.CORRECTS, other.id, claim.id)
    desk.undo()
    assert desk.find(Link) == []
    assert now(desk, claim).state is S.VERIFIED


def test_corrections_can_t_run_in_a_circle(desk, claim, article):
    ready(desk, claim, article)
    sign_off(desk, claim, "Read.")
    middle, last = other_claim(desk), other_claim(desk, "Nobody reported it.")
    with desk.change("Earlier corrections"):
        desk.put(Link(kind=LinkKind.CORRECTS, from_id=claim.id, to_id=middle.id))
        desk.put(Link(kind=LinkKind.CORRECTS, from_id=middle.id, to_id=last.id))
    with pytest.raises(NewsdeskError, match="circle") as refused:
        correct(desk, claim, "Round we go.", by=last)
    assert claim.id in str(refused.value) and last.id in str(refused.value)
    with pytest.raises(NewsdeskError, match="can't correct itself"):
        correct(desk, claim, "Round we go.", by=claim)
    assert now(desk, claim).state is S.VERIFIED
    assert desk.count(Link) == 2


def test_a_retraction_keeps_the_claim_and_its_reviews(desk, claim, article):
    ready(desk, claim, article)
    sign_off(desk, claim, "Read.")
    retract(desk, claim, "The witness was not there.")
    assert now(desk, claim).state is S.RETRACTED
    states = [one.to_state for one in reviews_of(desk, claim.id)]
    assert states == [S.IN_REVIEW, S.VERIFIED, S.RETRACTED]


def test_order_is_by_the_journal_and_never_by_the_clock(desk, claim, article, tmp_path):
    ready(desk, claim, article)
    # A colleague's clock is ten years behind: so is the time in the review, and in its id.
    back = "01500000-0000-7000-8000-000000000000"
    with desk.change("In review"):
        desk.put(
            Review(
                id=back,
                claim=claim.id,
                from_state=S.IN_REVIEW,
                to_state=S.NEEDS_EVIDENCE,
                reviewer="Cyd",
                at="2016-01-01T00:00:00.000Z",
                comment="Show me.",
            )
        )
    assert reviews_of(desk, claim.id)[-1].id == back
    assert desk.find(Review, claim=claim.id)[0].id == back
    assert all_reviews(desk) == {claim.id: reviews_of(desk, claim.id)}


def test_a_contradiction_is_confirmed_or_dismissed(desk, claim):
    other = other_claim(desk)
    link = confirm_contradiction(desk, claim, other, "Both can't be.")
    assert confirm_contradiction(desk, other, claim).id == link.id
    with pytest.raises(NewsdeskError, match="needs a reason"):
        dismiss_contradiction(desk, claim, other, " ")
    dismiss_contradiction(desk, other, claim, "Other days.")
    assert desk.count(Link) == 0
    assert dismissed(desk) == [tuple(sorted((claim.id, other.id)))]
    dismiss_contradiction(desk, claim, other, "Other places.")
    assert [one.value for one in desk.find(Setting)] == ["Other places."]
    confirm_contradiction(desk, claim, other)
    assert dismissed(desk) == []
    desk.undo()
    assert len(dismissed(desk)) == 1


def test_a_review_survives_the_closing_of_the_desk(desk, claim, tmp_path):
    in_review(desk, claim)
    desk.close()
    again = open_desk(tmp_path / "a.desk", "Cyd")
    assert [one.reviewer for one in reviews_of(again, claim.id)] == ["Ben"]
    assert again.get(Claim, claim.id).state is S.IN_REVIEW
    assert list(again.check()) == []
    again.close()
