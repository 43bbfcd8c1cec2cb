"""The Claims workspace: what is seen of a claim and of the sources, and what its keys do."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from newsdesk.desk import capturing
from newsdesk.desk.annotating import annotate
from newsdesk.desk.attributing import source_described
from newsdesk.desk.capturing import capture_file
from newsdesk.desk.reviewing import cite, review
from newsdesk.model import (
    Annotation,
    Article,
    Assertion,
    Attribution,
    Channel,
    Claim,
    ClaimState,
    Evidence,
    Link,
    LinkKind,
    Review,
    Source,
    Stance,
)
from newsdesk.ui.claims import meaning, queue_panel, showing, workspace
from newsdesk.ui.claims.file_row import Sort
from tests.ui.robot import Robot
from tests.ui.test_accessibility import nameless
from tests.ui.test_language import pseudo as pseudo

TERMS = "Mikkel Sørvaag and Aldermoor City have agreed personal terms"


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    """Nothing is put off for an editor who moves on."""
    monkeypatch.setattr(showing, "PAUSE", 0)
    monkeypatch.setattr(queue_panel, "_PAUSE", 0)
    monkeypatch.setattr(queue_panel, "_IDLE", 0)
    monkeypatch.setattr(workspace, "AFTER_NEWS", 0)
    monkeypatch.setattr(workspace, "AFTER_CHANGES", 0)
    monkeypatch.setattr(meaning, "MOST", 0)  # words alone, but where a test says otherwise


@pytest.fixture
def at(robot: Robot) -> Robot:
    """A person in the workspace, on the sample desk."""
    robot.press("Ctrl+2")
    robot.wait(lambda: space(robot).settled)
    return robot


def space(robot):
    return robot.window.workspaces["claims"]


def rows(robot, sort):
    return [line for line in space(robot).pane.file.rows.lines if line.sort is sort]


def choose(robot, words):
    """Choose a claim by words of its statement, with the keyboard."""
    robot.press("Ctrl+F", "Ctrl+A")
    robot.type(words)
    robot.press("Return")
    settle(robot)
    assert words in space(robot).pane.claim.statement
    return space(robot).pane.claim


def settle(robot):
    robot.wait(lambda: space(robot).settled, "the workspace did not come to rest")


def go_to(robot, sort, words=""):
    """Move through the file by its keys until a row of a sort, with these words, is at hand."""
    robot.press("Alt+3", "Home")
    assert robot.focus is space(robot).pane.file
    for _ in range(space(robot).pane.file.rows.rowCount()):
        row = space(robot).row
        if row is not None and row.sort is sort and words in row.text:
            return row
        robot.press("Down")
    raise AssertionError(f"no {sort} with {words!r} in the file")


def state(desk):
    kinds = (Claim, Annotation, Attribution, Evidence, Review, Link, Source)
    return {one.id: one for kind in kinds for one in desk.find(kind)}


def undone(robot, before):
    robot.press("Ctrl+Z")
    settle(robot)
    return state(robot.window.desk) == before


# The queue


def test_the_queue_is_shown_narrowed_and_put_in_order(at: Robot):
    panel = space(at).queue
    assert at.sees("69 claims")
    at.press("Ctrl+F")
    at.type("SØRVAAG")
    at.wait(lambda: at.sees(" of 69"))
    found = [panel.model.line(row).statement for row in range(panel.model.rowCount())]
    assert found
    assert all("Sørvaag" in one for one in found)
    at.press("Esc")
    at.wait(lambda: at.sees("69 claims"))
    panel.topic.setCurrentIndex(panel.topic.findData("flood"))
    panel.narrow()
    assert {panel.model.line(row).topic for row in range(panel.model.rowCount())} == {"flood"}
    at.press("Ctrl+F")
    at.type("nobody says so")
    at.wait(lambda: at.sees("No claim matches"))
    at.press("Shift+Esc")
    at.wait(lambda: at.sees("69 claims"))


def test_claims_that_are_seen_say_what_they_miss(at: Robot):
    at.wait(lambda: at.sees("2 missing", within=space(at).queue.view))
    model = space(at).queue.model
    asked = [row for row in range(69) if model.missing_of(model.line(row).id) is not None]
    assert len(asked) < 40, "claims out of sight were asked too"


def test_the_queue_follows_what_is_done_elsewhere(at: Robot):
    desk = at.window.desk
    claim = space(at).queue.current
    with desk.change("Assign"):
        from newsdesk.model import replace

        desk.put(replace(desk.get(Claim, claim.id), assignee="Zoë", due="2020-02-02"))
    settle(at)
    assert space(at).queue.current.id == claim.id
    assert at.sees("due 2020-02-02, Zoë", within=space(at).queue.view)
    panel = space(at).queue
    panel.due.setCurrentIndex(1)
    panel.narrow()
    assert [panel.model.line(row).id for row in range(panel.model.rowCount())] == [claim.id]


# One claim


def test_the_file_shows_where_a_claim_comes_from(at: Robot):
    choose(at, TERMS)
    assert at.sees("4 appearances · 3 outlets, no source")
    assert next(one.text for one in rows(at, Sort.ALARM)).startswith("A circle: ")
    assert len(rows(at, Sort.APPEARANCE)) == 4
    assert at.sees("Hop 1: Le Ballon du Nord")
    assert at.sees("Originator: nobody is named")
    assert at.sees("Answer: The player’s agent, Nabil Khoury-Haddad")
    assert any("reportedly" in one.detail for one in rows(at, Sort.APPEARANCE))
    assert {one.text for one in rows(at, Sort.MISSING)} >= {"A hedge was lost"}


def test_outlets_with_one_source_raise_the_alarm(at: Robot):
    choose(at, "will not sell Mikkel Sørvaag in the summer")
    assert any("outlets, one source: " in one.text for one in rows(at, Sort.ALARM))


def test_a_ladder_goes_on_below_in_the_article_that_a_hop_leads_to(at: Robot):
    choose(at, "will cost £40m more")
    own, relayed = rows(at, Sort.APPEARANCE)
    below = [one for one in rows(at, Sort.HOP) if one.indent == 2]
    assert [one.text.partition(":")[0] for one in below] == ["Originator"]
    assert "in “Adviser warned" in below[0].detail
    assert (below[0].article, relayed.key) == (own.article, "2 hands")


def test_enter_and_a_click_read_the_appearance_at_its_words(at: Robot):
    choose(at, TERMS)
    row = go_to(at, Sort.APPEARANCE, "reportedly")
    at.press("Return")
    assert at.window.workspaces.current == "annotate"
    assert at.current.id == row.annotation
    at.press("Ctrl+2")
    at.click("has given his word", within=space(at).pane.file)
    assert at.window.workspaces.current == "annotate"
    assert at.current.quote.startswith("Mikkel Sørvaag has given his word")


def test_a_claim_is_changed_where_it_stands_each_as_one_step(at: Robot):
    desk = at.window.desk
    claim = choose(at, TERMS)
    before = state(desk)
    at.press("Return", "T", "Ctrl+A")
    at.type("contracts")
    at.press("Return")
    assert desk.get(Claim, claim.id).topic == "contracts"
    assert at.focus is space(at).pane.file
    at.press("U")
    at.type("2026-02-30")
    at.press("Return")
    assert at.sees("“2026-02-30” is no date")
    at.press("U", "Ctrl+A")
    at.type("2026-12-30")
    at.press("Return")
    assert desk.get(Claim, claim.id).due == "2026-12-30"
    at.press("G")
    at.type("Bea")
    at.press("Return")
    assert desk.get(Claim, claim.id).assignee == "Bea"
    at.press("W")
    at.type("unsure")
    at.press("Return")
    assert desk.get(Claim, claim.id).checkworthy == "unsure"
    at.press("Y")
    at.type("mostly true")
    at.press("Return")
    assert desk.get(Claim, claim.id).rating == "mostly true"
    at.press("F2", "Ctrl+A")
    at.type("They agreed.")
    at.press("Return")
    settle(at)
    assert desk.get(Claim, claim.id).statement == "They agreed."
    for _ in range(5):
        at.press("Ctrl+Z")
    assert undone(at, before)
    assert at.sees(TERMS)


# Hops


def test_a_hop_is_said_how_by_keys_and_undone(at: Robot):
    desk = at.window.desk
    choose(at, TERMS)
    before = state(desk)
    hop = go_to(at, Sort.HOP, "Le Ballon du Nord").value
    at.press("H")
    at.type("firmness: alleged")
    at.press("Return")
    assert desk.get(Attribution, hop.id).assertion is Assertion.ALLEGED
    settle(at)
    assert space(at).row.value.id == hop.id, "the place in the file was lost"
    assert "alleged" in space(at).row.detail
    at.press("H")
    at.type("lawsuit")
    at.press("Return")
    assert desk.get(Attribution, hop.id).channel is Channel.LAWSUIT
    at.press("Ctrl+Z")
    assert undone(at, before)


def test_a_gap_is_filled_and_hops_change_places_and_go(at: Robot):
    desk = at.window.desk
    choose(at, TERMS)
    before = state(desk)
    gap = go_to(at, Sort.GAP, "Originator").value
    at.press("P")
    at.type("A cleaner at the ground")
    assert at.sees("Enter “A cleaner at the ground”")
    at.press("Down", "Down", "Return")
    settle(at)
    made = desk.find(Source, description="A cleaner at the ground")[0]
    assert made.kind == "unnamed individual"
    hop = desk.find(Attribution, source=made.id)[0]
    assert (hop.content, hop.hop) == (gap.content, 0)
    go_to(at, Sort.HOP, "A cleaner")
    at.press("Alt+Down")
    settle(at)
    assert desk.get(Attribution, hop.id).hop == 1
    assert at.sees("Hop 1: A cleaner at the ground")
    at.press("Alt+Up", "Alt+Up")
    assert desk.get(Attribution, hop.id).hop == 0
    assert at.sees("nobody stands before hop 0")
    settle(at)
    at.press("O")
    at.type("Le Ballon")
    at.press("Return")
    settle(at)
    assert desk.get(Source, desk.get(Attribution, hop.id).source).description.startswith("Le Ball")
    go_to(at, Sort.HOP, "Originator: Le Ballon")
    at.press("D")
    assert desk.find(Attribution, id=hop.id) == []
    for _ in range(4):
        at.press("Ctrl+Z")
    assert undone(at, before)


def test_a_name_is_offered_before_those_that_only_hold_its_letters(at: Robot):
    choose(at, TERMS)
    go_to(at, Sort.HOP, "Le Ballon du Nord")
    chooser = space(at).doing.chooser
    desk = at.window.desk
    with desk.change("More sources"):
        for name in ("Blackpool fans", "the pool at Wexmouth", "Poolside"):
            source_described(desk, name)
    at.press("O")
    at.type("pool")
    told = [choice.text for choice in chooser.choices]
    assert told[:3] == ["Poolside", "the pool at Wexmouth", "Enter “pool”"]
    assert told[-1] == "Blackpool fans"
    at.press("Ctrl+A")
    at.type("the pool at Wexmouth")
    assert chooser.choices[0].text == "the pool at Wexmouth"
    at.press("Esc")


def test_a_letter_that_can_do_nothing_leads_nowhere(at: Robot):
    claim = choose(at, TERMS)
    row = go_to(at, Sort.HEAD)
    at.press("O")  # no hop is at hand: it is no letter to search rows by either
    assert space(at).row == row
    space(at).moving.focus_list()
    at.press("Z", "4")
    settle(at)
    assert space(at).pane.claim.id == claim.id


# Review


def test_a_claim_is_reviewed_by_its_steps_with_a_comment(at: Robot):
    desk = at.window.desk
    claim = choose(at, TERMS)
    at.press("Return", "S")
    offered = [choice.text for choice in space(at).doing.chooser.choices]
    assert offered == ["in review"]
    at.press("Return", "Return")
    assert desk.get(Claim, claim.id).state is ClaimState.UNREVIEWED, "no comment, no step"
    at.press("S", "Return")
    at.type("I take it.")
    at.press("Return")
    settle(at)
    assert desk.get(Claim, claim.id).state is ClaimState.IN_REVIEW
    assert [one.text for one in rows(at, Sort.REVIEW)] == ["unreviewed → in review: I take it."]
    at.press("S")
    offered = [choice.text for choice in space(at).doing.chooser.choices]
    assert "disputed: conflicting evidence" in offered
    at.type("verified")
    at.press("Return")
    at.type("It is so.")
    at.press("Return")
    assert at.sees("has no evidence on record")
    assert desk.get(Claim, claim.id).state is ClaimState.IN_REVIEW
    at.press("S")
    at.type("unverifiable")
    at.press("Return")
    assert at.focus.toPlainText() == "It is so.", "what was typed was lost"
    at.press("Esc")


def test_who_marked_a_claim_cannot_sign_it(at: Robot):
    desk = at.window.desk
    article = desk.library(limit=1)[0]
    text = desk.get(Article, article.id).text
    mark = annotate(desk, desk.get(Article, article.id), desk.label("CLAIM"), [(0, 30)])
    claim = desk.get(Claim, mark.claim)
    cite(desk, claim, Stance.SUPPORTS, text[:30], article=article.id)
    review(desk, claim, ClaimState.IN_REVIEW, "Mine.")
    settle(at)
    space(at).select(claim.id)
    at.press("S")
    at.type("verified")
    at.press("Return")
    at.type("Sure.")
    at.press("Return")
    assert at.sees("a second person must make it verified")
    settle(at)
    assert [one.key for one in rows(at, Sort.EVIDENCE)] == ["supports"]
    at.press("R")
    assert at.sees("1 passage stands")


def test_copies_are_read_beside_the_window_before_a_claim_is_signed(
    at: Robot, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    """A hostile document may take as long as the confined process is given."""
    desk = at.window.desk
    claim = choose(at, TERMS)
    page = tmp_path / "note.txt"
    page.write_text("They have agreed personal terms.", encoding="utf-8")
    cite(desk, claim, Stance.SUPPORTS, "agreed personal terms", capture=capture_file(page))
    desk.author = "Bea"
    review(desk, claim, ClaimState.IN_REVIEW, "Mine.")
    settle(at)
    threads = []
    words = capturing._words
    monkeypatch.setattr(
        capturing, "_words", lambda one: threads.append(threading.current_thread()) or words(one)
    )
    capturing._read.clear()
    at.press("S")
    at.type("verified")
    at.press("Return")
    at.type("It stands.")
    at.press("Return")
    at.wait(lambda: desk.get(Claim, claim.id).state is ClaimState.VERIFIED)
    capturing._read.clear()
    settle(at)
    at.press("R")
    at.wait(lambda: at.sees("1 passage stands"))
    assert len(threads) == 2 and threading.main_thread() not in threads


def test_evidence_is_taken_off_but_not_from_under_a_signed_claim(at: Robot):
    desk = at.window.desk
    claim = choose(at, TERMS)
    mark = desk.find(Annotation, claim=claim.id)[0]
    made = cite(desk, claim, Stance.SUPPORTS, mark.quote, article=mark.article)
    review(desk, claim, ClaimState.IN_REVIEW, "Mine.")
    review(desk, claim, ClaimState.VERIFIED, "It stands.")
    settle(at)
    go_to(at, Sort.EVIDENCE)
    at.press("Del")
    assert at.sees(f"Evidence {made.id} was relied on")
    review(desk, claim, ClaimState.IN_REVIEW, "Again.")
    settle(at)
    go_to(at, Sort.EVIDENCE)
    at.press("Del")
    assert desk.find(Evidence) == []
    at.press("Ctrl+Z")
    assert desk.find(Evidence) == [made]


# Other claims


def test_a_contradiction_is_dismissed_with_a_reason_or_confirmed(at: Robot):
    desk = at.window.desk
    differing = space(at).showing.differing
    one = next(each for each in differing if not each.confirmed)
    space(at).select(one.claims[0])
    settle(at)
    row = go_to(at, Sort.CONTRADICTION)
    at.press("A")
    settle(at)
    link = desk.find(Link, kind=LinkKind.CONTRADICTS, to_id=row.claim)
    assert any(each.from_id == one.claims[0] for each in link)
    assert any(each.claim == row.claim for each in rows(at, Sort.LINK))
    at.press("Ctrl+Z")
    settle(at)
    go_to(at, Sort.CONTRADICTION)
    at.press("X")
    at.type("Other days.")
    at.press("Return")
    settle(at)
    at.wait(lambda: not any(each.claim == row.claim for each in rows(at, Sort.CONTRADICTION)))


def test_a_candidate_becomes_an_appearance_and_another_is_dismissed(at: Robot):
    desk = at.window.desk
    choose(at, "will cost £40m more")
    before, count = state(desk), len(rows(at, Sort.CANDIDATE))
    assert count > 1
    claim = space(at).pane.claim
    row = go_to(at, Sort.CANDIDATE)
    at.press("A")
    settle(at)
    file = space(at).pane.file
    assert file.current.sort is Sort.CANDIDATE
    seen = file.viewport().rect().intersects(file.visualRect(file.currentIndex()))
    assert seen, "the row at hand went out of sight"
    assert len(desk.find(Annotation, claim=claim.id)) > 1
    assert all(each.value != row.value for each in rows(at, Sort.CANDIDATE))
    assert undone(at, before)
    go_to(at, Sort.CANDIDATE)
    at.press("X")
    settle(at)
    assert len(rows(at, Sort.CANDIDATE)) == count - 1


def test_candidates_are_found_by_their_meaning_too(at: Robot, monkeypatch):
    choose(at, "will not sell Mikkel Sørvaag in the summer")
    by_words = [line.value for line in rows(at, Sort.CANDIDATE)]
    monkeypatch.setattr(meaning, "MOST", 1_000)
    at.press("R")
    at.wait(lambda: any("meaning" in one.value.why for one in rows(at, Sort.CANDIDATE)))
    assert [line.value for line in rows(at, Sort.CANDIDATE)] != by_words


def test_two_claims_are_merged_and_undone(at: Robot):
    desk = at.window.desk
    claim = choose(at, TERMS)
    before = state(desk)
    at.press("Return", "M")
    at.type("wants to leave Wexmouth")
    at.press("Return")
    assert at.sees("Keep: " + TERMS)
    at.press("Return")
    settle(at)
    assert space(at).pane.claim.id == claim.id
    assert len(rows(at, Sort.APPEARANCE)) == 5
    assert undone(at, before)


# Sources


def test_the_sources_are_listed_with_what_their_ledger_lacks(at: Robot):
    desk = at.window.desk
    at.press("Alt+2")
    settle(at)
    panel = space(at).sources
    assert at.sees(f"{desk.count(Source)} sources")
    panel.kind.setCurrentIndex(1)
    panel._show()
    settle(at)
    shown = [panel.model.choice(row).value for row in range(panel.model.rowCount())]
    assert shown
    assert all(line.kind.startswith("unnamed") and line.missing for line in shown)
    first = panel.current
    assert at.sees("Why it is not named")
    at.press("Shift+E", "Tab", "Tab", "Tab", "Tab")
    at.press("Ctrl+A")
    at.type("fears for the job")
    at.press("Return")
    settle(at)
    assert desk.get(Source, first.id).anonymity.reason == "fears for the job"
    panel.kind.setCurrentIndex(2)
    panel._show()
    settle(at)
    assert panel.model.rowCount() > 0
    assert at.sees("fewer than two sources on record")
    at.click(space(at).source_pane.uses.mentions.line(0).words[:30],
             within=space(at).source_pane.uses)  # fmt: skip
    assert at.window.workspaces.current == "annotate"


def test_sources_are_joined_parted_and_never_named(at: Robot):
    desk = at.window.desk
    at.press("Alt+2")
    settle(at)
    before = state(desk)
    at.press("Ctrl+F")
    at.type("bank records")
    at.press("Return", "Shift+M")
    at.type("a log seen by")
    at.press("Return")
    settle(at)
    assert desk.find(Link, kind=LinkKind.SAME_AS)
    assert at.sees("The same source as: ")
    assert undone(at, before)
    at.press("Shift+M")
    unnamed = next(one for one in desk.find(Source) if one.kind.unnamed)
    at.type(unnamed.description[:40])
    at.press("Return")
    assert at.sees(f"Source {unnamed.id} is unnamed")
    assert state(desk) == before


# Around it


def test_every_widget_has_a_name_and_f6_goes_round(at: Robot):
    choose(at, TERMS)
    assert nameless(space(at)) == []
    seen = []
    for _ in range(3):
        at.press("F6")
        seen.append(at.focus)
    assert set(seen) == {space(at).queue.view, space(at).pane.statement, space(at).pane.file}
    at.press("]", "]")
    assert space(at).row.sort is Sort.HEAD
    for key in ("Alt+4", "Alt+5"):
        at.press(key)
        assert at.sees("Save picture…")
        assert nameless(space(at)) == []
    at.press("Alt+3", "Alt+2")
    settle(at)
    assert nameless(space(at)) == []


def test_an_empty_desk_says_what_to_do(small: Robot):
    small.press("Ctrl+2")
    assert small.sees("No claim yet. Select words of an article and press C there.")
    assert small.sees("Claims come from the reader")
    small.press("S", "M", "V", "H")
    small.press("Alt+2")
    settle(small)
    assert small.sees("3 sources"), "the outlets"
    small.press("Ctrl+F")
    small.type("zz")
    assert small.sees("No source matches")


def test_every_text_is_translated(pseudo, at: Robot):
    choose(at, TERMS)
    desk = at.window.desk
    for tab in ("Alt+1", "Alt+2"):
        at.press(tab)
        settle(at)
        known = {one.description for one in desk.find(Source)}
        told = [
            each.text()
            for each in at._visible(space(at))
            if isinstance(each, QLabel | QAbstractButton) and each.text().strip("–· ")
        ]
        claim = space(at).pane.claim
        ours = [one for one in told if "[" not in one and one not in known]
        assert [one for one in ours if one not in (claim.state.value,)] == []
