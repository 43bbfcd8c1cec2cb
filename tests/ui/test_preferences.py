"""The preferences: every choice holds at once, and no pipeline is taken that may not be loaded."""

from __future__ import annotations

import json
import shutil

import pytest

from newsdesk.settings import shipped
from newsdesk.ui.preferences.dialog import PreferencesDialog
from tests.ui.test_accessibility import nameless
from tests.ui.test_suggesting import with_worker


@pytest.fixture
def dialog(robot) -> PreferencesDialog:
    robot.press("Ctrl+,")
    found = robot.window.findChild(PreferencesDialog)
    assert found.isVisible()
    robot.wait(lambda: found.suggestions._job is None)
    return found


def test_what_is_chosen_holds_at_once(robot, dialog):
    window, page = robot.window, dialog.general
    page._theme.setCurrentIndex(page._theme.findData("dark"))
    page._theme.activated.emit(0)
    assert window.viewing.theme.dark
    page._zoom.setValue(150)
    page._width.setValue(64)
    robot.click("Show label codes in the text", within=page)
    held = window.preferences
    assert (held.zoom, held.line_width, held.show_codes) == (150, 64, True)
    page._author.setFocus()
    page._author.selectAll()
    robot.type("Bo")
    robot.click("Close", within=dialog)
    assert window.desk.author == "Bo"
    assert window.preferences.author == "Bo"


def test_an_empty_name_is_put_back(robot, dialog):
    dialog.general._author.setText("  ")
    dialog.general.commit()
    assert dialog.general._author.text() == robot.window.desk.author == "Ada"


def test_newsdesks_own_pipeline_is_shown(robot, dialog):
    dialog.tabs.setCurrentWidget(dialog.suggestions)
    assert robot.sees("en_newsdesk", within=dialog)
    assert robot.sees("Newsdesk’s own", within=dialog)
    assert dialog.suggestions._size.whole.endswith("MB")
    assert len(dialog.suggestions._digest.whole) == 64


def test_another_pipeline_is_looked_through_pinned_and_given_back(robot, dialog, tmp_path):
    window, page = robot.window, dialog.suggestions
    dialog.tabs.setCurrentWidget(page)
    fake = with_worker(window)
    own = page._digest.whole
    folder = shutil.copytree(shipped("resources", "models", "en_newsdesk"), tmp_path / "mine")
    window.ask.paths.append(folder)
    robot.click("Choose a pipeline’s folder…", within=page)
    robot.wait(lambda: window.preferences.pipeline == str(folder))
    assert window.preferences.pipeline_sha256 == own
    assert fake.closed
    assert robot.sees("It is used from the next question on.", within=page)
    robot.click("Newsdesk’s own", within=page)
    robot.wait(lambda: page._job is None)
    assert window.preferences.pipeline == window.preferences.pipeline_sha256 == ""


def broken(folder):
    (folder / "config.cfg").unlink()


def hostile(folder):
    config = (folder / "config.cfg").read_text()
    (folder / "config.cfg").write_text(
        config.replace("before_creation = null", 'before_creation = {"@callbacks": "run.v1"}')
    )


def of_another_version(folder):
    meta = json.loads((folder / "meta.json").read_text())
    meta["spacy_version"] = ">=2.0,<3.0"
    (folder / "meta.json").write_text(json.dumps(meta))


def written_twice(folder):
    config = (folder / "config.cfg").read_text()
    (folder / "config.cfg").write_text(config.replace("[nlp]", "[nlp]\nlang = 'en'", 1))


def test_a_pipeline_that_may_not_be_loaded_is_refused_and_said(robot, dialog, tmp_path):
    window, page = robot.window, dialog.suggestions
    dialog.tabs.setCurrentWidget(page)
    for spoil in (broken, hostile, of_another_version, written_twice):
        folder = tmp_path / spoil.__name__
        shutil.copytree(shipped("resources", "models", "en_newsdesk"), folder)
        spoil(folder)
        window.ask.paths.append(folder)
        robot.click("Choose a pipeline’s folder…", within=page)
        robot.wait(lambda: page._job is None)
        assert "not loaded" in page._said.text(), spoil.__name__
        assert window.preferences.pipeline == ""


def test_suggestions_on_opening_are_turned_on(robot, dialog):
    dialog.tabs.setCurrentWidget(dialog.suggestions)
    robot.click("Suggest when an article is opened", within=dialog)
    assert robot.window.preferences.suggest_on_opening


def test_every_field_has_a_name(robot, dialog):
    assert nameless(dialog) == []
