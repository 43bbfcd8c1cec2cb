"""The same claim elsewhere: found by words, figures and meaning, and decided on by a person."""

from pathlib import Path

import pytest

from newsdesk.desk import claim_vectors, create_desk
from newsdesk.desk.annotating import annotate, delete, reject
from newsdesk.desk.claim_merging import merge_claims
from newsdesk.desk.claim_vectors import ENDING, ClaimVectors, open_vectors
from newsdesk.desk.reviewing import review
from newsdesk.desk.same_claims import candidates, confirm, dismiss
from newsdesk.desk.sample import build_sample_desk
from newsdesk.model import (
    Annotation,
    Claim,
    ClaimState,
    Label,
    Layer,
    NewsdeskError,
    Status,
    new_article,
    replace,
)
from newsdesk.settings import shipped
from newsdesk.suggest.meaning import FOLDER, SIZE, SentenceReader

TEXTS = (
    "Bramley Bridge will be closed for £38m repairs until May. It rained.",
    "The council said Bramley Bridge would be closed for £38m of repairs.",
    "Repairs at Bramley Bridge that close it until May will cost £52m, a paper says.",
    "Oysters are cheap this year. Ada Lovelace likes them with lemon.",
)


@pytest.fixture(scope="module")
def reader():
    return SentenceReader(shipped(*FOLDER))


@pytest.fixture
def articles(desk):
    with desk.change("Import"):
        return [desk.put(new_article(text, title=f"Article {n}")) for n, text in enumerate(TEXTS)]


def mark(desk, article, words, **fields):
    at = article.text.index(words)
    return annotate(desk, article, desk.label("CLAIM"), [(at, at + len(words))], **fields)


@pytest.fixture
def claim(desk, articles):
    return mark(desk, articles[0], "Bramley Bridge will be closed for £38m repairs until May").claim


def test_a_sentence_elsewhere_becomes_an_appearance(desk, articles, claim):
    found = candidates(desk, claim)
    assert [one.article for one in found] == [articles[1].id, articles[2].id]
    first, second = found
    assert first.annotation is None
    assert "the same figure: 38,000,000" in first.why
    assert "another figure: 52,000,000 instead of 38,000,000" in second.why
    assert 0 < second.score < first.score <= 1
    before = desk.log()[0].seq
    made = confirm(desk, claim, first)
    assert desk.log()[0].seq == before + 1
    assert (made.claim, made.status, made.quote) == (claim, Status.ACCEPTED, TEXTS[1])
    assert desk.count(Claim) == 1
    assert [one.article for one in candidates(desk, claim)] == [articles[2].id]
    desk.undo()
    assert desk.count(Annotation, claim=claim) == 1


def test_a_suggestion_is_accepted(desk, articles, claim):
    mark(desk, articles[1], "Bramley Bridge would be closed", status=Status.PROPOSED)
    (found, *_rest) = candidates(desk, claim)
    assert found.annotation is not None
    assert found.claim is None
    assert confirm(desk, claim, found).status is Status.ACCEPTED
    assert desk.count(Claim) == 1


def test_the_only_appearance_of_another_claim_merges_it(desk, articles, claim):
    other = mark(desk, articles[1], "Bramley Bridge would be closed").claim
    (found, *_rest) = candidates(desk, claim)
    assert found.claim == other
    confirm(desk, claim, found)
    assert desk.count(Claim, id=other) == 0
    assert desk.count(Annotation, claim=claim) == 2
    desk.undo()
    assert desk.count(Annotation, claim=other) == 1


def test_one_of_several_appearances_moves_alone(desk, articles, claim):
    one = mark(desk, articles[1], "Bramley Bridge would be closed")
    two = mark(desk, articles[2], "Repairs at Bramley Bridge")
    with desk.change("Same"):
        desk.put(replace(two, claim=one.claim))
        desk.drop(desk.get(Claim, two.claim))
    found = next(x for x in candidates(desk, claim) if x.annotation == one.id)
    confirm(desk, claim, found)
    assert desk.count(Annotation, claim=one.claim) == 1


def test_a_claim_under_review_is_not_taken_away(desk, articles, claim):
    other = mark(desk, articles[1], "Bramley Bridge would be closed").claim
    review(desk, desk.get(Claim, other), ClaimState.IN_REVIEW, "Mine.")
    (found, *_rest) = candidates(desk, claim)
    with pytest.raises(NewsdeskError, match=other):
        confirm(desk, claim, found)
    assert desk.count(Annotation, claim=other) == 1


def test_a_claim_that_was_merged_away_is_not_brought_back(desk, articles, claim):
    found = candidates(desk, claim)[0]
    other = mark(desk, articles[3], "Oysters are cheap this year").claim
    review(desk, desk.get(Claim, claim), ClaimState.IN_REVIEW, "Mine.")
    review(desk, desk.get(Claim, claim), ClaimState.UNVERIFIABLE, "Nobody knows.")
    merge_claims(desk, desk.get(Claim, other), [desk.get(Claim, claim)])
    before = len(desk.log())
    with pytest.raises(NewsdeskError, match=f"Claim {claim} was merged into claim {other}"):
        confirm(desk, claim, found)
    assert len(desk.log()) == before and desk.count(Annotation, claim=claim) == 0
    confirm(desk, other, found)
    assert desk.count(Annotation, claim=other) == 3


def test_dismissed_is_not_listed_again_until_that_is_undone(desk, articles, claim):
    annotated = mark(desk, articles[1], "Bramley Bridge would be closed")
    found = candidates(desk, claim)
    assert {one.annotation for one in found} == {annotated.id, None}
    for one in found:
        dismiss(desk, claim, one)
        dismiss(desk, claim, one)
    assert candidates(desk, claim) == []
    desk.undo()
    assert len(candidates(desk, claim)) == 1


def test_what_was_rejected_is_no_candidate_and_its_words_no_sentence(desk, articles, claim):
    reject(desk, [mark(desk, articles[1], TEXTS[1], status=Status.PROPOSED)])
    assert [one.article for one in candidates(desk, claim)] == [articles[2].id]


def test_what_is_gone_is_named(desk, articles, claim):
    (found, *_rest) = candidates(desk, claim)
    with pytest.raises(NewsdeskError, match="no claim nothing"):
        candidates(desk, "nothing")
    with pytest.raises(NewsdeskError, match="no claim nothing"):
        confirm(desk, "nothing", found)
    with pytest.raises(NewsdeskError, match=articles[1].id):
        confirm(
            desk,
            claim,
            type(found)(article=found.article, span=found.span, words="Other", score=1.0, why=""),
        )


def test_a_codebook_without_claims_says_so(tmp_path):
    with create_and(tmp_path / "b.desk") as desk:
        with desk.change("Fill"):
            desk.put(Label(name="PERSON", layer=Layer.ENTITY))
            desk.put(new_article(TEXTS[1]))
            claim = desk.put(Claim(statement=TEXTS[0]))
        (found,) = candidates(desk, claim.id)
        with pytest.raises(NewsdeskError, match="no label for a claim"):
            confirm(desk, claim.id, found)


def create_and(place):
    from contextlib import closing

    return closing(create_desk(place, "Ann"))


# By meaning


def test_other_words_with_the_same_meaning_are_found(desk, reader):
    told = "A physician was detained because she had stolen medicines"
    with desk.change("Import"):
        here = desk.put(new_article("Police arrested a doctor for the theft of drugs."))
        there = desk.put(new_article(f"{told}."))
        other = desk.put(new_article("The opera house was painted blue."))
    claim = mark(desk, here, "Police arrested a doctor for the theft of drugs").claim
    near = mark(desk, there, told)
    mark(desk, other, "The opera house was painted blue")
    vectors = ClaimVectors(reader)
    assert vectors.refresh(desk) == 3
    assert candidates(desk, claim) == []
    (found,) = candidates(desk, claim, vectors=vectors)
    assert found.annotation == near.id
    assert found.why == "near in meaning"


def test_vectors_are_kept_beside_the_desk_and_follow_it(tmp_path, reader):
    place = tmp_path / "v.desk"
    desk = build_sample_desk(place, "Ann")
    first = ClaimVectors(reader, place)
    count = first.refresh(desk)
    assert count > 80
    assert first.refresh(desk) == 0
    kept = Path(f"{place}{ENDING}")
    size = kept.stat().st_size
    again = ClaimVectors(reader, place)
    assert again.refresh(desk) == 0
    claims = [one.id for one in desk.find(Claim)][:5]
    for id in claims:
        assert [x.annotation for x in candidates(desk, id, vectors=first)] == [
            x.annotation for x in candidates(desk, id, vectors=again)
        ]
    kept.write_bytes(b"something else")
    assert ClaimVectors(reader, place).refresh(desk) == count
    delete(desk, [one for one in desk.find(Annotation) if one.claim])
    again.refresh(desk)
    assert kept.stat().st_size < size - count * SIZE
    assert again.nearest(again.read(["A word"]), 5) == []
    desk.close()


def test_reading_that_is_stopped_keeps_what_was_read(tmp_path, reader, monkeypatch):
    monkeypatch.setattr(claim_vectors, "AT_ONCE", 64)
    place = tmp_path / "v.desk"
    desk = build_sample_desk(place, "Ann")

    def stop(done, total):
        if done:
            raise KeyboardInterrupt

    first = ClaimVectors(reader, place)
    with pytest.raises(KeyboardInterrupt):
        first.refresh(desk, stop)
    assert 0 < ClaimVectors(reader, place).refresh(desk) < 64
    desk.close()


def test_a_folder_that_can_not_be_written_is_no_matter(tmp_path, reader, desk, claim):
    vectors = ClaimVectors(reader, tmp_path / "no such folder" / "a.desk")
    assert vectors.refresh(desk) == 1
    assert len(candidates(desk, claim, vectors=vectors)) == 2


def test_a_missing_or_broken_network_is_said(tmp_path, monkeypatch):
    with pytest.raises(NewsdeskError, match="missing or damaged"):
        SentenceReader(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(NewsdeskError, match="missing or damaged"):
        SentenceReader(tmp_path)
    monkeypatch.setattr("newsdesk.settings._shipped_roots", lambda: [tmp_path])
    with pytest.raises(NewsdeskError, match="is missing"):
        open_vectors()


def test_the_sample_articles(tmp_path, reader):
    """An appearance that is taken away from its claim is found again among the first five (of all
    43: 38 by words alone, 40 by meaning too; here a third of them)."""
    desk = build_sample_desk(tmp_path / "s.desk", "Ann")
    vectors = ClaimVectors(reader)
    vectors.refresh(desk)
    marks = [one for one in desk.find(Annotation) if one.claim]
    asked = words = meaning = 0
    for mark in marks[::3]:
        if sum(one.claim == mark.claim for one in marks) > 1:
            asked += 1
            with desk.change("Apart"):
                desk.put(replace(mark, claim=desk.put(Claim(statement="Nothing of it")).id))
            listed = [one.annotation for one in candidates(desk, mark.claim, 5)]
            words += mark.id in listed
            listed = [one.annotation for one in candidates(desk, mark.claim, 5, vectors=vectors)]
            meaning += mark.id in listed
            desk.undo()
    assert asked == 13
    assert words >= 10
    assert meaning >= 10
    desk.close()
