"""The Dataset workspace: what it counts and draws, and what it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QToolTip

from newsdesk.desk import create_desk
from newsdesk.desk.annotating import annotate, delete
from newsdesk.desk.codebooks import put_label, use_codebook
from newsdesk.desk.dataset_checking import verify_dataset
from newsdesk.model import Annotation, Article, NewsdeskError, Status, replace
from newsdesk.model.tallies import Tally
from newsdesk.ui.dataset.charts import HATCHED, Bar, BarChart, Part, TimeChart
from newsdesk.ui.dataset.overview import MOST, YEARS_FROM, _along_time, _cut
from newsdesk.ui.plain import ElidedLabel
from newsdesk.ui.theme import DARK, LIGHT, qpalette
from tests.ui.robot import Robot
from tests.ui.test_accessibility import nameless
from tests.ui.test_language import FROM_THE_DESK
from tests.ui.test_language import pseudo as pseudo
from tests.window_fixtures import Opener


def space(robot: Robot):
    return robot.window.workspaces["dataset"]


def go(robot: Robot) -> Robot:
    robot.press("Ctrl+4")
    robot.wait(lambda: space(robot)._articles and space(robot).asking.idle)
    return robot


def preview(robot: Robot) -> None:
    robot.wait(lambda: space(robot).view.isVisible(), "the split was not shown")


def mark(desk, words, label="PERSON", **more) -> Annotation:
    article = desk.find(Article, title="Title 000")[0]
    start = article.text.index(words)
    return annotate(desk, article, desk.label(label), [(start, start + len(words))], **more)


@pytest.fixture
def at(small: Robot) -> Robot:
    desk = small.window.desk
    mark(desk, "Ada Ray")
    mark(desk, "Bo Lund", status=Status.PROPOSED)
    mark(desk, "Oslo", "PLACE")
    return go(small)


def bars(chart) -> dict[str, list[int]]:
    return {bar.name: [part.value for part in bar.parts] for bar in chart.bars}


def choose(combo, value) -> None:
    combo.setCurrentIndex(combo.findData(value))


# Counts


def test_the_desk_is_counted_and_follows_what_is_tagged(at: Robot) -> None:
    overview = space(at).overview
    assert at.sees("3 articles · 2 annotations · 1 suggestion · 0 % annotated")
    assert bars(overview.labels) == {"PERSON": [1, 1, 0], "PLACE": [1, 0, 0]}
    assert bars(overview.authors) == {"Ada": [2, 1]}
    assert sum(bars(overview.progress)["New"]) + sum(bars(overview.progress)["In progress"]) == 3
    assert at.sees("Everything was tagged under the versions now in force.")
    assert "PERSON: 1 accepted, 1 suggested" in overview.labels.accessibleDescription()
    gone = mark(at.window.desk, "Ray", "PLACE")
    at.wait(lambda: bars(overview.labels)["PLACE"] == [2, 0, 0])
    delete(at.window.desk, [gone])
    at.wait(lambda: bars(overview.labels)["PLACE"] == [1, 0, 0])
    put_label(at.window.desk, replace(at.window.desk.label("PERSON"), guideline="The living."))
    at.wait(lambda: bars(overview.versions) == {"PERSON, version 2": [0, 2]})


def test_a_filter_narrows_charts_and_dataset(at: Robot, tmp_path: Path) -> None:
    from newsdesk.model import ArticleFilter

    space(at).bar.set_filter(ArticleFilter(labels=("PLACE",)))
    at.wait(lambda: at.sees("1 article · 2 annotations"))
    at.press("Ctrl+F")
    assert at.sees("Has the label")
    at.press("Esc")
    space(at).bar.set_filter(ArticleFilter(labels=("CLAIM",)))
    at.wait(lambda: at.sees("No article matches"))
    assert not space(at).write_button.isEnabled() and "dataset_ready" not in space(at).facts


def test_an_empty_desk_says_what_to_do(open_window: Opener, tmp_path: Path) -> None:
    desk = create_desk(tmp_path / "empty.desk", "Ann")
    use_codebook(desk)
    desk.close()
    robot = open_window(tmp_path / "empty.desk")
    robot.press("Ctrl+4")
    robot.wait(lambda: robot.sees("There are no articles yet"))
    assert not space(robot).preview_button.isEnabled()


def test_a_desk_that_does_not_answer_is_said_and_asked_again(at: Robot, monkeypatch) -> None:
    def broken(desk, wanted):
        raise NewsdeskError("The disk is gone.")

    with monkeypatch.context() as patched:
        patched.setattr("newsdesk.ui.dataset.workspace.tallies", broken)
        at.press("F5")
        at.wait(lambda: at.sees("The desk could not be counted"))
        assert at.sees("The disk is gone.")
    at.press("F5")
    at.wait(lambda: at.sees("3 articles"))


# Charts


def test_charts_draw_every_part_and_say_what_is_under_the_mouse(qapp) -> None:
    for kind in (BarChart, TimeChart):
        chart = kind("Labels")
        chart.resize(400, 200)
        for theme in (LIGHT, DARK):
            chart.setPalette(qpalette(theme))
            chart.show_bars([])
            empty = chart.grab().toImage()
            chart.show_bars([Bar("A <b>", (Part(3), Part(1, HATCHED, "suggested")), "#E69F00")])
            assert chart.grab().toImage() != empty
            filled = chart.grab().toImage()
            chart.show_bars([Bar("A <b>", (Part(4),), "#E69F00")])
            assert chart.grab().toImage() != filled, "hatched and filled look alike"
        chart.show_bars([Bar("A <b>", (Part(3), Part(1, HATCHED, "suggested")))])
        place = QPoint(2, 5)
        event = QHelpEvent(QHelpEvent.Type.ToolTip, place, chart.mapToGlobal(place))
        chart.show()
        QApplication.sendEvent(chart, event)
        assert "A &lt;b&gt;: 3, 1 suggested" in QToolTip.text()
        assert chart.bar_at(399, 199) is None
        chart.close()


def test_many_bars_are_cut_and_long_times_are_drawn_by_years() -> None:
    cut = _cut([Bar(str(n), (Part(1),)) for n in range(40)])
    assert len(cut) == MOST + 1 and cut[-1].total == 40 - MOST
    months = [Tally(name="2024-11", articles=2), Tally(name="2025-02", articles=1)]
    assert [(bar.name, bar.total) for bar in _along_time(months)] == [
        *(("2024-11", 2), ("2024-12", 0), ("2025-01", 0), ("2025-02", 1)),
    ]
    months = [Tally(name="", articles=4), Tally(name="1999-01", articles=1), *months]
    by_year = _along_time(months)
    assert len(by_year) == 28 and YEARS_FROM > 28
    assert (by_year[0].name, by_year[-1].total) == ("1999", 4)


# Making one


def test_a_split_is_shown_before_it_is_made(at: Robot) -> None:
    form = space(at).form
    form.unmarked.setChecked(True)
    form.split.setCurrentText("1/1")
    preview(at)
    assert at.sees("3 articles · 2 annotations")
    model = space(at).table
    assert [model.headerData(n, space(at).across.orientation()) for n in (0, 1)] == [
        *("train", "test"),
    ]
    assert sum(int(model.index(0, n).data()) for n in (0, 1)) == 3
    form.split.setCurrentText("lots")
    at.wait(lambda: at.sees("is no split"))
    assert not space(at).view.isVisible()
    at.press("Ctrl+Return")
    assert at.sees("“lots” is no split")


def test_a_dataset_is_written_with_what_the_form_says(at: Robot, tmp_path: Path) -> None:
    form, out = space(at).form, tmp_path / "set"
    form.labels.tick(["PERSON"])
    form.proposed.setChecked(True)
    form.split.setCurrentText("80/20")
    form.unmarked.setChecked(True)
    form.seed.setValue(5)
    choose(form.format, "csv")
    form.path.setText(str(out))
    at.rest()
    at.click("Write dataset")
    at.wait(lambda: not at.window.jobs.running and out.exists())
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["query"]["labels"] == ["PERSON"] and manifest["options"]["seed"] == 5
    assert sum(side["annotations"] for side in manifest["sides"].values()) == 2
    assert verify_dataset(out)[1] == []
    at.window.ask.paths.append(out)
    at.menu("Dataset", "Check a dataset…")
    at.wait(lambda: at.sees("set is whole"))
    (out / "datasheet.md").write_text("x")
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        seen.extend(at.shown(dialog))
        at.click("Copy", within=dialog)

    at.window.ask.paths.append(out)
    at.window.ask.dialogs.append(look)
    at.menu("Dataset", "Check a dataset…")
    at.wait(lambda: seen)
    assert "datasheet.md: it is not what was written" in QApplication.clipboard().text()


def test_a_file_is_replaced_only_after_a_question_and_losses_are_told(
    at: Robot, tmp_path: Path
) -> None:
    form = space(at).form
    choose(form.kind, False)
    choose(form.format, "conll")
    assert form.path.text().endswith(".conll") and not form.split.isVisible()
    path = tmp_path / "out.conll"
    path.write_text("old")
    at.window.ask.paths.append(path)
    at.click("Choose where to write")
    at.window.ask.yes.append(False)
    at.press("Ctrl+Return")
    assert path.read_text() == "old"
    at.window.ask.yes.append(True)
    at.press("Ctrl+Return")
    at.wait(lambda: at.sees("1 article with 2 annotations written to out.conll"))
    shown: list[str] = []
    at.window.ask.dialogs.append(lambda dialog: shown.extend(at.shown(dialog)))
    at.click("Details…")
    assert any("article details" in text for text in shown)


def test_choices_are_remembered_for_each_desk_and_hold_no_words(
    open_window: Opener, own_home: Path
) -> None:
    from newsdesk.model import ArticleFilter

    robot = go(open_window(remember=True))
    form = space(robot).form
    form.labels.tick(["PERSON", "ORG"])
    choose(form.format, "doccano")
    choose(form.chunk, "paragraph")
    form.split.setCurrentText("70/15/15")
    form.stratified.setChecked(False)
    space(robot).bar.set_filter(ArticleFilter(outlets=("Albion Wire",)))
    robot.rest()
    choices, picked = form.choices, form.labels.names
    robot.window.close()
    kept = "".join(p.read_text() for p in own_home.rglob("window.ini"))
    assert "doccano" in kept
    assert "PERSON" not in kept and "Albion" not in kept
    again = go(open_window(remember=True))
    assert space(again).form.choices == choices
    assert space(again).form.labels.names == picked == ("PERSON", "ORG")
    assert space(again).bar.filter == ArticleFilter(outlets=("Albion Wire",))


def test_what_was_kept_wrongly_does_no_harm(at: Robot) -> None:
    form = space(at).form
    form.recall({"format": 3, "split": [], "seed": "x", "labels": 1, "by": None, "whole": "no"})
    assert form.options(space(at).bar.filter).split == ()


def test_every_pane_can_be_reached_and_has_a_name(at: Robot) -> None:
    preview(at)
    assert nameless(space(at)) == []
    reached = set()
    for _ in range(3):
        at.press("F6")
        reached.add(at.focus)
    assert len(reached) == 3


def test_every_text_is_translated_and_fits(pseudo, open_window: Opener) -> None:
    robot = go(open_window())
    preview(robot)
    texts = [
        widget.whole if isinstance(widget, ElidedLabel) else widget.text()
        for widget in robot._visible(space(robot))
        if isinstance(widget, QLabel | QAbstractButton)
    ]
    assert [
        one for one in texts if one and "[" not in one and not FROM_THE_DESK.fullmatch(one)
    ] == []
    cut = [
        one.text()
        for one in robot._visible(space(robot))
        if isinstance(one, QAbstractButton) and one.sizeHint().width() > one.width() + 1
    ]
    assert cut == []


def test_the_view_is_drawn_in_the_theme_that_holds(at: Robot) -> None:
    light = space(at).overview.labels.grab().toImage()
    at.window.viewing.prefer(theme="dark")
    at.rest()
    QTest.qWait(5)
    assert space(at).overview.labels.grab().toImage() != light
    page = at.window.palette().color(QPalette.ColorRole.Base)
    assert page.lightness() < 80


def test_a_look_that_nobody_waits_for_is_given_up(at: Robot, monkeypatch) -> None:
    ended: list[Exception] = []

    def long(desk, options, progress):
        try:
            while True:
                progress(1, 2)
        except Exception as error:
            ended.append(error)
            raise

    preview(at)
    with monkeypatch.context() as patched:
        patched.setattr("newsdesk.ui.dataset.workspace.survey", long)
        at.press("F8")
        at.wait(lambda: at.sees("being looked through"))
    space(at).form.seed.setValue(9)
    at.wait(lambda: ended)
    preview(at)
    space(at).form.path.setText("/else")
    assert space(at).view.isVisible(), "where it is written changes nothing of the split"


def test_the_workspace_looks_ahead_as_the_export_does(at: Robot) -> None:
    choose(space(at).form.format, "conll")
    at.press("F9")
    at.wait(lambda: at.sees("things can't be held"))
    space(at).form.proposed.setChecked(True)
    assert not at.sees("things can't be held")
