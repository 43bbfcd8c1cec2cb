"""The Entities workspace: what is seen of the register, and what its keys do."""

from __future__ import annotations

from threading import Event, Timer

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from newsdesk.desk.annotating import annotate
from newsdesk.desk.knowledge import bases, import_knowledge
from newsdesk.desk.register import link_entity, new_entity
from newsdesk.model import Annotation, Article, Entity
from newsdesk.ui.entities.asking import Asking
from tests.ui.robot import Robot
from tests.ui.test_accessibility import nameless
from tests.ui.test_language import pseudo as pseudo

BASE = "Q1\tAda Ray\tA. Ray\thuman\ta poet\nbroken\nQ2\tOslo\tChristiania\tcity\ta capital\n"


def mark(desk, words, nth=0, label="PERSON", title="Title 000"):
    article = desk.find(Article, title=title)[0]
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(words, start + 1)
    return annotate(desk, article, desk.label(label), [(start, start + len(words))])


@pytest.fixture
def at(small: Robot) -> Robot:
    """A person in the workspace, with two people and a place in the register."""
    desk = small.window.desk
    ada = new_entity(desk, "Ada Ray", "PERSON", aliases=("A. Ray",))
    bo = new_entity(desk, "Bo Lund", "PERSON")
    new_entity(desk, "Oslo", "PLACE")
    link_entity(desk, [mark(desk, "Ada Ray"), mark(desk, "Ray", 1)], ada)
    link_entity(desk, [mark(desk, "Bo Lund")], bo)
    small.press("Ctrl+3")
    small.wait(lambda: space(small).register.model.rowCount() == 3)
    return small


def space(robot):
    return robot.window.workspaces["entities"]


def names(robot):
    model = space(robot).register.model
    return [model.line(row).name for row in range(model.rowCount())]


def choose(robot, *wanted):
    view = space(robot).register.view
    for number, name in enumerate(wanted):
        row = names(robot).index(name)
        place = view.visualRect(view.model().index(row, 0)).center()
        held = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, place)
    robot.rest()


def state(desk):
    return {one.id: one for kind in (Entity, Annotation) for one in desk.find(kind)}


def test_the_register_is_shown_with_its_counts_sorted_and_narrowed(at: Robot):
    assert at.sees("3 entities")
    assert names(at) == ["Ada Ray", "Bo Lund", "Oslo"]
    model = space(at).register.model
    cells = [model.index(0, column).data() for column in range(6)]
    assert cells == ["Ada Ray", "PERSON", "A. Ray", "2", "1", ""]
    space(at).register.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert names(at) == ["Oslo", "Bo Lund", "Ada Ray"]
    at.press("Ctrl+F")
    at.type("a. räy")
    at.wait(lambda: names(at) == ["Ada Ray"])
    assert at.sees("1 of 3 entities")
    at.type("zz")
    at.wait(lambda: at.sees("No entity matches"))
    at.press("Esc")
    at.wait(lambda: len(names(at)) == 3)


def test_an_entity_is_shown_with_its_mentions_and_a_click_reads_there(at: Robot):
    choose(at, "Ada Ray")
    assert at.sees("Mentions (2)")
    assert at.sees("Ada Ray met Bo Lund in Oslo.", within=space(at).pane)
    at.click("said Ray", within=space(at).pane.mentions)
    assert at.window.workspaces.current == "annotate"
    assert (at.current.quote, at.current.start) == ("Ray", at.window.reader.words.index("Ray. “"))


def test_fields_are_changed_where_they_stand(at: Robot):
    desk = at.window.desk
    choose(at, "Bo Lund")
    at.press("F2")
    at.type("Bo Lund-Berg")
    at.press("Return")
    at.wait(lambda: "Bo Lund-Berg" in names(at))
    at.press("Tab")
    at.press("Tab")
    at.type("Bo; Lund, Bo;; Bo")
    at.press("Tab")
    found = desk.find(Entity, name="Bo Lund-Berg")[0]
    assert found.aliases == ("Bo", "Lund, Bo")
    at.press("Ctrl+Z")
    assert desk.get(Entity, found.id).aliases == ()


def test_merging_asks_which_one_stays_and_is_undone(at: Robot):
    desk = at.window.desk
    choose(at, "Ada Ray", "Bo Lund")
    assert at.sees("2 entities are selected")
    before = state(desk)
    at.press("M")
    assert at.sees("Keep “Ada Ray”") and at.sees("Keep “Bo Lund”")
    at.press("Down")
    at.press("Return")
    at.wait(lambda: names(at) == ["Bo Lund", "Oslo"])
    kept = desk.find(Entity, name="Bo Lund")[0]
    assert kept.aliases == ("Ada Ray", "A. Ray")
    assert at.sees("Mentions (3)")
    at.press("Ctrl+Z")
    assert state(desk) == before
    at.wait(lambda: names(at) == ["Ada Ray", "Bo Lund", "Oslo"])


def test_one_entity_is_merged_with_another_that_is_searched(at: Robot):
    choose(at, "Bo Lund")
    at.press("M")
    at.type("ada")
    at.press("Return")
    assert at.sees("Keep “Ada Ray”")
    at.press("Return")
    at.wait(lambda: names(at) == ["Ada Ray", "Oslo"])


def test_mentions_are_split_off_by_keyboard_alone(at: Robot):
    desk = at.window.desk
    choose(at, "Ada Ray")
    before = state(desk)
    at.press("F6", "F6")
    assert [line.words for line in space(at).pane.mentions.chosen] == ["Ada Ray"]
    at.press("Down")
    assert at.window.focusWidget() is space(at).pane.mentions
    at.press("S")
    at.type("Eva Ray")
    at.press("Return")
    at.wait(lambda: "Eva Ray" in names(at))
    assert at.sees("Mentions (1)")
    assert [line.mentions for line in space(at).register.selected] == [1]
    at.press("Ctrl+Z")
    assert state(desk) == before


def test_unlinked_mentions_are_shown_before_they_are_linked(at: Robot):
    desk = at.window.desk
    loose = mark(desk, "Oslo", label="PLACE"), mark(desk, "Oslo", 1, label="PLACE")
    choose(at, "Oslo")
    at.wait(lambda: at.sees("Not linked (2)"))
    at.press("L")
    assert desk.get(Annotation, loose[0].id).entity is None
    assert at.sees("she said of Oslo")
    at.press("L")
    at.wait(lambda: at.sees("Mentions (2)"))
    assert at.sees("2 mentions linked, as one step")
    at.press("Ctrl+Z")
    assert desk.get(Annotation, loose[0].id).entity is None


def test_a_late_answer_is_not_shown_for_another_entity(at: Robot):
    desk = at.window.desk
    mark(desk, "Oslo", label="PLACE")
    choose(at, "Oslo")
    at.wait(lambda: at.sees("Not linked (1)"))
    oslo, found = space(at).pane.entity, space(at).pane.found
    choose(at, "Bo Lund")
    assert space(at).pane.found == []
    space(at).pane.show_loose(oslo, found)
    assert space(at).pane.found == []
    assert not at.sees("Link this mention")


def test_a_new_entity_and_its_end(at: Robot):
    at.press("N")
    at.type("Cy Dahl")
    at.press("Return")
    at.wait(lambda: "Cy Dahl" in names(at))
    assert [line.kind for line in space(at).register.selected] == ["PERSON"]
    at.press("D")
    at.wait(lambda: "Cy Dahl" not in names(at))
    at.press("N")
    at.type("Bo Lund")
    assert any(one.key == "exists" for one in space(at).doing.chooser.choices)
    at.press("Esc")


def test_proposals_are_accepted_and_dismissed_by_one_key_each(at: Robot):
    desk = at.window.desk
    new_entity(desk, "ADA RAY", "PERSON")
    new_entity(desk, "BO LUND", "PERSON")
    at.press("Alt+2")
    proposals = space(at).proposals
    at.wait(lambda: proposals.model.rowCount() == 2)
    assert at.sees("“ADA RAY” is Ada Ray")
    at.press("X")
    assert proposals.model.rowCount() == 1
    at.press("A")
    assert len([one for one in desk.find(Entity) if one.merged_into]) == 1
    at.wait(lambda: at.sees("No two names look as if"))
    at.press("Ctrl+Z")
    at.press("Ctrl+Z")
    at.wait(lambda: proposals.model.rowCount() == 2)


def test_a_knowledge_base_is_imported_searched_linked_and_dropped(at: Robot, tmp_path):
    desk = at.window.desk
    path = tmp_path / "people.tsv"
    path.write_text(BASE, encoding="utf-8")
    at.press("Alt+3")
    assert at.sees("No knowledge base yet")
    at.window.ask.paths.append(path)
    at.click("Import", within=space(at).bases)
    at.wait(lambda: at.sees("people: 2 entries imported, 1 broken line left out."))
    seen = []
    at.window.ask.dialogs.append(lambda dialog: seen.extend(at.shown(dialog)))
    at.click("Details…")
    assert any("people.tsv, line 2: the line has no tab" in text for text in seen)
    at.wait(lambda: space(at).bases.model.rowCount() == 1)
    at.press("Alt+1")
    choose(at, "Ada Ray")
    at.press("K")
    assert [one.key for one in space(at).doing.chooser.choices] == ["Q1"]
    at.press("Return")
    at.wait(lambda: at.sees("Q1: Ada Ray · a poet"))
    assert desk.find(Entity, kb_id="Q1")[0].name == "Ada Ray"
    at.press("Shift+K")
    at.wait(lambda: not desk.find(Entity, kb_id="Q1"))
    at.press("Alt+3")
    at.click("Drop", within=space(at).bases)
    assert bases(desk) == []
    at.press("Ctrl+Z")
    assert [one.name for one in bases(desk)] == ["people"]


def test_nothing_is_written_while_an_import_is(at: Robot):
    choose(at, "Bo Lund")
    at.press("F2")
    at.type("Bo Berg")
    at.window.filing.set_busy(True)
    at.press("Return")
    assert at.sees("Other work is being written to the desk; this can be changed after it")
    at.window.filing.set_busy(False)
    assert "Bo Lund" in [one.name for one in at.window.desk.find(Entity)]


def test_a_broken_file_is_refused_and_nothing_is_kept(at: Robot, tmp_path):
    path = tmp_path / "bad.tsv"
    path.write_text("one\ntwo\n")
    at.window.ask.paths.append(path)
    at.press("Alt+3")
    at.click("Import", within=space(at).bases)
    at.wait(lambda: at.sees("bad.tsv holds no entry of a knowledge base"))
    assert bases(at.window.desk) == []


def test_the_empty_register_says_what_to_do(small: Robot):
    small.press("Ctrl+3")
    small.wait(lambda: small.sees("Nobody is in the register yet"))
    small.press("Alt+2")
    small.wait(lambda: small.sees("No two names look as if"))
    small.press("Alt+1")
    small.press("N")
    small.type("Cy Dahl")
    small.press("Return")
    small.wait(lambda: names(small) == ["Cy Dahl"])


def test_what_others_change_is_seen_and_the_selection_stays(at: Robot):
    desk = at.window.desk
    choose(at, "Bo Lund")
    new_entity(desk, "Abe", "PERSON")
    link_entity(desk, [mark(desk, "Lund")], new_entity(desk, "Zed", "PERSON"))
    at.wait(lambda: "Abe" in names(at))
    assert [line.name for line in space(at).register.selected] == ["Bo Lund"]
    at.press("Ctrl+1")
    link_entity(desk, desk.find(Annotation), None)
    at.press("Ctrl+3")
    assert {line.mentions for line in map(space(at).register.model.line, range(5))} == {0}


def test_every_widget_has_a_name_and_every_text_is_translated(small: Robot, pseudo):
    for number in range(1, 4):
        small.press("Ctrl+3", "Alt+1")
        new_entity(small.window.desk, f"Ada Ray {number}", "PERSON")
        small.wait(lambda number=number: space(small).register.model.rowCount() == number)
        choose(small, "Ada Ray 1")
        small.press(f"Alt+{number}")
        assert nameless(space(small)) == []
        plain = [
            widget.text()
            for widget in space(small).findChildren(QWidget)
            if isinstance(widget, QLabel | QAbstractButton) and widget.isVisible()
            if widget.text() and "[" not in widget.text() and not widget.text().isdigit()
        ]
        assert plain == []
        bars = (space(small).tabs.tabBar(), space(small).pane.tabs.tabBar())
        assert all(bar.tabText(at).startswith("[") for bar in bars for at in range(bar.count()))


def test_tab_comes_round_in_the_workspace(at: Robot):
    choose(at, "Ada Ray")
    seen = []
    for _ in range(30):
        at.press("Tab")
        seen.append(at.window.focusWidget())
    wanted = (space(at).register.view, space(at).pane.first_field, space(at).pane.mentions)
    assert all(widget in seen for widget in wanted)
    assert seen.count(space(at).register.view) >= 2


# In the reader


def test_candidates_of_the_knowledge_base_come_after_the_register_s_own(small: Robot, tmp_path):
    desk = small.window.desk
    path = tmp_path / "people.tsv"
    path.write_text(BASE, encoding="utf-8")
    import_knowledge(desk, path)
    new_entity(desk, "Ada Ray the elder", "PERSON")
    one = mark(desk, "Ada Ray")
    small.window.reader.set_current(one.id, scroll=True)
    small.window.reader.setFocus()
    small.press("E")
    choices = small.window.annotate.popups.chooser.choices
    assert [(choice.text, choice.key) for choice in choices] == [
        ("Ada Ray the elder", ""),
        ("Ada Ray", "Q1"),
        ("Create “Ada Ray”", ""),
    ]
    steps = len(desk.log())
    small.press("Down")
    small.press("Return")
    made = desk.find(Entity, kb_id="Q1")[0]
    assert (made.name, made.kind, made.description) == ("Ada Ray", "PERSON", "a poet")
    assert desk.get(Annotation, one.id).entity == made.id
    assert len(desk.log()) == steps + 1


def test_a_link_goes_to_all_mentions_of_the_name_as_one_step(small: Robot):
    desk = small.window.desk
    marks = [mark(desk, "Oslo", label="PLACE"), mark(desk, "Oslo", 1, label="PLACE")]
    far = mark(desk, "Oslo", label="PLACE", title="Title 001")
    reader = small.window.reader
    reader.set_current(marks[0].id, scroll=True)
    reader.setFocus()
    small.press("Shift+E")
    assert small.sees("Link this mention first")
    link_entity(desk, marks[:1], new_entity(desk, "Oslo", "PLACE"))
    small.press("Shift+E")
    assert small.sees("Link the one mention")
    small.press("Down")
    assert small.window.annotate.popups.chooser.choices[1].text == "Look in all articles…"
    small.press("Return")
    assert small.sees("Link all 2 mentions")
    steps = len(desk.log())
    small.press("Return")
    assert len(desk.log()) == steps + 1
    entity = desk.find(Entity)[0].id
    assert {desk.get(Annotation, one.id).entity for one in (*marks, far)} == {entity}
    small.press("Ctrl+Z")
    assert desk.get(Annotation, far.id).entity is None


def test_questions_that_wait_are_dropped_when_the_window_closes(small: Robot) -> None:
    asking = Asking(small.window.place, "Ada", small.window)
    begun, go_on, asked, told = Event(), Event(), [], []

    def slow(_):
        begun.set()
        assert go_on.wait(10)

    asking._jobs._pool.setMaxThreadCount(1)
    asking.ask("slow", slow, told.append)
    asking.ask("register", asked.append, told.append)
    asking.ask("loose", asked.append, told.append)
    assert begun.wait(10)
    Timer(0.05, go_on.set).start()
    asking.stop()
    small.rest()
    assert (asked, told) == ([], [])
