"""The inspector's Entities tab: what the open article mentions."""

from newsdesk.desk.annotating import annotate
from newsdesk.desk.register import link_entity, new_entity
from newsdesk.model import Annotation
from tests.ui.small_desk import first


def mention(desk, words, label="PERSON", nth=0):
    article = first(desk)
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(words, start + 1)
    return annotate(desk, article, desk.label(label), [(start, start + len(words))])


def show_entities(robot):
    tabs = robot.window.annotate.inspector.tabs
    tabs.setCurrentWidget(robot.window.annotate.inspector.entities)
    robot.rest()
    return robot.window.annotate.inspector.entities


def test_the_tab_lists_what_the_article_mentions(small):
    desk = small.window.desk
    page = show_entities(small)
    assert small.sees("mentions nobody and nothing yet", within=page)
    both = [mention(desk, "Ray", nth=0), mention(desk, "Ray", nth=1)]
    mention(desk, "Bo Lund")
    link_entity(desk, both, new_entity(desk, "Ada Ray", "PERSON"))
    small.rest()
    shown = [page.model.choice(row) for row in range(page.model.rowCount())]
    assert [(one.text, one.detail, one.key) for one in shown] == [
        ("Ada Ray", "PERSON", "2"),
        ("Bo Lund", "PERSON · not linked", "1"),
    ]
    assert small.sees("1 entity, 1 not linked", within=page)


def test_a_click_shows_the_mentions_one_after_the_other(small):
    desk = small.window.desk
    both = [mention(desk, "Ray", nth=0), mention(desk, "Ray", nth=1)]
    link_entity(desk, both, new_entity(desk, "Ada Ray", "PERSON"))
    page = show_entities(small)
    seen = []
    for _ in range(3):
        small.click("Ada Ray", within=page.view)
        seen.append(small.current.id)
    assert seen == [both[0].id, both[1].id, both[0].id]


def test_a_page_behind_another_is_read_when_it_is_seen(small):
    inspector = small.window.annotate.inspector
    mention(small.window.desk, "Bo Lund")
    small.rest()
    assert inspector.entities.model.rowCount() == 0
    assert len(small.window.desk.find(Annotation)) == 1
    assert show_entities(small).model.rowCount() == 1
