"""The Claims workspace beyond one claim: dossiers, the past, alarms, pictures, what is dropped."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from time import sleep
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QMimeData, QUrl

from newsdesk.desk.dossier_checking import verify_dossier
from newsdesk.desk.evidencing import cite
from newsdesk.desk.reviewing import review
from newsdesk.model import (
    Annotation,
    Article,
    Claim,
    ClaimState,
    Evidence,
    NewsdeskError,
    Snapshot,
    Source,
    Stance,
    replace,
)
from newsdesk.ui.claims import meaning, queue_list, workspace
from newsdesk.ui.claims.file_row import Sort
from newsdesk.ui.claims.past import local_moment
from newsdesk.ui.jobs import Cancelled
from tests.ui.robot import Robot
from tests.ui.test_accessibility import nameless
from tests.ui.test_claims import TERMS, choose, go_to, rows, settle, space
from tests.ui.test_claims import at as at
from tests.ui.test_claims import hurry as hurry

# What is written


def asked(path: Path, what: str = "zip", redact: int = 0):
    def fill(dialog):
        dialog._what.setCurrentIndex(dialog._what.findData(what))
        dialog._redact.setCurrentIndex(redact)
        dialog._path.setText(str(path))
        assert nameless(dialog) == []
        dialog._go.click()

    return fill


def test_a_dossier_is_written_as_a_job_checked_and_told_of(at: Robot, tmp_path: Path):
    claim = choose(at, TERMS)
    place = tmp_path / "terms.zip"
    at.window.ask.dialogs.append(asked(place))
    at.press("Return", "Shift+D")
    at.wait(lambda: at.sees("was written and checked, and is sound: terms.zip"))
    report = verify_dossier(place)
    assert report.sound
    assert report.claim == claim.id
    told: list[str] = []
    at.window.ask.dialogs.append(lambda dialog: told.extend(at.shown(dialog)))
    at.click("Details…")
    assert any(report.manifest in text for text in told)
    assert "Show in folder" in told


def test_one_part_alone_is_written_and_a_failure_is_said(at: Robot, tmp_path: Path):
    claim = choose(at, TERMS)
    at.window.ask.dialogs.append(asked(tmp_path / "a.ttl", "prov.ttl"))
    at.press("Return", "Shift+D")
    at.wait(lambda: at.sees("Written: a.ttl"))
    assert claim.id in (tmp_path / "a.ttl").read_text()
    at.window.ask.dialogs.append(asked(tmp_path / "a.jsonld", "claimreview.jsonld"))
    at.press("Shift+D")
    at.wait(lambda: at.sees(f"Claim {claim.id} has no verdict yet"))
    assert not (tmp_path / "a.jsonld").exists()
    at.window.ask.dialogs.append(asked(tmp_path / "none" / "b.zip"))
    at.press("Shift+D")
    at.wait(lambda: any("none" in one for one in at.window.messages.messages))
    assert not (tmp_path / "none").exists()


def test_the_choices_of_a_dossier_come_back(open_window, tmp_path: Path):
    at = open_window(remember=True)
    at.press("Ctrl+2")
    settle(at)
    choose(at, TERMS)
    at.window.ask.dialogs.append(asked(tmp_path / "a", "folder", redact=1))
    at.press("Return", "Shift+D")
    at.wait(lambda: at.sees("is sound: a"))
    seen = []
    at.window.ask.dialogs.append(lambda dialog: seen.append(dialog.wish))
    at.press("Shift+D")
    assert (seen[0].what, seen[0].redact.value) == ("folder", "full")
    assert not seen[0].path.suffix


# The past


def test_a_claim_is_seen_as_it_was_and_can_only_be_read(at: Robot):
    desk = at.window.desk
    claim = choose(at, TERMS)
    mark = desk.find(Annotation, claim=claim.id)[0]
    cite(desk, claim, Stance.SUPPORTS, mark.quote, article=mark.article)
    review(desk, claim, ClaimState.IN_REVIEW, "Mine.")
    review(desk, claim, ClaimState.VERIFIED, "It stands.")
    settle(at)
    pane = space(at).pane
    at.press("Return", "B")
    at.type("Build the sample")
    at.press("Return")
    settle(at)
    assert at.sees("As the desk knew it after change 1,")
    assert pane.claim.state is ClaimState.UNREVIEWED
    assert rows(at, Sort.EVIDENCE) == rows(at, Sort.REVIEW) == []
    assert len(rows(at, Sort.APPEARANCE)) == 4
    before = desk.log(limit=1)
    assert pane.statement.isReadOnly()
    at.press("S", "V", "Y", "D", "Shift+D", "Alt+4")
    assert at.sees("As the desk knew it")
    assert desk.log(limit=1) == before
    at.press("Esc")
    settle(at)
    assert not at.sees("As the desk knew it")
    assert pane.claim.state is ClaimState.VERIFIED
    assert len(rows(at, Sort.REVIEW)) == 2
    assert not pane.statement.isReadOnly()


def test_what_is_done_meanwhile_does_not_change_the_past_and_another_claim_leaves_it(at: Robot):
    desk = at.window.desk
    claim = choose(at, TERMS)
    at.press("Return", "B", "Return")
    assert at.sees("As the desk knew it")
    with desk.change("Elsewhere"):
        desk.put(replace(desk.get(Claim, claim.id), topic="other"))
    settle(at)
    assert space(at).pane.topic.text() == claim.topic
    at.press("Shift+Esc", "Alt+1", "Down")
    settle(at)
    assert space(at).pane.claim.id != claim.id
    assert not at.sees("As the desk knew it")


def test_a_time_before_the_desk_is_refused(at: Robot):
    choose(at, TERMS)
    at.press("Return", "B")
    at.type("1999-01-01")
    at.press("Return")
    assert at.sees("The desk held nothing at 1999-01-01")
    assert not at.sees("As the desk knew it")


def test_a_day_is_meant_to_its_end_where_the_editor_is():
    day, time = local_moment(" 2026-03-04"), local_moment("2026-03-04 12:30")
    assert (day.hour, day.minute, day.tzinfo is not None) == (23, 59, True)
    assert (time.hour, time.minute) == (12, 30)
    assert local_moment("in March") is None


# Alarms


def test_alarms_are_listed_by_sort_and_lead_to_their_place(at: Robot):
    at.press("Alt+6")
    settle(at)
    panel = space(at).alarms
    lines = panel.view.rows.lines
    heads = [one.text.partition(" (")[0] for one in lines if one.sort is Sort.HEAD]
    assert heads == [
        "Right of reply", "Contradictions", "One source, and circles", "Hedges", "Quotes",
    ]  # fmt: skip
    assert nameless(space(at)) == []
    replies = [one for one in lines if one.sort is Sort.REPLY]
    assert replies[0].key == "no reply"
    assert any("to be asked: Tidewrack Marine" in one.detail for one in replies)
    assert any("declined to comment: Tidewrack Marine" in one.detail for one in replies)
    at.press("Home", "Down")
    settle(at)
    assert space(at).pane.claim.id == replies[0].claim, "the claim is shown beside it"
    at.press("Return")
    assert at.window.workspaces.current == "annotate"
    assert at.current.id == replies[0].annotation


def test_alarms_are_narrowed_and_follow_what_is_done(at: Robot):
    desk = at.window.desk
    at.press("Alt+6")
    settle(at)
    panel = space(at).alarms
    panel.kind.setCurrentIndex(panel.kind.findData("replies"))
    panel.kind.activated.emit(panel.kind.currentIndex())
    late = [one for one in panel.view.rows.lines if one.sort is Sort.REPLY and one.warns]
    claim = desk.get(Claim, late[0].claim)
    with desk.change("Due"):
        desk.put(replace(claim, due="2020-01-01"))
    settle(at)
    at.press("Ctrl+F")
    at.type("overdue since 2020-01-01")
    found = [one.claim for one in panel.view.rows.lines if one.sort is Sort.REPLY]
    assert found == [claim.id]
    at.type(" and nothing else")
    assert at.sees("No alarm matches")
    at.press("Shift+Esc")
    heads = [one for one in panel.view.rows.lines if one.sort is Sort.HEAD]
    assert len(heads) == 5


def test_an_empty_desk_has_no_alarms(small: Robot):
    small.press("Ctrl+2", "Alt+6")
    settle(small)
    assert small.sees("No alarm: nothing differs")
    assert small.sees("Claims come from the reader")


def test_the_right_of_reply_stands_in_the_claim_s_file(at: Robot):
    choose(at, "Tidewrack Marine without a tender")
    found = rows(at, Sort.REPLY)
    assert {one.key for one in found} == {"no reply", "declined to comment"}


# Pictures


def test_an_article_and_a_source_are_pictured(at: Robot):
    claim = choose(at, TERMS)
    at.press("Ctrl+1")
    at.open("Sørvaag wants to leave")
    at.press("Alt+4")
    settle(at)
    assert at.sees("Where the claims of “Sørvaag wants to leave")
    assert nameless(space(at)) == []
    picture = space(at).article_page.tabs.currentWidget().findChildren(object)
    assert picture
    at.press("Esc")
    settle(at)
    assert space(at).pane.claim.id == claim.id
    assert space(at).pane.isVisible()
    at.press("Alt+2")
    settle(at)
    at.press("Alt+4")
    assert space(at).source_pane.tabs.currentIndex() == 1
    assert at.sees("Save picture…")


# Around it


def test_going_to_a_claim_far_down_does_not_read_the_whole_queue(at: Robot, monkeypatch):
    monkeypatch.setattr(queue_list, "PAGE", 10)
    panel = space(at).queue
    panel.model.load(panel.model.wanted)
    desk = at.window.desk
    known = {panel.model.line(row).id for row in range(panel.model.rowCount())}
    far = next(one for one in desk.find(Claim) if one.id not in known)
    space(at).select(far.id)
    settle(at)
    assert space(at).pane.claim.id == far.id
    assert panel.model.rowCount() == 11
    with desk.change("Topic"):
        desk.put(replace(far, topic="elsewhere"))
    panel.reload()
    settle(at)
    assert panel.current.id == far.id
    assert panel.current.topic == "elsewhere"
    while panel.model.canFetchMore():
        panel.model.fetchMore()
    ids = [panel.model.line(row).id for row in range(panel.model.rowCount())]
    assert len(ids) == len(set(ids)) == 69


def test_a_file_that_is_dropped_on_a_claim_is_evidence_and_its_copy_goes_with_it(
    at: Robot, tmp_path: Path
):
    desk = at.window.desk
    claim = choose(at, TERMS)
    paper = tmp_path / "note.txt"
    paper.write_text("They agreed terms on Thursday.\n")

    def save(dialog):
        at.wait(lambda: "SHA-256" in dialog.source.said)
        dialog._passage.setPlainText("agreed terms")
        dialog._judge()
        dialog._go.click()

    at.window.ask.dialogs.append(save)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(paper))])
    from newsdesk.ui.claims.fields import dropped

    space(at).pane.dropped.emit(dropped(mime))
    at.wait(lambda: desk.count(Evidence, claim=claim.id) == 1)
    settle(at)
    assert desk.count(Snapshot) == 1
    go_to(at, Sort.EVIDENCE)
    at.press("Del")
    settle(at)
    assert desk.count(Evidence) == desk.count(Snapshot) == 0
    at.press("Ctrl+Z")
    assert desk.count(Evidence) == desk.count(Snapshot) == 1
    mime.clear()
    mime.setText("just words")
    assert dropped(mime) is None


def test_a_candidate_that_nobody_tagged_opens_its_sentence(at: Robot):
    for claim in at.window.desk.find(Claim):
        space(at).select(claim.id)
        settle(at)
        loose = [one for one in rows(at, Sort.CANDIDATE) if not one.annotation]
        if loose:
            break
    assert loose, "no untagged sentence is a candidate on the sample desk"
    space(at).go(loose[0])
    at.rest()
    (span,) = at.window.reader.selection()
    article = at.window.desk.get(Article, loose[0].article)
    assert article.text[span.start : span.end] == loose[0].value.words


def test_a_named_source_is_linked_to_an_entity_and_an_unnamed_one_never(at: Robot):
    desk = at.window.desk
    named = next(one for one in desk.find(Source) if one.description == "Dilys Prothero, the "
                 "Wexmouth chairman")  # fmt: skip
    with desk.change("Free"):
        desk.put(replace(named, entity=None))
    space(at).select_source(named.id)
    at.press("Alt+2")
    settle(at)
    space(at).select_source(named.id)
    at.press("L")
    at.type("Dilys")
    at.press("Return")
    settle(at)
    assert desk.get(Source, named.id).entity is not None
    at.press("Ctrl+Z")
    assert desk.get(Source, named.id).entity is None
    unnamed = next(one for one in desk.find(Source) if one.kind.unnamed)
    space(at).select_source(unnamed.id)
    settle(at)
    assert "named" not in space(at).facts


def test_a_refusal_is_said(at: Robot):
    with pytest.raises(NewsdeskError):
        at.window.desk.get(Claim, "none")
    assert space(at).do(lambda: at.window.desk.get(Claim, "none")) is None
    assert at.window.messages.messages


def test_a_desk_that_could_not_be_looked_through_is_not_said_to_be_still_read(
    at: Robot, monkeypatch: pytest.MonkeyPatch
):
    def refuse(desk):
        raise NewsdeskError("The desk is away. Nothing was changed; open it again.")

    with monkeypatch.context() as patch:
        patch.setattr(workspace, "desk_alarms", refuse)
        at.press("Alt+6")
        at.wait(lambda: at.sees("The desk is away."))
        assert at.sees("Press F5 to try again", within=space(at).alarms)
    at.press("F5")
    at.wait(lambda: at.sees("Right of reply (", within=space(at).alarms))


def test_a_reading_of_sentences_gives_way_to_the_next_claim(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(meaning, "MOST", 1_000)  # which `hurry` sets to none
    desk, reading = Mock(**{"count.return_value": 1}), meaning.Meaning("", read_only=True)
    begun, asked_again = Event(), Event()

    class Slow:
        """Reads for ever, but where nobody else asks."""

        def refresh(self, desk, report):
            while not asked_again.is_set():
                begun.set()
                report(0, 0)
                sleep(0.001)

    reading._vectors = Slow()
    left = []

    def first():
        try:
            reading.vectors(desk)
        except Cancelled:
            left.append("gave way")
            asked_again.set()

    one = Thread(target=first)
    one.start()
    assert begun.wait(10)
    assert reading.vectors(desk) is reading._vectors
    one.join(10)
    assert left == ["gave way"]
