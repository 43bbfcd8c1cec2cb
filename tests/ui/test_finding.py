"""The panel of what was found: filters, a lazy list with ticks, and acts on all as one step."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton

from newsdesk.desk import finding
from newsdesk.desk.annotating import annotate
from newsdesk.model import Annotation, AnnotationFilter, ArticleFilter, NewsdeskError, Status
from newsdesk.ui import hearing
from newsdesk.ui.finding import acting
from tests.ui.robot import Robot
from tests.ui.test_accessibility import nameless


@pytest.fixture
def found(small: Robot) -> Robot:
    """A person at a desk with five suggestions in three articles."""
    desk = small.window.desk
    for number, line in enumerate(desk.library()):
        article = desk.article(line.id)
        start = article.text.index("Oslo")
        place, person = desk.label("PLACE"), desk.label("PERSON")
        confidence = 0.3 + number / 10
        annotate(desk, article, place, [(start, start + 4)], status=Status.PROPOSED,
                 origin="pipe", confidence=confidence)  # fmt: skip
        if number:
            annotate(desk, article, person, [(0, 3)], status=Status.PROPOSED)
    small.rest()
    return small


def listed(robot: Robot) -> list[str]:
    model = robot.window.annotate.finding.model
    robot.wait(lambda: robot.window.annotate.asking.idle)
    for row in range(len(model.keys)):
        model.need(row)
        robot.wait(lambda: robot.window.annotate.asking.idle)
    rows = [model.found(row) for row in range(len(model.keys))]
    return [f"{row.title}: {row.label.name} {row.words}" for row in rows if row]


def statuses(robot: Robot) -> list[Status]:
    return [one.status for one in robot.window.desk.find(Annotation)]


def test_annotations_of_all_articles_are_listed_and_opened(found: Robot) -> None:
    found.press("Ctrl+Shift+A")
    found.type("osl")
    found.wait(lambda: found.sees("3 found"))
    assert len(listed(found)) == 3
    assert all("PLACE Oslo" in row for row in listed(found))
    found.press("Enter", "Down")
    row = found.window.annotate.finding.view.currentIndex().row()
    wanted = found.window.annotate.finding.model.key(row)
    found.press("Enter")
    assert found.current is not None
    assert found.current.id == wanted
    assert found.focus is found.window.reader
    found.press("F4")
    assert found.current.id == found.window.annotate.finding.model.key((row + 1) % 3)
    found.press("Shift+F4")
    assert found.current.id == wanted


def test_what_is_ticked_is_accepted_as_one_step(found: Robot) -> None:
    found.press("Ctrl+Shift+A")
    found.wait(lambda: found.sees("5 found"))
    found.press("Down", "Space")
    assert found.sees("4 of 5 ticked")
    found.press("Shift+A")
    assert sorted(statuses(found)) == ["accepted"] * 4 + ["proposed"]
    assert found.sees("4 accepted; Undo takes all of them back")
    found.press("Ctrl+Z")
    assert set(statuses(found)) == {Status.PROPOSED}


def test_many_are_done_as_a_job_with_the_same_end(found: Robot, monkeypatch) -> None:
    monkeypatch.setattr(acting, "AT_ONCE", 0)
    monkeypatch.setattr(hearing, "PART", 2)
    steps = len(found.window.desk.log())
    found.press("Ctrl+Shift+A")
    found.wait(lambda: found.sees("5 found"))
    found.click("Reject")
    found.wait(lambda: not found.window.jobs.running)
    assert set(statuses(found)) == {Status.REJECTED}
    assert len(found.window.desk.log()) == steps + 1
    found.wait(lambda: found.sees("5 rejected"))
    found.wait(lambda: not found.window.filing.busy)
    lines = {line.title: line.proposed for line in found.window.desk.library()}
    rows = found.window.annotate.library.model._rows
    assert {row.line.title: row.line.proposed for row in rows} == lines, "counted once each"
    assert all(one.status is Status.REJECTED for one in found.annotations), "the page heard of it"
    found.press("Ctrl+Z")
    assert set(statuses(found)) == {Status.PROPOSED}


def test_a_job_that_is_cancelled_keeps_nothing(found: Robot, monkeypatch) -> None:
    go, elsewhere = threading.Event(), acting._elsewhere

    def later(*how):
        go.wait(30)  # or it is over before it is stopped
        return elsewhere(*how)

    monkeypatch.setattr(acting, "AT_ONCE", 0)
    monkeypatch.setattr(acting, "_elsewhere", later)
    found.press("Ctrl+Shift+A")
    found.wait(lambda: found.sees("5 found"))
    found.window.annotate.finding.bulk.delete()
    found.window.jobs.running[0].cancel()
    go.set()
    found.wait(lambda: not found.window.jobs.running)
    assert len(statuses(found)) == 5
    assert found.sees("nothing of it was kept")


def test_all_are_relabelled_linked_and_deleted(found: Robot) -> None:
    desk = found.window.desk
    found.press("Ctrl+Shift+A")
    found.type("oslo")
    found.wait(lambda: found.sees("3 found"))
    found.press("Enter", "Shift+L")
    assert "Relabel 3 as…" in found.shown()
    found.type("pers")
    found.press("Enter")
    assert desk.count(Annotation, label=desk.label("PERSON").id) == 5
    found.window.annotate.finding.view.setFocus()
    found.press("Shift+E", "Enter")
    assert found.sees("0 unlinked")
    found.window.annotate.finding.view.setFocus()
    found.press("Shift+D")
    found.wait(lambda: found.sees("Nothing was found"))
    assert desk.count(Annotation) == 2
    assert not any(button.isEnabled() for button, _ in found.window.annotate.finding._acts.values())


def test_the_list_follows_what_is_done_elsewhere(found: Robot) -> None:
    panel = found.window.annotate.finding
    panel.filters.set_filter(AnnotationFilter(statuses=(Status.PROPOSED,)))
    found.press("Ctrl+Shift+A")
    found.wait(lambda: found.sees("5 found"))
    found.press("Enter", "Space", "Enter", "A")
    found.wait(lambda: found.sees("4 found"))


def test_only_the_open_article_when_asked(found: Robot) -> None:
    found.menu("Edit", "Annotations of this article…")
    found.wait(lambda: found.sees("2 found"))
    found.open("Title 002")
    found.wait(lambda: found.sees("1 found"))
    found.press("Ctrl+Shift+A")
    found.wait(lambda: found.sees("5 found"))


def test_the_form_narrows_with_counts_and_by_keyboard_alone(found: Robot) -> None:
    panel = found.window.annotate.finding
    found.press("Ctrl+Shift+A")
    found.wait(lambda: found.sees("5 found"))
    panel.filters._button.setFocus()
    found.press("Space")
    form = panel.filters._form
    assert form is not None and form.isVisible()
    found.wait(lambda: "Outlet 1 (1)" in items(form._fields["articles.outlets"]))
    below = form._fields["confidence_below"]
    below.setFocus()
    found.type("x")
    found.press("Enter")
    assert found.sees("“x” is no number")
    assert form.isVisible()
    below.clear()
    found.type("45%")
    found.press("Enter")
    assert not form.isVisible()
    assert found.focus is panel.filters._button
    found.wait(lambda: found.sees("2 found"))
    chip = next(one for one in panel.findChildren(QToolButton, "chip") if one.isVisible())
    assert chip.text() == "Confidence below 45% ×"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    found.wait(lambda: found.sees("5 found"))


def items(combo: QComboBox) -> list[str]:
    return [combo.itemText(row) for row in range(combo.count())]


def test_a_choice_in_the_form_narrows_at_once(found: Robot) -> None:
    panel = found.window.annotate.finding
    found.press("Ctrl+Shift+A")
    panel.filters.open()
    labels = panel.filters._form._fields["labels"]
    found.wait(lambda: "PERSON" in items(labels))
    labels.setFocus()
    found.press("Down")
    assert labels.currentText() == "PERSON"
    found.wait(lambda: found.sees("2 found"))
    found.press("Esc")
    assert panel.filters.filter == AnnotationFilter(labels=("PERSON",))


def test_searches_are_saved_used_and_forgotten(found: Robot) -> None:
    library = found.window.annotate.library
    library.filters.set_filter(ArticleFilter(outlets=("Outlet 1",)))
    found.window.ask.texts.append("Ones")
    found.click("Saved searches", within=library)
    found.choose(QApplication.activePopupWidget(), "Save this search…")
    kept = finding.saved_search(found.window.desk, "Ones")
    assert kept.filter == ArticleFilter(outlets=("Outlet 1",))
    library.filters.set_filter(ArticleFilter())
    found.click("Saved searches", within=library)
    found.choose(QApplication.activePopupWidget(), "Ones")
    found.wait(lambda: found.sees("1 article", within=library))
    found.press("Ctrl+Z")
    assert finding.saved_searches(found.window.desk) == []


def test_a_search_for_annotations_is_saved_with_its_words(found: Robot) -> None:
    panel = found.window.annotate.finding
    found.press("Ctrl+Shift+A")
    found.type("ray")
    found.wait(lambda: found.sees("Nothing was found"))
    panel.filters.set_filter(
        AnnotationFilter(text="oslo", articles=ArticleFilter(outlets=("Outlet 1",)))
    )
    found.wait(lambda: found.sees("1 found"))
    assert panel._words.text() == "oslo"
    found.window.ask.texts.append("Oslo in one")
    panel.filters._save()
    kept = finding.saved_search(found.window.desk, "Oslo in one").filter
    assert kept == AnnotationFilter(text="oslo", articles=ArticleFilter(outlets=("Outlet 1",)))
    panel._words.clear()
    panel.look()
    assert panel.filter.text == ""
    panel.filters.set_filter(kept)
    found.wait(lambda: found.sees("1 found"))


def test_every_part_has_a_name_for_a_screen_reader(found: Robot) -> None:
    panel = found.window.annotate.finding
    panel.filters.set_filter(AnnotationFilter(linked=False))
    found.press("Ctrl+Shift+A")
    found.wait(lambda: found.sees("5 found"))
    panel.filters.open()
    found.rest()
    assert nameless(found.window) == []
    found.press("Esc")
    index = panel.model.index(0)
    found.wait(lambda: panel.model.found(0) is not None)
    panel.model.toggle(0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("taken out, PERSON, suggested · Ada, Ada, ")
    assert "Ada Ray met" in said


def test_what_the_desk_refuses_is_said(found: Robot, monkeypatch) -> None:
    def refuse(*_):
        raise NewsdeskError("The desk can't be asked.")

    monkeypatch.setattr(finding, "find_annotations", refuse)
    found.press("Ctrl+Shift+A")
    found.wait(lambda: found.sees("The desk can't be asked."))
    assert found.sees("Nothing was found")


def test_escape_closes_it_and_leads_back_to_the_text(found: Robot) -> None:
    found.press("Ctrl+Shift+A", "Esc")
    assert not found.window.annotate.finding.isVisible()
    assert found.focus is found.window.reader
    found.press("F4")


def test_only_the_rows_that_are_seen_are_read(found: Robot, monkeypatch) -> None:
    monkeypatch.setattr("newsdesk.ui.finding.found_list.PAGE", 2)
    found.press("Ctrl+Shift+A")
    found.wait(lambda: found.sees("5 found"))
    model = found.window.annotate.finding.model
    model.show(model.keys, model._read)
    found.window.annotate.finding.view.hide()
    model.need(0)
    found.wait(lambda: found.window.annotate.asking.idle)
    assert [model.found(row) is not None for row in range(5)] == [True, True, False, False, False]
