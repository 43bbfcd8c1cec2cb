"""A corrected article replaces the old one, in one step, with nothing guessed."""

import pytest

from newsdesk.desk import open_desk
from newsdesk.desk.annotating import annotate
from newsdesk.desk.attributing import set_cue, set_speaker
from newsdesk.desk.correction_notes import correction_note, long_date
from newsdesk.desk.corrections import (
    CARRIED_FROM,
    carry_over,
    compare_versions,
    supersede,
    versions,
)
from newsdesk.desk.reviewing import cite, review
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    ClaimState,
    Evidence,
    Link,
    LinkKind,
    NewsdeskError,
    Review,
    Stance,
    Status,
    Verdict,
    new_article,
    replace,
)
from newsdesk.provenance.versions import Outcome

TEXT = (
    "Two people have died in the flood, the police said on Wednesday.\n"
    "Ada Lovelace leads the inquiry into the weir.\n"
    "The weir was opened at 2am."
)
FIXED = TEXT.replace("Two people", "Seven people").replace("opened at 2am", "never touched")


@pytest.fixture
def old(desk):
    with desk.change("Import"):
        return desk.put(new_article(TEXT, title="Flood", published="2025-11-12", byline="Bo"))


def mark(desk, article, label, words):
    at = article.text.index(words)
    return annotate(desk, article, desk.label(label), [(at, at + len(words))])


@pytest.fixture
def marked(desk, old):
    died = mark(desk, old, "CLAIM", "Two people have died in the flood")
    set_speaker(desk, died, (old.text.index("the police"), old.text.index("the police") + 10))
    set_cue(desk, died, (old.text.index("said"), old.text.index("said") + 4))
    weir = mark(desk, old, "CLAIM", "The weir was opened at 2am")
    flood = mark(desk, old, "CLAIM", "leads the inquiry into the weir")
    return {
        "died": died,
        "weir": weir,
        "leads": flood,
        "ada": mark(desk, old, "PERSON", "Ada Lovelace"),
    }


def there(desk, article):
    return {one.quote: one for one in desk.find(Annotation, article=article.id)}


def test_exact_is_marked_moved_waits_and_orphans_are_listed(desk, old, marked):
    before = desk.log()[0].seq
    made = supersede(desk, old, new_article(FIXED))
    assert desk.log()[0].seq == before + 1
    assert {one.annotation.quote for one in made.of(Outcome.ORPHAN)} == {
        "Two people have died in the flood",
        "The weir was opened at 2am",
    }
    found = there(desk, made.new)
    ada = found["Ada Lovelace"]
    assert ada.status is Status.ACCEPTED
    assert ada.extra[CARRIED_FROM] == marked["ada"].id
    moved = [one for one in found.values() if one.status is Status.PROPOSED]
    assert {one.quote for one in moved} == {x.annotation.quote for x in made.of(Outcome.MOVED)}
    assert all(one.confidence < 0.9 and one.extra["why"] for one in moved)
    for one in found.values():
        assert made.new.text[one.start : one.end] == one.quote
    assert list(desk.check()) == []
    desk.undo()
    assert desk.count(Article) == 1
    assert desk.count(Annotation, article=old.id) == 6


def test_the_new_version_says_what_the_file_did_not(desk, old):
    made = supersede(desk, old, new_article(FIXED)).new
    assert (made.supersedes, made.title, made.byline) == (old.id, "Flood", "Bo")


def test_hops_come_along_and_wait_where_their_content_does(desk, old, marked):
    text = TEXT.replace("leads the", "heads the")
    made = supersede(desk, old, new_article(text))
    died = there(desk, made.new)["Two people have died in the flood"]
    assert died.claim == marked["died"].claim
    (hop,) = desk.find(Attribution, content=died.id)
    (was,) = desk.find(Attribution, content=marked["died"].id)
    assert hop.source == was.source
    assert hop.id != was.id
    assert desk.get(Annotation, hop.source_mention).article == made.new.id
    assert hop.status is died.status
    moved = supersede(
        desk, made.new, new_article(text.replace("in the flood, the", "in the flood: the"))
    )
    waiting = there(desk, moved.new)["Two people have died in the flood"]
    assert waiting.status is Status.PROPOSED
    assert {one.status for one in desk.find(Attribution, content=waiting.id)} == {Status.PROPOSED}


def test_two_versions_that_are_there_already_are_tied(desk, old, marked):
    with desk.change("Import"):
        new = desk.put(new_article(FIXED, title="Mended"))
    mine = mark(desk, new, "PERSON", "Ada Lovelace")
    made = supersede(desk, old, new)
    assert made.new.title == "Mended"
    assert [one.id for one in desk.find(Annotation, article=new.id, label=mine.label)] == [mine.id]


def test_suggestions_that_nobody_decided_on_are_no_orphans(desk, old):
    label = desk.label("PERSON")
    annotate(desk, old, label, [(0, 10)], status=Status.PROPOSED)
    assert carry_over(desk, old, new_article(FIXED)) == []


def closed(desk, tmp_path, old, claim, exact="Two people"):
    """The claim as somebody else signed it."""
    about = desk.get(Claim, claim)
    cite(desk, about, Stance.SUPPORTS, exact, article=old)
    other = open_desk(tmp_path / "a.desk", "Eve")
    try:
        for state in (ClaimState.IN_REVIEW, ClaimState.VERIFIED):
            review(
                other,
                about,
                state,
                "Seen.",
                verdict=None if state is ClaimState.IN_REVIEW else Verdict.SUPPORTED,
            )
    finally:
        other.close()
    desk.catch_up()


def test_closed_claims_reopen_where_their_words_changed(desk, old, marked, tmp_path):
    died, ada = marked["died"].claim, marked["leads"].claim
    closed(desk, tmp_path, old, died)
    closed(desk, tmp_path, old, ada, "Ada Lovelace leads")
    text = TEXT.replace("Two people", "Seven people")
    made = supersede(desk, old, new_article(text))
    assert made.reopened == [died]
    assert desk.get(Claim, died).state is ClaimState.IN_REVIEW
    assert desk.get(Claim, ada).state is ClaimState.VERIFIED
    last = max(desk.find(Review, claim=died), key=lambda one: one.id)
    assert made.new.id in last.comment
    desk.undo()
    assert desk.get(Claim, died).state is ClaimState.VERIFIED


def test_what_cites_a_passage_that_went_reopens_too(desk, old, marked, tmp_path):
    with desk.change("Import"):
        other = desk.put(new_article("Elsewhere it is told that a weir stood open.", title="B"))
    claim = mark(desk, other, "CLAIM", "a weir stood open").claim
    closed(desk, tmp_path, old, claim, "The weir was opened at 2am")
    assert desk.count(Evidence, claim=claim) == 1
    made = supersede(desk, old, new_article(FIXED))
    assert made.reopened == [claim]


def test_circles_forks_and_sames_are_refused_by_name(desk, old):
    first = supersede(desk, old, new_article(FIXED)).new
    second = supersede(desk, first, new_article(FIXED + " Yes.")).new
    assert [one.id for one in versions(desk, first.id)] == [old.id, first.id, second.id]
    with pytest.raises(NewsdeskError, match="circle") as error:
        supersede(desk, second, desk.get(Article, old.id))
    assert old.id in str(error.value)
    assert second.id in str(error.value)
    with pytest.raises(NewsdeskError, match=f"{first.id} already"):
        supersede(desk, old, new_article("Another."))
    with pytest.raises(NewsdeskError, match="itself"):
        supersede(desk, old, old)
    with pytest.raises(NewsdeskError, match="very text"):
        supersede(desk, second, new_article(second.text))
    with desk.change("Import"):
        third = desk.put(new_article("Third."))
    with pytest.raises(NewsdeskError, match=f"replaces article {old.id}"):
        supersede(desk, third, first)
    assert desk.count(Article) == 4


def test_versions_end_where_the_chain_is_damaged(desk, old):
    made = supersede(desk, old, new_article(FIXED)).new
    with desk.change("Damage"):
        desk.put(replace(old, supersedes=made.id))
    assert len(versions(desk, old.id)) == 2


def test_which_quotes_and_claims_changed(desk, old, marked):
    made = supersede(desk, old, new_article(FIXED)).new
    found = compare_versions(desk, old, made)
    assert [(one.was, one.now) for one in found.marks] == [
        ("Two people have died in the flood", "Seven people have died in the flood"),
        ("The weir was opened at 2am", "The weir was never touched"),
    ]
    text = TEXT.splitlines()
    gone = compare_versions(desk, old, new_article("\n".join(text[:2])))
    assert [one.now for one in gone.marks] == [""]


def test_the_note_says_what_was_wrong_what_is_right_and_when(desk, old, marked):
    made = supersede(desk, old, new_article(FIXED, published="2025-11-14")).new
    weir = mark(desk, made, "CLAIM", "The weir was never touched")
    with desk.change("Link"):
        desk.put(Link(kind=LinkKind.CORRECTS, from_id=weir.claim, to_id=marked["weir"].claim))
    assert correction_note(desk, made.id) == (
        "Correction, 14 November 2025\n\n"
        "An earlier version of this article, published on 12 November 2025, said: The weir was "
        "opened at 2am. That was wrong. The weir was never touched.\n"
        "It also said “Two people have died in the flood”. It should have said “Seven people have "
        "died in the flood”.\n"
    )


def test_a_note_without_a_wrong_claim(desk, old, marked):
    made = supersede(desk, old, new_article(TEXT + "\nMore follows.", published="2025-11-14")).new
    assert correction_note(desk, made.id).startswith("Updated on 14 November 2025.")
    shorter = supersede(desk, made, new_article(TEXT.splitlines()[0])).new
    assert "No longer printed: “The weir was opened at 2am”" in correction_note(desk, shorter.id)
    with pytest.raises(NewsdeskError, match=f"{old.id} replaces no older version"):
        correction_note(desk, old.id)


def test_days_are_printed_as_newspapers_do():
    assert long_date("2025-11-05") == "5 November 2025"
    assert (long_date("2025-11"), long_date(None)) == ("2025-11", "an unknown day")
