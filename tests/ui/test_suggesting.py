"""Suggestions in the window: asked with one key, they wait, and are decided with one key."""

from __future__ import annotations

import gc
import threading

import pytest

from newsdesk.desk.annotating import accept
from newsdesk.desk.articles import add_article, delete_articles
from newsdesk.desk.suggesting import take_proposals
from newsdesk.model import Annotation, Article, Layer, NewsdeskError, Span, Status, new_article
from newsdesk.suggest import Proposals
from newsdesk.suggest.proposals import Proposal
from newsdesk.ui.hearing import Hearing
from newsdesk.ui.suggestions.library_dialog import LibraryDialog
from newsdesk.ui.suggestions.run import SuggestionRun
from tests.ui.test_accessibility import nameless


def proposed(text: str, notice: str = "") -> Proposals:
    start = text.index("the")
    span = (Span(start, start + 3),)
    item = Proposal(span, Layer.HEDGE, "HEDGE", 0.7, "test", "it says so")
    return Proposals(items=(item,), origin="en_test 1", notice=notice)


class Fake:
    """A worker that answers as it is told."""

    def __init__(self, answer=proposed) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.restarts = 0
        self.loaded = True
        self.closed = False

    def suggest(self, text, waiting=None, *, known=()):
        self.asked.append(text)
        return self.answer(text)

    def close(self) -> None:
        self.closed = True


def with_worker(window, answer=proposed) -> Fake:
    window.suggesting._worker = fake = Fake(answer)
    return fake


def opened(robot):
    robot.open(next(iter(robot.window.desk.library())).title)
    return robot.window


def test_a_key_asks_and_the_marks_come_in_without_moving_the_text(robot):
    window = opened(robot)
    scrolled = window.reader.verticalScrollBar().value()
    fake = with_worker(window, lambda text: proposed(text, "only English is read"))
    robot.press("Ctrl+J")
    robot.wait(lambda: any(one.origin == "en_test 1/test" for one in robot.annotations))
    assert fake.asked == [window.annotate.open.article.text]
    assert window.reader.verticalScrollBar().value() == scrolled
    waiting = [one for one in robot.annotations if one.status is Status.PROPOSED]
    assert [one.quote for one in waiting] == ["the"]
    robot.wait(lambda: "only English is read" in window.messages.messages)
    robot.press("Ctrl+Tab")
    assert robot.sees("it says so")
    assert robot.sees("likely (70 %) · test, by en_test 1")
    robot.press("Ctrl+Z")
    assert not any(one.status is Status.PROPOSED for one in robot.annotations)


def test_what_went_wrong_is_said_and_it_can_be_asked_again(robot):
    window = opened(robot)

    def refuse(text):
        raise NewsdeskError("The pipeline is broken.")

    fake = with_worker(window, refuse)
    robot.press("Ctrl+J")
    robot.wait(lambda: "The pipeline is broken." in window.messages.messages)
    fake.answer = lambda text: Proposals()
    robot.press("Ctrl+J")
    robot.wait(lambda: any("nothing new" in one for one in window.messages.messages))


@pytest.mark.parametrize("gone", [True, False])
def test_an_answer_for_an_article_that_is_gone_is_dropped(robot, gone):
    window = opened(robot)
    article, desk = window.annotate.open.article, window.desk
    asked, go = threading.Event(), threading.Event()

    def answer(text):
        asked.set()
        assert go.wait(10)
        return proposed(text)

    with_worker(window, answer)
    robot.press("Ctrl+J")
    robot.wait(asked.is_set)
    if gone:
        delete_articles(desk, [article.id])
    else:
        add_article(desk, new_article("Newer.", title="n", supersedes=article.id))
    before = len(desk.log())
    go.set()
    robot.wait(lambda: not window.jobs.running)
    assert len(desk.log()) == before


def test_what_was_rejected_is_not_proposed_again(robot):
    window = opened(robot)
    with_worker(window)
    robot.press("Ctrl+J")
    robot.wait(lambda: any(one.status is Status.PROPOSED for one in robot.annotations))
    robot.press("Ctrl+Tab", "X", "Ctrl+J")
    robot.wait(lambda: any("nothing new" in one for one in window.messages.messages))
    assert not any(one.status is Status.PROPOSED for one in robot.annotations)


def test_a_worker_that_was_started_again_is_told_and_nothing_is_lost(robot):
    window = opened(robot)

    def dies_once(text):
        fake.restarts += 1
        return proposed(text)

    fake = with_worker(window, dies_once)
    robot.press("Ctrl+J")
    robot.wait(lambda: any("started again" in one for one in window.messages.messages))
    robot.wait(lambda: any(one.status is Status.PROPOSED for one in robot.annotations))


def test_loading_is_said_while_it_lasts(robot):
    window = opened(robot)
    with_worker(window).loaded = False
    robot.press("Ctrl+J")
    assert robot.sees("Loading the pipeline")
    robot.wait(lambda: not window.jobs.running)


def test_an_opened_article_is_asked_about_once_where_that_is_preferred(open_window):
    robot = open_window(suggest_on_opening=True)
    window = robot.window
    fake = with_worker(window)
    titles = [line.title for line in window.desk.library()]
    robot.open(titles[0])
    robot.wait(lambda: any(one.status is Status.PROPOSED for one in robot.annotations))
    robot.press("Ctrl+Z")
    robot.open(titles[1])
    robot.open(titles[0])
    robot.wait(lambda: not window.jobs.running)
    assert len(fake.asked) <= 2 and len(set(fake.asked)) == len(fake.asked)
    assert window.messages.messages == []


def test_nothing_is_asked_on_opening_unless_it_is_preferred(robot):
    fake = with_worker(robot.window)
    opened(robot)
    assert fake.asked == []


# The library


def current(desk):
    """The articles of which no newer version is there: one of the sample desk has one."""
    return [one for one in desk.library() if not desk.count(Article, supersedes=one.id)]


def say_yes(robot, *unticked: str):
    def answer(dialog):
        assert isinstance(dialog, LibraryDialog)
        for text in unticked:
            robot.click(text, within=dialog)
        robot.click("Suggest", within=dialog)

    robot.window.ask.dialogs.append(answer)


def test_the_whole_library_is_asked_about_as_a_job(robot):
    window = robot.window
    fake = with_worker(window, lambda text: proposed(text, "only English is read"))
    articles = current(window.desk)
    say_yes(robot, "Leave out what is annotated or reviewed")
    robot.press("Ctrl+Shift+J")
    robot.wait(lambda: any("suggestions in" in one for one in window.messages.messages))
    assert len(fake.asked) == len(articles)
    said = f"{len(articles)} suggestions in {len(articles)} articles, 1 left out."
    assert said in window.messages.messages
    assert robot.sees("Details…")
    assert all(line.proposed for line in current(window.desk))
    undone = window.desk.undoable
    robot.press("Ctrl+Z")
    assert "Suggestions for" in undone
    say_yes(robot, "Leave out what is annotated or reviewed")
    robot.press("Ctrl+Shift+J")
    left = f"1 suggestion in 1 article, {len(articles)} left out."
    robot.wait(lambda: left in window.messages.messages)


def test_a_cancelled_run_keeps_what_came(robot):
    window, going = robot.window, threading.Event()

    def answer(text):
        if len(fake.asked) > 1:
            going.set()
            threading.Event().wait(0.05)
        return proposed(text)

    fake = with_worker(window, answer)
    say_yes(robot, "Leave out what is annotated or reviewed")
    robot.press("Ctrl+Shift+J")
    robot.wait(going.is_set)
    window.jobs.running[0].cancel()
    robot.wait(lambda: any("Stopped; what came is kept" in one for one in window.messages.messages))
    assert sum(line.proposed > 0 for line in window.desk.library()) == len(fake.asked)


def test_one_broken_article_does_not_hold_up_the_others(robot):
    window = robot.window

    def answer(text):
        if len(fake.asked) == 1:
            raise NewsdeskError("There is not enough memory for these suggestions.")
        return proposed(text)

    fake = with_worker(window, answer)
    say_yes(robot, "Leave out what is annotated or reviewed")
    robot.press("Ctrl+Shift+J")
    robot.wait(lambda: any("1 problem" in one for one in window.messages.messages))
    assert len(fake.asked) == len(current(window.desk))


def test_the_most_uncertain_articles_come_first(robot):
    window = robot.window
    lines = current(window.desk)[:3]
    for line, sure in zip(lines, (0.9, 0.5, 0.7), strict=True):
        article = window.desk.article(line.id)
        item = Proposal((Span(0, 3),), Layer.HEDGE, "HEDGE", sure, "test")
        take_proposals(window.desk, article, Proposals((item,), origin="pipe 1"))
    model = window.annotate.library.model
    whole = model.rowCount()
    robot.press("Ctrl+U")
    robot.wait(lambda: model.rowCount() == 3)
    shown = [model.row(at).line.id for at in range(3)]
    assert shown == [lines[1].id, lines[2].id, lines[0].id]
    assert robot.sees("3, unsure first")
    robot.press("Ctrl+U")
    robot.wait(lambda: model.rowCount() == whole)


def test_nothing_uncertain_is_said(robot):
    robot.press("Ctrl+U")
    robot.wait(lambda: robot.sees("so none is uncertain"))


# Thresholds


@pytest.fixture
def three(small):
    """The small desk with three suggestions, of 30, 60 and 90 per cent."""
    window = small.window
    article = window.annotate.open.article
    items = tuple(
        Proposal((Span(*span),), Layer.ENTITY, label, sure, "names")
        for span, label, sure in (
            ((0, 7), "PERSON", 0.9), ((12, 19), "PERSON", 0.3), ((23, 27), "PLACE", 0.6),
        )
    )  # fmt: skip
    take_proposals(window.desk, article, Proposals(items=items, origin="pipe 1"))
    small.rest()
    return small


def slide(robot, label: str, percent: int) -> None:
    panel = robot.window.suggesting.thresholds.panel
    found = next((k for k, v in robot.window.annotate.open.labels.items() if v.name == label), "")
    panel._rows[found][0].setValue(percent)
    robot.wait(lambda: not robot.window.suggesting.thresholds._soon.isActive())


def test_what_is_under_a_threshold_is_hidden_everywhere_and_counted(three):
    window = three.window
    scrolled = window.reader.verticalScrollBar().value()
    three.press("Ctrl+T")
    assert three.sees("Show suggestions from a confidence of")
    slide(three, "PERSON", 50)
    assert three.sees("2 suggestions waiting · 1 more below the threshold")
    assert three.sees("50 % · 1 of 2")
    slide(three, "", 70)
    assert three.sees("1 suggestion waiting · 2 more below the threshold")
    assert [one.quote for one in window.annotate.inspector.list.rows] == ["Ada Ray"]
    assert window.reader.annotations_at(13) == []
    assert window.reader.verticalScrollBar().value() == scrolled
    three.press("Esc")
    window.annotate.focus_reader()
    three.press("Ctrl+Tab")
    assert three.current.quote == "Ada Ray"
    three.press("Ctrl+Tab")
    assert three.current.quote == "Ada Ray"
    three.press("Shift+A")
    statuses = {one.quote: one.status for one in three.annotations}
    hidden = {"Bo Lund": Status.PROPOSED, "Oslo": Status.PROPOSED}
    assert statuses == {"Ada Ray": Status.ACCEPTED, **hidden}
    three.press("Ctrl+T")
    three.click("Show all")
    three.wait(lambda: three.sees("2 suggestions waiting"))


def test_a_current_suggestion_that_is_hidden_is_left(three):
    three.press("Ctrl+Tab")
    assert three.current is not None
    three.press("Ctrl+T")
    slide(three, "", 95)
    assert three.current is None


def test_thresholds_come_back_with_the_desk(open_window, tmp_path):
    from tests.ui.small_desk import make_desk
    from tests.window_fixtures import close

    place = tmp_path / "small.desk"
    make_desk(place).close()
    first = open_window(place, remember=True)
    first.open("Title 000")
    label = next(iter(first.window.annotate.open.codebook)).id
    first.window.suggesting.thresholds.set(label, 40)
    first.wait(lambda: not first.window.suggesting.thresholds._soon.isActive())
    close(first.window)
    again = open_window(place, remember=True)
    assert again.window.annotate.open.thresholds.of(label) == 40


def test_every_slider_and_choice_has_a_name(three):
    three.press("Ctrl+T")
    assert nameless(three.window.suggesting.thresholds.panel) == []
    dialog = LibraryDialog(three.window)
    assert nameless(dialog) == []
    three.press("Ctrl+2")
    assert not three.window.suggesting.thresholds.panel.isVisible()


# Many at once, part by part


def many(text: str) -> Proposals:
    items = tuple(
        Proposal((Span(at, at + 2),), Layer.HEDGE, "HEDGE", 0.7, "test") for at in range(0, 400, 4)
    )
    return Proposals(items, origin="en_test 1")


@pytest.fixture
def paused(robot, monkeypatch):
    """An article of which the first three of a hundred suggestions are shown."""
    monkeypatch.setattr("newsdesk.ui.hearing.PART", 3)
    left, onward = [1], Hearing._next

    def some(hearing: Hearing) -> None:
        if left[0]:
            left[0] -= 1
            onward(hearing)

    monkeypatch.setattr(Hearing, "_next", some)
    window = opened(robot)
    with_worker(window, many)
    robot.press("Ctrl+J")
    (run,) = window.suggesting.findChildren(SuggestionRun)
    robot.wait(lambda: not left[0])
    assert run._hearing._parts, "all came at once"
    yield robot, run._hearing
    left[0] = 1_000
    run._hearing._next()
    robot.wait(lambda: not window.suggesting.findChildren(SuggestionRun))
    assert gc.isenabled()
    assert not window.news.awaited
    shown = {one.id for one in window.annotate.open.annotations.values()}
    kept = window.desk.find(Annotation, article=window.annotate.open.article.id)
    assert shown == {one.id for one in kept}
    assert {one.id for one in window.reader.annotations} == shown
    waiting = sum(one.status is Status.PROPOSED for one in kept)
    assert window.annotate.open.waiting == waiting
    library = window.annotate.library.model
    line = library.row(library.row_of(window.annotate.open.article.id)).line
    assert line.proposed == waiting


def test_what_comes_part_by_part_is_complete_in_the_end(paused):
    robot, hearing = paused
    left = len(hearing._parts)
    assert robot.window.news.catch_up() == 0, "what is announced part by part is not read anew"
    assert len(hearing._parts) == left


def test_an_undo_between_two_parts_leaves_nothing_behind(paused):
    robot, hearing = paused
    robot.press("Ctrl+Z")
    assert not any(one.origin == "en_test 1/test" for one in robot.annotations)
    assert not any(part.edits for part, _ in hearing._parts)


def test_an_article_opened_between_two_parts_has_each_suggestion_once(paused):
    robot, _ = paused
    window = robot.window
    here = window.annotate.open.article
    other = next(line for line in window.desk.library() if line.id != here.id)
    window.annotate.open_article(other.id)
    window.annotate.open_article(here.id)


def test_a_row_read_anew_between_two_parts_counts_each_suggestion_once(paused):
    robot, _ = paused
    robot.window.annotate.library.model.reload()


def test_what_is_changed_between_two_parts_stays_changed(paused):
    robot, hearing = paused
    desk = robot.window.desk
    last = hearing._parts[-1][0].edits[-1].after
    accept(desk, [last])
    assert robot.window.annotate.open.annotations[last.id].status is Status.ACCEPTED
