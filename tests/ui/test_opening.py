"""Opening articles: a very large one is read on another thread, and shown whole or not at all."""

from __future__ import annotations

import pytest

from newsdesk.desk.annotating import annotate
from newsdesk.desk.articles import add_article, delete_articles
from newsdesk.model import Annotation, Article, Span, new_article
from newsdesk.ui import opening
from tests.ui.robot import Robot

WORDS = "Ada Ray spoke of the harbour again.\n"


@pytest.fixture
def large(small: Robot, monkeypatch: pytest.MonkeyPatch) -> Robot:
    """A person with an ordinary article open; on the desk are two that count as very large."""
    monkeypatch.setattr(opening, "LONG", 2_000)
    desk = small.window.desk
    for title in ("Minutes", "Annals"):
        article = add_article(desk, new_article(title + "\n" + WORDS * 100, title=title))
        start = article.text.index("Ada Ray", 1_500)
        annotate(desk, article, desk.label("PERSON"), [(start, start + 7)])
    small.rest()
    return small


def id_of(robot: Robot, title: str) -> str:
    return robot.window.desk.find(Article, title=title)[0].id


def test_what_was_open_stays_until_all_of_it_is_there(large: Robot) -> None:
    annotate_room = large.window.annotate
    assert annotate_room.open_article(id_of(large, "Minutes"))
    assert large.sees("Ada Ray met Bo Lund")  # and can be worked on
    assert annotate_room.open.article.title == "Title 000"
    large.rest()
    assert large.sees("Ada Ray spoke of the harbour again.")
    assert annotate_room.open.article.title == "Minutes"
    assert large.sees("Ada Ray", within=annotate_room.inspector.list)
    assert [one.quote for one in large.window.reader.annotations] == ["Ada Ray"]
    large.press("Alt+Left")
    assert large.sees("Ada Ray met Bo Lund")


def test_of_several_only_the_last_is_shown(large: Robot) -> None:
    room = large.window.annotate
    room.open_article(id_of(large, "Minutes"))
    room.open_article(id_of(large, "Annals"))
    large.rest()
    assert room.open.article.title == "Annals"
    room.open_article(id_of(large, "Minutes"))
    room.open_article(id_of(large, "Title 001"))  # an ordinary one, there at once
    assert room.open.article.title == "Title 001"
    large.rest()
    assert room.open.article.title == "Title 001"
    room.open_article(id_of(large, "Minutes"))
    room.open_article(id_of(large, "Title 001"))  # the one that is open: it stays
    large.rest()
    assert room.open.article.title == "Title 001"


def test_it_opens_at_an_annotation_that_was_asked_for(large: Robot) -> None:
    there = id_of(large, "Annals")
    (mark,) = large.window.desk.find(Annotation, article=there)
    large.window.annotate.read(there, mark.id)
    large.rest()
    assert large.window.reader.current == mark
    assert large.window.reader.box_of(mark.spans[0]).top() > 0


def test_what_changes_while_it_is_read_is_shown_too(large: Robot) -> None:
    desk, there = large.window.desk, id_of(large, "Minutes")
    large.window.annotate.open_article(there)
    annotate(desk, desk.article(there), desk.label("PLACE"), [(0, 7)])
    large.rest()
    assert {one.quote for one in large.window.reader.annotations} == {"Minutes", "Ada Ray"}


def test_one_that_goes_while_it_is_read_is_said_and_what_was_open_stays(large: Robot) -> None:
    there = id_of(large, "Minutes")
    large.window.annotate.open_article(there)
    delete_articles(large.window.desk, [there])
    large.rest()
    assert large.window.annotate.open.article.title == "Title 000"
    assert large.sees("There is no article")


def test_the_window_comes_back_to_its_place(large: Robot) -> None:
    from newsdesk.ui.remembering import go_to, place_of

    room = large.window.annotate
    room.open_article(id_of(large, "Annals"))
    large.rest()
    words = Span(1_800, 1_807)
    room.show_found(words)
    large.rest()
    place = place_of(room)
    room.open_article(id_of(large, "Title 001"))
    go_to(room, place)
    large.rest()
    assert room.open.article.title == "Annals"
    assert room.reader.selection() == (words,) or room.reader.selection()[0].overlaps(words)


def test_the_row_of_the_open_article_is_marked_though_the_cursor_was_on_it(small: Robot) -> None:
    from PySide6.QtCore import Qt

    view = small.window.annotate.library.view
    small.press("Ctrl+Shift+F")
    view.setFocus(Qt.FocusReason.TabFocusReason)
    other = id_of(small, "Title 001")
    view.selectionModel().setCurrentIndex(
        view.model().index(small.window.annotate.library.model.row_of(other), 0),
        view.selectionModel().SelectionFlag.NoUpdate,
    )
    view.clearSelection()
    small.press("Return")
    assert small.window.annotate.open.article.id == other
    assert small.window.annotate.library.picked == (other,)


def test_the_list_of_another_article_begins_at_its_beginning(large: Robot) -> None:
    room, desk = large.window.annotate, large.window.desk
    for title in ("Minutes", "Annals"):
        article = desk.article(id_of(large, title))
        with desk.change("Tag much"):
            for n in range(60):
                at = 36 * n + 20
                annotate(desk, article, desk.label("PLACE"), [(at, at + 3)])
    room.open_article(id_of(large, "Minutes"))
    large.rest()
    bar = room.inspector.list.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    room.open_article(id_of(large, "Annals"))
    large.rest()
    assert bar.value() == 0
