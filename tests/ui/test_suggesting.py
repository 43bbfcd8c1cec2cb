"""Suggestions in the window: asked with one key, they wait, and are decided with one key."""

from __future__ import annotations

import pytest

from newsdesk.model import Layer, NewsdeskError, Span, Status
from newsdesk.suggest import Proposals
from newsdesk.suggest.proposals import Proposal


def proposed(text: str, notice: str = "") -> Proposals:
    start = text.index("the")
    span = (Span(start, start + 3),)
    item = Proposal(span, Layer.ENTITY, "PERSON", 0.7, "test")
    return Proposals(items=(item,), origin="en_test 1", notice=notice)


def test_a_key_asks_and_the_marks_come_in_without_moving_the_text(robot, monkeypatch):
    window = robot.window
    robot.open(next(iter(window.desk.library())).title)
    scrolled = window.reader.verticalScrollBar().value()
    asked = []

    def answer(text, waiting=None):
        asked.append(text)
        return proposed(text, "only English is read")

    monkeypatch.setattr(window.suggesting.worker, "suggest", answer)
    robot.press("Ctrl+J")
    robot.wait(lambda: any(one.origin == "en_test 1/test" for one in robot.annotations))
    assert asked == [window.annotate.open.article.text]
    assert window.reader.verticalScrollBar().value() == scrolled
    waiting = [one for one in robot.annotations if one.status is Status.PROPOSED]
    assert [one.quote for one in waiting] == ["the"]
    assert "only English is read" in window.messages.messages
    robot.press("Ctrl+Z")
    assert not any(one.status is Status.PROPOSED for one in robot.annotations)


def test_what_went_wrong_is_said_and_it_can_be_asked_again(robot, monkeypatch):
    window = robot.window
    robot.open(next(iter(window.desk.library())).title)

    def refuse(text, waiting=None):
        raise NewsdeskError("The pipeline is broken.")

    monkeypatch.setattr(window.suggesting.worker, "suggest", refuse)
    robot.press("Ctrl+J")
    robot.wait(lambda: "The pipeline is broken." in window.messages.messages)
    monkeypatch.setattr(window.suggesting.worker, "suggest", lambda text, waiting: Proposals())
    robot.press("Ctrl+J")
    robot.wait(lambda: any("nothing new" in one for one in window.messages.messages))


@pytest.mark.parametrize("gone", [True, False])
def test_an_answer_for_an_article_that_is_gone_is_dropped(robot, gone):
    window = robot.window
    robot.open(next(iter(window.desk.library())).title)
    article = window.annotate.open.article
    before = len(window.desk.log())
    from newsdesk.desk.articles import add_article, delete_articles
    from newsdesk.model import new_article

    if gone:
        delete_articles(window.desk, [article.id])
    else:
        add_article(window.desk, new_article("Newer.", title="n", supersedes=article.id))
    window.suggesting._take(article, proposed(article.text))
    assert len(window.desk.log()) == before + 1
