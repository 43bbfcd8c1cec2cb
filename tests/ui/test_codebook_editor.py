"""The codebook's editor, worked as an editor works it: by keys and clicks, and by what is seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QColorDialog, QLineEdit, QWidget

from newsdesk.desk import open_desk
from newsdesk.desk.codebooks import change_label, merge_labels, retire_label
from newsdesk.model import Annotation, Attribute, AttributeType, Label, Layer
from newsdesk.settings import shipped
from newsdesk.ui.codebook_editor.editor import CodebookEditor
from newsdesk.ui.codebook_editor.opening import edit_codebook
from newsdesk.ui.plain import ElidedLabel
from tests.ui.robot import PATIENCE, Robot
from tests.ui.small_desk import make_desk
from tests.ui.test_accessibility import nameless
from tests.window_fixtures import Opener, close


@pytest.fixture
def editor(small: Robot) -> Iterator[CodebookEditor]:
    """The editor, opened by its key over the small desk."""
    small.press("Ctrl+Shift+B")
    found = small.window.findChild(CodebookEditor)
    assert found is not None and found.isVisible()
    assert QTest.qWaitForWindowActive(found, PATIENCE)
    yield found
    found.close()


def labels(robot: Robot) -> dict[str, Label]:
    return {one.name: one for one in robot.window.desk.codebook(retired=True)}


def rows(editor: CodebookEditor) -> list[str]:
    model = editor.labels.model
    return [model.index(row).data() for row in range(model.rowCount())]


def choose(robot: Robot, editor: CodebookEditor, name: str) -> None:
    robot.click(name, within=editor.labels.view)
    label = editor.labels.label
    assert label is not None
    assert label.name == name


def field(robot: Robot, editor: CodebookEditor, name: str) -> QWidget:
    """Put the keyboard into a field, by its name."""
    found = [
        one
        for one in editor.findChildren(QWidget)
        if one.isVisible() and one.accessibleName() == name
    ]
    assert found, f"there is no field {name}"
    found[0].setFocus(Qt.FocusReason.TabFocusReason)
    robot.rest()
    return found[0]


def write(robot: Robot, editor: CodebookEditor, name: str, text: str) -> None:
    """Replace what stands in a line."""
    line = field(robot, editor, name)
    assert isinstance(line, QLineEdit)
    line.selectAll()
    robot.type(text)
    robot.press("Enter")


def turn_to(robot: Robot, top: QWidget) -> None:
    """Bring a window to the front; the main one with the keyboard in the text."""
    top.activateWindow()
    assert QTest.qWaitForWindowActive(top, PATIENCE)
    if top is robot.window:
        robot.window.reader.setFocus()
    robot.rest()


def said(editor: CodebookEditor) -> str:
    return " ".join(one.whole for one in editor.findChildren(ElidedLabel))


def tag(robot: Robot, words: str, key: str) -> Annotation:
    robot.select(words)
    robot.press(key)
    assert robot.current is not None
    return robot.current


# The list


def test_labels_stand_by_layer_with_how_much_they_tag(small: Robot) -> None:
    tag(small, "Oslo", "2")
    small.press("Ctrl+Shift+B")
    editor = small.window.findChild(CodebookEditor)
    assert rows(editor) == [
        "Entities", "PERSON", "PLACE", "Quotes", "QUOTE", "Claims", "CLAIM", "Sources", "SOURCE",
        "Cues", "CUE", "Hedges", "HEDGE",
    ]  # fmt: skip
    assert editor.labels.label.name == "PLACE", "that of the current annotation"
    assert small.sees("PLACE, Entities, 1, 2", within=editor)
    assert small.sees("tags 1", within=editor)
    editor.close()


def test_the_filter_and_the_arrows(small: Robot, editor: CodebookEditor) -> None:
    choose(small, editor, "PERSON")
    editor.labels.view.setFocus()
    small.press("Down")
    assert editor.labels.label.name == "PLACE"
    small.press("Down", "Down")
    assert editor.labels.label.name in ("QUOTE", "CLAIM"), "headings are passed over"
    small.click("Filter labels", within=editor)
    small.type("hed")
    assert rows(editor) == ["Hedges", "HEDGE"]


# Changing a label


def test_a_rename_is_seen_everywhere_and_undone(small: Robot, editor: CodebookEditor) -> None:
    turn_to(small, small.window)
    mark = tag(small, "Oslo", "2")
    turn_to(small, editor)
    choose(small, editor, "PLACE")
    write(small, editor, "Name", "TOWN")
    assert "TOWN" in rows(editor)
    assert small.sees("TOWN", within=small.window.annotate.codebook)
    assert small.sees("TOWN", within=small.window.annotate.inspector.heading)
    assert small.tagged("Oslo") == ["TOWN"]
    assert small.sees("version 2", within=editor)
    assert small.sees("1 of them under an earlier version", within=editor)
    small.click("Undo", within=editor)
    assert "PLACE" in rows(editor)
    assert said(editor) == "Undo: Rename PLACE to TOWN"
    assert small.window.desk.get(Annotation, mark.id) == mark


def test_a_name_that_is_taken_is_refused(small: Robot, editor: CodebookEditor) -> None:
    choose(small, editor, "PLACE")
    write(small, editor, "Name", "PERSON")
    assert small.sees("There is a label PERSON already", within=editor)
    assert small.sees("PLACE", within=editor.labels.form), "the name is as it was"
    assert "PLACE" in labels(small)


def test_a_key_that_is_taken_is_said_and_refused(small: Robot, editor: CodebookEditor) -> None:
    choose(small, editor, "PLACE")
    field(small, editor, "Key")
    for key, why in {
        "1": "1 tags PERSON already.",
        "a": "A is the key of “Accept suggestion”.",
        "q": "Q tags QUOTE already.",
        "?": "? is the key of “Keys”.",
    }.items():
        small.type(key)
        assert small.sees(why, within=editor), "while it is typed"
        small.press("Enter")
        assert small.sees(f"{why} The key is as it was.", within=editor)
        assert labels(small)["PLACE"].shortcut == "2"


def test_a_new_key_tags_at_once(small: Robot, editor: CodebookEditor) -> None:
    choose(small, editor, "PLACE")
    field(small, editor, "Key")
    small.type("z")
    small.press("Enter")
    assert labels(small)["PLACE"].shortcut == "z"
    turn_to(small, small.window)
    tag(small, "Oslo", "Z")
    assert small.tagged("Oslo") == ["PLACE"]


def test_a_weak_colour_is_said_and_mended(small: Robot, editor: CodebookEditor) -> None:
    choose(small, editor, "PLACE")
    write(small, editor, "Colour, as #RRGGBB", "#F0E442")
    assert labels(small)["PLACE"].colour == "#F0E442"
    assert small.sees("mark 1.3:1", within=editor)
    assert small.sees("Weaker than 4.5:1 and 3:1", within=editor)
    small.click("Use #9F9618", within=editor)
    assert labels(small)["PLACE"].colour == "#9F9618"
    assert small.sees("Passes: text 4.5:1 and marks 3:1 at least.", within=editor)
    assert labels(small)["PLACE"].version == 1
    write(small, editor, "Colour, as #RRGGBB", "blue")
    assert labels(small)["PLACE"].colour == "#9F9618", "what is no colour is put back"
    assert small.sees("#9F9618", within=editor.labels.form)


def test_a_colour_is_chosen_from_the_system_s_dialog(small: Robot, editor: CodebookEditor) -> None:
    def pick(dialog) -> None:
        assert isinstance(dialog, QColorDialog)
        dialog.setCurrentColor("#102030")
        dialog.accept()

    small.window.ask.dialogs.append(pick)
    small.click("Choose a colour", within=editor)
    assert editor.labels.label.colour == "#102030"


def test_the_guideline_is_shown_as_f1_shows_it(small: Robot, editor: CodebookEditor) -> None:
    choose(small, editor, "PLACE")
    text = field(small, editor, "Guideline, in Markdown")
    small.press("Ctrl+A")
    small.type("A **town** <b>x</b>.")
    small.wait(lambda: editor.labels.form.guideline.preview.toPlainText() == "A town <b>x</b>.")
    assert text.toPlainText() == "A **town** <b>x</b>."
    assert labels(small)["PLACE"].guideline != "A **town** <b>x</b>.", "it is kept when it is left"
    small.press("Tab")
    assert labels(small)["PLACE"].guideline == "A **town** <b>x</b>."
    assert labels(small)["PLACE"].version == 2


def test_typing_is_kept_when_the_window_is_closed(small: Robot, editor: CodebookEditor) -> None:
    choose(small, editor, "PLACE")
    field(small, editor, "Guideline, in Markdown")
    small.press("Ctrl+A")
    small.type("Towns.")
    small.press("Esc")
    assert not editor.isVisible()
    assert labels(small)["PLACE"].guideline == "Towns."


def test_typing_is_kept_when_the_main_window_goes(small: Robot) -> None:
    small.press("Ctrl+Shift+B")
    editor = small.window.findChild(CodebookEditor)
    assert QTest.qWaitForWindowActive(editor, PATIENCE)
    choose(small, editor, "PLACE")
    field(small, editor, "Guideline, in Markdown")
    small.press("Ctrl+A")
    small.type("Towns.")
    close(small.window)
    desk = open_desk(small.window.place, "Eve")
    assert desk.label("PLACE").guideline == "Towns."
    desk.close()


# Attributes


def test_attributes_are_added_by_the_keyboard(small: Robot, editor: CodebookEditor) -> None:
    choose(small, editor, "PLACE")
    field(small, editor, "Add an attribute")
    small.press("Space")
    small.type("seen")
    small.press("Tab")
    assert small.focus.accessibleName() == "Type of attribute 1", "the focus is not lost"
    small.press("c")  # as in any choice: the letter goes to “choice”
    assert small.sees("“seen” needs values to choose from", within=editor)
    small.press("Tab")
    small.type("by day; by night, or dusk")
    small.press("Tab")
    assert small.focus.accessibleName() == "Attribute 1 is required"
    small.press("Space")
    assert labels(small)["PLACE"].attributes == (
        Attribute(
            name="seen",
            type=AttributeType.CHOICE,
            values=("by day", "by night, or dusk"),
            required=True,
        ),
    )
    turn_to(small, small.window)
    tag(small, "Oslo", "2")
    assert small.sees("seen – missing", within=small.window.annotate.inspector)


def test_attributes_move_and_go_and_answers_follow_a_name(
    small: Robot, editor: CodebookEditor
) -> None:
    turn_to(small, small.window)
    mark = tag(small, "agreed", "H")
    turn_to(small, editor)
    from newsdesk.desk.annotating import set_attributes

    set_attributes(small.window.desk, mark, {"remark": "odd", "polarity": "yes"})
    choose(small, editor, "HEDGE")
    small.click("Move attribute 4 up", within=editor)
    asked = [one.name for one in labels(small)["HEDGE"].attributes]
    assert asked == ["polarity", "count", "remark", "sure"]
    write(small, editor, "Name of attribute 3", "comment")
    assert small.window.desk.get(Annotation, mark.id).attributes == {
        "comment": "odd", "polarity": "yes",
    }  # fmt: skip
    small.click("Remove attribute 1", within=editor)
    assert [one.name for one in labels(small)["HEDGE"].attributes] == ["count", "comment", "sure"]
    small.click("Undo", within=editor)
    assert labels(small)["HEDGE"].attributes[0].name == "polarity"
    assert small.sees("polarity", within=editor.labels.form)


# Adding, moving, merging, retiring


def test_a_label_is_added(small: Robot, editor: CodebookEditor) -> None:
    def name_it(dialog) -> None:
        assert nameless(dialog) == []
        small.type("SHIP")
        small.press("Enter")

    choose(small, editor, "PERSON")
    small.window.ask.dialogs.append(name_it)
    small.press("Ctrl+N")
    assert rows(editor)[:4] == ["Entities", "PERSON", "PLACE", "SHIP"]
    assert editor.labels.label.name == "SHIP"
    assert small.sees("SHIP", within=small.window.annotate.codebook)
    assert editor.focusWidget().accessibleName() == "Guideline, in Markdown"


def test_a_label_moves_by_the_keyboard(small: Robot, editor: CodebookEditor) -> None:
    choose(small, editor, "PLACE")
    small.press("Alt+Up")
    assert rows(editor)[:3] == ["Entities", "PLACE", "PERSON"]
    assert editor.labels.label.name == "PLACE"
    shown = small.window.annotate.open.codebook
    assert [one.name for one in shown][:2] == ["PLACE", "PERSON"]
    small.press("Alt+Up")
    assert rows(editor)[:3] == ["Entities", "PLACE", "PERSON"]


def test_two_labels_are_merged(small: Robot, editor: CodebookEditor) -> None:
    turn_to(small, small.window)
    tag(small, "Oslo", "2")
    turn_to(small, editor)
    choose(small, editor, "PLACE")

    def merge(dialog) -> None:
        assert nameless(dialog) == []
        assert small.sees("1 annotation tagged PLACE", within=dialog)
        assert not dialog.act.isEnabled(), "none is chosen yet"
        small.press("Down")
        assert dialog.kept.name == "PERSON"
        small.click("Merge", within=dialog)

    small.window.ask.dialogs.append(merge)
    small.click("Merge", within=editor)
    assert small.tagged("Oslo") == ["PERSON"]
    assert labels(small)["PLACE"].retired
    assert said(editor) == "1 annotation moved"
    small.click("Undo", within=editor)
    assert small.tagged("Oslo") == ["PLACE"]


def test_a_label_retired_while_its_mark_is_selected_does_no_harm(
    small: Robot, editor: CodebookEditor
) -> None:
    turn_to(small, small.window)
    mark = tag(small, "Oslo", "2")
    turn_to(small, editor)
    choose(small, editor, "PLACE")
    small.click("Retire", within=editor)
    assert small.sees("retired: nothing new can get it", within=editor)
    assert small.current is not None
    assert small.current.id == mark.id
    assert small.sees("PLACE", within=small.window.annotate.inspector.heading)
    assert not small.sees("PLACE", within=small.window.annotate.codebook)
    turn_to(small, small.window)
    small.press("N")
    small.type("still here")
    small.press("Enter")
    assert small.current.note == "still here"
    turn_to(small, editor)
    small.click("Bring back", within=editor)
    assert small.sees("PLACE", within=small.window.annotate.codebook)


def test_a_label_that_is_merged_away_while_its_mark_is_selected_does_no_harm(small: Robot) -> None:
    """Another program merges it: the mark stays current, and says what it is now."""
    mark = tag(small, "Oslo", "2")
    other = open_desk(small.window.place, "Bob")
    merge_labels(other, other.label("PERSON"), other.label("PLACE"))
    other.close()
    small.window.desk.catch_up()
    small.rest()
    assert small.current is not None
    assert small.current.id == mark.id
    assert small.sees("PERSON", within=small.window.annotate.inspector.heading)
    assert small.tagged("Oslo") == ["PERSON"]
    small.press("D")
    assert small.tagged("Oslo") == []


def test_only_what_tags_nothing_is_deleted(small: Robot, editor: CodebookEditor) -> None:
    turn_to(small, small.window)
    tag(small, "Oslo", "2")
    turn_to(small, editor)
    choose(small, editor, "PERSON")
    small.click("Delete", within=editor)
    assert "PERSON" not in labels(small)
    choose(small, editor, "PLACE")
    small.wait(lambda: small.sees("tags 1", within=editor))
    assert not editor.labels._buttons["delete"].isEnabled()


# Files


def test_an_import_is_shown_before_it_is_done(
    small: Robot, editor: CodebookEditor, tmp_path: Path
) -> None:
    path = tmp_path / "book.json"
    book = {
        "format": "newsdesk.codebook", "version": 1, "name": "Echo",
        "labels": [
            {"name": "PERSON", "layer": "entity", "colour": "#123456"},
            {"name": "SHIP", "layer": "entity", "shortcut": "2"},
        ],
    }  # fmt: skip
    path.write_text(json.dumps(book))
    before = small.window.desk.codebook(retired=True)

    def look(dialog) -> None:
        assert nameless(dialog) == []
        assert small.sees("New: SHIP · the key 2 tags PLACE", within=dialog)
        assert small.sees("Changed: PERSON · colour, key, guideline", within=dialog)
        assert not small.sees("Retired: CLAIM", within=dialog)
        small.click("Retire the labels that the file does not have", within=dialog)
        assert small.sees("Retired: CLAIM", within=dialog)
        small.click("Retire the labels that the file does not have", within=dialog)
        assert small.window.desk.codebook(retired=True) == before, "nothing is done yet"
        small.click("Import", within=dialog)

    small.window.ask.paths.append(path)
    small.window.ask.dialogs.append(look)
    small.click("Import", within=editor)
    assert "SHIP" in rows(editor)
    assert labels(small)["PERSON"].colour == "#123456"
    small.click("Undo", within=editor)
    assert small.window.desk.codebook(retired=True) == before


def test_a_broken_file_is_named_and_changes_nothing(
    small: Robot, editor: CodebookEditor, tmp_path: Path
) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"format": "newsdesk.codebook", "version": 1, "labels": [{"name": "X"}]}')
    small.window.ask.paths.append(path)
    small.click("Import", within=editor)
    assert small.sees("broken.json can't be read", within=editor)
    assert small.sees("labels[0]", within=editor)


def test_an_export_can_be_read_again(small: Robot, editor: CodebookEditor, tmp_path: Path) -> None:
    from newsdesk.formats.codebook_file import read_codebook_file

    small.window.ask.paths.append(tmp_path / "out.json")
    small.click("Export", within=editor)
    assert said(editor) == "7 labels written"
    book = read_codebook_file(tmp_path / "out.json")
    assert [one.name for one in book.labels] == [one.name for one in small.window.desk.codebook()]


# All of it


def test_every_widget_has_a_name_and_tab_gets_to_each(
    small: Robot, editor: CodebookEditor
) -> None:
    choose(small, editor, "HEDGE")
    assert nameless(editor) == []
    editor.labels.view.setFocus()
    seen: list[str] = []
    for _ in range(60):
        small.press("Tab")
        seen.append(small.focus.accessibleName())
        if small.focus is editor.labels.view:
            break
    wanted = ["Add", "Name", "Key", "Colour, as #RRGGBB", "Pattern", "Guideline, in Markdown",
              "Name of attribute 1", "Attribute 4 is required", "Add an attribute", "Close"]
    assert [one for one in wanted if one not in seen] == []
    assert [one for one in seen if one in wanted] == wanted, "from the top to the bottom"


def test_300_labels_stay_workable(open_window: Opener, tmp_path: Path) -> None:
    place = tmp_path / "many.desk"
    desk = make_desk(place)
    with desk.change("Many"):
        for n in range(300):
            desk.put(Label(name=f"L{n:03}", layer=Layer.ENTITY, position=100 + n))
    desk.close()
    robot = open_window(place)
    robot.press("Ctrl+Shift+B")
    editor = robot.window.findChild(CodebookEditor)
    assert len(rows(editor)) == 300 + 7 + 6
    choose(robot, editor, "L250")
    robot.press("Alt+Down")
    assert rows(editor).index("L251") == rows(editor).index("L250") - 1
    write(robot, editor, "Name", "L250x")
    assert robot.sees("L250x", within=editor.labels.view)
    editor.close()


def test_while_nothing_can_be_written_all_is_only_shown(small: Robot) -> None:
    small.window.filing.set_busy(True)  # as while an import is written
    small.press("Ctrl+Shift+B")
    editor = small.window.findChild(CodebookEditor)
    assert [name for name, one in editor.labels._buttons.items() if one.isEnabled()] == ["export"]
    assert not editor.labels.form.name.isEnabled()
    small.window.filing.set_busy(False)
    assert editor.labels.form.name.isEnabled()
    assert editor.labels._buttons["add"].isEnabled()
    editor.close()


# The house's rules


@pytest.fixture
def house(robot: Robot) -> Iterator[CodebookEditor]:
    robot.open("Adviser warned")
    robot.press("Ctrl+Shift+H")
    found = robot.window.findChild(CodebookEditor)
    assert QTest.qWaitForWindowActive(found, PATIENCE)
    yield found
    found.close()


def checked(robot: Robot, editor: CodebookEditor) -> list[str]:
    editor.house.check.click()
    robot.wait(lambda: not editor.house._running)
    return [one.check for one in editor.house.breaches.rows]


def test_the_gold_keeps_the_newsroom_s_rules(robot: Robot, house: CodebookEditor) -> None:
    assert nameless(house) == []
    assert robot.sees("Nothing was checked yet.", within=house)
    assert checked(robot, house) == []
    assert robot.sees("Nothing breaks the rules.", within=house)


def test_another_house_s_rules_are_checked_and_opened(robot: Robot, house: CodebookEditor) -> None:
    box = field(robot, house, "House rules")
    robot.press("p")  # PolNeAR
    assert box.currentText() == "PolNeAR"
    assert robot.window.desk.undoable == "House rules: PolNeAR"
    found = checked(robot, house)
    assert len(found) == 52
    assert robot.sees("52 findings. Enter opens the article there.", within=house)
    field(robot, house, "Where to look")
    robot.press("Down")
    assert len(checked(robot, house)) < 20
    house.house.view.setFocus()
    house.house.view.selectRow(0)
    wanted = house.house.breaches.rows[0]
    robot.press("Enter")
    assert robot.current is not None
    assert robot.current.id == wanted.annotation


def test_a_double_click_opens_another_article_there(robot: Robot, house: CodebookEditor) -> None:
    field(robot, house, "House rules")
    robot.press("g")
    checked(robot, house)
    row = next(
        n for n, one in enumerate(house.house.breaches.rows) if "Seagrass" in one.title
    )
    index = house.house.breaches.index(row)
    house.house.view.scrollTo(index)
    robot.rest()
    place = house.house.view.visualRect(index).center()
    viewport = house.house.view.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    robot.rest()
    article = robot.window.annotate.open.article
    assert article is not None
    assert "Seagrass" in article.title
    assert robot.current is not None
    assert robot.current.id == house.house.breaches.rows[row].annotation


def test_a_check_is_turned_on_by_the_space_bar(robot: Robot, house: CodebookEditor) -> None:
    field(robot, house, "Checks")
    house.house._list.setCurrentIndex(house.house.checks.index(2))
    robot.press("Space")
    assert robot.sees("Own rules", within=house)
    assert "no-paraphrase" in checked(robot, house)
    robot.click("Undo", within=house)
    assert robot.sees("Newsroom", within=house)


def test_tags_of_an_earlier_version_are_listed_and_held(
    robot: Robot, house: CodebookEditor
) -> None:
    desk = robot.window.desk
    change_label(desk, desk.label("PERCENT"), guideline="Shares.")
    robot.click("List tags made under an earlier version too", within=house)
    box = house.findChild(QCheckBox)
    assert box.isChecked()
    assert checked(robot, house) == ["label-in-force"] * 4
    robot.click("All listed hold under the present version", within=house)
    assert robot.sees("Nothing breaks the rules.", within=house)
    percent = desk.label("PERCENT")
    assert {one.label_version for one in desk.find(Annotation, label=percent.id)} == {2}


def test_the_window_s_acts_show_beside_the_editor(small: Robot, editor: CodebookEditor) -> None:
    """What is done in the main window is seen in the editor, and the other way round."""
    retire_label(small.window.desk, labels(small)["PLACE"])
    small.rest()
    assert small.sees("PLACE, Entities, 0 · retired", within=editor)


def test_it_fits_with_longer_words(open_window: Opener, qapp: QApplication) -> None:
    from PySide6.QtWidgets import QAbstractButton

    from tests.ui.test_language import Pseudo

    translator = Pseudo()
    qapp.installTranslator(translator)
    try:
        robot = open_window()
        robot.press("Ctrl+Shift+B")
        editor = robot.window.findChild(CodebookEditor)
        robot.rest()
        buttons = [one for one in editor.findChildren(QAbstractButton) if one.isVisible()]
        bare = [one.text() for one in buttons if one.text() and "[" not in one.text()]
        assert [one for one in bare if not one.startswith("Use #")] == []
        cut = [one.text() for one in buttons if one.sizeHint().width() > one.width() + 1]
        assert cut == []
        assert "[" in editor.windowTitle()
        editor.close()
    finally:
        qapp.removeTranslator(translator)


def test_the_shipped_polnear_is_imported_over_the_sample(robot: Robot) -> None:
    robot.press("Ctrl+Shift+B")
    editor = robot.window.findChild(CodebookEditor)
    before = robot.window.desk.count(Annotation)
    accept: Callable = lambda dialog: robot.click("Import", within=dialog)  # noqa: E731
    robot.window.ask.paths.append(shipped("resources", "codebooks", "polnear.json"))
    robot.window.ask.dialogs.append(accept)
    robot.click("Import", within=editor)
    assert said(editor) == "The codebook was imported, as one step"
    assert robot.window.desk.count(Annotation) == before
    assert robot.window.desk.label("QUOTE").version == 2
    editor.close()


def test_what_is_half_typed_stays_with_its_label_when_another_is_shown(small: Robot) -> None:
    oslo = tag(small, "Oslo", "2")
    small.press("Ctrl+Shift+B")
    editor = small.window.findChild(CodebookEditor)
    choose(small, editor, "PERSON")
    editor.labels.form.name.setText("PEOPLE")
    small.window.activateWindow()
    small.window.reader.set_current(oslo.id)
    edit_codebook(small.window)
    small.rest()
    assert {"PEOPLE", "PLACE"} < set(labels(small))
    assert editor.labels.form.name.text() == "PLACE"
    editor.close()
