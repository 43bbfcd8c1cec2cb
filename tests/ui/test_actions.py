"""The one table of acts: sound in itself, and everything that is drawn from it."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QPalette

from newsdesk.desk import open_desk
from newsdesk.model import Layer
from newsdesk.ui.act import Act
from newsdesk.ui.actions import ACTS, FACTS, MENUS
from newsdesk.ui.bindings import Parts, sequences
from newsdesk.ui.icons import icon
from newsdesk.ui.key_editor import KeyEditor
from tests.ui.robot import Robot
from tests.window_fixtures import Opener

KEYS_OF_THE_MANUAL = {
    "quote": "Q", "claim": "C", "speaker": "S", "cue": "U", "via": "V", "label": "L",
    "entity": "E", "note": "N", "relations": "R", "delete": "D", "accept": "A", "reject": "X",
    "accept.shown": "Shift+A", "fragment": "+", "overlap": "O", "mentions": "P",
    "annotation.next": "Tab", "annotation.previous": "Shift+Tab", "suggestion.next": "Ctrl+Tab",
    "undo": "Ctrl+Z", "redo": "Ctrl+Shift+Z", "find": "Ctrl+F", "search": "Ctrl+Shift+F",
    "article.open": "Ctrl+P", "palette": "Ctrl+Shift+P", "back": "Alt+Left", "forth": "Alt+Right",
    "grow.end": "Shift+Alt+Right", "focus": "F11", "guideline": "F1", "keys": "?",
    "zoom.in": "Ctrl+=", "zoom.out": "Ctrl+-",
}  # fmt: skip


def named(name: str) -> Act:
    return next(act for act in ACTS if act.name == name)


def test_each_act_has_a_name_of_its_own_and_stands_in_a_menu() -> None:
    names = [act.name for act in ACTS]
    assert len(set(names)) == len(names)
    assert {act.menu for act in ACTS} <= {name for name, _ in MENUS}
    assert all(act.text.strip("&…") for act in ACTS)


def test_acts_need_and_show_only_what_the_window_knows() -> None:
    assert {fact for act in ACTS for fact in act.needs} <= FACTS
    assert {act.shows for act in ACTS if act.shows} <= FACTS


def test_no_two_acts_share_a_key() -> None:
    holders: dict[str, list[Act]] = {}
    for act in ACTS:
        for sequence in sequences(act.keys):
            holders.setdefault(sequence.toString(Parts), []).append(act)
    for key, found in holders.items():
        for one, other in combinations(found, 2):
            assert not one.hinders(other), f"{one.name} and {other.name} share {key}"


@pytest.mark.parametrize(("name", "key"), KEYS_OF_THE_MANUAL.items())
def test_the_keys_are_those_of_the_manual(name: str, key: str) -> None:
    assert key in named(name).keys.split("; ")


def test_every_key_can_be_pressed() -> None:
    for act in ACTS:
        assert len(sequences(act.keys)) == len([key for key in act.keys.split("; ") if key])


def test_a_plain_letter_holds_in_the_text_only() -> None:
    for act in ACTS:
        for key in act.keys.split("; "):
            if len(key) == 1 and key.isalnum():
                assert act.typed or act.where, f"{key} would be stolen from every field"


def test_every_icon_is_there(qapp) -> None:
    for act in ACTS:
        if act.icon:
            assert not icon(act.icon, QPalette()).isNull()


def test_no_label_of_the_newsroom_loses_its_key_to_an_act(desk_file) -> None:
    here = [act for act in ACTS if act.where in ("", "annotate")]
    taken = {key for act in here for key in act.keys.split("; ")}
    desk = open_desk(desk_file, "Ada")
    own = (Layer.QUOTE, Layer.CLAIM, Layer.SOURCE, Layer.CUE)  # these acts tag with these labels
    lost = [
        label.name
        for label in desk.codebook()
        if label.shortcut.upper() in taken and label.layer not in own
    ]
    desk.close()
    assert lost == []


def test_every_act_stands_in_the_menu_bar(robot: Robot) -> None:
    actions = {
        action.objectName()
        for menu in robot.window.menus.values()
        for action in menu.actions()
        if action.objectName()
    }
    assert actions == {act.name for act in ACTS}


def test_every_act_stands_in_the_palette_and_can_be_done_from_it(robot: Robot) -> None:
    robot.press("Ctrl+Shift+P")
    chooser = robot.window.annotate.popups.chooser
    offered = {str(choice.value) for choice in chooser.choices}
    assert {act.name for act in ACTS if act.name != "palette"} <= offered
    robot.type("actual size")
    robot.press("Esc")
    robot.window.viewing.zoom(3)
    robot.press("Ctrl+Shift+P")
    robot.type("actual size")
    robot.press("Enter")
    assert robot.window.reader.zoom == 100


def test_the_palette_finds_by_beginnings_and_by_letters_in_order(robot: Robot) -> None:
    robot.press("Ctrl+Shift+P")
    chooser = robot.window.annotate.popups.chooser
    robot.type("person")
    assert chooser.choices[0].text == "Tag as PERSON"
    robot.press("Ctrl+A")
    robot.type("nxtsug")
    assert [choice.text for choice in chooser.choices] == ["Next suggestion"]
    robot.press("Ctrl+A")
    robot.type("qqqq")
    assert robot.sees("Nothing found")
    robot.press("Esc")
    assert not chooser.isVisible()


def test_the_key_sheet_shows_the_acts_and_the_labels_keys(robot: Robot) -> None:
    robot.open("Adviser warned")
    robot.press("?")
    sheet = robot.window.helping.sheet
    assert robot.sees("Next annotation", within=sheet)
    assert robot.sees("Shift+Tab", within=sheet)
    assert robot.sees("PERSON", within=sheet)
    robot.press("Esc")
    assert not sheet.isVisible()
    assert robot.focus is robot.window.reader


def test_an_editor_s_own_keys_are_honoured(open_window: Opener) -> None:
    robot = open_window(keys={"accept": "Y", "overlap": ""})
    assert robot.window.bindings.shown_keys("accept") == "Y"
    assert robot.window.bindings.shown_keys("overlap") == ""
    assert robot.window.bindings.shown_keys("reject") == "X"


def test_the_key_editor_refuses_a_key_that_is_taken(open_window: Opener) -> None:
    robot = open_window(remember=True)

    def choose(editor: KeyEditor) -> None:
        editor.choose("accept")
        editor._edit.setKeySequence("X")
        robot.click("Use this key", within=editor)
        assert robot.sees("X is the key of “Reject suggestion”", within=editor)
        editor._edit.setKeySequence("1")
        robot.click("Use this key", within=editor)
        assert robot.sees("tagging as PERSON", within=editor)
        editor._edit.setKeySequence("Y")
        robot.click("Use this key", within=editor)
        editor.choose("overlap")
        robot.click("No key", within=editor)
        robot.click("OK", within=editor)

    robot.window.ask.dialogs.append(choose)
    robot.menu("Edit", "Keys…")
    assert robot.window.bindings.shown_keys("accept") == "Y"
    assert dict(robot.window.preferences.keys) == {"accept": "Y", "overlap": ""}


def test_what_can_t_be_done_is_greyed(robot: Robot) -> None:
    action = robot.window.bindings.action
    assert not action("quote").isEnabled()
    assert not action("undo").isEnabled()
    robot.open("Adviser warned")
    assert action("quote").isEnabled()
    assert not action("delete").isEnabled()
    robot.press("Tab")
    assert action("delete").isEnabled()
    assert not action("accept").isEnabled()


def test_the_toolbar_has_the_tools_of_the_workspace_that_is_shown(small: Robot) -> None:
    def tools() -> list[str]:
        return [one.objectName() for one in small.window.toolbar.actions() if one.objectName()]

    everywhere = [f"workspace.{name}" for name in ("annotate", "claims", "entities", "dataset")]
    everywhere += ["undo", "redo", "import.files", "export"]
    first = tools()
    assert {"accept", "reject", "suggest", "find", "panel.library", "back"} < set(first)
    for key in ("Ctrl+2", "Ctrl+3", "Ctrl+4"):
        small.press(key)
        assert tools() == everywhere
        lines = [one.isSeparator() for one in small.window.toolbar.actions()]
        assert lines == [*[False] * 4, True, *[False] * 5]
    small.press("Ctrl+1")
    assert tools() == first
    assert small.window.bindings.action("accept") in small.window.menus["annotate"].actions()
