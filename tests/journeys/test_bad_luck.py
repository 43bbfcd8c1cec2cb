"""What goes wrong under an editor's hands: all of it is said, and nothing is lost."""

from __future__ import annotations

import pytest

from newsdesk.desk import open_desk
from newsdesk.desk.annotating import annotate
from newsdesk.desk.articles import add_article, delete_articles
from newsdesk.desk.codebooks import delete_label, merge_labels, retire_label
from newsdesk.model import Annotation, Article, NewsdeskError, Span, new_article, replace
from newsdesk.ui.inspector.properties import Properties
from tests.ui.robot import Robot
from tests.ui.small_desk import first
from tests.window_fixtures import Opener


def tagged(robot: Robot, words: str, label: str = "PERSON") -> Annotation:
    desk = robot.window.desk
    article = first(desk)
    start = article.text.index(words)
    made = annotate(desk, article, desk.label(label), [(start, start + len(words))])
    robot.window.reader.set_current(made.id)
    robot.rest()
    return made


def test_500_marks_on_one_word(small: Robot) -> None:
    desk, reader = small.window.desk, small.window.reader
    article, start = first(desk), first(desk).text.index("Oslo")
    labels = ("PERSON", "PLACE", "QUOTE", "CLAIM", "SOURCE", "CUE", "HEDGE")
    with desk.change("Five hundred"):
        for n in range(500):
            label = desk.label(labels[n % len(labels)])
            annotate(desk, article, label, [(start, start + 4)])
    small.rest()
    assert len(reader.annotations) == 500
    under = reader.annotations_under(reader.box_of(Span(start, start + 4)).center().toPoint())
    assert len(under) == 500
    # Claims beyond the fourth lane are counted at the line's end.
    claims = sum(one.label == desk.label("CLAIM").id for one in reader.annotations)
    block = reader._page.document.begin().blockNumber()
    reader.viewport().repaint()
    words = [said for _, said, _ in reader._under._pictures[block].words]
    assert words == [f"+{claims - 4}"]
    small.point_at("Oslo")
    seen = set()
    for _ in range(500):
        seen.add(small.current.id)
        reader.cycle_overlaps()
    assert len(seen) == 500
    small.press("Ctrl+Z")
    assert reader.annotations == []


def test_a_label_retired_while_its_annotation_is_selected(small: Robot) -> None:
    desk = small.window.desk
    made = tagged(small, "Bo Lund")
    retire_label(desk, desk.label("PERSON"))
    small.rest()
    assert small.current == made
    assert small.tagged("Bo Lund") == ["PERSON"]
    assert small.sees("PERSON", within=small.window.annotate.inspector.heading)
    # Its key tags nothing more; what is selected can still be changed and undone.
    small.window.reader.select_span(Span(0, 3))
    small.press("1")
    assert small.tagged("Ada") == []
    small.window.reader.set_current(made.id)
    small.press("d")
    assert small.tagged("Bo Lund") == []
    small.press("Ctrl+Z", "Ctrl+Z")
    assert not desk.label("PERSON").retired
    small.window.reader.select_span(Span(0, 3))
    small.press("1")
    assert small.tagged("Ada") == ["PERSON"]


def test_a_label_in_use_is_not_deleted_under_a_selected_annotation(small: Robot) -> None:
    desk = small.window.desk
    made = tagged(small, "Bo Lund")
    with pytest.raises(NewsdeskError, match="retire it, or merge it"):
        delete_label(desk, desk.label("PERSON"))
    small.rest()
    assert small.current == made


def test_a_label_deleted_by_force_leaves_a_grey_mark_that_says_so(small: Robot) -> None:
    desk = small.window.desk
    made = tagged(small, "Bo Lund")
    gone = desk.label("PERSON")
    # Not by a verb, as another program might: what is shown must hold all the same.
    small.window.annotate.open.labels.pop(gone.id)
    small.window.reader.set_labels(small.window.annotate.open.labels)
    properties = small.window.annotate.inspector.findChild(Properties)
    properties.show_annotation(made)
    small.rest()
    assert small.current == made
    assert small.sees("label gone", within=small.window.annotate.inspector.heading)
    assert "?" in small.window.reader._context.spoken(made)


def test_a_label_merged_into_another_while_selected(small: Robot) -> None:
    desk = small.window.desk
    made = tagged(small, "Bo Lund")
    merge_labels(desk, desk.label("PLACE"), desk.label("PERSON"))
    small.rest()
    assert small.current.id == made.id
    assert small.tagged("Bo Lund") == ["PLACE"]
    assert small.sees("PLACE", within=small.window.annotate.inspector.heading)
    small.press("Ctrl+Z")
    assert small.tagged("Bo Lund") == ["PERSON"]


def test_an_article_superseded_while_open_says_so_and_leads_on(small: Robot) -> None:
    desk, old = small.window.desk, first(small.window.desk)
    tagged(small, "Bo Lund")
    for title in ("Second version", "Third version"):
        last = desk.find(Article)[-1] if title.startswith("Third") else old
        newer = new_article(f"{title}. Bo Lund left.", title=title)
        add_article(desk, replace(newer, supersedes=last.id))
        small.rest()
        assert [title in said for said in small.window.messages.messages] == [True]
    small.click("Go to the new version")
    assert small.window.annotate.open.article.title == "Third version"
    assert small.window.messages.messages == []
    small.press("Alt+Left")
    assert small.window.annotate.open.article.id == old.id
    assert small.sees("newer version, “Third version”")
    assert small.tagged("Bo Lund") == ["PERSON"]
    # Undo takes the versions away again, and with them what was said.
    small.press("Ctrl+Z", "Ctrl+Z")
    assert small.window.messages.messages == []


def test_an_article_deleted_while_open(small: Robot) -> None:
    desk = small.window.desk
    tagged(small, "Bo Lund")
    delete_articles(desk, [first(desk).id])
    small.rest()
    assert small.window.reader.article is None
    assert small.current is None
    assert small.sees("no longer on the desk")
    assert small.window.annotate.inspector.list.rows == []
    small.press("Ctrl+Z")
    small.open("Title 000")
    assert small.tagged("Bo Lund") == ["PERSON"]


def test_two_windows_and_the_article_goes_in_one(
    open_window: Opener, small: Robot, tmp_path
) -> None:
    place = tmp_path / "small.desk"
    other = open_window(place, author="Grace")
    other.open("Title 000")
    made = tagged(small, "Bo Lund")
    other.wait(lambda: other.tagged("Bo Lund") == ["PERSON"], "the tag did not come over")
    other.window.reader.set_current(made.id)
    delete_articles(small.window.desk, [first(small.window.desk).id])
    small.rest()
    other.wait(lambda: other.window.reader.article is None, "the deletion did not come over")
    assert other.sees("no longer on the desk")
    assert other.current is None
    small.press("Ctrl+Z")
    desk = open_desk(place, "Eve")
    assert desk.count(Annotation) == 1
    desk.close()
