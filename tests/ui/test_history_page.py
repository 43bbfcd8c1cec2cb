"""The inspector's History tab: what was done to the article, or to the annotation selected."""

from newsdesk.desk.annotating import annotate, write_note
from newsdesk.desk.articles import retitle
from newsdesk.model import replace
from tests.ui.small_desk import first


def tagged(desk, words):
    article = first(desk)
    start = article.text.index(words)
    return annotate(desk, article, desk.label("PERSON"), [(start, start + len(words))])


def show_history(robot):
    inspector = robot.window.annotate.inspector
    inspector.tabs.setCurrentWidget(inspector.history)
    robot.rest()
    return inspector.history


def titles(page):
    return [page.model.choice(row).text for row in range(page.model.rowCount())]


def test_the_article_s_changes_stand_newest_first_with_author_and_time(small):
    desk = small.window.desk
    one = tagged(desk, "Bo Lund")
    write_note(desk, one, "Look him up")
    desk.author = "Grace"
    retitle(desk, first(desk).id, "Another title")
    page = show_history(small)
    found = [page.model.choice(row) for row in range(page.model.rowCount())]
    logged = [one.title for one in desk.log(limit=3)]
    assert titles(page)[:3] == logged
    assert [line.detail for line in found[:3]] == ["Grace", "Ada", "Ada"]
    assert [line.value.seq for line in found] == sorted(
        (line.value.seq for line in found), reverse=True
    )
    assert all(len(line.key) == len("2026-01-01 12:00") for line in found)
    # The article's own birth is the oldest.
    assert found[-1].text == "Set up"


def test_a_selected_annotation_has_its_own(small):
    desk = small.window.desk
    one = tagged(desk, "Bo Lund")
    write_note(desk, one, "Look him up")
    tagged(desk, "Ada Ray")
    page = show_history(small)
    small.window.reader.set_current(one.id)
    small.rest()
    assert titles(page) == [entry.title for entry, _ in reversed(desk.history(one.id))]
    assert len(titles(page)) == 2
    assert small.sees("2 changes of the selected annotation", within=page)
    small.window.reader.set_current(None)
    small.rest()
    assert len(titles(page)) > 2


def test_it_follows_what_is_done(small):
    desk = small.window.desk
    page = show_history(small)
    before = len(titles(page))
    one = tagged(desk, "Oslo")
    small.rest()
    assert len(titles(page)) == before + 1
    desk.undo()
    small.rest()
    assert one.id not in small.window.annotate.open.annotations
    # Of another article nothing is told.
    with desk.change("Elsewhere"):
        other = next(a for a in desk.library() if a.title == "Title 001")
        desk.put(replace(desk.article(other.id), title="Else"))
    small.rest()
    assert "Elsewhere" not in titles(page)
