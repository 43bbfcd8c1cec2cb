"""The inspector: everything known of an annotation, changed where it stands."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit

from newsdesk.model import Attribution, Checkworthy, Manner
from newsdesk.ui.inspector.form import Choices
from tests.ui.robot import Robot
from tests.ui.test_editing import propose


def field(robot: Robot, name: str):
    inside = robot.window.annotate.inspector.properties
    found = [
        one
        for kind in (QComboBox, QLineEdit)
        for one in inside.findChildren(kind)
        if one.isVisible() and one.accessibleName().startswith(name)
    ]
    assert found, f"there is no field {name}"
    return found[0]


def choose(robot: Robot, name: str, value: str) -> None:
    """Choose by the keyboard, as in any choice."""
    box = field(robot, name)
    box.setFocus()
    box.setCurrentIndex(box.findText(value))
    box.activated.emit(box.currentIndex())
    robot.rest()


def test_nothing_selected_says_how_to_begin(small: Robot) -> None:
    assert small.sees("Nothing selected")
    assert small.sees("press a key of the codebook")


def test_what_the_codebook_asks_is_answered_in_place(small: Robot) -> None:
    small.select("agreed")
    small.press("H")
    assert small.sees("polarity – missing")
    choose(small, "polarity", "no")
    assert small.current is not None
    assert small.current.attributes == {"polarity": "no"}
    assert not small.sees("missing", within=small.window.annotate.inspector)
    choose(small, "sure", "yes")
    field(small, "count").setFocus()
    small.type("3")
    small.press("Enter")
    field(small, "remark").setFocus()
    small.type("odd")
    small.press("Enter")
    assert small.current.attributes == {
        "polarity": "no", "sure": True, "count": 3, "remark": "odd",
    }  # fmt: skip
    choose(small, "polarity", "–")
    assert "polarity" not in small.current.attributes
    assert small.sees("polarity – missing")


def test_a_number_takes_no_words(small: Robot) -> None:
    small.select("agreed")
    small.press("H")
    field(small, "count").setFocus()
    small.type("three")
    small.press("Enter")
    assert small.sees("count – no number; write it as 1.5")
    assert small.current is not None
    assert small.current.attributes == {}, "what is no number is not kept"
    small.press("Esc")
    assert not small.sees("no number")


def test_how_it_was_said_is_set_for_the_originator(small: Robot) -> None:
    small.select("We agreed")
    small.press("Q")
    small.select("Ray", nth=1)
    small.press("S")
    choose(small, "Manner", "direct")
    (hop,) = small.window.desk.find(Attribution)
    assert hop.manner is Manner.DIRECT
    choose(small, "Manner", "–")
    (hop,) = small.window.desk.find(Attribution)
    assert hop.manner is None


def test_a_speaker_is_jumped_to_and_removed(small: Robot) -> None:
    small.select("We agreed")
    small.press("Q")
    small.select("Ray", nth=1)
    small.press("S")
    inside = small.window.annotate.inspector.properties
    small.click("Ray", within=inside)
    assert small.current is not None
    assert small.current.quote == "Ray"
    assert small.sees("Says", within=inside)
    small.click("We agreed", within=inside)
    assert small.current.quote == "We agreed"
    small.click("Remove: Speaker", within=inside)
    assert small.window.desk.find(Attribution) == []
    assert small.sees("select it and press S", within=inside)


def test_a_claim_s_worth_is_weighed(small: Robot) -> None:
    small.select("It is 3")
    small.press("C")
    assert small.sees("unreviewed")
    choose(small, "Check-worthy", "yes")
    (claim,) = small.window.annotate.open.claims.values()
    assert claim.checkworthy is Checkworthy.YES


def test_the_note_is_kept_when_another_annotation_is_chosen(small: Robot) -> None:
    small.select("Oslo")
    small.press("2")
    small.select("Ada Ray")
    small.press("1")
    small.press("Enter")
    assert small.focus.accessibleName() == "Note"
    small.type("Half a note")
    small.point_at("Oslo")
    notes = {one.quote: one.note for one in small.annotations}
    assert notes == {"Ada Ray": "Half a note", "Oslo": ""}


def test_the_note_is_kept_when_another_article_is_opened(small: Robot) -> None:
    small.select("Oslo")
    small.press("2", "Enter")
    small.type("Do not lose this")
    small.open("Title 001")
    small.open("Title 000")
    assert [one.note for one in small.annotations] == ["Do not lose this"]


def test_the_list_and_the_text_show_the_same_one(small: Robot) -> None:
    for words in ("Ada Ray", "Bo Lund"):
        small.select(words)
        small.press("1")
    listed = small.window.annotate.inspector.list
    assert listed.model.at(listed.view.currentIndex().row()).quote == "Bo Lund"
    small.click("Ada Ray", within=listed.view)
    assert small.current is not None
    assert small.current.quote == "Ada Ray"


def test_keys_decide_in_the_list_as_in_the_text(small: Robot) -> None:
    propose(small, "Ada Ray", "Bo Lund")
    listed = small.window.annotate.inspector.list
    small.click("Bo Lund", within=listed.view)
    assert small.focus is listed.view
    small.press("X")
    statuses = {one.quote: one.status.value for one in small.annotations}
    assert statuses == {"Ada Ray": "proposed", "Bo Lund": "rejected"}


def test_tab_leaves_the_list(small: Robot) -> None:
    small.select("Oslo")
    small.press("2")
    listed = small.window.annotate.inspector.list
    small.click("Oslo", within=listed.view)
    small.press("Tab")
    assert small.focus is not listed.view


def test_the_filters_narrow_the_list(small: Robot) -> None:
    small.select("Oslo")
    small.press("2")
    propose(small, "Ada Ray")
    listed = small.window.annotate.inspector.list
    assert small.sees("2 annotations", within=listed)
    listed.set_filters("entity", "proposed")
    assert [one.quote for one in listed.rows] == ["Ada Ray"]
    assert small.sees("1 of 2 annotations", within=listed)
    listed.set_filters("quote", "open")
    assert listed.rows == []


def test_the_wheel_changes_no_choice_that_was_not_asked(small: Robot, qtbot) -> None:
    box = Choices(small.window, ["one", "two"], empty=True)
    box.show()
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    event = QWheelEvent(
        QPointF(2, 2), QPointF(2, 2), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert box.currentIndex() == 0


def test_a_value_that_the_codebook_lost_is_still_shown(small: Robot) -> None:
    box = Choices(small.window, ["one"], empty=True)
    box.show_value("three")
    assert box.currentText() == "three"
