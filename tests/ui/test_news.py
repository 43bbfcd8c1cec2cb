"""The news: every revision once, to those that still listen."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QObject

from newsdesk.desk import create_desk, open_desk
from newsdesk.desk.articles import add_article
from newsdesk.model import NewsdeskError, new_article
from newsdesk.ui.news import News


@pytest.fixture
def desk(tmp_path):
    made = create_desk(tmp_path / "a.desk", "Ada")
    yield made
    made.close()


class Listener(QObject):
    def __init__(self, news: News) -> None:
        super().__init__()
        self.heard: list[str] = []
        news.revised.connect(self.hear)

    def hear(self, revision) -> None:
        self.heard.append(revision.title)


def test_a_revision_is_heard_by_the_living_alone(qapp, desk) -> None:
    news = News(desk)
    alive, dead = Listener(news), Listener(news)
    shiboken6.delete(dead)
    add_article(desk, new_article("Text.", title="One"))
    assert alive.heard == ["Import “One”"]
    assert dead.heard == []


def test_nothing_is_heard_after_the_end(qapp, desk) -> None:
    news = News(desk)
    listener = Listener(news)
    news.stop()
    add_article(desk, new_article("Text.", title="One"))
    assert listener.heard == []


def test_another_program_s_revisions_are_caught_up_with(qtbot, desk, tmp_path) -> None:
    news = News(desk)
    listener = Listener(news)
    news.start()
    other = open_desk(tmp_path / "a.desk", "Ben")
    add_article(other, new_article("Text.", title="Two"))
    other.close()
    qtbot.waitUntil(lambda: listener.heard == ["Import “Two”"], timeout=10_000)
    news.stop()


def test_the_same_trouble_is_said_once(qapp, desk, monkeypatch) -> None:
    news = News(desk)
    said: list[str] = []
    news.failed.connect(said.append)

    def fail() -> int:
        raise NewsdeskError("The disk does not answer.")

    monkeypatch.setattr(desk, "catch_up", fail)
    for _ in range(3):
        assert news.catch_up() == 0
    assert said == ["The disk does not answer."]
